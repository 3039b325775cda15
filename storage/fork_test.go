package storage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aftermath/model"
)

// twin is a copy that goes on as the same site, as a home does that was cloned with its lease.
func twin(t *testing.T, s *Store, author string) *Store {
	t.Helper()
	other := copyOf(t, s, filepath.Join(t.TempDir(), author+".db"), author)
	other.own = s.own
	return other
}

func note(t *testing.T, s *Store, id model.ID, field, text string) {
	t.Helper()
	apply(t, s, model.Gesture{Label: field}.Set(model.TypeIncident, id, field, text))
}

func merge(t *testing.T, s *Store, from ...*Store) (forks []model.Fork) {
	t.Helper()
	for _, other := range from {
		report, err := s.Merge(bg, other.path)
		must(t, err)
		if len(report.Refused) > 0 {
			t.Fatal(report.Refused)
		}
		forks = append(forks, report.Forks...)
	}
	return forks
}

func alike(t *testing.T, copies ...*Store) {
	t.Helper()
	want := dump(t, copies[0])
	for _, s := range copies {
		if got := dump(t, s); got != want {
			t.Fatalf("%s differs:\n%s", filepath.Base(s.path), difference(want, got))
		}
		must(t, s.verify(func(b breach) { t.Error(b) }))
	}
}

// Two go on as one site, and somebody has a copy of each of them and writes on it before they meet. All of it is
// there at the end, on every copy, in whichever order they meet.
func TestForkThatOthersHaveCopiesOf(t *testing.T) {
	for name, order := range map[string]func(a, b, c, d *Store){
		"the copies meet first": func(a, b, c, d *Store) { merge(t, c, d); merge(t, a, c); merge(t, b, a) },
		"the twins meet first":  func(a, b, c, d *Store) { merge(t, a, b); merge(t, d, c); merge(t, a, d) },
		"across":                func(a, b, c, d *Store) { merge(t, a, d); merge(t, b, c); merge(t, b, a) },
	} {
		a := open(t)
		id := newIncident(t, a, "one")
		f := a.NewID(model.TypeFactor)
		apply(t, a, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).
			Set(model.TypeFactor, f, "statement", "shared"))
		b := twin(t, a, "sam")
		note(t, a, id, "summary", "by a")
		note(t, a, id, "title", "a's")
		note(t, b, id, "impact", "by b")
		note(t, b, id, "title", "b's")
		c, d := copyOf(t, a, a.path+".c", "carl"), copyOf(t, b, b.path+".d", "dora")
		note(t, c, id, "title", "c's, over a's")
		note(t, d, id, "summary", "d's, unseen by a")
		remove(t, d, f)
		order(a, b, c, d)
		for range 2 {
			merge(t, a, b, c, d)
			merge(t, b, a)
			merge(t, c, a)
			merge(t, d, a)
		}
		alike(t, a, b, c, d)
		list, err := a.Conflicts(bg, id)
		must(t, err)
		said := map[string]int{}
		for _, c := range list {
			said[c.Field] = len(c.Values)
		}
		if said["title"] != 2 || said["summary"] != 2 || len(said) != 2 {
			t.Errorf("%s: changed at once: %v", name, said)
		}
		if r := record(t, b, id); r.Incident.Impact != "by b" || len(r.Factors) != 0 {
			t.Errorf("%s: %+v", name, r)
		}
		if again := merge(t, c, d); len(again) > 0 {
			t.Errorf("%s: a fork that is known is told again: %+v", name, again)
		}
	}
}

// What each did last before they met is undone after it, and only that.
func TestUndoAfterAFork(t *testing.T) {
	a := open(t)
	id := newIncident(t, a, "one")
	b := twin(t, a, "maya")
	note(t, a, id, "summary", "by a")
	note(t, a, id, "lucky", "taken back before they met")
	if _, err := a.Undo(bg); err != nil {
		t.Fatal(err)
	}
	note(t, b, id, "impact", "by b")
	forks := merge(t, a, b)
	if len(forks) != 1 || len(forks[0].Sites) != 2 ||
		!strings.HasPrefix(forks[0].String(), "Two copies went on as one site since ") {
		t.Fatalf("%+v", forks)
	}
	done, err := a.Undo(bg)
	must(t, err)
	if r := record(t, a, id); done.None || r.Incident.Lucky != "" || r.Incident.Impact != "" && r.Incident.Summary != "" {
		t.Errorf("%+v leaves %+v", done, r.Incident)
	}
	redone, err := a.Redo(bg)
	must(t, err)
	if done.None || redone.Label != done.Label || len(done.Kept) > 0 {
		t.Errorf("%+v %+v", done, redone)
	}
	if r := record(t, a, id); r.Incident.Impact != "by b" || r.Incident.Summary != "by a" {
		t.Errorf("%+v", r.Incident)
	}
	if a.own.name == forks[0].Sites[0] || a.own.name == forks[0].Sites[1] {
		t.Error("a tail grows")
	}
	merge(t, b, a)
	alike(t, a, b)
}

// Who is still where the others forked does not go on under that name either.
func TestForkAtTheEndOfAnOldBackup(t *testing.T) {
	a := open(t)
	id := newIncident(t, a, "one")
	b, backup := twin(t, a, "sam"), twin(t, a, "carl")
	note(t, a, id, "summary", "by a")
	note(t, b, id, "impact", "by b")
	merge(t, a, b)
	site := backup.own.name
	merge(t, backup, a)
	note(t, backup, id, "context", "by the backup")
	if backup.own.name == site {
		t.Error("it goes on where others forked")
	}
	merge(t, a, backup)
	merge(t, b, a)
	alike(t, a, b, backup)
}

// A tail forks again, once more among those who know of the first fork and once among those who do not.
func TestForkOfAFork(t *testing.T) {
	a := open(t)
	id := newIncident(t, a, "one")
	b := twin(t, a, "sam")
	note(t, a, id, "title", "a's")
	note(t, b, id, "title", "b's")
	importAll(t, b, id, lines("app", 5))
	c := twin(t, b, "carl")
	note(t, b, id, "summary", "by b")
	importAll(t, b, id, lines("app", 8))
	note(t, c, id, "summary", "by c")
	importAll(t, c, id, lines("app", 9))
	d := copyOf(t, c, c.path+".d", "dora")
	note(t, d, id, "summary", "by d, over c's")
	merge(t, a, b)
	merge(t, d, a)
	merge(t, c, b)
	merge(t, a, d, c)
	merge(t, b, a)
	merge(t, c, a)
	merge(t, d, a)
	alike(t, a, b, c, d)
	if r := record(t, a, id); r.Evidence != 9 {
		t.Errorf("%d lines", r.Evidence)
	}
	report, err := a.Doctor(bg, true)
	must(t, err)
	if !report.OK || len(report.Findings) != 2 || !strings.Contains(report.Findings[0].What, "went on as one site") {
		t.Errorf("%+v", report)
	}
	alike(t, a, b)
}

// A home is cloned in the middle of an import: the clone has none of its lines, and goes on as the same site.
func TestForkInTheMiddleOfAnImport(t *testing.T) {
	a := open(t)
	id := newIncident(t, a, "one")
	path := filepath.Join(t.TempDir(), "clone.db")
	site := a.own
	events := lines("app", 12_000)
	_, err := a.Import(bg, id, func(emit func(*model.Event) error) (model.Reading, error) {
		for i := range events {
			if i == 9_000 {
				a.acquire() // between two slices of rows
				for _, end := range []string{"", "-journal"} {
					data, err := os.ReadFile(a.path + end)
					must(t, err)
					must(t, os.WriteFile(path+end, data, 0o600))
				}
				a.mu.Unlock()
			}
			if err := emit(&events[i]); err != nil {
				return model.Reading{}, err
			}
		}
		return model.Reading{Source: "log", Name: "app.log"}, nil
	}, nil)
	must(t, err)
	b := openAt(t, path, "", "sam")
	b.own = site
	if r := record(t, b, id); r.Evidence != 0 {
		t.Fatalf("the clone has %d lines", r.Evidence)
	}
	importAll(t, b, id, events[:50])
	note(t, b, id, "summary", "by b")
	if forks := merge(t, a, b); len(forks) != 1 {
		t.Errorf("%+v", forks)
	}
	merge(t, b, a)
	alike(t, a, b)
	if r := record(t, b, id); r.Evidence != 12_000 || r.Incident.Summary != "by b" {
		t.Errorf("%d lines, %+v", r.Evidence, r.Incident)
	}
}

// A program that has the file open as a site when another one learns of the fork goes on as a new site.
func TestForkThatAnotherProcessTakesIn(t *testing.T) {
	a := open(t)
	id := newIncident(t, a, "one")
	b := twin(t, a, "sam")
	note(t, a, id, "summary", "by a")
	note(t, b, id, "impact", "by b")
	beside := openAt(t, a.path, a.opt.Leases, "maya")
	merge(t, beside, b)
	if done, err := beside.Undo(bg); err != nil || !done.None {
		t.Errorf("undid what a running program did: %+v %v", done, err)
	}
	note(t, a, id, "context", "later")
	if got := record(t, a, id).Incident; got.Summary != "by a" || got.Impact != "by b" || got.Context != "later" {
		t.Errorf("%+v", got)
	}
	sound := func(s *Store) { must(t, s.verify(func(b breach) { t.Error(b) })) }
	sound(a)
	sound(beside)
	merge(t, b, a)
	alike(t, b, a)
}

// A conflict that was settled before anybody knew of the fork stays settled: what the settling had seen is still that.
func TestForkUnderASettledConflict(t *testing.T) {
	a := open(t)
	id := newIncident(t, a, "one")
	b, x := twin(t, a, "sam"), copyOf(t, a, a.path+".x", "xenia")
	late := newClock()
	late.now = late.now.Add(1e12)
	x.opt.Now = late.Now
	note(t, a, id, "title", "a's")
	note(t, x, id, "title", "x's")
	merge(t, a, x)
	c := copyOf(t, a, a.path+".c", "carl")
	list, err := c.Conflicts(bg, id)
	must(t, err)
	must(t, c.Settle(bg, list[0], 1))
	note(t, b, id, "summary", "by b")
	merge(t, c, b)
	if list, err = c.Conflicts(bg, id); err != nil || len(list) > 0 || title(t, c, id) != "a's" {
		t.Errorf("%+v %v", list, err)
	}
	merge(t, b, c)
	merge(t, a, b)
	merge(t, x, a)
	alike(t, a, b, c, x)
}
