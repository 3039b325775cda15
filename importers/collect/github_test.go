package collect

import (
	"net/http"
	"testing"
)

func init() {
	visits["github"] = visit{
		source: Source{Name: "github", Settings: Settings{Repositories: []string{"example/checkout"}}},
		signed: func(h http.Header) bool {
			return bearerOf(h) && h.Get("X-GitHub-Api-Version") == "2022-11-28" && h.Get("Accept") == "application/vnd.github+json"
		},
		replies: map[string][]reply{
			"GET /repos/example/checkout/deployments?per_page=100": {{
				header: map[string]string{"Link": `<{api}/repositories/42/deployments?page=2&per_page=100>; rel="next", <{api}/repositories/42/deployments?page=9&per_page=100>; rel="last"`},
				body: `[{"id":11,"task":"deploy","environment":"production","ref":"main","sha":"abc","created_at":"2026-11-02T13:58:00Z","updated_at":"2026-11-02T14:00:00Z"},
					{"id":10,"task":"deploy","environment":"production","ref":"main","sha":"abb","created_at":"2026-11-02T09:00:00Z","updated_at":"2026-11-02T09:05:00Z"}]`}},
			"GET /repositories/42/deployments?page=2&per_page=100": {{
				header: map[string]string{"Link": `<{api}/repositories/42/deployments?page=3&per_page=100>; rel="next"`},
				body:   `[{"id":9,"task":"deploy","environment":"production","ref":"main","sha":"aba","created_at":"2026-11-01T09:00:00Z","updated_at":"2026-11-01T09:05:00Z"}]`}},
			"GET /repos/example/checkout/deployments/11/statuses?per_page=100": {{
				body: `[{"id":111,"state":"success","environment":"production","deployment_url":"https://api.github.com/repos/example/checkout/deployments/11","created_at":"2026-11-02T14:00:00Z"}]`}},
			"GET /repos/example/checkout/actions/runs?created=2026-11-02T07:00:00Z..2026-11-02T15:00:00Z&per_page=100": {{
				body: `{"total_count":1,"workflow_runs":[{"id":77,"name":"release","run_number":5,"workflow_id":3,"run_attempt":1,"status":"completed","conclusion":"success",
					"created_at":"2026-11-02T13:50:00Z","run_started_at":"2026-11-02T13:50:00Z","updated_at":"2026-11-02T13:57:00Z"}]}`}},
			"GET /repos/example/checkout/commits?per_page=100&since=2026-11-02T13:00:00Z&until=2026-11-02T15:00:00Z": {{body: `[]`}},
			"GET /repos/example/checkout/releases?per_page=100": {{
				body: `[{"id":5,"tag_name":"v1.4","name":"","created_at":"2026-11-02T13:00:00Z","published_at":"2026-11-02T13:59:00Z","author":{"login":"ada"}}]`}},
		},
		pages: []string{"example/checkout/deployments-0001.json", "example/checkout/deployments-0002.json", "example/checkout/deployments.11.statuses-0001.json",
			"example/checkout/actions.runs-0001.json", "example/checkout/commits-0001.json", "example/checkout/releases-0001.json"},
		events: []string{"github:deployment:11", "github:deployment_status:111", "github:release:5", "github:run:77-1"},
	}
}

func TestGithubSearchesOnAfterAThousandRuns(t *testing.T) {
	req := get("https://api.github.com", "/repos/example/checkout/actions/runs", "created", "2026-11-02T07:00:00Z..2026-11-02T15:00:00Z", "page", "10", "per_page", "100")
	next, err := githubRuns(answer{req, http.Header{}, []byte(`{"total_count":1400,"workflow_runs":[{"created_at":"2026-11-02T11:30:00Z"}]}`)})
	if err != nil || next.parameter("created") != "2026-11-02T07:00:00Z..2026-11-02T11:30:00Z" || next.parameter("page") != "" {
		t.Error(next, err)
	}
	next, err = githubRuns(answer{req, http.Header{}, []byte(`{"total_count":1000,"workflow_runs":[{"created_at":"2026-11-02T11:30:00Z"}]}`)})
	if err != nil || next.Method != "" {
		t.Error("a search that gave all of its runs:", next, err)
	}
}
