// Package uitest is what the tests of the screens share: a file in memory, a driver that presses keys and
// drains commands, and goldens of settled screens.
package uitest

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"aftermath/model"
)

// Memory is a file that lives in memory: cells by entity, gestures for undo. It is a fake for tests; its
// order of lists is the order of creation.
type Memory struct {
	order    []model.ID
	cells    map[model.ID]map[string]any
	imported map[model.ID]map[string]any // what a source said, under what people say
	folded   map[model.ID]*model.Event   // what is folded already
	done     [][]model.Edit              // what undoes each gesture
	undone   [][]model.Edit
	labels   []string
	changes  []model.Change // oldest first
	drafts   map[string]string
	versions int64
	next     uint64
	Clashes  []model.Conflict
	Err      error // what every read answers, to see the error states
}

// NewMemory is an empty file.
func NewMemory() *Memory {
	return &Memory{cells: map[model.ID]map[string]any{}, imported: map[model.ID]map[string]any{}, folded: map[model.ID]*model.Event{}, drafts: map[string]string{}}
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
	m.labels = append(m.labels, g.Label)
	m.done = append(m.done, m.set(g.Edits))
	return nil
}

// changed keeps an edit for the history.
func (m *Memory) changed(e model.Edit, field string, old any) {
	c := model.Change{Author: "dana", Source: "ui", Kind: "set", Type: e.Type, Entity: e.ID, Field: field, Old: old, New: e.Value, Seq: int64(len(m.changes)), Group: int64(len(m.labels))}
	if e.Delete {
		c.Kind, c.Field, c.New = "delete", "", true
	}
	if n := len(m.labels); n > 0 {
		c.Label = m.labels[n-1]
	}
	m.changes = append(m.changes, c)
}

func (m *Memory) set(edits []model.Edit) (back []model.Edit) {
	for _, e := range edits {
		delete(m.folded, e.ID)
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
		m.changed(e, field, fields[field])
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
	back := m.done[n]
	m.undone = append(m.undone, m.set(back))
	m.done = m.done[:n]
	return model.Undone{Label: m.labels[n], Where: back[len(back)-1].ID}, nil
}

// Redo does it again.
func (m *Memory) Redo(context.Context) (model.Undone, error) {
	n := len(m.undone) - 1
	if n < 0 {
		return model.Undone{None: true}, nil
	}
	again := m.undone[n]
	m.done = append(m.done, m.set(again))
	m.undone = m.undone[:n]
	return model.Undone{Label: m.labels[len(m.done)-1], Where: again[0].ID}, nil
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
	if m.cells[id][isImported] != nil {
		maps.Copy(doc, m.imported[id])
	}
	for name, v := range m.cells[id] {
		set, member, isMember := model.CutMember(name)
		if f, ok := model.Named(id.Type(), set); isMember && ok && f.Kind == model.Set {
			if v != nil {
				list, _ := doc[set].([]string)
				doc[set] = append(list, member)
				slices.Sort(doc[set].([]string))
			}
		} else if v != nil && !strings.HasPrefix(name, "(") {
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
		if id.Type() == t && (t == model.TypeIncident || model.FileWide(t) || m.incidentOf(id) == string(incident)) && m.visible(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (m *Memory) incidentOf(id model.ID) string {
	if v := m.cells[id]["incident"]; v != nil || m.cells[id][isImported] == nil {
		return fmt.Sprint(v)
	}
	return fmt.Sprint(m.imported[id]["incident"])
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
	r.Replies = all[model.Reply](m, model.TypeReply, id)
	r.Redactions = all[model.Redaction](m, model.TypeRedaction, id)
	r.Factors = all[model.Factor](m, model.TypeFactor, id)
	r.Interactions = all[model.Interaction](m, model.TypeInteraction, id)
	r.Actions = all[model.Action](m, model.TypeAction, id)
	r.Steps = all[model.Step](m, model.TypeStep, id)
	r.Results = all[model.Result](m, model.TypeResult, id)
	r.Revisions = all[model.Revision](m, model.TypeRevision, id)
	r.Approvals = all[model.Approval](m, model.TypeApproval, id)
	r.Sweeps = all[model.Sweep](m, model.TypeSweep, id)
	r.Views = all[model.View](m, model.TypeView, id)
	page, err := m.Events(ctx, model.EventQuery{Incident: id})
	r.Events, r.Evidence = page.Total, len(m.of(model.TypeEvent, id))
	inbox, _ := m.Events(ctx, model.EventQuery{Incident: id, Untouched: true})
	r.Inbox = inbox.Total
	return r, err
}

// NamedBefore looks through the conditions of all other incidents.
func (m *Memory) NamedBefore(_ context.Context, text string, not model.ID) (list []model.NamedBefore, err error) {
	for _, i := range all[model.Incident](m, model.TypeIncident, "") {
		for _, f := range all[model.Factor](m, model.TypeFactor, i.ID) {
			if i.ID != not {
				list = append(list, model.NamedBefore{Factor: f.ID, Statement: f.Statement, Layer: f.Layer, Area: f.Area, Incident: i.ID, Key: i.Key, Title: i.Title, Started: i.Started})
			}
		}
	}
	return model.AlikeBefore(text, list), m.Err
}

// PastActions are all actions with what they answer.
func (m *Memory) PastActions(ctx context.Context) (list []model.PastAction, err error) {
	for _, i := range all[model.Incident](m, model.TypeIncident, "") {
		r, err := m.Record(ctx, i.ID)
		if err != nil {
			return nil, err
		}
		for _, a := range r.Actions {
			p := model.PastAction{Action: a, Incident: i.ID, Severity: i.Severity, Started: i.Started}
			for _, f := range r.Factors {
				if slices.Contains(a.Factors, f.ID) {
					p.Layers, p.Areas, p.Teams = append(p.Layers, f.Layer), append(p.Areas, f.Area), append(p.Teams, f.Team)
				}
			}
			list = append(list, p)
		}
	}
	return list, nil
}

// Incidents lists all, newest first.
func (m *Memory) Incidents(_ context.Context, q model.IncidentQuery) ([]model.IncidentLine, int, error) {
	if m.Err != nil {
		return nil, 0, m.Err
	}
	var lines []model.IncidentLine
	for _, i := range all[model.Incident](m, model.TypeIncident, "") {
		if i.Archived.IsZero() == q.Archived {
			continue
		}
		lines = append(lines, model.IncidentLine{ID: i.ID, Key: i.Key, Title: i.Title, Severity: i.Severity, Stage: i.Stage, Services: i.Services,
			Started: i.Started, Resolved: i.Resolved, Zone: i.Zone, Events: len(m.of(model.TypeEvent, i.ID)), Factors: len(m.of(model.TypeFactor, i.ID)), Actions: len(m.of(model.TypeAction, i.ID))})
	}
	slices.SortStableFunc(lines, func(a, b model.IncidentLine) int { return b.Started.Compare(a.Started) })
	n := len(lines)
	return lines[min(q.Offset, n):min(q.Offset+q.Limit, n)], n, nil
}

// isImported is the cell that says that an import brought an event, so that undo reaches it.
const isImported = "(imported)"

// Import keeps what a source said under what people say.
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
		fields["incident"] = string(incident)
		m.imported[id] = fields
		g = g.Set(model.TypeEvent, id, isImported, true)
		return nil
	})
	if err == nil {
		err = m.Apply(context.Background(), g)
	}
	return model.ImportReport{New: len(g.Edits)}, err
}

// History gives the edits of the gestures, newest first.
func (m *Memory) History(_ context.Context, q model.HistoryQuery, yield func(model.Change) error) error {
	if m.Err != nil {
		return m.Err
	}
	for _, c := range slices.Backward(m.changes) {
		of := m.incidentOf(c.Entity)
		if c.Field == isImported || q.Incident != "" && c.Entity != q.Incident && of != string(q.Incident) || q.Entity != "" && c.Entity != q.Entity || q.Field != "" && c.Field != q.Field {
			continue
		}
		if err := yield(c); err != nil {
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
		i := all[model.Incident](m, model.TypeIncident, "")
		at := slices.IndexFunc(i, func(i model.Incident) bool { return i.ID == e.Incident })
		hits = append(hits, model.Hit{Type: model.TypeEvent, ID: e.ID, Incident: e.Incident, Zone: i[max(0, at)].Zone, At: e.At, Title: e.Title, Snippet: e.Title})
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
