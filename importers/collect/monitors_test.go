package collect

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

func init() {
	const window = "filter[from]=2026-11-02T13:00:00Z&filter[to]=2026-11-02T15:00:00Z"
	const logs = `"filter":{"from":"2026-11-02T13:00:00Z","to":"2026-11-02T15:00:00Z","query":"service:checkout"}`
	visits["datadog"] = visit{found: 4,
		source: Source{Name: "datadog", Settings: Settings{Logs: []string{"service:checkout"}}},
		signed: func(h http.Header) bool {
			return h.Get("DD-API-KEY") == token && h.Get("DD-APPLICATION-KEY") == token && h.Get("Authorization") == ""
		},
		replies: map[string][]reply{
			"GET /api/v2/events?" + window + "&page[limit]=1000&sort=timestamp": {{body: `{"meta":{"page":{"after":"c1"}},"data":[{"type":"event","id":"E1",
				"attributes":{"timestamp":"2026-11-02T14:00:00Z","message":"checkout is slow","tags":["service:checkout"],"attributes":{"title":"p99 of checkout","status":"error","timestamp":1793628000000}}}]}`}},
			"GET /api/v2/events?" + window + "&page[cursor]=c1&page[limit]=1000&sort=timestamp": {{body: `{"data":[]}`}},
			`POST /api/v2/logs/events/search {` + logs + `,"page":{"limit":1000},"sort":"timestamp"}`: {{body: `{"meta":{"page":{"after":"c2"}},"data":[{"type":"log","id":"L1",
				"attributes":{"timestamp":"2026-11-02T14:00:01.5Z","status":"error","service":"checkout","message":"timeout"}}]}`}},
			`POST /api/v2/logs/events/search {` + logs + `,"page":{"cursor":"c2","limit":1000},"sort":"timestamp"}`: {{body: `{"data":[]}`}},
			"GET /api/v2/incidents?page[size]=100":                  {{body: `{"meta":{"pagination":{"offset":0,"next_offset":100,"size":100}},"data":[{"type":"incidents","id":"I1","attributes":{"title":"slow","created":"2026-11-02T14:02:00Z","detected":"2026-11-02T14:01:00Z"}}]}`}},
			"GET /api/v2/incidents?page[offset]=100&page[size]=100": {{body: `{"meta":{"pagination":{"offset":100,"size":0}},"data":[]}`}},
		},
		pages: []string{"events-01-0001.json", "events-01-0002.json", "logs-01-0001.json", "logs-01-0002.json", "incidents-0001.json", "incidents-0002.json"},
	}
	visits["honeycomb"] = visit{found: 1,
		source: Source{Name: "honeycomb"}, signed: func(h http.Header) bool { return h.Get("X-Honeycomb-Team") == token },
		replies: map[string][]reply{"GET /1/markers/__all__": {{body: `[{"id":"m1","type":"deploy","message":"deploy 14","start_time":1793627880,"created_at":"2026-11-02T13:58:00Z","updated_at":"2026-11-02T13:58:00Z"}]`}}},
		pages:   []string{"__all__/markers-0001.json"},
	}
	visits["prometheus"] = visit{found: 1,
		source: Source{Name: "prometheus", Settings: Settings{Queries: []model.Query{{Query: `up{job="checkout"}`}}}}, path: "/prom", signed: bearerOf,
		replies: map[string][]reply{
			"GET /prom/api/v1/query_range?end=2026-11-02T15:00:00Z&query=ALERTS&start=2026-11-02T13:00:00Z&step=15": {{body: `{"status":"success","data":{"resultType":"matrix","result":[
				{"metric":{"__name__":"ALERTS","alertname":"CheckoutSlow","alertstate":"firing","service":"checkout"},"values":[[1793628000,"1"],[1793628015,"1"]]}]}}`}},
			`GET /prom/api/v1/query_range?end=2026-11-02T15:00:00Z&query=up{job="checkout"}&start=2026-11-02T13:00:00Z&step=15`: {{body: `{"status":"success","data":{"resultType":"matrix","result":[]}}`}},
		},
		pages: []string{"alerts-0001.json", "query-01-0001.json"},
	}
	visits["alertmanager"] = visit{found: 1,
		source: Source{Name: "alertmanager", Settings: Settings{User: "ada", Filters: []string{`service="checkout"`}}},
		signed: func(h http.Header) bool { return h.Get("Authorization") == "Basic "+basic("ada", token) },
		replies: map[string][]reply{`GET /api/v2/alerts?filter=service="checkout"`: {{body: `[{"fingerprint":"f1","startsAt":"2026-11-02T14:00:00.000Z","endsAt":"2026-11-02T14:10:00.000Z","updatedAt":"2026-11-02T14:05:00.000Z",
			"labels":{"alertname":"CheckoutSlow","service":"checkout"},"annotations":{"summary":"p99 above 2 s"},"status":{"state":"active","inhibitedBy":[],"silencedBy":[]},"receivers":[{"name":"page"}]}]`}}},
		pages: []string{"alerts-0001.json"},
	}
	var annotations []string
	for i := range grafanaSize {
		annotations = append(annotations, fmt.Sprintf(`{"id":%d,"time":%d,"timeEnd":%d,"tags":["deploy"],"text":"deploy %d"}`, 5000-i, to.UnixMilli()-int64(i), to.UnixMilli()-int64(i), i))
	}
	visits["grafana"] = visit{found: 1001,
		source: Source{Name: "grafana", Settings: Settings{Tags: []string{"deploy", "checkout"}}}, signed: bearerOf,
		replies: map[string][]reply{
			"GET /api/annotations?from=1793624400000&limit=1000&tags=deploy&tags=checkout&to=1793631600000": {{body: "[" + strings.Join(annotations, ",") + "]"}},
			"GET /api/annotations?from=1793624400000&limit=1000&tags=deploy&tags=checkout&to=1793631599001": {{body: `[{"id":1,"time":1793628000000,"timeEnd":1793628000000,"tags":["deploy"],"text":"first"}]`}},
		},
		pages: []string{"annotations-0001.json", "annotations-0002.json"},
	}
	var lines []string
	for i := range lokiSize {
		lines = append(lines, fmt.Sprintf(`["%d","line %d"]`, from.UnixNano()+int64(i), i))
	}
	visits["loki"] = visit{found: 1000,
		source: Source{Name: "loki", Settings: Settings{Queries: []model.Query{{Query: `{app="checkout"}`}}, Tenant: "example"}},
		signed: func(h http.Header) bool { return bearerOf(h) && h.Get("X-Scope-OrgID") == "example" },
		replies: map[string][]reply{
			`GET /loki/api/v1/query_range?direction=forward&end=1793631600000000001&limit=1000&query={app="checkout"}&start=1793624400000000000`: {{
				body: `{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"checkout"},"values":[` + strings.Join(lines, ",") + `]}]}}`}},
			`GET /loki/api/v1/query_range?direction=forward&end=1793631600000000001&limit=1000&query={app="checkout"}&start=1793624400000000999`: {{
				body: `{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"checkout"},"values":[["1793624400000000999","line 999"]]}]}}`}},
		},
		pages: []string{"query-01-0001.json", "query-01-0002.json"},
	}
	visits["sentry"] = visit{found: 3,
		source: Source{Name: "sentry", Settings: Settings{Organization: "example", Projects: []string{"42"}}}, signed: bearerOf,
		replies: map[string][]reply{
			"GET /api/0/organizations/example/issues/?end=2026-11-02T15:00:00Z&limit=100&project=42&query=&start=2026-11-02T13:00:00Z": {{
				header: map[string]string{"Link": `<{api}/api/0/organizations/example/issues/?cursor=0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <{api}/api/0/organizations/example/issues/?cursor=0:100:0>; rel="next"; results="true"; cursor="0:100:0"`},
				body:   `[{"id":"71","shortId":"CHECKOUT-1","title":"TimeoutError","firstSeen":"2026-11-02T14:00:00Z","lastSeen":"2026-11-02T14:30:00Z","permalink":"https://example.sentry.io/issues/71/"}]`}},
			"GET /api/0/organizations/example/issues/?cursor=0:100:0": {{
				header: map[string]string{"Link": `<{api}/api/0/organizations/example/issues/?cursor=0:200:0>; rel="next"; results="false"; cursor="0:200:0"`}, body: `[]`}},
			"GET /api/0/organizations/example/issues/71/activities/": {{body: `{"activity":[]}`}},
			"GET /api/0/organizations/example/releases/?per_page=100&project=42": {{
				body: `[{"version":"checkout@1.4","dateCreated":"2026-11-02T13:50:00Z","lastDeploy":{"dateFinished":"2026-11-02T13:58:00Z","environment":"production"}}]`}},
			"GET /api/0/organizations/example/releases/checkout@1.4/deploys/": {{body: `[{"id":"9","environment":"production","dateStarted":"2026-11-02T13:55:00Z","dateFinished":"2026-11-02T13:58:00Z"}]`}},
		},
		pages: []string{"issues-0001.json", "issues-0002.json", "issues/71/activities-0001.json", "releases-0001.json", "releases/checkout@1.4/deploys-0001.json"},
	}
}

func TestStepKeepsToTheMostSamples(t *testing.T) {
	for window, want := range map[time.Duration]time.Duration{2 * time.Hour: 15 * time.Second, 30 * 24 * time.Hour: 260 * time.Second} {
		if got := step(window); got != want || window/got > 11_000 {
			t.Errorf("%v: %v", window, got)
		}
	}
}
