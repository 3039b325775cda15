package storage

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"maps"
	"slices"

	"aftermath/model"
)

// tailName is the name of the tail that begins with a change.
func tailName(hash []byte) string { return hex.EncodeToString(hash[:8]) }

// A piece says what a stretch of another file's site, from a number on, is called here.
type piece struct {
	from int64
	site string
}

// A meeting is where two files agree on their sites before anything is taken: every fork that either of them knows, or
// that shows only now that both are at hand, is one of this file, and what the other calls its sites is translated.
type meeting struct {
	*intake
	other  *Store
	sites  []siteRow // of the other file, what a tail follows before it
	pieces map[string][]piece
	common map[string]int64 // up to where this file has the other's site already
	news   []string         // the tails that this file had not heard of
}

func (in *intake) meet(other *Store) (*meeting, error) {
	m := &meeting{intake: in, other: other, pieces: map[string][]piece{}, common: map[string]int64{}}
	sites, err := other.siteList()
	if err != nil {
		return nil, other.fault("merge", err)
	}
	slices.SortStableFunc(sites, func(a, b siteRow) int {
		return cmp.Compare(other.tails.depth(a.name), other.tails.depth(b.name))
	})
	m.sites = sites
	for _, site := range sites {
		if err := m.place(site.name); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// place finds what a site of the other file is called here.
func (m *meeting) place(name string) error {
	here := piece{1, name}
	if f, is := m.other.tails.from[name]; is {
		here.from = f.after + 1
		if err := m.fork(m.called(ref{f.of, f.after}).site, f.after, name); err != nil {
			return err
		}
	}
	m.pieces[name] = []piece{here}
	return m.follow(name, here)
}

// called is what a place in the other file's sites is called here.
func (m *meeting) called(r ref) ref {
	for _, p := range slices.Backward(m.pieces[r.site]) {
		if p.from <= r.seq {
			return ref{p.site, r.seq}
		}
	}
	return r
}

// fork makes a fork of the other file one of this file.
func (m *meeting) fork(of string, after int64, tail string) error {
	if _, known := m.tails.from[tail]; known {
		return nil
	}
	m.news = append(m.news, tail)
	if err := m.split(of, after); err != nil {
		return err
	}
	if _, known := m.tails.from[tail]; known {
		return nil // it is what this file had there
	}
	return m.begin(tail, fork{of, after})
}

// follow goes with a site of the other file along what this file has, and on into the tails where it forked.
func (m *meeting) follow(name string, at piece) error {
	end, err := m.other.head(name)
	if err != nil {
		return m.other.fault("merge", err)
	}
	m.common[name] = at.from - 1
	for m.common[name] == at.from-1 && end.seq >= at.from {
		mine, err := m.head(at.site)
		if err != nil {
			return err
		}
		alike, err := m.alike(name, at, min(mine.seq, end.seq))
		if err != nil {
			return err
		}
		m.common[name] = alike
		if after, forked := m.tails.end(at.site); forked && alike == mine.seq {
			alike = after // the rest of it comes from the other file, if it is not here yet
		} else if alike == mine.seq {
			return nil
		}
		if alike >= end.seq {
			return nil
		}
		next, err := m.other.hashAt(ref{name, alike + 1})
		if err != nil {
			return m.other.fault("merge", err)
		}
		of := at.site
		at = piece{alike + 1, tailName(next)}
		m.pieces[name] = append(m.pieces[name], at)
		if err := m.fork(of, alike, at.site); err != nil {
			return err
		}
	}
	return nil
}

// alike finds the last number up to which both files have the same: a hash covers all that is before it.
func (m *meeting) alike(name string, at piece, end int64) (int64, error) {
	var broken error
	differ := func(seq int64) bool {
		theirs, err := m.other.hashAt(ref{name, seq})
		ours, also := m.hashAt(ref{at.site, seq})
		broken = cmp.Or(broken, err, also)
		return !bytes.Equal(theirs, ours)
	}
	low, high := at.from-1, end
	for low < high && broken == nil {
		if middle := (low + high + 1) / 2; differ(middle) {
			high = middle - 1
		} else {
			low = middle
		}
	}
	return low, broken
}

// tell puts the forks that this file had not heard of into the report.
func (m *meeting) tell() error {
	told := map[fork]bool{}
	for _, tail := range m.news {
		at := m.tails.from[tail]
		if told[at] {
			continue
		}
		told[at] = true
		f, err := m.forkAt(at)
		if err != nil {
			return err
		}
		m.report.Forks = append(m.report.Forks, f)
	}
	return nil
}

// forkAt is a fork as it is told: since when, and which sites went on.
func (s *Store) forkAt(at fork) (f model.Fork, err error) {
	for _, tail := range slices.Sorted(maps.Keys(s.tails.from)) {
		if s.tails.from[tail] != at {
			continue
		}
		f.Sites = append(f.Sites, tail)
		first, err := s.lookUp(ref{tail, at.after + 1})
		if err != nil {
			return f, err
		}
		if first != nil && (f.Since.IsZero() || wallTime(first.wall).Before(f.Since)) {
			f.Since = wallTime(first.wall)
		}
	}
	return f, nil
}

// translate says a change of the other file in this file's names.
func (m *meeting) translate(c *change) *change {
	at := m.called(c.ref())
	one := *c
	one.site, one.base = at.site, make([]ref, len(c.base))
	for i, b := range c.base {
		one.base[i] = m.called(b)
	}
	one.tails, one.senses = &m.tails, m.tails.senses(ref{at.site, 0})
	for _, said := range c.mentions() {
		if is := m.called(said.at); is.site != said.name && m.tails.root(at.site) != said.name {
			one.mean(said.name, is)
		}
	}
	return &one
}

// mean notes that a change says a name and means a tail: the one that goes furthest.
func (c *change) mean(name string, is ref) {
	for i, s := range c.senses {
		if s.name == name {
			if c.tails.from[is.site].after > c.tails.from[s.tail].after {
				c.senses[i].tail = is.site
			}
			return
		}
	}
	c.senses = append(c.senses, sense{name, is.site})
}
