package importers

import (
	"errors"
	"fmt"
	"time"
)

// A clock turns stamps into instants and asks for what they leave open. It never uses the zone of the
// machine, the present, or midnight.
type clock struct {
	run      *run
	file     namedZone // the zone that the file states for all of its times
	dayFirst order
	told     *time.Location // whose name is in toldName
	toldName string
}

// order says how dates like 4/3/2026 are written in a file.
type order int

const (
	orderUnknown order = iota
	orderDayFirst
	orderMonthFirst
	orderMixed
)

var (
	errNoClock   = errors.New("the date has no time of day, and none is filled in")
	errAmbiguous = errors.New("the date can be read with the day or the month first; write it as 2026-03-04")
)

// at is the instant of a stamp and where its zone came from. The error is a *Question when an answer is
// missing; any other error is the reason to refuse the record.
func (c *clock) at(st stamp, line int, text string) (time.Time, string, error) {
	if st.slashed {
		if err := c.orderDate(&st); err != nil {
			return time.Time{}, "", err
		}
	}
	if err := c.fillDate(&st, line, text); err != nil {
		return time.Time{}, "", err
	}
	if !st.timed {
		return time.Time{}, "", errNoClock
	}
	if err := st.check(); err != nil {
		return time.Time{}, "", err
	}
	zone, source, err := c.zone(&st, line, text)
	if err != nil {
		return time.Time{}, "", err
	}
	if st.half != "" {
		c.run.warn("half "+st.half+c.run.fileName(), "%s says %s beside an hour above 12 (%q); it is read as %02d:%02d", c.run.place(line), st.half, oneLine(text), st.hour, st.min)
	}
	if zone == time.UTC {
		return unixUTC(&st), source, nil
	}
	t := time.Date(st.year, time.Month(st.month), st.day, st.hour, st.min, st.sec, st.nsec, zone)
	if source != "data" {
		t = c.season(t, &st, line, text)
	} else if z, named := zoneWords[zone.String()]; named && z.location == zone && z.region != "" {
		c.contradiction(z, t)
	}
	return t.UTC(), source, nil
}

// unixUTC is time.Date for UTC without its detours; every row of a log passes here.
func unixUTC(st *stamp) time.Time {
	y, m := int64(st.year), int64(st.month)
	if m <= 2 {
		y, m = y-1, m+12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + int64(st.day) - 1
	days := era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
	return time.Unix(days*86400+int64(st.hour)*3600+int64(st.min)*60+int64(st.sec), int64(st.nsec)).UTC()
}

// orderDate puts the day and the month of a slashed date in their places.
func (c *clock) orderDate(st *stamp) error {
	if st.dayFirst || st.day > 12 { // decided by the number itself
		return nil
	}
	switch c.dayFirst {
	case orderDayFirst:
	case orderMonthFirst:
		st.day, st.month = st.month, st.day
	default:
		if st.day != st.month {
			return errAmbiguous
		}
	}
	return nil
}

// fillDate completes a stamp without a year or a date from the answers.
func (c *clock) fillDate(st *stamp, line int, text string) error {
	opt := c.run.opt
	if st.month == 0 {
		if opt.Date.IsZero() {
			return c.ask(NeedDate, line, text, "has no date")
		}
		var m time.Month
		st.year, m, st.day = opt.Date.Date()
		st.month = int(m)
	}
	if st.year == 0 {
		switch {
		case opt.Year != 0:
			st.year = opt.Year
		case !opt.Date.IsZero():
			st.year = nearestYear(opt.Date, st.month, st.day)
		default:
			return c.ask(NeedYear, line, text, "has no year")
		}
	}
	return nil
}

// nearestYear is the year in which the day lies nearest to date.
func nearestYear(date time.Time, month, day int) int {
	best, gap := date.Year(), time.Duration(1<<62)
	for y := date.Year() - 1; y <= date.Year()+1; y++ {
		if d := time.Date(y, time.Month(month), day, 0, 0, 0, 0, time.UTC).Sub(date).Abs(); d < gap {
			best, gap = y, d
		}
	}
	return best
}

// zone is the zone of a stamp: the one beside it, else the one that the file states, else the one that
// a person told.
func (c *clock) zone(st *stamp, line int, text string) (*time.Location, string, error) {
	r := c.run
	switch {
	case st.zone != nil:
		return st.zone, "data", nil
	case c.file.location != nil:
		if r.opt.Zone != nil && r.opt.Zone.String() != c.file.location.String() {
			r.warn("told "+r.fileName(), "%s says that its times are in %s, so they are read so and not in %s", r.fileName(), c.file.name, r.opt.Zone)
		}
		r.reading.Zone = "file: " + c.file.name
		return c.file.location, r.reading.Zone, nil
	case r.opt.Zone != nil:
		if c.told != r.opt.Zone {
			c.told, c.toldName = r.opt.Zone, "told: "+r.opt.Zone.String()
			r.reading.Zone = c.toldName
		}
		return r.opt.Zone, c.toldName, nil
	}
	return nil, "", c.ask(NeedZone, line, text, "has no time zone")
}

// season takes the first pass of an hour that the clocks went through twice, and warns of it, of an hour
// that they left out, and of a zone that the season contradicts.
func (c *clock) season(t time.Time, st *stamp, line int, text string) time.Time {
	r := c.run
	if z := c.file; z.region != "" && t.Location() == z.location {
		c.contradiction(z, t)
	}
	if first, twice := firstPass(t); twice {
		r.warn("fold "+r.fileName(), "the clocks went back in the hour of %q (%s); its first pass is taken", oneLine(text), r.place(line))
		return first
	}
	if st.hour < 24 && st.sec < 60 && (t.Hour() != st.hour || t.Minute() != st.min) {
		r.warn("gap "+r.fileName(), "the clocks went forward over %q (%s); it is read as %s", oneLine(text), r.place(line), t.Format("15:04"))
	}
	return t
}

// firstPass says whether the clocks showed the time of t twice, and gives the first of the two instants.
func firstPass(t time.Time) (time.Time, bool) {
	start, end := t.ZoneBounds()
	_, offset := t.Zone()
	if !start.IsZero() {
		_, before := start.Add(-1).Zone()
		if back := time.Duration(before-offset) * time.Second; back > 0 && t.Before(start.Add(back)) {
			return t.Add(-back), true
		}
	}
	if !end.IsZero() {
		_, after := end.Zone()
		if back := time.Duration(offset-after) * time.Second; back > 0 && !t.Before(end.Add(-back)) {
			return t, true
		}
	}
	return t, false
}

// contradiction warns of a zone's abbreviation that was not in force on its day, once for each file.
func (c *clock) contradiction(z namedZone, t time.Time) {
	key := "season " + z.name + c.run.fileName()
	if c.run.told[key] {
		return
	}
	region, err := time.LoadLocation(z.region)
	if err != nil {
		return
	}
	name, offset := t.In(region).Zone()
	if _, written := t.Zone(); offset != written {
		c.run.warn(key, "%s says %s, but on %s it was %s in %s; the times are read as %s (UTC%s)",
			c.run.fileName(), z.name, t.Format("2 January 2006"), name, z.region, z.name, offsetName(written))
	}
}

// ask is the question for what is missing. Of a live source the record is refused: nobody is there to answer.
func (c *clock) ask(need Need, line int, text, why string) error {
	if c.run.in.fetched {
		return plainReason(quote(text) + " " + why)
	}
	q := &Question{Need: need, File: c.run.fileName(), Line: line, Example: excerpt(text), Why: why}
	opt := c.run.opt
	switch {
	case need == NeedYear && !opt.From.IsZero():
		q.Suggestions = []string{fmt.Sprint(opt.From.Year())}
	case need == NeedDate && !opt.From.IsZero():
		q.Suggestions = []string{opt.From.Format(time.DateOnly)}
	}
	return q
}

// check says why a stamp cannot be a time.
func (st *stamp) check() error {
	leap := st.year%4 == 0 && (st.year%100 != 0 || st.year%400 == 0)
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	switch {
	case st.month < 1 || st.month > 12:
		return fmt.Errorf("there is no month %d", st.month)
	case st.year < firstYear || st.year >= lastYear:
		return fmt.Errorf("the year %d is outside %d to %d", st.year, firstYear, lastYear)
	case st.day < 1 || st.day > days[st.month-1] && !(leap && st.month == 2 && st.day == 29):
		return fmt.Errorf("%s %d has no day %d", time.Month(st.month), st.year, st.day)
	case st.hour == 24 && st.min == 0 && st.sec == 0:
		return nil
	case st.hour > 23 || st.min > 59 || st.sec > 60:
		return fmt.Errorf("there is no time %02d:%02d:%02d", st.hour, st.min, st.sec)
	}
	return nil
}

// secondPass settles an hour that the clocks went through twice: a log that steps back within it is in
// the second pass.
func (c *clock) secondPass(at, last time.Time, source string) time.Time {
	zone := c.run.opt.Zone
	if zone == nil || source == "data" || !at.Before(last) || last.Sub(at) > time.Hour {
		return at
	}
	local := at.In(zone)
	if _, twice := firstPass(local); !twice {
		return at
	}
	_, end := local.ZoneBounds()
	_, offset := local.Zone()
	_, after := end.Zone()
	return at.Add(time.Duration(offset-after) * time.Second)
}
