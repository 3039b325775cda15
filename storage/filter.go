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
	plain    bool // the strides can count it
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
		f.narrow("t.at >= ?", clamp(q.From))
	}
	if !q.To.IsZero() {
		f.narrow("t.at < ?", clamp(q.To))
	}
	if err := s.narrowWords(f, "t.source", q.Sources); err != nil {
		return nil, err
	}
	if err := s.narrowWords(f, "t.kind", q.Kinds); err != nil {
		return nil, err
	}
	if len(q.Roles) > 0 {
		args := make([]any, len(q.Roles))
		for i, r := range q.Roles {
			args[i] = r
		}
		f.narrow("c.role IN (?"+strings.Repeat(",?", len(args)-1)+")", args...)
	}
	if q.Actor != "" {
		f.narrow("coalesce(c.actor, v.actor) = ? COLLATE NOCASE", q.Actor)
	}
	if q.Service != "" {
		f.narrow("coalesce(c.service, v.service) = ? COLLATE NOCASE", q.Service)
	}
	if q.Like != "" {
		f.narrow("line_shape(coalesce(c.title, v.title)) = ?", q.Like)
	}
	if match := matchWords(q.Text); match != "" {
		f.narrow(`(t.n IN (SELECT rowid FROM evidence_words WHERE evidence_words MATCH ?)
			OR t.entity IN (SELECT rowid >> 32 FROM typed_words WHERE typed_words MATCH ?))`, match, match)
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

// narrowWords asks for one of some words; words that the file does not have match nothing.
func (s *Store) narrowWords(f *filter, column string, words []string) error {
	if len(words) == 0 {
		return nil
	}
	args := make([]any, len(words))
	for i, w := range words {
		n, known, err := s.knownWord(w)
		if err != nil {
			return err
		}
		args[i] = n
		if !known {
			args[i] = -1
		}
	}
	f.narrow(column+" IN (?"+strings.Repeat(",?", len(args)-1)+")", args...)
	return nil
}

// A countCache remembers how many events a filter lets through until something is written.
type countCache struct {
	version int64
	totals  map[string]int
}

func (c *countCache) forget() { c.totals = nil }

// total counts what a filter lets through.
func (s *Store) total(f *filter) (n int, err error) {
	if f.plain {
		return s.countAll(f.incident, f.mask)
	}
	var version int64
	if err := s.row("PRAGMA data_version").Scan(&version); err != nil {
		return 0, err
	}
	if s.counts.totals == nil || s.counts.version != version {
		s.counts = countCache{version: version, totals: map[string]int{}}
	}
	if n, ok := s.counts.totals[f.key]; ok {
		return n, nil
	}
	if n, err = s.countMatching(f, "", nil); err == nil {
		s.counts.totals[f.key] = n
	}
	return n, err
}

// before counts what a filter lets through before a place.
func (s *Store) before(f *filter, at model.Cursor) (int, error) {
	if f.plain {
		list, err := s.stridesOf(f.incident, f.mask)
		if err != nil {
			return 0, err
		}
		return s.countBefore(list, seat{at: clamp(at.At), ord: at.Order, n: at.N})
	}
	return s.countMatching(f, " AND (t.at, t.ord, t.n) < (?, ?, ?)", []any{clamp(at.At), at.Order, at.N})
}

func (s *Store) countMatching(f *filter, more string, args []any) (n int, err error) {
	err = s.row("SELECT count(*)"+timelineTables+f.where.String()+more, append(f.args[:len(f.args):len(f.args)], args...)...).Scan(&n)
	return n, err
}
