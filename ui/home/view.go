package home

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// rowsAbove are the lines over the list: the sums and the column heads.
const rowsAbove = 2

// View draws the list in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The list could not be read", s.err.Error()))
	case !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Opening the file"))
	case s.total == 0 && s.stored:
		return widget.Text(widget.Nothing(th, w, h, "The archive is empty", "a on the list puts a retrospective away. A or esc goes back to the list."))
	case s.total == 0:
		return widget.Text(s.empty(th, w, h))
	}
	lines := []string{s.sums(th, w), th.Soft.Paint(s.columns(w, "", "Day", "Sev", "Incident", "Lasted", "Events", "Factors", "Actions", "Needs"))}
	pane := paneRows(h)
	from, to := s.list.Window(s.total, h-rowsAbove-pane)
	for i := from; i < to; i++ {
		if j := i - s.offset; j >= 0 && j < len(s.lines) {
			lines = append(lines, s.row(th, s.lines[j], i == s.list.At, w))
		} else {
			lines = append(lines, th.Soft.Paint(cell.Fit("  reading", w)))
		}
	}
	return widget.Text(append(cell.Block(lines, w, h-pane), s.pane(th, w, pane)...))
}

// paneRows is the room under the list for what the selected incident's actions did.
func paneRows(h int) int {
	if h < 14 {
		return 0
	}
	return min(9, h/3)
}

// pane answers the standing question for the selected incident: each action with its verdict, before and
// after. Verdicts are what people recorded; "cannot tell yet" is a normal one.
func (s *Screen) pane(th *theme.Theme, w, h int) []string {
	if h == 0 {
		return nil
	}
	lines := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)), " " + th.Strong.Paint("What its actions did")}
	here, ok := s.here()
	if !ok || s.record == nil || s.record.Incident.ID != here.ID {
		return cell.Block(lines, w, h)
	}
	for _, a := range s.record.Actions {
		if a.Answers() && len(lines) < h {
			lines = append(lines, s.verdict(th, a, w))
		}
	}
	if len(lines) == 2 {
		lines = append(lines, "   "+th.Soft.Paint("No action is written yet."))
	}
	return cell.Block(lines, w, h)
}

func (s *Screen) verdict(th *theme.Theme, a model.Action, w int) string {
	word, mark, ink := s.desk.Word("action_stage", a.Stage), th.Glyph.Todo, th.Soft
	if a.Outcome != "" {
		word = s.desk.Word("outcome", a.Outcome)
		switch a.Outcome {
		case "improved":
			mark, ink = th.Glyph.Done, th.Good
		case "worse":
			mark, ink = th.Glyph.Warn, th.Bad
		default:
			mark = th.Glyph.Hollow
		}
	}
	change := ""
	if a.Baseline != "" && a.OutcomeValue != "" {
		change = cell.Clean(fmt.Sprintf("%s %s %s %s", a.Baseline, th.Glyph.Right, a.OutcomeValue, a.Unit))
	}
	room := w - 22 - cell.Width(change) - 3
	return " " + ink.Paint(mark+" "+cell.Fit(word, 18)) + th.Text.Paint(cell.Fit(cell.Clean(a.Title), room)) + " " + th.Strong.Paint(change)
}

func (s *Screen) empty(th *theme.Theme, w, h int) []string {
	return widget.Nothing(th, w, h, "No incident yet",
		"Press n and say in one line what happened. The rest can wait.", "",
		"To look around first: `aftermath demo` shows a complete retrospective.",
		"Evidence comes in with `aftermath import`, or with g n once an incident is open.")
}

func (s *Screen) sums(th *theme.Theme, w int) string {
	open, overdue := 0, 0
	for _, l := range s.lines {
		open, overdue = open+l.Open, overdue+l.Overdue
	}
	if s.stored {
		return cell.Fit(th.Strong.Paint(" Archive")+th.Text.Paint(" · "+model.Counted(s.total, "retrospective")), w)
	}
	text := fmt.Sprintf(" %s · %s open", model.Counted(s.total, "retrospective"), model.Counted(open, "action"))
	if overdue > 0 {
		return cell.Fit(th.Text.Paint(text)+th.Warn.Paint(fmt.Sprintf(" · %s %d past the day", th.Glyph.Warn, overdue)), w)
	}
	return cell.Fit(th.Text.Paint(text), w)
}

// columns sets one row: narrow terminals keep day, severity, title and what it needs.
func (s *Screen) columns(w int, mark, day, sev, title, lasted, events, factors, actions, needs string) string {
	left := cell.Fit(mark, 2) + cell.Fit(day, 11) + cell.Fit(sev, 5)
	right := " " + cell.Right(lasted, 8)
	if w >= 100 {
		right += cell.Right(events, 8) + cell.Right(factors, 9) + cell.Right(actions, 9)
	}
	right += "  " + cell.Fit(needs, 14)
	return left + cell.Fit(title, w-cell.Width(left)-cell.Width(right)) + right
}

func (s *Screen) row(th *theme.Theme, l model.IncidentLine, here bool, w int) string {
	day, lasted := strings.Repeat(th.Glyph.Todo, 3), ""
	if !l.Started.IsZero() {
		day = l.Started.In(s.desk.ZoneNamed(l.Zone)).Format("2006-01-02")
		if l.Resolved.After(l.Started) {
			lasted = model.FormatDuration(l.Resolved.Sub(l.Started))
		}
	}
	mark := ""
	if here {
		mark = th.Glyph.Cursor
	}
	text := s.columns(w, mark, day, s.desk.Word("severity", l.Severity), cell.Clean(l.Title), lasted,
		fmt.Sprint(l.Events), fmt.Sprint(l.Factors), fmt.Sprint(l.Actions), s.needs(th, l))
	if here {
		return th.Select.Paint(text)
	}
	return th.Text.Paint(text)
}

// needs says in two words what a person would do here next.
func (s *Screen) needs(th *theme.Theme, l model.IncidentLine) string {
	switch {
	case l.Overdue > 0:
		return fmt.Sprintf("%s %d overdue", th.Glyph.Warn, l.Overdue)
	case l.Open > 0:
		return fmt.Sprintf("%d open", l.Open)
	case l.Stage == "published":
		return th.Glyph.Done + " published"
	}
	return s.desk.Word("incident_stage", l.Stage)
}
