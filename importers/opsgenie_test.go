package importers

import (
	"strings"
	"testing"
)

func TestOpsgenie(t *testing.T) {
	hook := func(action, alert string) string {
		return `{"action":"` + action + `","integrationId":"i","integrationName":"hook","source":{"name":"web","type":"API"},"alert":{"alertId":"a1","tinyId":"7","message":"Queue stuck","entity":"orders","username":"ada","createdAt":1772632800104` + alert + `}}` + "\n"
	}
	for name, c := range map[string]struct{ text, want string }{
		"webhooks": {hook("Create", `,"updatedAt":1772632801000000000`) + hook("Acknowledge", `,"updatedAt":1772632860764002246`) + hook("AddNote", `,"updatedAt":1772632861000000001,"note":"restarting\nthe worker"`) +
			hook("AddTags", `,"updatedAt":1772632862000000001`) + hook("Close", `,"updatedAt":1772632920000000001`) + hook("Restart", `,"updatedAt":1772632921000000001`),
			"2026-03-04T14:00:00.104Z alert|ada|orders|Queue stuck\n2026-03-04T14:01:00.764002246Z ack|ada|orders|Queue stuck: acknowledged\n2026-03-04T14:01:01.000000001Z comms|ada|orders|restarting\n" +
				"2026-03-04T14:01:02.000000001Z action|ada|orders|Queue stuck: tags added\n2026-03-04T14:02:00.000000001Z status|ada|orders|Queue stuck: closed\n2026-03-04T14:02:01.000000001Z action|ada|orders|Queue stuck: Restart\n"},
		"alerts": {`{"data":[{"id":"a1","tinyId":"7","message":"Queue stuck","status":"closed","createdAt":"2026-03-04T14:00:00.1Z","updatedAt":"2026-03-04T15:00:00Z","count":4,"lastOccurredAt":"2026-03-04T14:20:00Z","entity":"orders","report":{"ackTime":15702,"acknowledgedBy":"ada"}}],"paging":{"next":"x"}}` +
			`{"data":{"id":"a2","tinyId":"8","message":"Disk","createdAt":"2026-03-04T14:00:01Z"},"took":0.1,"requestId":"r"}` + `[{"id":"a1","tinyId":"7","message":"Queue is stuck","createdAt":"2026-03-04T14:00:00.1Z","updatedAt":"2026-03-04T16:00:00Z"}]`,
			"2026-03-04T14:00:00.1Z alert|||Queue is stuck\n2026-03-04T14:00:01Z alert|||Disk\n"},
		"the operations of Jira": {`{"values":[{"id":"a1","tinyId":"7","message":"Queue stuck","createdAt":"2026-03-04T14:00:00Z"}],"count":1}`, "2026-03-04T14:00:00Z alert|||Queue stuck\n"},
		"logs and notes": {`{"data":[{"log":"Alert acknowledged via web","type":"alert","owner":"ada","createdAt":"2026-03-04T14:00:00Z","offset":"1_1"},{"log":"Viewed on [web]","type":"system","owner":"ada","createdAt":"2026-03-04T14:00:01Z","offset":"1_2"},` +
			`{"log":"Viewed on [web]","type":"system","owner":"ada","createdAt":"2026-03-04T14:00:01Z","offset":"1_2"}]}` + `{"data":[{"note":"it is the queue\nagain","owner":"grace","createdAt":"2026-03-04T14:00:02Z","offset":"1_3"}]}`,
			"2026-03-04T14:00:00Z ack|ada||Alert acknowledged via web\n2026-03-04T14:00:01Z status|ada||Viewed on [web]\n2026-03-04T14:00:02Z comms|grace||it is the queue\n"},
		"incidents": {`{"data":[{"id":"n1","tinyId":"1","message":"Orders fail","impactedServices":[],"createdAt":"2026-03-04T14:00:00Z","timelines":[{"id":"IncidentOpened_1","group":"incident","type":"IncidentOpened","eventTime":"2026-03-04T14:00:00.39Z","hidden":false,"actor":{"name":"ada"},"title":{"content":"Incident opened"}},` +
			`{"id":"ResponderAlertAcked_1","group":"responderAlert","type":"ResponderAlertAcked","eventTime":"2026-03-04T14:01:00Z","hidden":true,"actor":{"name":"ada"},"title":{"content":"Alert acknowledged"}}]},` +
			`{"id":"n2","tinyId":"2","message":"Cart fails","impactedServices":["s"],"createdAt":"2026-03-04T14:02:00Z","links":{"web":"https://x.app.opsgenie.com/incident/detail/n2"}}]}`,
			"2026-03-04T14:00:00.39Z alert|ada||Incident opened\n2026-03-04T14:01:00Z ack|ada||Alert acknowledged\n2026-03-04T14:02:00Z alert|||Cart fails\n"},
		"a timeline": {`{"data":{"entries":[{"id":"x1","group":"incident","type":"IncidentResolved","eventTime":"2026-03-04T14:00:00Z","hidden":false,"actor":{"name":"ada"},"title":{"content":"Incident resolved"}}]},"took":1}`, "2026-03-04T14:00:00Z status|ada||Incident resolved\n"},
		"a table":    {"AlertId,TinyID,Alias,Message,Status,CreatedAt,CreatedAtDate,Owner\na1,7,x,\"Queue, stuck\",closed,1772632800104,2026/03/04 15:00:00,ada\n", "2026-03-04T14:00:00.104Z alert|||Queue, stuck\n"},
	} {
		t.Run(name, func(t *testing.T) { wantSource(t, "opsgenie", c.text, c.want) })
	}
}

func TestOpsgenieAlertTellsWhatIsDerived(t *testing.T) {
	g := gather(t, "opsgenie", Options{}, write(t, "x.json", `[{"id":"a1","tinyId":"7","message":"m","createdAt":"2026-03-04T14:00:00.353Z","count":4,"lastOccurredAt":"2026-03-04T14:20:00Z","report":{"ackTime":15702,"acknowledgedBy":"ada"}}]`)...)
	if e := g.events[0]; !strings.Contains(e.Body, "acknowledged by ada after 15.702s (2026-03-04T14:00:16.055Z, derived)") || e.End.Minute() != 20 || !strings.Contains(e.Body, "occurred 4 times") {
		t.Errorf("got %q until %s", e.Body, e.End)
	}
}

func TestOpsgenieRefusals(t *testing.T) {
	wantRefused(t, "opsgenie", `{"action":"Escalate","integrationId":"i","integrationName":"h","escalationName":"e","alert":{"alertId":"a1"}}
{"action":"Close","integrationId":"i","integrationName":"h","alert":{"alertId":"a1","message":"m","createdAt":1772632800104}}
{"data":[{"id":"a1","tinyId":"7","message":"m"},{"id":"z"}]}`, "no time", "not when this was done", "no time", "none of Opsgenie's records")
}

func FuzzOpsgenie(f *testing.F) {
	fuzzSource(f, "opsgenie", "x.json", `{"action":"Close","integrationId":"i","alert":{"alertId":"a1","updatedAt":1772632860764002246,"message":"m","tags":["x"]}}`,
		`{"data":[{"id":"a1","tinyId":"7","message":"m","createdAt":"2026-03-04T14:00:00Z","count":2,"report":{"ackTime":9e9}},{"log":"x","createdAt":"2026-03-04T14:00:00Z"}]}`,
		`[{"timelines":[{"id":"","eventTime":"2026-03-04T14:00:00Z"},{"id":"b","eventTime":1772632800104}]}]`, "TinyID,Message,CreatedAt\n7,m,1772632800104\n")
}
