package importers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fieldFiles is the folder of files as people have them, each beside a page that says what is right.
const fieldFiles = corpus + "/field"

// tale is what a reading told: its events, then its refusals, one a line.
func (g gathered) tale() string {
	var b strings.Builder
	if g.err != nil {
		fmt.Fprintln(&b, "error:", g.err)
	}
	for _, e := range g.events {
		end := ""
		if !e.End.IsZero() {
			end = "…" + e.End.Format(time.RFC3339Nano)
		}
		fmt.Fprintf(&b, "%s%s %s|%s|%s|%s\n", e.At.Format(time.RFC3339Nano), end, e.Kind, e.Actor, e.Service, e.Title)
		if e.Body != "" {
			fmt.Fprintf(&b, "\t%q\n", e.Body)
		}
	}
	for _, r := range g.reading.Refusals {
		fmt.Fprintf(&b, "refused line %d: %s: %s\n", r.Line, r.Reason, r.Excerpt)
	}
	for _, w := range g.reading.Warnings {
		fmt.Fprintln(&b, "note:", w)
	}
	return b.String()
}

func TestFieldDump(t *testing.T) {
	only := os.Getenv("FIELD")
	for _, c := range []struct {
		file, source string
		opt          Options
	}{
		{"bracket-is-not-json/kubectl_logs_prefix.log", "auto", Options{}}, {"bracket-is-not-json/nagios.log", "auto", Options{}}, {"bracket-is-not-json/uwsgi.log", "auto", Options{Zone: time.UTC}},
		{"database-logs/mongod.log", "auto", Options{}}, {"database-logs/mysql-slow.log", "auto", Options{}},
		{"date-beside-the-timeline/a.md", "text", Options{}}, {"date-beside-the-timeline/b.md", "text", Options{}}, {"date-beside-the-timeline/c.html", "text", Options{}},
		{"gh-run-view-log/input.txt", "auto", Options{}}, {"half-day-marks/input.md", "text", Options{}},
		{"json-nested-message/gcloud_logging_read.json", "auto", Options{}}, {"json-nested-message/tracing.jsonl", "auto", Options{}},
		{"kubernetes-text/describe.txt", "auto", Options{}}, {"kubernetes-text/describe.txt", "text", Options{}},
		{"months-in-other-languages/fr.md", "text", Options{}}, {"months-in-other-languages/es.md", "text", Options{}}, {"months-in-other-languages/syslog_fr.log", "auto", Options{Zone: time.UTC, Year: 2024}},
		{"quoted-chat-after-timeline/input.md", "text", Options{}}, {"rsyslog-iso-dash/input.log", "auto", Options{}},
		{"slack-paste-2025-layout/input.txt", "text", Options{Zone: time.UTC, Date: day("2025-03-04")}}, {"slack-paste-2025-layout/input.txt", "auto", Options{Zone: time.UTC, Date: day("2025-03-04")}},
		{"timeline-rows-lost/table.md", "text", Options{}}, {"timeline-rows-lost/list.md", "text", Options{}},
	} {
		if only != "" && strings.Contains(c.file, only) {
			g := gather(t, c.source, c.opt, filepath.Join(fieldFiles, c.file))
			fmt.Printf("=== %s as %s: %s\n%s", c.file, c.source, g.reading.Source, g.tale())
		}
	}
}

func TestOneFile(t *testing.T) {
	for _, f := range strings.Fields(os.Getenv("ONE")) {
		opt := Options{Zone: time.UTC, Date: day("2024-01-05"), Year: 2024}
		if os.Getenv("BARE") != "" {
			opt = Options{}
		}
		g := gather(t, "auto", opt, f)
		fmt.Printf("=== %s: %s\n%s", f, g.reading.Source, g.tale())
		if g = gather(t, "text", opt, f); os.Getenv("TEXT") != "" {
			fmt.Printf("=== %s: %s\n%s", f, g.reading.Source, g.tale())
		}
	}
}
