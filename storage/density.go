package storage

import (
	"context"
	"time"

	"aftermath/model"
)

// Density counts the events of a query in equal slices of time, from its first event to its last one, or
// over From and To where they are given.
func (s *Store) Density(ctx context.Context, q model.EventQuery, slices int) (density model.Density, err error) {
	slices = max(slices, 1)
	err = s.view(ctx, "read the timeline", func() error {
		f, err := s.filter(q)
		if err != nil {
			return err
		}
		density, err = s.density(f, q, slices)
		return err
	})
	return density, err
}

// bounds are the first time of what a filter lets through and the one just after its last, or From and To of
// its query where they are given. Both are zero when it lets nothing through.
func (s *Store) bounds(f *filter, q model.EventQuery) (from, to time.Time, err error) {
	from, to = q.From, q.To
	for _, end := range []struct {
		at    *time.Time
		order string
	}{{&from, "t.at, t.ord, t.n"}, {&to, "t.at DESC, t.ord DESC, t.n DESC"}} {
		if !end.at.IsZero() {
			continue
		}
		var at int64
		some, err := found(s.row("SELECT t.at"+timelineTables+f.where.String()+" ORDER BY "+end.order+" LIMIT 1", f.args...).Scan(&at))
		if err != nil || !some {
			return time.Time{}, time.Time{}, err
		}
		*end.at = time.Unix(0, at).UTC()
	}
	if q.To.IsZero() {
		to = to.Add(1) // so that the last event is before the end
	}
	return from, to, nil
}

func (s *Store) density(f *filter, q model.EventQuery, slices int) (d model.Density, err error) {
	d = model.Density{Counts: make([]int, slices)}
	if d.From, d.To, err = s.bounds(f, q); err != nil {
		return d, err
	}
	from, width := clamp(d.From), clamp(d.To)-clamp(d.From)
	if width <= 0 {
		return d, nil
	}
	if f.plain {
		return d, s.densityByStride(f, &d, from, width)
	}
	step := max(1, (width+int64(slices)-1)/int64(slices))
	return d, s.each("SELECT (t.at - ?) / ?, count(*)"+timelineTables+f.where.String()+" GROUP BY 1", append([]any{from, step}, f.args...), func(row scanner) error {
		var slice, n int
		err := row.Scan(&slice, &n)
		if slice >= 0 && slice < slices {
			d.Counts[slice] += n
		}
		return err
	})
}

// densityByStride takes the differences of the counts before each slice's end: as quick for a million
// events as for a thousand.
func (s *Store) densityByStride(f *filter, d *model.Density, from, width int64) error {
	slices := int64(len(d.Counts))
	step := max(1, (width+slices-1)/slices)
	list, err := s.stridesOf(f.incident, f.mask)
	if err != nil {
		return err
	}
	times := make([]int64, len(d.Counts)+1)
	for i := range times {
		times[i] = from + step*int64(i)
	}
	for i := range list {
		if err := s.countSlices(&list[i], times, d.Counts); err != nil {
			return err
		}
	}
	return nil
}

// Sources counts an incident's events by their source, of every level, the largest first.
func (s *Store) Sources(ctx context.Context, incident model.ID) (list []model.SourceCount, err error) {
	err = s.view(ctx, "read the sources", func() error {
		n, err := s.shownIncident("read the sources", incident)
		if err != nil {
			return err
		}
		return s.each(`SELECT w.text, t.c FROM (SELECT source, count(*) c FROM timeline WHERE incident = ? AND n < ? GROUP BY source) t
			JOIN word w ON w.n = t.source ORDER BY t.c DESC, w.text`, []any{n, s.horizon}, func(row scanner) error {
			var c model.SourceCount
			err := row.Scan(&c.Source, &c.Count)
			list = append(list, c)
			return err
		})
	})
	return list, err
}
