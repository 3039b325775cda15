package uitest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// Events gives the stretch that a query asks for.
func (m *Memory) Events(_ context.Context, q model.EventQuery) (model.EventPage, error) {
	if m.Err != nil {
		return model.EventPage{}, m.Err
	}
	var list []seated
	for _, e := range m.timeline(q.Incident) {
		if wanted(q, e.Event) {
			list = append(list, e)
		}
	}
	page := model.EventPage{Total: len(list)}
	limit := q.Limit
	if limit == 0 {
		limit = 200
	}
	from, to := 0, len(list)
	switch {
	case q.AtEvent != "":
		from = max(0, min(m.place(list, q)-limit/2, len(list)-limit))
	case q.After != nil:
		from = countBefore(list, model.Cursor{At: q.After.At, N: q.After.N + 1})
	case q.Before != nil:
		to = countBefore(list, *q.Before)
		from = max(0, to-limit)
	case q.Last:
		from = max(0, len(list)-limit)
	}
	page.Offset = from
	for _, e := range list[from:min(to, from+limit)] {
		page.Events, page.Cursors = append(page.Events, e.Event), append(page.Cursors, e.Cursor)
	}
	return page, nil
}

// A seated event has its place in the timeline's order.
type seated struct {
	model.Event
	model.Cursor
}

// timeline is every event of an incident, in order, also what is hidden.
func (m *Memory) timeline(incident model.ID) (list []seated) {
	offsets := map[string]time.Duration{}
	for _, c := range all[model.Clock](m, model.TypeClock, incident) {
		offsets[c.Source], _ = model.ParseOffset(c.Offset)
	}
	sweeps, merged := all[model.Sweep](m, model.TypeSweep, incident), map[model.ID]int{}
	for n, id := range m.of(model.TypeEvent, incident) {
		e := m.event(id)
		if e.MergedInto != "" {
			merged[e.MergedInto]++
		}
		if by, moved := offsets[e.Source]; moved && e.Source != model.SourceHand {
			at, corrected := m.cells[id]["at"]
			if m.cells[id][isImported] == nil || !corrected || at == nil {
				e.OriginalAt, e.At = e.At, e.At.Add(by)
			}
		}
		for _, s := range sweeps {
			e.Noise = e.Noise || e.Untouched && s.Hides(e)
		}
		list = append(list, seated{e, model.Cursor{At: e.At, N: int64(n)}})
	}
	for i := range list {
		list[i].Merged = merged[list[i].ID]
	}
	slices.SortFunc(list, func(a, b seated) int { return inOrder(a.Cursor, b.Cursor) })
	return list
}

func inOrder(a, b model.Cursor) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.N, b.N)) }

func countBefore(list []seated, at model.Cursor) int {
	n, _ := slices.BinarySearchFunc(list, at, func(e seated, at model.Cursor) int { return inOrder(e.Cursor, at) })
	return n
}

// place is where the event of a query stands among others, or would.
func (m *Memory) place(list []seated, q model.EventQuery) int {
	for _, e := range m.timeline(q.Incident) {
		if e.ID == q.AtEvent {
			return countBefore(list, e.Cursor)
		}
	}
	return 0
}

// event folds one event; nobody has worked on it while no cell but the import's holds anything.
func (m *Memory) event(id model.ID) model.Event {
	if e := m.folded[id]; e != nil {
		return *e
	}
	var e model.Event
	m.fold(id, &e)
	e.Untouched = m.cells[id][isImported] != nil
	for name, v := range m.cells[id] {
		e.Untouched = e.Untouched && (v == nil || name == isImported)
	}
	e.Housekeeping = e.Housekeeping && e.Untouched
	m.folded[id] = &e
	return e
}

// Event gives one event, also one that is hidden.
func (m *Memory) Event(_ context.Context, id model.ID) (model.Event, error) {
	for _, e := range m.timeline(model.ID(m.incidentOf(id))) {
		if e.ID == id {
			return e.Event, m.Err
		}
	}
	return model.Event{}, &model.Fault{Kind: model.FaultUsage, What: "read an event", Reason: "it is not there"}
}

func wanted(q model.EventQuery, e model.Event) bool {
	anyCase := func(list []string, v string) bool {
		return len(list) == 0 || slices.ContainsFunc(list, func(w string) bool { return strings.EqualFold(w, v) })
	}
	fits := func(list []string, v string) bool { return len(list) == 0 || slices.Contains(list, v) }
	return (q.From.IsZero() || !e.At.Before(q.From)) && (q.To.IsZero() || e.At.Before(q.To)) && fits(q.Sources, e.Source) && fits(q.Kinds, e.Kind) && fits(q.Roles, e.Role) &&
		strings.Contains(strings.ToLower(e.Title+" "+e.Body), strings.ToLower(q.Text)) &&
		anyCase(q.Actors, e.Actor) && anyCase(q.Services, e.Service) && (q.From.IsZero() || !e.At.Before(q.From)) && (q.To.IsZero() || e.At.Before(q.To)) &&
		(q.Like == "" || q.Like == model.LineShape(e.Title)) && (!q.Untouched || e.Untouched) && (!q.Narrative || !e.Untouched) &&
		(q.WithNoise || !e.Noise) && (q.WithHousekeeping || !e.Housekeeping) && (q.WithMerged || e.MergedInto == "")
}

// EachEvent gives every event of a query.
func (m *Memory) EachEvent(ctx context.Context, q model.EventQuery, yield func(*model.Event) error) error {
	q.Limit = 1 << 30
	page, err := m.Events(ctx, q)
	for i := range page.Events {
		if err == nil {
			err = yield(&page.Events[i])
		}
	}
	return err
}

// Density counts events in equal slices.
func (m *Memory) Density(ctx context.Context, q model.EventQuery, slices int) (model.Density, error) {
	q.Limit = 1 << 30
	page, err := m.Events(ctx, q)
	if err != nil || len(page.Events) == 0 {
		return model.Density{}, err
	}
	d := model.Density{From: page.Events[0].At, To: page.Events[len(page.Events)-1].At, Counts: make([]int, slices)}
	for _, e := range page.Events {
		i := 0
		if span := d.To.Sub(d.From); span > 0 {
			i = int(int64(slices-1) * int64(e.At.Sub(d.From)) / int64(span))
		}
		d.Counts[i]++
	}
	return d, nil
}

// valueOf is what an event names.
func valueOf(e model.Event, field string) string {
	return map[string]string{"source": e.Source, "kind": e.Kind, "actor": e.Actor, "service": e.Service}[field]
}

// Values counts events by fields.
func (m *Memory) Values(_ context.Context, id model.ID, fields ...string) (map[string][]model.ValueCount, error) {
	if m.Err != nil {
		return nil, m.Err
	}
	values := map[string][]model.ValueCount{}
	for _, f := range fields {
		count := map[string]int{}
		for _, e := range m.timeline(id) {
			count[valueOf(e.Event, f)]++
		}
		delete(count, "")
		for v, n := range count {
			values[f] = append(values[f], model.ValueCount{Value: v, Count: n})
		}
		slices.SortFunc(values[f], func(a, b model.ValueCount) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Value, b.Value)) })
	}
	return values, nil
}

// Lanes counts events by a field in equal slices.
func (m *Memory) Lanes(ctx context.Context, q model.EventQuery, by string, parts int) (model.Lanes, error) {
	q.Limit = 1 << 30
	page, err := m.Events(ctx, q)
	l := model.Lanes{From: q.From, To: q.To}
	if n := len(page.Events); err != nil || n == 0 && (q.From.IsZero() || q.To.IsZero()) {
		return model.Lanes{}, err
	} else if n > 0 {
		if q.From.IsZero() {
			l.From = page.Events[0].At
		}
		if q.To.IsZero() {
			l.To = page.Events[n-1].At.Add(1)
		}
	}
	l.Slice, l.Spans = (l.To.Sub(l.From)-1)/time.Duration(parts)+1, make([]model.Span, parts)
	at := map[string]int{}
	for _, e := range page.Events {
		name := valueOf(e, by)
		if _, known := at[name]; !known {
			at[name] = len(l.Lanes)
			l.Lanes = append(l.Lanes, model.Lane{Name: name, Counts: make([]int, parts)})
		}
		i := int(e.At.Sub(l.From) / l.Slice)
		l.Lanes[at[name]].Counts[i]++
		l.Lanes[at[name]].Total++
		if l.Spans[i].Last = e.At; l.Spans[i].First.IsZero() {
			l.Spans[i].First = e.At
		}
	}
	slices.SortFunc(l.Lanes, func(a, b model.Lane) int { return cmp.Or(b.Total-a.Total, cmp.Compare(a.Name, b.Name)) })
	return l, nil
}

// Alike groups the events of a query by source and shape, the largest group first.
func (m *Memory) Alike(ctx context.Context, q model.EventQuery) (list []model.Alike, err error) {
	at := map[[2]string]int{}
	err = m.EachEvent(ctx, q, func(e *model.Event) error {
		k := [2]string{e.Source, model.LineShape(e.Title)}
		i, known := at[k]
		if !known {
			i, at[k] = len(list), len(list)
			list = append(list, model.Alike{Source: k[0], Shape: k[1], Sample: e.Title, Event: e.ID, First: e.At})
		}
		list[i].Count++
		list[i].Last = e.At
		return nil
	})
	slices.SortFunc(list, func(a, b model.Alike) int {
		return cmp.Or(b.Count-a.Count, a.First.Compare(b.First), cmp.Compare(a.Shape, b.Shape))
	})
	return list, err
}
