package verification

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// A Store has the templates of the file.
type Store interface {
	Templates(context.Context) ([]model.TemplateRecord, error)
}

// kept brings the templates that were read; a late answer has an old generation.
type kept struct {
	generation int
	list       []model.TemplateRecord
	err        error
}

// read asks for the templates beside the screen's own work.
func (s *Screen) read() tea.Cmd {
	s.generation++
	generation := s.generation
	return func() tea.Msg {
		list, err := s.store.Templates(context.Background())
		return kept{generation, list, err}
	}
}

func (s *Screen) keep(m kept) tea.Cmd {
	if m.generation != s.generation {
		return nil
	}
	if m.err != nil {
		return nav.Cmd(nav.Fail{Err: m.err})
	}
	s.templates = m.list
	if s.record != nil {
		s.clamp()
	}
	return nil
}

// templateOf is the template that an action's plan came from.
func (s *Screen) templateOf(a model.Action) (model.TemplateRecord, bool) {
	for _, t := range s.templates {
		if t.ID == a.Template {
			return t, true
		}
	}
	return model.TemplateRecord{}, false
}

// useTemplate offers the templates, those that suit the action first.
func (s *Screen) useTemplate() tea.Cmd {
	a, _ := s.here()
	p := &overlay.Pick{Name: "Use a template", Help: "It fills what is open. What somebody wrote stays.", Chosen: []string{string(a.Template)}}
	offered := model.Offer(*s.record, a, s.templates)
	for _, t := range offered {
		about := t.Text()
		if suits := t.Suits(s.desk.Taxonomy); suits != "" {
			about = suits + "; " + about
		}
		p.Options = append(p.Options, overlay.Option{Value: string(t.ID), Label: t.Name, Help: cell.Clean(about)})
	}
	p.Done = func(chosen []string) tea.Cmd {
		for _, t := range offered {
			if string(t.ID) != chosen[0] {
				continue
			}
			g, filled := model.UseTemplate(*s.record, a, t.Template, func() model.ID { return s.desk.NewID(model.TypeStep) }, s.desk.Between)
			say := "Nothing was open in this plan. It remembers the template."
			if filled != nil {
				say = "Filled: " + strings.Join(filled, ", ") + "."
			}
			return nav.Cmd(nav.Do{Gesture: g, Focus: a.ID, Say: say})
		}
		return nil
	}
	p.More = []overlay.More{{Key: "ctrl+d", Verb: "remove", Do: func(id string) tea.Cmd {
		return nav.Cmd(nav.Do{Gesture: model.Remove(model.ID(id)), Focus: a.ID, Say: "Removed. Plans that came from it stay. u takes it back."})
	}}}
	return p.Open()
}

// saveTemplate keeps the plan under a name.
func (s *Screen) saveTemplate() tea.Cmd {
	a, _ := s.here()
	id := s.desk.NewID(model.TypeTemplate)
	e := &overlay.Edit{Name: "Save this plan as a template", Help: "Name it by what it verifies, such as: an alert that pages", Draft: string(a.ID) + ".template"}
	e.Check = func(text string) (string, bool) {
		if strings.TrimSpace(text) == "" {
			return "", false
		}
		for _, t := range s.templates {
			if strings.EqualFold(strings.TrimSpace(t.Name), strings.TrimSpace(text)) {
				return "There is one of that name. Two are kept apart by their ids.", true
			}
		}
		return "", true
	}
	e.Save = func(text string) tea.Cmd {
		g, err := model.SaveTemplate(*s.record, a, id, text)
		if err != nil {
			return nav.Cmd(nav.Fail{Err: err})
		}
		return nav.Cmd(nav.Do{Gesture: g, Focus: a.ID, Say: "Saved. Every retrospective of this file can use it: t."})
	}
	return e.Open()
}
