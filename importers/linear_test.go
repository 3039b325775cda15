package importers

import (
	"strings"
	"testing"
)

func TestLinear(t *testing.T) {
	issue := `{"id":"i","identifier":"OPS-7","title":"Alert on depth","createdAt":"2026-03-04T14:00:00.123Z","updatedAt":"2026-03-05T09:00:00Z","url":"https://linear.app/x/issue/OPS-7","creator":{"name":"Ada"},"team":{"key":"OPS","name":"Operations"},"state":{"name":"Done","type":"completed"},"completedAt":"2026-03-05T09:00:00Z","dueDate":"2026-03-10",
 "history":{"nodes":[{"id":"h","createdAt":"2026-03-05T09:00:00Z","actor":{"name":"Grace"},"fromState":{"name":"Todo"},"toState":{"name":"Done"},"fromAssignee":null,"toAssignee":{"name":"Grace"}},{"id":"h2","createdAt":null}]},"comments":{"nodes":[{"id":"c","body":"Why so late?","createdAt":"2026-03-05T10:00:00Z","user":{"name":"Ada"}}]}}`
	read := "2026-03-04T14:00:00.123Z action|Ada|Operations|OPS-7 Alert on depth: created\n2026-03-05T09:00:00Z action|Grace|Operations|OPS-7 Alert on depth: Todo → Done, assignee: → Grace\n2026-03-05T10:00:00Z comms|Ada||Why so late?\n"
	envelope := func(action, kind, data, from string) string {
		return `{"action":"` + action + `","type":"` + kind + `","createdAt":"2026-03-04T14:00:00.5Z","webhookTimestamp":1772632899000,"organizationId":"o","url":"https://linear.app/x","actor":{"name":"Ada"},"data":` + data + from + `}`
	}
	data := `{"id":"i","number":7,"title":"Alert on depth","team":{"key":"OPS","name":"Operations"},"state":{"name":"Done"},"createdAt":"2026-03-01T14:00:00Z"}`
	for _, c := range []struct {
		name, text, want string
		refused          int
	}{
		{"an answer with a list", `{"data":{"issues":{"nodes":[` + issue + `],"pageInfo":{"hasNextPage":true}}}}`, read, 1},
		{"an answer below a team", `{"data":{"team":{"id":"t","issues":{"nodes":[` + issue + `]}}}}`, read, 1},
		{"an answer with one issue", `{"data":{"issue":` + issue + `}}`, read, 1},
		{"an answer with edges", `{"data":{"issues":{"edges":[{"node":` + issue + `}]}}}`, read, 1},
		{"a webhook of a new issue", envelope("create", "Issue", data, ""), "2026-03-04T14:00:00.5Z action|Ada|Operations|OPS-7 Alert on depth: created\n", 0},
		{"a webhook of a change of state", envelope("update", "Issue", data, `,"updatedFrom":{"stateId":"s","updatedAt":"x"}`), "2026-03-04T14:00:00.5Z action|Ada|Operations|OPS-7 Alert on depth: → Done\n", 0},
		{"a webhook of another change", envelope("update", "Issue", data, `,"updatedFrom":{"title":"old","labelIds":[],"sortOrder":1}`), "2026-03-04T14:00:00.5Z action|Ada|Operations|OPS-7 Alert on depth: label, title changed\n", 0},
		{"a webhook of a comment", envelope("create", "Comment", `{"id":"c","body":"Why?\nTell.","issue":{"id":"i","identifier":"OPS-7","title":"Alert on depth"}}`, ""), "2026-03-04T14:00:00.5Z comms|Ada||Why?\n", 0},
		{"a webhook of a project", envelope("remove", "Project", `{"id":"p","name":"Queues"}`, ""), "2026-03-04T14:00:00.5Z action|Ada||Queues: project removed\n", 0},
		{"an error", `{"errors":[{"message":"no"}],"webhookTimestamp":1,"organizationId":1}`, "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "l.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "linear" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "linear", Options{}, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
			if c.name == "an answer with a list" {
				if e := g.events[0]; e.ExternalID != "linear:i:2026-03-04T14:00:00.123Z" || !strings.Contains(e.Body, "due: 2026-03-10") || len(g.reading.Warnings) != 1 {
					t.Errorf("got %+v %v", e, g.reading.Warnings)
				}
			}
		})
	}
}

func FuzzLinear(f *testing.F) {
	fuzzSource(f, "linear", "x.json", `{"data":{"issues":{"nodes":[{"identifier":"A-1","title":"x","createdAt":"2026-03-04T14:00:00Z","history":{"nodes":[{"createdAt":"2026-03-04T14:00:00Z","toState":{"name":"x"}}]}}]}}}`,
		`{"action":"update","type":"Issue","createdAt":"2026-03-04T14:00:00Z","organizationId":"o","data":{"id":"x"},"updatedFrom":{"title":"y"}}`)
}
