package storage

import (
	"path/filepath"
	"testing"

	"aftermath/model"
)

// Templates belong to the file: every incident sees them, and a copy that is merged brings its own.
func TestTemplatesBelongToTheFileAndMerge(t *testing.T) {
	dir := t.TempDir()
	a := openAt(t, filepath.Join(dir, "a.db"), "", "maya")
	incident := newIncident(t, a, "one")
	template, action, result := a.NewID(model.TypeTemplate), a.NewID(model.TypeAction), a.NewID(model.TypeResult)
	apply(t, a, model.Gesture{Label: "save a template"}.Set(model.TypeTemplate, template, "name", "a page").Set(model.TypeTemplate, template, "steps", "Fill it => a page"))
	must(t, a.Backup(bg, filepath.Join(dir, "b.db")))
	b := openAt(t, filepath.Join(dir, "b.db"), "", "sam")
	other := b.NewID(model.TypeTemplate)
	apply(t, b, model.Gesture{}.Set(model.TypeTemplate, other, "name", "A fallback"))
	apply(t, b, model.Gesture{}.Set(model.TypeTemplate, template, "name", "An alert that pages"))
	apply(t, a, model.Gesture{}.Set(model.TypeAction, action, "incident", string(incident)).Set(model.TypeAction, action, "template", string(template)))
	apply(t, a, model.Gesture{}.Set(model.TypeResult, result, "incident", string(incident)).Set(model.TypeResult, result, "action", string(action)).
		Set(model.TypeResult, result, "environment", "staging").Set(model.TypeResult, result, "status", "failed"))
	if _, err := a.Merge(bg, b.path); err != nil {
		t.Fatal(err)
	}
	list, err := a.Templates(bg)
	if err != nil || len(list) != 2 || list[0].Name != "A fallback" || list[1].Name != "An alert that pages" || list[1].Steps != "Fill it => a page" || list[1].Text() != "used once, caught 1, missed 0" {
		t.Errorf("%+v, %v", list, err)
	}
	if id, err := a.Find(bg, string(template)[:8]); err != nil || id != template {
		t.Error(id, err)
	}
	if typ, of, fields, err := a.Entity(bg, template); typ != model.TypeTemplate || of != "" || fields["name"] != "An alert that pages" || err != nil {
		t.Error(typ, of, fields, err)
	}
	apply(t, a, model.Gesture{Edits: []model.Edit{{Type: model.TypeResult, ID: result, Delete: true}}})
	if list, err := a.Templates(bg); err != nil || list[1].Text() != "used once, caught 0, missed 0" {
		t.Error(list, err)
	}
	apply(t, a, model.Gesture{Edits: []model.Edit{{Type: model.TypeTemplate, ID: other, Delete: true}}})
	if list, err := a.Templates(bg); err != nil || len(list) != 1 {
		t.Error(list, err)
	}
	if _, err := a.Undo(bg); err != nil {
		t.Fatal(err)
	}
	if list, err := a.Templates(bg); err != nil || len(list) != 2 {
		t.Error(list, err)
	}
	must(t, a.verify(func(b breach) { t.Error(b) }))
}

func TestPastIncidentsComeWithServicesAndConditions(t *testing.T) {
	s := open(t)
	one, two := newIncident(t, s, "one"), newIncident(t, s, "two")
	apply(t, s, model.Gesture{}.Set(model.TypeIncident, two, "started", "2026-03-02T14:00:00Z").Set(model.TypeIncident, two, "services/cart", true).Set(model.TypeIncident, two, "type", "latency"))
	never := s.NewID(model.TypeIncident)
	apply(t, s, model.Gesture{}.Set(model.TypeIncident, never, "title", "without a start"))
	condition, luck := s.NewID(model.TypeFactor), s.NewID(model.TypeFactor)
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, condition, "incident", string(two)).Set(model.TypeFactor, condition, "statement", "no limit").Set(model.TypeFactor, condition, "layer", "technical"))
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, luck, "incident", string(two)).Set(model.TypeFactor, luck, "statement", "a quiet hour").Set(model.TypeFactor, luck, "role", "luck"))
	list, err := s.Past(bg)
	if err != nil || len(list) != 2 || list[0].ID != one || list[1].ID != two || list[1].Type != "latency" || len(list[1].Services) != 2 || len(list[1].Factors) != 1 || list[1].Factors[0].Statement != "no limit" {
		t.Errorf("%+v, %v", list, err)
	}
}

// A file from before templates and ranges gets their tables and columns when it is opened, and what others
// wrote about them meanwhile shows.
func TestUpgradeBringsNewTypesAndFields(t *testing.T) {
	s := open(t)
	incident := newIncident(t, s, "one")
	action, template := s.NewID(model.TypeAction), s.NewID(model.TypeTemplate)
	apply(t, s, model.Gesture{}.Set(model.TypeAction, action, "incident", string(incident)).Set(model.TypeAction, action, "occurrences", "2–4–9"))
	apply(t, s, model.Gesture{}.Set(model.TypeTemplate, template, "name", "A page"))
	must(t, s.script("DROP TABLE template", "ALTER TABLE action DROP COLUMN occurrences", "ALTER TABLE result DROP COLUMN waived", "PRAGMA user_version = 2"))
	must(t, s.Close())
	newer := openAt(t, s.path, "", "maya")
	if r, err := newer.Record(bg, incident); err != nil || len(r.Actions) != 1 || r.Actions[0].Occurrences != "2–4–9" {
		t.Errorf("%+v, %v", r, err)
	}
	if list, err := newer.Templates(bg); err != nil || len(list) != 1 || list[0].Name != "A page" {
		t.Error(list, err)
	}
	must(t, newer.verify(func(b breach) { t.Error(b) }))
}
