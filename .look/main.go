package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/desk"
	"aftermath/ui/uitest"
)

func main() {
	m := uitest.NewMemory()
	if len(os.Args) < 3 {
		ctx := context.Background()
		inc := m.NewID(model.TypeIncident)
		g := model.Gesture{}.Set(model.TypeIncident, inc, "title", "Checkout latency after pool change").Set(model.TypeIncident, inc, "severity", "sev2").
			Set(model.TypeIncident, inc, "stage", "draft").
			Set(model.TypeIncident, inc, "started", "2026-08-03T14:00:00Z").Set(model.TypeIncident, inc, "detected", "2026-08-03T14:06:00Z").Set(model.TypeIncident, inc, "resolved", "2026-08-03T14:47:00Z").
			Set(model.TypeIncident, inc, "mitigated", "2026-08-03T14:38:00Z").Set(model.TypeIncident, inc, "acknowledged", "2026-08-03T14:09:00Z").
			Set(model.TypeIncident, inc, "impact", "About 4,100 customers could not pay for 38 minutes; 2,300 orders were abandoned.")
		m.Apply(ctx, g)
		kinds := []string{"deploy", "alert", "page", "ack", "comms", "decision", "metric", "log"}
		srcs := []string{"github", "datadog", "pagerduty", "slack", "note"}
		for i := 0; i < 60; i++ {
			id := m.NewID(model.TypeEvent)
			at := time.Date(2026, 8, 3, 14, 0, 0, 0, time.UTC).Add(time.Duration(i*i%61) * 47 * time.Second)
			g := model.Gesture{}.Set(model.TypeEvent, id, "incident", string(inc)).Set(model.TypeEvent, id, "at", model.FormatTime(at)).Set(model.TypeEvent, id, "title", fmt.Sprintf("p99 latency > 500 ms on checkout, event number %d", i)).
				Set(model.TypeEvent, id, "kind", kinds[i%8]).Set(model.TypeEvent, id, "source", srcs[i%5]).Set(model.TypeEvent, id, "actor", "maya")
			if i%7 == 0 {
				g = g.Set(model.TypeEvent, id, "belief", "the CDN was degraded").Set(model.TypeEvent, id, "why", "rollback takes 20 min")
			}
			if i == 9 {
				g = g.Set(model.TypeEvent, id, "moment", "detected")
			}
			m.Apply(ctx, g)
		}
	}
	d := &desk.Desk{Author: "dana", Taxonomy: model.DefaultTaxonomy(), Zone: time.UTC, Required: model.DefaultRequired(), Scale: model.DefaultScale(), CutLine: 5, Now: time.Now,
		NewID: func(t model.Type) model.ID { return model.NewID(t, rand.Reader) }, Between: func(a, b string) string { return a + "m" }}
	a := ui.New(ui.Options{Store: m, Desk: d, Theme: os.Args[1], Unicode: true, Mouse: true})
	if _, err := tea.NewProgram(a, tea.WithFPS(120)).Run(); err != nil {
		panic(err)
	}
}
