package model

import (
	"fmt"
	"time"
)

// A Moment is one of the six instants that an incident is measured by.
type Moment struct {
	Field string // of the incident, and the event's moment: "detected"
	Label string
	At    time.Time // zero when it is not known
}

// Moments are the six key moments in the order in which they normally come.
func (i Incident) Moments() []Moment {
	return []Moment{
		{"started", "Impact started", i.Started}, {"detected", "Detected", i.Detected},
		{"paged", "First page", i.Paged}, {"acknowledged", "Acknowledged", i.Acknowledged},
		{"mitigated", "Mitigated", i.Mitigated}, {"resolved", "Resolved", i.Resolved},
	}
}

// A Duration is one of the four times that an incident is described by, with its definition, because
// no two teams mean the same by these words.
type Duration struct {
	Name       string        `json:"name"`  // "Time to detect"
	Short      string        `json:"short"` // "TTD"
	Value      time.Duration `json:"value"` // nanoseconds; nothing unless Known
	Known      bool          `json:"known"`
	Definition string        `json:"definition"`      // "detected − impact started"
	Doubt      string        `json:"doubt,omitempty"` // why it is unknown or to be read with care
}

// Durations are time to detect, acknowledge, mitigate and resolve.
func (i Incident) Durations() []Duration {
	m := i.Moments()
	started, detected, paged, acknowledged, mitigated, resolved := m[0], m[1], m[2], m[3], m[4], m[5]
	tta := between("Time to acknowledge", "TTA", acknowledged, paged)
	if i.Paged.IsZero() && !i.Detected.IsZero() && !i.Acknowledged.IsZero() {
		tta = between("Time to acknowledge", "TTA", acknowledged, detected)
		if tta.Known {
			tta.Doubt = "The first page is not known, so this counts from detection."
		}
	}
	return []Duration{
		between("Time to detect", "TTD", detected, started),
		tta,
		between("Time to mitigate", "TTM", mitigated, started),
		between("Time to resolve", "TTR", resolved, started),
	}
}

func between(name, short string, end, begin Moment) Duration {
	d := Duration{Name: name, Short: short, Definition: lowerFirst(end.Label) + " − " + lowerFirst(begin.Label)}
	var missing []string
	for _, m := range []Moment{begin, end} {
		if m.At.IsZero() {
			missing = append(missing, quote(m.Label))
		}
	}
	switch {
	case len(missing) == 1:
		d.Doubt = missing[0] + " is not known yet."
	case len(missing) == 2:
		d.Doubt = both(missing) + " are not known yet."
	case end.At.Before(begin.At):
		d.Doubt = fmt.Sprintf("%s lies %s before %s.", quote(end.Label), FormatDuration(begin.At.Sub(end.At)), quote(begin.Label))
	default:
		d.Known, d.Value = true, end.At.Sub(begin.At)
	}
	return d
}

// pairs that cannot come in the other order. Mitigation may come before the page, and so may
// detection before the impact: a watchful person stops an incident before users feel it.
var ordered = [][2]int{{0, 4}, {0, 5}, {1, 3}, {1, 5}, {2, 3}, {4, 5}, {1, 4}, {2, 5}, {3, 5}}

// MomentDoubts are the contradictions between the key moments, each with a question. A moment is named
// once, however many others it contradicts.
func (i Incident) MomentDoubts() []Finding {
	var found []Finding
	m, named := i.Moments(), map[string]bool{}
	for _, p := range ordered {
		a, b := m[p[0]], m[p[1]]
		if a.At.IsZero() || b.At.IsZero() || !b.At.Before(a.At) || named[b.Field] {
			continue
		}
		named[b.Field] = true
		found = append(found, Finding{
			Where:    b.Field,
			What:     fmt.Sprintf("%s lies %s before %s.", quote(b.Label), FormatDuration(a.At.Sub(b.At)), quote(a.Label)),
			Question: "Which of the two times is right, and is one of them in another time zone?",
		})
	}
	return found
}

// FormatDuration writes a length of time as people say it: 45s, 1m 30s, 47m, 1h 05m, 2d 3h. Seconds
// count below ten minutes only, minutes below a day.
func FormatDuration(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "−", -d
	}
	switch {
	case d.Round(time.Second) < time.Minute:
		return fmt.Sprintf("%s%ds", sign, d.Round(time.Second)/time.Second)
	case d.Round(time.Second) < 10*time.Minute:
		d = d.Round(time.Second)
		if s := d % time.Minute / time.Second; s != 0 {
			return fmt.Sprintf("%s%dm %02ds", sign, d/time.Minute, s)
		}
		return fmt.Sprintf("%s%dm", sign, d/time.Minute)
	case d.Round(time.Minute) < time.Hour:
		return fmt.Sprintf("%s%dm", sign, d.Round(time.Minute)/time.Minute)
	case d.Round(time.Minute) < 24*time.Hour:
		d = d.Round(time.Minute)
		return fmt.Sprintf("%s%dh %02dm", sign, d/time.Hour, d%time.Hour/time.Minute)
	}
	d = d.Round(time.Hour)
	day := 24 * time.Hour
	if h := d % day / time.Hour; h != 0 {
		return fmt.Sprintf("%s%dd %dh", sign, d/day, h)
	}
	return fmt.Sprintf("%s%dd", sign, d/day)
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' {
		return string(s[0]|0x20) + s[1:]
	}
	return s
}
