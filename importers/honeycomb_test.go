package importers

import "testing"

func TestHoneycomb(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a list of markers": {`[{"created_at":"2026-03-04T14:00:01Z","updated_at":"2026-03-04T14:00:01Z","start_time":1772632800,"message":"build 7","type":"deploy","id":"m1"},
{"created_at":"2026-03-04T14:00:01Z","updated_at":"2026-03-04T14:00:01Z","start_time":0,"message":"drill","type":"exercise","id":"m2"}]`,
			"2026-03-04T14:00:00Z deploy|||build 7\n2026-03-04T14:00:01Z note|||drill\n"},
		"one marker in versions": {`{"updated_at":"2026-03-04T14:00:02Z","created_at":"2026-03-04T14:00:01Z","start_time":1772632800,"message":"old","type":"deploy","id":"m1"}` + "\n" + `{"updated_at":"2026-03-04T14:00:03Z","created_at":"2026-03-04T14:00:01Z","start_time":1772632800,"message":"new","type":"deploy","id":"m1"}`,
			"2026-03-04T14:00:00Z deploy|||new\n"},
		"the result of a query": {`{"query":{"calculations":[{"op":"COUNT"}]},"id":"q","complete":true,"data":{"series":[{"time":"2026-03-04T14:00:00Z","data":{"COUNT":12,"P95(duration_ms)":31.5,"service.name":"orders"}},{"time":"2026-03-04T14:01:00Z","data":{"COUNT":3,"service.name":"orders"}}],"results":[{"data":{"COUNT":15}}]},"links":{"query_url":"https://ui.example.com/q"}}`,
			"2026-03-04T14:00:00Z metric||orders|service.name: orders, COUNT: 12, P95(duration_ms): 31.5\n2026-03-04T14:01:00Z metric||orders|service.name: orders, COUNT: 3\n"},
		"the table of a query": {"time,service,COUNT,P95(duration_ms)\n2026-03-04T14:00:00Z,orders,12,31.5\n2026-03-04T14:00:00Z,cart,1,2\n", "2026-03-04T14:00:00Z metric||orders|service: orders, P95(duration_ms): 31.5, count: 12\n2026-03-04T14:00:00Z metric||cart|service: cart, P95(duration_ms): 2, count: 1\n"},
	} {
		t.Run(name, func(t *testing.T) { wantSource(t, "honeycomb", c.text, c.want) })
	}
}

func TestHoneycombRefusals(t *testing.T) {
	wantRefused(t, "honeycomb", `{"id":"q","complete":true,"data":{"series":[],"results":[{"data":{"COUNT":15}},{"data":{"COUNT":1}}]}}{"id":"q","complete":false,"data":{}}{"version":"v0.1.0","trigger_url":"https://ui.example.com/t","name":"slow"}`,
		"sum over the whole time", "sum over the whole time", "not finished", "no time")
	table := "| Id          |      Start Time |        End Time | Type         | Message | URL |\n+-------------+-----------------+\n| m1          | Mar  4 15:00:00 |                 | deploy       | build 7 |     |\n"
	for _, source := range []string{"honeycomb", "auto"} {
		wantFault(t, gather(t, source, Options{}, write(t, "markers.txt", table)...).err, "local zone", "honeymarker list --json")
	}
}

func FuzzHoneycomb(f *testing.F) {
	fuzzSource(f, "honeycomb", "x.json", `[{"updated_at":"2026-03-04T14:00:02Z","start_time":1772632800,"message":"m","type":"deploy","id":"a"}]`,
		`{"complete":true,"data":{"series":[{"time":"2026-03-04T14:00:00Z","data":{"COUNT":1}}],"results":[{}]}}`, "time,COUNT\n2026-03-04T14:00:00Z,1\n")
}

func TestHoneycombMarkerKeepsItsEndAndLink(t *testing.T) {
	g := gather(t, "honeycomb", Options{}, write(t, "x.json", `{"updated_at":"2026-03-04T14:00:02Z","start_time":1772632800,"end_time":1772632860,"message":"m","type":"deploy","url":"https://ci.example.com/7","id":"m1"}`)...)
	if e := g.events[0]; e.End.Minute() != 1 || e.URL != "https://ci.example.com/7" || e.ExternalID != "honeycomb:marker:m1" || e.TimeText != "1772632800" {
		t.Errorf("got %+v", e)
	}
}
