package timeline

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/evidence"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// stripRows are the lines over the list: the strip of density and the course.
const stripRows = 2

// stripSlices is how finely the strip is counted: finer than any screen, so that another width needs no
// other count.
const stripSlices = 840

func (s *Screen) listHeight() int { return max(1, s.h-stripRows) }

// listWidth leaves a third for the details where there is room for them.
func (s *Screen) listWidth() int {
	if s.w < 110 {
		return s.w
	}
	return s.w - min(64, s.w*2/5)
}

// View draws the strip, the list and the details in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.Err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The timeline could not be read", s.Err.Error()))
	case !s.Ready:
		return widget.Text(widget.Nothing(th, w, h, "Reading the timeline"))
	case s.Page.Total == 0 && s.unfiltered() == "":
		return widget.Text(widget.Nothing(th, w, h, "Nothing matches the filter", "A shows everything again, / changes the words."))
	case s.Page.Total == 0:
		return widget.Text(s.empty(th, w, h))
	}
	body := h - stripRows
	lines := s.head(th, w)
	list := s.listWidth()
	switch {
	case s.detail && list == w:
		lines = append(lines, s.form.View(th, w, body)...)
	case list == w:
		lines = append(lines, s.list(th, w, body)...)
	default:
		lines = append(lines, cell.Beside(s.list(th, list, body), widget.Gutter(th, body), s.side(th, w-list-2, body))...)
	}
	return widget.Text(lines)
}

func (s *Screen) empty(th *theme.Theme, w, h int) []string {
	return widget.Nothing(th, w, h, "No evidence yet",
		"i imports what you have: notes, a chat export, alerts, deploys, logs.",
		"a adds one line: 14:07 @maya p99 at 4 s, believed it was the CDN")
}

// head is the strip of density between its two times, and the course of the incident in one line.
func (s *Screen) head(th *theme.Theme, w int) []string {
	zone := s.zone()
	layout := "15:04"
	switch from, to := s.strip.From.In(zone), s.strip.To.In(zone); {
	case from.Year() != to.Year():
		layout = " 2006"
	case to.Sub(from) > 24*time.Hour:
		layout = "01-02"
	}
	if s.strip.From.IsZero() {
		layout = "" // nothing was read yet
	}
	strip := cell.Space(w - 14)
	if len(s.strip.Counts) > 0 {
		strip = th.Accent.Paint(cell.Fit(bars(th, s.strip.Counts, w-14), w-14))
	}
	first := " " + th.Soft.Paint(cell.Fit(s.strip.From.In(zone).Format(layout), 5)) + " " + strip + " " + th.Soft.Paint(cell.Fit(s.strip.To.In(zone).Format(layout), 5)) + " "
	return []string{cell.Fit(first, w), cell.Fit(" "+s.course(th, w-2), w)}
}

// bars draws counts as w levels; the largest is the full height. A slice that two levels share counts in
// both by its part.
func bars(th *theme.Theme, counts []int, w int) string {
	heights := make([]float64, w)
	step := float64(w) / float64(len(counts))
	for i, c := range counts {
		for at, end := float64(i)*step, float64(i+1)*step; c > 0 && at < end; {
			next := min(end, float64(int(at)+1))
			if next <= at {
				break
			}
			heights[min(w-1, int(at))] += float64(c) * (next - at) / step
			at = next
		}
	}
	most := slices.Max(heights)
	top := len(th.Glyph.Levels) - 1
	var b strings.Builder
	for _, h := range heights {
		level := 0
		if h > 0 {
			level = max(1, int(h*float64(top)/most))
		}
		b.WriteString(th.Glyph.Levels[level])
	}
	return b.String()
}

// course is the filter in force, or the key moments with the time they took.
func (s *Screen) course(th *theme.Theme, w int) string {
	total := fmt.Sprintf("%d of %d", s.At+1, s.Page.Total)
	if s.record != nil && s.record.Evidence > s.Page.Total {
		total += fmt.Sprintf(", %d hidden", s.record.Evidence-s.Page.Total)
	}
	left := ""
	switch {
	case s.unfiltered() == "":
		left = th.Warn.Paint(cell.Cut(evidence.Only(s.Query, s.env()), w-len(total)-2))
	case s.record != nil:
		var parts []string
		start := s.record.Incident.Started
		for _, m := range s.record.Incident.Moments() {
			switch {
			case m.At.IsZero():
			case m.Field == "started":
				parts = append(parts, "started "+m.At.In(s.zone()).Format("2006-01-02 15:04"))
			case !start.IsZero():
				parts = append(parts, strings.ToLower(m.Label)+" "+model.FormatDuration(m.At.Sub(start)))
			}
		}
		text := strings.Join(parts, " ┆ ")
		if !th.Glyphs {
			text = strings.Join(parts, " | ")
		}
		left = th.Soft.Paint(cell.Cut(text, w-len(total)-2))
	}
	return left + cell.Space(w-cell.Width(left)-len(total)) + th.Soft.Paint(total)
}

// A seen row is one line of the list: an event, or the silence before it.
type seen struct {
	y     int
	event int // index in the page, or -1 for a silence
	gap   time.Duration
}

// visible are the rows that h lines show around the selected event: it stands near the middle unless an
// end of the timeline is in sight.
func (s *Screen) visible(h int) []seen {
	at := s.At - s.Page.Offset
	if at < 0 || at >= len(s.Page.Events) {
		return nil
	}
	from, used := at, 1
	for from > 0 && used+s.lines(from) < h/2+1 {
		used += s.lines(from)
		from--
	}
	tail, last := 0, at
	for last+1 < len(s.Page.Events) && used+tail+s.lines(last+1) <= h {
		last++
		tail += s.lines(last)
	}
	for from > 0 && used+tail+s.lines(from) <= h {
		used += s.lines(from)
		from--
	}
	var rows []seen
	for i := from; i <= last; i++ {
		if gap := s.gap(i); gap > 0 && i > from {
			rows = append(rows, seen{y: len(rows), event: -1, gap: gap})
		}
		rows = append(rows, seen{y: len(rows), event: i})
	}
	return rows
}

// lines is how many lines the event takes with the silence before it.
func (s *Screen) lines(i int) int {
	if s.gap(i) > 0 {
		return 2
	}
	return 1
}

// gap is the silence before an event, if it fell into the impact and is long enough to ask about.
func (s *Screen) gap(i int) time.Duration {
	if i == 0 || s.record == nil || s.unfiltered() == "" {
		return 0
	}
	return s.record.Incident.ImpactSpan().Silence(s.Page.Events[i-1].At, s.Page.Events[i].At)
}

func (s *Screen) list(th *theme.Theme, w, h int) []string {
	var lines []string
	for _, r := range s.visible(h) {
		if r.event < 0 {
			text := " " + model.FormatDuration(r.gap) + " of silence "
			lines = append(lines, cell.Fit(cell.Space(13)+th.Warn.Paint(strings.Repeat(th.Glyph.Gap, 2)+text+strings.Repeat(th.Glyph.Gap, 2)), w))
			continue
		}
		lines = append(lines, s.row(th, s.Page.Events[r.event], s.Page.Offset+r.event == s.At, w))
	}
	return cell.Block(lines, w, h)
}

// part is the role that an event was given; until then, what kind of line it is.
func (s *Screen) part(e model.Event) string {
	if e.Role == "" {
		return cell.Clean(e.Kind)
	}
	return strings.ToLower(s.desk.Word("event_role", e.Role))
}

// row is one event: time, role or kind, source, text, and the marks of what is noted on it.
func (s *Screen) row(th *theme.Theme, e model.Event, here bool, w int) string {
	mark := " "
	if here {
		mark = th.Glyph.Cursor
	}
	clock := s.clock.Write(e)
	kind := cell.Fit(s.part(e), 9)
	source := ""
	if w >= 72 && s.Several() {
		source = cell.Fit(cell.Clean(e.Source), 10) + " "
	}
	marks := s.marks(th, e)
	who := evidence.Who(e, max(8, w/6))
	room := w - 1 - s.clock.Width() - 10 - cell.Width(source) - cell.Width(marks) - 1
	text := cell.Fit(who+cell.Clean(e.Title), room)
	if here {
		return th.Select.Paint(cell.Fit(mark+clock+kind+" "+source+text+" "+marks, w))
	}
	ink := th.Text
	if e.Noise || e.Housekeeping || e.MergedInto != "" {
		ink = th.Soft
	}
	partInk := th.Soft
	if e.Role != "" {
		partInk = ink
	}
	return cell.Fit(mark+th.Soft.Paint(clock)+partInk.Paint(kind)+" "+th.SourceStyle(e.Source).Paint(source)+ink.Paint(text)+" "+th.Accent.Paint(marks), w)
}

// marks tell what is noted on an event: the key moment, and s b d w for what is filled in.
func (s *Screen) marks(th *theme.Theme, e model.Event) string {
	out := evidence.Notes(th, e)
	if e.Merged > 0 {
		out += fmt.Sprintf(" +%d", e.Merged)
	}
	if e.Noise {
		out += " noise"
	}
	return strings.TrimSpace(out)
}

// side is the detail pane: a form when it has the keys, else a page to read.
func (s *Screen) side(th *theme.Theme, w, h int) []string {
	if s.detail {
		return s.form.View(th, w, h)
	}
	e, ok := s.Here()
	if !ok {
		return cell.Block(nil, w, h)
	}
	head := s.clock.Write(e) + th.SourceStyle(e.Source).Paint(cell.Clean(e.Source))
	if e.Actor != "" {
		head += "  @" + cell.Clean(strings.TrimPrefix(e.Actor, "@"))
	}
	if e.Role != "" {
		head += "  " + strings.ToLower(s.desk.Word("event_role", e.Role))
	}
	lines := []string{th.Soft.Paint(strings.TrimSpace(head)), ""}
	for _, l := range cell.Wrap(cell.Clean(e.Title), w) {
		lines = append(lines, th.Strong.Paint(l))
	}
	lines = append(lines, "")
	for _, n := range []struct{ label, text string }{{"signals", e.Signals}, {"believed", e.Belief}, {"decided", e.Decision}, {"why", e.Why}, {"details", e.Body}} {
		if n.text == "" {
			continue
		}
		for i, l := range cell.Wrap(cell.CleanText(n.text), w-11) {
			label := n.label
			if i > 0 {
				label = ""
			}
			lines = append(lines, th.Soft.Paint(cell.Fit(label, 10))+" "+th.Text.Paint(l))
		}
	}
	if !e.OriginalAt.IsZero() {
		lines = append(lines, "", th.Soft.Paint("was "+e.OriginalAt.In(s.zone()).Format("15:04:05")+"  "+cell.Clean(e.Reason)))
	}
	return cell.Block(lines, w, h)
}
