package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"
)

// twinsWithin is how far apart two tellings of one alert may lie.
const twinsWithin = 10 * time.Second

// twinsOf tells whether two lines of one title can be one event told twice: two alerts, two deploys, or an
// alert and the message that a bot made of it. An alert and a page are two events, whatever they are called.
func twinsOf(a, b seenEvent) bool {
	told := func(k string) bool { return k == "alert" || k == "deploy" || k == "page" }
	return told(a.kind) && a.kind == b.kind || a.kind == "alert" && b.kind == "comms" || a.kind == "comms" && b.kind == "alert"
}

// twinDoubts are the same alerts from two sources seconds apart, one doubt for each two sources.
func (d *Doubter) twinDoubts() []Doubt {
	names := slices.Sorted(maps.Keys(d.sources))
	var found []Doubt
	taken := map[ID]bool{}
	for i, a := range names {
		for _, b := range names[i+1:] {
			joins := d.twins(a, b, taken)
			if len(joins) == 0 {
				continue
			}
			var most time.Duration
			for _, j := range joins {
				most = max(most, j.From.At.Sub(j.Into.At).Abs())
			}
			what := fmt.Sprintf("“%s” stands twice, in %s and %s, %s apart.", CleanLine(joins[0].Into.Title), a, b, FormatDuration(most))
			if len(joins) > 1 {
				what = fmt.Sprintf("%d lines stand in both %s and %s, at most %s apart.", len(joins), a, b, FormatDuration(most))
			}
			fix := Fix{Label: "merge each into the one that came first", Events: len(joins), Joins: joins[:min(len(joins), mostShown)], Gesture: Gesture{Label: "merge what two sources tell"}}
			if len(joins) == 1 {
				fix.Label = "merge one into the other"
			}
			for _, j := range joins {
				fix.Gesture = fix.Gesture.Set(TypeEvent, j.From.ID, "merged_into", string(j.Into.ID))
			}
			found = append(found, Doubt{Kind: DoubtTwin, About: a + " " + b, Where: []ID{joins[0].Into.ID, joins[0].From.ID}, at: joins[0].Into.At,
				What: what, Question: "Is that one event told twice?", Fixes: []Fix{fix}})
		}
	}
	return found
}

// twins pairs the lines that two sources share, nearest first in time. A line that somebody worked on stays
// and takes the other in; where both were worked on, both stay.
func (d *Doubter) twins(a, b string, taken map[ID]bool) (joins []Join) {
	of := d.sources[b].all()
	for h, x := range d.sources[a].all() {
		y := of[h]
		if y == nil || x.id || y.id {
			continue
		}
		for _, p := range x.seen {
			for _, q := range y.seen {
				if taken[p.ID] || taken[q.ID] || !twinsOf(p, q) || p.At.Sub(q.At).Abs() > twinsWithin || p.story && q.story {
					continue
				}
				into, from := p, q
				if q.story || !p.story && q.At.Before(p.At) {
					into, from = q, p
				}
				taken[p.ID], taken[q.ID] = true, true
				joins = append(joins, Join{From: from.Told, Into: into.Told})
			}
		}
	}
	slices.SortFunc(joins, func(x, y Join) int {
		return cmp.Or(x.Into.At.Compare(y.Into.At), cmp.Compare(x.Into.ID, y.Into.ID))
	})
	return joins
}
