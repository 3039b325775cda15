package importers

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
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

func benchmarkRead(b *testing.B, form string) {
	path := filepath.Join(b.TempDir(), "rows."+form)
	data := rows(100_000, form)
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
		src, _ := Lookup(form)
		n := 0
		reading, err := Read(src, in, Options{})(func(*model.Event) error { n++; return nil })
		if err != nil || n != 100_000 {
			b.Fatalf("%d events, %v, %v", n, reading.Warnings, err)
		}
		in.Close()
	}
}

func BenchmarkCSV100k(b *testing.B)   { benchmarkRead(b, "csv") }
func BenchmarkJSONL100k(b *testing.B) { benchmarkRead(b, "jsonl") }
