package importers

import (
	"testing"
)

func TestDatadog(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"v2 events": {`{"data":[{"type":"event","id":"AgA1","attributes":{"timestamp":"2026-03-04T14:00:00.5Z","message":"%%%\nqueue is long\n%%%","tags":["service:orders","env:prod","env:prod"],` +
			`"attributes":{"title":"[Triggered] Queue","status":"error","timestamp":1772632800500,"monitor":{"id":7,"name":"Queue"},"service":"undefined"}}},` +
			`{"type":"event","id":"AgA2","attributes":{"message":"flag on","attributes":{"title":"Flag","category":"change","timestamp":1772632801000,"hostname":"alpha"}}}],"links":{"next":"x"}}`,
			"2026-03-04T14:00:00.5Z alert||orders|[Triggered] Queue\n2026-03-04T14:00:01Z change||alpha|Flag\n"},
		"one v2 event": {`{"data":{"type":"event","id":"AgA1","attributes":{"timestamp":"2026-03-04T14:00:00Z","message":"rollout of orders 7\nby hand","attributes":{}}}}`,
			"2026-03-04T14:00:00Z deploy|||rollout of orders 7\n"},
		"v2 logs": {`{"data":[{"type":"log","id":"AQ1","attributes":{"timestamp":"2026-03-04T14:00:00.123Z","status":"error","service":"orders","host":"alpha","message":"boom\nat line 1"}},` +
			`{"type":"log","id":"AQ2","attributes":{"timestamp":"2026-03-04T14:00:01Z","status":"warn","host":"alpha","attributes":{"msg":"slow"}}},{"type":"log","id":"AQ1","attributes":{"timestamp":"2026-03-04T14:00:00.123Z","message":"boom"}}]}`,
			"2026-03-04T14:00:00.123Z signal||orders|boom\n2026-03-04T14:00:01Z log||alpha|slow\n"},
		"v2 incidents": {`{"data":[{"type":"incidents","id":"i1","attributes":{"public_id":7,"title":"Orders fail","severity":"SEV-2","created":"2026-03-04T14:05:00.5+00:00","detected":"2026-03-04T14:02:00+00:00",` +
			`"customer_impact_start":"2026-03-04T14:00:00+00:00","customer_impact_end":"2026-03-04T14:30:00+00:00","resolved":"2026-03-04T14:40:00+00:00","modified":"2026-03-04T14:41:00+00:00","fields":{"services":{"value":["orders","cart"]}}}}]}`,
			"2026-03-04T14:05:00.5Z alert||orders, cart|Orders fail\n2026-03-04T14:02:00Z alert||orders, cart|Detected: Orders fail\n2026-03-04T14:00:00Z status||orders, cart|Customer impact: Orders fail\n2026-03-04T14:40:00Z status||orders, cart|Resolved: Orders fail\n"},
		"one v2 incident with its people": {`{"data":{"type":"incidents","id":"i1","attributes":{"title":"Orders fail","created":"2026-03-04T14:05:00+00:00","detected":"2026-03-04T14:04:59.998+00:00","resolved":null},` +
			`"relationships":{"created_by_user":{"data":{"type":"users","id":"u1"}}}},"included":[{"type":"users","id":"u1","attributes":{"name":"Ada"}}]}`,
			"2026-03-04T14:05:00Z alert|Ada||Orders fail\n"},
		"impacts, timeline and tasks": {`{"data":[{"type":"incident_impacts","id":"m1","attributes":{"description":"no orders","start_at":"2026-03-04T14:00:00Z","end_at":"2026-03-04T14:30:00Z"}},` +
			`{"type":"incident_timeline_cells","id":"c1","attributes":{"cell_type":"markdown","content":{"content":"it is the queue"},"created":"2026-03-04T14:09:00Z","display_time":"2026-03-04T14:08:00Z"}},` +
			`{"type":"incident_todos","id":"t1","attributes":{"content":"add a limit","created":"2026-03-04T15:00:00Z","assignees":["@ada"]}}]}`,
			"2026-03-04T14:00:00Z status|||Customer impact: no orders\n2026-03-04T14:08:00Z comms|||it is the queue\n2026-03-04T15:00:00Z action|@ada||add a limit\n"},
		"v1 events": {`{"events":[{"id":5,"date_happened":1772632800,"title":"[Recovered] Queue","text":"fine","alert_type":"success","source":"Monitor Alert","tags":["service:orders"],"host":"alpha"},{"id":6,"date_happened":1772632801,"title":"cron","alert_type":"info","host":"alpha"}]}`,
			"2026-03-04T14:00:00Z status||orders|[Recovered] Queue\n2026-03-04T14:00:01Z signal||alpha|cron\n"},
		"one v1 event":             {`{"event":{"id":5,"date_happened":1772632800,"title":"disk full","alert_type":"error","priority":"normal"},"status":"ok"}`, "2026-03-04T14:00:00Z alert|||disk full\n"},
		"v1 logs":                  {`{"logs":[{"id":"AA","content":{"timestamp":"2026-03-04T14:00:00Z","message":"hello","service":"orders"}}],"nextLogId":null,"status":"done"}`, "2026-03-04T14:00:00Z log||orders|hello\n"},
		"an archive":               {`{"_id":"A1","date":"2026-03-04T14:00:00.5Z","service":"orders","status":"info","message":"one","attributes":{}}` + "\n" + `{"_id":"A2","date":"2026-03-04T14:00:01Z","service":"orders","status":"critical","message":"two","attributes":{}}`, "2026-03-04T14:00:00.5Z log||orders|one\n2026-03-04T14:00:01Z signal||orders|two\n"},
		"the log explorer's table": {"Date,Host,Service,Message\n\"2026-03-04T14:00:00.500Z\",\"alpha\",\"orders\",\"one, two\nthree\"\n\"2026-03-04T14:00:01Z\",\"alpha\",\"\",\"four\"\n", "2026-03-04T14:00:00.5Z log||orders|one, two\n2026-03-04T14:00:01Z log||alpha|four\n"},
		"webhooks": {`{"id":"7879702138782271851","date":"1772632800123","last_updated":"1772632800123","event_type":"query_alert_monitor","title":"[Triggered] Queue","body":"%%%\nlong\n%%%","alert_transition":"Triggered","tags":"monitor,service:orders","org":{"id":"1","name":"x"}}` + "\n" +
			`{"id":"7879702138782271852","date":"1772632860000","last_updated":"1772632860000","event_type":"query_alert_monitor","title":"[Recovered] Queue","alert_transition":"Recovered","scopes":"service:orders"}` + "\n" +
			`{"alert_id":"160","alert_status":"x","alert_transition":"Triggered","event_title":"own words","date":1772632800}` + "\n" + `{"alert_id":"160","alert_transition":"Recovered","event_title":"own words","date":1772632900}`,
			"2026-03-04T14:00:00.123Z alert||orders|[Triggered] Queue\n2026-03-04T14:01:00Z status||orders|[Recovered] Queue\n2026-03-04T14:00:00Z alert|||own words\n2026-03-04T14:01:40Z status|||own words\n"},
	} {
		t.Run(name, func(t *testing.T) { wantSource(t, "datadog", c.text, c.want) })
	}
}

func TestDatadogRefusals(t *testing.T) {
	wantRefused(t, "datadog", `{"data":[{"type":"incidents","id":"i","attributes":{"title":"x"}},{"type":"log","id":"l","attributes":{"message":"x"}},{"type":"dashboard","id":"d","attributes":{}}]}`,
		"no time", "no time", "none of Datadog's records")
	wantRefused(t, "datadog", `{"alert_transition":"Triggered","title":"x"}`, "no time")
}

func TestDatadogIncidentImpactHasAnEnd(t *testing.T) {
	g := gather(t, "datadog", Options{}, write(t, "x.json", `{"data":[{"type":"incidents","id":"i","attributes":{"title":"x","created":"2026-03-04T14:05:00Z","customer_impact_start":"2026-03-04T14:00:00Z","customer_impact_end":"2026-03-04T14:30:00Z"}}]}`)...)
	if e := g.events[1]; e.End.Minute() != 30 || e.ExternalID != "datadog:incident:i:impact" {
		t.Errorf("got %+v", e)
	}
}

func FuzzDatadog(f *testing.F) {
	fuzzSource(f, "datadog", "x.json", `{"data":[{"type":"incidents","id":"i","attributes":{"title":"x","created":"2026-03-04T14:05:00Z","resolved":"2026-03-04T15:00:00Z"}},{"type":"log","id":"l","attributes":{"timestamp":1.7726328e12,"tags":["a",[1]]}}]}`,
		`{"date":"1772632800123","alert_transition":"Recovered","id":7}{"events":[{"date_happened":1772632800.5,"id":1}]}`, "Date,Host,Service,Message\n2026-03-04T14:00:00Z,a,b,\"c\n")
}
