package storage

import (
	"fmt"
	"testing"
	"time"

	"aftermath/model"
)

// What the inbox decides holds in the file, one undo takes each decision back, and what is left is what
// nobody has worked on.
func TestTriageHoldsAndIsUndone(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	base := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	var list []model.Event
	for i := range 6 {
		list = append(list, model.Event{At: base.Add(time.Duration(i) * time.Second), Source: "lb", Title: fmt.Sprintf("GET %d", i), Line: i + 1, Housekeeping: i == 5})
	}
	list = append(list, model.Event{At: base.Add(time.Minute), Source: "slack", Title: "slow", Line: 7})
	importAll(t, s, id, list)
	left := events(t, s, model.EventQuery{Incident: id, Untouched: true, WithHousekeeping: true})
	if len(left) != 7 {
		t.Fatalf("%d left", len(left))
	}
	ids := func(from, to int) (out []model.ID) {
		for _, e := range left[from:to] {
			out = append(out, e.ID)
		}
		return out
	}
	sweep := model.Sweep{ID: s.NewID(model.TypeSweep), Source: "lb", Shape: "GET #", Sample: "GET 0"}
	for _, c := range []struct {
		name                    string
		g                       model.Gesture
		inbox, events, evidence int
		where                   model.ID
	}{
		{"a role", model.Play("repair", "Repair", left[6].ID), 5, 6, 7, left[6].ID},
		{"kept", model.Keep(ids(0, 3)...), 3, 6, 7, left[0].ID},
		{"housekeeping is kept", model.Keep(left[5].ID), 6, 7, 7, left[5].ID},
		{"noise", model.Dismiss(ids(1, 3)...), 4, 4, 7, left[1].ID},
		{"swept", model.SweepAway(id, sweep), 1, 1, 7, sweep.ID},
		{"one for a small group", model.StandFor(model.Keep(left[0].ID), left[0].ID, ids(1, 5), id, sweep), 1, 2, 7, left[0].ID},
		{"one for a large group", model.StandFor(model.Keep(left[0].ID), left[0].ID, nil, id, sweep), 1, 2, 7, left[0].ID},
	} {
		apply(t, s, c.g)
		if r := record(t, s, id); r.Inbox != c.inbox || r.Events != c.events || r.Evidence != c.evidence {
			t.Errorf("%s: %d in the inbox, %d on the timeline of %d", c.name, r.Inbox, r.Events, r.Evidence)
		}
		sound(t, s)
		done, err := s.Undo(bg)
		must(t, err)
		if done.Where != c.where {
			t.Errorf("%s: undo leads to %s, want %s", c.name, done.Where, c.where)
		}
		if r := record(t, s, id); r.Inbox != 6 || r.Events != 6 {
			t.Errorf("%s: after undo %d in the inbox, %d on the timeline", c.name, r.Inbox, r.Events)
		}
	}
}
