package storage

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

func TestPagesAreKeptOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	apply(t, s, model.Gesture{Label: "rename"}.Set(model.TypeIncident, id, "title", "renamed"))
	at := time.Date(2026, 11, 2, 15, 0, 0, 0, time.UTC)
	body := []byte(strings.Repeat(`{"ok":true}`, 5000))
	page := model.Page{Source: "slack", Name: "C1/0001.json", Request: "GET https://slack.example.com/history?cursor=a", FetchedAt: at, Status: 200, Next: "GET b", Body: body}
	for i, want := range []bool{false, true} {
		if _, known, err := s.Keep(bg, id, page); err != nil || known != want {
			t.Errorf("kept %d: known %v, %v", i, known, err)
		}
	}
	other := page
	other.Request, other.Name, other.Body = "GET b", "C1/0002.json", []byte("{}")
	if _, known, err := s.Keep(bg, id, other); err != nil || known {
		t.Errorf("another page: known %v, %v", known, err)
	}
	kept, err := s.Kept(bg, id, "slack")
	must(t, err)
	if len(kept) != 2 || !bytes.Equal(kept[0].Body, body) || kept[0].Size != len(body) || kept[0].Status != 200 || !kept[0].FetchedAt.Equal(at) || kept[0].By != "maya" || kept[1].Name != "C1/0002.json" {
		t.Errorf("got %d pages, the first is %+v", len(kept), kept[0].Request)
	}
	if none, err := s.Kept(bg, id, "github"); err != nil || len(none) != 0 {
		t.Errorf("pages of another source: %d %v", len(none), err)
	}
	if grown := size(t, s.path); grown > 400_000 {
		t.Errorf("the file has %d bytes: pages are to be packed and kept once", grown)
	}
	if done, err := s.Undo(bg); err != nil || done.Label != "rename" {
		t.Errorf("undo took back %q, %v: pages are no step of undo", done.Label, err)
	}
	sound(t, s)
	must(t, s.Close())
	copied := openAt(t, filepath.Join(t.TempDir(), "copy.db"), "", "noor")
	if _, err := copied.Merge(bg, s.path); err != nil {
		t.Fatal(err)
	}
	if there, err := copied.PageBody(bg, kept[0].ID); err != nil || !bytes.Equal(there, body) {
		t.Errorf("a merged copy has %d bytes, %v", len(there), err)
	}
	sound(t, copied)
}

// An import that is read again is replaced by the new reading; what people said stays with its lines.
func TestImportAgain(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	first := lines("app", 4)
	raw := model.Page{Source: "app", Name: "app.json", Body: []byte("raw")}
	once := func(list []model.Event) model.ReadEvidence {
		return func(emit func(*model.Event) error) (model.Reading, error) {
			reading, err := reader(list)(emit)
			reading.Kept, reading.Answers = []model.Page{raw}, `{"zone":"UTC"}`
			return reading, err
		}
	}
	report, err := s.Import(bg, id, once(first), nil)
	must(t, err)
	before := events(t, s, model.EventQuery{Incident: id})
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, before[1].ID, "role", "detection").Set(model.TypeEvent, before[3].ID, "title", "better words"))
	imports := record(t, s, id).Imports
	if len(imports) != 1 || len(imports[0].Pages) != 1 || imports[0].Answers == "" {
		t.Fatalf("%+v", imports)
	}
	if body, err := s.PageBody(bg, imports[0].Pages[0]); err != nil || string(body) != "raw" {
		t.Errorf("kept %q, %v", body, err)
	}

	mended := lines("app", 3) // the new parser reads three of them, with other words
	for i := range mended {
		mended[i].Title += " mended"
	}
	again, err := s.ImportAgain(bg, report.Import, once(mended), nil)
	must(t, err)
	if again.New != 3 || again.Known != 0 || len(again.Warnings) != 1 {
		t.Errorf("%+v", again)
	}
	after := events(t, s, model.EventQuery{Incident: id})
	if len(after) != 3 || after[1].ID != before[1].ID || after[1].Role != "detection" || !strings.HasSuffix(after[1].Title, "mended") || after[0].Import != again.Import {
		t.Errorf("%+v", after)
	}
	if list := record(t, s, id).Imports; len(list) != 1 || list[0].Replaces != report.Import {
		t.Errorf("%+v", list)
	}
	sound(t, s)
	if _, err := s.Undo(bg); err != nil {
		t.Fatal(err)
	}
	if back := events(t, s, model.EventQuery{Incident: id}); len(back) != 4 || back[3].Title != "better words" || strings.HasSuffix(back[0].Title, "mended") {
		t.Errorf("after undo: %+v", back)
	}
	sound(t, s)
}
