package ui_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/collect"
	"aftermath/ui/nav"
	"aftermath/ui/origin"
	"aftermath/ui/uitest"
)

// sources are live sources that answer what a test puts there.
type sources struct {
	none   bool
	states []collect.State
	going  bool
	asked  []string
	calls  []string
	from   time.Time
	to     time.Time
}

func (s *sources) Sources() []collect.Source {
	if s.none {
		return nil
	}
	return []collect.Source{{Name: "slack", Title: "Slack", Address: "https://slack.com/api"}, {Name: "pagerduty", Title: "PagerDuty", Address: "https://api.pagerduty.com"},
		{Name: "github", Title: "GitHub", Address: "https://api.github.com"}, {Name: "prometheus", Title: "Prometheus", Address: "http://prometheus.example.com:9090"}}
}

func (s *sources) Configuration() string { return "/home/dana/.config/aftermath/config.toml" }

func (s *sources) Start(_ model.ID, from, to time.Time, names []string) collect.Run {
	s.asked, s.from, s.to = names, from, to
	return s
}

func (s *sources) Under(model.ID) collect.Run {
	if s.states == nil {
		return nil
	}
	return s
}

func (s *sources) Window() (from, to time.Time) { return s.from, s.to }

func (s *sources) States() []collect.State {
	if s.states != nil {
		return s.states
	}
	var list []collect.State
	for _, name := range s.asked {
		list = append(list, collect.State{Source: name, Phase: collect.Fetching, Pages: 1})
	}
	return list
}

func (s *sources) Going() bool { return s.going }

func (s *sources) Cancel(source string) { s.calls = append(s.calls, "cancel "+source) }

func (s *sources) Retry(source string) { s.calls = append(s.calls, "retry "+source) }

// underWay is a collection in which every state can be seen.
func underWay() *sources {
	at := time.Date(2026, 6, 2, 11, 1, 0, 0, time.UTC)
	return &sources{going: true, from: at, to: at.Add(3 * time.Hour), states: []collect.State{
		{Source: "slack", Phase: collect.Limited, Pages: 3, Until: at.Add(6 * time.Hour), Why: "Slack allows one request a minute to this app"},
		{Source: "pagerduty", Phase: collect.Done, Pages: 2, Known: 1, Report: model.ImportReport{Source: "pagerduty", Read: 41, New: 38, Known: 2, Refused: 1, Refusals: []model.Refusal{{Reason: "the record has no time"}}}},
		{Source: "github", Phase: collect.Failed, Pages: 1, Why: "collect from GitHub: it answers 401 Unauthorized; the token comes from GITHUB_TOKEN: look whether it is still valid"},
		{Source: "prometheus", Phase: collect.Fetching, Pages: 1},
	}}
}

func TestCollectFollowsEverySource(t *testing.T) {
	m, id := sample(t)
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		o := options(m)
		live := underWay()
		o.Collector = live
		d := open(t, o, id, nav.Collect, size[0], size[1])
		d.Keys("down down")
		check(t, d, size[0], size[1], "collect")
		uitest.Golden(t, "collect-underway-"+sizeName(size), d.Screen())
		if !strings.Contains(d.Screen(), "401 Unauthorized") {
			t.Errorf("the selected source does not say why it broke off:\n%s", d.Screen())
		}
		d.Keys("r up x up x")
		if got := strings.Join(live.calls, ", "); got != "retry github, cancel slack" {
			t.Errorf("keys did: %s", got)
		}
	}
}

// TestCollectSaysEverything: a source of which several pages failed names each, and what to do next.
func TestCollectSaysEverything(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	live := underWay()
	live.states = []collect.State{{Source: "prometheus", Phase: collect.Failed, Pages: 3, Known: 1,
		Why: "collect from Prometheus: 2 pages did not come or could not be read: query-02-0001.json (sum(rate(http_requests_total[1m]))): it answers 400 Bad Request; " +
			"query-03-0001.json (histogram_quantile(0.99, latency)): the answer is cut off or is not JSON; look at [collect.prometheus] in the configuration",
		Report: model.ImportReport{Read: 5, New: 4, Refused: 1, Refusals: []model.Refusal{{File: "alerts-0001.json", Line: 1, Reason: "the record has no time"}},
			Warnings: []string{"no value in query-04-0001.json lies above 9"}}}}
	live.going = false
	o.Collector = live
	d := open(t, o, id, nav.Collect, 80, 24)
	check(t, d, 80, 24, "collect")
	text := strings.Join(strings.Fields(d.Screen()), " ")
	for _, words := range []string{"query-02-0001.json", "query-03-0001.json", "look at [collect.prometheus] in the configuration", "broke off with 4 new",
		"1 refused, the first: in alerts-0001.json, the record has no time", "no value in query-04-0001.json lies above 9", "1 of 3 pages were kept before"} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is not on the screen:\n%s", words, d.Screen())
		}
	}
}

func sizeName(size [2]int) string {
	return map[[2]int]string{{80, 24}: "80x24", {120, 36}: "120x36"}[size]
}

func TestCollectAsksForTheWindowAndTheSourcesThatAreLeft(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	live := &sources{going: true}
	o.Collector = live
	d := open(t, o, id, nav.Collect, 80, 24)
	d.Keys("down x f ctrl+u").Type("2026-06-02 11:30").Keys("enter c")
	if got := strings.Join(live.asked, " "); got != "slack github prometheus" {
		t.Errorf("asked %q", got)
	}
	if live.from.Format("15:04") != "09:30" || live.to.Sub(live.from) <= 0 {
		t.Errorf("the window is %s to %s", live.from, live.to)
	}
	o.Collector = &sources{none: true}
	d = open(t, o, id, nav.Collect, 80, 24)
	uitest.Golden(t, "collect-unconfigured", d.Screen())
}

// traces is the way from a line to a record that a test puts there.
type traces struct {
	missing string
	again   []model.ID
}

func (t *traces) Trace(_ context.Context, event model.ID) (origin.Trace, error) {
	at := time.Date(2026, 6, 2, 12, 3, 40, 123_000_000, time.UTC)
	trace := origin.Trace{
		Event: model.Event{ID: event, At: at, OriginalAt: at.Add(37 * time.Second), Reason: "the host ran ahead of NTP", Title: "p99 latency > 500 ms on checkout", TimeText: "1780401857123", ZoneSource: "data", ExternalID: "datadog:event:7011", Import: "M-0000000000000007"},
		Import: model.Import{ID: "M-0000000000000007", Source: "datadog", Name: "Datadog, 2 pages", Parser: "datadog/1", Digest: strings.Repeat("0123456789abcdef", 4), By: "dana",
			At: time.Date(2026, 6, 3, 9, 0, 0, 0, time.UTC)},
		Request: "GET https://api.datadoghq.com/api/v2/events?filter[from]=1780398000000&page[limit]=1000",
		File:    "v2/events-0001.json", Line: 12,
		Record: "{\"id\":\"7011\",\n \"attributes\":{\"timestamp\":\"2026-06-02T12:04:17.123Z\",\n  \"message\":\"p99 latency > 500 ms on checkout, told oncall@example.com\"}}",
	}
	if t.missing != "" {
		trace.Missing, trace.Record = t.missing, ""
	}
	return trace, nil
}

func (t *traces) ReadAgain(_ context.Context, id model.ID) (model.ImportReport, error) {
	t.again = append(t.again, id)
	return model.ImportReport{New: 41}, nil
}

func TestOriginShowsTheRecord(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	followed := &traces{}
	o.Tracer = followed
	d := open(t, o, id, nav.Origin, 80, 24)
	if strings.Contains(d.Screen(), "oncall@") || !strings.Contains(d.Screen(), "[hidden]") {
		t.Errorf("an address is shown without being asked for:\n%s", d.Screen())
	}
	d.Keys("x end")
	if !strings.Contains(d.Screen(), "oncall@example.com") {
		t.Errorf("it stays hidden:\n%s", d.Screen())
	}
	d.Keys("R")
	if len(followed.again) != 1 || !strings.Contains(d.Screen(), "41 lines") {
		t.Errorf("read again: %v\n%s", followed.again, d.Screen())
	}
	o.Tracer = &traces{missing: "the file is not the one that was imported"}
	d = open(t, o, id, nav.Origin, 80, 24)
	uitest.Golden(t, "origin-missing", d.Screen())
}

var _ ui.Store = (*uitest.Memory)(nil)
