package storage

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"aftermath/model"
)

// surveyChunk is how many rows of the timeline are looked at before others get at the file.
const surveyChunk = 20_000

const surveyPlace = "t.at, t.ord, t.n, "

// survey looks at every row that a query lets through, in the order of the timeline, without holding them. The
// columns are SQL over timeline t, evidence v and corrected fields c; the place of the row comes before them.
func (s *Store) survey(ctx context.Context, q model.EventQuery, columns string, look func(scanner) (seat, error)) error {
	var after []any
	for {
		seen := 0
		if err := s.view(ctx, "read the timeline", func() error {
			f, err := s.filter(q)
			if err != nil {
				return err
			}
			side, args := "", f.args
			if after != nil {
				side, args = " AND (t.at, t.ord, t.n) > (?, ?, ?)", append(args[:len(args):len(args)], after...)
			}
			var at seat
			err = s.each("SELECT "+surveyPlace+columns+timelineTables+f.where.String()+side+" ORDER BY t.at, t.ord, t.n LIMIT ?", append(args[:len(args):len(args)], surveyChunk), func(row scanner) (err error) {
				seen++
				at, err = look(row)
				return err
			})
			after = []any{at.at, at.ord, at.n}
			return err
		}); err != nil {
			return err
		}
		if seen < surveyChunk {
			return nil
		}
	}
}

// laneColumns are what a picture's rows can stand for.
var laneColumns = map[string]string{"source": "t.source", "kind": "t.kind", "service": "coalesce(c.service, v.service, '')"}

// Lanes counts the events of a query by source, kind or service in equal slices of time, from the query's
// first event to its last one, or over From and To where they are given.
func (s *Store) Lanes(ctx context.Context, q model.EventQuery, by string, parts int) (model.Lanes, error) {
	whole, err := s.Density(ctx, q, 1)
	lanes := model.Lanes{From: whole.From, To: whole.To}
	column, known := laneColumns[by]
	if err != nil || !known || !lanes.To.After(lanes.From) {
		return lanes, err
	}
	from := clamp(lanes.From)
	step := max(1, (clamp(lanes.To)-from+int64(parts)-1)/int64(parts))
	counts := map[any]*model.Lane{}
	if err := s.survey(ctx, q, column, func(row scanner) (at seat, err error) {
		var name any
		if err := row.Scan(&at.at, &at.ord, &at.n, &name); err != nil {
			return at, err
		}
		lane := counts[name]
		if lane == nil {
			lane = &model.Lane{Counts: make([]int, parts)}
			counts[name] = lane
		}
		lane.Total++
		if i := (at.at - from) / step; i >= 0 && i < int64(parts) {
			lane.Counts[i]++
		}
		return at, nil
	}); err != nil {
		return lanes, err
	}
	err = s.view(ctx, "read the timeline", func() error {
		for name, lane := range counts {
			switch name := name.(type) {
			case string:
				lane.Name = name
			case int64:
				if lane.Name, err = s.spell(name); err != nil {
					return err
				}
			}
			lanes.Lanes = append(lanes.Lanes, *lane)
		}
		return nil
	})
	slices.SortFunc(lanes.Lanes, func(a, b model.Lane) int { return cmp.Or(b.Total-a.Total, cmp.Compare(a.Name, b.Name)) })
	return lanes, err
}

// mostShapes is how many shapes are told apart; lines beyond them are few of a kind.
const mostShapes = 20_000

// Alike groups the lines that a query lets through by source and shape, the largest group first.
func (s *Store) Alike(ctx context.Context, q model.EventQuery) ([]model.Alike, error) {
	type key struct {
		source int64
		shape  string
	}
	type group struct {
		model.Alike
		entity int64 // of a first line that people wrote
	}
	groups := map[key]*group{}
	if err := s.survey(ctx, q, "t.source, coalesce(c.title, v.title, ''), v.id, t.entity", func(row scanner) (at seat, err error) {
		var k key
		var title string
		var id, entity *int64
		if err := row.Scan(&at.at, &at.ord, &at.n, &k.source, &title, &id, &entity); err != nil {
			return at, err
		}
		k.shape = model.LineShape(title)
		g := groups[k]
		if g == nil && len(groups) < mostShapes {
			g = &group{Alike: model.Alike{Shape: k.shape, Sample: title, First: time.Unix(0, at.at).UTC()}}
			if id != nil {
				g.Event = eventID(*id)
			} else if entity != nil {
				g.entity = *entity
			}
			groups[k] = g
		}
		if g != nil {
			g.Count++
			g.Last = time.Unix(0, at.at).UTC()
		}
		return at, nil
	}); err != nil {
		return nil, err
	}
	list := make([]model.Alike, 0, len(groups))
	err := s.view(ctx, "read the timeline", func() (err error) {
		for k := range maps.Keys(groups) {
			g := groups[k]
			if g.Source, err = s.spell(k.source); err == nil && g.entity != 0 {
				g.Event, err = s.entityID(g.entity)
			}
			if err != nil {
				return err
			}
			list = append(list, g.Alike)
		}
		return nil
	})
	slices.SortFunc(list, func(a, b model.Alike) int {
		return cmp.Or(b.Count-a.Count, a.First.Compare(b.First), cmp.Compare(a.Shape, b.Shape))
	})
	return list, err
}
