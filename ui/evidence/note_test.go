package evidence

import (
	"testing"
	"time"

	"aftermath/model"
)

// A moment that is taken off its event is taken from the incident too, as long as it came from there.
func TestAMomentLeavesNothingBehind(t *testing.T) {
	at := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	e := model.Event{ID: "E-1", At: at, Moment: "started"}
	for _, c := range []struct {
		name    string
		started time.Time
		value   any
		want    map[string]any // of the incident
	}{
		{"taken off", at, nil, map[string]any{"started": nil}},
		{"another one", at, "detected", map[string]any{"started": nil, "detected": model.FormatTime(at)}},
		{"the same again", at, "started", map[string]any{"started": model.FormatTime(at)}},
		{"the incident has another time", at.Add(time.Minute), nil, map[string]any{}},
	} {
		g := model.Gesture{}.Set(model.TypeEvent, e.ID, "moment", c.value)
		g = Moment("moment", model.Incident{ID: "N-1", Started: c.started}, e, g)
		got := map[string]any{}
		for _, edit := range g.Edits[1:] {
			got[edit.Field] = edit.Value
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		for f, v := range c.want {
			if g, there := got[f]; !there || g != v {
				t.Errorf("%s: %s is %v, want %v", c.name, f, g, v)
			}
		}
	}
}
