package importers

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

// rows writes n rows in the form of a table or of JSON lines.
func rows(n int, form string) []byte {
	var b bytes.Buffer
	if form == "csv" {
		b.WriteString("id,time,source,kind,actor,text\n")
	}
	at := time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)
	for i := range n {
		stamp := at.Add(time.Duration(i) * 731 * time.Millisecond).Format(time.RFC3339Nano)
		text := fmt.Sprintf("rollback queue memory replica retry region latency cache payment config %d", i%97)
		if form == "csv" {
			fmt.Fprintf(&b, "%d,%s,probe%d,log,user%d,%s\n", i, stamp, i%7, i%40, text)
		} else {
			fmt.Fprintf(&b, `{"id":"%d","source":"probe%d","text":"%s","timestamp":"%s","type":"log","user":"user%d"}`+"\n", i, i%7, text, stamp, i%40)
		}
	}
	return b.Bytes()
}

// benchmarkRead reads a file of n events again and again.
func benchmarkRead(b *testing.B, source, name string, data []byte, n int) {
	path := filepath.Join(b.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		in, err := Open([]string{path}, nil)
		if err != nil {
			b.Fatal(err)
		}
		src, _ := Lookup(source)
		got := 0
		reading, err := Read(src, in, Options{Zone: time.UTC, Year: 2026, Date: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)})(func(*model.Event) error { got++; return nil })
		if err != nil || got != n {
			b.Fatalf("%d events, %d refused, %v, %v", got, reading.Refused, reading.Refusals, err)
		}
		in.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/event")
}

func BenchmarkCSV100k(b *testing.B) {
	benchmarkRead(b, "csv", "rows.csv", rows(100_000, "csv"), 100_000)
}
func BenchmarkJSONL100k(b *testing.B) {
	benchmarkRead(b, "jsonl", "rows.jsonl", rows(100_000, "jsonl"), 100_000)
}

// A pile is a file of many records of one source. In record, @ stands for a number that differs in each, and
// the verbs of a time for its time.
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
	at := time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)
	for i := range n {
		if i > 0 {
			b.WriteString(p.between)
		}
		now := at.Add(time.Duration(i) * time.Second)
		b.WriteString(strings.NewReplacer(rfc, now.Format(time.RFC3339), millisNow, fmt.Sprint(now.UnixMilli()), nanosNow, fmt.Sprint(now.UnixNano()), secondsNow, fmt.Sprint(now.Unix()), "@", fmt.Sprint(i)).Replace(p.record))
	}
	b.WriteString(p.tail)
	return b.Bytes()
}

// BenchmarkSources reads ten thousand records of each source; ns/event tells them apart.
func BenchmarkSources(b *testing.B) {
	for _, p := range piles {
		b.Run(p.source, func(b *testing.B) { benchmarkRead(b, p.source, p.name, p.of(10_000), 10_000) })
	}
}
