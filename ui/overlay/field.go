package overlay

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/nav"
)

// A Field opens the right way to edit one field of one entity: a line, a text, a list to pick from. Every
// screen edits through it, so that a field behaves the same wherever it is met.
type Field struct {
	Type  model.Type
	ID    model.ID
	Field model.Field
	Value string   // as it would be typed
	Set   []string // the members, when the field is a set
	Known []string // members to offer beside those
	Env   model.Env
	Judge func(text string) string
	Words *Words
	Label func(value string) string           // names the members of a set of ids
	After func(g model.Gesture) model.Gesture // adds to the gesture before it is written
}

// Open shows it.
func (f Field) Open() tea.Cmd {
	switch f.Field.Kind {
	case model.Choice:
		return f.choose()
	case model.Set:
		return f.members()
	}
	edit := &Edit{Name: f.Field.Label, Help: f.Field.Help, Text: f.Value, Multi: f.Field.Kind == model.Text,
		Draft: string(f.ID) + "." + f.Field.Name, Judge: f.Judge, Words: f.Words}
	edit.Check = func(text string) (string, bool) {
		v, err := model.ParseValue(f.Field, f.Type, text, f.Env)
		if err != nil {
			return err.Error(), false
		}
		return f.readBack(v), true
	}
	edit.Save = func(text string) tea.Cmd {
		v, err := model.ParseValue(f.Field, f.Type, text, f.Env)
		if err != nil {
			return nav.Cmd(nav.Fail{Err: err})
		}
		return f.write(model.Edit{Type: f.Type, ID: f.ID, Field: f.Field.Name, Value: v})
	}
	return edit.Open()
}

// readBack says how a range was understood, because it may be typed in many ways.
func (f Field) readBack(v any) string {
	text, _ := v.(string)
	if r, ok := model.RangeOf(f.Type, f.Field.Name, text); ok && f.Field.Kind == model.Ranged {
		return "Read as " + r.Words(f.Field.Unit) + "."
	}
	return ""
}

func (f Field) write(edits ...model.Edit) tea.Cmd {
	g := model.Gesture{Label: "change " + strings.ToLower(f.Field.Label), Edits: edits}
	if f.After != nil {
		g = f.After(g)
	}
	return nav.Cmd(nav.Do{Gesture: g, Focus: f.ID})
}

func (f Field) choose() tea.Cmd {
	p := &Pick{Name: f.Field.Label, Help: f.Field.Help, Chosen: []string{f.Value}}
	for _, w := range f.Env.Taxonomy[f.Field.List] {
		p.Options = append(p.Options, Option{Value: w.Value, Label: w.Label, Help: w.Help})
	}
	if f.Value != "" {
		p.Options = append(p.Options, Option{Value: "", Label: "None", Help: "Leave it open."})
	}
	p.Done = func(v []string) tea.Cmd {
		e := model.Edit{Type: f.Type, ID: f.ID, Field: f.Field.Name}
		if v[0] != "" {
			e.Value = v[0]
		}
		return f.write(e)
	}
	return p.Open()
}

func (f Field) members() tea.Cmd {
	p := &Pick{Name: f.Field.Label, Help: f.Field.Help, Chosen: f.Set, Many: true, Free: f.Field.To == ""}
	all := slices.Concat(f.Set, f.Known)
	for i, v := range all {
		if slices.Contains(all[:i], v) {
			continue
		}
		label := v
		if f.Label != nil {
			label = f.Label(v)
		}
		p.Options = append(p.Options, Option{Value: v, Label: label})
	}
	p.Done = func(values []string) tea.Cmd {
		var edits []model.Edit
		for _, v := range f.Set {
			if !slices.Contains(values, v) {
				edits = append(edits, model.Edit{Type: f.Type, ID: f.ID, Field: model.Member(f.Field.Name, v)})
			}
		}
		for _, v := range values {
			if !slices.Contains(f.Set, v) {
				edits = append(edits, model.Edit{Type: f.Type, ID: f.ID, Field: model.Member(f.Field.Name, v), Value: true})
			}
		}
		if len(edits) == 0 {
			return nil
		}
		return f.write(edits...)
	}
	return p.Open()
}
