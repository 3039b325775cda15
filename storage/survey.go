package storage

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
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
				side, args = afterPlace, append(after, args...)
			}
			var at seat
			err = s.each("SELECT "+surveyPlace+columns+timelineTables+side+f.where.String()+" ORDER BY t.at, t.ord, t.n LIMIT ?", append(args[:len(args):len(args)], surveyChunk), func(row scanner) (err error) {
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

// valueColumns are what events can be told apart by, as SQL.
var valueColumns = map[string]string{"source": "t.source", "kind": "t.kind", "service": "coalesce(c.service, v.service, '')", "actor": "coalesce(c.actor, v.actor, '')"}

// spellValue is what a column of valueColumns says: some give the numbers of words.
func (s *Store) spellValue(value any) (string, error) {
	switch value := value.(type) {
	case string:
		return value, nil
	case int64:
		return s.spell(value)
	case others:
		return model.OtherLanes, nil
	}
	return "", nil
}

// mostLanes is how many lanes are told apart; what comes after them is one lane together. mostCounted is how many
// values of a field are.
const (
	mostLanes   = 500
	mostCounted = 50_000
)

// others stands for all values that are not told apart.
type others struct{}

// Lanes counts the events of a query by source, kind, service or actor in equal slices of time, from the
// query's first event to its last one, or over From and To where they are given.
func (s *Store) Lanes(ctx context.Context, q model.EventQuery, by string, parts int) (model.Lanes, error) {
	var lanes model.Lanes
	column, known := valueColumns[by]
	err := s.view(ctx, "read the timeline", func() error {
		f, err := s.filter(q)
		if err == nil {
			lanes.From, lanes.To, err = s.bounds(f, q)
		}
		return err
	})
	if err != nil || !known || !lanes.To.After(lanes.From) {
		return lanes, err
	}
	q.From, q.To = lanes.From, lanes.To
	from, step := clamp(lanes.From), sliceLength(lanes.From, lanes.To, parts)
	lanes.Slice, lanes.Spans = time.Duration(step), make([]model.Span, parts)
	counts := map[any]*model.Lane{}
	if err := s.survey(ctx, q, column, func(row scanner) (at seat, err error) {
		var name any
		if err := row.Scan(&at.at, &at.ord, &at.n, &name); err != nil {
			return at, err
		}
		lane := counts[name]
		if lane == nil && len(counts) >= mostLanes {
			name = others{}
			lane = counts[name]
		}
		if lane == nil {
			lane = &model.Lane{Counts: make([]int, parts)}
			counts[name] = lane
		}
		lane.Total++
		i := uint64(at.at-from) / uint64(step)
		lane.Counts[i]++
		span := &lanes.Spans[i]
		if span.Last = time.Unix(0, at.at).UTC(); span.First.IsZero() {
			span.First = span.Last
		}
		return at, nil
	}); err != nil {
		return lanes, err
	}
	err = s.view(ctx, "read the timeline", func() error {
		lanes.Lanes, err = s.nameLanes(counts)
		return err
	})
	return lanes, err
}

// sliceLength is how many nanoseconds each of equal parts of a time takes, rounded up. Whole centuries need
// more than a signed number holds.
func sliceLength(from, to time.Time, parts int) int64 {
	width := uint64(clamp(to)) - uint64(clamp(from))
	return max(1, int64((width-1)/uint64(parts)+1))
}

// nameLanes spells the names of lanes and puts the fullest first. One name can have several numbers: none at
// all, and that of the empty word.
func (s *Store) nameLanes(counts map[any]*model.Lane) (list []model.Lane, err error) {
	byName := map[string]*model.Lane{}
	for value, lane := range counts {
		if lane.Name, err = s.spellValue(value); err != nil {
			return nil, err
		}
		other := byName[lane.Name]
		if other == nil {
			byName[lane.Name] = lane
			continue
		}
		other.Total += lane.Total
		for i, n := range lane.Counts {
			other.Counts[i] += n
		}
	}
	for _, lane := range byName {
		list = append(list, *lane)
	}
	slices.SortFunc(list, func(a, b model.Lane) int { return cmp.Or(b.Total-a.Total, cmp.Compare(a.Name, b.Name)) })
	return list, nil
}

// mostValues is how many values of a field are offered, the fullest first.
const mostValues = 200

// Values counts the events of an incident, of every level, by each of some fields: source, kind, service or
// actor. Each field has its fullest values first, at most 200 of them; events that name none are not counted.
func (s *Store) Values(ctx context.Context, incident model.ID, fields ...string) (map[string][]model.ValueCount, error) {
	columns, counts, values, into := []string{}, make([]map[any]int, len(fields)), make([]any, len(fields)), make([]any, 3, 3+len(fields))
	for i, f := range fields {
		column, known := valueColumns[f]
		if !known {
			column = "''"
		}
		columns, counts[i], into = append(columns, column), map[any]int{}, append(into, &values[i])
	}
	everything := model.EventQuery{Incident: incident, WithNoise: true, WithHousekeeping: true, WithMerged: true}
	if err := s.survey(ctx, everything, strings.Join(columns, ", "), func(row scanner) (at seat, err error) {
		into[0], into[1], into[2] = &at.at, &at.ord, &at.n
		err = row.Scan(into...)
		for i, v := range values {
			if n, known := counts[i][v]; known || len(counts[i]) < mostCounted {
				counts[i][v] = n + 1
			}
		}
		return at, err
	}); err != nil {
		return nil, err
	}
	list := map[string][]model.ValueCount{}
	err := s.view(ctx, "read the timeline", func() (err error) {
		for i, f := range fields {
			if list[f], err = s.fullest(counts[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return list, err
}

// fullest names the values with the highest counts.
func (s *Store) fullest(counts map[any]int) (list []model.ValueCount, err error) {
	byName := map[string]int{}
	for value, n := range counts {
		name, err := s.spellValue(value)
		if err != nil {
			return nil, err
		}
		byName[name] += n
	}
	delete(byName, "")
	for name, n := range byName {
		list = append(list, model.ValueCount{Value: name, Count: n})
	}
	slices.SortFunc(list, func(a, b model.ValueCount) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value)) })
	return list[:min(len(list), mostValues)], nil
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
