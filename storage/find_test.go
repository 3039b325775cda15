package storage

import (
	"errors"
	"strings"
	"testing"

	"aftermath/model"
)

func TestFind(t *testing.T) {
	s := open(t)
	one, two := newIncident(t, s, "2026-11-02-checkout"), newIncident(t, s, "2026-11-03-search")
	f1, f2 := model.ID("F-3c07a1e29b44d0f1"), model.ID("F-3c07b1e29b44d0f1")
	for _, f := range []model.ID{f1, f2} {
		apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(one)).Set(model.TypeFactor, f, "statement", "x"))
	}
	importAll(t, s, one, lines("app", 50))
	page, err := s.Events(bg, model.EventQuery{Incident: one, Limit: 1})
	must(t, err)
	e := page.Events[0].ID
	apply(t, s, model.Gesture{}.Set(model.TypeIncident, two, "started", "2017-01-31T21:00:00Z"))
	for text, want := range map[string]model.ID{
		"2026-11-02-checkout": one, "2026-11-03": two, "2017-01-31": two, string(f1): f1, "f-3c07a": f1, "3C07B": f2, string(e): e, strings.ToUpper(string(e)): e, string(e)[2:]: e,
	} {
		if got, err := s.Find(bg, text); err != nil || got != want {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "nothing", "F-ffff", "2027", "2017-01-30", "2017-02-31", "Q-12", "%", "F-3c07a1e29b44d0f10"} {
		if _, err := s.Find(bg, text); model.KindOf(err) != model.FaultInput {
			t.Errorf("%q: %v", text, err)
		}
	}
	var fault *model.Fault
	if _, err := s.Find(bg, "F-3c07"); !errors.As(err, &fault) || fault.Kind != model.FaultUsage || !strings.Contains(err.Error(), string(f1)) || !strings.Contains(err.Error(), string(f2)) {
		t.Errorf("ambiguous: %v", err)
	}
	if _, err := s.Find(bg, "2026"); err == nil || !strings.Contains(err.Error(), "2026-11-03-search") {
		t.Errorf("ambiguous key: %v", err)
	}
	if short, err := s.Short(bg, f1); err != nil || short != "F-3c07a" {
		t.Errorf("%q %v", short, err)
	}
	if short, err := s.Short(bg, e); err != nil || len(short) != 8 {
		t.Errorf("%q %v", short, err)
	}
}
