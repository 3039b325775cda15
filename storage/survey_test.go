package storage

import (
	"testing"
	"time"

	"aftermath/model"
)

func TestSurveysCountWhatIsThere(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	id := newIncident(t, s, "one")
	base := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	var list []model.Event
	for i := range surveyChunk + 500 {
		e := model.Event{At: base.Add(time.Duration(i) * time.Second), Source: "app", Kind: "log", Title: "took " + model.FormatDuration(time.Duration(i) * time.Second)[:1] + "31 ms", Line: i + 1, Service: "cart"}
		if i%100 == 0 {
			e.Source, e.Kind, e.Title, e.Service = "pager", "page", "paged", ""
		}
		list = append(list, e)
	}
	importAll(t, s, id, list)
	for by, want := range map[string][]string{"source": {"app", "pager"}, "kind": {"log", "page"}, "service": {"cart", ""}} {
		lanes, err := s.Lanes(bg, model.EventQuery{Incident: id}, by, 50)
		must(t, err)
		if len(lanes.Lanes) != 2 || lanes.Lanes[0].Name != want[0] || lanes.Lanes[1].Name != want[1] || lanes.Lanes[1].Total != 205 {
			t.Fatalf("by %s: %+v", by, lanes.Lanes)
		}
		for _, l := range lanes.Lanes {
			sum := 0
			for _, n := range l.Counts {
				sum += n
			}
			if sum != l.Total {
				t.Errorf("by %s, %s: the slices hold %d of %d", by, l.Name, sum, l.Total)
			}
		}
		if !lanes.From.Equal(base) {
			t.Errorf("from %s", lanes.From)
		}
	}
	typed := s.NewID(model.TypeEvent)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, typed, "incident", string(id)).Set(model.TypeEvent, typed, "at", base).Set(model.TypeEvent, typed, "title", "said 7"))
	if typedToo, err := s.Alike(bg, model.EventQuery{Incident: id, Narrative: true}); err != nil || len(typedToo) != 1 || typedToo[0].Event != typed || typedToo[0].Shape != "said #" {
		t.Errorf("%+v %v", typedToo, err)
	}
	groups, err := s.Alike(bg, model.EventQuery{Incident: id, Untouched: true})
	must(t, err)
	if len(groups) != 2 || groups[0].Shape != "took # ms" || groups[0].Count != surveyChunk+500-205 || groups[1].Source != "pager" || !groups[1].First.Equal(base) || groups[1].Event == "" {
		t.Errorf("%+v", groups)
	}
	if page := events(t, s, model.EventQuery{Incident: id, Like: "paged", Limit: 300}); len(page) != 205 {
		t.Errorf("%d lines like it", len(page))
	}
}
