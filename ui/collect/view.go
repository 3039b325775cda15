package collect

import (
	"fmt"
	"strings"

	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// head and foot are the lines over and under the rows: the window and a rule, and what the selected source
// has to say. Where it has more to say, it takes what the rows leave.
const (
	head = 3
	foot = 5
)

// View draws the window, a row for each source, and what the selected one says.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case len(s.sources) == 0 && s.run == nil:
		return widget.Text(widget.Nothing(th, w, h, "No source is configured yet", "A table such as [collect.pagerduty] in the configuration names a source, its address, and where its token is found.",
			"The file is "+cell.Clean(s.collector.Configuration())+".", "config.example.toml shows a table for every source. Nothing is asked before that."))
	case s.from.IsZero() && s.run == nil && s.record != nil:
		return widget.Text(widget.Nothing(th, w, h, "When did it start?", "The window to look at follows from the start of the impact, which nobody has said yet.", "1 opens the frame; f and t give the window by hand."))
	}
	said := s.saying(th, w)
	under := max(foot, min(len(said), h-head-len(s.rows())))
	lines := append(s.window(th, w), s.table(th, w, max(1, h-head-under))...)
	lines = cell.Block(lines, w, max(1, h-under))
	return widget.Text(cell.Block(append(lines, said...), w, h))
}

func (s *Screen) window(th *theme.Theme, w int) []string {
	zone := s.zone()
	text := "not known yet"
	if !s.from.IsZero() {
		layout := "15:04"
		if from, to := s.from.In(zone), s.to.In(zone); from.YearDay() != to.YearDay() || from.Year() != to.Year() {
			layout = "2006-01-02 15:04"
		}
		text = s.from.In(zone).Format("2006-01-02 15:04") + " to " + s.to.In(zone).Format(layout)
	}
	total := fmt.Sprintf("%d sources", len(s.rows()))
	if len(s.rows()) == 1 {
		total = "1 source"
	}
	if n := s.brought(); n > 0 {
		total = fmt.Sprintf("%d new events", n)
	}
	left := " " + th.Soft.Paint("window ") + th.Strong.Paint(text)
	return []string{
		cell.Fit(left, w-len(total)-1) + th.Soft.Paint(total) + " ",
		"",
	}
}

// columns are the widths of the name, of what it is doing, and of the pages.
func columns(w int) (name, doing, pages int) {
	name, pages = 16, 11
	return name, max(12, w-name-pages-4), pages
}

func (s *Screen) table(th *theme.Theme, w, h int) (lines []string) {
	rows := s.rows()
	from, to := s.list.Window(len(rows), h)
	for i := from; i < to; i++ {
		lines = append(lines, s.row(th, rows[i], i == s.list.At, w))
	}
	return lines
}

func (s *Screen) row(th *theme.Theme, x State, here bool, w int) string {
	name, doing, pages := columns(w)
	mark, style, words := s.doing(th, x)
	count := ""
	switch {
	case x.Pages == 1:
		count = "1 page"
	case x.Pages > 1:
		count = fmt.Sprintf("%d pages", x.Pages)
	}
	text := cell.Fit(s.title(x.Source), name)
	rest := cell.Fit(mark+" "+words, doing)
	if here {
		return th.Select.Paint(cell.Fit(th.Glyph.Cursor+" "+text+rest+cell.Right(count, pages), w))
	}
	return "  " + th.Text.Paint(text) + style.Paint(rest) + th.Soft.Paint(cell.Right(count, pages)) + "  "
}

func (s *Screen) title(name string) string {
	for _, x := range s.sources {
		if x.Name == name {
			return cell.Clean(x.Title)
		}
	}
	return cell.Clean(name)
}

// doing is a mark, a colour and words for what a source does.
func (s *Screen) doing(th *theme.Theme, x State) (mark string, style theme.Style, words string) {
	r := x.Report
	switch x.Phase {
	case Waiting:
		return th.Glyph.Todo, th.Soft, "waiting for its turn"
	case Fetching:
		return th.Glyph.Now, th.Accent, "fetching"
	case Limited:
		return th.Glyph.Gap, th.Warn, "waiting until " + x.Until.In(s.zone()).Format("15:04:05")
	case Reading:
		return th.Glyph.Now, th.Accent, "reading what came"
	case Done:
		return th.Glyph.Done, th.Good, fmt.Sprintf("%d new, %d known, %d refused", r.New, r.Known, r.Refused)
	case Failed:
		if r.New > 0 {
			return th.Glyph.Warn, th.Warn, fmt.Sprintf("broke off with %d new; r goes on", r.New)
		}
		return th.Glyph.Warn, th.Warn, "broke off; r goes on"
	case Cancelled:
		return th.Glyph.Hollow, th.Soft, "stopped; r goes on"
	}
	if s.leftOut[x.Source] {
		return th.Glyph.Hollow, th.Soft, "left out"
	}
	return th.Glyph.Dot, th.Text, s.address(x.Source)
}

func (s *Screen) address(name string) string {
	for _, x := range s.sources {
		if x.Name == name {
			return cell.Clean(x.Address)
		}
	}
	return ""
}

// saying is what the selected source says: why it waits or broke off, what was refused and doubted.
func (s *Screen) saying(th *theme.Theme, w int) []string {
	lines := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w))}
	here, ok := s.here()
	if !ok {
		return lines
	}
	var parts []string
	if here.Why != "" {
		parts = append(parts, here.Why)
	}
	if here.Known > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d pages were kept before.", here.Known, here.Pages))
	}
	if n := here.Report.Refused; n > 0 && len(here.Report.Refusals) > 0 {
		first := here.Report.Refusals[0]
		if first.File != "" {
			first.Reason = "in " + first.File + ", " + first.Reason
		}
		parts = append(parts, fmt.Sprintf("%d refused, the first: %s", n, first.Reason))
	}
	parts = append(parts, here.Report.Warnings...)
	switch {
	case len(parts) > 0:
	case here.Phase < Waiting:
		parts = []string{"The token comes from the environment or from a command, goes to this host only, and is never kept."}
	case here.Phase == Done:
		parts = []string{"Everything that came was read."}
	}
	for _, p := range parts {
		for _, l := range cell.Wrap(cell.Clean(p), w-4) {
			lines = append(lines, "  "+th.Soft.Paint(l))
		}
	}
	return lines
}
