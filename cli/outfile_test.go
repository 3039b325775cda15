package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"aftermath/exporters"
)

// Every way to write a document replaces its own and nothing else.
func TestADocumentReplacesOnlyItsOwn(t *testing.T) {
	d := newDesk(t)
	d.does("demo", "--write", d.file)
	key := "2026-06-02"
	template := d.write("own.tmpl", []byte("# {{.incident.title}}\n\n{{.incident.summary}}\n"))
	ways := [][]string{{"--template", template}}
	for _, f := range exporters.Formats {
		ways = append(ways, []string{"--format", f})
	}
	for _, a := range exporters.Audiences {
		ways = append(ways, []string{"--audience", a, "--allow-leaks", "a sample"})
	}
	for _, p := range exporters.Profiles {
		ways = append(ways, []string{"--profile", p})
	}
	for _, way := range ways {
		t.Run(filepath.Base(way[1]), func(t *testing.T) {
			d.t = t
			to := func(path string, more ...string) []string {
				return append(append([]string{"export", key, "-o", path}, way...), more...)
			}
			notes := d.write("notes.txt", []byte("my only notes"))
			refuses := func(path, why string) {
				t.Helper()
				code, _, said := d.run(to(path)...)
				if code != 3 {
					t.Errorf("exit status %d", code)
				}
				d.says(said, why, "--force")
			}
			refuses(notes, "did not write")
			same(t, notes, "my only notes")
			d.does(to(notes, "--force")...)

			doc := filepath.Join(d.dir, "document.md")
			d.does(to(doc)...)
			d.does(to(doc)...)
			content := read(t, doc)
			content[len(content)/4] ^= 1
			os.WriteFile(doc, content, 0o600)
			refuses(doc, "changed by hand")
			d.does(to(doc, "--force")...)

			empty := d.write("empty.md", nil)
			d.does(to(empty)...)
		})
	}
}

// Whatever a data file is called, no document is written over it.
func TestNoDocumentReplacesADataFile(t *testing.T) {
	d := newDesk(t)
	d.does("demo", "--write", d.file)
	other := filepath.Join(d.dir, "other.db")
	d.does("backup", other)
	soft, hard := filepath.Join(d.dir, "soft.md"), filepath.Join(d.dir, "hard.md")
	if err := os.Symlink(d.file, soft); err != nil {
		t.Skip(err)
	}
	if err := os.Link(d.file, hard); err != nil {
		t.Skip(err)
	}
	journal := d.write("old.db-journal", append([]byte("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"), "the rest"...))
	for _, path := range []string{d.file, other, soft, hard, journal, d.file + "-journal", d.file + "-wal", d.file + "-shm", filepath.Join(d.dir, ".", "retros.db")} {
		before, _ := os.ReadFile(path)
		for _, force := range [][]string{nil, {"--force"}} {
			d.refuses(3, append([]string{"export", "2026-06-02", "-o", path}, force...)...)
			d.refuses(3, append([]string{"export", "2026-06-02", "--format", "json", "-o", path}, force...)...)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
			t.Errorf("%s is not what it was", path)
		}
	}
	d.does("doctor")
	d.says(d.refuses(3, "backup", other), "of that name already")
	d.says(d.refuses(3, "demo", "--write", other), "of that name")
}

func same(t *testing.T, path, want string) {
	t.Helper()
	if got := string(read(t, path)); got != want {
		t.Errorf("%s holds %q", path, got)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
