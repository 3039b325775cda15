package importers

import (
	"slices"
	"strings"
	"testing"
)

func TestAlertmanager(t *testing.T) {
	firing := `{"status":"firing","labels":{"alertname":"QueueFull","service":"orders"},"annotations":{"summary":"The queue is full","description":"depth is 912"},"startsAt":"2026-03-04T14:00:00.5Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prom.example.com/graph?g0=x","fingerprint":"00f0"}`
	resolved := strings.NewReplacer("firing", "resolved", "0001-01-01T00:00:00Z", "2026-03-04T14:20:00Z").Replace(firing)
	for _, c := range []struct {
		name, text, want, end string
		refused               int
	}{
		{"a webhook", `{"version":"4","groupKey":"{}","status":"firing","alerts":[` + firing + `]}`,
			"2026-03-04T14:00:00.5Z alert||orders|QueueFull: depth is 912\n", "", 0},
		{"resolved later", `{"version":"4","alerts":[` + firing + `]}` + "\n" + `{"version":"4","alerts":[` + resolved + `]}`,
			"2026-03-04T14:00:00.5Z alert||orders|QueueFull: depth is 912\n", "14:20", 0},
		{"the API, whose endsAt is when an alert lapses", `[{"labels":{"alertname":"QueueFull"},"annotations":{},"startsAt":"2026-03-04T15:00:00+01:00","updatedAt":"2026-03-04T14:10:00Z","endsAt":"2026-03-04T14:14:00Z","status":{"state":"active"}},{"labels":{"alertname":"Never"},"annotations":{}}]`,
			"2026-03-04T14:00:00Z alert|||QueueFull\n", "", 1},
		{"the API, after it lapsed", `[{"labels":{"alertname":"QueueFull"},"annotations":{},"startsAt":"2026-03-04T14:00:00Z","updatedAt":"2026-03-04T14:14:00Z","endsAt":"2026-03-04T14:14:00Z","status":{"state":"active"}}]`,
			"2026-03-04T14:00:00Z alert|||QueueFull\n", "14:14", 0},
		{"groups, with one alert for two receivers", `[{"receiver":{"name":"a"},"labels":{},"alerts":[` + firing + `]},{"receiver":{"name":"b"},"labels":{},"alerts":[` + firing + `]}]`,
			"2026-03-04T14:00:00.5Z alert||orders|QueueFull: depth is 912\n", "", 0},
		{"the first API", `{"status":"success","data":[` + firing + `]}`, "2026-03-04T14:00:00.5Z alert||orders|QueueFull: depth is 912\n", "", 0},
		{"silences", `[{"id":"s","createdBy":"ada","comment":"known","startsAt":"2026-03-04T14:00:00Z","endsAt":"2026-03-04T16:00:00Z","updatedAt":"2026-03-04T14:00:00Z","matchers":[{"name":"a","value":"b","isRegex":false,"isEqual":true},{"name":"c","value":"d.*","isRegex":true,"isEqual":false}],"status":{"state":"active"}}]`,
			"2026-03-04T14:00:00Z action|ada||silence: known\n", "16:00", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gather(t, "auto", Options{}, write(t, "a.json", c.text)...)
			wantLines(t, g, c.want)
			if g.reading.Source != "alertmanager" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
			end := ""
			if e := g.events[0]; !e.End.IsZero() {
				end = e.End.Format("15:04")
			}
			if end != c.end {
				t.Errorf("ends at %q, want %q", end, c.end)
			}
		})
	}
	g := gather(t, "alertmanager", Options{}, write(t, "a.json", "["+firing+"]")...)
	if want := []string{"alertmanager:alert:00f0:2026-03-04T14:00:00.5Z"}; !slices.Equal(g.ids(), want) || g.events[0].URL == "" || !strings.Contains(g.events[0].Body, "alertname: QueueFull") {
		t.Errorf("got %+v", g.events[0])
	}
}

// TestFingerprint rests on Alertmanager's own order: its API sorts alerts by fingerprint.
func TestFingerprint(t *testing.T) {
	dir := corpusFolder(t)
	g := gather(t, "alertmanager", Options{}, dir+"/alertmanager/api_v2_alerts_openshift.json")
	var ids []string
	for _, e := range g.events {
		ids = append(ids, e.ExternalID)
	}
	if !slices.IsSorted(ids) {
		t.Errorf("got %v", ids)
	}
}

func FuzzAlertmanager(f *testing.F) {
	fuzzSource(f, "alertmanager", "x.json", `{"version":"4","alerts":[{"labels":{"alertname":"x"},"annotations":{"summary":"y"},"status":"resolved","startsAt":"2026-03-04T14:00:00Z","endsAt":"2026-03-04T14:00:01Z"}]}`,
		`[{"id":"s","createdBy":"a","startsAt":"2026-03-04T14:00:00Z","matchers":[{"name":"a","isRegex":true}]}]`)
}
