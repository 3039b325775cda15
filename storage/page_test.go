package storage

import (
	"slices"
	"testing"
	"time"

	"aftermath/model"
)

func TestPagesCoverTheTimelineOnce(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	events := lines("app", 3000)
	for i := range events {
		events[i].At = events[i/7*7].At // many at the same moment
		events[i].Housekeeping = i%10 == 9
	}
	importAll(t, s, id, events)
	own := s.NewID(model.TypeEvent)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, own, "incident", string(id)).Set(model.TypeEvent, own, "at", events[0].At.Add(-time.Hour)).Set(model.TypeEvent, own, "title", "typed"))
	for name, q := range map[string]model.EventQuery{
		"plain": {Incident: id}, "all": {Incident: id, WithHousekeeping: true}, "text": {Incident: id, Text: "took lon"},
		"span": {Incident: id, From: events[500].At, To: events[900].At}, "actor": {Incident: id, Actors: []string{"MAYA"}}, "source": {Incident: id, Sources: []string{"app", "other"}},
	} {
		var want []model.ID
		must(t, s.EachEvent(bg, q, func(e *model.Event) error { want = append(want, e.ID); return nil }))
		if len(want) < 100 {
			t.Fatalf("%s: %d events", name, len(want))
		}
		q.Limit = 97
		var forwards, backwards []model.ID
		for at := (*model.Cursor)(nil); ; {
			q.After = at
			page, err := s.Events(bg, q)
			must(t, err)
			if page.Total != len(want) || page.Offset != len(forwards) {
				t.Fatalf("%s: total %d of %d, offset %d of %d", name, page.Total, len(want), page.Offset, len(forwards))
			}
			if len(page.Events) == 0 {
				break
			}
			for i := range page.Events {
				forwards = append(forwards, page.Events[i].ID)
			}
			at = &page.Cursors[len(page.Cursors)-1]
		}
		q.After, q.Last = nil, true
		for {
			page, err := s.Events(bg, q)
			must(t, err)
			if len(page.Events) == 0 {
				break
			}
			if page.Offset != len(want)-len(backwards)-len(page.Events) {
				t.Fatalf("%s: offset %d backwards", name, page.Offset)
			}
			var ids []model.ID
			for i := range page.Events {
				ids = append(ids, page.Events[i].ID)
			}
			backwards = append(ids, backwards...)
			q.Last, q.Before = false, &page.Cursors[0]
		}
		if !slices.Equal(forwards, want) || !slices.Equal(backwards, want) {
			t.Errorf("%s: pages differ from the whole", name)
		}
		q.Before, q.AtEvent = nil, want[len(want)/2]
		page, err := s.Events(bg, q)
		must(t, err)
		if i := slices.IndexFunc(page.Events, func(e model.Event) bool { return e.ID == q.AtEvent }); i < 40 || i > 55 || page.Offset+i != len(want)/2 {
			t.Errorf("%s: the event stands at %d of its page, offset %d", name, i, page.Offset)
		}
		density, err := s.Density(bg, model.EventQuery{Incident: id, Text: q.Text, From: q.From, To: q.To, Actors: q.Actors, Sources: q.Sources, WithHousekeeping: q.WithHousekeeping}, 40)
		must(t, err)
		sum := 0
		for _, n := range density.Counts {
			sum += n
		}
		if sum != len(want) {
			t.Errorf("%s: the strip counts %d of %d", name, sum, len(want))
		}
	}
	sources, err := s.Sources(bg, id)
	must(t, err)
	if len(sources) != 2 || sources[0] != (model.SourceCount{Source: "app", Count: 3000}) {
		t.Errorf("sources %+v", sources)
	}
}
