package collect

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

func init() {
	const search = "query=createdAt > 1793624399999 AND createdAt < 1793631600001"
	const list = "limit=100&order=asc&" + search + "&sort=createdAt"
	visits["opsgenie"] = visit{found: 4,
		source: Source{Name: "opsgenie"}, signed: func(h http.Header) bool { return h.Get("Authorization") == "GenieKey "+token },
		replies: map[string][]reply{
			"GET /v2/alerts?" + list: {{body: `{"data":[{"id":"a1","tinyId":"1","message":"checkout is slow","createdAt":"2026-11-02T14:00:00.000Z","status":"closed"}],
				"paging":{"next":"https://api.opsgenie.com/v2/alerts?limit=100&offset=100&order=asc"}}`}},
			"GET /v2/alerts?limit=100&offset=100&order=asc": {{body: `{"data":[],"paging":{}}`}},
			"GET /v2/alerts/a1/logs?limit=100&order=asc":    {{body: `{"data":[{"log":"Alert acknowledged via web","type":"system","owner":"ada@example.com","createdAt":"2026-11-02T14:03:00.000Z","offset":"1"}],"paging":{}}`}},
			"GET /v2/alerts/a1/notes?limit=100&order=asc":   {{body: `{"data":[],"paging":{}}`}},
			"GET /v1/incidents?" + list:                     {{body: `{"data":[{"id":"i1","tinyId":"1","message":"checkout","createdAt":"2026-11-02T14:00:00.000Z","impactStartDate":"2026-11-02T14:00:00.000Z"}],"paging":{}}`}},
			"GET /v2/incident-timelines/i1/entries?limit=100&order=asc": {{body: `{"data":{"entries":[{"id":"t1","group":"Incident","type":"IncidentOpened","eventTime":"2026-11-02T14:00:00.000Z","hidden":false,
				"actor":{"name":"Ada","type":"user"},"description":{"name":"IncidentOpened","content":"opened"}}]}}`}},
		},
		pages: []string{"alerts-0001.json", "alerts-0002.json", "alerts/a1/logs-0001.json", "alerts/a1/notes-0001.json", "incidents-0001.json", "incidents/i1/entries-0001.json"},
	}
	visits["statuspage"] = visit{found: 1,
		source: Source{Name: "statuspage", Settings: Settings{Pages: []string{"p1"}}}, signed: func(h http.Header) bool { return h.Get("Authorization") == "OAuth "+token },
		replies: map[string][]reply{"GET /v1/pages/p1/incidents?limit=100&page=1": {{status: 0, body: `[{"id":"s1","name":"Checkout is slow","created_at":"2026-11-02T14:10:00.000Z","shortlink":"https://stspg.io/s1","impact":"minor",
			"incident_updates":[{"id":"u1","status":"investigating","body":"We look into it.","created_at":"2026-11-02T14:10:00.000Z","display_at":"2026-11-02T14:10:00.000Z","incident_id":"s1"}]}]`}}},
		pages: []string{"p1/incidents-0001.json"},
	}
	visits["statuspage in public"] = visit{
		source: Source{Name: "statuspage"}, signed: func(h http.Header) bool { return h.Get("Authorization") == "" },
		replies: map[string][]reply{"GET /api/v2/incidents.json": {{body: `{"page":{"id":"p1","name":"Example"},"incidents":[]}`}}},
		pages:   []string{"incidents-0001.json"},
	}
}

func TestKubernetesAsksAProgram(t *testing.T) {
	kubectl := filepath.Join(t.TempDir(), "kube ctl")
	script := "#!/bin/sh\n[ \"$*\" = '--context prod get events -n shop -o json' ] || exit 3\n" +
		`echo '{"kind":"List","items":[{"kind":"Event","metadata":{"uid":"u1","name":"e"},"type":"Warning","reason":"Unhealthy","message":"probe failed","firstTimestamp":"2026-11-02T14:00:00Z","involvedObject":{"kind":"Pod","name":"checkout-1"}}]}'` + "\n"
	if err := os.WriteFile(kubectl, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	x := newTrial(Source{Name: "kubernetes", Settings: Settings{Command: []string{kubectl, "--context", "prod"}, Namespaces: []string{"shop"}}})
	out := x.run(t)
	if len(out.Pages) != 1 || out.Pages[0].Name != "shop/events-0001.json" || out.Pages[0].Request != `RUN "`+kubectl+`" --context prod get events -n shop -o json` {
		t.Fatalf("%+v", out)
	}
	x.Record = t.TempDir()
	x.run(t)
	replay, err := OpenReplay(x.Record)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(kubectl); err != nil {
		t.Fatal(err)
	}
	x.Record, x.Transport = "", replay
	if again := x.run(t); len(again.Pages) != 1 || again.Known != 1 {
		t.Errorf("from the recording: %+v", again)
	}
	if err := os.WriteFile(kubectl, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	x = newTrial(Source{Name: "kubernetes", Settings: Settings{Command: []string{kubectl}}})
	if out := x.run(t); out.State != Failed || len(out.Pages) != 0 {
		t.Errorf("a program that ends with 3: %+v", out)
	} else if want := `collect from Kubernetes: events-0001.json (RUN "` + kubectl + `" get events -A -o json): the program ended with status 3; run it in a shell to see why; what it says is not shown here`; out.Err.Error() != want {
		t.Errorf("got %q, want %q", out.Err, want)
	}
}
