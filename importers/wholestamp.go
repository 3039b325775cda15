package importers

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

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
	{"2/Jan/06 3:04 PM", false, true}, {"2/Jan/06 15:04", false, true}, {"2/Jan/2006 3:04 PM", false, true}, {"2/Jan/2006 15:04", false, true},
	{"January 2, 2006 3:04 PM", false, true}, {"January 2, 2006 15:04", false, true}, {"2 January 2006 15:04", false, true},
	{time.Stamp, false, false}, {time.StampMilli, false, false}, {time.StampMicro, false, false},
}

// wholeStamp reads a field that holds a time and nothing else, as tools write it or as people do.
func wholeStamp(s string) (stamp, bool) {
	if st, ok := toolStamp(s); ok {
		return st, true
	}
	if s = strings.TrimSpace(s); s == "" || len(s) > 80 || !strings.ContainsAny(model.PlainTime(s), "0123456789") {
		return stamp{}, false
	}
	l, ok := leadOf(s)
	if !ok || l.unknown || l.end.timed || l.ago > 0 || l.loose || strings.Trim(l.text, " .)]") != "" {
		return stamp{}, false
	}
	return l.stamp, true
}

// toolStamp reads a field that holds a time in one of the forms of tools.
func toolStamp(s string) (stamp, bool) {
	if st, n, ok := isoStamp(s); ok && n == len(s) {
		return st, true
	}
	s = strings.TrimSpace(s)
	if st, n, ok := isoStamp(s); ok {
		rest := s[n:]
		if n == len(s) || st.timed && st.zone == nil && meridiem(&st, &rest) && strings.TrimSpace(rest) == "" {
			return st, true
		}
		if st.zone != nil && zoneAgain(rest) {
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

// zoneAgain reports whether all that follows an offset is the name of its zone, as Go prints times: +0000 UTC.
func zoneAgain(rest string) bool {
	rest, _, _ = strings.Cut(strings.TrimSpace(rest), " m=")
	_, known := zoneWord(rest)
	return known || len(rest) == 5 && (rest[0] == '+' || rest[0] == '-')
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
