package importers

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

// ofGo are words that Go's libraries use for trouble, and people who import a file do not.
var ofGo = regexp.MustCompile(`(?i)invalid character|unexpected (?:EOF|end)|unmarshal|strconv|parsing time|cannot parse|(?:^|\s)(?:gzip|zip|flate|xml|json): |illegal base64|bufio|runtime error|no such file or directory|<nil>|%!`)

func TestTroubleIsToldInWords(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, strings.Repeat("2026-03-04T14:00:00Z alpha app: up\n", 2000))
	z.Close()
	gz := packed.String()
	broken := map[string]string{
		"empty.json": "", "cut.json": `{"events":[{"id":"1","time":"2026-03-04T14:00:00Z","title":"x`, "bad.json": `{"id": 1, nope}`, "list.json": `[1, "two", {"time": "soon"}]`,
		"two.jsonl": "{\"time\":\"2026-13-04\"}\nnot json\n{\"time\":\"x\"", "cut.xml": `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x</ti`, "cut.csv": "time,text\n\"2026-03-04T14:00:00Z,up\n",
		"none.csv": "a,b\n1,2\n", "bad.csv": "time,text\n99/99/9999,x\nsoon,y\n", "notes.md": "## Timeline\n\n- 25:61 UTC x\n- 2026-02-30 14:00Z y\n- soon z\n", "app.log": "2026-02-30T14:00:00Z alpha app: up\nno time\n",
		"journal": "__CURSOR=s=1\n__REALTIME_TIMESTAMP=soon\nMESSAGE=x\n\n", "cut.log.gz": gz[:len(gz)/2], "damaged.log.gz": gz[:40] + "xxxx" + gz[44:], "head.gz": "\x1f\x8b", "cut.zip": "PK\x03\x04cut",
		"bytes.json": "{\"time\":\"2026-03-04T14:00:00Z\",\"text\":\"\xff\xfe\"}", "null.json": "null", "deep.json": strings.Repeat("[", 2000),
		"slack.json": `[{"type":"message","ts":"soon","text":"x","user":"U1"}]`, "otlp.json": `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}`,
		"aws.json": `{"awslogs":{"data":"????"}}`, "yaml.yaml": "apiVersion: v1\nkind: List\nitems:\n- kind: Event\n  involvedObject: [\n",
	}
	for name, text := range broken {
		paths := write(t, name, text)
		for _, src := range append(All(), Source{Name: "auto"}) {
			in, err := Open(paths, nil)
			if err == nil {
				if src.Name == "auto" {
					if src, _, err = Detect(in); err != nil {
						src.parse = nil
					}
				}
				if src.parse != nil {
					var reading model.Reading
					reading, err = Read(src, in, Options{Zone: time.UTC, Date: day("2026-03-04"), Year: 2026, Above: "5"})(func(*model.Event) error { return nil })
					for _, r := range reading.Refusals {
						if ofGo.MatchString(r.Reason) {
							t.Errorf("%s as %s is refused with %q", name, src.Name, r.Reason)
						}
					}
					if kept := reading.Read - reading.Refused; err == nil && kept == 0 && reading.Refused == 0 {
						t.Errorf("%s as %s gives nothing without a word", name, src.Name)
					}
				}
				in.Close()
			}
			if err != nil && ofGo.MatchString(err.Error()) {
				t.Errorf("%s as %s fails with %q", name, src.Name, err)
			}
		}
	}
}

func TestARecordIsTheSameInAnyZone(t *testing.T) {
	for source, text := range map[string]string{
		"text":   "# 2026-03-04\n- 14:00 up\n- 14:00 up\n- 23:50 late\n- 00:10 next\n",
		"syslog": "2026-03-04 14:00:00 alpha app: up\n2026-03-04 14:00:00 alpha app: up\n",
		"csv":    "time,text\n2026-03-04 14:00:00,up\n2026-03-04 14:00:00,up\n",
		"jsonl":  "{\"time\":\"2026-03-04 14:00:00\",\"text\":\"up\"}\n{\"time\":\"2026-03-04 14:00:00\",\"text\":\"up\"}\n",
	} {
		paths := write(t, "x", text)
		ids := func(z string) string {
			g := gather(t, source, Options{Zone: zone(z)}, paths...)
			if len(g.events) < 2 || g.events[0].ExternalID == g.events[1].ExternalID {
				t.Errorf("%s: two equal lines are not two events: %s", source, g.tale())
			}
			return strings.Join(g.ids(), " ")
		}
		if a, b := ids("UTC"), ids("America/New_York"); a != b {
			t.Errorf("%s: %s in UTC, %s in New York", source, a, b)
		}
	}
}

func TestAPreviewCountsAsAnImportDoes(t *testing.T) {
	text := "time,text\n" + strings.Repeat("2026-03-04T14:00:00Z,up\n", 60) + "soon,down\n"
	in, err := Open(write(t, "x.csv", text), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	samples, reading, err := Preview(csvSource, in, Options{}, 50)
	if err != nil || len(samples) != 50 || reading.Read != 61 || reading.Refused != 1 {
		t.Errorf("%d samples, %d read, %d refused, %v", len(samples), reading.Read, reading.Refused, err)
	}
}

func TestACommitIsTheSameInEveryLog(t *testing.T) {
	long := "commit 0123456789012345678901234567890123456789\nAuthor: Ada <ada at home>\nDate:   Wed Mar 4 15:00:00 2026 +0100\n\n    fix the queue\n\n    at last\n"
	short := "0123456789ab 2026-03-04T15:00:00+01:00 fix the queue\n"
	api := `[{"sha":"0123456789012345678901234567890123456789","node_id":"x","url":"https://api.github.com/repos/o/r/commits/0","commit":{"message":"fix the queue\n\nat last","committer":{"date":"2026-03-04T14:00:00Z"}}}]`
	var ids []string
	for name, text := range map[string]string{"a.txt": long, "b.txt": short, "c.json": api} {
		ids = append(ids, gather(t, "github", Options{}, write(t, name, text)...).ids()...)
	}
	if len(ids) != 3 || ids[0] != ids[1] || ids[1] != ids[2] {
		t.Errorf("got %v", ids)
	}
}

func TestSlackNamesPeopleOfItsFile(t *testing.T) {
	for name, people := range map[string]string{
		"a list": `[{"id":"U1","name":"ada","profile":{"display_name":"Ada North"}}]`,
		"a map":  `{"U1":{"id":"U1","name":"ada","real_name":"Ada North"}}`,
	} {
		g := gather(t, "auto", Options{}, write(t, "c.json", `{"ok":true,"messages":[{"type":"message","ts":"1772632800.000100","user":"U1","text":"<@U1> asks *why*"}],"users":`+people+`}`)...)
		if len(g.events) != 1 || g.events[0].Actor != "Ada North" || !strings.HasPrefix(g.events[0].Title, "@Ada North asks") {
			t.Errorf("%s: %s", name, g.tale())
		}
	}
}

func TestTheSentenceOfARecord(t *testing.T) {
	at := `"time":"2026-03-04T14:00:00Z"`
	for record, want := range map[string]string{
		`{` + at + `,"level":"ERROR","fields":{"message":"pool empty"}}`:                        "signal|pool empty",
		`{` + at + `,"level":"info","msg":"record","record":{"error":"x","message":"up"}}`:      "log|up",
		`{` + at + `,"severity":"WARNING","jsonPayload":{"msg":"slow"}}`:                        "log|slow",
		`{` + at + `,"log":{"level":"error"},"data":{"attributes":{"title":"two deep"}}}`:       "signal|two deep",
		`{` + at + `,"level":"TRACE","message":"tick"}`:                                         "log|tick",
		`{` + at + `,"status":"resolved","external_desc":"balancers answered with errors"}`:     "status|balancers answered with errors",
		`{` + at + `,"severity":"INFO","protoPayload":{"methodName":"SetSize"}}`:                "log|SetSize",
		`{"t":{"$date":"2026-03-04T14:00:00.000Z"},"s":"W","msg":"slow query","attr":{"ms":1}}`: "log|slow query",
		`{` + at + `,"level":"error"}`:                                                          "signal|error",
	} {
		g := gather(t, "jsonl", Options{}, write(t, "r.jsonl", record+"\n")...)
		if len(g.events) != 1 || g.events[0].Kind+"|"+g.events[0].Title != want {
			t.Errorf("%s: got %s, want %s", record, g.tale(), want)
		}
	}
}

func TestLogsByTheirForm(t *testing.T) {
	for line, want := range map[string]string{
		"2026-03-04T14:00:00.1+00:00 alpha systemd[1]: Stopping cache.service - The cache":     "log|alpha|systemd|Stopping cache.service - The cache",
		"2026-03-04T14:00:00+00:00 alpha orders 12 ID47 - up":                                  "log|alpha|orders|up",
		"<165>1 2026-03-04T14:00:00Z alpha orders - ID47 [x@1 a=\"b\"] up":                     "log|alpha|orders|up",
		"[pod/web-1/app] 2026-03-04T14:00:00.123456789Z ERROR pool empty":                      "signal||pod/web-1/app|pool empty",
		"deploy\tRun it\t2026-03-04T14:00:00.1234567Z ##[error]exit code 1":                    "signal||deploy|##[error]exit code 1",
		"[1772632800] SERVICE ALERT: web1;HTTP;OK":                                             "log|||SERVICE ALERT: web1;HTTP;OK",
		"[pid: 8|app: 0|req: 1/1] 10.0.0.1 () {3 vars} [Wed Mar 04 14:00:00 2026] GET / => ok": "log|10.0.0.1||GET / => ok",
		"märz  4 14:00:00 alpha app[1]: hoch":                                                  "log|alpha|app|hoch",
		"2026-03-04T14:00:00Z TRACE /admin HTTP/1.1 405":                                       "log|||TRACE /admin HTTP/1.1 405",
		"2026-03-04T14:00:00Z error budget is spent":                                           "log|error|budget|is spent",
		"2026-03-04T14:00:00Z error: budget is spent":                                          "signal|||budget is spent",
		"2026-03-04T14:00:00Z ERROR budget is spent":                                           "signal|||budget is spent",
	} {
		g := gather(t, "auto", Options{Zone: time.UTC, Year: 2026}, write(t, "x.log", line+"\n")...)
		if len(g.events) != 1 || !strings.HasPrefix(g.events[0].At.Format(time.RFC3339), "2026-03-04T14:00:00") {
			t.Errorf("%q: %s", line, g.tale())
			continue
		}
		if e := g.events[0]; e.Kind+"|"+e.Actor+"|"+e.Service+"|"+e.Title != want && line != "2026-03-04T14:00:00Z error budget is spent" {
			t.Errorf("%q: %s, want %s", line, g.tale(), want)
		}
	}
	g := gather(t, "auto", Options{}, write(t, "dmesg", "[    0.000000] Linux version 6\n[12345.678901] Out of memory: killed 812\n")...)
	if g.reading.Refused != 2 || !strings.Contains(g.tale(), "dmesg -T") {
		t.Errorf("got %s", g.tale())
	}
}
