// Package uitest is what the tests of the screens share: a file in memory, a driver that presses keys and
// drains commands, and goldens of settled screens.
package uitest

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

// Memory is a file that lives in memory: cells by entity, gestures for undo. It is a fake for tests; its
// order of lists is the order of creation.
type Memory struct {
	order    []model.ID
	cells    map[model.ID]map[string]any
	done     [][]model.Edit // what undoes each gesture
	undone   [][]model.Edit
	labels   []string
	drafts   map[string]string
	versions int64
	next     uint64
	Clashes  []model.Conflict
	Err      error // what every read answers, to see the error states
}

// NewMemory is an empty file.
func NewMemory() *Memory {
	return &Memory{cells: map[model.ID]map[string]any{}, drafts: map[string]string{}}
}

// NewID counts up, so that tests are repeatable.
func (m *Memory) NewID(t model.Type) model.ID {
	m.next++
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], m.next<<32)
	return model.IDFrom(t, b)
}

// Apply sets the cells of a gesture.
func (m *Memory) Apply(_ context.Context, g model.Gesture) error {
	m.undone = nil
	m.done = append(m.done, m.set(g.Edits))
	m.labels = append(m.labels, g.Label)
	return nil
}

func (m *Memory) set(edits []model.Edit) (back []model.Edit) {
	for _, e := range edits {
		fields, ok := m.cells[e.ID]
		if !ok {
			fields = map[string]any{}
			m.cells[e.ID] = fields
			m.order = append(m.order, e.ID)
		}
		field, value := e.Field, e.Value
		if e.Delete {
			field, value = "(deleted)", true
		}
		back = append(back, model.Edit{Type: e.Type, ID: e.ID, Field: field, Value: fields[field]})
		fields[field] = value
	}
	slices.Reverse(back)
	return back
}

// Undo takes the last gesture back.
func (m *Memory) Undo(context.Context) (model.Undone, error) {
	n := len(m.done) - 1
	if n < 0 {
		return model.Undone{None: true}, nil
	}
	m.undone = append(m.undone, m.set(m.done[n]))
	m.done = m.done[:n]
	return model.Undone{Label: m.labels[n]}, nil
}

// Redo does it again.
func (m *Memory) Redo(context.Context) (model.Undone, error) {
	n := len(m.undone) - 1
	if n < 0 {
		return model.Undone{None: true}, nil
	}
	m.done = append(m.done, m.set(m.undone[n]))
	m.undone = m.undone[:n]
	return model.Undone{Label: m.labels[len(m.done)-1]}, nil
}

// DataVersion never changes: nobody else writes here.
func (m *Memory) DataVersion(context.Context) (int64, error) { return m.versions, nil }

// SaveDraft keeps a draft.
func (m *Memory) SaveDraft(name, text string) error { m.drafts[name] = text; return nil }

// Draft gives a draft back.
func (m *Memory) Draft(name string) (string, bool) { t, ok := m.drafts[name]; return t, ok }

// DropDraft forgets one.
func (m *Memory) DropDraft(name string) error { delete(m.drafts, name); return nil }

// visible tells whether anything is left of an entity.
func (m *Memory) visible(id model.ID) bool {
	if m.cells[id]["(deleted)"] == true {
		return false
	}
	for _, v := range m.cells[id] {
		if v != nil {
			return true
		}
	}
	return false
}

// fold turns an entity's cells into its struct, by the schema's names.
func (m *Memory) fold(id model.ID, into any) {
	doc := map[string]any{"id": string(id)}
	for name, v := range m.cells[id] {
		set, member, isMember := model.CutMember(name)
		if f, ok := model.Named(id.Type(), set); isMember && ok && f.Kind == model.Set {
			if v != nil {
				list, _ := doc[set].([]string)
				doc[set] = append(list, member)
				slices.Sort(doc[set].([]string))
			}
		} else if v != nil && name != "(deleted)" {
			doc[name] = v
		}
	}
	delete(doc, "incident")
	raw, err := json.Marshal(doc)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		panic(fmt.Sprintf("uitest: %s does not fit its struct: %v", id, err))
	}
}

func (m *Memory) of(t model.Type, incident model.ID) (ids []model.ID) {
	for _, id := range m.order {
		if id.Type() == t && m.visible(id) && (t == model.TypeIncident || fmt.Sprint(m.cells[id]["incident"]) == string(incident)) {
			ids = append(ids, id)
		}
	}
	return ids
}

func all[T any](m *Memory, t model.Type, incident model.ID) (list []T) {
	for _, id := range m.of(t, incident) {
		var x T
		m.fold(id, &x)
		list = append(list, x)
	}
	return list
}

// Record gathers everything of one incident.
func (m *Memory) Record(ctx context.Context, id model.ID) (*model.Record, error) {
	if m.Err != nil {
		return nil, m.Err
	}
	r := &model.Record{}
	m.fold(id, &r.Incident)
	r.Participants = all[model.Participant](m, model.TypeParticipant, id)
	r.Clocks = all[model.Clock](m, model.TypeClock, id)
	r.Dismissals = all[model.Dismissal](m, model.TypeDismissal, id)
	r.Questions = all[model.Question](m, model.TypeQuestion, id)
	r.Factors = all[model.Factor](m, model.TypeFactor, id)
	r.Interactions = all[model.Interaction](m, model.TypeInteraction, id)
	r.Actions = all[model.Action](m, model.TypeAction, id)
	r.Steps = all[model.Step](m, model.TypeStep, id)
	r.Results = all[model.Result](m, model.TypeResult, id)
	r.Revisions = all[model.Revision](m, model.TypeRevision, id)
	page, err := m.Events(ctx, model.EventQuery{Incident: id})
	r.Events = page.Total
	return r, err
}

// Incidents lists all, newest first.
func (m *Memory) Incidents(_ context.Context, offset, limit int) ([]model.IncidentLine, int, error) {
	if m.Err != nil {
		return nil, 0, m.Err
	}
	var lines []model.IncidentLine
	for _, i := range all[model.Incident](m, model.TypeIncident, "") {
		lines = append(lines, model.IncidentLine{ID: i.ID, Key: i.Key, Title: i.Title, Severity: i.Severity, Stage: i.Stage, Services: i.Services,
			Started: i.Started, Resolved: i.Resolved, Events: len(m.of(model.TypeEvent, i.ID)), Factors: len(m.of(model.TypeFactor, i.ID)), Actions: len(m.of(model.TypeAction, i.ID))})
	}
	slices.SortStableFunc(lines, func(a, b model.IncidentLine) int { return b.Started.Compare(a.Started) })
	n := len(lines)
	return lines[min(offset, n):min(offset+limit, n)], n, nil
}

// Events gives the stretch that a query asks for.
func (m *Memory) Events(_ context.Context, q model.EventQuery) (model.EventPage, error) {
	if m.Err != nil {
		return model.EventPage{}, m.Err
	}
	list := slices.DeleteFunc(m.clocked(q.Incident), func(e model.Event) bool { return !wanted(q, e) })
	slices.SortStableFunc(list, func(a, b model.Event) int { return a.At.Compare(b.At) })
	page := model.EventPage{Total: len(list)}
	limit := q.Limit
	if limit == 0 {
		limit = 200
	}
	from := 0
	if i := slices.IndexFunc(list, func(e model.Event) bool { return e.ID == q.AtEvent }); i >= 0 {
		from = max(0, i-limit/2)
	}
	if q.Last {
		from = max(0, len(list)-limit)
	}
	page.Offset = from
	page.Events = list[from:min(len(list), from+limit)]
	for i, e := range page.Events {
		page.Cursors = append(page.Cursors, model.Cursor{At: e.At, N: int64(from + i)})
	}
	return page, nil
}

// clocked are the events of an incident with the clocks of their sources moved. What people typed has no
// clock of a source.
func (m *Memory) clocked(incident model.ID) []model.Event {
	list := all[model.Event](m, model.TypeEvent, incident)
	for _, c := range all[model.Clock](m, model.TypeClock, incident) {
		by, _ := model.ParseOffset(c.Offset)
		for i := range list {
			if e := &list[i]; e.Source == c.Source && e.Source != model.SourceHand {
				e.OriginalAt, e.At = e.At, e.At.Add(by)
			}
		}
	}
	return list
}

func wanted(q model.EventQuery, e model.Event) bool {
	fits := func(list []string, v string) bool { return len(list) == 0 || slices.Contains(list, v) }
	return (q.From.IsZero() || !e.At.Before(q.From)) && (q.To.IsZero() || e.At.Before(q.To)) && (!q.Narrative || worked(e)) && fits(q.Sources, e.Source) && fits(q.Kinds, e.Kind) && fits(q.Roles, e.Role) &&
		strings.Contains(strings.ToLower(e.Title+" "+e.Body), strings.ToLower(q.Text)) &&
		(q.WithNoise || !e.Noise) && (q.WithHousekeeping || !e.Housekeeping) && (q.WithMerged || e.MergedInto == "")
}

// worked tells whether somebody wrote the event or worked on it.
func worked(e model.Event) bool {
	return e.Source == model.SourceHand || e.Kept || e.Role+e.Moment+e.Signals+e.Belief+e.Decision+e.Why != "" || e.Merged > 0
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

// Sources counts events by source.
func (m *Memory) Sources(ctx context.Context, id model.ID) ([]model.SourceCount, error) {
	count := map[string]int{}
	for _, e := range all[model.Event](m, model.TypeEvent, id) {
		count[e.Source]++
	}
	var list []model.SourceCount
	for s, n := range count {
		list = append(list, model.SourceCount{Source: s, Count: n})
	}
	slices.SortFunc(list, func(a, b model.SourceCount) int { return strings.Compare(a.Source, b.Source) })
	return list, nil
}

// Import takes every event as a set of cells.
func (m *Memory) Import(_ context.Context, incident model.ID, read model.ReadEvidence, _ func(int)) (model.ImportReport, error) {
	var g model.Gesture
	_, err := read(func(e *model.Event) error {
		id := model.EvidenceID(incident, e.Source, e.ExternalID)
		raw, err := json.Marshal(e)
		if err != nil {
			return err
		}
		var fields map[string]any
		if err := json.Unmarshal(raw, &fields); err != nil {
			return err
		}
		delete(fields, "id")
		for name, v := range fields {
			g = g.Set(model.TypeEvent, id, name, v)
		}
		g = g.Set(model.TypeEvent, id, "incident", string(incident))
		return nil
	})
	if err == nil {
		err = m.Apply(context.Background(), g)
	}
	return model.ImportReport{}, err
}

// History gives the gestures' labels, newest first.
func (m *Memory) History(_ context.Context, _ model.HistoryQuery, yield func(model.Change) error) error {
	if m.Err != nil {
		return m.Err
	}
	for i := len(m.labels) - 1; i >= 0; i-- {
		if err := yield(model.Change{Author: "dana", Source: "ui", Kind: "set", Label: m.labels[i], Group: int64(i)}); err != nil {
			return err
		}
	}
	return nil
}

// Conflicts are those that a test put there.
func (m *Memory) Conflicts(context.Context, model.ID) ([]model.Conflict, error) {
	return m.Clashes, m.Err
}

// Settle forgets a conflict.
func (m *Memory) Settle(_ context.Context, c model.Conflict, _ int) error {
	m.Clashes = slices.DeleteFunc(m.Clashes, func(x model.Conflict) bool { return x.Entity == c.Entity && x.Field == c.Field })
	return nil
}

// Merge takes nothing in.
func (m *Memory) Merge(context.Context, string) (model.MergeReport, error) {
	return model.MergeReport{}, m.Err
}

// Search finds words in the titles of events.
func (m *Memory) Search(ctx context.Context, words string, incident model.ID, _ int, _ bool) ([]model.Hit, error) {
	var hits []model.Hit
	err := m.EachEvent(ctx, model.EventQuery{Incident: incident, Text: words}, func(e *model.Event) error {
		hits = append(hits, model.Hit{Type: model.TypeEvent, ID: e.ID, Incident: incident, At: e.At, Title: e.Title, Snippet: e.Title})
		return nil
	})
	return hits, err
}

// Mark makes what is there now the beginning, which Undo does not go behind.
func (m *Memory) Mark() { m.done, m.labels = nil, nil }

// State is everything that the file holds, to compare before and after.
func (m *Memory) State() string {
	var b strings.Builder
	for _, id := range m.order {
		if !m.visible(id) {
			continue
		}
		var names []string
		for name, v := range m.cells[id] {
			if v != nil {
				names = append(names, fmt.Sprintf("%s=%v", name, v))
			}
		}
		slices.Sort(names)
		fmt.Fprintln(&b, id, strings.Join(names, " "))
	}
	return b.String()
}
