package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"aftermath/model"
)

var bg = context.Background()

// A clock that a test sets; every reading is a millisecond later.
type testClock struct{ now time.Time }

func (c *testClock) Now() time.Time {
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

func newClock() *testClock { return &testClock{time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)} }

// seeded is a source of randomness that is the same in every run.
type seeded struct{ state uint64 }

func (r *seeded) Read(b []byte) (int, error) {
	for i := range b {
		r.state = r.state*6364136223846793005 + 1442695040888963407
		b[i] = byte(r.state >> 56)
	}
	return len(b), nil
}

func openAt(t testing.TB, path, leases, author string) *Store {
	t.Helper()
	s, err := Open(bg, path, Options{Author: author, Leases: leases, Now: newClock().Now, Random: &seeded{uint64(len(path)) + uint64(len(author))<<32 + uint64(time.Now().UnixNano())}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // tests that care close it themselves
	return s
}

func open(t testing.TB) *Store {
	t.Helper()
	dir := t.TempDir()
	return openAt(t, filepath.Join(dir, "retro.db"), filepath.Join(dir, "leases"), "maya")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func apply(t testing.TB, s *Store, g model.Gesture) {
	t.Helper()
	must(t, s.Apply(bg, g))
}

func newIncident(t testing.TB, s *Store, key string) model.ID {
	t.Helper()
	id := s.NewID(model.TypeIncident)
	apply(t, s, model.Gesture{Label: "new incident", Source: "test"}.
		Set(model.TypeIncident, id, "key", key).Set(model.TypeIncident, id, "title", "Title of "+key).
		Set(model.TypeIncident, id, "started", "2026-11-02T14:00:00Z").Set(model.TypeIncident, id, "services/checkout", true))
	return id
}

// lines gives n events of a log, a second apart.
func lines(source string, n int) []model.Event {
	base := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	events := make([]model.Event, n)
	for i := range events {
		at := base.Add(time.Duration(i) * time.Second)
		events[i] = model.Event{At: at, TimeText: at.Format(time.RFC3339Nano), Precision: "s", ZoneSource: "data", Source: source, Kind: "log", Actor: "maya",
			Title: fmt.Sprintf("request %d took long", i), Body: fmt.Sprintf("pool in use %d percent", i%100), ExternalID: fmt.Sprintf("%s-%d", source, i), Line: i + 1}
	}
	return events
}

func reader(events []model.Event) model.ReadEvidence {
	return func(emit func(*model.Event) error) (model.Reading, error) {
		for i := range events {
			if err := emit(&events[i]); err != nil {
				return model.Reading{}, err
			}
		}
		return model.Reading{Source: "log", Name: "app.log", Digest: "d", Parser: "1", Read: len(events)}, nil
	}
}

func importAll(t testing.TB, s *Store, incident model.ID, events []model.Event) model.ImportReport {
	t.Helper()
	report, err := s.Import(bg, incident, reader(events), nil)
	must(t, err)
	return report
}

func record(t testing.TB, s *Store, id model.ID) *model.Record {
	t.Helper()
	r, err := s.Record(bg, id)
	must(t, err)
	return r
}

func TestApplyShowsWhatWasTyped(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "2026-11-02-checkout")
	f := s.NewID(model.TypeFactor)
	apply(t, s, model.Gesture{Label: "add factor"}.Set(model.TypeFactor, f, "incident", string(id)).
		Set(model.TypeFactor, f, "statement", "The pool was sized for half the load").Set(model.TypeFactor, f, "layer", "technical"))
	r := record(t, s, id)
	if r.Incident.Key != "2026-11-02-checkout" || len(r.Incident.Services) != 1 || r.Incident.Services[0] != "checkout" || r.Incident.Started.IsZero() {
		t.Errorf("incident %+v", r.Incident)
	}
	if len(r.Factors) != 1 || r.Factors[0].Statement != "The pool was sized for half the load" {
		t.Errorf("factors %+v", r.Factors)
	}
	lines, total, err := s.Incidents(bg, model.IncidentQuery{Limit: 10})
	must(t, err)
	if total != 1 || len(lines) != 1 || lines[0].Factors != 1 || lines[0].ID != id {
		t.Errorf("%d incidents: %+v", total, lines)
	}
}

func TestUndoOfCreationRemovesAndRedoBrings(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	for range 2 {
		done, err := s.Undo(bg)
		must(t, err)
		if done.Label != "new incident" || done.None || done.Where != id {
			t.Errorf("undone %+v", done)
		}
		if _, err := s.Record(bg, id); model.KindOf(err) != model.FaultInput {
			t.Errorf("after the undo: %v", err)
		}
		if done, err = s.Redo(bg); err != nil || done.None {
			t.Fatalf("redo %+v %v", done, err)
		}
		if r := record(t, s, id); r.Incident.Key != "one" || len(r.Incident.Services) != 1 {
			t.Errorf("after the redo: %+v", r.Incident)
		}
	}
	if done, err := s.Redo(bg); err != nil || !done.None {
		t.Errorf("one redo too many: %+v %v", done, err)
	}
}

func TestImportUndoRedo(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	report := importAll(t, s, id, lines("app", 500))
	if report.New != 500 || report.Known != 0 || report.Read != 500 {
		t.Fatalf("%+v", report)
	}
	if again := importAll(t, s, id, lines("app", 600)); again.New != 100 || again.Known != 500 {
		t.Errorf("again: %+v", again)
	}
	page, err := s.Events(bg, model.EventQuery{Incident: id, Limit: 50})
	must(t, err)
	if page.Total != 600 || len(page.Events) != 50 || page.Events[3].Title != "request 3 took long" || page.Events[3].Import != report.Import {
		t.Errorf("total %d, %d events", page.Total, len(page.Events))
	}
	for range 2 {
		if _, err := s.Undo(bg); err != nil {
			t.Fatal(err)
		}
	}
	if r := record(t, s, id); r.Events != 0 || len(r.Imports) != 0 {
		t.Errorf("after two undos %d events, %d imports", r.Events, len(r.Imports))
	}
	for range 2 {
		if _, err := s.Redo(bg); err != nil {
			t.Fatal(err)
		}
	}
	if r := record(t, s, id); r.Events != 600 || len(r.Imports) != 2 || r.Imports[0].By != "maya" {
		t.Errorf("after two redos %d events, imports %+v", r.Events, r.Imports)
	}
}

func TestCorrectionStandsBesideTheOriginal(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 10))
	page, err := s.Events(bg, model.EventQuery{Incident: id})
	must(t, err)
	e := page.Events[4]
	apply(t, s, model.Gesture{Label: "correct"}.Set(model.TypeEvent, e.ID, "at", "2026-11-02T13:00:00Z").Set(model.TypeEvent, e.ID, "title", "corrected"))
	page, err = s.Events(bg, model.EventQuery{Incident: id})
	must(t, err)
	got := page.Events[0]
	if got.ID != e.ID || got.Title != "corrected" || got.OriginalTitle != e.Title || !got.OriginalAt.Equal(e.At) || page.Total != 10 {
		t.Errorf("%+v", got)
	}
	own := s.NewID(model.TypeEvent)
	apply(t, s, model.Gesture{Label: "add event"}.Set(model.TypeEvent, own, "incident", string(id)).Set(model.TypeEvent, own, "at", "2026-11-02T14:00:04.5Z").
		Set(model.TypeEvent, own, "title", "typed"))
	apply(t, s, model.Gesture{Label: "noise"}.Set(model.TypeEvent, page.Events[2].ID, "noise", true))
	page, err = s.Events(bg, model.EventQuery{Incident: id})
	must(t, err)
	if page.Total != 10 || len(page.Events) != 10 {
		t.Fatalf("total %d, %d events", page.Total, len(page.Events))
	}
	if one, err := s.Event(bg, own); err != nil || one.Title != "typed" || one.Incident != id {
		t.Errorf("%+v %v", one, err)
	}
	hits, err := s.Search(bg, "correct", "", 0, false)
	must(t, err)
	if len(hits) != 1 || hits[0].ID != e.ID || hits[0].Key != "one" {
		t.Errorf("hits %+v", hits)
	}
	var count int
	must(t, s.History(bg, model.HistoryQuery{Incident: id}, func(c model.Change) error { count++; return nil }))
	if count == 0 {
		t.Error("no history")
	}
	if found, err := s.Find(bg, "on"); err != nil || found != id {
		t.Errorf("find: %v %v", found, err)
	}
}

func TestRefusals(t *testing.T) {
	s := open(t)
	for name, g := range map[string]model.Gesture{
		"no id":      model.Gesture{}.Set(model.TypeFactor, "", "statement", "x"),
		"wrong id":   model.Gesture{}.Set(model.TypeFactor, s.NewID(model.TypeAction), "statement", "x"),
		"no field":   model.Gesture{}.Set(model.TypeFactor, s.NewID(model.TypeFactor), "", "x"),
		"whole set":  model.Gesture{}.Set(model.TypeFactor, s.NewID(model.TypeFactor), "evidence", "x"),
		"not a JSON": model.Gesture{}.Set(model.TypeFactor, s.NewID(model.TypeFactor), "statement", func() {}),
	} {
		var fault *model.Fault
		if err := s.Apply(bg, g); !errors.As(err, &fault) || fault.Kind != model.FaultUsage {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// often is how many times a long test repeats: a tenth under -short, where each costs ten times as much
// because the race detector watches.
func often(n int) int {
	if testing.Short() {
		return max(1, n/10)
	}
	return n
}
