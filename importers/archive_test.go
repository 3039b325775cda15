package importers

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipOf writes a ZIP with the given names and texts.
func zipOf(t *testing.T, pairs ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "export.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := zip.NewWriter(f)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestZipThatLeadsOut(t *testing.T) {
	for _, name := range []string{"../../evil.json", "/etc/evil.json", `..\evil.json`} {
		_, err := Open([]string{zipOf(t, "users.json", "[]", name, "[]")}, nil)
		wantFault(t, err, "export.zip", "leads out of it")
	}
}

func TestZipThatClaimsTooMuch(t *testing.T) {
	path := zipOf(t, "a.json", strings.Repeat("a", 1000))
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(raw, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(raw[at+24:], 0xfffffff0) // its uncompressed size
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open([]string{path}, nil)
	wantFault(t, err, "claims to unpack to")
}

func TestGzip(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	fmt.Fprintln(z, `{"time":"2026-03-04T14:00:00Z","msg":"packed"}`)
	z.Close()
	g := gather(t, "auto", Options{}, write(t, "x.jsonl.gz", b.String())...)
	wantLines(t, g, "2026-03-04T14:00:00Z log|||packed\n")
}

func TestGzipThatIsCutOff(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for i := range 5000 {
		fmt.Fprintf(z, "{\"time\":\"2026-03-04T14:00:00Z\",\"msg\":\"line %d %x\"}\n", i, i*i*i)
	}
	z.Close()
	g := gather(t, "jsonl", Options{}, write(t, "x.jsonl.gz", b.String()[:b.Len()/2])...)
	if g.err != nil || len(g.events) < 100 || g.reading.Refused == 0 || g.reading.Refused > 2 {
		t.Errorf("%d events, %v, %v", len(g.events), g.err, g.reading.Refusals)
	}
}

func TestGzipBomb(t *testing.T) {
	c := capped("bomb.gz", zeros{}, 10, func() error { return nil })
	buf := make([]byte, 1<<20)
	for total := 0; ; {
		n, err := c.Read(buf)
		if total += n; err != nil {
			if !strings.Contains(err.Error(), "times its size") || total > ratioFree+ratioLimit*10 {
				t.Errorf("%v after %d bytes", err, total)
			}
			return
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestFolderLeavesLinksAlone(t *testing.T) {
	paths := write(t, "in/a.csv", "time,text\n2026-03-04T14:00:00Z,one\n", "secret.csv", "time,text\n2026-03-04T14:00:00Z,two\n", "in/.hidden.csv", "x")
	dir := filepath.Dir(paths[0])
	if err := os.Symlink(paths[1], filepath.Join(dir, "b.csv")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	g := gather(t, "csv", Options{}, dir)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||one\n")
	if !strings.Contains(fmt.Sprint(g.reading.Warnings), "symbolic links") {
		t.Errorf("got %v", g.reading.Warnings)
	}
}
