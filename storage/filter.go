package storage

import (
	"fmt"
	"strings"

	"aftermath/model"
)

// A filter is an EventQuery as conditions in SQL over timeline t, evidence v and corrected fields c.
type filter struct {
	incident int64
	mask     mask
	where    strings.Builder
	args     []any
	from, to *int64 // the first time that it lets through, and the first one after them
	plain    bool   // the strides can count it
	key      string
}

// A mask lets through the levels whose looked-at bits are the wanted ones.
type mask struct{ looked, wanted int }

const timelineTables = " FROM timeline t LEFT JOIN evidence v ON v.n = t.n LEFT JOIN event c ON c.n = t.entity WHERE "

func (s *Store) filter(q model.EventQuery) (*filter, error) {
	incident, err := s.shownIncident("read the timeline", q.Incident)
	if err != nil {
		return nil, err
	}
	f := &filter{incident: incident, plain: true}
	for _, l := range []struct {
		with  bool
		level int
	}{{q.WithNoise, levelNoise}, {q.WithHousekeeping, levelHousekeeping}, {q.WithMerged, levelMerged}} {
		if !l.with {
			f.mask.looked |= l.level
		}
	}
	if q.Untouched || q.Narrative {
		f.mask.looked |= levelUntouched
	}
	if q.Untouched {
		f.mask.wanted |= levelUntouched
	}
	f.and("t.incident = ?", incident)
	if s.horizon != noHorizon {
		f.and("t.n < ?", s.horizon)
	}
	if f.mask.looked != 0 {
		f.and("t.level & ? = ?", f.mask.looked, f.mask.wanted)
	}
	if !q.From.IsZero() {
		f.from = new(clamp(q.From))
		f.and("t.at >= ?", *f.from)
	}
	if !q.To.IsZero() {
		f.to = new(clamp(q.To))
		f.and("t.at < ?", *f.to)
	}
	if err := s.narrowWords(f, "t.source", q.Sources); err != nil {
		return nil, err
	}
	if err := s.narrowWords(f, "t.kind", q.Kinds); err != nil {
		return nil, err
	}
	f.oneOf("coalesce(c.role, '')", q.Roles)
	f.oneOf("coalesce(c.actor, v.actor, '') COLLATE NOCASE", q.Actors)
	f.oneOf("coalesce(c.service, v.service, '') COLLATE NOCASE", q.Services)
	if q.Like != "" {
		f.narrow("line_shape(coalesce(c.title, v.title)) = ?", q.Like)
	}
	if match := matchWords(q.Text); match != "" {
		if err := s.narrowText(f, match); err != nil {
			return nil, err
		}
	}
	f.key = fmt.Sprint(f.where.String(), f.args)
	return f, nil
}

func (f *filter) and(condition string, args ...any) {
	if f.where.Len() > 0 {
		f.where.WriteString(" AND ")
	}
	f.where.WriteString(condition)
	f.args = append(f.args, args...)
}

// narrow adds a condition that the strides know nothing of.
func (f *filter) narrow(condition string, args ...any) {
	f.plain = false
	f.and(condition, args...)
}

// oneOf asks for one of some texts.
func (f *filter) oneOf(column string, texts []string) {
	if len(texts) == 0 {
		return
	}
	args := make([]any, len(texts))
	for i, t := range texts {
		args[i] = t
	}
	f.narrow(column+" IN (?"+strings.Repeat(",?", len(args)-1)+")", args...)
}

// narrowWords asks for one of some words by their numbers; words that the file does not have match nothing.
func (s *Store) narrowWords(f *filter, column string, words []string) error {
	if len(words) == 0 {
		return nil
	}
	args := []any{-1}
	for _, w := range words {
		n, known, err := s.knownWord(w)
		if err != nil {
			return err
		}
		if known {
			args = append(args, n)
		}
		if w == "" {
			args = append(args, 0)
		}
	}
	f.narrow(column+" IN (?"+strings.Repeat(",?", len(args)-1)+")", args...)
	return nil
}

// A countCache remembers until something is written: how many events a filter lets through, and where the
// few events stand that hold rare words.
type countCache struct {
	version int64
	totals  map[string]int
	rare    map[string]rareSeats
}

func (c *countCache) forget() { c.totals, c.rare = nil, nil }

// fresh is the cache, emptied when another process has written to the file.
func (s *Store) fresh() (*countCache, error) {
	var version int64
	if err := s.row("PRAGMA data_version").Scan(&version); err != nil {
		return nil, err
	}
	if s.counts.totals == nil || s.counts.version != version {
		s.counts = countCache{version: version, totals: map[string]int{}, rare: map[string]rareSeats{}}
	}
	return &s.counts, nil
}

// total counts what a filter lets through.
func (s *Store) total(f *filter) (n int, err error) {
	if f.plain {
		return s.countPlain(f, nil)
	}
	cache, err := s.fresh()
	if err != nil {
		return 0, err
	}
	n, known := cache.totals[f.key]
	if known {
		return n, nil
	}
	if n, err = s.countMatching(f, "", nil); err == nil {
		cache.totals[f.key] = n
	}
	return n, err
}

// before counts what a filter lets through before a place.
func (s *Store) before(f *filter, at model.Cursor) (int, error) {
	if f.plain {
		return s.countPlain(f, &seat{at: clamp(at.At), ord: at.Order, n: at.N})
	}
	return s.countMatching(f, " AND (t.at, t.ord, t.n) < (?, ?, ?)", []any{clamp(at.At), at.Order, at.N})
}

// countPlain counts by strides what a filter lets through: all of it, or what stands before a place.
func (s *Store) countPlain(f *filter, end *seat) (n int, err error) {
	if f.from == nil && f.to == nil && end == nil {
		return s.countAll(f.incident, f.mask)
	}
	list, err := s.stridesOf(f.incident, f.mask)
	if err != nil {
		return 0, err
	}
	switch {
	case end != nil:
		n, err = s.countBefore(list, *end)
	case f.to != nil:
		n, err = s.countBefore(list, beforeAll(*f.to))
	default:
		n, err = s.countAll(f.incident, f.mask)
	}
	if f.from == nil || err != nil {
		return n, err
	}
	before, err := s.countBefore(list, beforeAll(*f.from))
	return max(0, n-before), err
}

func (s *Store) countMatching(f *filter, more string, args []any) (n int, err error) {
	err = s.row("SELECT count(*)"+timelineTables+f.where.String()+more, append(f.args[:len(f.args):len(f.args)], args...)...).Scan(&n)
	return n, err
}
