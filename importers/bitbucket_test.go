package importers

import (
	"strings"
	"testing"
)

func TestBitbucket(t *testing.T) {
	const around = `"actor":{"display_name":"Ada","nickname":"ada"},"repository":{"full_name":"shop/orders","name":"orders"}`
	const server = `"actor":{"name":"ada","emailAddress":"ada@example.com","displayName":"Ada"},"repository":{"slug":"orders","project":{"key":"SHOP"}}`
	const request = `{"id":7,"title":"Limit","state":"MERGED","created_on":"2026-03-04T13:00:00+00:00","updated_on":"2026-03-04T14:00:00.5+00:00","links":{"html":{"href":"https://bitbucket.org/shop/orders/pull-requests/7"}}}`
	for name, c := range map[string]struct{ text, want string }{
		"a push": {`{` + around + `,"push":{"changes":[{"new":{"type":"branch","name":"main","target":{"hash":"b1","message":"Fix it\n\nnow","date":"2026-03-04T14:00:00+00:00"}},"old":{"target":{"hash":"a1"}},"commits":[{"hash":"b1","message":"Fix it"}]}]}}`,
			"2026-03-04T14:00:00Z change|Ada|shop/orders|push to main (1 commit: Fix it)\n"},
		"states of a build": {`{` + around + `,"commit_status":{"key":"ci","name":"Orders #7","state":"INPROGRESS","created_on":"2026-03-04T14:00:00+00:00","updated_on":"2026-03-04T14:00:00+00:00","commit":{"hash":"b1"}}}` +
			`{` + around + `,"commit_status":{"key":"ci","name":"Orders #7","state":"FAILED","created_on":"2026-03-04T14:00:00+00:00","updated_on":"2026-03-04T14:02:00+00:00","commit":{"hash":"b1"}}}`,
			"2026-03-04T14:00:00Z change|Ada|shop/orders|Orders #7: INPROGRESS\n2026-03-04T14:02:00Z change|Ada|shop/orders|Orders #7: FAILED\n"},
		"pull requests": {`{` + around + `,"pullrequest":` + request + `}` + `{` + around + `,"pullrequest":` + strings.Replace(request, "MERGED", "OPEN", 1) + `,"approval":{"date":"2026-03-04T13:30:00+00:00"}}` +
			`{` + around + `,"pullrequest":` + request + `,"comment":{"id":3,"content":{"raw":"good\nvery"},"created_on":"2026-03-04T13:20:00+00:00"}}`,
			"2026-03-04T14:00:00.5Z change|Ada|shop/orders|#7 Limit: merged\n2026-03-04T13:30:00Z action|Ada|shop/orders|#7 Limit: approved\n2026-03-04T13:20:00Z comms|Ada|shop/orders|good\n"},
		"pull requests of the API": {`{"values":[` + request + `],"page":1}`, "2026-03-04T14:00:00.5Z change||shop/orders|#7 Limit: merged\n"},
		"pipelines": {`{"values":[{"type":"pipeline","uuid":"{p1}","build_number":7,"repository":{"full_name":"shop/orders"},"creator":{"display_name":"Ada"},"state":{"name":"COMPLETED","result":{"name":"FAILED"}},"target":{"ref_name":"main","commit":{"hash":"b1"}},"created_on":"2026-03-04T14:00:00.1Z","completed_on":"2026-03-04T14:05:00Z"}],"pagelen":10}`,
			"2026-03-04T14:00:00.1Z change|Ada|shop/orders|pipeline #7 for main: FAILED\n"},
		"deployments": {`{"values":[{"type":"deployment","uuid":"{d1}","state":{"type":"deployment_state_completed","name":"COMPLETED","status":{"name":"SUCCESSFUL"},"started_on":"2026-03-04T14:00:00Z","completed_on":"2026-03-04T14:01:00Z"},"environment":{"uuid":"{e}","name":"Production"},"release":{"name":"#7","url":"https://bitbucket.org/shop/orders/addon/pipelines/home#!/results/7","commit":{"hash":"b1"}}}]}`,
			"2026-03-04T14:00:00Z deploy||Production/shop/orders|deployment to Production (#7): SUCCESSFUL\n"},
		"commits": {`{"values":[{"type":"commit","hash":"b1","date":"2026-03-04T14:00:00+00:00","message":"Fix\nmore","author":{"raw":"Ada <ada@example.com>"},"links":{"html":{"href":"https://bitbucket.org/shop/orders/commits/b1"}}}]}`, "2026-03-04T14:00:00Z change|Ada|shop/orders|Fix\n"},
		"a push to a server": {`{"eventKey":"repo:refs_changed","date":"2026-03-04T15:00:00+0100",` + server + `,"changes":[{"ref":{"id":"refs/heads/main","displayId":"main","type":"BRANCH"},"refId":"refs/heads/main","fromHash":"a","toHash":"b","type":"UPDATE"},{"ref":{"id":"refs/heads/old","displayId":"old","type":"BRANCH"},"refId":"refs/heads/old","fromHash":"a","toHash":"0","type":"DELETE"}]}`,
			"2026-03-04T14:00:00Z change|Ada|SHOP/orders|push to main\n2026-03-04T14:00:00Z change|Ada|SHOP/orders|branch old deleted\n"},
		"pull requests of a server": {`{"eventKey":"pr:merged","date":"2026-03-04T15:00:00+0100",` + server + `,"pullRequest":{"id":7,"title":"Limit","state":"MERGED","createdDate":1772629200000,"updatedDate":1772632800000}}` +
			`{"eventKey":"pr:comment:added","date":"2026-03-04T15:01:00+0100",` + server + `,"pullRequest":{"id":7,"title":"Limit"},"comment":{"id":3,"text":"good"}}` +
			`{"values":[{"id":8,"title":"Cap","state":"OPEN","createdDate":1772632800123,"updatedDate":1772632900000,"fromRef":{"displayId":"cap"},"toRef":{"displayId":"main","repository":{"slug":"orders","project":{"key":"SHOP"}}},"author":{"user":{"displayName":"Ada"}}}],"isLastPage":true}`,
			"2026-03-04T14:00:00Z change|Ada|SHOP/orders|#7 Limit: merged\n2026-03-04T14:01:00Z comms|Ada|SHOP/orders|good\n2026-03-04T14:00:00.123Z action|Ada|SHOP/orders|#8 Cap\n"},
		"commits of a server": {`{"values":[{"id":"b1","displayId":"b1","author":{"name":"Ada","emailAddress":"ada@example.com"},"authorTimestamp":1772629200000,"committerTimestamp":1772632800000,"message":"Fix"}],"isLastPage":true}`, "2026-03-04T14:00:00Z change|Ada||Fix\n"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, e := range wantSource(t, "bitbucket", c.text, c.want).events {
				if strings.Contains(e.Actor+e.Body, "@example.com") {
					t.Errorf("an e-mail address is kept: %+v", e)
				}
			}
		})
	}
}

func TestBitbucketRefusals(t *testing.T) {
	wantRefused(t, "bitbucket", `{"actor":{},"repository":{"full_name":"shop/orders"},"push":{"changes":[{"new":null,"old":{"type":"branch","name":"old"}}]}}{"values":[{"type":"pipeline","build_number":7,"target":{}},{"uuid":"x"}]}{"eventKey":"diagnostics:ping","actor":{}}`,
		"was deleted", "no time", "none of Bitbucket's records", "none of Bitbucket's records")
}

func FuzzBitbucket(f *testing.F) {
	fuzzSource(f, "bitbucket", "x.json", `{"actor":{},"repository":{"full_name":"a/b"},"push":{"changes":[{"new":{"name":"m","target":{"hash":"b","date":"2026-03-04T14:00:00+00:00"}}}]}}`,
		`{"values":[{"type":"deployment","uuid":"d","state":{"started_on":"2026-03-04T14:00:00Z"}},{"id":8,"createdDate":1772632800123,"state":"OPEN"}]}`, `{"eventKey":"pr:reviewer:updated","date":"2026-03-04T15:00:00+0100","pullRequest":{"id":1}}`)
}
