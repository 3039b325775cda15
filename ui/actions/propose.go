package actions

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/entry"
	"aftermath/ui/nav"
)

// A Store gives what this file did before, for proposals.
type Store interface {
	PastActions(context.Context) ([]model.PastAction, error)
}

type pastRead struct{ past []model.PastAction }

// readPast looks at what the file did before. Proposals are an offer: without it fewer are made.
func (s *Screen) readPast() tea.Cmd {
	store := s.store
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		past, err := store.PastActions(ctx)
		if err != nil {
			return nil
		}
		return pastRead{past}
	}
}

// propose fills the empty rows of the form with what could stand there, and where that comes from.
func (s *Screen) propose(a model.Action) {
	s.proposals = nil
	if a.Answers() {
		s.proposals = model.Propose(s.record, a, s.past, s.desk.Now().In(s.desk.ZoneOf(s.record.Incident)))
	}
	for i := range s.form.Rows {
		if p, ok := s.proposal(s.form.Rows[i].Name); ok && s.form.Rows[i].Value == "" {
			f, _ := model.Named(model.TypeAction, p.Field)
			value := p.Value
			if f.Kind == model.Choice {
				value = s.desk.Word(f.List, value)
			}
			text := "proposed: " + cell.Clean(value)
			if p.Why != "" {
				text += " (" + cell.Clean(p.Why) + ")"
			}
			s.form.Rows[i].Empty = text
		}
	}
}

func (s *Screen) proposal(field string) (model.Proposal, bool) {
	i := slices.IndexFunc(s.proposals, func(p model.Proposal) bool { return p.Field == field })
	if i < 0 {
		return model.Proposal{}, false
	}
	return s.proposals[i], true
}

// take writes the proposal for the field under the cursor.
func (s *Screen) take() tea.Cmd {
	p, _ := s.proposal(s.form.Here().Name)
	f, _ := model.Named(model.TypeAction, p.Field)
	return s.write(p.TakenLabel(f), []model.Proposal{p}, "")
}

// ofTarget are the fields of a target. What is measured is a promise of its own, so each of them is taken by itself.
var ofTarget = []string{"metric", "direction", "baseline", "target", "unit", "by", "measured"}

// takeAll writes every proposal but those for the target at once; u takes them back together.
func (s *Screen) takeAll() tea.Cmd {
	list := slices.DeleteFunc(slices.Clone(s.proposals), func(p model.Proposal) bool { return slices.Contains(ofTarget, p.Field) })
	if len(list) == 0 {
		return nav.Cmd(nav.Say{Text: "Only a target is proposed: = takes it field by field, in the details."})
	}
	return s.write("take what was proposed", list, fmt.Sprintf("%s taken. Each can be changed; u takes them back.", model.Counted(len(list), "proposal")))
}

func (s *Screen) write(label string, list []model.Proposal, say string) tea.Cmd {
	g := model.Gesture{Label: label}
	for _, p := range list {
		f, _ := model.Named(model.TypeAction, p.Field)
		v, err := model.ParseValue(f, model.TypeAction, p.Value, entry.Env(s.desk, s.record))
		if err != nil {
			return nav.Cmd(nav.Fail{Err: err})
		}
		g = g.Set(model.TypeAction, s.focus, p.Field, v)
	}
	return nav.Cmd(nav.Do{Gesture: g, Focus: s.focus, Say: say})
}
