package storage

import (
	"fmt"
	"testing"
	"time"

	"aftermath/model"
)

func TestIncidentsInOrder(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	var g model.Gesture
	for i := range 300 {
		id := s.NewID(model.TypeIncident)
		g = g.Set(model.TypeIncident, id, "key", fmt.Sprintf("k%03d", i))
		if i != 7 {
			g = g.Set(model.TypeIncident, id, "started", time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC))
		}
		for k, stage := range []string{"idea", "committed", "implemented", "verified"} {
			a := s.NewID(model.TypeAction)
			g = g.Set(model.TypeAction, a, "incident", string(id)).Set(model.TypeAction, a, "stage", stage).Set(model.TypeAction, a, "due", fmt.Sprintf("2026-11-0%d", k))
		}
	}
	apply(t, s, g)
	all, total, err := s.Incidents(bg, model.IncidentQuery{})
	must(t, err)
	if total != 300 || len(all) != 300 || all[0].Key != "k007" || all[1].Key != "k299" || all[299].Key != "k000" {
		t.Fatalf("%d of %d, %s, %s", len(all), total, all[0].Key, all[1].Key)
	}
	if l := all[5]; l.Actions != 3 || l.Open != 2 || l.Overdue != 1 {
		t.Errorf("%+v", l)
	}
	page, _, err := s.Incidents(bg, model.IncidentQuery{Offset: 100, Limit: 7})
	must(t, err)
	if len(page) != 7 || page[0].ID != all[100].ID {
		t.Errorf("%+v", page)
	}
}
