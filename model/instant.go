package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A civil day and time as somebody wrote them, before a zone makes an instant of them.
type civilDay struct{ year, month, day int }

type civilTime struct {
	hour, minute, second, nano int
	precision                  Precision
}

// A typedMoment is an instant as it was read from typed text.
type typedMoment struct {
	at        time.Time // in the zone it was written in
	precision Precision
	fold      string // a sentence when the clock showed this time twice; at is the earlier
	note      string // what was assumed
}

var (
	isoDay   = Pattern(`^(\d{4})-(\d{1,2})-(\d{1,2})`)
	dayFirst = Pattern(`(?i)^(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})\b`)
	dayLast  = Pattern(`(?i)^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})\b`)
	clock    = Pattern(`^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([aApP][mM]| AM| PM| pm)\b)?`)
	offset   = Pattern(`^ ?([+-])(\d{2}):?(\d{2})\b`)
	zulu     = Pattern(`^(?:[Zz]| Z)(\s|$)`)
	zoneWord = Pattern(`^ ?([A-Z]{3,4})\b`)
)

// Offsets in hours of the abbreviations that mean one thing only. Those that mean several are refused.
var zoneHours = map[string]int{
	"UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "JST": 9,
	"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}

var manyZones = map[string]string{"BST": "+01:00", "IST": "+05:30", "CST": "-06:00"}

func fault(reason, remedy string) *Fault {
	return &Fault{Kind: FaultInput, What: "time", Reason: reason, Remedy: remedy}
}

func unreadable(text string) error {
	return fault(quote(text)+" is not a time", "write 14:02, 2026-11-02 14:02 or 2 Nov 2026 14:02")
}

// readMoment reads one instant at the start of text and gives what follows it. Where ranges are
// allowed "14:07-05:00" is one, unless it is written as RFC 3339 has it, with a T.
func readMoment(text string, env Env, ranges bool) (typedMoment, string, error) {
	if day := isoDay().FindString(text); day != "" && strings.HasPrefix(text[len(day):], "T") {
		ranges = false
	}
	text = PlainTime(text)
	day, rest, hasDay, err := readDate(text)
	if err != nil {
		return typedMoment{}, "", err
	}
	if hasDay {
		rest = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(rest, ","), "T"), " ")
	}
	c, rest, err := readClock(rest)
	switch {
	case err != nil:
		return typedMoment{}, "", err
	case c.precision == "" && hasDay:
		return typedMoment{}, "", fault("the time of day is missing", "write it after the day, such as 2026-11-02 14:02")
	case c.precision == "":
		return typedMoment{}, "", unreadable(text)
	}
	note, clocked := "", rest
	zone, rest, err := readZone(rest, env.zone(), func(z *time.Location) time.Time {
		d := day
		if !hasDay {
			d, _ = env.dayOf(c, z)
		}
		at, _, _ := onClock(d, c, z)
		return at
	})
	if ranges && strings.HasPrefix(clocked, "-") {
		zone, rest, err = env.zone(), clocked, nil
	}
	if err != nil {
		return typedMoment{}, "", err
	}
	if !hasDay {
		if env.Day.IsZero() && env.From.IsZero() {
			return typedMoment{}, "", fault("the day is missing", "write it before the time, such as 2026-11-02 14:02")
		}
		day, note = env.dayOf(c, zone)
	}
	at, fold, err := onClock(day, c, zone)
	return typedMoment{at: at, precision: c.precision, fold: fold, note: note}, rest, err
}

// readDate reads a day at the start of text, if there is one.
func readDate(text string) (civilDay, string, bool, error) {
	var d civilDay
	var found string
	if m := isoDay().FindStringSubmatch(text); m != nil {
		d, found = civilDay{number(m[1]), number(m[2]), number(m[3])}, m[0]
	} else if m := dayFirst().FindStringSubmatch(text); m != nil && monthOf(m[2]) > 0 {
		d, found = civilDay{number(m[3]), monthOf(m[2]), number(m[1])}, m[0]
	} else if m := dayLast().FindStringSubmatch(text); m != nil && monthOf(m[1]) > 0 {
		d, found = civilDay{number(m[3]), monthOf(m[1]), number(m[2])}, m[0]
	} else {
		return d, text, false, nil
	}
	return d, text[len(found):], true, d.check()
}

func (d civilDay) check() error {
	if d.year < 1970 || d.year > 2200 {
		return fault(fmt.Sprintf("the year %d lies outside 1970 to 2200", d.year), "check the year")
	}
	if d.month < 1 || d.month > 12 {
		return fault(fmt.Sprintf("there is no month %d", d.month), "write the day as year-month-day, such as 2026-11-02")
	}
	last := time.Date(d.year, time.Month(d.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if d.day < 1 || d.day > last {
		return fault(fmt.Sprintf("%s %d has %d days, not %d", time.Month(d.month), d.year, last, d.day), "check the day")
	}
	return nil
}

// readClock reads a time of day; its precision is empty when there is none.
func readClock(text string) (civilTime, string, error) {
	m := clock().FindStringSubmatch(text)
	if m == nil {
		return civilTime{}, text, nil
	}
	c := civilTime{hour: number(m[1]), minute: number(m[2]), second: number(m[3]), precision: "minute"}
	// "am" after a space is a word in some languages, and so is either after 13:00.
	length := len(m[0])
	switch half := strings.ToLower(strings.TrimSpace(m[5])); {
	case half != "" && (c.hour < 1 || c.hour > 12):
		length -= len(m[5])
	case half != "":
		c.hour = c.hour%12 + map[string]int{"am": 0, "pm": 12}[half]
	}
	switch {
	case c.hour == 24 && c.minute == 0:
		return c, "", fault("a day ends at 23:59", "write 00:00 of the next day")
	case c.hour > 23:
		return c, "", fault(fmt.Sprintf("there is no hour %d", c.hour), "hours go from 00 to 23")
	case c.minute > 59:
		return c, "", fault(fmt.Sprintf("there is no minute %d", c.minute), "minutes go from 00 to 59")
	case c.second > 59:
		return c, "", fault(fmt.Sprintf("there is no second %d", c.second), "seconds go from 00 to 59")
	}
	if m[3] != "" {
		c.precision = "s"
	}
	if m[4] != "" {
		c.nano = number((m[4] + "000000000")[:9])
		c.precision = "ms"
		if len(m[4]) > 3 {
			c.precision = "ns"
		}
	}
	return c, text[length:], nil
}

// readZone reads an offset or an abbreviation after a time; at gives the instant in a zone, because
// what an abbreviation means can depend on the day.
func readZone(text string, zone *time.Location, at func(*time.Location) time.Time) (*time.Location, string, error) {
	if m := offset().FindStringSubmatch(text); m != nil {
		h, min := number(m[2]), number(m[3])
		if h > 14 || min > 59 {
			return zone, "", fault("no zone has the offset "+m[1]+m[2]+":"+m[3], "offsets go from -12:00 to +14:00")
		}
		seconds := h*3600 + min*60
		if m[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone(m[1]+m[2]+":"+m[3], seconds), text[len(m[0]):], nil
	}
	if m := zulu().FindString(text); m != "" {
		return time.UTC, text[len(strings.TrimRight(m, " \t\n")):], nil
	}
	m := zoneWord().FindStringSubmatch(text)
	if m == nil {
		return zone, text, nil
	}
	rest := text[len(m[0]):]
	if name, _ := at(zone).Zone(); name == m[1] {
		return zone, rest, nil
	}
	if h, ok := zoneHours[m[1]]; ok {
		return time.FixedZone(m[1], h*3600), rest, nil
	}
	if like, ok := manyZones[m[1]]; ok {
		return zone, "", fault(m[1]+" names more than one time zone", "write the offset, such as "+like)
	}
	return zone, text, nil
}

// dayOf is the day that a time without one falls on: Env.Day, unless the incident's start shows that
// midnight lies between. Up to six hours before the start count as before it, since what led to an
// incident comes first.
func (e Env) dayOf(c civilTime, zone *time.Location) (civilDay, string) {
	base := e.Day
	if base.IsZero() {
		base = e.From
	}
	d := civilOf(base.In(zone))
	if e.From.IsZero() || d != civilOf(e.From.In(zone)) {
		return d, ""
	}
	at := time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, c.second, c.nano, zone)
	since := at.Sub(e.From)
	switch {
	case since < -6*time.Hour:
		at = at.AddDate(0, 0, 1)
	case since > 18*time.Hour:
		at = at.AddDate(0, 0, -1)
	default:
		return d, ""
	}
	return civilOf(at), fmt.Sprintf("%02d:%02d was read as %s, the nearest to the start of the incident.",
		c.hour, c.minute, at.Format("2 January 2006"))
}

func civilOf(t time.Time) civilDay { return civilDay{t.Year(), int(t.Month()), t.Day()} }

// onClock is the instant at which clocks in zone showed that time. Where they were put back and
// showed it twice it is the earlier one, and fold says so; where they were put forward and skipped
// it, it is refused.
func onClock(d civilDay, c civilTime, zone *time.Location) (at time.Time, fold string, err error) {
	utc := time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, c.second, c.nano, time.UTC)
	var found []time.Time
	for _, near := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		_, seconds := utc.Add(near).In(zone).Zone()
		t := utc.Add(-time.Duration(seconds) * time.Second).In(zone)
		same := t.Hour() == c.hour && t.Minute() == c.minute && civilOf(t) == d
		if same && (len(found) == 0 || !found[0].Equal(t)) {
			found = append(found, t)
		}
	}
	shown := fmt.Sprintf("%02d:%02d on %s", c.hour, c.minute, utc.Format("2 January 2006"))
	switch len(found) {
	case 0:
		return utc, "", fault("clocks in "+zone.String()+" never showed "+shown+", when they were put forward",
			"check the time, or write the offset after it")
	case 1:
		return found[0], "", nil
	}
	if found[1].Before(found[0]) {
		found[0], found[1] = found[1], found[0]
	}
	return found[0], "clocks in " + zone.String() + " showed " + shown + " twice, at " +
		found[0].Format("-07:00") + " and at " + found[1].Format("-07:00"), nil
}

// monthOf is the number of a month that is written out or cut short.
func monthOf(word string) int {
	for m := time.January; m <= time.December; m++ {
		if len(word) >= 3 && hasPrefixFold(m.String(), word) {
			return int(m)
		}
	}
	return MonthNamed(word)
}

// number reads digits that a pattern has let through; no digits are 0.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
