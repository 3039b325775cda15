package evidence

import (
	"slices"
	"time"

	"aftermath/model"
	"aftermath/ui/cell"
)

// A Clock writes the times of a list: with as much of a date as what is held needs, and as exactly as each
// time is known.
type Clock struct {
	Zone  *time.Location
	start time.Time // when the impact started: times of that day need no date
	years bool      // some of it fell in another year than the start, or nobody has said when that was
	days  bool      // some of it fell on another day than the start
}

// ClockOf measures how much of a date the events of a list need.
func ClockOf(zone *time.Location, r *model.Record, events []model.Event) Clock {
	c := Clock{Zone: zone}
	if r != nil {
		c.start = r.Incident.Started
	}
	c.days = slices.ContainsFunc(events, func(e model.Event) bool { return !c.sameDay(e.At) })
	c.years = slices.ContainsFunc(events, func(e model.Event) bool { return !c.sameYear(e.At) })
	return c
}

// Width is how many cells every time takes.
func (c Clock) Width() int {
	switch {
	case c.years:
		return 18
	case c.days:
		return 13
	}
	return 10
}

// Write is the time as exactly as it is known, with a mark when it was corrected.
func (c Clock) Write(e model.Event) string {
	layout := "15:04:05"
	at := e.At.In(c.Zone)
	lead := " "
	switch e.Precision {
	case "minute":
		layout = "15:04"
	case "hour", "about":
		layout, lead = "15:04", "~"
	case "day":
		layout = "all day"
	}
	text := at.Format(layout)
	switch {
	case c.years:
		text = at.Format("2006-01-02 15:04")
	case !c.sameDay(e.At):
		text = at.Format("01-02 15:04")
	}
	if !e.OriginalAt.IsZero() {
		lead = "*"
	}
	return cell.Fit(lead+text, c.Width())
}

// Span is from when to when something lasted, as far as people need it.
func (c Clock) Span(from, to time.Time) string {
	layout := "15:04"
	switch {
	case !c.sameYear(from) || !c.sameYear(to):
		layout = "2006-01-02 15:04"
	case !c.sameDay(from) || !c.sameDay(to):
		layout = "01-02 15:04"
	}
	a, b := from.In(c.Zone).Format(layout), to.In(c.Zone).Format(layout)
	if a == b {
		return "at " + a
	}
	return a + " to " + b
}

// sameYear reports whether a time needs no year beside it.
func (c Clock) sameYear(at time.Time) bool {
	return !c.start.IsZero() && at.In(c.Zone).Year() == c.start.In(c.Zone).Year()
}

// sameDay tells whether a time needs no date beside it: it fell on the day on which the impact started.
func (c Clock) sameDay(at time.Time) bool {
	if c.start.IsZero() {
		return false
	}
	a, b := at.In(c.Zone), c.start.In(c.Zone)
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}
