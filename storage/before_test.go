package storage

import (
	"fmt"
	"testing"

	"aftermath/model"
)

func TestConditionsNamedBeforeAreFound(t *testing.T) {
	s := open(t)
	name := func(incident model.ID, statement string) {
		f := s.NewID(model.TypeFactor)
		apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(incident)).Set(model.TypeFactor, f, "statement", statement))
	}
	one, two := newIncident(t, s, "one"), newIncident(t, s, "two")
	name(one, "The pool limit is shared between services")
	for i := range 30 {
		name(one, fmt.Sprint("condition about something else ", i))
	}
	name(two, "Services share one pool limit")
	ask := func(text string, not model.ID) []model.NamedBefore {
		list, err := s.NamedBefore(bg, text, not)
		must(t, err)
		return list
	}
	if list := ask("The pools' limits are shared", two); len(list) != 1 || list[0].Incident != one || list[0].Key != "one" || len(list[0].Shared) != 3 {
		t.Errorf("%+v", list)
	}
	if list := ask("The pools' limits are shared", ""); len(list) != 2 {
		t.Errorf("in all incidents: %+v", list)
	}
	for _, text := range []string{"", "the", `"quoted" OR (pool`, "limit", "nothing of the kind is there"} {
		if list := ask(text, ""); len(list) != 0 {
			t.Errorf("%q: %+v", text, list)
		}
	}
	if _, err := s.Undo(bg); err != nil {
		t.Fatal(err)
	}
	if list := ask("The pools' limits are shared", one); len(list) != 0 {
		t.Errorf("what was taken back is found: %+v", list)
	}
}
