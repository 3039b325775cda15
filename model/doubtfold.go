package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// foldSeen is what is kept of the lines of one source that lie in an hour that clocks showed twice.
type foldSeen struct {
	zone   *time.Location
	from   time.Time // bounds of the offset in force, so that they are looked up once
	to     time.Time
	before int // seconds east of UTC before from, in force, and after to
	now    int
	after  int

	first, second []Told
	skipped       []Told
}

// mostFolded is how many lines a fix moves one by one.
const mostFolded = 500

// addFold looks for times that clocks showed twice, where the line does not say which of the two it means, and
// for times that they left out.
func (d *Doubter) addFold(e *Event) {
	name, read := strings.CutPrefix(e.ZoneSource, "told: ")
	if !read {
		if e.ZoneSource != "typed" || d.incident.Zone == "" {
			return
		}
		name = d.incident.Zone
	}
	if e.Reason != "" || d.corrected(e) {
		return
	}
	f := d.folds[e.Source+"\x00"+name]
	if f == nil {
		f = &foldSeen{}
		if z, err := time.LoadLocation(name); err == nil {
			f.zone = z
		}
		d.folds[e.Source+"\x00"+name] = f
	}
	switch at := f.look(e.At); {
	case at < 0 && len(f.first) <= mostFolded:
		f.first = append(f.first, told(e))
	case at > 0 && len(f.second) <= mostFolded:
		f.second = append(f.second, told(e))
	case at == 0 && f.leftOut(e) && len(f.skipped) <= mostFolded:
		f.skipped = append(f.skipped, told(e))
	}
}

// leftOut tells whether the source wrote a time that clocks in the zone did not show, because they were put
// forward over it. Such a line was read by the time that was in force before.
func (f *foldSeen) leftOut(e *Event) bool {
	forward := time.Duration(f.now-f.before) * time.Second
	if f.zone == nil || forward <= 0 || e.TimeText == "" || e.At.Sub(f.from) >= forward {
		return false
	}
	written := e.At.In(time.FixedZone("", f.before))
	return !strings.Contains(e.TimeText, e.At.In(f.zone).Format("15:04")) && strings.Contains(e.TimeText, written.Format("15:04"))
}

// look tells whether clocks showed a time twice: -1 when this is the first time, 1 when it is the second.
func (f *foldSeen) look(at time.Time) int {
	if f.zone == nil {
		return 0
	}
	if f.to.IsZero() && f.from.IsZero() || !f.to.IsZero() && !at.Before(f.to) || at.Before(f.from) {
		f.from, f.to = at.In(f.zone).ZoneBounds()
		_, f.now = at.In(f.zone).Zone()
		f.before, f.after = f.now, f.now
		if !f.from.IsZero() {
			_, f.before = f.from.Add(-time.Second).In(f.zone).Zone()
		}
		if !f.to.IsZero() {
			_, f.after = f.to.In(f.zone).Zone()
		}
	}
	switch back := time.Duration(f.now-f.after) * time.Second; {
	case back > 0 && f.to.Sub(at) <= back:
		return -1
	case f.before > f.now && at.Sub(f.from) < time.Duration(f.before-f.now)*time.Second:
		return 1
	}
	return 0
}

// foldDoubts ask about them, unless a source has lines in both hours: then their order has told them apart.
func (d *Doubter) foldDoubts() (found []Doubt) {
	for _, name := range slices.Sorted(maps.Keys(d.folds)) {
		f := d.folds[name]
		source, _, _ := strings.Cut(name, "\x00")
		if len(f.skipped) > 0 {
			found = append(found, f.skippedDoubt(source))
		}
		lines, by, now := f.first, time.Hour, "the first"
		if len(lines) == 0 {
			lines, by, now = f.second, -time.Hour, "the second"
		}
		if len(lines) == 0 || len(f.first) > 0 && len(f.second) > 0 {
			continue
		}
		by = time.Duration(cmp.Or(f.now-f.after, f.before-f.now)) * time.Second
		if now == "the second" {
			by = -time.Duration(f.before-f.now) * time.Second
		}
		x := Doubt{Kind: DoubtFold, About: source + " " + f.zone.String() + " " + lines[0].At.In(f.zone).Format(time.DateOnly), Source: source, Where: []ID{lines[0].ID}, at: lines[0].At,
			What:     fmt.Sprintf("%s in an hour that clocks in %s showed twice on %s; %s is taken.", linesOf(len(lines), source, "lie"), f.zone, lines[0].At.In(f.zone).Format("2 January 2006"), now),
			Question: "Was that before or after the clocks were put back?"}
		x.Fixes = eachMoved("take the other hour", lines, by, "clocks showed this time twice")
		found = append(found, x)
	}
	return found
}

// skippedDoubt asks about the lines of a source in an hour that no clock showed: either that clock was not put
// forward, and they are right as read, or it was put forward early.
func (f *foldSeen) skippedDoubt(source string) Doubt {
	first := f.skipped[0]
	_, after := first.At.In(f.zone).Zone()
	start, _ := first.At.In(f.zone).ZoneBounds()
	_, before := start.Add(-time.Second).In(f.zone).Zone()
	forward := time.Duration(after-before) * time.Second
	read := first.At.In(f.zone)
	return Doubt{Kind: DoubtSkipped, About: source + " " + f.zone.String() + " " + read.Format(time.DateOnly), Source: source, Where: []ID{first.ID}, at: first.At,
		What: fmt.Sprintf("%s in an hour that clocks in %s left out on %s; %s is read as %s.", linesOf(len(f.skipped), source, "lie"), f.zone,
			read.Format("2 January 2006"), first.At.In(time.FixedZone("", before)).Format("15:04"), read.Format("15:04")),
		Question: "Was that clock put forward an hour late, or an hour early?",
		Fixes:    eachMoved("take the hour before", f.skipped, -forward, "clocks left this time out")}
}

// eachMoved moves lines one by one; of too many lines there is no fix.
func eachMoved(label string, lines []Told, by time.Duration, reason string) []Fix {
	if len(lines) > mostFolded {
		return nil
	}
	fix := Fix{Label: label, Events: len(lines), Gesture: Gesture{Label: label}}
	for i, t := range lines {
		if i < mostShown {
			fix.Moves = append(fix.Moves, moved(t, t.At.Add(by)))
		}
		fix.Gesture = fix.Gesture.Set(TypeEvent, t.ID, "at", FormatTime(t.At.Add(by))).Set(TypeEvent, t.ID, "reason", reason)
	}
	return []Fix{fix}
}
