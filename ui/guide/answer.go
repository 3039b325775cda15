package guide

import (
	"cmp"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	a, ok := s.here()
	none, done, empty := "", "", ""
	switch {
	case s.record == nil || !s.ready:
		none = "the record is still being read"
	case !ok:
		none = "nothing is asked of this record"
	}
	done, empty = none, none
	if none == "" && !a.Open() {
		done = "it has an answer"
	}
	if none == "" && a.Open() {
		empty = "it has no answer yet"
	}
	noted := done
	if noted == "" && !a.Prompt.Check {
		noted = "it is no item of a checklist"
	}
	return []key.Action{
		{ID: "guide.answer", Title: "Answer this question", Short: "answer", Keys: []string{"enter"}, Off: none, Do: s.write},
		{ID: "guide.skip", Title: "Pass over it for now", Short: "pass", Keys: []string{"s"}, Off: done, Do: s.skip},
		{ID: "guide.next", Title: "The next open question", Short: "next", Keys: []string{"n"}, Off: none, Do: s.next},
		{ID: "guide.looked", Title: "Looked at, nothing to note", Short: "looked at", Keys: []string{"space"}, Off: noted, Do: s.looked},
		{ID: "guide.factor", Title: "Make a condition of the answer", Short: "condition", Keys: []string{"f"}, Off: none, Do: s.factor},
		{ID: "guide.action", Title: "Make an action of the answer", Short: "action", Keys: []string{"a"}, Off: none, Do: s.action},
		{ID: "guide.history", Title: "History of this: who changed it, when, from what to what", Keys: []string{"H"}, Off: empty, Do: s.history},
		{ID: "guide.event", Title: "See the moment or the condition that it is about", Keys: []string{"t"}, Off: s.aboutNothing(a, none), Do: s.see},
		{ID: "guide.withdraw", Title: "Take the answer back", Keys: []string{"x"}, Off: empty, Do: s.withdraw},
	}
}

func (s *Screen) aboutNothing(a model.Asking, none string) string {
	if none == "" && a.About == "" {
		return "it is about the whole incident"
	}
	return none
}

// write opens the answer: the field of the record that keeps it, or a text of its own.
func (s *Screen) write() tea.Cmd {
	a, _ := s.here()
	if t, id, kept := a.Kept(s.incident); kept {
		f, _ := model.Named(t, a.Prompt.Field)
		return overlay.Field{Type: t, ID: id, Field: f, Value: a.Answer, Env: entry.Env(s.desk, s.record)}.Open()
	}
	e := &overlay.Edit{Name: "Answer", Help: s.text(a), Text: a.Answer, Multi: true, Draft: string(model.ReplyID(s.incident, a.Prompt.ID, a.About))}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Words = &overlay.Words{Record: s.record, Type: model.TypeReply, ID: model.ReplyID(s.incident, a.Prompt.ID, a.About), Field: "answer"}
	e.Save = func(text string) tea.Cmd { return s.keep(a, text, "") }
	return e.Open()
}

func (s *Screen) keep(a model.Asking, text, say string) tea.Cmd {
	return nav.Cmd(nav.Do{Gesture: a.Reply(s.incident, text, s.desk.Author, s.desk.Now()), Say: say})
}

func (s *Screen) looked() tea.Cmd {
	a, _ := s.here()
	cmd := s.keep(a, model.LookedAt, "")
	s.skipped[a.Key()] = true // until the answer has been written
	s.toNext()
	return cmd
}

func (s *Screen) skip() tea.Cmd {
	a, _ := s.here()
	if s.skipped[a.Key()] {
		delete(s.skipped, a.Key())
		return nil
	}
	s.skipped[a.Key()] = true
	s.toNext()
	return nil
}

func (s *Screen) next() tea.Cmd {
	s.at++
	if !s.toNext() {
		s.at--
		return nav.Cmd(nav.Say{Text: "Nothing is open: what the record leads to is answered or passed over."})
	}
	return nil
}

// factor makes a condition, with the words of the answer to begin with and the moment as its evidence.
func (s *Screen) factor() tea.Cmd {
	a, _ := s.here()
	env := entry.Env(s.desk, s.record)
	return entry.Line{
		Name: "Which condition had to be there?", Help: entry.FactorHelp, Text: startWith(a.Prompt.Layer, a.Answer), Draft: s.draft(a, "factor"),
		Record: s.record, Past: s.store, Type: model.TypeFactor,
		Read: func(text string) (model.Captured, error) { return model.CaptureFactor(text, env) },
		Save: func(c model.Captured) nav.Do {
			id, g := entry.NewFactor(s.desk, s.record, c, cmp.Or(a.Prompt.Layer, model.LayerTechnical))
			if a.Prompt.Area != "" && c.Get("area") == nil {
				g = g.Set(model.TypeFactor, id, "area", a.Prompt.Area)
			}
			if a.About.Type() == model.TypeEvent {
				g = g.Set(model.TypeFactor, id, model.Member("evidence", string(a.About)), true)
			}
			return nav.Do{Gesture: g, Say: "Named. Step 3 shows it on the board."}
		},
	}.Open()
}

// action proposes a change, with the words of the answer to begin with.
func (s *Screen) action() tea.Cmd {
	a, _ := s.here()
	env := entry.Env(s.desk, s.record)
	return entry.Line{
		Name: "What change would make this unlikely to happen again?", Help: entry.ActionHelp, Text: startWith("", a.Answer), Draft: s.draft(a, "action"),
		Record: s.record, Type: model.TypeAction,
		Read: func(text string) (model.Captured, error) { return model.CaptureAction(text, env) },
		Save: func(c model.Captured) nav.Do {
			var answers []model.ID
			if a.About.Type() == model.TypeFactor {
				answers = []model.ID{a.About}
			}
			_, g := entry.NewAction(s.desk, s.record, c, model.StageProposed, answers...)
			return nav.Do{Gesture: g, Say: "Proposed. Step 4 shows it."}
		},
	}.Open()
}

func (s *Screen) draft(a model.Asking, what string) string {
	return string(model.ReplyID(s.incident, a.Prompt.ID, a.About)) + "." + what
}

// startWith is the first line of an answer as a line to capture.
func startWith(layer, answer string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(answer), "\n")
	if line == model.LookedAt {
		line = ""
	}
	if layer != "" {
		return layer + ": " + line
	}
	return line
}

func (s *Screen) history() tea.Cmd {
	a, _ := s.here()
	id := model.ReplyID(s.incident, a.Prompt.ID, a.About)
	if _, of, kept := a.Kept(s.incident); kept {
		id = of
	}
	return nav.Cmd(nav.Go{To: nav.History, Focus: id})
}

func (s *Screen) see() tea.Cmd {
	a, _ := s.here()
	if a.About.Type() == model.TypeFactor {
		return nav.Cmd(nav.Go{To: nav.Factors, Focus: a.About})
	}
	return nav.Cmd(nav.Go{To: nav.Timeline, Focus: a.About})
}

func (s *Screen) withdraw() tea.Cmd {
	a, _ := s.here()
	return s.keep(a, "", "Taken back. u brings it again.")
}
