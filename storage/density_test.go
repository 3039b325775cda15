package storage

import (
	"slices"
	"testing"
	"time"

	"aftermath/model"
)

// The strip counts by strides; here it is held against counting event by event, with more slices than a
// stride has and with fewer.
func TestDensityCountsEachSlice(t *testing.T) {
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	id := newIncident(t, s, "one")
	_, err := s.Import(bg, id, stream("app", 5000), nil)
	must(t, err)
	var at []time.Time
	must(t, s.EachEvent(bg, model.EventQuery{Incident: id}, func(e *model.Event) error {
		at = append(at, e.At)
		return nil
	}))
	apply(t, s, model.Gesture{Label: "add"}.Set(model.TypeEvent, "E-0123456789abcdef", "incident", string(id)).
		Set(model.TypeEvent, "E-0123456789abcdef", "at", at[2500].Format(time.RFC3339Nano)).Set(model.TypeEvent, "E-0123456789abcdef", "noise", true))
	for _, n := range []int{1, 3, 40, 999} {
		d, err := s.Density(bg, model.EventQuery{Incident: id}, n)
		must(t, err)
		step := (d.To.Sub(d.From) + time.Duration(n) - 1) / time.Duration(n)
		want := make([]int, n)
		for _, a := range at {
			want[a.Sub(d.From)/step]++
		}
		if !slices.Equal(d.Counts, want) {
			t.Errorf("%d slices: %v, want %v", n, d.Counts, want)
		}
	}
}
