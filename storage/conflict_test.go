package storage

import (
	"path/filepath"
	"slices"
	"testing"

	"aftermath/model"
)

func TestConflictIsSettled(t *testing.T) {
	dir := t.TempDir()
	a := openAt(t, filepath.Join(dir, "a.db"), "", "maya")
	id := newIncident(t, a, "one")
	f := a.NewID(model.TypeFactor)
	apply(t, a, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "statement", "before"))
	must(t, a.Backup(bg, filepath.Join(dir, "b.db")))
	b := openAt(t, filepath.Join(dir, "b.db"), "", "sam")
	rename(t, a, id, "by maya")
	rename(t, b, id, "by sam")
	apply(t, a, model.Gesture{}.Set(model.TypeFactor, f, "statement", "edited"))
	apply(t, b, model.Gesture{Edits: []model.Edit{{Type: model.TypeFactor, ID: f, Delete: true}}})
	must(t, b.Close())
	report, err := a.Merge(bg, b.path)
	must(t, err)
	if report.New != 2 || len(report.Conflicts) != 2 {
		t.Fatalf("%+v", report)
	}
	if r := record(t, a, id); r.Conflicts != 2 || len(r.Factors) != 1 || r.Factors[0].Statement != "edited" {
		t.Errorf("%+v", r)
	}
	if again, err := a.Merge(bg, b.path); err != nil || again.New != 0 || again.Known == 0 {
		t.Errorf("again: %+v %v", again, err)
	}
	for _, c := range report.Conflicts {
		if len(c.Values) != 2 || c.What == "" || c.Incident != id {
			t.Fatalf("%+v", c)
		}
		choice := 1
		if c.Field != deletedField {
			choice = slices.IndexFunc(c.Values, func(v model.ConflictChoice) bool { return v.Author == "sam" })
		}
		must(t, a.Settle(bg, c, choice))
	}
	r := record(t, a, id)
	if r.Conflicts != 0 || len(r.Factors) != 0 || r.Incident.Title != "by sam" {
		t.Errorf("%+v", r)
	}
	if err := a.Settle(bg, report.Conflicts[0], 7); model.KindOf(err) != model.FaultUsage {
		t.Errorf("a choice that is not there: %v", err)
	}
}
