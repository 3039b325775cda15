package collect

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"aftermath/importers"
	"aftermath/model"
)

// TestOneBadPageLosesNoOther spoils each page of each vendor in turn. The error names it, everything else that the
// source is asked for comes, and the report says whose it is.
func TestOneBadPageLosesNoOther(t *testing.T) {
	bad := map[string]func(*http.Request) *http.Response{
		"cut":     func(r *http.Request) *http.Response { return response200(r, `{"data":[`) },
		"empty":   func(r *http.Request) *http.Response { return response200(r, ``) },
		"login":   func(r *http.Request) *http.Response { return response200(r, `<html>`) },
		"500":     func(r *http.Request) *http.Response { return answering(r, 500, `{}`) },
		"refused": func(r *http.Request) *http.Response { return answering(r, 400, `{"error":"no such name"}`) },
		"large":   func(r *http.Request) *http.Response { return response200(r, strings.Repeat(" ", 2<<20)) },
	}
	for name, v := range visits {
		source := v.source
		source.Address, source.MaxBodyMB = unstarted.URL+v.path, 1
		server := inMemory{&api{t: t, Server: &unstarted, signed: v.signed, replies: v.replies}}
		x := newTrial(source)
		x.Transport = server
		whole := x.run(t)
		calls, err := source.calls(vendorOf(source.Name), x.Window)
		if err != nil {
			t.Fatal(err)
		}
		for _, spoilt := range whole.Pages {
			for what, answer := range bad {
				t.Run(strings.Join([]string{name, spoilt.Name, what}, " "), func(t *testing.T) {
					x := newTrial(source)
					x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
						body, _ := r.GetBody()
						text, _ := io.ReadAll(body)
						if (Request{r.Method, r.URL.String(), string(text)}).String() == spoilt.Request {
							return answer(r), nil
						}
						return server.RoundTrip(r)
					})
					out := x.run(t)
					if out.State != Failed || !strings.Contains(out.Err.Error(), spoilt.Name) || out.Report.Source != source.Name {
						t.Errorf("%v, report of %q", out.Err, out.Report.Source)
					}
					got := names(out.Pages)
					for _, c := range calls {
						first := whole.Pages[slices.IndexFunc(whole.Pages, func(p model.Page) bool { return p.Request == c.String() })]
						if first.Request != spoilt.Request && !slices.Contains(got, first.Name) {
							t.Errorf("%s is lost; there are %q", first.Name, got)
						}
					}
				})
			}
		}
	}
}

// TestServerInTroubleIsLeftAlone asks no more when two requests in a row come to nothing.
func TestServerInTroubleIsLeftAlone(t *testing.T) {
	n := 0
	x := newTrial(Source{Name: "slack", Settings: Settings{Address: unstarted.URL, Channels: []string{"C1", "C2", "C3", "C4"}}})
	x.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		n++
		return answering(r, 500, ""), nil
	})
	out := x.run(t)
	if want := 2 * (len(pauses) + 1); n != want {
		t.Errorf("asked %d times, want %d", n, want)
	}
	if !strings.Contains(out.Err.Error(), "2 pages did not come or could not be read: users.list-0001.json") &&
		!strings.Contains(out.Err.Error(), "2 pages did not come or could not be read: C1/conversations.history-0001.json") {
		t.Error(out.Err)
	}
}

// matrix is an answer of Prometheus.
func matrix(series ...string) []reply {
	return []reply{{body: `{"status":"success","data":{"resultType":"matrix","result":[` + strings.Join(series, ",") + `]}}`}}
}

func values(metric string, numbers ...float64) string {
	var list []string
	for i, n := range numbers {
		list = append(list, fmt.Sprintf(`[%d,"%v"]`, 1793628000+15*i, n))
	}
	return fmt.Sprintf(`{"metric":{%s},"values":[%s]}`, metric, strings.Join(list, ","))
}

// TestQueriesBecomeEvents: one that says from when on its numbers matter gives their crossings, a plain one gives each
// series as a whole, and neither keeps the alerts back.
func TestQueriesBecomeEvents(t *testing.T) {
	ask := func(query string) string {
		return "GET /api/v1/query_range?end=2026-11-02T15:00:00Z&query=" + query + "&start=2026-11-02T13:00:00Z&step=15"
	}
	a := newAPI(t, nil, map[string][]reply{
		ask("ALERTS"): matrix(values(`"__name__":"ALERTS","alertname":"CheckoutDown","alertstate":"firing"`, 1, 1)),
		ask("up"): matrix(values(`"__name__":"up","instance":"a:1"`, 1, 0, 0, 1),
			values(`"__name__":"up","instance":"b:1"`, 1, 1, 1, 1)),
		ask("errors"): matrix(values(``, 0.1, 0.9, 0.95, 0.2)),
		ask("load"):   matrix(values(``, 4, 0.5, 4)),
		ask("silent"): matrix(),
		ask("idle"):   matrix(values(``, 1, 2)),
	})
	x := newTrial(Source{Name: "prometheus", Settings: Settings{Address: a.URL, Queries: []model.Query{
		{Query: "up"}, {Query: "errors", Above: "0.8", Title: "Share of errors"}, {Query: "load", Below: "1"}, {Query: "silent"}, {Query: "idle", Above: "9"},
	}}})
	out := x.run(t)
	if out.Err != nil {
		t.Fatal(out.Err)
	}
	var got []string
	for _, e := range x.imported.events {
		got = append(got, fmt.Sprintf("%s–%s %s: %s", e.At.Format("15:04:05"), e.End.Format("15:04:05"), e.Kind, e.Title))
	}
	slices.Sort(got)
	want := []string{
		"14:00:00–14:00:15 alert: CheckoutDown firing",
		"14:00:00–14:00:45 metric: up{instance=\"a:1\"}: 0 to 1",
		"14:00:00–14:00:45 metric: up{instance=\"b:1\"}: 1 throughout",
		"14:00:15–14:00:30 metric: load below 1: lowest 0.5",
		"14:00:15–14:00:45 metric: Share of errors above 0.8: peak 0.95",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !slices.Contains(out.Report.Warnings, "no value in query-05-0001.json lies above 9") {
		t.Errorf("warnings %q", out.Report.Warnings)
	}

	// The thresholds of a whole collection hold where a query has none.
	x = newTrial(x.Sources...)
	x.Below = "1"
	x.run(t)
	if !slices.ContainsFunc(x.imported.events, func(e model.Event) bool { return e.Title == `up{instance="a:1"} below 1: lowest 0` }) {
		t.Errorf("%+v", x.imported.events)
	}
}

// TestQueriesAreReadAgainAlike: what was told about each page is kept with the import.
func TestQueriesAreReadAgainAlike(t *testing.T) {
	a := newAPI(t, nil, map[string][]reply{
		"GET /api/v1/query_range?end=2026-11-02T15:00:00Z&query=errors&start=2026-11-02T13:00:00Z&step=15": matrix(values(``, 0.1, 0.9, 0.2)),
		"GET /api/v1/query_range?end=2026-11-02T15:00:00Z&query=up&start=2026-11-02T13:00:00Z&step=15":     matrix(values(`"__name__":"up"`, 1, 0)),
	})
	x := newTrial(Source{Name: "prometheus", Settings: Settings{Address: a.URL, Skip: []string{"alerts"},
		Queries: []model.Query{{Query: "errors", Above: "0.8", Title: "Share of errors"}, {Query: "up"}}}})
	answers := ""
	x.Import = func(ctx context.Context, read model.ReadEvidence) (model.ImportReport, error) {
		return x.imported.Import(ctx, func(emit func(*model.Event) error) (model.Reading, error) {
			reading, err := read(emit)
			answers = reading.Answers
			return reading, err
		})
	}
	x.run(t)
	pages, err := x.keeper.Kept(t.Context(), incident, "prometheus")
	if err != nil {
		t.Fatal(err)
	}
	in, opt, err := importers.Reopen("again", pages, answers)
	if err != nil {
		t.Fatal(err)
	}
	src, _ := importers.Lookup("prometheus")
	again := &imported{}
	if _, err := again.Import(t.Context(), importers.Read(src, in, opt)); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.ids(), x.imported.ids()) || len(again.events) != 2 || again.events[0].Title != x.imported.events[0].Title {
		t.Errorf("got %+v, want %+v", again.events, x.imported.events)
	}
}

// TestLokiCountsLines: what a query counts comes whole, and is read as Prometheus' numbers are.
func TestLokiCountsLines(t *testing.T) {
	var many []float64
	for i := range lokiSize + 1 {
		many = append(many, float64(i))
	}
	a := newAPI(t, nil, map[string][]reply{
		`GET /loki/api/v1/query_range?direction=forward&end=1793631600000000001&limit=1000&query=rate({app="checkout"}[1m])&start=1793624400000000000`: matrix(values(`"app":"checkout"`, many...)),
	})
	x := newTrial(Source{Name: "loki", Settings: Settings{Address: a.URL, Queries: []model.Query{{Query: `rate({app="checkout"}[1m])`, Above: "10", Title: "Errors"}}}})
	if out := x.run(t); out.Err != nil || len(out.Pages) != 1 || len(x.imported.events) != 1 || x.imported.events[0].Title != `Errors{app="checkout"} above 10: peak 1000` {
		t.Errorf("%+v, %+v", out, x.imported.events)
	}
}
