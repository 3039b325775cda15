package importers

import (
	"strings"
	"testing"
)

func TestVictorops(t *testing.T) {
	incident := `{"incidentNumber":"7","service":"orders","entityId":"orders/depth","host":"alpha","currentPhase":"RESOLVED","startTime":"2026-03-04T14:00:00Z","transitions":[{"name":"triggered","at":"2026-03-04T14:00:00Z","manually":false},{"name":"acknowledged","at":"2026-03-04T14:03:00Z","by":"ada","message":"looking"},{"name":"resolved","by":"ada"}]}`
	read := "2026-03-04T14:00:00Z page||orders|orders triggered\n2026-03-04T14:03:00Z ack|ada|orders|orders acknowledged by ada\n"
	for _, c := range []struct {
		name, text, want string
		refused          int
	}{
		{"incidents", `{"incidents":[` + incident + `]}`, read, 1},
		{"the report", `{"offset":0,"limit":20,"total":1,"incidents":[` + incident + `]}`, read, 1},
		{"a bare list", "[" + incident + "," + incident + "]", read, 2},
		{"an incident without transitions", `{"incidents":[{"incidentNumber":"8","entityId":"e","currentPhase":"TRIGGERED","startTime":"2026-03-04T14:00:00Z"}]}`, "2026-03-04T14:00:00Z page|||e triggered\n", 0},
		{"the shifts of a team", `{"teamSlug":"t","userLogs":[{"userId":"ada","total":{},"log":[{"on":"2026-03-04T09:00:00Z","off":"2026-03-04T17:00:00Z","escalationPolicy":{"name":"first"}}]}]}`, "2026-03-04T09:00:00Z note|ada||ada on call\n", 0},
		{"an alert", `{"entity_id":"orders/depth","message_type":"CRITICAL","monitoring_tool":"nagios","timestamp":1772632800,"state_message":"deep"}`, "2026-03-04T14:00:00Z alert|nagios||orders/depth: critical\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "v.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			if g.reading.Source != "victorops" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "victorops", Options{}, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
		})
	}
	g := gather(t, "victorops", Options{}, write(t, "v.json", incident)...)
	if e := g.events[1]; e.ExternalID != "victorops:7:acknowledged:2026-03-04T14:03:00Z" || !strings.HasPrefix(e.Body, "looking\nhost: alpha") {
		t.Errorf("got %+v", e)
	}
}

func FuzzVictorops(f *testing.F) {
	fuzzSource(f, "victorops", "x.json", `{"incidents":[{"incidentNumber":"7","transitions":[{"name":"triggered","at":"2026-03-04T14:00:00Z"}]}]}`, `{"userLogs":[{"userId":"a","log":[{"on":"2026-03-04T14:00:00Z"}]}]}`, `{"message_type":"x","timestamp":1772632800}`)
}
