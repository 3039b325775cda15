package known

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	none := ""
	e, ok := s.here()
	if !ok {
		none = "there is no moment yet"
	}
	waiting := none
	if waiting == "" && s.record == nil {
		waiting = "the record is still being read"
	}
	note := func(id, title, k, field string) key.Action {
		return key.Action{ID: "known." + id, Title: title, Keys: []string{k}, Off: waiting, Do: func() tea.Cmd { return s.form.Open(field) }}
	}
	return []key.Action{
		{ID: "known.answer", Title: "Answer this question", Short: "answer", Keys: []string{"enter"}, Off: waiting, Do: s.answer},
		{ID: "known.next", Title: "The next moment", Short: "next", Keys: []string{"right", "l", "n"}, Off: cmp.Or(none, s.noMore(1)), Do: s.step(1)},
		{ID: "known.previous", Title: "The moment before", Short: "before", Keys: []string{"left", "h", "N"}, Off: cmp.Or(none, s.noMore(-1)), Do: s.step(-1)},
		{ID: "known.ask", Title: "Put this question to a person or role", Short: "ask", Keys: []string{"a"}, Off: waiting, Do: s.ask},
		{ID: "known.ask_all", Title: "Put everything that is open here to a person or role", Short: "ask all", Keys: []string{"A"}, Off: cmp.Or(waiting, s.nothingOpen(e)), Do: s.askAll},
		{ID: "known.sheet", Title: "Write the calibration sheet with all open questions", Short: "sheet", Keys: []string{"x"}, Off: cmp.Or(waiting, s.noneAsked()), Do: s.export},
		{ID: "known.wider", Title: "Look farther back", Short: "farther back", Keys: []string{"+", "="}, Off: cmp.Or(none, s.noWidth(1)), Do: s.widen(1)},
		{ID: "known.narrower", Title: "Look less far back", Keys: []string{"-"}, Off: cmp.Or(none, s.noWidth(-1)), Do: s.widen(-1)},
		note("signals", "Signals: what could be seen then", "s", "signals"),
		note("belief", "Belief: what people thought was going on", "b", "belief"),
		note("decision", "Decision: what was decided", "d", "decision"),
		note("why", "Why it made sense then", "w", "why"),
		{ID: "known.timeline", Title: "See this moment on the timeline", Keys: []string{"t"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Timeline, Focus: s.focus}) }},
		s.form.Aside("known.aside"),
		{ID: "known.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: none, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.focus}) }},
		{ID: "known.withdraw", Title: "Take this question back", Keys: []string{"X"}, Off: cmp.Or(waiting, s.noQuestion()), Do: s.withdraw},
	}
}

func (s *Screen) noMore(by int) string {
	switch at := s.at + by; {
	case at < 0:
		return "this is the first moment"
	case at >= len(s.moments):
		return "this is the last moment"
	}
	return ""
}

func (s *Screen) noWidth(by int) string {
	switch at := s.width + by; {
	case at < 0:
		return "five minutes is the least"
	case at >= len(widths):
		return "everything before is in view"
	}
	return ""
}

func (s *Screen) widen(by int) func() tea.Cmd {
	return func() tea.Cmd { s.width += by; return nil }
}

func (s *Screen) nothingOpen(e model.Event) string {
	if len(s.unanswered(e)) == 0 {
		return "everything about this moment is answered"
	}
	return ""
}

func (s *Screen) noneAsked() string {
	if s.open() == 0 {
		return "no question is open: a puts one to somebody"
	}
	return ""
}

func (s *Screen) noQuestion() string {
	if _, ok := s.question(model.ID(s.form.Here().Name)); !ok {
		return "the cursor is not on a question to somebody"
	}
	return ""
}

// unanswered are those of the four that the moment says nothing on.
func (s *Screen) unanswered(e model.Event) (list []model.Asked) {
	for _, q := range model.FourQuestions {
		if strings.TrimSpace(e.Note(q.Field)) == "" {
			list = append(list, q)
		}
	}
	return list
}

// answer opens what the cursor is on: one of the four, or what somebody answered.
func (s *Screen) answer() tea.Cmd {
	q, ok := s.question(model.ID(s.form.Here().Name))
	if !ok {
		return s.form.Edit()
	}
	e, _ := s.here()
	f, _ := model.Named(model.TypeQuestion, "answer")
	return overlay.Field{Type: model.TypeQuestion, ID: q.ID, Field: f, Value: q.Answer, Env: entry.Env(s.desk, s.record),
		Words: &overlay.Words{Record: s.record, Type: model.TypeQuestion, ID: q.ID, Field: "answer"},
		After: func(g model.Gesture) model.Gesture {
			g.Label = "answer a question"
			return q.AnswerWith(g, e, g.Edits[0].Value, s.desk.Now())
		}}.Open()
}

// asks is the one of the four that the cursor is on.
func (s *Screen) asks() model.Asked {
	name := s.form.Here().Name
	if q, ok := s.question(model.ID(name)); ok {
		name = q.Asks
	}
	return model.AskedFor(name)
}

// ask puts one question to somebody, in words that can be changed.
func (s *Screen) ask() tea.Cmd {
	e, _ := s.here()
	asked := s.asks()
	return s.whom("Whom to ask?", asked.Question, func(to string) tea.Cmd {
		edit := &overlay.Edit{Name: "The question", Verb: "ask", Help: "How and what. It goes onto the calibration sheet: x writes it.", Text: asked.Question,
			Draft: string(model.QuestionID(e.ID, asked.Field, to)) + ".text"}
		edit.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
		edit.Words = &overlay.Words{Record: s.record, Type: model.TypeQuestion, Field: "text"}
		edit.Save = func(text string) tea.Cmd {
			g := model.Ask(model.Gesture{}, s.incident, e.ID, asked.Field, to, strings.TrimSpace(text), s.desk.Now())
			return nav.Cmd(nav.Do{Gesture: g, Focus: e.ID, Say: fmt.Sprintf("Asked: it stands on the sheet of %s. x writes the sheet.", to)})
		}
		return edit.Open()
	})
}

// askAll puts all that is open about the moment to somebody.
func (s *Screen) askAll() tea.Cmd {
	e, _ := s.here()
	open := s.unanswered(e)
	return s.whom("Whom to ask?", fmt.Sprintf("%d questions are open about this moment.", len(open)), func(to string) tea.Cmd {
		g := model.Gesture{}
		for _, q := range open {
			g = model.Ask(g, s.incident, e.ID, q.Field, to, q.Question, s.desk.Now())
		}
		return nav.Cmd(nav.Do{Gesture: g, Focus: e.ID, Say: fmt.Sprintf("Asked: %d questions stand on the sheet of %s. x writes the sheet.", len(open), to)})
	})
}

// whom picks a person or a role: who acted at the moment, who takes part, and the disciplines.
func (s *Screen) whom(name, help string, then func(to string) tea.Cmd) tea.Cmd {
	e, _ := s.here()
	p := &overlay.Pick{Name: name, Help: help, Free: true}
	offer := func(value, about string) {
		value = strings.TrimSpace(strings.TrimPrefix(value, "@"))
		if value != "" && !slices.ContainsFunc(p.Options, func(o overlay.Option) bool { return strings.EqualFold(o.Value, value) }) {
			p.Options = append(p.Options, overlay.Option{Value: value, Label: value, Help: cell.Clean(about)})
		}
	}
	offer(e.Actor, "acted at this moment")
	for _, x := range s.record.Participants {
		offer(x.Name, cmp.Or(x.Role, s.desk.Word("discipline", x.Discipline)))
	}
	offer(s.record.Incident.TimelineOwner, "rebuilds the timeline")
	for _, w := range s.desk.Taxonomy["discipline"] {
		offer(w.Label, "a role")
	}
	p.Done = func(v []string) tea.Cmd { return then(v[0]) }
	return p.Open()
}

func (s *Screen) withdraw() tea.Cmd {
	q, _ := s.question(model.ID(s.form.Here().Name))
	g := model.Remove(q.ID)
	return nav.Cmd(nav.Do{Gesture: g, Focus: s.focus, Say: "Taken back. u asks it again."})
}

// export writes the calibration sheet to a file.
func (s *Screen) export() tea.Cmd {
	name := "calibration.md"
	if k := s.record.Incident.Key; k != "" {
		name = k + "-calibration.md"
	}
	e := &overlay.Edit{Name: "Write the calibration sheet to which file?", Verb: "write it", Help: "One section for each person or role, with room to answer. Send it before the meeting.", Text: name}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(path string) tea.Cmd {
		writer, r := s.writer, s.record
		return overlay.SaveFile(func(over bool) (string, error) {
			doc, err := writer.Sheet(r)
			if err != nil {
				return "", err
			}
			return writer.Save(r, strings.TrimSpace(path), doc, over)
		})
	}
	return e.Open()
}
