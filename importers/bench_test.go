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

// logRows writes n lines of a log, or of notes.
func logRows(n int, form string) []byte {
	var b bytes.Buffer
	at := time.Date(2026, 3, 4, 14, 0, 0, 0, time.UTC)
	for i := range n {
		fmt.Fprintf(&b, form, at.Add(time.Duration(i)*731*time.Millisecond).Format("2006-01-02T15:04:05.000Z07:00"), i%97)
	}
	return b.Bytes()
}

func BenchmarkLogs100k(b *testing.B) {
	benchmarkRead(b, "syslog", "app.log", logRows(100_000, "%s alpha orders[7]: queue memory replica retry region latency cache payment %d\n"), 100_000)
}

func BenchmarkNotes10k(b *testing.B) {
	benchmarkRead(b, "text", "notes.md", logRows(10_000, "- %s the queue grew to %d\n"), 10_000)
}
