package importers

import (
	"strings"
	"testing"
)

func TestSentry(t *testing.T) {
	issue := `{"id":"1","shortId":"ORDERS-7","title":"QueueError: full","culprit":"orders.push","level":"error","status":"resolved","count":"912","userCount":3,"permalink":"https://sentry.example.com/1","firstSeen":"2026-03-04T14:00:00.5Z","lastSeen":"2026-03-04T14:30:00Z","project":{"slug":"orders"}`
	activity := `"activity":[{"id":"9","type":"set_resolved","dateCreated":"2026-03-04T14:40:00Z","user":{"name":"Ada"},"data":{}},{"id":"8","type":"note","dateCreated":"2026-03-04T14:20:00Z","user":{"name":"Grace"},"data":{"text":"It is the queue.\nReally."}},{"id":"0","type":"first_seen","dateCreated":"2026-03-04T14:00:00Z"}]`
	hook := func(action, data string) string {
		return `{"action":"` + action + `","installation":{"uuid":"u"},"actor":{"type":"user","name":"Ada"},"data":` + data + `}`
	}
	event := `{"event_id":"e1","title":"QueueError: full","level":"error","datetime":"2026-03-04T14:00:00.25Z","timestamp":1772632800.25,"culprit":"orders.push","issue_url":"https://sentry.example.com/api/0/issues/1/","project":5,"tags":[["level","error"],["server_name","alpha"]]}`
	first := "2026-03-04T14:00:00.5Z signal||orders|QueueError: full ×912\n"
	for _, c := range []struct {
		name, text, want string
		refused          int
	}{
		{"a list of issues", "[" + issue + "}]", first, 0},
		{"an issue with its activity", issue + "," + activity + "}", first + "2026-03-04T14:40:00Z status|Ada|orders|ORDERS-7: resolved\n2026-03-04T14:20:00Z comms|Grace|orders|It is the queue.\n", 0},
		{"the activity alone", "{" + activity + "}", "2026-03-04T14:40:00Z status|Ada||resolved\n2026-03-04T14:20:00Z comms|Grace||It is the queue.\n2026-03-04T14:00:00Z signal|||issue first seen\n", 0},
		{"events", `[{"eventID":"e2","id":"e2","title":"slow","type":"default","dateCreated":"2026-03-04T14:00:01Z","tags":[{"key":"level","value":"warning"}]},{"eventID":"e3","title":"never","culprit":""}]`, "2026-03-04T14:00:01Z log|||slow\n", 1},
		{"deploys", `[{"id":"4","environment":"production","dateStarted":"2026-03-04T13:50:00Z","dateFinished":"2026-03-04T13:55:00Z","name":"orders 7","url":null}]`, "2026-03-04T13:55:00Z deploy||production|deploy orders 7 to production\n", 0},
		{"releases", `[{"version":"orders@7","shortVersion":"7","dateCreated":"2026-03-04T13:00:00Z","dateReleased":null,"newGroups":2,"projects":[{"slug":"orders"}]}]`, "2026-03-04T13:00:00Z deploy||orders|release 7\n", 0},
		{"a webhook of an error", hook("created", `{"error":`+event+`}`), "2026-03-04T14:00:00.25Z signal||5|QueueError: full\n", 0},
		{"a webhook of a rule", hook("triggered", `{"event":`+event+`,"triggered_rule":"tell"}`), "2026-03-04T14:00:00.25Z signal||5|QueueError: full\n", 0},
		{"a webhook of a new issue", hook("created", `{"issue":`+issue+`}}`), first, 0},
		{"a webhook of an issue that was resolved", hook("resolved", `{"issue":`+issue+`}}`), "", 1},
		{"a webhook of a metric", hook("critical", `{"metric_alert":{"id":"6","title":"x","date_started":"2026-03-04T14:00:00Z","projects":["orders"]},"description_title":"Critical: errors"}`), "2026-03-04T14:00:00Z alert||orders|Critical: errors: critical\n", 0},
		{"a webhook of a comment", hook("created", `{"comment":"Hm.","comment_id":"12","issue_id":"1","project_slug":"orders","timestamp":"2026-03-04T14:05:00Z"}`), "2026-03-04T14:05:00Z comms|Ada|orders|Hm.\n", 0},
		{"an old webhook", `{"project":"orders","project_name":"Orders","culprit":"orders.push","level":"error","url":"https://sentry.example.com/1","triggering_rules":[],"event":` + event + `}`, "2026-03-04T14:00:00.25Z signal||Orders|QueueError: full\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "s.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "sentry" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "sentry", Options{}, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
		})
	}
	g := gather(t, "sentry", Options{}, write(t, "s.json", issue+"}", "t.json", strings.ReplaceAll(issue, "14:30", "15:30")+"}")...)
	if e := g.events[0]; len(g.events) != 1 || e.ExternalID != "sentry:issue:1" || e.End.Hour() != 15 || e.URL == "" {
		t.Errorf("got %+v", g.events)
	}
}

func FuzzSentry(f *testing.F) {
	fuzzSource(f, "sentry", "x.json", `[{"id":"1","firstSeen":"2026-03-04T14:00:00Z","lastSeen":"2026-03-04T14:00:01Z","activity":[{"type":"note","dateCreated":"2026-03-04T14:00:00Z","data":{"text":"x"}}]}]`,
		`{"action":"x","data":{"event":{"event_id":"e","timestamp":1772632800.25,"tags":[["a","b"],{"key":"c"}]}}}`)
}
