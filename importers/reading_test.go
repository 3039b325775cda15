package importers

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"aftermath/model"
	"aftermath/safetext"
)

// write puts files into a new folder and gives their paths in the order of pairs: name, text, name …
func write(t testing.TB, pairs ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for i := 0; i < len(pairs); i += 2 {
		path := filepath.Join(dir, filepath.FromSlash(pairs[i]))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(pairs[i+1]), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// ids are the external ids of what was gathered, sorted.
func (g gathered) ids() []string {
	var ids []string
	for _, e := range g.events {
		ids = append(ids, e.ExternalID)
	}
	slices.Sort(ids)
	return ids
}

// lines shows the events as time, actor and title, for comparisons that can be read.
func (g gathered) lines() string {
	var b strings.Builder
	for _, e := range g.events {
		fmt.Fprintf(&b, "%s %s|%s|%s|%s\n", e.At.Format(time.RFC3339Nano), e.Kind, e.Actor, e.Service, e.Title)
	}
	return b.String()
}

func wantLines(t *testing.T, g gathered, want string) {
	t.Helper()
	if g.err != nil {
		t.Fatal(g.err)
	}
	if got := g.lines(); got != want {
		t.Errorf("got:\n%swant:\n%s%v %v", got, want, g.reading.Refusals, g.reading.Warnings)
	}
}

func wantFault(t *testing.T, err error, words ...string) {
	t.Helper()
	var fault *model.Fault
	if !errors.As(err, &fault) {
		t.Fatalf("got %v, want a fault", err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
}

func TestSourcesHaveNames(t *testing.T) {
	for _, s := range All() {
		if s.Name == "" || s.Title == "" || s.About == "" || s.Detect == nil || s.parse == nil {
			t.Errorf("%q is not complete", s.Name)
		}
		if got, ok := Lookup(" " + strings.ToUpper(s.Name)); !ok || got.Name != s.Name {
			t.Errorf("%s is not found", s.Name)
		}
	}
	if _, ok := Lookup("teleprinter"); ok {
		t.Error("found a source that is not there")
	}
}

func TestQuestions(t *testing.T) {
	for _, c := range []struct {
		name, source, text string
		need               Need
		line               int
		flag               string
	}{
		{"a table without zones", "csv", "time,text\n2026-03-04T14:00:00Z,first\n2026-03-04 14:05,second\n", NeedZone, 3, "--zone"},
		{"json lines without zones", "jsonl", `{"time":"2026-03-04 14:00:00","msg":"a"}`, NeedZone, 1, "--zone"},
		{"notes without a date", "text", "All times in UTC\n14:03 the queue grows\n", NeedDate, 2, "--date"},
		{"notes without a zone", "text", "2026-03-04\n\n14:03 the queue grows\n", NeedZone, 3, "--zone"},
		{"a log without a year", "syslog", "Mar  4 14:03:01 alpha app[1]: up\n", NeedYear, 1, "--year"},
		{"notes without a year", "text", "All times in UTC\n## Mar 4\n- 14:03 up\n- 14:05 down\n", NeedYear, 3, "--year"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gather(t, c.source, Options{}, write(t, "x."+c.source, c.text)...)
			var q *Question
			if !errors.As(g.err, &q) {
				t.Fatalf("got %v, want a question", g.err)
			}
			if q.Need != c.need || q.Line != c.line || q.File != "x."+c.source || q.Example == "" || q.Why == "" {
				t.Errorf("got %+v", q)
			}
			if !strings.Contains(q.Error(), c.flag) || model.KindOf(q) != model.FaultInput {
				t.Errorf("%q is no sentence with %s", q.Error(), c.flag)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	paths := write(t, "notes.txt", "14:03 alice: the queue grows\n14:05 - paused the worker\n")
	g := gather(t, "text", Options{Zone: zone("Europe/London"), Date: day("2026-07-04")}, paths...)
	wantLines(t, g, "2026-07-04T13:03:00Z note|alice||the queue grows\n2026-07-04T13:05:00Z note|||paused the worker\n")
	e := g.events[0]
	if e.ZoneSource != "told: Europe/London" || e.TimeText != "14:03" || e.Precision != "minute" || g.reading.Zone != "told: Europe/London" || e.Line != 1 {
		t.Errorf("got %+v", e)
	}
}

func TestNewYearInALog(t *testing.T) {
	log := "Dec 31 23:59:58 alpha app[1]: last\nJan  1 00:00:02 alpha app[1]: first\n"
	g := gather(t, "syslog", Options{Zone: time.UTC, Year: 2025}, write(t, "messages", log)...)
	wantLines(t, g, "2025-12-31T23:59:58Z log|alpha|app|last\n2026-01-01T00:00:02Z log|alpha|app|first\n")
	g = gather(t, "syslog", Options{Zone: time.UTC, Date: day("2026-01-01")}, write(t, "messages", log)...)
	wantLines(t, g, "2025-12-31T23:59:58Z log|alpha|app|last\n2026-01-01T00:00:02Z log|alpha|app|first\n")
}

func TestClocksGoBack(t *testing.T) {
	log := "2026-10-25 01:20:00 first pass\n2026-10-25 01:40:00 still first\n2026-10-25 01:10:00 second pass\n"
	g := gather(t, "syslog", Options{Zone: zone("Europe/London")}, write(t, "app.log", log)...)
	wantLines(t, g, "2026-10-25T00:20:00Z log|||first pass\n2026-10-25T00:40:00Z log|||still first\n2026-10-25T01:10:00Z log|||second pass\n")
	if !slices.ContainsFunc(g.reading.Warnings, func(w string) bool { return strings.Contains(w, "clocks went back") }) {
		t.Errorf("the hour is not warned of: %v", g.reading.Warnings)
	}
}

func TestSeasonContradictsZone(t *testing.T) {
	g := gather(t, "text", Options{}, write(t, "n.md", "All times in CET\n\n### 2026-07-04 14:00\n\nUp again.\n")...)
	wantLines(t, g, "2026-07-04T13:00:00Z note|||Up again.\n")
	if g.events[0].ZoneSource != "file: CET" || !strings.Contains(fmt.Sprint(g.reading.Warnings), "CEST") {
		t.Errorf("got %q, %v", g.events[0].ZoneSource, g.reading.Warnings)
	}
}

func TestWindow(t *testing.T) {
	table := "start,end,text\n2026-03-04T13:00Z,2026-03-04T14:01Z,reaches in\n2026-03-04T13:00Z,,before\n2026-03-04T14:30Z,,inside\n2026-03-04T15:01Z,,after\n"
	opt := Options{From: time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC), To: time.Date(2026, 3, 4, 15, 0, 0, 0, time.UTC)}
	g := gather(t, "csv", opt, write(t, "w.csv", table)...)
	wantLines(t, g, "2026-03-04T13:00:00Z note|||reaches in\n2026-03-04T14:30:00Z note|||inside\n")
	if !strings.Contains(fmt.Sprint(g.reading.Warnings), "2 records lie outside") {
		t.Errorf("got %v", g.reading.Warnings)
	}
}

func TestHostileText(t *testing.T) {
	hostile := "\x1b]0;owned\x07\x1b[31mred\x1b[0m \u202egnol\u202c a\u0085\bb\u009b2Jc"
	quoted := `\u001b]0;owned\u0007\u001b[31mred\u001b[0m \u202egnol\u202c a\u0085\bb\u009b2Jc`
	tab := func(s string) string {
		return "time,actor,service,source,kind,url,text,body\n2026-03-04T14:00:00Z," + strings.Repeat(s+",", 7) + s + "\n"
	}
	for name, c := range map[string]struct{ source, text string }{
		"csv":       {"csv", tab(hostile)},
		"jsonl":     {"jsonl", fmt.Sprintf(`{"time":"2026-03-04T14:00:00Z","actor":"%[1]s","service":"%[1]s","source":"%[1]s","url":"%[1]s","text":"%[1]s","body":"%[1]s","%[1]s":"%[1]s"}`, quoted)},
		"text":      {"text", "2026-03-04 14:00 UTC " + hostile + "\n" + hostile + "\n"},
		"slack":     {"slack", fmt.Sprintf(`[{"type":"message","ts":"1772632800.000100","username":"%[1]s","user":"U1","text":"%[1]s\n%[1]s"}]`, quoted)},
		"pagerduty": {"pagerduty", fmt.Sprintf(`{"log_entries":[{"id":"R1","type":"annotate_log_entry","created_at":"2026-03-04T14:00:00Z","summary":"%[1]s","agent":{"summary":"%[1]s"},"service":{"summary":"%[1]s"},"html_url":"%[1]s"}]}`, quoted)},
		"github":    {"github", fmt.Sprintf(`[{"sha":"abc","html_url":"%[1]s","commit":{"message":"%[1]s\n%[1]s","committer":{"date":"2026-03-04T14:00:00Z","name":"%[1]s"}},"url":"https://api.github.com/repos/a/b/commits/abc","node_id":"x"}]`, quoted)},
		"otlp":      {"otlp", fmt.Sprintf(`{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"%[1]s"}}]},"scopeLogs":[{"logRecords":[{"timeUnixNano":"1772632800000000000","body":{"stringValue":"%[1]s"}}]}]}]}`, quoted)},
		"journald":  {"journald", fmt.Sprintf(`{"__REALTIME_TIMESTAMP":"1772632800000000","__CURSOR":"s=1","MESSAGE":"%[1]s","_HOSTNAME":"%[1]s","SYSLOG_IDENTIFIER":"%[1]s"}`, quoted)},
		"syslog":    {"syslog", "2026-03-04T14:00:00Z alpha app[1]: " + hostile + "\n\t" + hostile + "\n"},
	} {
		t.Run(name, func(t *testing.T) {
			g := gather(t, c.source, Options{}, write(t, "hostile."+c.source, c.text)...)
			if g.err != nil || len(g.events) != 1 {
				t.Fatalf("%d events, %v, %v", len(g.events), g.err, g.reading.Refusals)
			}
			checkSafe(t, g.events[0])
			if !strings.Contains(g.events[0].Title, "red gnol a") {
				t.Errorf("the words are gone: %q", g.events[0].Title)
			}
		})
	}
}

// checkSafe fails when a text of the event could move a cursor or turn text around.
func checkSafe(t testing.TB, e model.Event) {
	t.Helper()
	for field, s := range map[string]string{"title": e.Title, "actor": e.Actor, "service": e.Service, "source": e.Source, "body": e.Body, "url": e.URL, "time": e.TimeText, "kind": e.Kind} {
		if !utf8.ValidString(s) {
			t.Errorf("%s is not UTF-8: %q", field, s)
		}
		for _, r := range s {
			if r < ' ' && (field != "body" || r != '\n' && r != '\t') || r >= 0x7f && r < 0xa0 || safetext.IsBidi(r) {
				t.Errorf("%s holds %U: %q", field, r, s)
			}
		}
	}
	if n := utf8.RuneCountInString(e.Title); n > titleRunes || n == 0 {
		t.Errorf("the title has %d runes", n)
	}
}

func TestTitleIsTheFirstLine(t *testing.T) {
	long := strings.Repeat("ä", 400)
	for _, c := range []struct{ text, title, body string }{
		{"one", "one", ""},
		{"\n  one  \ntwo\n\nthree\n", "one", "two\n\nthree"},
		{long, strings.Repeat("ä", 299) + "…", long},
		{"a\tb\r\nc", "a b", "c"},
	} {
		if title, body := titleAndBody(c.text); title != c.title || body != c.body {
			t.Errorf("%.20q: got %q and %q", c.text, title, body)
		}
	}
}

func TestTimesThatCannotBe(t *testing.T) {
	table := "time,text\n2026-02-30T10:00:00Z,thirtieth\n9999-01-01T00:00:00Z,far\n1969-12-31T23:59:59Z,early\n2026-03-04T25:00:00Z,hour\n" +
		"2026-03-04,no clock\n,none\nNaN,nan\n1e300,huge\n99999999999999999999999999,more\n2200-01-01T00:00:00Z,edge\n2199-12-31T23:59:59Z,last\n2026-13-01T00:00:00Z,month\n-1,negative\n"
	g := gather(t, "csv", Options{}, write(t, "t.csv", table)...)
	wantLines(t, g, "2199-12-31T23:59:59Z note|||last\n")
	if g.reading.Refused != 12 {
		t.Errorf("%d refused: %v", g.reading.Refused, g.reading.Refusals)
	}
	for i, r := range g.reading.Refusals {
		if r.Reason == "" || r.File != "t.csv" || r.Line < 2 || r.Excerpt == "" {
			t.Errorf("refusal %d says too little: %+v", i, r)
		}
	}
}

func TestAnyOrderOfFiles(t *testing.T) {
	a := "time,text\n2026-03-04T14:00:00Z,same\n2026-03-04T14:00:00Z,same\n2026-03-04T14:01:00Z,one\n"
	b := "time,text\n2026-03-04T14:00:00Z,same\n2026-03-04T14:02:00Z,two\n"
	paths := write(t, "a.csv", a, "b.csv", b)
	first := gather(t, "csv", Options{}, paths[0], paths[1])
	second := gather(t, "csv", Options{}, paths[1], paths[0])
	if len(first.events) != 4 || first.reading.Repeats != 1 || !slices.Equal(first.ids(), second.ids()) {
		t.Errorf("got %v and %v", first.ids(), second.ids())
	}
}

func TestSplitAtAnyRecord(t *testing.T) {
	whole := []string{
		`{"id":"1","time":"2026-03-04T14:00:00Z","msg":"a"}`, `{"id":"2","time":"2026-03-04T14:00:00Z","msg":"a"}`,
		`{"time":"2026-03-04T14:00:01Z","msg":"b"}`, `{"id":"1","time":"2026-03-04T14:00:00Z","msg":"a"}`, `{"time":"2026-03-04T14:00:02Z","msg":"c"}`,
	}
	want := gather(t, "jsonl", Options{}, write(t, "x.jsonl", strings.Join(whole, "\n"))...)
	if len(want.events) != 4 || want.reading.Repeats != 1 {
		t.Fatalf("%d events, %d repeats", len(want.events), want.reading.Repeats)
	}
	for i := 1; i < len(whole); i++ {
		paths := write(t, "a.jsonl", strings.Join(whole[:i], "\n"), "b.jsonl", strings.Join(whole[i:], "\n"))
		a, b := gather(t, "jsonl", Options{}, paths[0]), gather(t, "jsonl", Options{}, paths[1])
		union := append(a.ids(), b.ids()...)
		slices.Sort(union)
		if union = slices.Compact(union); !slices.Equal(union, want.ids()) {
			t.Errorf("split at %d: %v, want %v", i, union, want.ids())
		}
	}
}

func TestReadTwiceIsTheSame(t *testing.T) {
	in, err := Open(write(t, "x.csv", "time,text\n2026-03-04T14:00:00Z,one\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	src, _ := Lookup("csv")
	read := Read(src, in, Options{})
	a, errA := read(func(*model.Event) error { return nil })
	b, errB := read(func(*model.Event) error { return nil })
	if errA != nil || errB != nil || a.Digest != b.Digest || a.Read != 1 || b.Read != 1 || len(a.Digest) != 64 {
		t.Errorf("got %+v %v and %+v %v", a, errA, b, errB)
	}
}

func TestEmitStopsTheReading(t *testing.T) {
	in, err := Open(write(t, "x.csv", "time,text\n2026-03-04T14:00:00Z,one\n2026-03-04T14:00:00Z,two\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	src, _ := Lookup("csv")
	full, n := errors.New("the disk is full"), 0
	if _, err := Read(src, in, Options{})(func(*model.Event) error { n++; return full }); !errors.Is(err, full) || n != 1 {
		t.Errorf("got %v after %d events", err, n)
	}
}

func TestPreview(t *testing.T) {
	in, err := Open(write(t, "x.csv", "time,user,text\n2026-03-04T14:00:00Z,ada,one\n2026-03-04T14:00:01Z,ada,two\n2026-03-04T14:00:02Z,ada,three\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	src, _, err := Detect(in)
	if err != nil {
		t.Fatal(err)
	}
	samples, _, err := Preview(src, in, Options{}, 2)
	if err != nil || len(samples) != 2 || samples[1].Original != "2026-03-04T14:00:01Z,ada,two" || samples[1].Event.Title != "two" || samples[1].Event.Actor != "ada" {
		t.Errorf("got %+v, %v", samples, err)
	}
}

func TestStandardInput(t *testing.T) {
	in, err := Open([]string{"-"}, strings.NewReader(`{"time":"2026-03-04T14:00:00Z","msg":"a"}`+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	src, why, err := Detect(in)
	if err != nil || src.Name != "jsonl" || why == "" || in.Name != "standard input" {
		t.Errorf("%s %s %v", src.Name, why, err)
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "aftermath-import-*"))
	for _, l := range left {
		if strings.HasSuffix(l, in.Files[0].Name) {
			t.Errorf("%s is left over", l)
		}
	}
}

func TestWrongSource(t *testing.T) {
	csv := write(t, "notes.csv", "time,text\n2026-03-04T14:00:00Z,one\n")
	wantFault(t, gather(t, "slack", Options{}, csv...).err, "it looks like CSV", "name the source csv")
	wantFault(t, gather(t, "pagerduty", Options{}, csv...).err, "it looks like CSV")
	slack := write(t, "general.json", `[{"type":"message","user":"U1","text":"hi","ts":"1772632800.000100"}]`)
	wantFault(t, gather(t, "github", Options{}, slack...).err, "it looks like Slack")
	wantFault(t, gather(t, "csv", Options{}, slack...).err, "it looks like Slack")
}

func TestNothingToRead(t *testing.T) {
	wantFault(t, gather(t, "auto", Options{}, write(t, "empty.csv", "")...).err, "empty.csv", "it is empty")
	wantFault(t, gather(t, "csv", Options{}, write(t, "empty.csv", "")...).err, "it is empty")
	wantFault(t, gather(t, "auto", Options{}, write(t, "x.bin", "\x7fELF\x02\x01\x00\x00\x00")...).err, "not text")
	wantFault(t, gather(t, "text", Options{}, write(t, "x.bin", "\x7fELF\x02\x01\x00\x00\x00")...).err, "not text")
	_, err := Open([]string{"nowhere.csv"}, nil)
	wantFault(t, err, "nowhere.csv", "no such file")
	_, err = Open(nil, nil)
	wantFault(t, err, "no file is named")
}

func TestCutOffJSON(t *testing.T) {
	text := `{"log_entries":[{"id":"R1","type":"trigger_log_entry","created_at":"2026-03-04T14:00:00Z","summary":"up","agent":{"id":"P1"}},` + "\n" + `{"id":"R2","type":"ack`
	g := gather(t, "pagerduty", Options{}, write(t, "x.json", text)...)
	wantLines(t, g, "2026-03-04T14:00:00Z page|||up\n")
	if g.reading.Refused != 1 || g.reading.Refusals[0].Line != 2 || !strings.Contains(g.reading.Refusals[0].Reason, "breaks off in line 2") {
		t.Errorf("got %+v", g.reading.Refusals)
	}
}

func TestMalformedRecordsInAList(t *testing.T) {
	text := `[{"type":"message","user":"U1","text":"one","ts":"1772632800.000100"},{"ts":tru},7,{"type":"message","user":"U1","text":"two","ts":"1772632801.000100"}]`
	g := gather(t, "slack", Options{}, write(t, "x.json", text)...)
	wantLines(t, g, "2026-03-04T14:00:00.0001Z comms|U1||one\n2026-03-04T14:00:01.0001Z comms|U1||two\n")
	if g.reading.Refused != 2 {
		t.Errorf("got %+v", g.reading.Refusals)
	}
}

func TestAHugeLine(t *testing.T) {
	if testing.Short() {
		t.Skip("it writes 50 MB")
	}
	var b bytes.Buffer
	b.WriteString(`{"time":"2026-03-04T14:00:00Z","msg":"before"}` + "\n" + `{"time":"2026-03-04T14:00:01Z","msg":"`)
	b.Write(bytes.Repeat([]byte("x"), 50<<20))
	b.WriteString("\"}\n" + `{"time":"2026-03-04T14:00:02Z","msg":"after"}` + "\n")
	g := gather(t, "jsonl", Options{}, write(t, "x.jsonl", b.String())...)
	wantLines(t, g, "2026-03-04T14:00:00Z log|||before\n2026-03-04T14:00:02Z log|||after\n")
	if g.reading.Refused != 1 || g.reading.Refusals[0].Line != 2 || !strings.Contains(g.reading.Refusals[0].Reason, "8 MB") {
		t.Errorf("got %+v", g.reading.Refusals)
	}
}

func TestInvalidUTF8(t *testing.T) {
	g := gather(t, "csv", Options{Encoding: "utf-8"}, write(t, "x.csv", "time,text\n2026-03-04T14:00:00Z,caf\xe9\n2026-03-04T14:00:01Z,th\xe9\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||caf\ufffd\n2026-03-04T14:00:01Z note|||th\ufffd\n")
	if len(g.reading.Warnings) != 1 || !strings.Contains(g.reading.Warnings[0], "line 2") {
		t.Errorf("got %v", g.reading.Warnings)
	}
}

func TestATableAmongOthersWithoutTimes(t *testing.T) {
	dir := filepath.Dir(write(t, "a.csv", "colour,size\nred,4\n", "b.csv", "time,text\n2026-03-04T14:00:00Z,one\n", "readme.md", "# Read me\n")[0])
	g := gather(t, "csv", Options{}, dir)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||one\n")
	if g.reading.Refused != 1 || g.reading.Refusals[0].File != "a.csv" || !strings.Contains(fmt.Sprint(g.reading.Warnings), "readme.md is not CSV") {
		t.Errorf("got %+v", g.reading)
	}
}

func TestLogsThatTalkOfOtherTools(t *testing.T) {
	for _, word := range []string{"https://api.github.com/repos/o/r", "https://x.pagerduty.com/incidents/1", "resourceLogs"} {
		g := gather(t, "auto", Options{}, write(t, "x.jsonl", `{"created_at":"2026-03-04T14:00:00Z","msg":"called `+word+`"}`+"\n")...)
		if g.reading.Source != "jsonl" {
			t.Errorf("%s: taken for %s", word, g.reading.Source)
		}
	}
}

func TestUTF16(t *testing.T) {
	text := "time\ttext\r\n2026-03-04T14:00:00Z\tcafé \U0001F600\r\n"
	for _, low := range []int{0, 1} {
		b := []byte{0xff, 0xfe}
		if low == 1 {
			b = []byte{0xfe, 0xff}
		}
		for _, u := range append(utf16.Encode([]rune(text)), append([]uint16{0xd800}, utf16.Encode([]rune("2026"))...)...) {
			unit := []byte{byte(u), byte(u >> 8)}
			b = append(b, unit[low], unit[1-low])
		}
		g := gather(t, "auto", Options{}, write(t, "x.csv", string(b))...)
		wantLines(t, g, "2026-03-04T14:00:00Z note|||café \U0001F600\n")
		if r := g.reading.Refusals; len(r) != 1 || r[0].Excerpt != "\ufffd2026" {
			t.Errorf("half a character swallows the next: %+v", r)
		}
	}
}
