package picture

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/evidence"
	"aftermath/ui/theme"
)

// span is how long it is from one time to another, in words.
func span(from, to time.Time) string { return model.FormatDuration(to.Sub(from)) }

// clock is the layout of single times: as exact as a column is.
func (s *Screen) clock() string {
	switch {
	case s.win.step < time.Second:
		return "15:04:05.0"
	case s.win.step < time.Minute:
		return "15:04:05"
	}
	return "15:04"
}

// stamp writes a time, with its day where the window holds more than one.
func (s *Screen) stamp(t time.Time) string { return s.write(t, s.clock()) }

// minute does so to the minute, for what takes minutes.
func (s *Screen) minute(t time.Time) string { return s.write(t, "15:04") }

func (s *Screen) write(t time.Time, layout string) string {
	zone := s.zone()
	a, b := s.win.from.In(zone), s.win.end().Add(-1).In(zone)
	switch {
	case a.Year() != b.Year():
		layout = "2 Jan 2006 " + layout
	case a.YearDay() != b.YearDay():
		layout = "2 Jan " + layout
	}
	return t.In(zone).Format(layout)
}

// between writes from when to when, with the days and the year.
func (s *Screen) between(from, to time.Time) string {
	zone := s.zone()
	a, b := from.In(zone), to.In(zone)
	dash := " – "
	switch {
	case a.Year() != b.Year():
		return a.Format("2 Jan 2006 15:04") + dash + b.Format("2 Jan 2006 15:04")
	case a.YearDay() != b.YearDay():
		return a.Format("Mon 2 Jan 15:04") + dash + b.Format("Mon 2 Jan 15:04 2006")
	}
	return a.Format("Mon 2 Jan 2006 ") + a.Format(s.clock()) + dash + b.Format(s.clock())
}

// words say what stands out: bursts, and silences while the impact was on, the strongest first.
func (s *Screen) words(th *theme.Theme, w, rows int, filtered bool) []string {
	times := "× "
	if !th.Glyphs {
		times = "x "
	}
	var bursts, silences []string
	for _, b := range s.seen.bursts {
		bursts = append(bursts, th.Warn.Paint(times+fmt.Sprint(b.Count))+th.Text.Paint(fmt.Sprintf(" in %s %s at %s", long(b.Length), s.whose(b.Lane), s.stamp(b.From))))
	}
	quiet := slices.SortedStableFunc(slices.Values(s.silences(filtered)), func(a, b model.Span) int { return int(b.Last.Sub(b.First) - a.Last.Sub(a.First)) })
	for _, q := range quiet {
		silences = append(silences, th.Warn.Paint(th.Glyph.Gap+" "+span(q.First, q.Last))+th.Text.Paint(fmt.Sprintf(" of silence from %s to %s", s.minute(q.First), s.minute(q.Last))))
	}
	var items []string
	for i := range max(len(bursts), len(silences)) {
		items = append(items, bursts[min(i, len(bursts)):min(i+1, len(bursts))]...)
		items = append(items, silences[min(i, len(silences)):min(i+1, len(silences))]...)
	}
	if len(items) == 0 {
		text := "No burst in sight"
		if !filtered && !s.impact().First.IsZero() {
			text += ", and no silence while the impact was on"
		}
		items = []string{th.Soft.Paint(text + ".")}
	}
	lines, line := []string{}, ""
	for _, item := range items {
		switch wide := cell.Width(line) + cell.Width(item) + 3; {
		case line == "":
			line = item
		case wide <= w-2:
			line += "   " + item
		case len(lines) == rows-1:
			continue
		default:
			lines, line = append(lines, line), item
		}
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = " " + cell.Cut(lines[i], w-2)
	}
	return lines
}

// long is how long a burst took, as people say it.
func long(d time.Duration) string {
	switch {
	case d == time.Minute:
		return "a minute"
	case d < 10*time.Second:
		return fmt.Sprintf("%gs", d.Seconds())
	}
	return model.FormatDuration(d)
}

// whose says which lane something is of.
func (s *Screen) whose(lane string) string {
	if lane = cell.Clean(lane); lane == "" {
		lane = "(none)"
	}
	switch s.seen.by {
	case "source":
		return "from " + lane
	case "kind":
		return "of kind " + lane
	}
	return "of " + lane
}

// detail says what the cursor is on, or what is selected: how many of each lane, and the titles of the marks.
func (s *Screen) detail(th *theme.Theme, w, rows int) []string {
	from, to := s.selection()
	var parts []string
	for _, lane := range s.seen.lanes.Lanes {
		if n := sum(project(lane.Counts, s.seen.win, s.win)[from : to+1]); n > 0 {
			name := cell.Clean(lane.Name)
			if name == "" {
				name = "(none)"
			}
			parts = append(parts, fmt.Sprintf("%s %d", name, n))
		}
	}
	text := "nothing"
	if len(parts) > 0 {
		text = strings.Join(parts, " · ")
	}
	first := th.Accent.Paint(th.Glyph.Vertical+" "+s.stamp(s.win.at(from))+" – "+s.win.at(to+1).In(s.zone()).Format(s.clock())) + "  "
	lines := []string{first + th.Text.Paint(cell.Cut(text, w-cell.Width(first)-2))}
	lines = append(lines, s.titles(th, w, rows-1, from, to)...)
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return cell.Block(lines, w, rows)
}

// titles are the deploys and alerts of some columns, or else the last one before them.
func (s *Screen) titles(th *theme.Theme, w, rows, from, to int) (lines []string) {
	type mark struct {
		model.Event
		row int
	}
	var here []mark
	var before mark
	count, start, end := 0, s.win.at(from), s.win.at(to+1)
	for i, m := range s.seen.marks {
		count += sum(project(m.counts, s.seen.win, s.win)[from : to+1])
		for _, e := range m.events {
			switch {
			case !e.At.Before(start) && e.At.Before(end):
				here = append(here, mark{e, i})
			case e.At.Before(start) && e.At.After(before.At):
				before = mark{e, i}
			}
		}
	}
	write := func(m mark, tail string) string {
		glyph, ink := th.Glyph.Deploy, th.Accent
		if m.row == 1 {
			glyph, ink = th.Glyph.Alert, th.Bad
		}
		lead := ink.Paint(glyph) + " " + th.Soft.Paint(m.At.In(s.zone()).Format("15:04:05")) + " "
		room := w - 2 - cell.Width(lead) - cell.Width(tail)
		return lead + th.Text.Paint(cell.Cut(evidence.Who(m.Event, 20)+cell.Clean(m.Title), room)) + th.Soft.Paint(tail)
	}
	slices.SortStableFunc(here, func(a, b mark) int { return a.At.Compare(b.At) })
	switch {
	case len(here) == 0 && count == 0 && !before.At.IsZero():
		return []string{write(before, ", "+span(before.At, start)+" before")}
	case len(here) < count:
		return []string{th.Soft.Paint(fmt.Sprintf("%d deploys and alerts; look closer for what each says", count))}
	}
	for i, m := range here {
		if i == rows-1 && len(here) > rows {
			return append(lines, th.Soft.Paint(fmt.Sprintf("  and %d more", len(here)-i)))
		}
		lines = append(lines, write(m, ""))
	}
	return lines
}
