// Package frame is step 1: what happened, to whom, and who is in the room.
package frame

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// Screen is the form of the incident with its key moments.
type Screen struct {
	desk   *desk.Desk
	record *model.Record
	form   widget.Form
	h      int
}

// New is the step before its record has come.
func New(d *desk.Desk) *Screen { return &Screen{desk: d, h: 20} }

// Title names the step.
func (s *Screen) Title() string { return "Frame" }

// Question follows what is missing first.
func (s *Screen) Question() string {
	switch name := s.form.Here().Name; {
	case name == "impact":
		return "Who could not do what, how many of them, and for how long?"
	case name == "started" || name == "detected" || name == "paged" || name == "acknowledged" || name == "mitigated" || name == "resolved":
		return "When did users feel it, when did anybody know, when was it over?"
	case strings.HasPrefix(name, "P-") || name == "facilitator" || name == "timeline_owner":
		return "Who is in the room, and who sees it from another side?"
	}
	return "What happened, to whom, and who is in the room?"
}

// Init needs nothing: the record comes from the root.
func (s *Screen) Init() tea.Cmd { return nil }

// Update takes the record and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case nav.Loaded:
		s.record = msg.Record
		s.form.Set(s.rows())
	case tea.KeyPressMsg:
		s.form.Key(msg.String(), s.h)
	}
	return nil
}

// sections group the fields of the form; a field that is in none is not asked here.
var sections = []struct {
	title  string
	fields []string
}{
	{"What happened", []string{"title", "started", "impact", "severity", "services", "type", "environment", "context"}},
	{"Key moments", []string{"detected", "paged", "acknowledged", "mitigated", "resolved", "zone"}},
	{"Who is in the room", []string{"facilitator", "timeline_owner", "teams"}},
	{"Where it mattered", []string{"customer_effects", "business_impact", "regulatory", "tags"}},
}

func (s *Screen) rows() []widget.Row {
	i := s.record.Incident
	values := desk.ValuesOf(i, model.TypeIncident, s.desk.ZoneOf(i))
	notes := map[string]string{}
	for _, f := range i.MomentDoubts() {
		notes[f.Where] = f.What
	}
	var rows []widget.Row
	for _, sec := range sections {
		rows = append(rows, widget.Row{Heading: true, Label: sec.title})
		for _, name := range sec.fields {
			f := fieldOf(name)
			r := widget.Row{Name: name, Label: f.Label, Value: s.shown(f, values), Empty: emptyText(name), Note: notes[name]}
			if name == "impact" {
				r.Remark = s.remark().String()
			}
			r.Need = r.Value == "" && slices.Contains(s.desk.Required, name)
			rows = append(rows, r)
		}
		if sec.title == "Key moments" {
			rows = append(rows, s.durations()...)
		}
		if sec.title == "Who is in the room" {
			rows = append(rows, s.people()...)
		}
	}
	return rows
}

func fieldOf(name string) model.Field {
	f, _ := model.Named(model.TypeIncident, name)
	return f
}

func (s *Screen) shown(f model.Field, v desk.Values) string {
	switch f.Kind {
	case model.Set:
		return cell.Clean(strings.Join(v.Set[f.Name], ", "))
	case model.Choice:
		return s.desk.Word(f.List, v.Text[f.Name])
	case model.Time:
		if v.Text[f.Name] == "" {
			return ""
		}
		return v.Text[f.Name] + "  " + s.desk.ZoneOf(s.record.Incident).String()
	}
	return cell.CleanText(v.Text[f.Name])
}

func emptyText(name string) string {
	switch name {
	case "title", "started", "impact":
		return "needed for a useful postmortem"
	}
	return "open"
}

// durations are rows to read: each opens its definition.
func (s *Screen) durations() []widget.Row {
	var rows []widget.Row
	for _, d := range s.record.Incident.Durations() {
		r := widget.Row{Name: "=" + d.Short, Label: "  " + d.Name}
		switch {
		case d.Known:
			r.Value = model.FormatDuration(d.Value) + "   " + d.Definition
		default:
			r.Empty = d.Doubt
		}
		rows = append(rows, r)
	}
	return rows
}

func (s *Screen) people() []widget.Row {
	var rows []widget.Row
	for _, p := range s.record.Participants {
		value := s.desk.Word("discipline", p.Discipline)
		if p.Role != "" {
			value += " · " + cell.Clean(p.Role)
		}
		rows = append(rows, widget.Row{Name: string(p.ID), Label: cell.Clean(p.Name), Value: value, Empty: "discipline open"})
	}
	if len(rows) == 0 {
		rows = append(rows, widget.Row{Name: "participants", Label: "Participants", Empty: "a adds one; somebody from outside engineering sees more"})
	}
	return rows
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
	waiting, person := "", "the cursor is not on a participant"
	if s.record == nil {
		waiting = "the record is still being read"
	}
	if strings.HasPrefix(s.form.Here().Name, "P-") {
		person = ""
	}
	aside := ""
	if s.unremarked() == "" {
		aside = "set aside"
	}
	return []key.Action{
		{ID: "frame.edit", Title: "Edit this field", Short: "edit", Keys: []string{"enter", "e"}, Off: waiting, Do: s.edit},
		{ID: "frame.add_participant", Title: "Add a participant", Short: "add person", Keys: []string{"a"}, Off: waiting, Do: s.addPerson},
		{ID: "frame.discipline", Title: "Set the participant's discipline", Keys: []string{"d"}, Off: person, Do: s.discipline},
		{ID: "frame.remove_participant", Title: "Remove the participant", Keys: []string{"x"}, Off: person, Do: s.removePerson},
		{ID: "frame.aside", Title: "Set the remark on these words aside, with a reason", Short: aside, Keys: []string{"z"}, Off: s.unremarked(), Do: func() tea.Cmd { return overlay.Aside(s.record.Incident.ID, s.remark()) }},
		{ID: "frame.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: waiting, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.selected()}) }},
		{ID: "frame.import", Title: "Import evidence", Short: "import", Keys: []string{"i"}, Off: waiting, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Import}) }},
	}
}

// remark is what there is to say about the words of the impact.
func (s *Screen) remark() model.Remark {
	i := s.record.Incident
	return s.record.Remark(model.TypeIncident, i.ID, "impact", i.Impact)
}

// unremarked says why there is nothing to set aside.
func (s *Screen) unremarked() string {
	if s.record == nil || s.form.Here().Name != "impact" || !s.remark().Some() {
		return "nothing is remarked on here"
	}
	return ""
}

func (s *Screen) env() model.Env { return entry.Env(s.desk, s.record) }

func (s *Screen) edit() tea.Cmd {
	row := s.form.Here()
	i := s.record.Incident
	switch {
	case strings.HasPrefix(row.Name, "="):
		return s.define(strings.TrimPrefix(row.Name, "="))
	case row.Name == "participants":
		return s.addPerson()
	case strings.HasPrefix(row.Name, "P-"):
		return s.rename(model.ID(row.Name))
	case row.Name == "":
		return nil
	}
	values := desk.ValuesOf(i, model.TypeIncident, s.desk.ZoneOf(i))
	f := overlay.Field{Type: model.TypeIncident, ID: i.ID, Field: fieldOf(row.Name), Value: values.Text[row.Name], Set: values.Set[row.Name], Env: s.env()}
	if row.Name == "impact" {
		f.Words = &overlay.Words{Record: s.record, Type: model.TypeIncident, ID: i.ID, Field: row.Name}
	}
	if f.Field.Kind == model.Time {
		f.Judge = func(text string) string { return s.doubt(row.Name, text) }
	}
	return f.Open()
}

// selected is the incident, or the participant under the cursor.
func (s *Screen) selected() model.ID {
	if id := model.ID(s.form.Here().Name); id.Type() == model.TypeParticipant {
		return id
	}
	return s.record.Incident.ID
}

// doubt tells live what a time would contradict.
func (s *Screen) doubt(field, text string) string {
	v, err := model.ParseValue(fieldOf(field), model.TypeIncident, text, s.env())
	at, ok := v.(string)
	if err != nil || !ok {
		return ""
	}
	i := s.record.Incident
	for name, to := range map[string]*time.Time{"started": &i.Started, "detected": &i.Detected, "paged": &i.Paged,
		"acknowledged": &i.Acknowledged, "mitigated": &i.Mitigated, "resolved": &i.Resolved} {
		if name == field {
			*to = model.ParseTime(at)
		}
	}
	if doubts := i.MomentDoubts(); len(doubts) > 0 {
		return strings.TrimSpace(doubts[0].What + " " + doubts[0].Question)
	}
	return ""
}

// define opens the definition behind a number.
func (s *Screen) define(short string) tea.Cmd {
	for _, d := range s.record.Incident.Durations() {
		if d.Short == short {
			text := fmt.Sprintf("%s (%s) is %s.", d.Name, d.Short, d.Definition)
			if d.Known {
				text += fmt.Sprintf(" Here it is %s.", model.FormatDuration(d.Value))
			}
			if d.Doubt != "" {
				text += " " + d.Doubt
			}
			return overlay.Open(&overlay.Tell{Name: d.Name, Text: text})
		}
	}
	return nil
}

func (s *Screen) person(id model.ID) (model.Participant, bool) {
	for _, p := range s.record.Participants {
		if p.ID == id {
			return p, true
		}
	}
	return model.Participant{}, false
}

func personField(name string) model.Field {
	f, _ := model.FieldOf(model.TypeParticipant, name)
	return f
}

func (s *Screen) rename(id model.ID) tea.Cmd {
	p, _ := s.person(id)
	return overlay.Field{Type: model.TypeParticipant, ID: id, Field: personField("name"), Value: p.Name, Env: s.env()}.Open()
}

func (s *Screen) discipline() tea.Cmd {
	id := model.ID(s.form.Here().Name)
	p, _ := s.person(id)
	return overlay.Field{Type: model.TypeParticipant, ID: id, Field: personField("discipline"), Value: p.Discipline, Env: s.env()}.Open()
}

func (s *Screen) removePerson() tea.Cmd {
	id := model.ID(s.form.Here().Name)
	g := model.Remove(id)
	return nav.Cmd(nav.Do{Gesture: g, Say: "Removed. u takes it back."})
}

// addPerson asks for a name and then for the discipline.
func (s *Screen) addPerson() tea.Cmd {
	e := &overlay.Edit{Name: "Who takes part?", Help: "A name or a role. The discipline is asked next.", Draft: string(s.record.Incident.ID) + ".participant"}
	e.Check = func(text string) (string, bool) {
		name := strings.TrimSpace(text)
		for _, p := range s.record.Participants {
			if strings.EqualFold(p.Name, name) {
				return name + " is in the list already.", true
			}
		}
		return "", name != ""
	}
	e.Save = func(text string) tea.Cmd {
		id := s.desk.NewID(model.TypeParticipant)
		last := ""
		if n := len(s.record.Participants); n > 0 {
			last = s.record.Participants[n-1].Pos
		}
		g := model.Gesture{Label: "add a participant"}.
			Set(model.TypeParticipant, id, "incident", string(s.record.Incident.ID)).
			Set(model.TypeParticipant, id, "name", strings.TrimSpace(text)).
			Set(model.TypeParticipant, id, "pos", s.desk.Between(last, ""))
		ask := overlay.Field{Type: model.TypeParticipant, ID: id, Field: personField("discipline"), Env: s.env()}
		return nav.Seq(nav.Cmd(nav.Do{Gesture: g, Focus: id}), ask.Open())
	}
	return e.Open()
}
