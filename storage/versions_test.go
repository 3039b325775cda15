package storage

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"aftermath/model"
)

// Of one record the newest version shows, whichever import brought it first; what people said stays with it,
// and undo brings the former version back.
func TestNewestVersionOfARecordShows(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	firing := lines("alertmanager", 2)
	firing[0].Updated = firing[0].At
	over := firing[0]
	over.Updated, over.End = over.At.Add(time.Hour), over.At.Add(time.Hour)
	importAll(t, s, id, firing)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, events(t, s, model.EventQuery{Incident: id})[0].ID, "role", "detection"))
	report := importAll(t, s, id, []model.Event{over})
	if report.New != 0 || report.Known != 1 || report.Updated != 1 {
		t.Errorf("%+v", report)
	}
	if again := importAll(t, s, id, []model.Event{over, firing[0]}); again.New != 0 || again.Updated != 0 || again.Known != 2 {
		t.Errorf("again %+v", again)
	}
	list := events(t, s, model.EventQuery{Incident: id})
	if len(list) != 2 || !list[0].End.Equal(over.End) || list[0].Role != "detection" {
		t.Errorf("%+v", list[0])
	}
	sound(t, s)
	if _, err := s.Undo(bg); err != nil {
		t.Fatal(err)
	}
	if list := events(t, s, model.EventQuery{Incident: id}); len(list) != 2 || !list[0].End.IsZero() || list[0].Role != "detection" {
		t.Errorf("after undo %+v", list[0])
	}
	sound(t, s)
}

// The timeline is the same in whichever order files are imported, also where times are equal and where two
// files tell of one record.
func TestOrderOfImportsDoesNotMatter(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	file := func(source string, n int) (list []model.Event) {
		for i := range 6 {
			list = append(list, model.Event{At: at.Add(time.Duration(i/3) * time.Minute), Source: source, Kind: "log", Title: fmt.Sprint(source, " ", n, " ", i), ExternalID: fmt.Sprint(n*4 + i), Line: i + 1})
		}
		return list
	}
	files := [][]model.Event{file("slack", 0), file("github", 0), file("slack", 1), file("pagerduty", 0), file("gitlab", 2)}
	var want []string
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}} {
		s := open(t)
		id := newIncident(t, s, "one")
		for _, i := range order {
			importAll(t, s, id, files[i])
		}
		var got []string
		for _, e := range events(t, s, model.EventQuery{Incident: id}) {
			got = append(got, e.At.Format("15:04 ")+e.Source+" "+e.Title)
		}
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Errorf("in the order %v:\n%q\nwant\n%q", order, got, want)
		}
		sound(t, s)
	}
	if len(want) != 28 || want[0] != "14:00 github github 0 0" {
		t.Errorf("%d events: %q", len(want), want)
	}
}
