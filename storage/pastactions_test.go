package storage

import (
	"slices"
	"testing"

	"aftermath/model"
)

func TestPastActionsTellWhatTheyAnswered(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	f, a, gone := s.NewID(model.TypeFactor), s.NewID(model.TypeAction), s.NewID(model.TypeAction)
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "layer", "process").Set(model.TypeFactor, f, "area", "delivery").Set(model.TypeFactor, f, "team", "Platform"))
	apply(t, s, model.Gesture{}.Set(model.TypeAction, a, "incident", string(id)).Set(model.TypeAction, a, "title", "One").Set(model.TypeAction, a, "owner", "ines").
		Set(model.TypeAction, a, "due", "2026-12-01").Set(model.TypeAction, a, "stage", "committed").Set(model.TypeAction, a, model.Member("factors", string(f)), true))
	apply(t, s, model.Gesture{}.Set(model.TypeAction, gone, "incident", string(id)).Set(model.TypeAction, gone, "title", "Two"))
	apply(t, s, model.Gesture{Edits: []model.Edit{{Type: model.TypeAction, ID: gone, Delete: true}}})
	list, err := s.PastActions(bg)
	must(t, err)
	if len(list) != 1 || list[0].Action.ID != a || list[0].Action.Owner != "ines" || list[0].Incident != id || !slices.Equal(list[0].Areas, []string{"delivery"}) || !slices.Equal(list[0].Teams, []string{"Platform"}) {
		t.Errorf("%+v", list)
	}
}
