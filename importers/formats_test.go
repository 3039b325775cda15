package importers

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		opt              Options
	}{
		{"semicolons, a byte order mark and quoted line breaks", "\ufeffTimestamp;Who;Message\r\n2026-03-04T14:00:00Z;Ada;\"two; lines\nof text\"\r\n",
			"2026-03-04T14:00:00Z note|Ada||two; lines\n", Options{}},
		{"tabs", "time\ttext\n2026-03-04 14:00:00+02:00\tone\ttwo\n", "2026-03-04T12:00:00Z note|||one\n", Options{}},
		{"a date and a time in two columns", "Date,Time,Summary\n04/03/2026,14:05,one\n13/03/2026,2:05 PM,two\n",
			"2026-03-04T14:05:00Z note|||one\n2026-03-13T14:05:00Z note|||two\n", Options{Zone: time.UTC}},
		{"the month first", "time,text\n3/4/2026 14:05,one\n3/14/2026 14:05,two\n", "2026-03-04T14:05:00Z note|||one\n2026-03-14T14:05:00Z note|||two\n", Options{Zone: time.UTC}},
		{"the zone in the header", "Time (UTC),text\n2026-03-04 14:05,one\n", "2026-03-04T14:05:00Z note|||one\n", Options{}},
		{"a zone column", "time,timezone,text\n2026-07-04 14:05,Europe/London,one\n", "2026-07-04T13:05:00Z note|||one\n", Options{}},
		{"headers that come twice", "time,label,label,text\n2026-03-04T14:00:00Z,a,b,one\n", "2026-03-04T14:00:00Z note|||one\n", Options{}},
		{"kinds", "time,type,text\n2026-03-04T14:00:00Z,Deployment,one\n2026-03-04T14:00:01Z,ACK,two\n2026-03-04T14:00:02Z,fnord,three\n",
			"2026-03-04T14:00:00Z deploy|||one\n2026-03-04T14:00:01Z ack|||two\n2026-03-04T14:00:02Z note|||three\n", Options{}},
		{"no text", "id,at_time,start_at,status\n7,x,2026-03-04T14:00:00Z,Resolved\n", "2026-03-04T14:00:00Z status|||Resolved (7)\n", Options{}},
		{"short and long rows", "time,text,extra\n2026-03-04T14:00:00Z\n2026-03-04T14:00:01Z,two,x,y,z\n", "2026-03-04T14:00:00Z note|||(no text)\n2026-03-04T14:00:01Z note|||two\n", Options{}},
		{"quotes inside a field", "time,text\n2026-03-04T14:00:00Z,\"say \"\"hi\"\", \"\n2026-03-04T14:00:01Z,6\" of rain\n",
			"2026-03-04T14:00:00Z note|||say \"hi\",\n2026-03-04T14:00:01Z note|||6\" of rain\n", Options{}},
	} {
		t.Run(c.name, func(t *testing.T) { wantLines(t, gather(t, "csv", c.opt, write(t, "x.csv", c.text)...), c.want) })
	}
}

func TestTableKeepsEverything(t *testing.T) {
	g := gather(t, "csv", Options{}, write(t, "x.csv", "time,end,text,body,impact,impact\n2026-03-04T14:00:00Z,2026-03-04T15:00:00Z,one,long,minor,still\n")...)
	if e := g.events[0]; e.Body != "long\nimpact: minor\nimpact: still" || e.End.Hour() != 15 {
		t.Errorf("got %q until %s", e.Body, e.End)
	}
}

func TestTableSource(t *testing.T) {
	g := gather(t, "csv", Options{}, write(t, "x.csv", "time,source,text\n2026-03-04T14:00:00Z,pager,one\n2026-03-04T14:00:00Z,,one\n")...)
	if a, b := g.events[0], g.events[1]; a.Source != "pager" || b.Source != "csv" || !strings.HasPrefix(a.ExternalID, "pager:") || a.ExternalID == b.ExternalID {
		t.Errorf("got %q %q and %q %q", a.Source, a.ExternalID, b.Source, b.ExternalID)
	}
}

func TestAmbiguousColumn(t *testing.T) {
	g := gather(t, "csv", Options{Zone: time.UTC}, write(t, "x.csv", "time,text\n3/4/2026 14:05,one\n5/6/2026 14:05,two\n")...)
	wantFault(t, g.err, "x.csv", "line 2", "day or the month first", "2026-03-04")
	g = gather(t, "csv", Options{}, write(t, "x.csv", "colour,size\nred,4\n")...)
	wantFault(t, g.err, "no column is named as a time", "colour")
}

func TestJSONLines(t *testing.T) {
	text := strings.Join([]string{
		`{"ts":1772632800,"level":"error","logger":"api","msg":"seconds"}`,
		`{"ts":1772632800123,"msg":"milliseconds"}`,
		`{"ts":"1772632800123456","msg":"microseconds"}`,
		`{"ts":1772632800123456789,"msg":"nanoseconds"}`,
		`{"ts":1772632800.5,"msg":"halves"}`,
		`{"ts":1.7726328e9,"msg":"exponent"}`,
		`{"ts":"xxx","msg":"no"}`,
		`{"msg":"no"}`,
		`not json`,
		`{"ts":1772632800,"msg":"cut`,
		`[1,2]`,
		`{"time":"2026-03-04T15:00:00+01:00","published_at":"2026-03-05T00:00:00Z","title":"a \"title\"","message":"é","n":{"deep":[1]},"empty":null}`,
	}, "\n")
	g := gather(t, "jsonl", Options{}, write(t, "x.jsonl", text)...)
	wantLines(t, g, "2026-03-04T14:00:00Z signal||api|seconds\n2026-03-04T14:00:00.123Z log|||milliseconds\n2026-03-04T14:00:00.123456Z log|||microseconds\n"+
		"2026-03-04T14:00:00.123456789Z log|||nanoseconds\n2026-03-04T14:00:00.5Z log|||halves\n2026-03-04T14:00:00Z log|||exponent\n2026-03-04T14:00:00Z log|||a \"title\"\n")
	if g.reading.Refused != 5 || g.reading.Refusals[0].Line != 7 || g.reading.Refusals[4].Line != 11 {
		t.Errorf("got %+v", g.reading.Refusals)
	}
	if !strings.Contains(fmt.Sprint(g.reading.Warnings), `"ts" are read as seconds since 1970`) {
		t.Errorf("the guess is not told: %v", g.reading.Warnings)
	}
	if last := g.events[6]; last.Body != "é\npublished_at: 2026-03-05T00:00:00Z" {
		t.Errorf("got %q", last.Body)
	}
}

func TestJSONList(t *testing.T) {
	g := gather(t, "jsonl", Options{}, write(t, "x.json", "[\n {\"time\": \"2026-03-04T14:00:00Z\",\n  \"msg\": \"one\"},\n {\"time\": \"2026-03-04T14:00:01Z\", \"msg\": \"two\"}\n]\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z log|||one\n2026-03-04T14:00:01Z log|||two\n")
}

const slackDayOne = `[
 {"type":"message","user":"U1","text":"deploy &lt;7&gt; of <https://ci.example/7|build 7> by <@U2>","ts":"1772632800.000100","thread_ts":"1772632800.000100"},
 {"type":"message","subtype":"channel_join","user":"U2","text":"<@U2> has joined","ts":"1772632801.000100"},
 {"type":"message","subtype":"bot_message","username":"alarms","text":"","attachments":[{"fallback":"Alert firing: queue"}],"ts":"1772632802.000100","edited":{"ts":"1772640000.000000"}},
 {"type":"message","user":"U9","text":"","files":[{"title":"graph.png"}],"ts":"1772632803.000100"},
 {"type":"message","user":"U1","text":"no time"}
]`

func slackExport() []string {
	return []string{
		"users.json", `[{"id":"U1","name":"ada","real_name":"Ada L","profile":{"display_name":""}},{"id":"U2","name":"gr","profile":{"display_name":"grace"}}]`,
		"channels.json", `[{"id":"C1","name":"incident-7"}]`, "dms.json", `[{"id":"D1","members":["U1","U2"]}]`,
		"incident-7/2026-03-04.json", slackDayOne,
		"incident-7/2026-03-05.json", `[{"type":"message","user":"U2","text":"late reply","ts":"1772719200.000100","thread_ts":"1772632800.000100"}]`,
		"D1/2026-03-04.json", `[{"type":"message","user":"U2","text":"between us","ts":"1772632800.000100"}]`,
	}
}

func TestSlackExport(t *testing.T) {
	files := slackExport()
	dir := filepath.Dir(write(t, files...)[0])
	g := gather(t, "auto", Options{}, dir)
	wantLines(t, g, "2026-03-04T14:00:00.0001Z comms|Ada L||deploy <7> of build 7 by @grace\n2026-03-04T14:00:01.0001Z comms|grace||@grace has joined\n"+
		"2026-03-04T14:00:02.0001Z alert|alarms||Alert firing: queue\n2026-03-04T14:00:03.0001Z comms|U9||file: graph.png\n2026-03-05T14:00:00.0001Z comms|grace||late reply\n")
	if g.events[0].ExternalID != "slack:C1:1772632800.000100" || g.events[0].Body != "deploy <7> of build 7 (https://ci.example/7) by @grace" || !g.events[1].Housekeeping || g.events[0].Housekeeping {
		t.Errorf("got %+v", g.events[:2])
	}
	warned := fmt.Sprint(g.reading.Warnings)
	if g.reading.Refused != 1 || !strings.Contains(warned, "private conversation") || !strings.Contains(warned, "keep their ids") {
		t.Errorf("%d refused, %s", g.reading.Refused, warned)
	}
	zipped := gather(t, "auto", Options{}, zipOf(t, files...))
	if !slices.Equal(zipped.ids(), g.ids()) {
		t.Errorf("the ZIP gives %v, the folder %v", zipped.ids(), g.ids())
	}
	for i := range files {
		if i%2 == 0 {
			files[i] = "our export/" + files[i]
		}
	}
	if rooted := gather(t, "auto", Options{}, zipOf(t, files...)); !slices.Equal(rooted.ids(), g.ids()) {
		t.Errorf("the ZIP of the folder gives %v", rooted.ids())
	}
}

func TestSlackOtherForms(t *testing.T) {
	history := `{"ok":true,"messages":[{"type":"message","user":"U1","text":"one","ts":"1772632800.000100"}],"has_more":true,"response_metadata":{"next_cursor":"x"}}`
	wantLines(t, gather(t, "auto", Options{}, write(t, "h.json", history)...), "2026-03-04T14:00:00.0001Z comms|U1||one\n")
	dump := `{"channel_id":"C1","name":"x","messages":[{"user":"U1","text":"one","ts":"1772632800.000100","slackdump_thread_replies":[{"user":"U2","text":"two","ts":"1772632900.000100"}]}]}`
	g := gather(t, "auto", Options{}, write(t, "d.json", dump)...)
	wantLines(t, g, "2026-03-04T14:00:00.0001Z comms|U1||one\n2026-03-04T14:01:40.0001Z comms|U2||two\n")
	if g.events[1].ExternalID != "slack:C1:1772632900.000100" {
		t.Errorf("got %q", g.events[1].ExternalID)
	}
	dayFile := write(t, "export/C1/2026-03-04.json", `[{"user":"U1","text":"one","ts":"1772632800.000100"}]`)
	if g := gather(t, "auto", Options{}, dayFile...); g.events[0].ExternalID != "slack:C1:1772632800.000100" {
		t.Errorf("got %q", g.events[0].ExternalID)
	}
	edited := `[{"user":"U1","text":"old","ts":"1772632800.000100"},{"user":"U1","text":"new","ts":"1772632800.000100","edited":{"ts":"1772632900.000000"}}]`
	g = gather(t, "slack", Options{}, write(t, "e.json", edited)...)
	wantLines(t, g, "2026-03-04T14:00:00.0001Z comms|U1||new\n")
	if g.reading.Repeats != 1 || g.reading.Read != 2 {
		t.Errorf("got %+v", g.reading)
	}
}

func TestPagerDuty(t *testing.T) {
	text := `{"incidents":[{"id":"PI1","type":"incident","title":"Queue stuck","created_at":"2026-03-04T14:00:00Z","updated_at":"2026-03-04T15:00:00Z","status":"resolved",
	"resolved_at":"2026-03-04T14:30:00Z","service":{"summary":"orders"},"first_trigger_log_entry":{"id":"R1"},"html_url":"https://x.pagerduty.com/incidents/PI1"}]}
	{"log_entries":[{"id":"R1","type":"trigger_log_entry","created_at":"2026-03-04T14:00:01Z","summary":"Triggered by API","agent":{"summary":"orders","type":"service_reference"}},
	{"id":"R2","type":"acknowledge_log_entry","created_at":"2026-03-04T15:03:00+01:00","summary":"Acknowledged by Ada","agent":{"summary":"Ada","type":"user_reference"},"service":{"summary":"orders"}}],"more":true}
	{"notes":[{"id":"N1","content":"Restarting\nthe worker","created_at":"2026-03-04T14:10:00Z","user":{"id":"U","summary":"Ada","type":"user_reference"}}]}
	{"event":{"id":"01E","event_type":"incident.acknowledged","occurred_at":"2026-03-04T14:03:00.5Z","agent":{"summary":"Ada"},"data":{"title":"Queue stuck","service":{"summary":"orders"}}}}
	{"change_events":[{"id":"C1","summary":"Deploy of orders 7","timestamp":"2026-03-04T13:58:00Z","source":"ci","services":[{"id":"PS"}],"links":[{"href":"https://ci.example/7"}]}]}
	[{"id":"A1","type":"alert","summary":"depth > 100","created_at":"2026-03-04T13:59:00Z","resolved_at":"2026-03-04T14:29:00Z","service":{"summary":"orders"}}, {"id":"X","type":"mystery"}]`
	g := gather(t, "auto", Options{}, write(t, "pd.json", text)...)
	wantLines(t, g, "2026-03-04T14:00:01Z page|orders|orders|Triggered by API\n2026-03-04T14:30:00Z status||orders|Resolved: Queue stuck\n"+
		"2026-03-04T14:03:00Z ack|Ada|orders|Acknowledged by Ada\n2026-03-04T14:10:00Z comms|Ada||Restarting\n2026-03-04T14:03:00.5Z ack|Ada|orders|Queue stuck\n"+
		"2026-03-04T13:58:00Z deploy|ci|PS|Deploy of orders 7\n2026-03-04T13:59:00Z alert||orders|depth > 100\n")
	if g.reading.Source != "pagerduty" || g.reading.Repeats != 1 || g.reading.Refused != 1 || !strings.Contains(fmt.Sprint(g.reading.Warnings), "there is more") {
		t.Errorf("got %+v", g.reading)
	}
}

func TestGitHub(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"gh run list": {`[{"databaseId":7,"attempt":2,"name":"Deploy","workflowName":"Deploy","headBranch":"main","headSha":"abc","status":"completed","conclusion":"success","createdAt":"2026-03-04T13:00:00Z","startedAt":"2026-03-04T14:00:00Z","updatedAt":"2026-03-04T14:05:00Z","url":"https://github.com/o/r/actions/runs/7"}]`,
			"2026-03-04T14:00:00Z deploy||o/r|workflow Deploy: success\n"},
		"gh release list": {`[{"tagName":"v1","name":"","publishedAt":"2026-03-04T14:00:00Z","createdAt":"2025-03-04T14:00:00Z"},{"tagName":"v2","name":"draft","publishedAt":null}]`,
			"2026-03-04T14:00:00Z deploy|||release v1\n"},
		"concatenated pages": {`[{"sha":"a1","node_id":"x","html_url":"https://github.com/o/r/commit/a1","author":null,"commit":{"message":"one\n\nmore","author":{"name":"Ada","date":"2026-03-01T00:00:00Z"},"committer":{"date":"2026-03-04T14:00:00Z"}}}]` +
			`[{"sha":"a2","node_id":"x","html_url":"https://github.com/o/r/commit/a2","author":{"login":"gh"},"commit":{"message":"two","committer":{"date":"2026-03-04T14:01:00Z"}}}]`,
			"2026-03-04T14:00:00Z change|Ada|o/r|one\n2026-03-04T14:01:00Z change|gh|o/r|two\n"},
		"pages in a list": {`[{"total_count":2,"workflow_runs":[{"id":1,"run_number":4,"workflow_id":9,"name":"test","status":"in_progress","created_at":"2026-03-04T14:00:00Z","updated_at":"2026-03-04T14:00:01Z"}]},` +
			`{"total_count":2,"workflow_runs":[{"id":1,"run_number":4,"workflow_id":9,"name":"test","status":"completed","conclusion":"failure","created_at":"2026-03-04T14:00:00Z","updated_at":"2026-03-04T14:09:00Z"}]}]`,
			"2026-03-04T14:00:00Z change|||workflow test: failure\n"},
		"a push": {`{"ref":"refs/heads/main","before":"0","after":"1","repository":{"full_name":"o/r","pushed_at":1772632800},"pusher":{"name":"ada"},"sender":{"login":"ada"},"action":null,"head_commit":{"message":"fix\nx"},"commits":[{"id":"1","message":"fix\nx"}]}`,
			"2026-03-04T14:00:00Z change|ada|o/r|push to main (1 commit: fix)\n"},
		"a deployment status": {`{"action":"created","deployment_status":{"id":5,"state":"failure","environment":"production","created_at":"2026-03-04T14:00:00Z","creator":{"login":"bot"}},"deployment":{"id":4,"ref":"main"},"repository":{"full_name":"o/r"},"sender":{}}`,
			"2026-03-04T14:00:00Z deploy|bot|production/o/r|deployment to production: failure\n"},
		"git log": {"0123abcd\t2026-03-04T15:00:00+01:00\tAda\tfix the queue\n0123abce\t2026-03-04 15:01:00 +0100\tAda\tadd a limit\n",
			"2026-03-04T14:00:00Z change|Ada||fix the queue\n2026-03-04T14:01:00Z change|Ada||add a limit\n"},
		"git log as git writes it": {"commit 0123456789012345678901234567890123456789 (HEAD -> main)\nAuthor: Ada <ada at home>\nDate:   Wed Mar 4 15:00:00 2026 +0100\n\n    fix the queue\n\n    at last\n\n" +
			"commit 0123456789012345678901234567890123456780\nAuthor:     Ada <ada at home>\nAuthorDate: Wed Mar 4 12:00:00 2026 +0100\nCommit:     Bo <b>\nCommitDate: Wed Mar 4 15:02:00 2026 +0100\n\n    two\n",
			"2026-03-04T14:00:00Z change|Ada||fix the queue\n2026-03-04T14:02:00Z change|Ada||two\n"},
	} {
		t.Run(name, func(t *testing.T) { wantLines(t, gather(t, "auto", Options{}, write(t, "gh", c.text)...), c.want) })
	}
}

func TestOTLP(t *testing.T) {
	resource := `"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]}`
	text := `{"resourceLogs":[{` + resource + `,"scopeLogs":[{"logRecords":[{"timeUnixNano":"1772632800123456789","severityNumber":17,"body":{"stringValue":"boom"}},` +
		`{"timeUnixNano":"0","observedTimeUnixNano":1772632801000000000,"eventName":"deployment.finished","body":{"kvlistValue":{"values":[{"key":"ok","value":{"boolValue":true}}]}}},{"body":{"stringValue":"when"}}]}]}]}` + "\n" +
		`{"resourceSpans":[{` + resource + `,"scopeSpans":[{"spans":[{"traceId":"AB","spanId":"CD","name":"GET /","startTimeUnixNano":"1772632800000000001","endTimeUnixNano":"1772632801000000000","status":{"code":2}},` +
		`{"traceId":"ab","spanId":"cd","name":"GET /","startTimeUnixNano":"1772632800000000001"}]}]}]}` + "\n" + `{"resourceMetrics":[{}]}`
	g := gather(t, "auto", Options{}, write(t, "o.json", text)...)
	wantLines(t, g, "2026-03-04T14:00:00.123456789Z signal||orders|boom\n2026-03-04T14:00:01Z deploy||orders|deployment.finished\n2026-03-04T14:00:00.000000001Z signal||orders|GET /\n")
	if g.events[2].ExternalID != "otlp:ab:cd" || g.reading.Repeats != 1 || g.reading.Refused != 2 || g.events[1].Body != "{ok: true}" {
		t.Errorf("got %+v %+v", g.reading, g.events[1])
	}
}

func TestJournal(t *testing.T) {
	lines := `{"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1772632800000001","MESSAGE":"one","PRIORITY":"3","_SYSTEMD_UNIT":"orders.service","_HOSTNAME":"alpha","BIG":null}
{"__CURSOR":"s=2","__REALTIME_TIMESTAMP":"1772632800000001","MESSAGE":[99,97,102,195,169],"PRIORITY":"6"}
{"__CURSOR":"s=3","__REALTIME_TIMESTAMP":"1772632800000002","MESSAGE":["one","two"]}
{"__CURSOR":"s=4","__REALTIME_TIMESTAMP":"1772632800000003","MESSAGE":null}
{"__CURSOR":"s=5","MESSAGE":"when"}`
	g := gather(t, "auto", Options{}, write(t, "j.json", lines)...)
	wantLines(t, g, "2026-03-04T14:00:00.000001Z signal|alpha|orders|one\n2026-03-04T14:00:00.000001Z log|||café\n2026-03-04T14:00:00.000002Z log|||one\n2026-03-04T14:00:00.000003Z log|||(message without text)\n")
	export := "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1772632800000001\nPRIORITY=3\n_SYSTEMD_UNIT=orders.service\n_HOSTNAME=alpha\nMESSAGE\n\x09\x00\x00\x00\x00\x00\x00\x00one\n\ntwo\n\n\n" +
		"\n__REALTIME_TIMESTAMP=1772632800000002\nMESSAGE=last\n__CURSOR=s=9\n"
	g = gather(t, "auto", Options{}, write(t, "j.export", export)...)
	wantLines(t, g, "2026-03-04T14:00:00.000001Z signal|alpha|orders|one\n2026-03-04T14:00:00.000002Z log|||last\n")
	if g.events[0].Body != "two" || g.events[1].ExternalID != "journald:s=9" {
		t.Errorf("got %+v", g.events)
	}
	cut := gather(t, "journald", Options{}, write(t, "j.export", "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1772632800000001\nMESSAGE=good\n\n__REALTIME_TIMESTAMP=1772632800000002\nMESSAGE\n\xff\xff\x00\x00\x00\x00\x00\x00short")...)
	wantLines(t, cut, "2026-03-04T14:00:00.000001Z log|||good\n")
	if cut.reading.Refused != 1 || cut.reading.Refusals[0].Line != 5 {
		t.Errorf("got %+v", cut.reading.Refusals)
	}
}

func TestLogLines(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"<34>Mar  4 14:00:00 alpha su[12]: 'su root' failed", "2026-03-04T14:00:00Z signal|alpha|su|'su root' failed"},
		{"<165>1 2026-03-04T14:00:00.003+01:00 alpha orders 12 ID47 [x@1 a=\"]\"] \ufeffan event", "2026-03-04T13:00:00.003Z log|alpha|orders|an event"},
		{"<165>1 2026-03-04T14:00:00Z alpha - - - - up", "2026-03-04T14:00:00Z log|alpha||up"},
		{"2026-03-04T14:00:00.123456+00:00 alpha sshd[7]: Accepted", "2026-03-04T14:00:00.123456Z log|alpha|sshd|Accepted"},
		{"2026-03-04 14:00:00,123 ERROR [main:Orders@7] - broke", "2026-03-04T14:00:00.123Z signal||Orders|broke"},
		{"[2026-03-04T14:00:00Z] [warn] slow", "2026-03-04T14:00:00Z log|||slow"},
		{"[Wed Mar 04 14:00:00 2026] [error] child 7", "2026-03-04T14:00:00Z signal|||child 7"},
		{"2026/03/04 14:00:00 [error] 1#1: upstream", "2026-03-04T14:00:00Z signal|||1#1: upstream"},
		{"10.0.0.7 - - [04/Mar/2026:15:00:00 +0100] \"GET / HTTP/1.1\" 500 12", "2026-03-04T14:00:00Z log|10.0.0.7||\"GET / HTTP/1.1\" 500 12"},
		{"E0304 14:00:00.000001       1 queue.go:17] stuck", "2026-03-04T14:00:00.000001Z signal||queue.go:17|stuck"},
		{"WARN 2026-03-04T14:00:00Z slow", "2026-03-04T14:00:00Z log|||slow"},
	} {
		g := gather(t, "syslog", Options{Zone: time.UTC, Year: 2026}, write(t, "app.log", c.line+"\n")...)
		wantLines(t, g, c.want+"\n")
	}
}

func TestLogContinuations(t *testing.T) {
	g := gather(t, "auto", Options{}, write(t, "app.log", "no time yet\n2026-03-04T14:00:00Z alpha app[1]: boom\n\tat orders\nCaused by: queue\n2026-03-04T14:00:01Z alpha app[1]: up\n2026-02-30T14:00:01Z alpha app[1]: never\n\tat all\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z log|alpha|app|boom\n2026-03-04T14:00:01Z log|alpha|app|up\n")
	if g.events[0].Body != "\tat orders\nCaused by: queue" || g.reading.Refused != 2 || g.reading.Refusals[1].Line != 6 {
		t.Errorf("got %q, %+v", g.events[0].Body, g.reading.Refusals)
	}
}

func TestEqualLinesAreDifferentEvents(t *testing.T) {
	g := gather(t, "syslog", Options{}, write(t, "a.log", strings.Repeat("2026-03-04T14:00:00Z alpha app[1]: same\n", 3))...)
	if len(g.events) != 3 || len(slices.Compact(g.ids())) != 3 {
		t.Errorf("got %v", g.ids())
	}
}
