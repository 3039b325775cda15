package frame

import (
	"time"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws the form, and beside it, where there is room, the course of the incident.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	if s.record == nil {
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	}
	if w < 116 {
		return widget.Text(s.form.View(th, w, h))
	}
	side := min(52, w/3)
	return widget.Text(cell.Beside(s.form.View(th, w-side-3, h), gutter(th, h), s.course(th, side, h)))
}

func gutter(th *theme.Theme, h int) []string {
	out := make([]string, h)
	for i := range out {
		out[i] = " " + th.Faint.Paint(th.Glyph.Vertical) + " "
	}
	return out
}

// onDay is a time of day, with its day where the moment before was on another one.
func onDay(at, before time.Time) string {
	if at.Format(time.DateOnly) == before.Format(time.DateOnly) {
		return at.Format("15:04:05")
	}
	return at.Format("2006-01-02 15:04:05")
}

// course draws the key moments one under the other with the time between them, and the four durations.
func (s *Screen) course(th *theme.Theme, w, h int) []string {
	i := s.record.Incident
	zone := s.desk.ZoneOf(i)
	lines := []string{th.Strong.Paint("Course"), ""}
	var last model.Moment
	for _, m := range i.Moments() {
		if m.At.IsZero() {
			lines = append(lines, th.Soft.Paint(th.Glyph.Hollow+" "+cell.Fit(m.Label, 18)+"not known"))
			continue
		}
		if !last.At.IsZero() && m.At.After(last.At) {
			lines = append(lines, th.Faint.Paint(th.Glyph.Vertical)+" "+th.Soft.Paint("  "+model.FormatDuration(m.At.Sub(last.At))))
		}
		lines = append(lines, th.Accent.Paint(th.Glyph.Dot)+" "+th.Text.Paint(cell.Fit(m.Label, 18))+th.Text.Paint(onDay(m.At.In(zone), last.At.In(zone))))
		last = m
	}
	lines = append(lines, "", th.Strong.Paint("Times"), "")
	for _, d := range i.Durations() {
		value := th.Soft.Paint("not known yet")
		if d.Known {
			value = th.Strong.Paint(model.FormatDuration(d.Value))
		}
		lines = append(lines, th.Text.Paint(cell.Fit(d.Name, 22))+value, th.Soft.Paint("  "+d.Definition))
		if d.Doubt != "" {
			for _, l := range cell.Wrap(d.Doubt, w-2) {
				lines = append(lines, th.Warn.Paint("  "+l))
			}
		}
	}
	return cell.Block(lines, w, h)
}
