package exporters

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"aftermath/model"

	"github.com/google/go-cmp/cmp"
)

func TestJSONReadsBack(t *testing.T) {
	r := sample()
	var b bytes.Buffer
	if err := JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Incident model.Incident
		Actions  []struct {
			model.Action
			Score *float64
		}
		Timeline []model.Event
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r.Record.Incident, got.Incident); d != "" {
		t.Error(d)
	}
	var events []model.Event
	_ = r.Events(func(e *model.Event) error { events = append(events, *e); return nil })
	if d := cmp.Diff(events, got.Timeline); d != "" {
		t.Error(d)
	}
	if *got.Actions[0].Score != 9 || got.Actions[2].Score != nil || got.Actions[0].Baseline != "6" {
		t.Errorf("%+v", got.Actions)
	}
}

func TestJSONStopsWithTheEvents(t *testing.T) {
	r, stop := sample(), errors.New("stop")
	r.Events = func(func(*model.Event) error) error { return stop }
	if err := JSON(&bytes.Buffer{}, r); !errors.Is(err, stop) {
		t.Error(err)
	}
	if err := Markdown(&bytes.Buffer{}, r, "github"); !errors.Is(err, stop) {
		t.Error(err)
	}
}
