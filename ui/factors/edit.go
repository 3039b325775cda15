package factors

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/entry"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// add takes one line; a layer may stand before it, else the layer of the cursor is meant.
func (s *Screen) add() tea.Cmd {
	env := entry.Env(s.desk, s.record)
	layer := model.LayerTechnical
	if f, ok := s.here(); ok {
		layer = f.Layer
	}
	return entry.Line{
		Name: "Which condition had to be there?", Help: entry.FactorHelp + "\nWithout a layer in front it is " + layer + ".",
		Draft:  string(s.record.Incident.ID) + ".factor",
		Record: s.record, Past: s.store, Type: model.TypeFactor,
		Read: func(text string) (model.Captured, error) { return model.CaptureFactor(text, env) },
		Save: func(c model.Captured) nav.Do {
			id, g := entry.NewFactor(s.desk, s.record, c, layer)
			return nav.Do{Gesture: g, Focus: id}
		},
	}.Open()
}

func (s *Screen) others(not model.ID) (list []overlay.Option) {
	for _, f := range s.order {
		if f.ID != not {
			list = append(list, overlay.Option{Value: string(f.ID), Label: cell.Clean(f.Statement), Help: strings.ToLower(s.desk.Word("layer", f.Layer))})
		}
	}
	return list
}

// interact asks for the other condition, and then how this one acted on it.
func (s *Screen) interact() tea.Cmd {
	from, _ := s.here()
	p := &overlay.Pick{Name: "It acted on which condition?", Help: cell.Clean(from.Statement), Options: s.others(from.ID)}
	p.Done = func(to []string) tea.Cmd {
		kind := &overlay.Pick{Name: "How did it act?", Help: "It … the other condition."}
		for _, w := range s.desk.Taxonomy["interaction"] {
			kind.Options = append(kind.Options, overlay.Option{Value: w.Value, Label: w.Label, Help: w.Help})
		}
		kind.Done = func(k []string) tea.Cmd {
			id := s.desk.NewID(model.TypeInteraction)
			g := model.Gesture{Label: "say how conditions acted"}.
				Set(model.TypeInteraction, id, "incident", string(s.record.Incident.ID)).
				Set(model.TypeInteraction, id, "from", string(from.ID)).
				Set(model.TypeInteraction, id, "to", to[0]).
				Set(model.TypeInteraction, id, "kind", k[0])
			return nav.Cmd(nav.Do{Gesture: g, Focus: from.ID})
		}
		return kind.Open()
	}
	return p.Open()
}

func (s *Screen) uninteract() tea.Cmd {
	f, _ := s.here()
	p := &overlay.Pick{Name: "Remove which?", Help: "Only the link goes; both conditions stay."}
	for _, i := range s.record.Interactions {
		if i.From == f.ID || i.To == f.ID {
			p.Options = append(p.Options, overlay.Option{Value: string(i.ID), Label: s.sentence(i)})
		}
	}
	if len(p.Options) == 0 {
		return nav.Cmd(nav.Say{Text: "This condition is not said to act on another."})
	}
	p.Done = func(v []string) tea.Cmd {
		g := model.Remove(model.ID(v[0]))
		return nav.Cmd(nav.Do{Gesture: g, Focus: f.ID})
	}
	return p.Open()
}

func (s *Screen) sentence(i model.Interaction) string {
	name := func(id model.ID) string {
		for _, f := range s.order {
			if f.ID == id {
				return cell.Clean(f.Statement)
			}
		}
		return "a removed condition"
	}
	return fmt.Sprintf("%s %s %s", name(i.From), strings.ToLower(s.desk.Word("interaction", i.Kind)), name(i.To))
}

// answered are the conditions that a new action answers: those that are marked, else the selected one.
func (s *Screen) answered() (ids []model.ID) {
	for _, f := range s.order {
		if s.marked[f.ID] {
			ids = append(ids, f.ID)
		}
	}
	if ids == nil {
		ids = []model.ID{s.focus}
	}
	return ids
}

// action writes an action that answers this condition, or all that are marked, without leaving the board.
func (s *Screen) action() tea.Cmd {
	f, _ := s.here()
	answers := s.answered()
	help := entry.ActionHelp
	if len(answers) > 1 {
		help = fmt.Sprintf("It answers the %d conditions that are marked.\n", len(answers)) + help
	}
	env := entry.Env(s.desk, s.record)
	return entry.Line{
		Name: "What change would make this unlikely to happen again?", Help: help, Draft: string(f.ID) + ".action",
		Record: s.record, Type: model.TypeAction,
		Read: func(text string) (model.Captured, error) { return model.CaptureAction(text, env) },
		Save: func(c model.Captured) nav.Do {
			_, g := entry.NewAction(s.desk, s.record, c, model.StageProposed, answers...)
			clear(s.marked)
			return nav.Do{Gesture: g, Focus: f.ID, Say: "Proposed. Step 4 shows it beside the condition."}
		},
	}.Open()
}

func (s *Screen) remove() tea.Cmd {
	f, _ := s.here()
	g := model.Remove(f.ID)
	return nav.Cmd(nav.Do{Gesture: g, Say: "Removed. u takes it back."})
}
