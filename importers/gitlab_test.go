package importers

import (
	"strings"
	"testing"
)

func TestGitLab(t *testing.T) {
	const project = `"project":{"id":1,"name":"Orders","web_url":"https://git.example.com/shop/orders","path_with_namespace":"shop/orders"},"user":{"name":"Ada","username":"ada","email":"ada@example.com"}`
	for name, c := range map[string]struct{ text, want string }{
		"deployment steps": {`{"object_kind":"deployment","status":"running","status_changed_at":"2026-03-04 15:00:00 +0100","deployment_id":15,"environment":"production","commit_title":"Add limit",` + project + `}` +
			`{"object_kind":"deployment","status":"failed","status_changed_at":"2026-03-04 14:02:00 UTC","deployment_id":15,"environment":"production",` + project + `}`,
			"2026-03-04T14:00:00Z deploy|ada|production/shop/orders|deployment to production: running (Add limit)\n2026-03-04T14:02:00Z deploy|ada|production/shop/orders|deployment to production: failed\n"},
		"one pipeline as it goes": {`{"object_kind":"pipeline","object_attributes":{"id":31,"ref":"main","status":"running","created_at":"2026-03-04 14:00:00 UTC","finished_at":null},` + project + `}` +
			`{"object_kind":"pipeline","object_attributes":{"id":31,"ref":"main","status":"success","created_at":"2026-03-04 14:00:00 UTC","finished_at":"2026-03-04 14:03:00 UTC"},` + project + `}`,
			"2026-03-04T14:00:00Z change|ada|shop/orders|pipeline #31 for main: success\n"},
		"a job": {`{"object_kind":"build","ref":"main","build_id":9,"build_name":"deploy:prod","build_stage":"deploy","build_status":"success","build_created_at":"2026-03-04 13:59:00 UTC","build_started_at":"2026-03-04 14:00:00 UTC","build_finished_at":"2026-03-04 14:01:00 UTC",` + project + `}`,
			"2026-03-04T14:00:00Z deploy|ada|shop/orders|job deploy:prod: success\n"},
		"a push": {`{"object_kind":"push","ref":"refs/heads/main","before":"0","after":"b","checkout_sha":"b","user_username":"ada","user_email":"ada@example.com","project":{"path_with_namespace":"shop/orders"},"total_commits_count":2,"commits":[{"id":"b","message":"Fix it\n\nnow","timestamp":"2026-03-04T15:00:00+01:00","author":{"name":"Ada","email":"ada@example.com"}},{"id":"a","title":"Try","timestamp":"2026-03-04T13:00:00Z"}]}`,
			"2026-03-04T14:00:00Z change|ada|shop/orders|push to main (2 commits: Fix it)\n"},
		"a tag": {`{"object_kind":"tag_push","ref":"refs/tags/v7","before":"0","after":"b","user_name":"Ada","project":{"path_with_namespace":"shop/orders"},"commits":[{"id":"b","message":"Fix it","timestamp":"2026-03-04T14:00:00Z"}]}`, "2026-03-04T14:00:00Z change|Ada|shop/orders|tag v7 pushed\n"},
		"a release told twice": {`{"object_kind":"release","id":5,"action":"create","name":"Seven","tag":"v7","created_at":"2026-03-01 14:00:00 UTC","released_at":"2026-03-04 14:00:00 UTC","url":"https://git.example.com/shop/orders/-/releases/v7","project":{"path_with_namespace":"shop/orders"}}` +
			`[{"tag_name":"v7","name":"Seven","description":"","created_at":"2026-03-01T14:00:00.000Z","released_at":"2026-03-04T14:00:00.000Z","author":{"username":"ada"},"tag_path":"/shop/orders/-/tags/v7"}]`,
			"2026-03-04T14:00:00Z deploy||shop/orders|release Seven\n"},
		"issues, merge requests and notes": {`{"object_kind":"issue","object_attributes":{"id":3,"iid":23,"title":"Queue stuck","type":"Incident","action":"open","state":"opened","created_at":"2026-03-04T14:00:00Z","updated_at":"2026-03-04T14:00:00Z"},` + project + `}` +
			`{"object_kind":"merge_request","object_attributes":{"id":9,"iid":1,"title":"Limit","action":"merge","state":"merged","created_at":"2026-03-04T13:00:00Z","updated_at":"2026-03-04 14:01:00 UTC"},` + project + `}` +
			`{"object_kind":"note","object_attributes":{"id":44,"note":"it is the queue\nagain","noteable_type":"Issue","created_at":"2026-03-04 14:02:00 UTC"},` + project + `}`,
			"2026-03-04T14:00:00Z alert|ada|shop/orders|#23 Queue stuck\n2026-03-04T14:01:00Z change|ada|shop/orders|!1 Limit: merged\n2026-03-04T14:02:00Z comms|ada|shop/orders|it is the queue\n"},
		"deployments of the API": {`[{"id":42,"iid":2,"ref":"main","sha":"a91957a858","status":"success","created_at":"2026-03-04T14:00:00.444Z","updated_at":"2026-03-04T14:02:00Z","user":{"username":"ada"},"environment":{"name":"production"},"deployable":{"finished_at":"2026-03-04T14:01:00Z","web_url":"https://git.example.com/shop/orders/-/jobs/9"}}]`,
			"2026-03-04T14:00:00.444Z deploy|ada|production/shop/orders|deploy of main to production: success\n"},
		"pipelines of the API": {`[{"id":47,"iid":12,"project_id":1,"status":"failed","source":"push","ref":"main","sha":"a91957a858","web_url":"https://git.example.com/shop/orders/-/pipelines/47","created_at":"2026-03-04T14:00:00.1Z","updated_at":"2026-03-04T14:05:00Z"}]`,
			"2026-03-04T14:00:00.1Z change||shop/orders|pipeline #47 for main: failed\n"},
		"jobs of the API": {`[{"id":9,"status":"success","stage":"test","name":"rspec","ref":"main","created_at":"2026-03-04T13:59:00Z","started_at":"2026-03-04T14:00:00Z","finished_at":"2026-03-04T14:01:00Z","user":{"username":"ada"},"pipeline":{"id":47},"web_url":"https://git.example.com/shop/orders/-/jobs/9"}]`,
			"2026-03-04T14:00:00Z change|ada|shop/orders|job rspec: success\n"},
		"events of the API": {`[{"id":8,"action_name":"closed","target_type":"Issue","target_title":"Search field","created_at":"2026-03-04T14:00:00Z","author_username":"ada"},{"id":9,"action_name":"pushed to","author_username":"ada","created_at":"2026-03-04T14:01:00Z","push_data":{"ref":"main","commit_title":"Fix"}},` +
			`{"id":10,"action_name":"commented on","target_type":"Note","author_username":"ada","created_at":"2026-03-04T14:02:00Z","note":{"body":"good"}},{"id":11,"action_name":"joined","author_username":"ada","created_at":"2026-03-04T14:03:00Z"}]`,
			"2026-03-04T14:00:00Z action|ada||closed: Search field\n2026-03-04T14:01:00Z change|ada||pushed to main: Fix\n2026-03-04T14:02:00Z comms|ada||commented on\n2026-03-04T14:03:00Z action|ada||joined\n"},
		"events without ids": {`[{"project_id":1,"action_name":"deleted","author_username":"ada","created_at":"2026-03-04T14:00:00Z","push_data":{"ref":"old"}},{"project_id":1,"action_name":"pushed new","author_username":"ada","created_at":"2026-03-04T14:00:00Z","push_data":{}}]`,
			"2026-03-04T14:00:00Z change|ada||deleted old\n2026-03-04T14:00:00Z change|ada||pushed new\n"},
		"commits of the API": {`[{"id":"ed899a2f4b50","short_id":"ed899a2f","title":"Fix","message":"Fix\n\nmore","author_name":"Ada","author_email":"ada@example.com","authored_date":"2026-03-01T14:00:00Z","committed_date":"2026-03-04T15:00:00.000+01:00","web_url":"https://git.example.com/shop/orders/-/commit/ed899a2f4b50"}]`,
			"2026-03-04T14:00:00Z change|Ada|shop/orders|Fix\n"},
		"merge requests of the API": {`[{"id":1,"iid":7,"project_id":3,"title":"Limit","state":"merged","created_at":"2026-03-01T14:00:00Z","merged_at":"2026-03-04T14:00:00Z","source_branch":"limit","target_branch":"main","author":{"username":"ada"},"web_url":"https://git.example.com/shop/orders/-/merge_requests/7"}]`,
			"2026-03-04T14:00:00Z change|ada|shop/orders|!7 Limit: merged\n"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, e := range wantSource(t, "gitlab", c.text, c.want).events {
				if strings.Contains(e.Actor+e.Body, "@example.com") {
					t.Errorf("an e-mail address is kept: %+v", e)
				}
			}
		})
	}
}

func TestGitLabRefusals(t *testing.T) {
	wantRefused(t, "gitlab", `{"object_kind":"push","ref":"refs/heads/old","before":"a","after":"0","commits":[]}{"object_kind":"feature_flag","object_attributes":{"id":1,"name":"cart"}}`+
		`[{"id":21,"action_name":"closed","target_type":"Issue"},{"iid":1}]{"object_kind":"release","action":"delete","tag":"v7","released_at":"2026-03-04 14:00:00 UTC"}`,
		"push without commits", "no time", "no time", "none of GitLab's records", "when the release was deleted")
}

func TestGitLabPipelineHasAnEnd(t *testing.T) {
	g := gather(t, "gitlab", Options{}, write(t, "x.json", `{"object_kind":"pipeline","object_attributes":{"id":31,"ref":"main","status":"success","created_at":"2026-03-04 14:00:00 UTC","finished_at":"2026-03-04 14:03:00 UTC"},"project":{"web_url":"https://git.example.com/shop/orders"}}`)...)
	if e := g.events[0]; e.End.Minute() != 3 || e.URL != "https://git.example.com/shop/orders/-/pipelines/31" || e.ExternalID != "gitlab:pipeline:31" {
		t.Errorf("got %+v", e)
	}
}

func FuzzGitLab(f *testing.F) {
	fuzzSource(f, "gitlab", "x.json", `{"object_kind":"deployment","status":"running","status_changed_at":"2026-03-04 15:00:00 +0100","deployment_id":15,"environment":"production"}`,
		`{"object_kind":"push","ref":"refs/heads/main","commits":[{"id":"b","timestamp":"2026-03-04T14:00:00Z"}]}[{"tag_name":"v","released_at":"2026-03-04T14:00:00Z"}]`,
		`[{"id":8,"action_name":"closed","created_at":"2026-03-04T14:00:00Z"},{"iid":1,"title":"x","state":"closed","updated_at":"2026-03-04T14:00:00Z"}]`)
}
