package importers

import (
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
	marked               bool   // AM or PM stood beside the hour
	half                 string // AM or PM beside an hour that leaves it no choice
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

// meridiem applies an AM or PM at the start of rest. An hour above 12 beside one can only be meant in
// 24 hours.
func meridiem(st *stamp, rest *string) bool {
	r := strings.TrimLeft(*rest, " \u00a0\u202f")
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
	st.marked = true
	if st.hour > 12 {
		st.half = strings.ToUpper(half[:1]) + "M"
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
