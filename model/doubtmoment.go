package model

import (
	"fmt"
	"maps"
	"slices"
	"time"
)

// late is how long alerts may take to recover after a system has: they look back over minutes.
const late = 10 * time.Minute

// momentDoubts are key moments that contradict each other or the evidence.
func (d *Doubter) momentDoubts(off map[string]bool) []Doubt {
	i := d.incident
	var found []Doubt
	for _, f := range i.MomentDoubts() {
		found = append(found, Doubt{Kind: DoubtMoment, About: f.Where, Field: f.Where, What: f.What, Question: f.Question, known: true})
	}
	if early := i.Started.Sub(i.Detected); !i.Detected.IsZero() && early >= time.Minute {
		found = append(found, Doubt{Kind: DoubtMoment, About: "detected before started", Field: "detected",
			What:     fmt.Sprintf("It was detected %s before the impact started.", FormatDuration(early)),
			Question: "Did users feel it earlier than that, or was this a warning ahead of the impact?",
			Fixes:    []Fix{d.setMoment("let the impact start when it was detected", "started", i.Started, i.Detected)}})
	}
	if p := d.first.page; !i.Acknowledged.IsZero() && p.ID != "" && !off[p.Source] && !d.first.fired.At.Before(i.Acknowledged) {
		if early := p.At.Sub(i.Acknowledged); early >= time.Minute {
			x := Doubt{Kind: DoubtMoment, About: "acknowledged before page", Field: "acknowledged", Where: []ID{p.ID},
				What:     fmt.Sprintf("“Acknowledged” lies %s before the first page of the evidence.", FormatDuration(early)),
				Question: "What was acknowledged then, and what called for it?"}
			if t := d.first.takenLater; t.ID != "" {
				x.Fixes = []Fix{d.setMoment("take the first acknowledgement after the page", "acknowledged", i.Acknowledged, t.At)}
			}
			found = append(found, x)
		}
	}
	return append(found, d.firingDoubts(off)...)
}

// firingDoubts tell that alerts of the incident went on after it was called resolved.
func (d *Doubter) firingDoubts(off map[string]bool) []Doubt {
	i := d.incident
	if i.Resolved.IsZero() || i.Started.IsZero() {
		return nil
	}
	count, last, again := 0, Told{}, Told{}
	var recovered time.Time
	for _, hash := range slices.Sorted(maps.Keys(d.episodes)) {
		x := d.episodes[hash]
		f := x.fired
		if f.count == 0 || x.exact || off[f.first.Source] || f.first.At.Before(i.Started.Add(-time.Hour)) || !f.first.At.Before(i.Resolved) {
			continue
		}
		over := f.lastEnd
		if x.over.count > 0 && x.over.last.At.After(over) && x.over.last.At.Sub(f.last.At) < farthest {
			over = x.over.last.At
		}
		switch after := f.last.At.Sub(i.Resolved); {
		case after > late && after < 2*time.Hour:
			again = f.last
		case over.Sub(i.Resolved) > late && over.Sub(i.Resolved) < farthest:
			count++
			if over.After(recovered) {
				recovered, last = over, f.last
			}
		}
	}
	var found []Doubt
	if count > 0 {
		what := fmt.Sprintf("“%s” recovered %s after the incident was called resolved.", CleanLine(last.Title), FormatDuration(recovered.Sub(i.Resolved)))
		if count > 1 {
			what = fmt.Sprintf("%d alerts recovered after the incident was called resolved, the last %s later.", count, FormatDuration(recovered.Sub(i.Resolved)))
		}
		found = append(found, Doubt{Kind: DoubtMoment, About: "resolved while firing", Field: "resolved", Where: []ID{last.ID}, What: what,
			Question: "When was the system back to normal, as far as its own signals say?",
			Fixes:    []Fix{d.setMoment("let it be resolved when the last alert recovered", "resolved", i.Resolved, recovered)}})
	}
	if again.ID != "" {
		found = append(found, Doubt{Kind: DoubtMoment, About: "fired after resolved", Field: "resolved", Where: []ID{again.ID},
			What:     fmt.Sprintf("“%s” fired again %s after the incident was called resolved.", CleanLine(again.Title), FormatDuration(again.At.Sub(i.Resolved))),
			Question: "Was that the same incident, and when did it end?"})
	}
	return found
}

// setMoment gives a key moment of the incident another time.
func (d *Doubter) setMoment(label, field string, from, to time.Time) Fix {
	f, _ := FieldOf(TypeIncident, field)
	return Fix{Label: label, Moves: []Move{{Title: f.Label, From: from, To: to}},
		Gesture: Gesture{Label: "correct a key moment"}.Set(TypeIncident, d.incident.ID, field, FormatTime(to))}
}
