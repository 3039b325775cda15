package factors

import (
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws the board, the map or a form in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.record == nil:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case s.mode == detail || s.mode == answers:
		return widget.Text(s.form.View(th, w, h))
	case len(s.order) == 0:
		return widget.Text(widget.Nothing(th, w, h, "No condition named yet",
			"a adds one: process: rollback takes 20 minutes",
			"On the timeline, f makes a condition of an event and keeps the event as its evidence."))
	}
	foot := s.foot(th, w)
	h -= len(foot)
	var lines []string
	switch {
	case s.mode == causeMap:
		lines = s.drawMap(th, w, h)
	case w >= 96:
		lines = s.columns(th, w, h)
	default:
		lines = s.rows(th, w, h)
	}
	return widget.Text(append(cell.Block(lines, w, h), foot...))
}

// foot says in words how the conditions aligned, with one hint.
func (s *Screen) foot(th *theme.Theme, w int) []string {
	a := model.Align(s.record.Factors)
	lines := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w))}
	for _, l := range cell.Wrap(a.Sentence, w-2) {
		lines = append(lines, " "+th.Strong.Paint(l))
	}
	if len(a.Hints) > 0 {
		for _, l := range cell.Wrap(a.Hints[0], w-2) {
			lines = append(lines, " "+th.Soft.Paint(l))
		}
	}
	return cell.Block(lines, w, len(lines))
}
