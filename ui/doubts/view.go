package doubts

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// words name the kinds of doubts in the list.
var words = map[string]string{
	model.DoubtClock: "clock", model.DoubtZone: "zone", model.DoubtOrder: "order", model.DoubtMoment: "moment", model.DoubtDate: "date",
	model.DoubtOutside: "far off", model.DoubtSpan: "end", model.DoubtFold: "twice", model.DoubtSkipped: "left out", model.DoubtTwin: "double", model.DoubtSilence: "silence",
}

// wide is from how many cells on the preview stands beside the list.
const wide = 110

// rowLines are the lines that the sentence of one doubt takes in the list.
func rowLines(w int) int {
	if w >= wide {
		return 3
	}
	return 2
}

// body is the height below the line that says how far the search is.
func (s *Screen) body() int { return max(1, s.h-1) }

func (s *Screen) listRows() int {
	if s.w >= wide {
		return max(1, s.body()/rowLines(s.w))
	}
	return max(1, s.listHeight(s.body())/rowLines(s.w))
}

// listHeight is the upper part, where the preview stands below.
func (s *Screen) listHeight(h int) int {
	rows := rowLines(s.w)
	return max(rows, min(len(s.doubts)*rows, h*2/5/rows*rows))
}

// headLines are the lines of the preview above its rows: the label and a rule under it.
const headLines = 3

func (s *Screen) previewRows() int {
	if s.w >= wide {
		return max(1, s.body()-headLines)
	}
	return max(1, s.body()-s.listHeight(s.body())-headLines-1)
}

// View draws the doubts and what the fix would do in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The timeline could not be looked through", s.err.Error()))
	case s.stopped && !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Stopped", "r looks through the timeline again."))
	case !s.ready && s.seen != nil && s.seen.Load() > 0:
		return widget.Text(widget.Nothing(th, w, h, "Looking through the timeline", model.Counted(int(s.seen.Load()), "line")+s.ofAll(), "esc stops."))
	case !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Looking through the timeline"))
	case s.events == 0 && len(s.doubts) == 0:
		return widget.Text(widget.Nothing(th, w, h, "There is no time to doubt yet", "g i imports evidence, a adds a line; then clocks, zones, order and silence are looked at here."))
	case len(s.doubts) == 0:
		text := []string{s.looked() + " were looked at: clocks against each other, time zones, dates, the order of alerts and answers, what stands twice, and silence while the impact was on."}
		if a := s.aside(); a != "" {
			text = append(text, "", strings.TrimSpace(a))
		}
		return widget.Text(widget.Nothing(th, w, h, "Nothing contradicts", text...))
	}
	lines := []string{cell.Fit(" "+th.Soft.Paint(cell.Cut(s.state(), w-2)), w)}
	body := h - 1
	if w >= wide {
		left := w * 9 / 20
		gutter := widget.Gutter(th, body)
		return widget.Text(append(lines, cell.Beside(s.drawList(th, left, body, rowLines(w)), gutter, s.preview(th, w-left-2, body))...))
	}
	top := s.listHeight(body)
	lines = append(lines, s.drawList(th, w, top, rowLines(w))...)
	lines = append(lines, cell.Fit(th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)), w))
	return widget.Text(append(lines, s.preview(th, w, body-top-1)...))
}

// state is how far the search is, or what it has seen.
func (s *Screen) state() string {
	switch {
	case s.running:
		return fmt.Sprintf("Looking again: %d%s. esc stops.", s.seen.Load(), s.ofAll())
	case s.stopped:
		return "Stopped before the end: this is how it was before. r looks again."
	}
	return fmt.Sprintf("%s in %s.%s", model.Counted(len(s.doubts), "doubt"), s.looked(), s.aside())
}

func (s *Screen) ofAll() string {
	if s.record == nil || s.record.Events == 0 {
		return ""
	}
	return fmt.Sprintf(" of %d", s.record.Events)
}

func (s *Screen) aside() string {
	if s.record == nil || s.record.DoubtsSetAside() == 0 {
		return ""
	}
	return fmt.Sprintf(" %s set aside with a reason.", model.Counted(s.record.DoubtsSetAside(), "doubt"))
}

// kindWidth is the column of the kinds.
const kindWidth = 9

func (s *Screen) drawList(th *theme.Theme, w, h, each int) []string {
	from, to := s.list.Window(len(s.doubts), max(1, h/each))
	var lines []string
	for i := from; i < to; i++ {
		d := s.doubts[i]
		text := cell.Wrap(cell.Clean(d.What), w-kindWidth-4)
		if len(text) > each {
			text = append(text[:each-1:each-1], cell.Cut(text[each-1]+" "+text[each], w-kindWidth-4))
		}
		for n := range each {
			part, kind := "", ""
			if n < len(text) {
				part = text[n]
			}
			if n == 0 {
				kind = words[d.Kind]
			}
			switch mark := "  "; {
			case i == s.list.At && part == "":
				lines = append(lines, cell.Space(w)) // only the sentence is marked, not the room under it
			case i == s.list.At:
				if n == 0 {
					mark = th.Glyph.Cursor + " "
				}
				ink := th.Select
				if s.inside {
					ink = th.Strong
				}
				lines = append(lines, ink.Paint(cell.Fit(mark+cell.Fit(kind, kindWidth)+part, w-1))+" ")
			default:
				lines = append(lines, cell.Fit(mark+th.Warn.Paint(cell.Fit(kind, kindWidth))+th.Text.Paint(part), w))
			}
		}
	}
	return cell.Block(lines, w, h)
}

// preview draws the fix: what it is called, and each line before and after.
func (s *Screen) preview(th *theme.Theme, w, h int) []string {
	d, _ := s.here()
	f, ok := s.fix()
	rows := s.rows()
	var lines []string
	switch {
	case !ok && d.Kind == model.DoubtSilence:
		lines = append(lines, " "+th.Strong.Paint("a adds a line, d says why it was silent"), " "+th.Soft.Paint("t goes to the line before it"))
	case !ok && len(d.Where) == 0:
		lines = append(lines, " "+th.Strong.Paint("No fix follows from the evidence"), " "+th.Soft.Paint("t goes to the frame, where the key moments stand"))
	case !ok:
		lines = append(lines, " "+th.Strong.Paint("No fix follows from the evidence"), " "+th.Soft.Paint("t goes to the line, where its time can be corrected"))
	default:
		label := th.Strong.Paint(capital(cell.Clean(f.Label)))
		if n := len(d.Fixes); n > 1 {
			label += th.Soft.Paint(fmt.Sprintf("   %d of %d, f shows the other", s.choice+1, n))
		}
		lines = append(lines, " "+label, " "+th.Soft.Paint(cell.Cut(s.scope(f), w-2)))
	}
	lines = append(lines, "")
	from, to := s.lines.Window(len(rows), max(1, h-headLines))
	widths, sources := [2]int{}, false
	for _, r := range rows {
		sources = sources || r.from != rows[0].from
		widths = [2]int{max(widths[0], cell.Width(r.before)), max(widths[1], cell.Width(r.after))}
	}
	for i := from; i < to; i++ {
		r := rows[i]
		if !sources {
			r.from = "" // one source needs no column
		}
		lines = append(lines, s.drawRow(th, r, widths, s.inside && i == s.lines.At, w))
	}
	return cell.Block(lines, w, h)
}

// scope says how much the fix does.
func (s *Screen) scope(f model.Fix) string {
	shown := len(f.Moves) + len(f.Joins)
	switch {
	case f.Events == 0:
		return "enter does it; u takes it back"
	case f.Events > shown && shown > 0:
		return fmt.Sprintf("%s, the first %d are shown; enter does it, u takes it back", model.Counted(f.Events, "line"), shown)
	}
	return model.Counted(f.Events, "line") + "; enter does it, u takes it back"
}

func (s *Screen) drawRow(th *theme.Theme, r row, widths [2]int, here bool, w int) string {
	arrow := " " + th.Glyph.Right + " "
	if r.after == "" {
		arrow = ""
	}
	room := w - widths[0] - widths[1] - cell.Width(arrow) - 5
	before, after := cell.Fit(r.before, widths[0]), cell.Fit(r.after, widths[1])
	title := r.title
	if r.from != "" && room > 30 {
		title = cell.Fit(r.from, 11) + " " + title
	}
	if here {
		return th.Select.Paint(cell.Fit(th.Glyph.Cursor+" "+before+arrow+after+"  "+cell.Cut(title, room), w-1)) + " "
	}
	return "  " + th.Soft.Paint(before+arrow) + th.Good.Paint(after) + "  " + th.Text.Paint(cell.Cut(title, room))
}

func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-32) + s[1:]
}
