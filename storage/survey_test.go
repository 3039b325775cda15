package storage

import (
	"fmt"
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
		if !lanes.From.Equal(base) || len(lanes.Spans) != 50 || !lanes.Spans[0].First.Equal(base) || !lanes.Spans[49].Last.Equal(list[len(list)-1].At) {
			t.Errorf("from %s, %+v", lanes.From, lanes.Spans)
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

// Lanes follow corrections, moved clocks and filters, and what names nothing is one lane however it came.
func TestLanesFollowWhatPeopleSay(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	base := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	at := func(minutes int) time.Time { return base.Add(time.Duration(minutes) * time.Minute) }
	importAll(t, s, id, []model.Event{
		{At: at(0), Source: "app", Title: "a", Line: 1, Actor: "ada"}, {At: at(10), Source: "app", Title: "b", Line: 2, Actor: "ADA"},
		{At: at(20), Source: "pager", Kind: "page", Title: "c", Line: 3, Actor: "grace"},
	})
	typed := s.NewID(model.TypeEvent)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, typed, "incident", string(id)).Set(model.TypeEvent, typed, "at", model.FormatTime(at(30))).Set(model.TypeEvent, typed, "title", "d"))
	window := model.EventQuery{Incident: id, From: at(0), To: at(40)}
	lanes := func(q model.EventQuery, by string) string {
		t.Helper()
		got, err := s.Lanes(bg, q, by, 4)
		must(t, err)
		if len(got.Lanes) > 0 && got.Slice != 10*time.Minute {
			t.Errorf("a slice takes %s", got.Slice)
		}
		out := ""
		for _, l := range got.Lanes {
			out += fmt.Sprint(l.Name, l.Counts)
		}
		return out
	}
	only := window
	only.Actors = []string{"ada"}
	nameless := window
	nameless.Kinds = []string{""}
	for _, c := range []struct {
		q        model.EventQuery
		by, want string
	}{
		{window, "source", "app[1 1 0 0][0 0 0 1]pager[0 0 1 0]"}, {window, "kind", "[1 1 0 1]page[0 0 1 0]"}, {only, "source", "app[1 1 0 0]"},
		{nameless, "kind", "[1 1 0 1]"}, {window, "colour", ""},
	} {
		if got := lanes(c.q, c.by); got != c.want {
			t.Errorf("by %s: %s, want %s", c.by, got, c.want)
		}
	}
	apply(t, s, model.ShiftClock(id, "pager", -10*time.Minute, ""))
	if got := lanes(window, "source"); got != "app[1 1 0 0][0 0 0 1]pager[0 1 0 0]" {
		t.Errorf("with a moved clock: %s", got)
	}
	values, err := s.Values(bg, id, "actor", "source", "service", "colour")
	if want := "map[actor:[{ADA 1} {ada 1} {grace 1}] colour:[] service:[] source:[{app 2} {pager 1}]]"; err != nil || fmt.Sprint(values) != want {
		t.Errorf("%v, %v, want %s", values, err, want)
	}
}

// What names a service of its own in every line neither fills the memory nor is lost.
func TestTooManyLanesAreOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	list := lines("app", mostLanes+40)
	for i := range list {
		list[i].Service = fmt.Sprint("host-", i)
	}
	importAll(t, s, id, list)
	lanes, err := s.Lanes(bg, model.EventQuery{Incident: id}, "service", 3)
	must(t, err)
	if first := lanes.Lanes[0]; len(lanes.Lanes) != mostLanes+1 || first.Name != model.OtherLanes || first.Total != 40 {
		t.Errorf("%d lanes, the fullest %+v", len(lanes.Lanes), first)
	}
}
