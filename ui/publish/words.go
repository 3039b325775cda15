package publish

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// A leak is one text that readers outside would see, with the places where it stands.
type leak struct {
	model.Leak
	where []string
}

// secrets are the credentials among what readers would see. A digest is none to our own people.
func (s *Screen) secrets() (list []leak) {
	for _, g := range s.leaks {
		if g.Secret() && (!g.Bare || s.form.Audience == public) {
			list = append(list, g)
		}
	}
	return list
}

func grouped(list []model.Leak) (groups []leak) {
	index := map[[2]string]int{}
	for _, l := range list {
		k := [2]string{l.Kind, strings.ToLower(l.Text)}
		at, known := index[k]
		if !known {
			at = len(groups)
			index[k] = at
			groups = append(groups, leak{Leak: l})
		}
		groups[at].where = append(groups[at].where, l.Where)
	}
	return groups
}

func places(groups []leak) string {
	n := 0
	for _, g := range groups {
		n += len(g.where)
	}
	return model.Counted(n, "place")
}

func first(groups []leak, most int) string {
	var texts []string
	for _, g := range groups[:min(most, len(groups))] {
		texts = append(texts, "“"+cell.Clean(g.Shown())+"”")
	}
	s := strings.Join(texts, ", ")
	if more := len(groups) - most; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}

// pickWords lists what readers outside would see, and what was mapped already.
func (s *Screen) pickWords() tea.Cmd {
	p := &overlay.Pick{Name: "Words for readers outside", Help: "Enter says what stands instead. The text itself stays in the file.", Free: true}
	for _, g := range s.leaks {
		p.Options = append(p.Options, overlay.Option{Value: g.Text, Label: g.Shown() + "  " + g.Kind, Help: "Stands in " + strings.Join(g.where[:min(3, len(g.where))], ", ") + "."})
	}
	for _, x := range s.record.Redactions {
		p.Options = append(p.Options, overlay.Option{Value: x.Text, Label: x.Text + " → " + x.Instead, Help: x.Reason})
	}
	p.Done = func(v []string) tea.Cmd { return s.instead(v[0]) }
	p.More = []overlay.More{{Key: "ctrl+l", Verb: "let it stand", Do: s.letStand},
		{Key: "ctrl+d", Verb: "take back", Do: s.takeBack}}
	return p.Open()
}

func (s *Screen) instead(text string) tea.Cmd {
	e := &overlay.Edit{Name: "What stands instead of “" + cell.Clean(text) + "”?", Help: "In documents for the public. The same words let it stand."}
	for _, x := range s.record.Redactions {
		if strings.EqualFold(x.Text, text) {
			e.Text = x.Instead
		}
	}
	e.Check = func(typed string) (string, bool) { return "", strings.TrimSpace(typed) != "" }
	e.Save = func(typed string) tea.Cmd { return s.redact(text, typed) }
	return e.Open()
}

// letStand lets readers outside see a text; a credential only for a reason.
func (s *Screen) letStand(text string) tea.Cmd {
	for _, g := range s.leaks {
		if g.Text != text || !g.Secret() {
			continue
		}
		e := &overlay.Edit{Name: "Why may “" + cell.Clean(g.Shown()) + "” stand?", Verb: "set it aside", Help: "It looks like a credential. The reason stays in the record; undo brings the question back."}
		e.Check = func(typed string) (string, bool) { return "", strings.TrimSpace(typed) != "" }
		e.Save = func(typed string) tea.Cmd {
			s.wording = true
			return nav.Cmd(nav.Do{Gesture: g.SetSecretAside(s.record.Incident.ID, strings.TrimSpace(typed)), Say: "Set aside. u brings the question back."})
		}
		return e.Open()
	}
	return s.redact(text, text)
}

func (s *Screen) redact(text, instead string) tea.Cmd {
	say := "Readers outside see “" + cell.Clean(strings.TrimSpace(instead)) + "” instead."
	if strings.EqualFold(strings.TrimSpace(instead), text) {
		say = "Readers outside may see it."
	}
	s.wording = true // the list comes back with what is left
	return nav.Cmd(nav.Do{Gesture: model.Redact(s.record.Incident.ID, text, instead, ""), Say: say})
}

func (s *Screen) takeBack(text string) tea.Cmd {
	id := model.RedactionID(s.record.Incident.ID, text)
	for _, x := range s.record.Redactions {
		if x.ID == id {
			g := model.Remove(id)
			return nav.Cmd(nav.Do{Gesture: g, Say: "The mapping is taken back."})
		}
	}
	return nav.Cmd(nav.Say{Text: "Nothing is mapped there."})
}
