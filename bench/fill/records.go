package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// A pile is a file of many records of one source. In record, @ stands for a number that differs in each, and
// the words below for its time.
type pile struct{ source, name, head, record, between, tail string }

const rfc, millisNow, nanosNow, secondsNow = "@rfc", "@ms", "@ns", "@s"

var piles = []pile{
	{"jsonl", "x.jsonl", "", `{"id":"@","time":"@rfc","message":"took @ ms","service":"checkout"}`, "\n", "\n"},
	{"csv", "x.csv", "id,time,text\n", `@,@rfc,took @ ms`, "\n", "\n"},
	{"text", "x.md", "## 2026-03-04\n", `- 14:03 ada: took @ ms`, "\n", "\n"},
	{"slack", "2026-03-04.json", "[", `{"type":"message","ts":"@s.000@","user":"U1","text":"took <http://x.example.com/@|a look>"}`, ",", "]"},
	{"pagerduty", "x.json", `{"log_entries":[`, `{"id":"R@","type":"notify_log_entry","summary":"notified ada","created_at":"@rfc","agent":{"summary":"ada"},"service":{"summary":"checkout"}}`, ",", "]}"},
	{"opsgenie", "x.json", `{"data":[`, `{"id":"a-@","tinyId":"@","message":"took @ ms","createdAt":"@rfc","updatedAt":"@rfc","status":"open","source":"probe","owner":"ada"}`, ",", "]}"},
	{"github", "x.json", `{"workflow_runs":[`, `{"id":@,"name":"test","head_branch":"main","run_attempt":1,"event":"push","status":"completed","conclusion":"success","created_at":"@rfc","updated_at":"@rfc","run_started_at":"@rfc","html_url":"https://github.com/a/b/actions/runs/@"}`, ",", "]}"},
	{"gitlab", "x.json", "[", `{"id":@,"iid":@,"ref":"main","sha":"abc","status":"success","created_at":"@rfc","updated_at":"@rfc","environment":{"name":"production"},"deployable":{"id":@}}`, ",", "]"},
	{"jenkins", "x.json", `{"builds":[`, `{"number":@,"timestamp":@ms,"duration":1000,"result":"SUCCESS","url":"https://j.example.com/job/x/@/"}`, ",", "]}"},
	{"datadog", "x.json", `{"data":[`, `{"id":"e@","type":"event","attributes":{"timestamp":"@rfc","message":"took @ ms","attributes":{"title":"took @ ms","evt":{"id":"@"},"status":"error"}}}`, ",", "]}"},
	{"honeycomb", "x.json", "[", `{"id":"m@","start_time":@s,"message":"build @","type":"deploy","created_at":"@rfc","updated_at":"@rfc"}`, ",", "]"},
	{"otlp", "x.json", `{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},"scopeLogs":[{"logRecords":[`, `{"timeUnixNano":"@ns","severityNumber":17,"body":{"stringValue":"took @ ms"}}`, ",", "]}]}]}"},
	{"alertmanager", "x.json", "[", `{"labels":{"alertname":"Slow","n":"@"},"annotations":{"summary":"took @ ms"},"startsAt":"@rfc","endsAt":"0001-01-01T00:00:00Z","updatedAt":"@rfc","fingerprint":"f@","status":{"state":"active"}}`, ",", "]"},
	{"grafana", "x.json", "[", `{"id":@,"dashboardUID":"d","panelId":1,"time":@ms,"timeEnd":0,"text":"took @ ms","tags":["release"],"updated":@ms}`, ",", "]"},
	{"kubernetes", "x.json", `{"kind":"List","apiVersion":"v1","items":[`, `{"kind":"Event","apiVersion":"v1","metadata":{"name":"p.@","namespace":"d","uid":"u@","creationTimestamp":"@rfc"},"involvedObject":{"kind":"Pod","name":"p"},"reason":"Failed","message":"took @ ms","type":"Warning","firstTimestamp":"@rfc","lastTimestamp":"@rfc","count":2}`, ",", "]}"},
	{"loki", "x.json", `{"status":"success","data":{"resultType":"streams","result":[{"stream":{"app":"checkout"},"values":[`, `["@ns","took @ ms"]`, ",", `]}]}}`},
	{"sentry", "x.json", "[", `{"id":"@","eventID":"e@","dateCreated":"@rfc","title":"took @ ms","message":"m","groupID":"1"}`, ",", "]"},
	{"journald", "x.json", "", `{"__CURSOR":"c@","__REALTIME_TIMESTAMP":"@ms000","_HOSTNAME":"web","SYSLOG_IDENTIFIER":"app","PRIORITY":"3","MESSAGE":"took @ ms"}`, "\n", "\n"},
	{"syslog", "x.log", "", `<34>1 @rfc web app @ - - took @ ms`, "\n", "\n"},
	{"statuspage", "x.json", `{"page":{"id":"p"},"incidents":[`, `{"id":"i@","name":"slow","impact":"minor","created_at":"@rfc","incident_updates":[{"id":"u@","status":"investigating","body":"took @ ms","display_at":"@rfc","created_at":"@rfc","updated_at":"@rfc","incident_id":"i@"}]}`, ",", "]}"},
	{"aws", "x.json", `{"events":[`, `{"logStreamName":"s","timestamp":@ms,"message":"took @ ms","ingestionTime":@ms,"eventId":"e@"}`, ",", "]}"},
	{"jira", "x.json", `{"issues":[`, `{"id":"@","key":"T-@","fields":{"summary":"took @ ms","created":"2026-03-04T14:00:00.000+0100","updated":"2026-03-04T14:00:00.000+0100","status":{"name":"Done","statusCategory":{"key":"done"}}}}`, ",", "]}"},
}

// of is the pile with n records.
func (p pile) of(n int) []byte {
	var b bytes.Buffer
	b.WriteString(p.head)
	for i := range n {
		if i > 0 {
			b.WriteString(p.between)
		}
		now := start.Add(time.Duration(i) * time.Second)
		b.WriteString(strings.NewReplacer(rfc, now.Format(time.RFC3339), millisNow, fmt.Sprint(now.UnixMilli()), nanosNow, fmt.Sprint(now.UnixNano()), secondsNow, fmt.Sprint(now.Unix()), "@", fmt.Sprint(i)).Replace(p.record))
	}
	b.WriteString(p.tail)
	return b.Bytes()
}

// records writes a file of n records of each source into a folder of its own below dir.
func records(n int, dir string) error {
	for _, p := range piles {
		folder := filepath.Join(dir, p.source)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, p.name), p.of(n), 0o600); err != nil {
			return err
		}
	}
	return nil
}
