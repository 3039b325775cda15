package collect

import (
	"strings"
	"testing"
	"time"
)

// TestSamplesLieOnWholeSteps asks in two windows for one alert, which goes on between the two collections. It stays one
// alert, whose end is the later one, and says so where it fired before the window.
func TestSamplesLieOnWholeSteps(t *testing.T) {
	const firing = `"__name__":"ALERTS","alertname":"CheckoutDown","alertstate":"firing"`
	ask := func(start string) string {
		return "GET /api/v1/query_range?end=2026-11-02T15:00:00Z&query=ALERTS&start=2026-11-02T" + start + "Z&step=15"
	}
	a := newAPI(t, nil, map[string][]reply{
		ask("13:00:00"): matrix(values(firing, 1, 1)), ask("13:30:00"): matrix(values(firing, 1, 1, 1, 1)), ask("14:00:00"): matrix(values(firing, 1, 1)),
	})
	x := newTrial(Source{Name: "prometheus", Settings: Settings{Address: a.URL}})
	x.run(t)
	x.From = time.Date(2026, 11, 2, 13, 30, 7, 0, time.UTC)
	if out := x.run(t); out.Err != nil || out.Report.Known != 1 {
		t.Fatalf("%+v", out)
	}
	if e := x.imported.events[0]; !e.Updated.Equal(e.End) || strings.Contains(e.Body, "already") {
		t.Errorf("a later reading could not bring a later end: %+v", e)
	}
	x = newTrial(x.Sources...)
	x.From = time.Date(2026, 11, 2, 14, 0, 7, 0, time.UTC)
	x.run(t)
	if e := x.imported.events[0]; !strings.Contains(e.Body, "It was so already when the window of time began.") {
		t.Errorf("%+v", e)
	}
}
