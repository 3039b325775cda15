package importers

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

// again reads an input, and then reads what it kept as a file would give it back.
func again(t *testing.T, source string, opt Options, paths ...string) (first, second gathered, in *Input) {
	t.Helper()
	first = gather(t, source, opt, paths...)
	if first.err != nil {
		t.Fatal(first.err)
	}
	pages := first.reading.Kept
	for i := range pages {
		pages[i].ID = model.IDFrom(model.TypePage, [8]byte{7: byte(i + 1)})
	}
	in, opt, err := Reopen(first.reading.Name, pages, first.reading.Answers)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	src, _ := Lookup(source)
	second.reading, second.err = Read(src, in, opt)(func(e *model.Event) error {
		second.events = append(second.events, *e)
		return nil
	})
	return first, second, in
}

func TestKeptBytesAreReadAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "C77")
	if err := os.MkdirAll(filepath.Join(dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	notes := put("notes.md", "14:03 ada: up\n14:05 grace: down\n")
	day := put("2026-03-04.json", `[{"type":"message","ts":"1772632800.000100","user":"U1","text":"hello"}]`)
	put("sub/more.log", "2026-03-04T14:00:00Z a b: c\n")
	zoned := Options{Zone: zone("Europe/London"), Date: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}
	for name, c := range map[string]struct {
		source string
		opt    Options
		paths  []string
		files  int
	}{
		"notes": {"text", zoned, []string{notes}, 1}, "a day of a channel": {"slack", Options{}, []string{day}, 1}, "a folder": {"syslog", zoned, []string{dir}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			first, second, in := again(t, c.source, c.opt, c.paths...)
			if len(first.reading.Kept) != c.files || first.reading.Path != "" {
				t.Errorf("kept %d files, path %q", len(first.reading.Kept), first.reading.Path)
			}
			if second.err != nil || len(second.events) != len(first.events) || len(first.events) == 0 {
				t.Fatalf("%d events, then %d, %v", len(first.events), len(second.events), second.err)
			}
			for i := range first.events {
				if first.events[i] != second.events[i] {
					t.Errorf("first %+v\nthen  %+v", first.events[i], second.events[i])
				}
			}
			if second.reading.Answers != first.reading.Answers || second.reading.Digest != first.reading.Digest || second.reading.Name != first.reading.Name || len(second.reading.Kept) != 0 || len(second.reading.Pages) != c.files {
				t.Errorf("first %+v\nthen  %+v", first.reading, second.reading)
			}
			src, _ := Lookup(c.source)
			e := first.events[len(first.events)-1]
			o, found, err := FindOriginal(src, in, c.opt, e.ExternalID)
			if err != nil || !found || o.Line != e.Line || !strings.Contains(o.Text, e.Title) {
				t.Errorf("the original of %q is %+v, %v %v", e.Title, o, found, err)
			}
		})
	}
}

// A record that waits for a newer version is still found in the file that it came in.
func TestOriginalsAreFoundInTheirFile(t *testing.T) {
	pages := []model.Page{
		{Name: "log_entries-0001.json", Body: []byte(`{"log_entries":[{"id":"R1","type":"trigger_log_entry","summary":"first","created_at":"2026-03-04T14:00:00Z","agent":{}}]}`)},
		{Name: "log_entries-0002.json", Body: []byte(`{"log_entries":[{"id":"R2","type":"trigger_log_entry","summary":"second","created_at":"2026-03-04T14:01:00Z","agent":{}}]}`)},
	}
	o, found, err := FindOriginal(pagerdutySource, Pages("PagerDuty", pages), Options{}, "pagerduty:R1")
	if err != nil || !found || o.File != "log_entries-0001.json" || o.Line != 1 || !strings.Contains(o.Text, "first") {
		t.Errorf("%+v %v %v", o, found, err)
	}
}

func TestLargeInputsAreKnownByTheirPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.log")
	line := "2026-03-04T14:00:00Z host app: " + strings.Repeat("x", 1000) + "\n"
	if err := os.WriteFile(path, []byte(strings.Repeat(line, keepLimit/1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	g := gather(t, "syslog", Options{}, path)
	if g.err != nil || len(g.reading.Kept) != 0 || g.reading.Path != path {
		t.Errorf("kept %d files, path %q, %v", len(g.reading.Kept), g.reading.Path, g.err)
	}
}

func TestKeptNamesStayInTheirFolder(t *testing.T) {
	for _, c := range []struct{ name, answers string }{{"../../evil", `{"paths":["evil"]}`}, {"a", `{"paths":["../../etc"]}`}, {"/abs", `{"paths":["/abs"]}`}} {
		if in, _, err := Reopen("x", []model.Page{{Name: c.name, Body: []byte("14:00 a\n")}}, c.answers); err == nil {
			in.Close()
			t.Errorf("%s %s was opened", c.name, c.answers)
		}
	}
}
