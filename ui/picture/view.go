package picture

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/evidence"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws the picture in w by h cells: head, phases, marks, lanes, axis, and below it in words what stands
// out and what the cursor is on.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	filtered := evidence.Unfiltered(s.query) == ""
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The picture could not be read", cell.CleanText(s.err.Error())))
	case !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Reading the whole time"))
	case s.seen.total == 0 && filtered:
		return widget.Text(widget.Nothing(th, w, h, "Nothing matches the filter", "It is "+evidence.Only(s.query, s.env())+".", "A shows everything again, F changes the filter."))
	case s.seen.total == 0:
		return widget.Text(widget.Nothing(th, w, h, "No evidence yet", "g n imports what you have: notes, a chat export, alerts, deploys, logs.", "enter goes to the timeline, where a adds a line."))
	}
	l := s.layout(h)
	lines := []string{s.head(th, w, l)}
	if l.rule > 0 {
		lines = append(lines, s.rule(th, w, filtered))
	}
	lines = append(lines, s.phases(th, w))
	for i := range marked {
		lines = append(lines, s.markRow(th, i, w))
	}
	rows := s.laneRows(th, w, l)
	lines = append(lines, rows...)
	for range l.laneRows(h) - len(rows) {
		lines = append(lines, s.line(th, "", s.strip(th), "", w))
	}
	lines = append(lines, s.silenceRow(th, w, filtered))
	lines = append(lines, s.axis(th, w, l)...)
	lines = append(lines, s.words(th, w, l.words, filtered)...)
	if len(lines) < h-l.detail {
		lines = append(lines, "")
	}
	lines = append(lines, s.detail(th, w, max(0, h-len(lines)))...)
	return widget.Text(cell.Block(lines, w, h))
}

// head says which time is in sight, or selected, and how much of what there is.
func (s *Screen) head(th *theme.Theme, w int, l layout) string {
	when, far := th.Strong.Paint(s.between(s.win.from, s.win.end())), "  "+span(s.win.from, s.win.end())
	left := []string{when + th.Soft.Paint(far+", "+long(s.win.step)+" a column"), when + th.Soft.Paint(far), when}
	if s.selecting() {
		from, to := s.selected()
		left = []string{th.Accent.Paint("selected " + s.between(from, to) + ", " + span(from, to)), th.Accent.Paint("selected " + span(from, to))}
	}
	lanes := "by " + s.by
	if n := len(s.seen.lanes.Lanes); n > l.lanes {
		from, to := s.lanes.Window(n, l.lanes)
		lanes += fmt.Sprintf(", %d to %d of %d", from+1, to, n)
	}
	events := fmt.Sprintf("  %d events", s.seen.total)
	hidden := ""
	if s.record != nil && s.record.Evidence > s.seen.total {
		hidden = fmt.Sprintf(", %d hidden", s.record.Evidence-s.seen.total)
	}
	if s.reading {
		lanes = "reading  " + lanes
	}
	right := lanes
	for _, r := range []string{lanes + events, lanes + events + hidden} {
		if cell.Width(r)+cell.Width(left[len(left)-1])+3 <= w {
			right = r
		}
	}
	room := w - 3 - cell.Width(right)
	for len(left) > 1 && cell.Width(left[0]) > room {
		left = left[1:]
	}
	return " " + cell.Fit(left[0], room) + " " + th.Soft.Paint(right) + " "
}

func sum(counts []int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// rule parts the head from the picture, and says what is filtered.
func (s *Screen) rule(th *theme.Theme, w int, filtered bool) string {
	if !filtered {
		return th.Faint.Paint(strings.Repeat(th.Glyph.Line, w))
	}
	text := cell.Cut(evidence.Only(s.query, s.env()), w-6)
	lead := strings.Repeat(th.Glyph.Line, 2) + " "
	return th.Faint.Paint(lead) + th.Warn.Paint(text) + " " + th.Faint.Paint(strings.Repeat(th.Glyph.Line, w-cell.Width(lead)-cell.Width(text)-1))
}

// line is one row of the picture: a name, the columns, a count.
func (s *Screen) line(th *theme.Theme, name string, columns strip, count string, w int) string {
	for from, to := s.selection(); from <= to; from++ {
		columns.ink[from] = th.Column
		if columns.text[from] == " " && from == s.column() {
			columns.text[from] = th.Glyph.Vertical
		}
	}
	return cell.Fit(" "+cell.Fit(name, nameWidth(w))+" "+columns.String()+th.Soft.Paint(cell.Right(count, countWidth-1)), w)
}

// strip is a row of empty columns, with a guide where the impact begins and where it ends.
func (s *Screen) strip(th *theme.Theme) strip {
	row := newStrip(s.win.cols, th.Faint)
	if i := s.impact(); !i.First.IsZero() {
		row.write(s.win.col(i.First), th.Glyph.Vertical, th.Faint)
		row.write(s.win.col(i.Last), th.Glyph.Vertical, th.Faint)
	}
	return row
}

// phaseWords are what people wait for from one key moment to the next.
var phaseWords = map[string]string{"detected": "to detect", "acknowledged": "to acknowledge", "mitigated": "to mitigate", "resolved": "to resolve"}

// phases is the course of the incident as a ruled band, with its words and durations.
func (s *Screen) phases(th *theme.Theme, w int) string {
	row := newStrip(s.win.cols, th.Faint)
	if s.record == nil || s.record.Incident.Started.IsZero() {
		row.write(0, "When did the impact begin? m on the timeline marks the event.", th.Soft)
		return s.line(th, th.Soft.Paint("phases"), row, "", w)
	}
	known := slices.DeleteFunc(s.record.Incident.Moments(), func(m model.Moment) bool {
		return m.At.IsZero() || m.Field == "paged" || m.At.Before(s.record.Incident.Started)
	})
	slices.SortStableFunc(known, func(a, b model.Moment) int { return a.At.Compare(b.At) })
	for i := 1; i < len(known); i++ {
		ink := th.Warn
		if known[i].Field == "resolved" {
			ink = th.Good
		}
		a, b := s.win.col(known[i-1].At), s.win.col(known[i].At)
		for col := max(0, a); col < min(b, s.win.cols); col++ {
			row.write(col, th.Glyph.Line, ink)
		}
		long := model.FormatDuration(known[i].At.Sub(known[i-1].At))
		from, to := max(0, a+1), min(b, s.win.cols)
		for _, text := range []string{" " + phaseWords[known[i].Field] + " " + long + " ", " " + strings.TrimPrefix(phaseWords[known[i].Field], "to ") + " " + long + " ", long} {
			if room := to - from; cell.Width(text) <= room {
				row.write(from+(room-cell.Width(text))/2, text, ink)
				break
			}
		}
		row.write(a, th.Glyph.Vertical, ink)
		row.write(b, th.Glyph.Vertical, ink)
	}
	if len(known) == 1 {
		col, text := s.win.col(known[0].At), th.Glyph.Vertical+" impact began"
		if col < 0 {
			col, text = 0, "impact began at "+s.stamp(known[0].At)
		}
		row.write(col, text, th.Warn)
	}
	return s.line(th, th.Soft.Paint("phases"), row, "", w)
}

// markRow is a row of deploys or of alerts: each a mark, several in one column their number.
func (s *Screen) markRow(th *theme.Theme, i, w int) string {
	glyph, name, ink := th.Glyph.Deploy, "deploys", th.Accent
	if i == 1 {
		glyph, name, ink = th.Glyph.Alert, "alerts", th.Bad
	}
	row := s.strip(th)
	for col, n := range project(s.seen.marks[i].counts, s.seen.win, s.win) {
		switch {
		case n == 1:
			row.write(col, glyph, ink)
		case n > 9:
			row.write(col, "+", ink)
		case n > 1:
			row.write(col, fmt.Sprint(n), ink)
		}
	}
	return s.line(th, ink.Paint(glyph+" "+name), row, fmt.Sprint(s.seen.marks[i].total), w)
}

// leastScale is the number that fills a lane's height at least, so that single events look like what they are.
const leastScale = 4

// laneRows are the lanes that are in sight, each as high as there is room for, to a scale of its own.
func (s *Screen) laneRows(th *theme.Theme, w int, l layout) (lines []string) {
	list := s.seen.lanes.Lanes
	from, to := s.lanes.Window(len(list), l.lanes)
	for i := from; i < to; i++ {
		for range l.gap {
			lines = append(lines, s.line(th, "", s.strip(th), "", w))
		}
		ink := th.SourceStyle(list[i].Name)
		counts := project(list[i].Counts, s.seen.win, s.win)
		most := max(leastScale, slices.Max(counts))
		for high := l.tall - 1; high >= 0; high-- {
			row := s.strip(th)
			for col, n := range counts {
				if b := bar(th.Glyph.Levels, n, most, l.tall, high); b != " " {
					row.write(col, b, ink)
				}
			}
			name, count := "", ""
			if high == 0 {
				name, count = s.laneName(th, i, ink, w), fmt.Sprint(list[i].Total)
			}
			lines = append(lines, s.line(th, name, row, count, w))
		}
	}
	return lines
}

func (s *Screen) laneName(th *theme.Theme, i int, ink theme.Style, w int) string {
	name := cell.Clean(s.seen.lanes.Lanes[i].Name)
	if name == "" {
		name = "(none)"
	}
	name = cell.Cut(name, nameWidth(w)-2)
	if i == s.lanes.At {
		return th.Accent.Paint(th.Glyph.Cursor) + " " + th.Strong.Paint(name)
	}
	return "  " + ink.Paint(name)
}

// silences are those of the impact, unless a filter makes silence where there is none.
func (s *Screen) silences(filtered bool) []model.Span {
	if filtered {
		return nil
	}
	return s.seen.lanes.Silences(s.impact())
}

// silenceRow draws where nothing was heard while the impact was on, and for how long.
func (s *Screen) silenceRow(th *theme.Theme, w int, filtered bool) string {
	row, list := s.strip(th), s.silences(filtered)
	for _, gap := range list {
		a, b := max(0, s.win.col(gap.First)+1), min(s.win.col(gap.Last), s.win.cols)
		for col := a; col < b; col++ {
			row.write(col, th.Glyph.Gap, th.Warn)
		}
		if text := " " + span(gap.First, gap.Last) + " "; cell.Width(text) <= b-a {
			row.write(a+(b-a-cell.Width(text))/2, text, th.Warn)
		}
	}
	name, count := "", ""
	if len(list) > 0 {
		name, count = th.Warn.Paint(th.Glyph.Gap+" silence"), fmt.Sprint(len(list))
	}
	return s.line(th, name, row, count, w)
}

// axis names the times, in the zone of the incident.
func (s *Screen) axis(th *theme.Theme, w int, l layout) (lines []string) {
	zone := s.zone()
	rule, labels := newStrip(s.win.cols, th.Faint), newStrip(s.win.cols+countWidth-1, th.Soft)
	for col := range s.win.cols {
		rule.write(col, th.Glyph.Line, th.Faint)
	}
	for _, t := range ticks(s.win, zone, countWidth-1) {
		rule.write(t.col, th.Glyph.Tick, th.Faint)
		labels.write(t.col, t.label, th.Soft)
	}
	for from, to := s.selection(); from <= to; from++ { // where there are no colours these tell
		if s.selecting() {
			rule.write(from, th.Glyph.Span, th.Accent)
		}
	}
	rule.write(s.column(), th.Glyph.Pointer, th.Accent)
	if l.axis > 1 {
		lines = append(lines, s.line(th, "", rule, "", w))
	}
	return append(lines, cell.Fit(cell.Space(nameWidth(w)+2)+labels.String(), w))
}
