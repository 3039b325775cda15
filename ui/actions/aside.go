package actions

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/entry"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// setAside decides against an action, or accepts the risk until a day. Both are decisions, and both have their
// reason.
func (s *Screen) setAside() tea.Cmd {
	r, _ := s.here()
	p := &overlay.Pick{Name: "What was decided?", Help: "A decision against it is a decision, and so is a risk that is carried with open eyes.", Options: []overlay.Option{
		{Value: model.StageWontDo, Label: s.desk.Word("action_stage", model.StageWontDo), Help: "Decided against, with a reason."},
		{Value: model.StageAccepted, Label: s.desk.Word("action_stage", model.StageAccepted), Help: "Known and carried, with a reason and a day."},
	}}
	p.Done = func(stage []string) tea.Cmd { return s.because(r.action, stage[0]) }
	return p.Open()
}

func (s *Screen) because(a model.Action, stage string) tea.Cmd {
	e := &overlay.Edit{Name: "Why?", Help: "In words that still convince in a year.", Text: a.Reason, Draft: string(a.ID) + ".aside"}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(reason string) tea.Cmd {
		if stage == model.StageAccepted {
			return s.until(a, strings.TrimSpace(reason))
		}
		g := model.Gesture{Label: "decide against an action"}.Set(model.TypeAction, a.ID, "stage", stage).Set(model.TypeAction, a.ID, "reason", strings.TrimSpace(reason))
		return nav.Cmd(nav.Do{Gesture: g, Focus: a.ID})
	}
	return e.Open()
}

// until asks for the day on which somebody looks again.
func (s *Screen) until(a model.Action, reason string) tea.Cmd {
	f, _ := model.Named(model.TypeAction, "until")
	env := entry.Env(s.desk, s.record)
	e := &overlay.Edit{Name: "Accepted until which day?", Help: "On that day somebody looks again, such as 2027-03-01.", Text: a.Until, Draft: string(a.ID) + ".until"}
	e.Check = func(text string) (string, bool) {
		if _, err := model.ParseValue(f, model.TypeAction, text, env); err != nil {
			return err.Error(), false
		}
		return "", strings.TrimSpace(text) != ""
	}
	e.Save = func(text string) tea.Cmd {
		day, err := model.ParseValue(f, model.TypeAction, text, env)
		if err != nil {
			return nav.Cmd(nav.Fail{Err: err})
		}
		g := model.Gesture{Label: "accept a risk"}.Set(model.TypeAction, a.ID, "stage", model.StageAccepted).
			Set(model.TypeAction, a.ID, "reason", reason).Set(model.TypeAction, a.ID, "until", day)
		return nav.Cmd(nav.Do{Gesture: g, Focus: a.ID})
	}
	return e.Open()
}
