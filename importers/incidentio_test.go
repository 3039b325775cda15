package importers

import (
	"strings"
	"testing"
)

func TestIncidentio(t *testing.T) {
	incident := `{"id":"I1","reference":"INC-7","name":"Queue stuck","created_at":"2026-03-04T14:00:00.123456Z","updated_at":"2026-03-04T14:30:00Z","permalink":"https://app.example.com/7","creator":{"user":{"name":"Ada"}},"severity":{"name":"Major"},
 "incident_status":{"name":"Monitoring"},"incident_timestamp_values":[{"incident_timestamp":{"id":"T1","name":"Impact started"},"value":{"value":"2026-03-04T13:50:00Z"}},{"incident_timestamp":{"id":"T2","name":"Fixed at"},"value":null},{"incident_timestamp":{"id":"T3","name":"Resolved at"},"value":{"value":"2026-03-04T15:50:00Z"}}]}`
	read := "2026-03-04T14:00:00.123456Z alert|Ada||INC-7 Queue stuck: created\n2026-03-04T13:50:00Z status|||INC-7 Queue stuck: Impact started\n2026-03-04T15:50:00Z status|||INC-7 Queue stuck: Resolved at\n"
	for _, c := range []struct {
		name, text, want string
		refused          int
	}{
		{"incidents", `{"incidents":[` + incident + `],"pagination_meta":{"page_size":25}}`, read, 0},
		{"one incident", `{"incident":` + incident + `}`, read, 0},
		{"updates", `{"incident_updates":[{"id":"u1","incident_id":"I1","message":"We failed over.\nMore soon.","new_incident_status":{"name":"Fixing"},"created_at":"2026-03-04T14:10:00Z","updater":{"user":{"name":"Grace"}}},{"id":"u2","incident_id":"I1","message":"","new_incident_status":{"name":"Closed"},"created_at":"2026-03-04T14:20:00Z","updater":{"workflow":{"name":"Closer"}}},{"id":"u3","incident_id":"I1","message":"when"}]}`,
			"2026-03-04T14:10:00Z comms|Grace||We failed over.\n2026-03-04T14:20:00Z status|Closer||status: Closed\n", 1},
		{"follow-ups", `{"follow_ups":[{"id":"f1","incident_id":"I1","title":"Alert on depth","status":"outstanding","completed_at":"2026-03-04T14:20:00Z","created_at":"2026-03-04T14:11:00Z","creator":{"name":"Ada"}}]}`,
			"2026-03-04T14:11:00Z action|Ada||Alert on depth\n", 0},
		{"escalations", `{"escalations":[{"id":"e1","title":"Queue stuck","status":"acked","escalation_path_id":"p","created_at":"2026-03-04T14:00:01Z","events":[{"id":"v1","event":"notified_users","occurred_at":"2026-03-04T14:00:02Z","users":[{"name":"Ada"}]},{"id":"v2","event":"acked","occurred_at":"2026-03-04T14:00:40Z","users":[{"name":"Ada"}]}]}]}`,
			"2026-03-04T14:00:01Z page|||Queue stuck\n2026-03-04T14:00:02Z page|Ada||Queue stuck: notified users\n2026-03-04T14:00:40Z ack|Ada||Queue stuck: acked\n", 0},
		{"a webhook of a new incident", `{"event_type":"public_incident.incident_created_v2","public_incident.incident_created_v2":` + incident + `}`, read, 0},
		{"a webhook of a status", `{"event_type":"public_incident.incident_status_updated_v2","public_incident.incident_status_updated_v2":{"incident":` + incident + `,"previous_status":{"name":"Fixing"},"new_status":{"name":"Monitoring"},"message":"holds"}}`,
			"2026-03-04T14:30:00Z status|||INC-7 Queue stuck: Fixing → Monitoring\n", 0},
		{"a webhook of an alert", `{"event_type":"public_alert.alert_created_v1","public_alert.alert_created_v1":{"id":"a","title":"depth","status":"firing","created_at":"2026-03-04T13:59:00Z"}}`, "2026-03-04T13:59:00Z alert|||depth\n", 0},
		{"a webhook of a follow-up", `{"event_type":"public_incident.follow_up_created_v1","public_incident.follow_up_created_v1":{"id":"f1","title":"Alert on depth","created_at":"2026-03-04T14:11:00Z"}}`, "2026-03-04T14:11:00Z action|||Alert on depth\n", 0},
		{"a private webhook", `{"event_type":"private_incident.incident_created_v2","private_incident.incident_created_v2":{"id":"I2"}}`, "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "i.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "incidentio" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "incidentio", Options{}, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
			switch c.name {
			case "incidents":
				if got := strings.Join(g.ids(), " "); got != "incidentio:incident:I1 incidentio:timestamp:I1:T1 incidentio:timestamp:I1:T3" {
					t.Errorf("got %s", got)
				}
			case "follow-ups":
				if e := g.events[0]; e.Body != "status: outstanding" {
					t.Errorf("got %q", e.Body)
				}
			}
		})
	}
}

func FuzzIncidentio(f *testing.F) {
	fuzzSource(f, "incidentio", "x.json", `{"incidents":[{"id":"I1","reference":"INC-7","name":"x","created_at":"2026-03-04T14:00:00Z","incident_timestamp_values":[{"incident_timestamp":{"name":"Fixed at"},"value":{"value":"2026-03-04T13:50:00Z"}}]}]}`,
		`{"event_type":"public_incident.x","public_incident.x":{"created_at":"2026-03-04T14:00:00Z"}}`, `{"escalations":[{"created_at":"2026-03-04T14:00:00Z","events":[{"occurred_at":"x"}]}]}`)
}
