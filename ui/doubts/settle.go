package doubts

import (
	"fmt"
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
	none := ""
	d, ok := s.here()
	if !ok {
		none = "nothing is in doubt"
	}
	noFix, oneFix, noLine := none, none, none
	if ok && len(d.Fixes) == 0 {
		noFix = "no fix follows from the evidence; t goes there, d says why it is right"
	}
	if ok && len(d.Fixes) < 2 {
		oneFix = "there is no other fix"
	}
	if ok && s.event() == "" {
		noLine = "it is about no single line"
	}
	nowhere := noLine
	if ok && d.Field != "" {
		nowhere = ""
	}
	list := []key.Action{
		{ID: "doubts.fix", Title: "Carry out the fix that is shown", Short: "fix", Keys: []string{"enter"}, Off: noFix, Do: s.apply},
		{ID: "doubts.other", Title: "Show the other fix", Short: "other fix", Keys: []string{"f"}, Off: oneFix, Do: s.other},
		{ID: "doubts.dismiss", Title: "Set this doubt aside, with a reason", Short: "set aside", Keys: []string{"d"}, Off: none, Do: s.dismiss},
		{ID: "doubts.lines", Title: "Go through the lines of the fix", Short: "lines", Keys: []string{"right", "l"}, Off: noLine, Do: s.enter(true)},
		{ID: "doubts.event", Title: "Go to where it can be corrected", Short: "go there", Keys: []string{"t"}, Off: nowhere, Do: s.show},
		{ID: "doubts.add_event", Title: "Add the line that is missing", Short: "add", Keys: []string{"a"}, Do: s.add},
		{ID: "doubts.timeline", Title: "Go to the timeline", Keys: []string{"T"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Timeline}) }},
	}
	if s.inside {
		list[0] = key.Action{ID: "doubts.event", Title: "Go to where it can be corrected", Short: "timeline", Keys: []string{"enter", "t"}, Off: noLine, Do: s.show}
		list[3] = key.Action{ID: "doubts.list", Title: "Back to the list of doubts", Short: "doubts", Keys: []string{"left", "h", "esc"}, Do: s.enter(false)}
		list = append(list[:4], list[5:]...)
	}
	if s.running {
		list = append(list, key.Action{ID: "doubts.stop", Title: "Stop looking", Short: "stop", Keys: []string{"esc"}, Do: s.stop})
	} else {
		list = append(list, key.Action{ID: "doubts.again", Title: "Look through the timeline again", Keys: []string{"r"}, Off: s.noRecord(), Do: s.look})
	}
	return list
}

func (s *Screen) noRecord() string {
	if s.record == nil {
		return "the record is still being read"
	}
	return ""
}

// enter gives the keys to the lines of the preview, or back to the list.
func (s *Screen) enter(inside bool) func() tea.Cmd {
	return func() tea.Cmd {
		s.inside = inside
		s.settle()
		return nil
	}
}

func (s *Screen) other() tea.Cmd {
	d, _ := s.here()
	s.choice = (s.choice + 1) % len(d.Fixes)
	s.lines.At = 0
	s.settle()
	return nil
}

func (s *Screen) apply() tea.Cmd {
	f, _ := s.fix()
	say := "Done: " + f.Label + ". u takes it back."
	return nav.Cmd(nav.Do{Gesture: f.Gesture, Say: say})
}

// dismiss asks why the timeline is right as it stands. A silence is often explained so.
func (s *Screen) dismiss() tea.Cmd {
	d, _ := s.here()
	e := &overlay.Edit{Name: "Why is it right as it stands?", Verb: "set it aside", Help: "One sentence. The doubt does not come back; undo brings it back.",
		Draft: string(model.DismissalID(s.incident, d.Kind, d.About)) + ".reason"}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd {
		return nav.Cmd(nav.Do{Gesture: model.SetAside(s.incident, d, strings.TrimSpace(text)), Say: "Set aside. u brings the doubt back."})
	}
	return e.Open()
}

// event is the line that the cursor means.
func (s *Screen) event() model.ID {
	if rows := s.rows(); s.inside && s.lines.At < len(rows) && rows[s.lines.At].event != "" {
		return rows[s.lines.At].event
	}
	if d, ok := s.here(); ok && len(d.Where) > 0 {
		return d.Where[0]
	}
	return ""
}

// show goes to the line on the timeline; a key moment that no line shows stands in the frame.
func (s *Screen) show() tea.Cmd {
	if s.event() == "" {
		return nav.Cmd(nav.Go{To: nav.Frame})
	}
	return nav.Cmd(nav.Go{To: nav.Timeline, Focus: s.event()})
}

// add takes one line of text, as on the timeline.
func (s *Screen) add() tea.Cmd {
	env := entry.Env(s.desk, s.record)
	d, _ := s.here()
	help := entry.EventHelp
	if d.Kind == model.DoubtSilence {
		help = fmt.Sprintf("%s\n%s", d.What, "14:20 @maya asked the database team for the number of connections")
	}
	return entry.Line{
		Name: "Add a line", Help: help, Draft: string(s.incident) + ".capture",
		Record: s.record, Type: model.TypeEvent,
		Read: func(text string) (model.Captured, error) { return model.CaptureEvent(text, env) },
		Save: func(c model.Captured) nav.Do {
			return nav.Do{Gesture: c.Gesture(s.incident, s.desk.NewID(model.TypeEvent)), Say: "Added to the timeline."}
		},
	}.Open()
}
