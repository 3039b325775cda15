package known

import (
	"fmt"
	"strings"
	"time"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// wide is from how many cells on the questions stand beside what was in view.
const wide = 110

// View draws the moment, what was in view, and the four questions in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The timeline could not be read", s.err.Error()))
	case !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Reading the moments"))
	case len(s.moments) == 0:
		return widget.Text(widget.Nothing(th, w, h, "No moment yet",
			"g i imports evidence, 2 goes to the timeline.", "Each line that somebody writes, keeps or gives a role becomes a moment here, seen from where people stood then."))
	}
	lines := s.head(th, w, h)
	body := h - len(lines)
	if w >= wide {
		left := w / 2
		return widget.Text(append(lines, cell.Beside(s.view(th, left, body), widget.Gutter(th, body), s.form.View(th, w-left-2, body))...))
	}
	form := min(body*3/5, max(6, s.formHeight(w)))
	lines = append(lines, s.view(th, w, body-form)...)
	return widget.Text(append(lines, s.form.View(th, w, form)...))
}

// formHeight is how many lines the questions take without being cut.
func (s *Screen) formHeight(w int) (lines int) {
	for _, r := range s.form.Rows {
		text := r.Value
		if text == "" {
			text = r.Empty
		}
		lines += min(3, len(cell.Wrap(text, max(8, w-min(24, w/3)-3))))
	}
	return lines
}

// head is the moment: when, how far in, who; and what happened, in at most two lines.
func (s *Screen) head(th *theme.Theme, w, h int) []string {
	e, _ := s.here()
	right := fmt.Sprintf("%d of %d", s.at+1, len(s.moments))
	if n := s.open(); n > 0 && w >= 80 {
		right = fmt.Sprintf("%d open %s · %s", n, map[bool]string{true: "question", false: "questions"}[n == 1], right)
	}
	if e.Moment != "" && w >= 100 {
		right = th.Glyph.Moment + s.desk.Word("moment", e.Moment) + " · " + right
	}
	left := cell.Fit(" "+th.Accent.Paint(cell.Cut(s.heading(e), w-cell.Width(right)-4)), w-cell.Width(right)-1)
	lines := []string{left + th.Soft.Paint(right) + " "}
	text, most := cell.Wrap(cell.Clean(e.Title), w-2), 2
	if h < 14 {
		most = 1
	}
	if len(text) > most {
		text = append(text[:most-1:most-1], cell.Cut(text[most-1]+" "+text[most], w-2))
	}
	for _, l := range text {
		lines = append(lines, cell.Fit(" "+th.Strong.Paint(l), w))
	}
	return append(lines, cell.Fit(th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)), w))
}

// view is what could be seen in the minutes before, newest last, and how much of the future is hidden.
func (s *Screen) view(th *theme.Theme, w, h int) []string {
	e, _ := s.here()
	if s.shown != e.ID {
		return cell.Block([]string{" " + th.Soft.Paint("Reading what was in view")}, w, h)
	}
	list := s.inView()
	room := max(0, h-2)
	from := max(0, len(list)-room)
	title := "In view, " + back(widths[s.width])
	switch {
	case room == 0:
		title += fmt.Sprintf(": %d lines", len(list))
	case from > 0:
		title += fmt.Sprintf(", the last %d of %d", len(list)-from, len(list))
	}
	lines := []string{" " + th.Soft.Paint(cell.Cut(title, w-2))}
	if len(list) == 0 && room > 0 {
		lines = append(lines, " "+th.Text.Paint(cell.Cut("Nothing is recorded. + looks farther back.", w-2)))
	}
	for _, v := range list[from:] {
		lines = append(lines, s.row(th, v, w))
	}
	return append(cell.Block(lines, w, h-1), s.future(th, w))
}

func back(d time.Duration) string {
	switch {
	case d == 0:
		return "everything before"
	case d >= 2*time.Hour:
		return fmt.Sprintf("the %d hours before", int(d.Hours()))
	case d == time.Hour:
		return "the hour before"
	}
	return fmt.Sprintf("the %d minutes before", int(d.Minutes()))
}

func (s *Screen) row(th *theme.Theme, v model.Event, w int) string {
	kind := cell.Fit(cell.Clean(v.Kind), 8)
	source := cell.Fit(cell.Clean(v.Source), 10)
	who := ""
	if v.Actor != "" {
		who = "@" + cell.Clean(strings.TrimPrefix(v.Actor, "@")) + " "
	}
	clock := cell.Fit(s.clock(v.At, v.Precision), 9)
	if w < 70 {
		kind = ""
	} else {
		kind += " "
	}
	room := w - 2 - cell.Width(clock) - cell.Width(kind) - cell.Width(source) - 1
	return " " + th.Soft.Paint(clock) + th.Text.Paint(kind) + th.SourceStyle(v.Source).Paint(source) + " " + th.Text.Paint(cell.Cut(who+cell.Clean(v.Title), room))
}

// future tells that what came later is hidden, and how much it is.
func (s *Screen) future(th *theme.Theme, w int) string {
	text := fmt.Sprintf(" %d later lines are hidden ", s.hidden())
	switch s.hidden() {
	case 0:
		text = " nothing comes later "
	case 1:
		text = " 1 later line is hidden "
	}
	side := max(2, (w-2-cell.Width(text))/2)
	dots := strings.Repeat(th.Glyph.Gap, side)
	return cell.Fit(" "+th.Faint.Paint(dots)+th.Soft.Paint(text)+th.Faint.Paint(dots), w)
}
