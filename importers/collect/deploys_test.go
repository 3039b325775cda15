package collect

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

func init() {
	const updated = "order_by=updated_at&per_page=100&sort=asc&updated_after=2026-11-02T13:00:00Z&updated_before=2026-11-02T15:00:00Z"
	visits["gitlab"] = visit{found: 1,
		source: Source{Name: "gitlab", Settings: Settings{Projects: []string{"example/checkout"}}}, path: "/api/v4",
		signed: func(h http.Header) bool { return h.Get("PRIVATE-TOKEN") == token },
		replies: map[string][]reply{
			// The path is escaped on the way; the server sees it unescaped.
			"GET /api/v4/projects/example/checkout/deployments?" + updated: {{header: map[string]string{"X-Page": "1", "X-Next-Page": "2"},
				body: `[{"id":1,"iid":1,"ref":"main","status":"success","created_at":"2026-11-02T13:55:00.000Z","updated_at":"2026-11-02T13:58:00.000Z","environment":{"name":"production"},"deployable":{"name":"deploy"}}]`}},
			"GET /api/v4/projects/example/checkout/deployments?order_by=updated_at&page=2&per_page=100&sort=asc&updated_after=2026-11-02T13:00:00Z&updated_before=2026-11-02T15:00:00Z": {{
				header: map[string]string{"X-Page": "2", "X-Next-Page": ""}, body: `[]`}},
			"GET /api/v4/projects/example/checkout/pipelines?" + updated: {{body: `[]`}},
			"GET /api/v4/projects/example/checkout/releases?per_page=100": {{header: map[string]string{"X-Page": "1", "X-Next-Page": "2"},
				body: `[{"tag_name":"v1.4","name":"v1.4","created_at":"2026-10-02T13:55:00.000Z","released_at":"2026-10-02T13:55:00.000Z"}]`}},
			"GET /api/v4/projects/example/checkout/events?after=2026-11-01&before=2026-11-03&per_page=100": {{body: `[]`}},
		},
		pages: []string{"example/checkout/deployments-0001.json", "example/checkout/deployments-0002.json", "example/checkout/pipelines-0001.json",
			"example/checkout/releases-0001.json", "example/checkout/events-0001.json"},
	}
	tree := func(list string, at int) string { return "tree=" + jenkinsTree(list, at) }
	build := func(number int, began time.Time) string {
		return fmt.Sprintf(`{"number":%d,"timestamp":%d,"duration":60000,"result":"SUCCESS","url":"https://jenkins.example.com/job/deploy/job/checkout/%d/"}`, number, began.UnixMilli(), number)
	}
	var builds []string
	for i := range jenkinsSize {
		builds = append(builds, build(500-i, to.Add(-time.Duration(i)*time.Minute)))
	}
	visits["jenkins"] = visit{found: 100,
		source: Source{Name: "jenkins", Settings: Settings{User: "ada", Jobs: []string{"deploy/checkout"}}},
		signed: func(h http.Header) bool { return h.Get("Authorization") == "Basic "+basic("ada", token) },
		replies: map[string][]reply{
			"GET /job/deploy/job/checkout/api/json?" + tree("builds", 0):      {{body: `{"fullName":"deploy/checkout","builds":[` + strings.Join(builds, ",") + `]}`}},
			"GET /job/deploy/job/checkout/api/json?" + tree("allBuilds", 100): {{body: `{"fullName":"deploy/checkout","allBuilds":[` + build(400, from.Add(-100*time.Hour)) + `]}`}},
		},
		pages: []string{"deploy/checkout/builds-0001.json", "deploy/checkout/builds-0002.json"},
	}
	visits["argocd"] = visit{found: 1,
		source: Source{Name: "argocd", Settings: Settings{Applications: []string{"checkout"}}}, signed: bearerOf,
		replies: map[string][]reply{"GET /api/v1/applications/checkout": {{body: `{"metadata":{"name":"checkout","namespace":"argocd"},"spec":{"source":{"repoURL":"https://git.example.com/checkout"}},
			"status":{"history":[{"id":4,"revision":"abc0123456","deployStartedAt":"2026-11-02T13:55:00Z","deployedAt":"2026-11-02T13:58:00Z"}]}}`}}},
		pages: []string{"checkout/application-0001.json"},
	}
}

func TestJenkinsStopsBeforeTheWindow(t *testing.T) {
	p := &plan{Window: Window{from, to}}
	for at, past := range map[time.Time]bool{from: false, from.Add(-25 * time.Hour): true} {
		if got := p.jenkinsPast([]byte(fmt.Sprintf(`{"builds":[{"timestamp":%d}]}`, at.UnixMilli()))); got != past {
			t.Errorf("a last build at %v: %v", at, got)
		}
	}
}
