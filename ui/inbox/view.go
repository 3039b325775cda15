package inbox

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/entry"
	"aftermath/ui/evidence"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// headRows stand over the list: the counts, and a rule or the filter. One line stands under it: what was
// decided last.
const headRows = 2

// paneRows are the details under the list, where there is no room beside it.
const paneRows = 6

// listWidth leaves a part for the details where there is room for them.
func (s *Screen) listWidth() int {
	if s.w < 110 {
		return s.w
	}
	return s.w - min(64, s.w*2/5)
}

// rows is how many lines the list has.
func (s *Screen) rows() int { return s.rowsOf(s.h) }

func (s *Screen) rowsOf(h int) int {
	h -= headRows + 1
	if s.listWidth() == s.w && h >= paneRows+6 {
		h -= paneRows
	}
	return max(1, h)
}

// View draws the counts, the list, the details and what was decided last in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.Err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The inbox could not be read", cell.CleanText(s.Err.Error())))
	case !s.Ready:
		return widget.Text(widget.Nothing(th, w, h, "Reading the inbox"))
	}
	lines := append(s.head(th, w), s.body(th, w, h-headRows-1)...)
	return widget.Text(append(lines, s.foot(th, w)))
}

func (s *Screen) body(th *theme.Theme, w, h int) []string {
	if s.grouping && !s.grouped {
		return widget.Nothing(th, w, h, "Grouping what is alike")
	}
	if s.grouping && len(s.groups) == 0 || !s.grouping && len(s.Page.Events) == 0 {
		return s.nothing(th, w, h)
	}
	rows, width := s.rowsOf(h+headRows+1), s.listWidth()
	list := s.lines
	if s.grouping {
		list = s.groupLines
	}
	switch {
	case width < w:
		return cell.Beside(list(th, width, h), widget.Gutter(th, h), s.details(th, w-width-2, h, false))
	case rows < h:
		rule := th.Faint.Paint(strings.Repeat(th.Glyph.Line, w))
		pane := s.details(th, w-2, h-rows-1, true)
		for i := range pane {
			pane[i] = " " + pane[i] + " "
		}
		return append(append(list(th, w, rows), rule), pane...)
	}
	return list(th, w, h)
}

// nothing says why there is nothing to decide, and what comes next.
func (s *Screen) nothing(th *theme.Theme, w, h int) []string {
	t := s.shown()
	switch {
	case s.unfiltered() == "":
		return widget.Nothing(th, w, h, "Nothing matches the filter", "A shows everything again, / changes the words.")
	case s.bare():
		return widget.Nothing(th, w, h, "Nothing is imported yet", "i imports what you have: notes, a chat export, alerts, deploys, logs.")
	case t.kept+t.dismissed+t.merged == 0:
		return widget.Nothing(th, w, h, "Only housekeeping came in", fmt.Sprintf("h shows the %d lines of it.", t.housekeeping))
	}
	made := []string{fmt.Sprintf("%d lines tell what happened.", t.kept)}
	if aside := s.aside(t); len(aside) > 0 {
		made = append(made, strings.Join(aside, ", ")+": kept as evidence.")
	}
	return widget.Nothing(th, w, h, "Everything is triaged", append(made, "", "enter goes on to the timeline.")...)
}

// aside is what became of the lines that are not in the narrative.
func (s *Screen) aside(t tally) (parts []string) {
	for _, p := range []struct {
		n    int
		word string
	}{{t.merged, "merged into them"}, {t.dismissed, "dismissed"}, {t.housekeeping, "housekeeping"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	return parts
}

// head counts what is left and what was done in this sitting; under it a rule, or the filter.
func (s *Screen) head(th *theme.Theme, w int) []string {
	t := s.shown()
	parts := []string{}
	for _, p := range []struct {
		n    int
		word string
	}{{t.kept - s.start.kept, "kept"}, {t.merged - s.start.merged, "merged"}, {t.dismissed - s.start.dismissed, "dismissed"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	if t.housekeeping > 0 {
		word := "hidden"
		if s.Query.WithHousekeeping {
			word = "shown"
		}
		parts = append(parts, fmt.Sprintf("housekeeping %d, %s", t.housekeeping, word))
	}
	bar := s.bar(th, t, w)
	left := fmt.Sprintf("%d left", max(0, t.left))
	rest := ""
	if len(parts) > 0 {
		rest = " · " + strings.Join(parts, " · ")
	}
	room := w - 2 - cell.Width(bar)
	text := th.Strong.Paint(left) + th.Soft.Paint(cell.Cut(rest, room-len(left)-1))
	return []string{" " + cell.Fit(text, room) + bar + " ", s.under(th, w)}
}

// bar is how much of what came in is decided.
func (s *Screen) bar(th *theme.Theme, t tally, w int) string {
	done := t.kept + t.merged + t.dismissed
	all := done + max(0, t.left)
	if all == 0 || w < 72 {
		return ""
	}
	cells := 10
	if w >= 110 {
		cells = 24
	}
	full := done * cells / all
	return th.Good.Paint(strings.Repeat(th.Glyph.Bar, full)) + th.Faint.Paint(strings.Repeat(th.Glyph.Line, cells-full)) + th.Soft.Paint(fmt.Sprintf(" %3d%%", done*100/all))
}

// under is the rule below the counts, or what narrows the list.
func (s *Screen) under(th *theme.Theme, w int) string {
	text := ""
	switch {
	case s.inside != nil:
		text = fmt.Sprintf("inside %s like “%s”", times(th, s.inside.Count), cell.Clean(s.inside.Sample))
	case s.unfiltered() == "":
		text = evidence.Only(filters(s.Query), entry.Env(s.desk, s.record))
	}
	if text == "" {
		return th.Faint.Paint(strings.Repeat(th.Glyph.Line, w))
	}
	lead := strings.Repeat(th.Glyph.Line, 2) + " "
	text = cell.Cut(text, w-6)
	return th.Faint.Paint(lead) + th.Warn.Paint(text) + " " + th.Faint.Paint(strings.Repeat(th.Glyph.Line, w-cell.Width(lead)-cell.Width(text)-1))
}

// times writes how often.
func times(th *theme.Theme, n int) string {
	if th.Glyphs {
		return fmt.Sprintf("×%d", n)
	}
	return fmt.Sprintf("%dx", n)
}

// foot tells what a selection holds, or what was decided last and what may follow from it.
func (s *Screen) foot(th *theme.Theme, w int) string {
	if lines := s.selection(); s.selecting() && len(lines) > 0 {
		text := fmt.Sprintf(" %d selected, %s.", len(lines), s.clock.Span(lines[0].At, lines[len(lines)-1].At))
		return cell.Fit(th.Strong.Paint(text)+th.Soft.Paint(" A decision takes all of them, esc ends it."), w)
	}
	if s.echo == "" {
		return cell.Space(w)
	}
	var offers []string
	if o := s.offer; o.line.ID != "" {
		if o.alike > 0 {
			offers = append(offers, th.Key.Paint("X")+" "+th.Text.Paint(fmt.Sprintf("dismisses all %d like this", o.alike)))
		}
		if o.bots > o.alike {
			offers = append(offers, th.Key.Paint("B")+" "+th.Text.Paint(fmt.Sprintf("all %d of %s", o.bots, cell.Cut(cell.Clean(o.line.Actor), 20))))
		}
	}
	offers = append(offers, th.Key.Paint("u")+" "+th.Soft.Paint("takes it back"))
	tail := strings.Join(offers, "   ")
	echo := th.Good.Paint(th.Glyph.Done) + " " + th.Soft.Paint(cell.Cut(s.echo, max(12, w-cell.Width(tail)-7)))
	return cell.Fit(" "+echo+"   "+tail, w)
}

// window is the range of rows that h lines show: the cursor stands near the middle.
func (s *Screen) window(h int) (from, to int) {
	n, at := len(s.Page.Events), s.At-s.Page.Offset
	from = max(0, min(at-h/3, n-h))
	return from, min(n, from+h)
}

func (s *Screen) lines(th *theme.Theme, w, h int) []string {
	from, to := s.window(h)
	chosen := map[model.ID]bool{}
	if s.selecting() {
		for _, l := range s.selection() {
			chosen[l.ID] = true
		}
	}
	var out []string
	for i := from; i < to; i++ {
		e := s.Page.Events[i]
		out = append(out, s.row(th, e, s.Page.Offset+i == s.At, chosen[e.ID], w))
	}
	return cell.Block(out, w, h)
}

// row is one line: time, kind, source, text, and how many are like it.
func (s *Screen) row(th *theme.Theme, e model.Event, here, chosen bool, w int) string {
	mark := " "
	switch {
	case here:
		mark = th.Glyph.Cursor
	case chosen:
		mark = th.Glyph.Dot
	}
	clock, kind, source := s.clock.Write(e), cell.Fit(cell.Clean(e.Kind), 9), ""
	if w >= 72 && s.Several() {
		source = cell.Fit(cell.Clean(e.Source), 10) + " "
	}
	marks := evidence.Notes(th, e)
	switch n := s.like(e).Count; {
	case !e.Untouched:
		marks = strings.TrimSpace(marks+" "+th.Glyph.Done) + " kept"
	case n > 1:
		marks += times(th, n)
	}
	room := w - 1 - s.clock.Width() - 10 - cell.Width(source) - cell.Width(marks) - 2
	text := cell.Fit(evidence.Who(e, max(8, w/6))+cell.Clean(e.Title), room)
	if here {
		return th.Select.Paint(cell.Fit(mark+clock+kind+" "+source+text+" "+marks, w))
	}
	ink := th.Text
	switch {
	case chosen:
		ink = th.Strong
	case e.Housekeeping:
		ink = th.Soft
	}
	return cell.Fit(th.Accent.Paint(mark)+th.Soft.Paint(clock)+ink.Paint(kind)+" "+th.SourceStyle(e.Source).Paint(source)+ink.Paint(text)+" "+th.Soft.Paint(marks), w)
}

func (s *Screen) groupLines(th *theme.Theme, w, h int) []string {
	from, to := s.list.Window(len(s.groups), h)
	var out []string
	for i := from; i < to; i++ {
		out = append(out, s.groupRow(th, s.groups[i], i == s.list.At, w))
	}
	return cell.Block(out, w, h)
}

// groupRow is one group: how many, of which source, one of them, and when.
func (s *Screen) groupRow(th *theme.Theme, g model.Alike, here bool, w int) string {
	mark := " "
	if here {
		mark = th.Glyph.Cursor
	}
	count, source := cell.Right(times(th, g.Count), 7)+"  ", cell.Fit(cell.Clean(g.Source), 10)+" "
	span := s.clock.Span(g.First, g.Last)
	room := w - 1 - cell.Width(count) - cell.Width(source) - cell.Width(span) - 3
	text := cell.Fit(cell.Clean(g.Sample), room)
	if here {
		return th.Select.Paint(cell.Fit(mark+count+source+text+"  "+span, w))
	}
	ink := th.Strong
	if g.Count == 1 {
		ink = th.Soft
	}
	return cell.Fit(mark+ink.Paint(count)+th.SourceStyle(g.Source).Paint(source)+th.Text.Paint(text)+"  "+th.Soft.Paint(span), w)
}
