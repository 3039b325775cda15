package importers

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

// The years that evidence may lie in: [firstYear, lastYear).
const (
	firstYear = 1970
	lastYear  = 2200
)

// A stamp is a time as it was written: parts that were not written are missing, not zero.
type stamp struct {
	year, month, day     int // 0 when not written
	hour, min, sec, nsec int
	timed                bool           // a time of day was written
	zone                 *time.Location // nil when none was written
	precision            model.Precision
	slashed              bool // day and month as written may have to change places
	dayFirst             bool // they stand as day/month for certain
	approx               bool
	epoch                string // the unit that a bare number was read as
}

// digits reads up to most digits from s at i.
func digits(s string, i, most int) (value, next int) {
	next = i
	for next < len(s) && next-i < most && s[next] >= '0' && s[next] <= '9' {
		value = value*10 + int(s[next]-'0')
		next++
	}
	return value, next
}

// isoDate reads 2026-03-04, 2026/03/04 or 20260304 from the start of s.
func isoDate(s string, st *stamp) (n int, ok bool) {
	y, n := digits(s, 0, 4)
	if n != 4 || len(s) < 8 {
		return 0, false
	}
	sep := s[4]
	if sep >= '0' && sep <= '9' {
		m, n := digits(s, 4, 2)
		d, n2 := digits(s, n, 2)
		if n2 != 8 || len(s) > 8 && s[8] != 'T' && s[8] != ' ' {
			return 0, false
		}
		st.year, st.month, st.day = y, m, d
		return 8, true
	}
	if sep != '-' && sep != '/' && sep != '.' {
		return 0, false
	}
	m, i := digits(s, 5, 2)
	if i == 5 || i >= len(s) || s[i] != sep {
		return 0, false
	}
	d, j := digits(s, i+1, 2)
	if j == i+1 {
		return 0, false
	}
	st.year, st.month, st.day = y, m, d
	return j, true
}

// clockTime reads 14:03, 14:03:05, 14:03:05.123 or 14:03:05,123 from the start of s.
func clockTime(s string, st *stamp) (n int, ok bool) {
	h, i := digits(s, 0, 2)
	if i == 0 || i+2 >= len(s) || s[i] != ':' {
		return 0, false
	}
	m, j := digits(s, i+1, 2)
	if j != i+3 {
		return 0, false
	}
	st.hour, st.min, st.timed, st.precision = h, m, true, "minute"
	n = j
	if n+2 < len(s) && s[n] == ':' {
		if sec, k := digits(s, n+1, 2); k == n+3 {
			st.sec, n, st.precision = sec, k, "s"
			if n+1 < len(s) && (s[n] == '.' || s[n] == ',') {
				if ns, p, m := fraction(s, n+1); m > n+1 {
					st.nsec, st.precision, n = ns, p, m
				}
			}
		}
	}
	return n, true
}

// fraction reads the digits of a fraction of a second as nanoseconds; digits beyond those are dropped.
func fraction(s string, i int) (ns int, p model.Precision, next int) {
	scale := 100_000_000
	for next = i; next < len(s) && s[next] >= '0' && s[next] <= '9'; next++ {
		ns += int(s[next]-'0') * scale
		scale /= 10
	}
	if next-i > 3 {
		return ns, "ns", next
	}
	return ns, "ms", next
}

// zoneSuffix reads Z, +02:00, +0200, +02 or UTC from the start of s, a blank before it included.
func zoneSuffix(s string) (zone *time.Location, n int) {
	i := 0
	for i < len(s) && s[i] == ' ' {
		i++
	}
	if i == len(s) {
		return nil, 0
	}
	switch c := s[i]; {
	case c == 'Z' || c == 'z':
		if !wordAt(s, i+1) {
			return time.UTC, i + 1
		}
	case c == '+' || c == '-':
		h, j := digits(s, i+1, 2)
		if j != i+3 {
			return nil, 0
		}
		k := j
		if k < len(s) && s[k] == ':' {
			k++
		}
		m, l := digits(s, k, 2)
		if l != k+2 {
			m, l = 0, j
		}
		if h > 14 || m > 59 || l < len(s) && s[l] >= '0' && s[l] <= '9' {
			return nil, 0
		}
		return fixedZone(c, h, m), l
	case strings.HasPrefix(s[i:], "UTC") || strings.HasPrefix(s[i:], "GMT"):
		if !wordAt(s, i+3) && !strings.HasPrefix(s[i+3:], "+") && !strings.HasPrefix(s[i+3:], "-") {
			return time.UTC, i + 3
		}
	}
	return nil, 0
}

// fixedZones saves an allocation for each row of a file that has one offset.
var utcZone = time.UTC

func fixedZone(sign byte, h, m int) *time.Location {
	seconds := h*3600 + m*60
	if seconds == 0 {
		return utcZone
	}
	if sign == '-' {
		seconds = -seconds
	}
	return time.FixedZone(offsetName(seconds), seconds)
}

func offsetName(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	two := func(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }
	return sign + two(seconds/3600) + ":" + two(seconds/60%60)
}

func wordAt(s string, i int) bool {
	return i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || s[i] >= 'A' && s[i] <= 'Z' || s[i] >= '0' && s[i] <= '9')
}

// isoStamp reads an ISO 8601 time, or one that only nearly is one, from the start of s.
func isoStamp(s string) (st stamp, n int, ok bool) {
	n, ok = isoDate(s, &st)
	if !ok {
		return st, 0, false
	}
	st.precision = "day"
	i := n
	if i < len(s) && (s[i] == 'T' || s[i] == 't' || s[i] == ' ' || s[i] == '_') {
		i++
		for i < len(s) && s[i] == ' ' {
			i++
		}
		if m, timed := clockTime(s[i:], &st); timed {
			n = i + m
			if zone, z := zoneSuffix(s[n:]); z > 0 {
				st.zone = zone
				n += z
			}
		}
	}
	return st, n, true
}

// layouts are the other ways in which tools write a whole time. The order matters only for speed.
var layouts = []struct {
	layout string
	zoned  bool
	yeared bool
}{
	{time.RFC1123Z, true, true}, {time.RFC1123, true, true}, {time.RFC850, true, true}, {time.RubyDate, true, true},
	{"02/Jan/2006:15:04:05 -0700", true, true}, {"Mon Jan _2 15:04:05 MST 2006", true, true}, {"2 Jan 2006 15:04:05 -0700", true, true},
	{"Jan 2, 2006 15:04:05 MST", true, true}, {"Jan 2, 2006 3:04 PM MST", true, true}, {"Jan 2, 2006, 15:04 MST", true, true},
	{time.ANSIC, false, true}, {"Mon Jan 02 15:04:05.000000 2006", false, true}, {"Jan 2, 2006 3:04:05 PM", false, true}, {"Jan 2, 2006, 3:04:05 PM", false, true},
	{"Jan 2, 2006 3:04 PM", false, true}, {"Jan 2, 2006 @ 15:04:05", false, true}, {"Jan 2, 2006 15:04:05", false, true}, {"Jan 2, 2006 15:04", false, true}, {"Jan 2 2006 15:04:05", false, true}, {"Jan 2 2006 15:04", false, true},
	{"2 Jan 2006 15:04:05", false, true}, {"2 Jan 2006 15:04", false, true}, {"2-Jan-2006 15:04:05", false, true}, {"2 Jan 2006, 15:04", false, true},
	{"January 2, 2006 3:04 PM", false, true}, {"January 2, 2006 15:04", false, true}, {"2 January 2006 15:04", false, true},
	{time.Stamp, false, false}, {time.StampMilli, false, false}, {time.StampMicro, false, false},
}

// wholeStamp reads a field that holds a time and nothing else.
func wholeStamp(s string) (stamp, bool) {
	if st, n, ok := isoStamp(s); ok && n == len(s) {
		return st, true
	}
	s = strings.TrimSpace(s)
	if st, n, ok := isoStamp(s); ok {
		rest := s[n:]
		if n == len(s) || st.timed && st.zone == nil && meridiem(&st, &rest) && strings.TrimSpace(rest) == "" {
			return st, true
		}
	}
	if st, ok := epochStamp(s); ok {
		return st, true
	}
	if st, ok := slashStamp(s); ok {
		return st, true
	}
	var st stamp
	if n, ok := clockTime(s, &st); ok {
		rest := strings.TrimSpace(s[n:])
		if meridiem(&st, &rest) && rest == "" {
			return st, true
		}
		if zone, z := zoneSuffix(rest); z == len(rest) {
			st.zone = zone
			return st, true
		}
	}
	if len(s) > 60 {
		return st, false
	}
	// A zone's abbreviation is not a zone to time.Parse: it must be one of those that are known here.
	body, zone := s, (*time.Location)(nil)
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if z, ok := zoneWord(s[i+1:]); ok {
			body, zone = strings.TrimSpace(s[:i]), z.location
			if st, n, ok := isoStamp(body); ok && n == len(body) && st.timed && st.zone == nil {
				st.zone = zone
				return st, true
			}
		}
	}
	for _, l := range layouts {
		text := body
		if l.zoned {
			text = s
		}
		t, err := time.Parse(l.layout, text)
		if err != nil {
			continue
		}
		if l.zoned && strings.Contains(l.layout, "MST") {
			z, ok := zoneWord(t.Location().String())
			if !ok && t.Location() != time.UTC {
				continue
			}
			if ok {
				zone = z.location
			} else {
				zone = time.UTC
			}
		} else if l.zoned {
			zone = t.Location()
			if _, offset := t.Zone(); t.Location() == time.Local {
				zone = time.FixedZone(offsetName(offset), offset)
			}
		}
		st := stamp{year: t.Year(), month: int(t.Month()), day: t.Day(), hour: t.Hour(), min: t.Minute(), sec: t.Second(), nsec: t.Nanosecond(), timed: true, zone: zone, precision: "s"}
		if !l.yeared {
			st.year = 0
		}
		if !strings.Contains(l.layout, "05") {
			st.precision = "minute"
		}
		if t.Nanosecond() > 0 {
			st.precision = "ns"
		}
		return st, true
	}
	return st, false
}

// meridiem applies an AM or PM at the start of rest. An hour above 12 beside one can only be meant in
// 24 hours.
func meridiem(st *stamp, rest *string) bool {
	r := strings.TrimLeft(*rest, " ")
	r = strings.TrimLeft(r, "\u00a0\u202f")
	if len(r) < 2 {
		return false
	}
	half := strings.ToLower(r[:min(4, len(r))])
	n := 2
	switch {
	case strings.HasPrefix(half, "a.m."), strings.HasPrefix(half, "p.m."):
		n = 4
	case !strings.HasPrefix(half, "am") && !strings.HasPrefix(half, "pm"):
		return false
	}
	if wordAt(r, n) {
		return false
	}
	switch {
	case half[0] == 'p' && st.hour < 12:
		st.hour += 12
	case half[0] == 'a' && st.hour == 12:
		st.hour = 0
	}
	*rest = r[n:]
	return true
}

// slashStamp reads 4/3/2026 14:05, 04.03.26, 14:05 and the like. Which number is the month is decided
// by whoever sees the whole column.
func slashStamp(s string) (stamp, bool) {
	var st stamp
	n, ok := slashDate(s, &st)
	if !ok {
		return st, false
	}
	st.precision = "day"
	rest := strings.TrimLeft(s[n:], ", T")
	if rest == "" {
		return st, true
	}
	m, ok := clockTime(rest, &st)
	if !ok {
		return st, false
	}
	rest = rest[m:]
	meridiem(&st, &rest)
	if rest = strings.TrimSpace(rest); rest == "" {
		return st, true
	}
	zone, z := zoneSuffix(rest)
	if z == len(rest) {
		st.zone = zone
		return st, true
	}
	if w, known := zoneWord(rest); known {
		st.zone = w.location
		return st, true
	}
	return st, false
}

// slashDate reads the date part of slashStamp.
func slashDate(s string, st *stamp) (n int, ok bool) {
	a, i := digits(s, 0, 2)
	if i == 0 || i >= len(s) || s[i] != '/' && s[i] != '.' && s[i] != '-' {
		return 0, false
	}
	sep := s[i]
	b, j := digits(s, i+1, 2)
	if j == i+1 || j >= len(s) || s[j] != sep {
		return 0, false
	}
	y, k := digits(s, j+1, 4)
	switch k - j - 1 {
	case 2:
		y += 2000
	case 4:
	default:
		return 0, false
	}
	if a > 31 || b > 31 || a > 12 && b > 12 {
		return 0, false
	}
	st.year, st.day, st.month = y, a, b
	st.slashed, st.dayFirst = sep != '.', sep == '.' || a > 12
	if b > 12 {
		st.day, st.month, st.slashed, st.dayFirst = b, a, true, false
	}
	return k, true
}

// epochStamp reads a number of seconds, milliseconds, microseconds or nanoseconds since 1970. The unit
// follows from the magnitude, and whoever uses it says so.
func epochStamp(s string) (stamp, bool) {
	if len(s) < 9 || len(s) > 40 || s[0] < '0' || s[0] > '9' {
		return stamp{}, false
	}
	whole, frac, _ := strings.Cut(s, ".")
	if strings.ContainsAny(s, "eE") {
		if i := strings.IndexAny(s, "eE"); len(s)-i > 4 {
			return stamp{}, false
		}
		f, ok := new(big.Rat).SetString(s)
		if !ok {
			return stamp{}, false
		}
		whole, frac, _ = strings.Cut(f.FloatString(9), ".")
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(frac, "0123456789") != "" {
		return stamp{}, false
	}
	var t time.Time
	var unit string
	var p model.Precision
	switch {
	case n < 1e8:
		return stamp{}, false
	case n < 1e11:
		ns, fp, _ := fraction(frac, 0)
		t, unit, p = time.Unix(n, int64(ns)), "seconds", "s"
		if frac != "" {
			p = fp
		}
	case n < 1e14:
		ns, _, _ := fraction(frac, 0)
		t, unit, p = time.UnixMilli(n).Add(time.Duration(ns/1000)), "milliseconds", "ms"
	case n < 1e17:
		ns, _, _ := fraction(frac, 0)
		t, unit, p = time.UnixMicro(n).Add(time.Duration(ns/1_000_000)), "microseconds", "ns"
	default:
		t, unit, p = time.Unix(n/1e9, n%1e9), "nanoseconds", "ns"
	}
	return stampOf(t.UTC(), p, unit), true
}

func stampOf(t time.Time, p model.Precision, unit string) stamp {
	y, m, d := t.Date()
	return stamp{year: y, month: int(m), day: d, hour: t.Hour(), min: t.Minute(), sec: t.Second(), nsec: t.Nanosecond(), timed: true, zone: time.UTC, precision: p, epoch: unit}
}
