package storage

import (
	"testing"
	"time"

	"aftermath/model"
)

// A clock that is moved takes every line of its source along, also those that were worked on and those that
// come later; a time that somebody corrected stays, and undo brings the lines back.
func TestClockOfASourceIsMoved(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, append(lines("app", 4), lines("pager", 3)...))
	before := events(t, s, model.EventQuery{Incident: id})
	worked, corrected := sourced(before, "app")[1], sourced(before, "app")[2]
	fixed := time.Date(2026, 11, 2, 18, 0, 0, 0, time.UTC)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, worked.ID, "role", "detection").Set(model.TypeEvent, corrected.ID, "at", fixed))
	apply(t, s, model.ShiftClock(id, "app", -90*time.Second, "the host ran ahead"))
	importAll(t, s, id, lines("app", 6)[4:])

	after := events(t, s, model.EventQuery{Incident: id})
	for i, e := range sourced(after, "app") {
		want := e.OriginalAt.Add(-90 * time.Second)
		if e.ID == corrected.ID {
			want = fixed
		}
		if !e.At.Equal(want) || e.OriginalAt.IsZero() {
			t.Errorf("line %d stands at %s, its source wrote %s", i, e.At, e.OriginalAt)
		}
	}
	for _, e := range sourced(after, "pager") {
		if !e.OriginalAt.IsZero() {
			t.Errorf("a line of another source was moved: %s", e.Title)
		}
	}
	if one, err := s.Event(bg, worked.ID); err != nil || !one.At.Equal(worked.At.Add(-90*time.Second)) {
		t.Errorf("found by its id at %s, %v", one.At, err)
	}
	if hits, err := s.Search(bg, "took", id, 20, false); err != nil || len(hits) != 9 {
		t.Errorf("the search finds %d of 9, %v", len(hits), err)
	}
	r := record(t, s, id)
	if len(r.Clocks) != 1 || r.Clocks[0].Offset != "-1m30s" || r.Clocks[0].Reason == "" || r.Events != len(after) {
		t.Errorf("%+v, %d events of %d", r.Clocks, r.Events, len(after))
	}
	sound(t, s)
	for range 2 { // the import, then the clock
		if _, err := s.Undo(bg); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range events(t, s, model.EventQuery{Incident: id}) {
		if e.ID != corrected.ID && !e.OriginalAt.IsZero() {
			t.Errorf("after undo %s is still moved", e.Title)
		}
	}
	sound(t, s)
}

// A sweep hides what is alike and untouched, now and later; what somebody worked on stays in sight.
func TestSweepDismissesWhatIsAlike(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	first := lines("app", 5) // "line 0 of app" and so on
	importAll(t, s, id, append(first[:4:4], lines("pager", 2)...))
	all := events(t, s, model.EventQuery{Incident: id})
	if r := record(t, s, id); r.Inbox != 6 {
		t.Fatalf("%d in the inbox, want 6", r.Inbox)
	}
	kept := sourced(all, "app")[0]
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, kept.ID, "kept", true))
	if page := events(t, s, model.EventQuery{Incident: id, Narrative: true}); len(page) != 1 || page[0].ID != kept.ID || !page[0].Kept {
		t.Errorf("the narrative: %+v", page)
	}
	like := model.LineShape(kept.Title)
	if page := events(t, s, model.EventQuery{Incident: id, Untouched: true, Sources: []string{"app"}, Like: like}); len(page) != 3 {
		t.Errorf("%d lines like %q, want 3", len(page), like)
	}
	sweep := s.NewID(model.TypeSweep)
	apply(t, s, model.Gesture{Label: "dismiss"}.Set(model.TypeSweep, sweep, "incident", string(id)).Set(model.TypeSweep, sweep, "source", "app").Set(model.TypeSweep, sweep, "shape", like))
	if r := record(t, s, id); r.Inbox != 2 || r.Events != 3 || len(r.Sweeps) != 1 {
		t.Errorf("after the sweep %d in the inbox and %d on the timeline", r.Inbox, r.Events)
	}
	importAll(t, s, id, first)
	if r := record(t, s, id); r.Inbox != 2 || r.Events != 3 || r.Evidence != 7 {
		t.Errorf("after another import %d in the inbox, %d on the timeline of %d", r.Inbox, r.Events, r.Evidence)
	}
	sound(t, s)
	for range 2 {
		if _, err := s.Undo(bg); err != nil {
			t.Fatal(err)
		}
	}
	if r := record(t, s, id); r.Inbox != 5 {
		t.Errorf("after undo %d in the inbox, want 5", r.Inbox)
	}
	sound(t, s)
}

func events(t testing.TB, s *Store, q model.EventQuery) []model.Event {
	t.Helper()
	page, err := s.Events(bg, q)
	must(t, err)
	if page.Total != len(page.Events) {
		t.Errorf("the page says %d events and has %d", page.Total, len(page.Events))
	}
	return page.Events
}

func sourced(list []model.Event, source string) (out []model.Event) {
	for _, e := range list {
		if e.Source == source {
			out = append(out, e)
		}
	}
	return out
}

// sound holds the tables against the log folded anew.
func sound(t testing.TB, s *Store) {
	t.Helper()
	if report, err := s.Doctor(bg, false); err != nil || !report.OK {
		t.Errorf("the file is not sound: %v %+v", err, report.Findings)
	}
}
