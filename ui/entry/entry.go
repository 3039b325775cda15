// Package entry is the form of one entity: its fields as rows, and the right way to edit the one under
// the cursor. Every screen with details uses it, so that a field looks and behaves the same everywhere.
package entry

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/key"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// A Form is bound to one entity at a time.
type Form struct {
	widget.Form
	Type  model.Type
	ID    model.ID
	Env   model.Env
	Words *model.Record                                     // the record whose words these are, where they are judged
	Given string                                            // a field with words of somebody else, which are not ours to better
	Label func(id string) string                            // names the members of a set of ids
	Known func(field string) []string                       // members to offer beside those that are there
	After func(field string, g model.Gesture) model.Gesture // adds to a gesture before it is written

	values desk.Values
}

// Bind shows fields of an entity, of another one from its first field on. A name that begins with "#" is a
// heading.
func (f *Form) Bind(entity any, t model.Type, id model.ID, env model.Env, fields ...string) {
	if id != f.ID {
		f.Set(nil)
		f.At = 0
	}
	f.Type, f.ID, f.Env = t, id, env
	f.values = desk.ValuesOf(entity, t, env.Zone)
	f.Set(f.Make(fields...))
}

// Make is the rows of fields, for a screen that puts others between them.
func (f *Form) Make(fields ...string) []widget.Row {
	var rows []widget.Row
	for _, name := range fields {
		if title, ok := strings.CutPrefix(name, "#"); ok {
			rows = append(rows, widget.Row{Heading: true, Label: title})
		} else if field, ok := model.Named(f.Type, name); ok {
			rows = append(rows, widget.Row{Name: name, Label: field.Label, Value: f.shown(field), Empty: "open", Remark: f.remark(name).String()})
		}
	}
	return rows
}

func (f *Form) shown(field model.Field) string {
	text := f.values.Text[field.Name]
	switch field.Kind {
	case model.Set:
		return f.members(field)
	case model.Choice:
		return cell.Clean(f.Env.Taxonomy.Label(field.List, text))
	case model.Time:
		if text != "" {
			return text + "  " + f.Env.Zone.String()
		}
	}
	return cell.CleanText(text)
}

func (f *Form) members(field model.Field) string {
	var names []string
	for _, m := range f.values.Set[field.Name] {
		if f.Label != nil && field.To != "" {
			m = f.Label(m)
		}
		names = append(names, cell.Clean(m))
	}
	if field.To != "" {
		return strings.Join(names, "\n")
	}
	return strings.Join(names, ", ")
}

func (f *Form) remark(name string) model.Remark {
	if f.Words == nil || f.ID == "" || name == f.Given {
		return model.Remark{}
	}
	return f.Words.Remark(f.Type, f.ID, name, f.values.Text[name])
}

// Aside is the action that sets the remark on the field under the cursor aside.
func (f *Form) Aside(id string) key.Action {
	m := f.remark(f.Here().Name)
	a := key.Action{ID: id, Title: "Set the remark on these words aside, with a reason", Keys: []string{"z"}, Short: "set aside",
		Do: func() tea.Cmd { return overlay.Aside(f.Words.Incident.ID, m) }}
	if !m.Some() {
		a.Off, a.Short = "nothing is remarked on here", ""
	}
	return a
}

// Edit opens the field under the cursor.
func (f *Form) Edit() tea.Cmd { return f.Open(f.Here().Name) }

// Open opens one field by name.
func (f *Form) Open(name string) tea.Cmd {
	field, ok := model.Named(f.Type, name)
	if !ok || f.ID == "" {
		return nil
	}
	o := overlay.Field{Type: f.Type, ID: f.ID, Field: field, Value: f.values.Text[name], Set: slices.Clone(f.values.Set[name]), Env: f.Env, Label: f.Label}
	if f.Words != nil && (field.Kind == model.Line || field.Kind == model.Text) {
		o.Words = &overlay.Words{Record: f.Words, Type: f.Type, ID: f.ID, Field: name}
	}
	if f.Known != nil {
		o.Known = f.Known(name)
	}
	if f.After != nil {
		o.After = func(g model.Gesture) model.Gesture { return f.After(name, g) }
	}
	return o.Open()
}

// Env is what typed text of an incident is read against: its zone, its day, the words.
func Env(d *desk.Desk, r *model.Record) model.Env {
	env := model.Env{Zone: d.Zone, Day: d.Now(), Taxonomy: d.Taxonomy}
	if r != nil {
		env.Zone = d.ZoneOf(r.Incident)
		if at := r.Incident.Started; !at.IsZero() {
			env.Day, env.From = at, at
		}
	}
	env.Day = env.Day.In(env.Zone)
	return env
}
