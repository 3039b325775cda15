package evidence

import (
	"fmt"
	"strings"
	"time"

	"aftermath/model"
	"aftermath/ui/cell"
)

// Unfiltered says why there is nothing to show again; empty when something is filtered out.
func Unfiltered(q model.EventQuery) string {
	if len(chosen(q)) == 0 {
		return "nothing is filtered out"
	}
	return ""
}

// Only says in words what a query lets through, with its times in the zone of env.
func Only(q model.EventQuery, env model.Env) string {
	var parts []string
	add := func(lead string, list []string) {
		if len(list) == 0 {
			return
		}
		names := make([]string, len(list))
		for i, v := range list {
			if names[i] = cell.Clean(v); v == "" {
				names[i] = nameless
			}
		}
		parts = append(parts, lead+" "+strings.Join(names, " or "))
	}
	switch {
	case q.Narrative:
		parts = append(parts, "the narrative")
	case q.Untouched:
		parts = append(parts, "the inbox")
	}
	if !q.From.IsZero() || !q.To.IsZero() {
		parts = append(parts, during(q, env))
	}
	add("source", q.Sources)
	add("kind", q.Kinds)
	add("role", q.Roles)
	add("by", q.Actors)
	add("service", q.Services)
	if q.Text != "" {
		parts = append(parts, "with “"+cell.Clean(q.Text)+"”")
	}
	var also []string
	for _, a := range []struct {
		on   bool
		word string
	}{{q.WithNoise, "noise"}, {q.WithHousekeeping, "housekeeping"}, {q.WithMerged, "merged lines"}} {
		if a.on {
			also = append(also, a.word)
		}
	}
	text := ""
	if len(parts) > 0 {
		text = "only " + strings.Join(parts, ", ")
	}
	if len(also) > 0 {
		text = strings.TrimPrefix(text+"; "+strings.Join(also, " and ")+" too", "; ")
	}
	return text
}

// during says from when to when, with days where they are needed.
func during(q model.EventQuery, env model.Env) string {
	last := model.Stretch{To: q.To}.Last()
	layout := "15:04"
	day := func(at time.Time) string { return at.In(env.Zone).Format("2006-01-02") }
	start := env.Day
	if !env.From.IsZero() {
		start = env.From
	}
	for _, at := range []time.Time{q.From, last} {
		if !at.IsZero() && at.Second() != 0 {
			layout = "15:04:05"
		}
	}
	for _, at := range []time.Time{q.From, q.To} {
		if !at.IsZero() && day(at) != day(start) {
			layout = "Jan 2 " + layout
			break
		}
	}
	write := func(at time.Time) string { return at.In(env.Zone).Format(layout) }
	switch {
	case q.From.IsZero():
		return "until " + write(last)
	case q.To.IsZero():
		return "from " + write(q.From)
	}
	return fmt.Sprintf("%s to %s", write(q.From), write(last))
}
