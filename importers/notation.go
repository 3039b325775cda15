package importers

import (
	"strings"
	"time"

	"aftermath/model"
)

var (
	weekday  = model.Pattern(`^(?i)(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*(?:the\s+)?`)
	monthDay = model.Pattern(`^(?i)([a-zä]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{4})\b)?`)
	// Jun 14:03 is a month and a time, not the fourteenth.
	monthBeforeClock = model.Pattern(`^[A-Za-z]{3,9}\.?\s+\d{1,2}:\d`)
	dayMonth         = model.Pattern(`^(?i)(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+(?:of\s+)?([a-zä]{3,9})\b\.?(?:[\s,-]+(\d{4})\b)?`)
	shortDate        = model.Pattern(`^(\d{2})-(\d{2})\b`)
	military         = model.Pattern(`^([01]\d|2[0-4])([0-5]\d)\s?(?i:hrs|hours|h)\b\.?`)
	hourOnly         = model.Pattern(`^(\d{1,2})\s?((?i:am|pm|a\.m\.|p\.m\.))(?:$|[^a-zA-Z])`)
	namedHour        = model.Pattern(`^(?i)(noon|midnight)(?:[\s,:.)|]|$)`)
	relative         = model.Pattern(`^(?i)T\s?[+-]\s?\d+(?::\d{2})?\s?(?:h|hrs?|hours?|m|mins?|minutes?|s)?(?:\d+m)?\b`)
	daysAgo          = model.Pattern(`^(?i)(today|yesterday)(?:,? at|,)?\s+`)
	// A clock with a dot, and digits alone, are times beside a date or among other times only.
	dottedClock = model.Pattern(`^([01]?\d|2[0-3])\.([0-5]\d)(?:[\s,:|)]|$)`)
	bareClock   = model.Pattern(`^([01]\d|2[0-3])([0-5]\d)(?:[\s,:|)]|$)`)
	nearWord    = model.Pattern(`^(?i)(?:(?:shortly|soon|just|right|some ?time|a (?:little|bit|moment|minute|few minutes)) )?(?:after|before|past)\s+`)
	minusClock  = model.Pattern(`^-(\d{2}):(\d{2})(?:\D|$)`)
	atWord      = model.Pattern(`^(?i:at|by|from)\s+`)
	unsure      = model.Pattern(`^(?:\d?[0-9xX?]:[xX?]{2}|\d[xX?]:[0-9xX?]{2}|[xX?]{2}:[0-9xX?]{2}|\?{2,}|unknown time|time unknown)`)
	aboutWord   = model.Pattern(`^(?i)(?:~|≈|±|\+/?-|approx(?:imately|\.)?|around|about|circa|ca\.|c\.|roughly)\s*`)
	rangeMark   = model.Pattern(`^\s*(?:-|–|—|→|to|until|till|through)\s*`)
	afterDate   = model.Pattern(`^[\s,]*(?:[T@|]|at|-|–|—|:)?[\s,]*`)
	afterClock  = model.Pattern(`^[\s,]*(?:on\s+)?`)
)

// writtenDate reads a date, as people write it, from the start of s.
func writtenDate(s string, st *stamp) (n int, ok bool) {
	if loc := weekday().FindStringIndex(s); loc != nil {
		n = loc[1]
	}
	rest := s[n:]
	if m, ok := isoDate(rest, st); ok && !wordAt(rest, m) || ok && m < len(rest) && rest[m] == 'T' {
		return n + m, true
	}
	if m, ok := slashDate(rest, st); ok && !wordAt(rest, m) {
		return n + m, true
	}
	if m := monthDay().FindStringSubmatch(rest); m != nil && model.MonthNamed(m[1]) > 0 && !monthBeforeClock().MatchString(rest) {
		st.month = model.MonthNamed(m[1])
		st.day, _ = digits(m[2], 0, 2)
		st.year, _ = digits(m[3], 0, 4)
		return n + len(m[0]), true
	}
	if m := dayMonth().FindStringSubmatch(rest); m != nil && model.MonthNamed(m[2]) > 0 {
		st.month = model.MonthNamed(m[2])
		st.day, _ = digits(m[1], 0, 2)
		st.year, _ = digits(m[3], 0, 4)
		return n + len(m[0]), true
	}
	return 0, false
}

// writtenClock reads a time of day, its AM or PM and its zone from the start of s.
func writtenClock(s string, st *stamp) (n int, ok bool) {
	if m := military().FindStringSubmatch(s); m != nil {
		st.hour, _ = digits(m[1], 0, 2)
		st.min, _ = digits(m[2], 0, 2)
		st.timed, st.precision = true, "minute"
		n = len(m[0])
	} else if m := namedHour().FindStringSubmatch(s); m != nil {
		st.hour = map[string]int{"n": 12, "m": 0}[strings.ToLower(m[1][:1])]
		st.timed, st.precision = true, "hour"
		n = len(m[1])
	} else if m := hourOnly().FindStringSubmatch(s); m != nil {
		st.hour, _ = digits(m[1], 0, 2)
		st.timed, st.precision = true, "hour"
		rest := m[2]
		meridiem(st, &rest)
		n = len(m[1]) + strings.Index(s[len(m[1]):], m[2]) + len(m[2])
	} else if m, ok := clockTime(s, st); ok {
		rest := s[m:]
		meridiem(st, &rest)
		n = len(s) - len(rest)
	} else {
		return 0, false
	}
	if zone, z := zoneAfter(s[n:]); z > 0 && !rangeAhead(s[n:], st) {
		st.zone = zone
		n += z
	}
	return n, true
}

// rangeAhead reports whether -12:30 after 12:00 is the end of a range and no offset: it is later, or no clock of the
// world is that far from UTC.
func rangeAhead(s string, st *stamp) bool {
	m := minusClock().FindStringSubmatch(s)
	if m == nil || st.precision != "minute" {
		return false
	}
	h, _ := digits(m[1], 0, 2)
	min, _ := digits(m[2], 0, 2)
	return h > 12 || h*60+min > st.hour*60+st.min
}

var zoneToken = model.Pattern(`^\s*\(?((?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}|[A-Z][A-Za-z]+/[A-Za-z_/]+)\b\)?`)

// zoneAfter reads the zone that follows a time of day.
func zoneAfter(s string) (*time.Location, int) {
	if zone, n := zoneSuffix(s); n > 0 {
		return zone, n
	}
	if m := zoneToken().FindStringSubmatch(s); m != nil {
		if z, ok := zoneWord(m[1]); ok {
			n := len(m[0])
			if !strings.Contains(m[0], "(") {
				n = strings.Index(s, m[1]) + len(m[1])
			}
			return z.location, n
		}
	}
	return nil, 0
}

// A lead is the time at the start of a line of notes.
type lead struct {
	stamp   stamp
	end     stamp // of a range
	text    string
	written string // the time as it stands in the line
	unknown bool   // a time was meant, but it is not known: 2X:XX
	dated   bool
	actor   string // of a message that was pasted from a chat
	trail   bool   // the time stood at the end of the line
	loose   bool   // 12.07, noon, T+30m: a time only where one is expected
	ago     int    // days before the one that the text was written on: yesterday at 3:13 PM
}

// leadOf reads a time, or a date, at the start of s. What follows is the text.
func leadOf(s string) (lead, bool) {
	plain := model.PlainTime(s)
	l, ok := plainLead(plain)
	if after := len(s) - len(l.text); ok && plain != s && strings.HasSuffix(s, l.text) {
		l.written = strings.TrimSpace(s[:after])
	}
	return l, ok
}

func plainLead(s string) (lead, bool) {
	var l lead
	rest := s
	if m := relative().FindString(rest); m != "" {
		l.unknown, l.loose, l.written, l.text = true, true, m, rest[len(m):]
		return l, true
	}
	if m := daysAgo().FindStringSubmatch(rest); m != nil {
		if strings.EqualFold(m[1], "yesterday") {
			l.ago = 1
		}
		rest = rest[len(m[0]):]
	}
	if loc := aboutWord().FindStringIndex(rest); loc != nil {
		l.stamp.approx = true
		rest = rest[loc[1]:]
	}
	if n, ok := writtenDate(rest, &l.stamp); ok {
		l.dated = true
		rest = rest[n:]
	} else if m := shortDate().FindStringSubmatch(rest); m != nil {
		var clock stamp
		after := strings.TrimLeft(rest[len(m[0]):], " T")
		if _, ok := clockTime(after, &clock); ok {
			l.stamp.month, _ = digits(m[1], 0, 2)
			l.stamp.day, _ = digits(m[2], 0, 2)
			l.dated = true
			rest = after
		}
	}
	before := rest
	if l.dated {
		rest = rest[len(afterDate().FindString(rest)):]
		if loc := aboutWord().FindStringIndex(rest); loc != nil {
			l.stamp.approx = true
			rest = rest[loc[1]:]
		}
	}
	if !l.dated { // the day of the week alone adds nothing to a time
		rest = rest[len(weekday().FindString(rest)):]
	}
	bare := strings.TrimLeft(rest, "*_`[(")
	l.loose = !l.dated && namedHour().MatchString(bare)
	switch n, ok := writtenClock(bare, &l.stamp); {
	case ok:
		rest = bare[n:]
	case !ok && l.alone(bare) > 0:
		rest = bare[l.alone(bare):]
	case unsure().MatchString(bare):
		l.unknown = true
		rest = bare[len(unsure().FindString(bare)):]
	case l.dated:
		l.stamp.precision = "day"
		rest = before
	default:
		return l, false
	}
	if l.stamp.timed {
		rest = l.tail(rest)
	}
	l.written = strings.TrimSpace(s[:len(s)-len(rest)])
	l.text = rest
	return l, true
}

// alone reads digits that are a time of day because of what stands beside them, and gives their length.
func (l *lead) alone(s string) int {
	m := dottedClock().FindStringSubmatch(s)
	n := 5
	if m == nil && l.dated {
		m, n = bareClock().FindStringSubmatch(s), 4
	}
	if m == nil {
		return 0
	}
	l.loose = !l.dated
	l.stamp.hour, _ = digits(m[1], 0, 2)
	l.stamp.min, _ = digits(m[2], 0, 2)
	l.stamp.timed, l.stamp.precision = true, "minute"
	return n - 2 + len(m[1])
}

// tail reads what may follow a time of day: a range's end, and a date.
func (l *lead) tail(rest string) string {
	if m := rangeMark().FindString(rest); m != "" {
		var end stamp
		after := rest[len(m):]
		if loc := aboutWord().FindStringIndex(after); loc != nil {
			after = after[loc[1]:]
		}
		date, dated := writtenDate(after, &end)
		if dated {
			after = strings.TrimLeft(after[date:], " ,T")
		}
		if n, ok := writtenClock(after, &end); ok && !wordAt(after, n) {
			rest = after[n:]
			l.end = end
			if l.stamp.zone == nil {
				l.stamp.zone = end.zone
			}
		}
	}
	if !l.dated {
		after := rest[len(afterClock().FindString(rest)):]
		var date stamp
		if n, ok := writtenDate(after, &date); ok && (n < len(after) || date.year > 0) && (after[0] < '0' || after[0] > '9' || date.year > 0) {
			l.dated = true
			l.stamp.year, l.stamp.month, l.stamp.day = date.year, date.month, date.day
			l.stamp.slashed, l.stamp.dayFirst = date.slashed, date.dayFirst
			rest = after[n:]
		}
	}
	return rest
}
