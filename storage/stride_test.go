package storage

import (
	"testing"
	"time"

	"aftermath/model"
)

// The counts stay right while single events come, go and move, also when strides are split.
func TestStridesKeepCounting(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	id := newIncident(t, s, "one")
	base := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	var g model.Gesture
	var ids []model.ID
	for i := range 2500 {
		e := s.NewID(model.TypeEvent)
		ids = append(ids, e)
		g = g.Set(model.TypeEvent, e, "incident", string(id)).Set(model.TypeEvent, e, "at", base.Add(time.Duration(i*7919%2500)*time.Second))
	}
	apply(t, s, g)
	g = model.Gesture{}
	for i, e := range ids {
		switch i % 5 {
		case 0:
			g = g.Set(model.TypeEvent, e, "noise", true)
		case 1:
			g = g.Set(model.TypeEvent, e, "at", base.Add(-time.Duration(i)*time.Second))
		case 2:
			g.Edits = append(g.Edits, model.Edit{Type: model.TypeEvent, ID: e, Delete: true})
		}
	}
	apply(t, s, g)
	for _, noise := range []bool{false, true} {
		q := model.EventQuery{Incident: id, WithNoise: noise, Limit: 100}
		n := 0
		must(t, s.EachEvent(bg, q, func(*model.Event) error { n++; return nil }))
		if want := map[bool]int{false: 1500, true: 2000}[noise]; n != want {
			t.Fatalf("%d events, want %d", n, want)
		}
		for q.Last = true; ; q.Last = false {
			page, err := s.Events(bg, q)
			must(t, err)
			if len(page.Events) == 0 {
				break
			}
			if n -= len(page.Events); page.Offset != n {
				t.Fatalf("offset %d, want %d", page.Offset, n)
			}
			q.Before = &page.Cursors[0]
		}
	}
	var most int
	must(t, s.row("SELECT max(count) FROM stride").Scan(&most))
	if most > 2*strideLength {
		t.Errorf("a stride counts %d", most)
	}
}
