package storage

import (
	"testing"
	"time"

	"aftermath/model"
)

func TestHistoryTellsWhatWasBefore(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	rename(t, s, id, "second")
	rename(t, s, id, "second")
	importAll(t, s, id, lines("app", 20))
	if _, err := s.Undo(bg); err != nil {
		t.Fatal(err)
	}
	var list []model.Change
	must(t, s.History(bg, model.HistoryQuery{Entity: id, Field: "title"}, func(c model.Change) error { list = append(list, c); return nil }))
	if len(list) != 2 || list[0].New != "second" || list[0].Old != "Title of one" || list[0].Label != "rename to second" || list[1].Old != nil || list[1].Incident != id {
		t.Errorf("%+v", list)
	}
	imports, kinds := 0, map[string]int{}
	var before time.Time
	must(t, s.History(bg, model.HistoryQuery{Incident: id}, func(c model.Change) error {
		kinds[c.Kind]++
		if c.Kind == "import" {
			imports++
		}
		if !before.IsZero() && c.At.After(before) {
			t.Errorf("%v after %v", c.At, before)
		}
		before = c.At
		return nil
	}))
	if imports != 1 || len(kinds) != 2 {
		t.Errorf("%v", kinds)
	}
	count := 0
	must(t, s.History(bg, model.HistoryQuery{Limit: 3}, func(model.Change) error { count++; return nil }))
	if count != 3 {
		t.Errorf("%d entries", count)
	}
}
