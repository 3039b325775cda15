package storage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"aftermath/model"
)

func title(t testing.TB, s *Store, id model.ID) string {
	t.Helper()
	return record(t, s, id).Incident.Title
}

func rename(t testing.TB, s *Store, id model.ID, to string) {
	t.Helper()
	apply(t, s, model.Gesture{Label: "rename to " + to}.Set(model.TypeIncident, id, "title", to))
}

func TestUndoReachesOverRestarts(t *testing.T) {
	dir := t.TempDir()
	path, leases := filepath.Join(dir, "a.db"), filepath.Join(dir, "leases")
	s := openAt(t, path, leases, "maya")
	id := newIncident(t, s, "one")
	rename(t, s, id, "first")
	site := s.own.name
	must(t, s.Close())
	s = openAt(t, path, leases, "maya")
	if s.own.name != site {
		t.Fatalf("after a clean close the site is %q, was %q", s.own.name, site)
	}
	rename(t, s, id, "second")
	// the machine went down: the system lets go of the lock, and no proof is left
	must(t, s.leases.held.Close())
	s.leases = nil
	must(t, s.Close())
	must(t, os.Remove(filepath.Join(leases, site)))
	s = openAt(t, path, leases, "maya")
	rename(t, s, id, "third")
	if s.own.name == site {
		t.Fatal("without a proof the site id was used again")
	}
	for _, want := range []string{"second", "first", "Title of one"} {
		if done, err := s.Undo(bg); err != nil || done.None || title(t, s, id) != want {
			t.Fatalf("%+v %v: title %q, want %q", done, err, title(t, s, id), want)
		}
	}
	for _, want := range []string{"first", "second", "third"} {
		if done, err := s.Redo(bg); err != nil || done.None || title(t, s, id) != want {
			t.Fatalf("%+v %v: title %q, want %q", done, err, title(t, s, id), want)
		}
	}
	stranger := openAt(t, path, leases, "sam")
	if done, err := stranger.Undo(bg); err != nil || !done.None {
		t.Errorf("a stranger undid %+v %v", done, err)
	}
}

// Two people on one file: each undoes what is one's own while the other one is there.
func TestUndoLeavesWhatALiveSiteDid(t *testing.T) {
	dir := t.TempDir()
	path, leases := filepath.Join(dir, "a.db"), filepath.Join(dir, "leases")
	a := openAt(t, path, leases, "maya")
	id := newIncident(t, a, "one")
	b := openAt(t, path, leases, "maya")
	if done, err := b.Undo(bg); err != nil || !done.None {
		t.Errorf("undid what a running program did: %+v %v", done, err)
	}
	rename(t, a, id, "by a")
	rename(t, b, id, "by b")
	done, err := a.Undo(bg)
	must(t, err)
	if short, _ := a.Short(bg, id); !slices.Equal(done.Kept, []string{short + " title"}) || title(t, a, id) != "by b" {
		t.Errorf("%+v, title %q", done, title(t, a, id))
	}
	if done, err := a.Undo(bg); err != nil || done.Label != "new incident" {
		t.Errorf("a gesture whose cells were all kept stays in the way: %+v %v", done, err)
	}
}

func TestNewGestureEndsRedo(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	rename(t, s, id, "first")
	if _, err := s.Undo(bg); err != nil {
		t.Fatal(err)
	}
	rename(t, s, id, "second")
	if done, err := s.Redo(bg); err != nil || !done.None || title(t, s, id) != "second" {
		t.Errorf("%+v %v", done, err)
	}
	if done, err := s.Undo(bg); err != nil || done.Label != "rename to second" || title(t, s, id) != "Title of one" {
		t.Errorf("%+v %v", done, err)
	}
}

// Undo until nothing is left gives the empty file, redo until nothing is left gives everything back, and
// so does every step in between.
func TestUndoThenRedoIsIdentity(t *testing.T) {
	empty := blank(t)
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		if run++; run > 60 {
			return
		}
		w := &world{t: t, stats: map[string]int{}}
		w.choose()
		s := quick(t, empty, filepath.Join(dir, fmt.Sprint(run, ".db")), Options{Author: "maya", Now: newClock().Now, Random: &seeded{1}})
		defer s.Close()
		w.sites = []*Store{s}
		visible := func() string { return shownDump(t, s) }
		states := []string{visible()}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			before := s.own.head.seq
			w.step(0, rapid.SampledFrom([]string{"set", "gesture", "correct", "delete", "import"}).Draw(t, "op"))
			if s.own.head.seq != before {
				states = append(states, visible())
			}
		}
		for i := len(states) - 2; i >= 0; i-- {
			if done, err := s.Undo(bg); err != nil || done.None || len(done.Kept) > 0 {
				t.Fatal(done, err)
			}
			if got := visible(); got != states[i] {
				t.Fatalf("undo to %d:\n%s", i, difference(states[i], got))
			}
		}
		if done, err := s.Undo(bg); err != nil || !done.None {
			t.Fatal(done, err)
		}
		for i := 1; i < len(states); i++ {
			if done, err := s.Redo(bg); err != nil || done.None {
				t.Fatal(done, err)
			}
			if got := visible(); got != states[i] {
				t.Fatalf("redo to %d:\n%s", i, difference(states[i], got))
			}
		}
	})
}

// shownDump is what people see: entities that show, with their fields, and the timeline.
func shownDump(t interface{ Fatal(...any) }, s *Store) string {
	var ids []model.ID
	if err := s.each("SELECT id FROM entity WHERE shown = 1 AND type NOT IN ('', 'event') ORDER BY id", nil, func(row scanner) error {
		var id model.ID
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	out := ""
	for _, id := range ids {
		_, incident, fields, err := s.Entity(bg, id)
		if err != nil {
			t.Fatal(err)
		}
		out += fmt.Sprintln(id, incident, fields)
	}
	lines, _, err := s.Incidents(bg, model.IncidentQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		out += fmt.Sprintf("%+v\n", line)
		if err := s.EachEvent(bg, model.EventQuery{Incident: line.ID, WithNoise: true, WithHousekeeping: true, WithMerged: true}, func(e *model.Event) error {
			out += fmt.Sprintf("%+v\n", *e)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	return out
}
