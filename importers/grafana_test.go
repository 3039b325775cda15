package importers

import (
	"strings"
	"testing"
)

func TestGrafana(t *testing.T) {
	for _, c := range []struct {
		name, text, want, reason string
	}{
		{"a webhook", `{"receiver":"x","status":"firing","orgId":1,"alerts":[{"status":"resolved","labels":{"grafana_folder":"f"},"annotations":{"summary":"Memory is high"},"startsAt":"2026-03-04T15:00:00+01:00","endsAt":"2026-03-04T15:30:00+01:00","fingerprint":"f1","silenceURL":"https://g.example.com/s","values":{"B":1.50}}],"commonLabels":{"alertname":"Memory"},"state":"alerting"}`,
			"2026-03-04T14:00:00Z alert|||Memory: Memory is high\n", ""},
		{"older alerting", `{"ruleId":7,"ruleName":"Load","ruleUrl":"https://g.example.com/r","state":"alerting","evalMatches":[{"metric":"load","value":9.5}],"message":"m","title":"[Alerting] Load"}`, "", "no time"},
		{"annotations", `[{"id":3,"dashboardUID":"d","panelId":2,"time":1772632800123,"timeEnd":1772632860123,"text":"<b>Deployed</b> orders 7<br>by hand","tags":["release","orders"],"login":"ada","newState":"","prevState":"","created":1,"updated":1},` +
			`{"id":4,"alertId":9,"alertName":"Load","time":1772632900000,"timeEnd":1772632900000,"newState":"Alerting (NoData)","prevState":"Normal","text":"","tags":null},{"id":5,"dashboardUID":"d","time":0,"timeEnd":0,"text":"never"}]`,
			"2026-03-04T14:00:00.123Z deploy|ada||Deployed orders 7\n2026-03-04T14:01:40Z alert|||Load: Normal → Alerting (NoData)\n", "no time"},
		{"the history of states", `{"schema":{"fields":[{"name":"time"},{"name":"line"},{"name":"labels"}]},"data":{"values":[[1772632800000,1772632860000],[{"previous":"Normal","current":"Alerting","ruleTitle":"Load","ruleUID":"r","fingerprint":"f","labels":{"service":"orders"},"values":{"A":9.5}},{"previous":"Alerting","current":"Normal","ruleTitle":"Load","ruleUID":"r","fingerprint":"f"}],[{},{}]]}}`,
			"2026-03-04T14:00:00Z alert||orders|Load: Normal → Alerting\n2026-03-04T14:01:00Z status|||Load: Alerting → Normal\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := write(t, "g.json", c.text)
			g := gather(t, "auto", Options{}, path...)
			wantLines(t, g, c.want)
			refused := c.reason != ""
			if g.reading.Source != "grafana" || refused != (g.reading.Refused == 1) || refused && !strings.Contains(g.reading.Refusals[0].Reason, c.reason) {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			if again := gather(t, "grafana", Options{}, path...); strings.Join(g.ids(), " ") != strings.Join(again.ids(), " ") {
				t.Errorf("ids differ: %v and %v", g.ids(), again.ids())
			}
			switch c.name {
			case "a webhook":
				if e := g.events[0]; e.End.Minute() != 30 || !strings.Contains(e.Body, "B: 1.50") || e.ExternalID != "grafana:alert:f1:2026-03-04T14:00:00Z" {
					t.Errorf("got %+v", e)
				}
			case "annotations":
				if e := g.events[0]; e.End.Second() != 0 || e.End.Minute() != 1 || e.Body != "by hand\ntags: release, orders" || e.ExternalID != "grafana:annotation:3" || !g.events[1].End.IsZero() {
					t.Errorf("got %+v", e)
				}
			}
		})
	}
}

func FuzzGrafana(f *testing.F) {
	fuzzSource(f, "grafana", "x.json", `[{"id":3,"time":1772632800123,"timeEnd":1772632860123,"text":"<b>x</b>","tags":["release",1]}]`,
		`{"schema":{"fields":[{"name":"time"},{"name":"line"}]},"data":{"values":[[1772632800000],["{}"]]}}`, `{"ruleName":"x","state":"ok","time":"2026-03-04T14:00:00Z"}`)
}
