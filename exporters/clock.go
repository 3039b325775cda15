package exporters

import (
	"time"

	"aftermath/model"
)

// A clock writes instants in the document's zone, with the day only where a document spans several.
type clock struct {
	zone *time.Location
	days bool
}

func newClock(zone *time.Location, i model.Incident, body []model.Event) clock {
	c := clock{zone: zone}
	day := ""
	see := func(t time.Time) {
		if t.IsZero() {
			return
		}
		d := t.In(zone).Format(time.DateOnly)
		c.days = c.days || day != "" && d != day
		day = d
	}
	for _, m := range i.Moments() {
		see(m.At)
	}
	for _, e := range body {
		see(e.At)
	}
	return c
}

// event is when an event was, as exactly as is known: "14:07", "about 14:07", "14:07 to 14:20".
func (c clock) event(e model.Event) string {
	s := c.at(e.At, e.Precision)
	if !e.End.IsZero() && e.End.After(e.At) {
		s += " to " + c.timeOfDay(e.End, e.Precision)
	}
	return s
}

func (c clock) at(t time.Time, p model.Precision) string {
	if p == "day" {
		return t.In(c.zone).Format("2 January 2006")
	}
	s := c.timeOfDay(t, p)
	if c.days {
		s = t.In(c.zone).Format("2 Jan ") + s
	}
	if p == "about" || p == "hour" {
		s = "about " + s
	}
	return s
}

func (c clock) timeOfDay(t time.Time, p model.Precision) string {
	layout := "15:04:05"
	if p == "minute" || p == "about" || p == "hour" || p == "" && t.Second() == 0 {
		layout = "15:04"
	}
	return t.In(c.zone).Format(layout)
}

// moment is a key moment: minutes are enough, and the full day where there are several.
func (c clock) moment(t time.Time) string { return c.at(t, "") }

func (c clock) day(t time.Time) string { return t.In(c.zone).Format("2 January 2006") }

// stamp is when something was done to the record.
func (c clock) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(c.zone).Format("2006-01-02 15:04")
}

// name is the zone as readers know it, with its offset at the time of the incident.
func (c clock) name(t time.Time) string {
	name := c.zone.String()
	offset := t.In(c.zone).Format("-07:00")
	if name == "UTC" || name == offset {
		return name
	}
	return name + " (UTC" + offset + ")"
}
