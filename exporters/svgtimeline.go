package exporters

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// The measures of the timeline's drawing, in pixels.
const (
	drawingWidth = 928
	laneLabels   = 118
	laneHeight   = 34
	mostLanes    = 9
	mostDots     = 400
)

// svg draws the phases between the key moments over one lane for each part that lines play.
func (p *picture) svg() string {
	d := p.d
	from, to := p.window()
	if !to.After(from) {
		return ""
	}
	x := func(t time.Time) int {
		span := float64(to.Sub(from))
		at := min(max(float64(t.Sub(from))/span, 0), 1)
		return laneLabels + 8 + int(at*float64(drawingWidth-laneLabels-24))
	}
	var s sketch
	top := p.moments(&s, x)
	phases := top
	top += 34
	lanes := p.lanes()
	bottom := top + len(lanes)*laneHeight
	ticks(&s, x, from, to, bottom, d.clock)
	p.phases(&s, x, phases)
	for n, l := range lanes {
		y := top + n*laneHeight
		if n%2 == 0 {
			s.rect("lane", 0, y, drawingWidth, laneHeight, 3)
		}
		s.word("soft", begins, 8, y+laneHeight/2+4, fitted(l.name, laneLabels-12))
	}
	for _, m := range d.Record.Incident.Moments() {
		if !m.At.IsZero() && shownMoment(m.Field) {
			s.line("moment", x(m.At), phases-4, x(m.At), bottom)
		}
	}
	for n, l := range lanes {
		p.dots(&s, x, l, top+n*laneHeight, from, to)
	}
	return s.finish("timeline", drawingWidth, bottom+24, "Timeline", p.describes())
}

// describes says the same for those who cannot see it; the table after the drawing has every line.
func (p *picture) describes() string {
	var parts []string
	for _, m := range p.d.Record.Incident.Moments() {
		if !m.At.IsZero() {
			parts = append(parts, m.Label+" at "+p.d.clock.moment(m.At))
		}
	}
	parts = append(parts, model.Counted(len(p.d.body), "line")+" on the timeline, told in the table below")
	return strings.Join(parts, "; ") + "."
}

// window is the time that is drawn: the impact with some room around it, or all lines when its ends are
// not known. What lies outside stands at the edge.
func (p *picture) window() (from, to time.Time) {
	i, body := p.d.Record.Incident, p.d.body
	from, to = i.Started, later(i.Resolved, i.Mitigated)
	if len(body) > 0 {
		if from.IsZero() || to.IsZero() {
			from, to = body[0].At, body[len(body)-1].At
		}
		pad := to.Sub(from) * 2 / 5
		first, last := body[0].At, body[len(body)-1].At
		if first.Before(from) {
			from = latest(first, from.Add(-pad))
		}
		if last.After(to) {
			to = earliest(last, to.Add(pad))
		}
	}
	return from, to
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// shownMoment leaves out the moments that the lanes show closely enough.
func shownMoment(field string) bool { return field != "paged" && field != "acknowledged" }

// moments writes the names of the key moments over their lines, in as many rows as keeps them apart.
func (p *picture) moments(s *sketch, x func(time.Time) int) (bottom int) {
	const rowHeight = 17
	var ends3 [4]int
	type placed struct {
		x, row int
		text   string
	}
	var list []placed
	rows := 1
	for _, m := range p.d.Record.Incident.Moments() {
		if m.At.IsZero() || !shownMoment(m.Field) {
			continue
		}
		text := m.Label + " " + p.d.clock.timeOfDay(m.At, "minute")
		half := wide(text)/2 + 8
		at := min(max(x(m.At), half), drawingWidth-half)
		row := 0
		for row < len(ends3)-1 && ends3[row] > at-half {
			row++
		}
		ends3[row] = at + half
		rows = max(rows, row+1)
		list = append(list, placed{at, row, text})
	}
	for _, l := range list {
		s.word("strong", middle, l.x, 12+(rows-1-l.row)*rowHeight, l.text)
	}
	return rows*rowHeight + 8
}

func (p *picture) phases(s *sketch, x func(time.Time) int, y int) {
	i := p.d.Record.Incident
	s.word("soft", begins, 8, y+16, "Phases")
	for _, ph := range []struct {
		class, name string
		from, to    time.Time
	}{{"unseen", "Not seen yet", i.Started, i.Detected}, {"felt", "Until mitigated", later(i.Detected, i.Started), i.Mitigated}, {"after", "Repair", i.Mitigated, i.Resolved}} {
		if ph.from.IsZero() || !ph.to.After(ph.from) {
			continue
		}
		from, to := x(ph.from), x(ph.to)
		s.rect(ph.class, from, y, max(to-from, 2), 22, 3)
		length := model.FormatDuration(ph.to.Sub(ph.from))
		text := ph.name + ", " + length
		if wide(text)+12 > to-from {
			text = length
		}
		if wide(text)+8 <= to-from {
			s.word("small", middle, (from+to)/2, y+15, text)
		}
	}
}

// A lane is the lines of one part.
type lane struct {
	name, class string
	events      []model.Event
}

// lanes are the parts that lines play, in the order of the vocabulary; the smallest share the last one.
func (p *picture) lanes() []lane {
	var list []lane
	index := map[string]int{}
	order := map[string]int{}
	for n, w := range slices.Concat(p.d.Taxonomy["event_role"], p.d.Taxonomy["event_kind"]) {
		if _, known := order[w.Label]; !known {
			order[w.Label] = n + 1
		}
	}
	for _, e := range p.d.body[:min(len(p.d.body), mostDots)] {
		name := p.d.label("event_role", e.Role)
		if name == "" {
			name = p.d.label("event_kind", e.Kind)
		}
		if name == "" {
			name = "Other"
		}
		at, known := index[name]
		if !known {
			at = len(list)
			index[name] = at
			list = append(list, lane{name: name, class: identifier(e.Role)})
		}
		list[at].events = append(list[at].events, e)
	}
	slices.SortStableFunc(list, func(a, b lane) int { return rankOf(order, a.name) - rankOf(order, b.name) })
	if len(list) > mostLanes {
		rest := lane{name: "Other"}
		for _, l := range list[mostLanes-1:] {
			rest.events = append(rest.events, l.events...)
		}
		slices.SortStableFunc(rest.events, func(a, b model.Event) int { return a.At.Compare(b.At) })
		list = append(list[:mostLanes-1], rest)
	}
	return list
}

func rankOf(order map[string]int, name string) int {
	if n := order[name]; n > 0 {
		return n
	}
	return len(order) + 1
}

// dots draws the lines of a lane, each with as much of its words as there is room for up to the next.
func (p *picture) dots(s *sketch, x func(time.Time) int, l lane, y int, from, to time.Time) {
	mid := y + laneHeight/2
	last := -100
	for n, e := range l.events {
		at := x(e.At)
		if n > 0 && at-last < 3 && n < len(l.events)-1 {
			continue // it would hide behind the one before
		}
		over := at // where it ends
		if !e.End.IsZero() && e.End.After(e.At) {
			if over = x(e.End); over-at > 4 {
				s.rect("dot "+l.class, at, mid-2, over-at, 4, 2)
			}
		}
		room := drawingWidth - 8 - over - 10
		if n+1 < len(l.events) {
			room = x(l.events[n+1].At) - over - 20
		}
		when := p.d.clock.event(e)
		if e.At.Before(from) {
			when += ", before what is drawn"
		} else if e.At.After(to) {
			when += ", after what is drawn"
		}
		fmt.Fprintf(&s.b, "<circle class=\"dot %s\" cx=\"%d\" cy=\"%d\" r=\"5\"><title>%s</title></circle>\n", l.class, at, mid, xmlText(when+" "+spaced(e.Title)))
		title := e.Title
		if e.At.Before(from) {
			title = "← " + p.d.clock.timeOfDay(e.At, "minute") + " " + title
		}
		label := fitted(title, room)
		switch {
		case label != "" && (wide(label) > 60 || !strings.HasSuffix(label, "…")):
			s.word("small", begins, over+9, mid+4, label)
		case n == len(l.events)-1 || room < 40:
			if left := fitted(title, at-last-20); n == len(l.events)-1 && left != "" && wide(left) > 60 && at-last > 160 {
				s.word("small", ends, at-9, mid+4, left)
			}
		}
		last = at
		if label != "" {
			last = over + 9 + wide(label)
		}
	}
}

// ticks writes clock times under the drawing, at a step that people count in.
func ticks(s *sketch, x func(time.Time) int, from, to time.Time, bottom int, c clock) {
	step := 24 * time.Hour
	for _, try := range []time.Duration{time.Second, 5 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour,
		2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour} {
		if to.Sub(from)/try <= 10 {
			step = try
			break
		}
	}
	for to.Sub(from)/step > 10 {
		step *= 2
	}
	layout := "15:04"
	switch {
	case step < time.Minute:
		layout = "15:04:05"
	case step >= 24*time.Hour:
		layout = "2 Jan"
	}
	local := from.In(c.zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, c.zone)
	first := midnight.Add((from.Sub(midnight) + step - 1) / step * step)
	for t := first; !t.After(to); t = t.Add(step) {
		s.line("rule", x(t), 34, x(t), bottom+4)
		s.word("soft small", middle, x(t), bottom+18, t.In(c.zone).Format(layout))
	}
}
