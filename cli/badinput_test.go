package cli_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"aftermath/model"
)

const slow = "2026-11-02-slow"

// retro is a desk with one incident.
func retro(t testing.TB) *desk {
	d := newDesk(t)
	d.does("new", "--title", "Slow", "--started", "2026-11-02T10:00Z")
	return d
}

func (d *desk) write(name string, content []byte) string {
	d.t.Helper()
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		d.t.Fatal(err)
	}
	return path
}

// events is how many lines the timeline has.
func (d *desk) events() string {
	d.t.Helper()
	return fmt.Sprint(d.one("show", slow).(map[string]any)["evidence"])
}

func (d *desk) says(line string, parts ...string) {
	d.t.Helper()
	for _, p := range parts {
		if !strings.Contains(line, p) {
			d.t.Errorf("it does not say %q: %s", p, line)
		}
	}
}

func TestFilesThatAreNoEvidenceAreRefusedByName(t *testing.T) {
	random := make([]byte, 8192)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(r.Uint32())
	}
	d := retro(t)
	for _, f := range []struct {
		name, why string
		content   []byte
	}{
		{"empty.log", "empty", nil},
		{"blank.txt", "empty", []byte(" \n\n\t\n")},
		{"binary.dat", "not text", random},
		{"image.png", "not text", append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), random...)},
		{"cut.zip", "cut off", []byte("PK\x03\x04\x14\x00\x00\x00\x08\x00")},
	} {
		for _, source := range []string{"auto", "jsonl"} {
			if source == "jsonl" && f.name != "cut.zip" {
				continue
			}
			d.says(d.refuses(3, "import", slow, source, d.write(f.name, f.content)), f.name, f.why)
		}
	}
	if d.events() != "0" {
		t.Error("something was kept")
	}
}

// archive makes a ZIP of one entry whose header may lie about its size.
func archive(t testing.TB, name, content string, claimed uint64) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: name, Method: zip.Store, CompressedSize64: uint64(len(content)), UncompressedSize64: claimed, CRC32: crc32.ChecksumIEEE([]byte(content))}
	e, err := w.CreateRaw(h)
	if err == nil {
		_, err = e.Write([]byte(content))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestArchivesThatLieAreRefusedUnread(t *testing.T) {
	const line = `{"time":"2026-11-02T10:01:00Z","message":"x"}` + "\n"
	d := retro(t)
	for _, name := range []string{"../../evil.jsonl", "/etc/evil.jsonl", `..\evil.jsonl`} {
		path := d.write("traversal.zip", archive(t, name, line, uint64(len(line))))
		d.says(d.refuses(3, "import", slow, "auto", path), "traversal.zip", "leads out of it")
	}
	path := d.write("bomb.zip", archive(t, "events.jsonl", line, 100<<30))
	d.says(d.refuses(3, "import", slow, "auto", path), "bomb.zip", "claims to unpack to more than")
	d.says(d.does("import", slow, "auto", d.write("honest.zip", archive(t, "events.jsonl", line, uint64(len(line))))), "1 new")
	if found, _ := filepath.Glob(filepath.Join(d.dir, "..", "*evil*")); len(found) > 0 {
		t.Errorf("something was unpacked outside: %v", found)
	}
}

func TestDamagedLinesAreRefusedByLineAndTheRestIsKept(t *testing.T) {
	d := retro(t)
	content := strings.Join([]string{
		`{"time":"2026-11-02T10:01:00Z","message":"good"}`,
		`{"time":"2026-02-30T10:01:00Z","message":"30 February"}`,
		`{"time":"2026-11-02T10:02:00Z","message":"invalid ` + "\xff\xfe\x80" + ` UTF-8"}`,
		`not JSON at all`,
		`{"time":"2026-11-02T25:01:00Z","message":"hour 25"}`,
		`{"time":"2026-11-02T10:03:00Z","message":"cut o`,
	}, "\n")
	report := d.one("import", slow, "jsonl", d.write("events.jsonl", []byte(content))).(map[string]any)
	if fmt.Sprintf("%v %v %v", report["new"], report["refused"], report["read"]) != "2 4 6" {
		t.Errorf("%v", report)
	}
	var at []string
	for _, r := range report["refusals"].([]any) {
		at = append(at, fmt.Sprint(r.(map[string]any)["line"]))
		if r.(map[string]any)["reason"] == "" {
			t.Errorf("a refusal without a reason: %v", r)
		}
	}
	if strings.Join(at, " ") != "2 4 5 6" {
		t.Errorf("the refusals are in the lines %v", at)
	}
	for _, e := range d.lines("events", slow) {
		title := e.(map[string]any)["title"].(string)
		if !utf8.ValidString(title) || title == "" {
			t.Errorf("a title is %q", title)
		}
	}
}

func TestACutOffDocumentIsRefused(t *testing.T) {
	d := retro(t)
	whole := `{"ok":true,"messages":[{"type":"message","user":"U1","ts":"1793628420.000100","text":"looking"},{"type":"message","user":"U2","ts":"17936`
	path := d.write("history.json", []byte(whole))
	code, out, stderr := d.run("import", slow, "slack", path)
	if code == 0 {
		d.says(out, "1 refused")
	} else if code != 3 || !strings.Contains(stderr, "history.json") {
		t.Errorf("exit status %d: %s", code, stderr)
	}
}

func TestTimesOfAnotherAgeAreKeptOrRefusedAndNeverShifted(t *testing.T) {
	d := retro(t)
	content := `{"time":"9999-12-31T23:59:59Z","message":"far"}` + "\n" + `{"time":"0001-01-01T00:00:00Z","message":"never"}` + "\n" + `{"time":"2026-11-02T10:01:00Z","message":"now"}` + "\n"
	report := d.one("import", slow, "jsonl", d.write("ages.jsonl", []byte(content))).(map[string]any)
	if fmt.Sprint(report["read"]) != "3" {
		t.Errorf("%v", report)
	}
	for _, e := range d.lines("events", slow) {
		event := e.(map[string]any)
		if want := map[string]string{"far": "9999-12-31T23:59:59Z", "now": "2026-11-02T10:01:00Z"}[event["title"].(string)]; event["at"] != want {
			t.Errorf("%v is at %v", event["title"], event["at"])
		}
	}
}

func TestALongLineAndALongFileComeInWhole(t *testing.T) {
	d := retro(t)
	long := strings.Repeat("checkout ", 300_000) // 2.7 MB
	var b strings.Builder
	fmt.Fprintf(&b, `{"time":"2026-11-02T10:00:00Z","message":"%s"}`+"\n", long)
	for i := range 20_000 {
		fmt.Fprintf(&b, `{"time":"2026-11-02T10:%02d:%02d.%06dZ","message":"request %d took %d ms"}`+"\n", i/60%60, i%60, i, i, i%997)
	}
	report := d.one("import", slow, "jsonl", d.write("long.jsonl", []byte(b.String()))).(map[string]any)
	if fmt.Sprintf("%v %v", report["new"], report["refused"]) != "20001 0" {
		t.Errorf("%v new, %v refused", report["new"], report["refused"])
	}
	code, out, _ := d.run("events", slow, "--limit", "1")
	if code != 0 || strings.Count(out, "\n") != 1 {
		t.Errorf("exit status %d and %d lines", code, strings.Count(out, "\n"))
	}
}

// hostile acts on a terminal in every way that text can, and pretends to end the line.
const hostile = "evil\x1b[2J\x1b]0;title\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\ \u202etxet\u2066 \u009b31m\x00\r\nforged"

func TestNoFieldActsOnTheTerminal(t *testing.T) {
	d := retro(t)
	ids := map[model.Type]string{model.TypeIncident: slow}
	for kind, typ := range map[string]model.Type{"event": model.TypeEvent, "factor": model.TypeFactor, "action": model.TypeAction} {
		line := map[string]string{"event": "10:07 ", "factor": "process: ", "action": ""}[kind] + hostile
		ids[typ] = d.one("add", slow, kind, line).(map[string]any)["id"].(string)
	}
	clean := func(args ...string) {
		t.Helper()
		_, out, stderr := d.run(args...)
		if i := strings.IndexFunc(out+stderr, acts); i >= 0 {
			t.Errorf("%v prints %q", args[:min(len(args), 3)], (out + stderr)[max(0, i-30):min(len(out+stderr), i+30)])
		}
		if !strings.HasPrefix(args[0], "export") && strings.Contains("\n"+out+stderr, "\nforged") {
			t.Errorf("%v prints a line that text made", args[:min(len(args), 3)])
		}
	}
	for typ, id := range ids {
		for _, f := range model.Schema[typ] {
			value := map[model.Kind]string{model.Line: hostile, model.Text: hostile, model.Set: "a" + hostile}[f.Kind]
			if value == "" || f.To != "" {
				value = hostile // refused, and the refusal must be clean too
			}
			clean("set", id, f.Name, value)
		}
	}
	for _, args := range [][]string{{"list"}, {"show", slow}, {"show", ids[model.TypeEvent]}, {"show", ids[model.TypeFactor]}, {"show", ids[model.TypeAction]},
		{"events", slow}, {"check", slow}, {"score", slow}, {"log"}, {"search", "evil"}, {"search", "forged"}, {"export", slow}, {"export", slow, "--profile", "plain"},
		{"conflicts"}, {"doctor"}, {"undo"}, {"redo"}, {"show", hostile}, {hostile}, {"list", "--" + hostile}, {"import", slow, hostile, hostile}, {"merge", hostile},
		{"backup", d.dir + "/" + strings.ReplaceAll(hostile, "\x00", "")}, {"new", "--title", hostile, "--severity", hostile}, {"new", "--title", hostile}, {"list"}} {
		clean(args...)
	}
}

func TestAFileOfANewerVersionIsReadAndNotWritten(t *testing.T) {
	d := retro(t)
	file, err := os.OpenFile(d.file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	const versionAt = 60 // SQLite's user version, in which the file says how new it is
	if _, err := file.WriteAt(binary.BigEndian.AppendUint32(nil, 99), versionAt); err != nil {
		t.Fatal(err)
	}
	file.Close()
	d.says(d.does("list"), "Slow")
	for _, args := range [][]string{{"set", slow, "severity", "sev1"}, {"new", "--title", "x"}, {"add", slow, "factor", "process: x"}, {"undo"}} {
		d.says(d.refuses(5, args...), "newer version", "retros.db")
	}
}

func TestDamagedFilesAreDiagnosed(t *testing.T) {
	d := retro(t)
	whole, err := os.ReadFile(d.file)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"half.db":  whole[:len(whole)/2],
		"zeros.db": append(append([]byte{}, whole[:4096]...), make([]byte, len(whole)-4096)...),
		"tiny.db":  []byte("SQLite format 3\x00"),
	} {
		path := d.write(name, content)
		d.says(d.refuses(3, "--file", path, "list"), name)
		if after, _ := os.ReadFile(path); !bytes.Equal(after, content) {
			t.Errorf("%s was altered", name)
		}
	}
}
