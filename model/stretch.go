package model

import (
	"strings"
	"time"
)

// A Stretch is a part of time, from one moment up to another one. Either end may be open.
type Stretch struct {
	From, To time.Time // To is the first moment after it
	Notes    []string  // what was assumed to read it
}

// stretchSign parts the ends of a typed stretch. A sign without blanks stands before a time of day only, so
// that it is not taken for the one in a day.
var (
	stretchSign = Pattern(`^\s*(?:[-–—]|to\b)\s*`)
	datedEnd    = Pattern(`^\s*(?:[-–—]|to\b)\s*\d+[-. ]`)
)

// ParseStretch reads a stretch as people type it: "14:00-15:10", "2026-11-02 23:50 - 2026-11-03 00:20", and
// with one end open "14:00-" and "-15:10". What happened at the very end is part of it.
func ParseStretch(text string, env Env) (s Stretch, err error) {
	defer func() {
		if f, ok := err.(*Fault); ok {
			f.What = "a stretch of time"
		}
	}()
	text = PlainTime(oneLine(strings.ToValidUTF8(text, "\uFFFD")))
	if sign := stretchSign().FindString(text); sign != "" {
		return s, s.readTo(text[len(sign):], env)
	}
	first, rest, err := readMoment(text, env, true)
	if err != nil {
		return s, err
	}
	s.From = first.at
	s.note(first.note)
	switch sign := stretchSign().FindString(rest); {
	case sign == "":
		return s, fault(quote(text)+" is one moment", "write from when to when, such as 14:00-15:10, or 14:00- for all that follows")
	case sign == rest:
		return s, nil
	case datedEnd().MatchString(rest):
		err = s.readTo(rest[len(sign):], env)
	default:
		var c Captured
		var left string
		if s.To, left, err = c.readEnd("-"+rest[len(sign):], &first, env); err == nil && (s.To.IsZero() || left != "") {
			err = unreadable(rest[len(sign):])
		}
		s.From, s.To, s.Notes = first.at, s.To.Add(1), append(s.Notes, c.Notes...)
	}
	if err == nil && !s.To.After(s.From) {
		err = fault("it ends before it begins", "write the earlier time first")
	}
	return s, err
}

func (s *Stretch) readTo(text string, env Env) error {
	last, rest, err := readMoment(text, env, false)
	if err == nil && strings.TrimSpace(rest) != "" {
		err = unreadable(text)
	}
	s.To = last.at.Add(1)
	s.note(last.note)
	return err
}

func (s *Stretch) note(text string) {
	if text != "" {
		s.Notes = append(s.Notes, text)
	}
}

// Format writes a stretch as it would be typed in zone, with its days.
func (s Stretch) Format(zone *time.Location) string {
	from, to := "", ""
	if !s.From.IsZero() {
		from = typedTime(s.From.In(zone))
	}
	if !s.To.IsZero() {
		to = typedTime(s.Last().In(zone))
	}
	return strings.TrimSpace(from + " - " + to)
}

// Last is the last moment of a stretch, as it is typed and shown.
func (s Stretch) Last() time.Time { return s.To.Add(-1).Round(time.Microsecond) }

// typedTime writes a time so that it is read as the same, to the millisecond: with its offset where clocks
// showed it twice.
func typedTime(at time.Time) string {
	layout := "2006-01-02 15:04:05"
	switch {
	case at.Nanosecond() != 0:
		layout = "2006-01-02 15:04:05.000"
	case at.Second() == 0:
		layout = "2006-01-02 15:04"
	}
	if _, fold, err := onClock(civilOf(at), civilTime{hour: at.Hour(), minute: at.Minute(), second: at.Second()}, at.Location()); err != nil || fold != "" {
		layout += " -07:00"
	}
	return at.Format(layout)
}
