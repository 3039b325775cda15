package storage

import (
	"strings"
	"testing"

	"aftermath/model"
)

func TestSearch(t *testing.T) {
	s := open(t)
	one, two := newIncident(t, s, "one"), newIncident(t, s, "two")
	importAll(t, s, one, lines("app", 200))
	importAll(t, s, two, lines("app", 50))
	a := s.NewID(model.TypeAction)
	apply(t, s, model.Gesture{}.Set(model.TypeAction, a, "incident", string(one)).Set(model.TypeAction, a, "title", "Alert when pool use is high").
		Set(model.TypeAction, a, "owner", "maya"))
	hits, err := s.Search(bg, "request 17", one, 0, false)
	must(t, err)
	if len(hits) != 12 || hits[0].Title != "request 179 took long" || hits[0].Field != "title" || !strings.Contains(hits[0].Snippet, "«request» «179»") {
		t.Errorf("%d hits, first %+v", len(hits), hits[0])
	}
	for words, want := range map[string]int{
		"alert HIGH": 1, "aler": 1, "pool in use 42": 2, `"pool`: 50, "pool AND": 0, "NEAR(pool": 0, "title:pool OR *": 0, "-pool^2": 22, "^alert*": 1, "": 0, "'; DROP TABLE change; --": 0,
		"alert\x00high": 1, "…": 0, "request nothing": 0,
	} {
		if hits, err := s.Search(bg, words, one, 50, false); err != nil || len(hits) != want {
			t.Errorf("%q: %d hits, want %d, %v", words, len(hits), want, err)
		}
	}
	for _, rank := range []bool{false, true} {
		if hits, err := s.Search(bg, "alert", "", 10, rank); err != nil || len(hits) != 1 || hits[0].ID != a || hits[0].Key != "one" || hits[0].Field != "title" || hits[0].Type != model.TypeAction {
			t.Errorf("%+v %v", hits, err)
		}
	}
	if hits, err := s.Search(bg, "checkout", "", 0, false); err != nil || len(hits) != 2 {
		t.Errorf("members: %+v %v", hits, err)
	}
	apply(t, s, model.Gesture{Edits: []model.Edit{{Type: model.TypeAction, ID: a, Delete: true}}})
	if hits, err := s.Search(bg, "alert", "", 10, false); err != nil || len(hits) != 0 {
		t.Errorf("what was deleted is found: %+v %v", hits, err)
	}
	apply(t, s, model.Gesture{Edits: []model.Edit{{Type: model.TypeIncident, ID: two, Delete: true}}})
	if hits, err := s.Search(bg, "request 7", two, 0, false); model.KindOf(err) != model.FaultInput {
		t.Errorf("in a deleted incident: %+v %v", hits, err)
	}
}
