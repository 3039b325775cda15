package importers

import (
	"strings"
	"testing"
	"time"
)

const jiraIssue = `{"id":"1","key":"OPS-7","self":"https://jira.example.com/rest/api/2/issue/1","fields":{"summary":"Alert on queue depth","created":"2026-03-04T15:00:00.250+0100","updated":"2026-03-05T10:00:07.000+0100","creator":{"displayName":"Ada"},
 "status":{"name":"Done","statusCategory":{"name":"Complete"}},"duedate":"2026-03-10","resolution":{"name":"Fixed"},"resolutiondate":"2026-03-05T10:00:00.000+0100","project":{"key":"OPS"},
 "description":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Page when "},{"type":"mention","attrs":{"text":"@grace"}}]},{"type":"paragraph","content":[{"type":"text","text":"says so"}]}]},"comment":{"comments":[{"id":"9","body":"x","created":"2026-03-04T15:00:00.000+0100"}]}},
 "changelog":{"histories":[{"id":"50","author":{"displayName":"Grace"},"created":"2026-03-05T10:00:00.000+0100","items":[{"field":"resolution","fromString":null,"toString":"Fixed"},{"field":"status","fromString":"To Do","toString":"Done"}]},{"id":"51","created":"2026-03-05T11:00:00.000+0100","items":[{"field":"Rank"}]}]}}`

func TestJira(t *testing.T) {
	created := "2026-03-04T14:00:00.25Z action|Ada|OPS|OPS-7 Alert on queue depth: created\n"
	moved := "2026-03-05T09:00:00Z action|Grace|OPS|OPS-7 Alert on queue depth: To Do → Done\n"
	issue := strings.ReplaceAll(jiraIssue, `"changelog"`, `"other"`)
	for _, c := range []struct{ name, text, want string }{
		{"a search", `{"startAt":0,"issues":[` + jiraIssue + `,{"key":"OPS-8","fields":{"summary":"never"}}],"isLast":false}`, created + moved},
		{"one issue", jiraIssue, created + moved},
		{"a changelog", `{"self":"https://jira.example.com/rest/api/3/issue/OPS-7/changelog?startAt=0","values":[{"id":"50","author":{"displayName":"Grace"},"created":"2026-03-05T10:00:00.000+0100","items":[{"field":"status","fromString":"To Do","toString":"Done"}]}]}`,
			"2026-03-05T09:00:00Z action|Grace||OPS-7: To Do → Done\n"},
		{"comments", `{"comments":[{"id":"9","self":"https://jira.example.com/rest/api/2/issue/1/comment/9","author":{"displayName":"Ada"},"updateAuthor":{},"body":"We saw it.\nTwice.","created":"2026-03-04T15:00:00.000+0100"}]}`,
			"2026-03-04T14:00:00Z comms|Ada||We saw it.\n"},
		{"a webhook of a new issue", `{"timestamp":1772632800999,"webhookEvent":"jira:issue_created","issue":` + issue + `}`, created},
		{"a webhook of a change of status", `{"timestamp":1772701200000,"webhookEvent":"jira:issue_updated","user":{"displayName":"Grace"},"changelog":{"id":"50","items":[{"field":"status","fromString":"To Do","toString":"Done"}]},"issue":` + issue + `}`, moved},
		{"a webhook of another change with a comment", `{"timestamp":1772701200000,"webhookEvent":"jira:issue_updated","user":{"name":"grace"},"comment":{"id":"9","author":{"name":"grace"},"body":"why","created":"2026-03-05T09:59:59.000+0100"},"changelog":{"id":"52","items":[{"field":"priority","fromString":"Low","toString":"High"}]},"issue":` + issue + `}`,
			"2026-03-05T08:59:59Z comms|grace|OPS|OPS-7: why\n2026-03-05T09:00:00Z action|grace|OPS|OPS-7 Alert on queue depth: priority: Low → High\n"},
		{"an old webhook of a transition", `{"timestamp":1772701200000,"transition":{"from_status":"To Do","to_status":"Done"},"user":{"displayName":"Grace"},"comment":"","issue":` + issue + `}`, moved},
		{"a webhook of a deletion", `{"timestamp":1772701200000,"webhookEvent":"jira:issue_deleted","issue":` + issue + `}`, "2026-03-05T09:00:00Z action||OPS|OPS-7 Alert on queue depth: issue deleted\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "j.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "jira" {
				t.Errorf("taken for %s", g.reading.Source)
			}
			if again := gather(t, "jira", Options{}, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
			if c.name == "a search" && (g.reading.Refused != 1 || len(g.reading.Warnings) != 3) {
				t.Errorf("got %+v", g.reading)
			}
		})
	}
	g := gather(t, "jira", Options{}, write(t, "j.json", jiraIssue)...)
	if e := g.events[0]; e.ExternalID != "jira:OPS-7:created" || e.URL != "https://jira.example.com/browse/OPS-7" || e.Body != "status: Done (Complete)\ndue: 2026-03-10\nresolution: Fixed 2026-03-05T10:00:00.000+0100\nPage when @grace\nsays so" {
		t.Errorf("got %+v", e)
	}
	if e := g.events[1]; e.ExternalID != "jira:OPS-7:50" || e.Body != "resolution: → Fixed" {
		t.Errorf("got %+v", e)
	}
}

func FuzzJira(f *testing.F) {
	fuzzSource(f, "jira", "x.json", `{"issues":[`+jiraIssue+`]}`, `{"timestamp":1772701200000,"webhookEvent":"comment_created","comment":{"id":"1","body":{"type":"doc","content":[]},"created":"2026-03-04T15:00:00.000+0100"}}`,
		`{"issueChangeLogs":[{"issueId":"1","changeHistories":[{"id":"2","created":1772701200000,"items":[{"field":"status","from":"1"}]}]}]}`)
}

// A table of all fields and the JSON of the same issue tell of one creation.
func TestJiraTable(t *testing.T) {
	table := "Summary,Issue key,Issue id,Assignee,Reporter,Created,Updated,Resolved,Resolution,Comment,Comment\n" +
		"\"queue\nis full\",OPS-7,70,ada,bo,04/Mar/26 2:00 PM,05/Mar/26 9:00 AM,04/Mar/26 3:00 PM,Done,04/Mar/26 2:10 PM;cy;restarted the workers,04/Mar/26 2:20 PM;557058:ab;it is back\n"
	g := gather(t, "auto", Options{Zone: time.UTC}, write(t, "export.csv", table)...)
	wantLines(t, g, "2026-03-04T14:00:00Z action|bo||OPS-7 queue is full: created\n2026-03-04T14:10:00Z comms|cy||OPS-7: restarted the workers\n"+
		"2026-03-04T14:20:00Z comms|||OPS-7: it is back\n2026-03-04T15:00:00Z status|||OPS-7 queue is full: resolved (Done)\n")
	issue := `{"key":"OPS-7","fields":{"summary":"queue is full","issuetype":{"name":"Bug"},"created":"2026-03-04T14:00:00.000+0000"}}`
	again := gather(t, "jira", Options{}, write(t, "issue.json", issue)...)
	if g.reading.Source != "jira" || len(again.events) != 1 || again.events[0].ExternalID != g.events[0].ExternalID {
		t.Errorf("%s\n%s", g.tale(), again.tale())
	}
}
