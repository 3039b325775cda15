package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// A placed line is where a line stands in its file and in time.
type placedLine struct {
	line int
	Told
	grain time.Duration
}

// A cluster is a run of lines of one import with nothing far from it in time.
type cluster struct {
	count       int
	first, last time.Time
	lines       []Told // the first few
}

// importSeen is what is kept of one import.
type importSeen struct {
	lines    []placedLine // nil when there are too many for a file that people wrote
	long     bool
	clusters []cluster
	scatter  bool // it spans so much that nothing is far from it
	old      int  // lines of a kind that is often old
}

const (
	mostPlaced   = 4096 // of a file that is held against the order of its lines
	mostFiles    = 64   // imports that are looked at
	farOutside   = 7 * 24 * time.Hour
	mostClusters = 8
	fewOutside   = 3
)

func (d *Doubter) addImport(e *Event) {
	if e.Import == "" || d.corrected(e) || e.Reason != "" {
		return
	}
	m := d.imports[e.Import]
	if m == nil {
		if len(d.imports) == mostFiles {
			return
		}
		m = &importSeen{}
		d.imports[e.Import] = m
	}
	if len(m.lines) == mostPlaced {
		m.lines, m.long = nil, true
	}
	if !m.long && e.Line > 0 {
		m.lines = append(m.lines, placedLine{e.Line, told(e), grain(e.Precision)})
	}
	n := len(m.clusters)
	if n == 0 || e.At.Sub(m.clusters[n-1].last) > farOutside {
		if n == mostClusters {
			m.scatter = true
			return
		}
		m.clusters = append(m.clusters, cluster{first: e.At})
		n++
	}
	c := &m.clusters[n-1]
	c.count, c.last = c.count+1, e.At
	if len(c.lines) < fewOutside {
		c.lines = append(c.lines, told(e))
	}
	if slices.Contains([]string{"", "note", "change", "deploy", "status", "decision", "action"}, e.Kind) {
		m.old++
	}
}

// dateDoubts are lines whose date is not that of the lines around them.
func (d *Doubter) dateDoubts() (found []Doubt) {
	for _, id := range slices.Sorted(maps.Keys(d.imports)) {
		m := d.imports[id]
		wrong := m.wrongDates()
		found = append(found, wrong...)
		if len(wrong) == 0 {
			found = append(found, m.outside(d.incident)...)
		}
	}
	return found
}

// A stretch is some lines of a file, from one to before another, without a jump of most of a day.
type stretch struct{ from, to int }

const jump = 18 * time.Hour

// wrongDates finds few lines that stand between lines of another day or year. A file that jumps often is in
// no order of time, and one whose line numbers repeat is several.
func (m *importSeen) wrongDates() (found []Doubt) {
	lines := slices.Clone(m.lines)
	slices.SortStableFunc(lines, func(a, b placedLine) int { return cmp.Compare(a.line, b.line) })
	var runs []stretch
	for i := range lines {
		switch {
		case i > 0 && lines[i].line == lines[i-1].line:
			return nil
		case i == 0 || lines[i].At.Sub(lines[i-1].At).Abs() > jump:
			runs = append(runs, stretch{i, i + 1})
		default:
			runs[len(runs)-1].to++
		}
	}
	if len(runs) > 7 {
		return nil
	}
	for _, ends := range []bool{false, true} { // what stands between two neighbours is sure, and explains its neighbours
		for n, r := range runs {
			size, end := r.to-r.from, n == 0 || n+1 == len(runs)
			if end != ends || len(found) > 0 && ends || size > max(fewOutside, len(lines)/5) || 2*size >= len(lines) {
				continue
			}
			var before, after *placedLine
			if n > 0 {
				before = &lines[r.from-1]
			}
			if n+1 < len(runs) {
				after = &lines[r.to]
			}
			if days, years, ok := datesBy(before, after, lines[r.from:r.to]); ok {
				found = append(found, wrongDate(lines[r.from:r.to], days, years))
			}
		}
	}
	return found
}

// shiftDate moves a time by whole days, or by whole years of the calendar.
func shiftDate(at time.Time, days, years int) time.Time { return at.AddDate(years, 0, days) }

// datesBy finds by how many days, or years, a run has to be moved to stand between its neighbours. At an end
// of the file, where there is one neighbour only, nothing but a whole year is sure enough.
func datesBy(before, after *placedLine, run []placedLine) (days, years int, ok bool) {
	first, last := run[0].At, run[len(run)-1].At
	fits := func(days, years int) bool {
		a, b := shiftDate(first, days, years), shiftDate(last, days, years)
		slack := max(time.Minute, run[0].grain)
		switch {
		case before != nil && after != nil:
			lo, hi := before.At, after.At
			if hi.Before(lo) { // newest first
				lo, hi, a, b = hi, lo, b, a
			}
			return hi.Sub(lo) <= jump && !a.Before(lo.Add(-slack)) && !b.After(hi.Add(slack))
		case before != nil:
			return a.Sub(before.At).Abs() <= jump
		case after != nil:
			return after.At.Sub(b).Abs() <= jump
		}
		return false
	}
	for _, y := range []int{1, -1} {
		if fits(0, y) {
			return 0, y, true
		}
	}
	if before == nil || after == nil {
		return 0, 0, false
	}
	for n := 1; n <= 31; n++ {
		for _, d := range []int{n, -n} {
			if fits(d, 0) {
				return d, 0, true
			}
		}
	}
	return 0, 0, false
}

func wrongDate(run []placedLine, days, years int) Doubt {
	first := run[0]
	what, size := "day", fmt.Sprintf("%d days", max(days, -days))
	switch {
	case years != 0:
		what, size = "year", "a year"
	case days == 1 || days == -1:
		size = "a day"
	}
	which := fmt.Sprintf("Line %d of %s lies", first.line, first.Source)
	if len(run) > 1 {
		which = fmt.Sprintf("Lines %d to %d of %s lie", first.line, run[len(run)-1].line, first.Source)
	}
	x := Doubt{Kind: DoubtDate, About: string(first.ID), Source: first.Source, at: first.At,
		What:     which + " " + size + " from the lines around in the file.",
		Question: "Was the " + what + " mistyped?"}
	fix := Fix{Label: "move it by " + size, Events: len(run), Gesture: Gesture{Label: "correct the " + what}}
	if len(run) > 1 {
		fix.Label = "move them by " + size
	}
	for i, l := range run {
		to := shiftDate(l.At, days, years)
		x.Where = append(x.Where, l.ID)
		if i < mostShown {
			fix.Moves = append(fix.Moves, moved(l.Told, to))
		}
		fix.Gesture = fix.Gesture.Set(TypeEvent, l.ID, "at", FormatTime(to)).Set(TypeEvent, l.ID, "reason", "it stands between lines of another "+what)
	}
	x.Fixes = []Fix{fix}
	return x
}

// outside finds few lines that lie more than a week from all others of their import and from the incident.
// Changes and tickets are often old in earnest, and people tell what came long before, so that among those
// only a year that is off by one counts.
func (m *importSeen) outside(i Incident) (found []Doubt) {
	if m.scatter || len(m.clusters) != 2 {
		return nil
	}
	main := slices.MaxFunc(m.clusters, func(a, b cluster) int { return cmp.Compare(a.count, b.count) })
	for _, c := range m.clusters {
		if c.first.Equal(main.first) || c.count > fewOutside || main.count < 4*c.count || main.count < 4 {
			continue
		}
		if !i.Started.IsZero() && (c.last.After(i.Started.Add(-farOutside)) && c.first.Before(i.Over().Add(farOutside))) {
			continue
		}
		apart := max(main.first.Sub(c.last), c.first.Sub(main.last))
		x := Doubt{Kind: DoubtOutside, About: string(c.lines[0].ID), Source: c.lines[0].Source, Lines: c.lines, at: c.first,
			What:     fmt.Sprintf("%s %s from everything else in the file.", linesOf(c.count, c.lines[0].Source, "lie"), FormatDuration(apart.Round(24*time.Hour))),
			Question: "Is its date right, and does it belong to this incident?"}
		noise := Fix{Label: "set it aside as noise", Events: c.count, Gesture: Gesture{Label: "mark as noise"}}
		for _, y := range []int{1, -1} {
			a, b := shiftDate(c.first, 0, y), shiftDate(c.last, 0, y)
			if a.After(main.first.Add(-12*time.Hour)) && b.Before(main.last.Add(12*time.Hour)) {
				fix := Fix{Label: "move it by a year", Events: c.count, Gesture: Gesture{Label: "correct the year"}}
				for _, t := range c.lines {
					to := shiftDate(t.At, 0, y)
					fix.Moves = append(fix.Moves, moved(t, to))
					fix.Gesture = fix.Gesture.Set(TypeEvent, t.ID, "at", FormatTime(to)).Set(TypeEvent, t.ID, "reason", "everything else in the file is of another year")
				}
				x.Fixes = append(x.Fixes, fix)
			}
		}
		for _, t := range c.lines {
			x.Where = append(x.Where, t.ID)
			noise.Gesture = noise.Gesture.Set(TypeEvent, t.ID, "noise", true)
		}
		if m.old > 0 && len(x.Fixes) == 0 {
			continue
		}
		x.Fixes = append(x.Fixes, noise)
		found = append(found, x)
	}
	return found
}

// addSpan finds an end before its start. After midnight an end may lack its day; else the two were swapped.
func (d *Doubter) addSpan(e *Event) {
	if e.End.IsZero() || !e.End.Before(e.At) || len(d.spans) == mostOfAKind {
		return
	}
	t := told(e)
	x := Doubt{Kind: DoubtSpan, About: string(e.ID), Source: e.Source, Where: []ID{e.ID}, at: e.At,
		What:     fmt.Sprintf("“%s” ends %s before it begins.", CleanLine(t.Title), FormatDuration(e.At.Sub(e.End))),
		Question: "Which of its two times is right?"}
	if next := e.End.AddDate(0, 0, 1); !next.Before(e.At) && next.Sub(e.At) <= 12*time.Hour {
		x.Fixes = append(x.Fixes, Fix{Label: "let it end on the next day", Events: 1, Moves: []Move{{ID: e.ID, Source: e.Source, Title: "end of: " + t.Title, From: e.End, To: next}},
			Gesture: Gesture{Label: "correct an end"}.Set(TypeEvent, e.ID, "end", FormatTime(next)).Set(TypeEvent, e.ID, "reason", "it ended after midnight")})
	}
	swap := Fix{Label: "swap its start and its end", Events: 1, Moves: []Move{moved(t, e.End), {ID: e.ID, Source: e.Source, Title: "end of: " + t.Title, From: e.End, To: e.At}},
		Gesture: Gesture{Label: "swap a start and an end"}.Set(TypeEvent, e.ID, "at", FormatTime(e.End)).Set(TypeEvent, e.ID, "end", FormatTime(e.At)).
			Set(TypeEvent, e.ID, "reason", "its start and its end were swapped")}
	x.Fixes = append(x.Fixes, swap)
	d.spans = append(d.spans, x)
}
