package importers

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fieldFiles is the folder of files as people have them. They may not be kept in the project itself.
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

// TestFieldFiles reads the field's files: the times of their events, in the order of the file, and
// how many records are refused.
func TestFieldFiles(t *testing.T) {
	if _, err := os.Stat(fieldFiles); err != nil {
		t.Skipf("the files of the field are not there: %s", fieldFiles)
	}
	utc, slack := Options{Zone: time.UTC}, Options{Zone: time.UTC, Date: day("2025-03-04")}
	for _, c := range []struct {
		file, source, times string
		refused             int
		last                string // a part of the last event's title, with its kind, actor and service
		opt                 Options
	}{
		{"bracket-is-not-json/kubectl_logs_prefix.log", "auto", "2024-04-25 05:32:35 05:32:36 05:32:37", 0, "log||pod/web-7d9f-fghij/app|ready", Options{}},
		{"bracket-is-not-json/nagios.log", "auto", "2024-04-25 03:32:35 03:33:15", 0, ";HTTP OK", Options{}},
		{"bracket-is-not-json/uwsgi.log", "auto", "2016-03-13 22:49:12 22:50:12", 0, "POST /pay", utc},
		{"database-logs/mongod.log", "auto", "2024-04-25 03:32:35 03:33:36", 0, "Detected unclean", Options{}},
		{"database-logs/mysql-slow.log", "auto", "2024-04-25 03:32:35 03:33:36", 0, "|select count", Options{}},
		{"csv-and-json-titles/gcp_status.json", "auto", "2024-04-25 03:32:35 05:40:00 03:46:00", 0, "status||Multiple|we look into it", Options{}},
		{"csv-and-json-titles/zabbix.csv", "auto", "2024-04-25 05:32:35", 0, "alert||web1|HTTP down", utc},
		{"database-logs/postgres-csvlog.csv", "auto", "2024-04-25 03:32:35 03:33:36", 0, "log|||checkpoint starting: time", Options{}},
		{"jira-csv/input.csv", "auto", "2024-04-25 05:32:00 05:40:00 06:00:00 06:02:00", 0, "status||OPS|OPS-1 Checkout slow: resolved (Done)", utc},
		{"json-nested-list/discord.json", "auto", "2024-04-25 03:32:35 03:33:36", 0, "comms|Bo||rolling back", Options{}},
		{"json-nested-list/elasticsearch_search.json", "auto", "2024-04-25 03:32:35 03:33:36", 0, "log|||pool back", Options{}},
		{"json-nested-list/google_chat_takeout.json", "auto", "2024-04-25 03:32:35 03:33:36", 0, "comms|Bo West||rolling back", Options{}},
		{"json-nested-list/helm_history.json", "auto", "2024-04-25 03:12:35 03:32:35", 0, "deploy||checkout|checkout-1.4.0: Upgrade", Options{}},
		{"json-nested-list/teams_graph.json", "auto", "2024-04-25 03:32:35 03:33:36", 0, "comms|Bo West||rolling back", Options{}},
		{"mattermost-channel-export/input.csv", "auto", "2024-04-25 03:32:35 03:33:36 03:33:40", 0, "note|system||eve joined", Options{}},
		{"date-beside-the-timeline/a.md", "text", "2024-01-16 12:00:00 12:15:00", 0, "rollback", Options{}},
		{"date-beside-the-timeline/b.md", "text", "2024-01-16 12:00:00 12:15:00", 0, "rollback", Options{}},
		{"date-beside-the-timeline/c.html", "text", "2024-01-16 12:00:00 12:15:00", 0, "rollback", Options{}},
		{"gh-run-view-log/input.txt", "auto", "2024-04-25 03:32:35 03:32:36 03:33:35 03:34:35", 0, "log||smoke|skipped", Options{}},
		{"half-day-marks/input.md", "text", "2024-04-25 20:49:00 20:51:00 20:55:00 21:05:00", 0, "|rollback", Options{}},
		{"json-nested-message/gcloud_logging_read.json", "auto", "2024-04-25 03:32:35 03:34:35", 0, "change|ada@example.org||google", Options{}},
		{"json-nested-message/tracing.jsonl", "auto", "2025-10-28 19:15:10 19:15:11", 0, "signal|||pool exhausted", Options{}},
		{"kubernetes-text/describe.txt", "auto", "2024-04-25 03:31:29 03:12:29 03:31:06", 2, "OOMKilled (exit code 137)", Options{}},
		{"kubernetes-text/events.yaml", "auto", "2024-04-25 05:31:06", 0, "signal||shop|BackOff web-4fpgp ×3", Options{}},
		{"months-in-other-languages/fr.md", "text", "2024-04-25 05:32:00 2024-08-25 05:40:00", 0, "retour", Options{}},
		{"months-in-other-languages/es.md", "text", "2024-04-25 05:32:00 2024-08-25 05:40:00 2024-04-25 05:55:00", 0, "|recuperado", Options{}},
		{"months-in-other-languages/syslog_fr.log", "auto", "2024-08-19 11:08:37 11:09:37", 0, "log|poste|app|fin", Options{Zone: time.UTC, Year: 2024}},
		{"quoted-chat-after-timeline/input.md", "text", "2019-02-05 16:47:00 17:02:00 17:34:00", 0, "queue works", Options{}},
		{"rsyslog-iso-dash/input.log", "auto", "2026-09-15 02:57:36 02:57:46 02:57:47 02:57:48 02:58:00 02:58:01", 0, "web-1|shop|NOT ready - retry in 5 s", Options{}},
		{"slack-paste-2025-layout/input.txt", "text", "2025-03-04 15:13:00 15:14:00 15:15:00 15:16:00 15:17:00 15:18:00", 0, "comms|Cy South (she/her)||latency", slack},
		{"slack-paste-2025-layout/input.txt", "auto", "2025-03-04 15:13:00 15:14:00 15:15:00 15:16:00 15:17:00 15:18:00", 0, "comms|Cy South (she/her)||latency", slack},
		{"timeline-rows-lost/table.md", "text", "2024-01-16 12:00:00 12:15:00 12:30:00 12:50:00", 2, "all clear", Options{}},
		{"timeline-rows-lost/list.md", "text", "2024-01-16 12:00:00 12:07:00 12:15:00 12:20:00 13:15:00 12:00:00 13:30:00", 1, "all clear", Options{}},
	} {
		t.Run(c.file+" as "+c.source, func(t *testing.T) {
			g := gather(t, c.source, c.opt, filepath.Join(fieldFiles, c.file))
			times, on := "", ""
			last := ""
			for _, e := range g.events {
				if d := e.At.Format(time.DateOnly); d != on {
					times, on = times+" "+d, d
				}
				times += " " + e.At.Format(time.TimeOnly)
				last = e.Kind + "|" + e.Actor + "|" + e.Service + "|" + e.Title
			}
			if strings.TrimSpace(times) != c.times || g.reading.Refused != c.refused || !strings.Contains(last, c.last) {
				t.Errorf("got\n%s", g.tale())
			}
		})
	}
}
