package importers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

func sorted(t *testing.T, source string, paths ...string) (in *Input, story string) {
	t.Helper()
	in, err := Open(paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	parts, left, err := in.Parts(source)
	var b strings.Builder
	for _, p := range parts {
		var names []string
		for _, f := range p.Input.Files {
			names = append(names, f.Name)
		}
		fmt.Fprintf(&b, "%s %s: %s\n", p.Source.Name, p.Input.Name, strings.Join(names, " "))
	}
	for _, f := range left {
		fmt.Fprintf(&b, "left %s: %s\n", f.Name, f.Left)
	}
	if err != nil {
		fmt.Fprintf(&b, "error: %v\n", err)
	}
	return in, b.String()
}

// Each file of a folder is recognised by itself, and none is left out unnamed.
func TestPartsOfAFolder(t *testing.T) {
	paths := write(t, "d/a.csv", "time,text\n2026-03-04T14:00:00Z,one\n", "d/b.jsonl", `{"time":"2026-03-04T14:00:00Z","msg":"two"}`+"\n",
		"d/c.csv", "time,text\n2026-03-04T14:01:00Z,three\n", "d/empty.log", "", "d/.hidden", "x", "d/.git/config", "x", "d/noise.bin", "\x00\x01\x02")
	dir := filepath.Dir(paths[0])
	if err := os.Symlink(paths[0], filepath.Join(dir, "link.csv")); err != nil {
		t.Skip(err)
	}
	_, got := sorted(t, "auto", dir)
	want := "csv a.csv, c.csv: a.csv c.csv\njsonl b.jsonl: b.jsonl\nleft .git/: hidden\nleft .hidden: hidden\nleft link.csv: a symbolic link, which is not followed\n" +
		"left empty.log: it is empty\nleft noise.bin: its bytes are not text\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// A chat's export stays one thing, also beside other files.
func TestPartsKeepAnExportTogether(t *testing.T) {
	paths := write(t, slackExport()...)
	dir := filepath.Dir(paths[0])
	other := write(t, "notes.md", "2026-03-04\n\n- 14:00 UTC the queue is full\n")
	_, got := sorted(t, "auto", dir, other[0])
	if !strings.HasPrefix(got, "slack ") || !strings.Contains(got, "\ntext notes.md: notes.md\n") || strings.Count(got, "\n") != 2 {
		t.Errorf("got\n%s", got)
	}
}

// What a part keeps is enough to read it again.
func TestPartsAreReadAgain(t *testing.T) {
	paths := write(t, "d/a.csv", "time,text\n2026-03-04 14:00,one\n", "d/sub/c.csv", "time,text\n2026-03-04 14:01,three\n", "d/b.txt", "no evidence")
	in, _ := sorted(t, "auto", filepath.Dir(paths[0]))
	parts, _, err := in.Parts("auto")
	if err != nil {
		t.Fatal(err)
	}
	ids := func(src Source, in *Input, opt Options) (ids string) {
		reading, err := Read(src, in, opt)(func(e *model.Event) error { ids += e.ExternalID + "\n"; return nil })
		if err != nil {
			t.Fatal(err)
		}
		if len(reading.Kept) > 0 {
			again, opt, err := Reopen(reading.Name, reading.Kept, reading.Answers)
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			_, err = Read(src, again, opt)(func(e *model.Event) error { ids += "again " + e.ExternalID + "\n"; return nil })
			if err != nil {
				t.Fatal(err)
			}
		}
		return ids
	}
	got := strings.Split(strings.TrimSpace(ids(parts[0].Source, parts[0].Input, Options{Zone: time.UTC})), "\n")
	if len(got) != 4 || got[2] != "again "+got[0] || got[3] != "again "+got[1] {
		t.Errorf("%q", got)
	}
}

func TestPartsOfNothing(t *testing.T) {
	paths := write(t, "d/a.bin", "\x00\x01", "d/b", "")
	if _, got := sorted(t, "auto", filepath.Dir(paths[0])); !strings.Contains(got, "no file in it can be read; a.bin: its bytes are not text; b: it is empty") {
		t.Error(got)
	}
}

func TestEachFileIsCounted(t *testing.T) {
	g := gather(t, "csv", Options{}, write(t, "a.csv", "time,text\n2026-03-04T14:00:00Z,one\nlate,two\n", "b.csv", "time,text\n")...)
	if got := fmt.Sprint(g.reading.Files); got != "[{a.csv csv 1 1 } {b.csv csv 0 0 no record with a time was found}]" {
		t.Error(got)
	}
}
