package exporters

import (
	"slices"
	"testing"

	"aftermath/model"
)

// The history is searched for credentials in what people typed, old and new: not in mappings, which name what is
// hidden, nor in what a file held, nor in fields that only a newer program knows.
func TestWhereTheHistoryIsSearchedForCredentials(t *testing.T) {
	const token = "ghp_" + "a8Kd72mQpX04vbT6rZ1nLs9YwC3eHfU5gJ2k"
	for _, c := range []struct {
		c    model.Change
		want bool
	}{
		{model.Change{Type: model.TypeIncident, Entity: "N-1", Field: "summary", New: token}, true}, {model.Change{Type: model.TypeIncident, Entity: "N-1", Field: "summary", Old: token}, true},
		{model.Change{Type: model.TypeIncident, Entity: "N-1", Field: "summary", New: 7}, false}, {model.Change{Type: model.TypeRedaction, Entity: "X-1", Field: "text", New: token}, false},
		{model.Change{Type: model.TypeIncident, Entity: "N-1", Field: "unheard_of", New: token}, false}, {model.Change{Type: "unheard_of", Entity: "Q-1", Field: "text", New: token}, false},
	} {
		r := Retro{Record: model.Record{Incident: model.Incident{ID: "N-1"}}}.settle()
		r.History = func(yield func(model.Change) error) error { return yield(c.c) }
		for _, history := range []bool{false, true} {
			found, err := r.secrets(history)
			if got := slices.ContainsFunc(found, func(l model.Leak) bool { return l.Text == token }); err != nil || got != (c.want && history) {
				t.Errorf("%+v, history %v: %v, %v", c.c, history, found, err)
			}
		}
	}
}
