//go:build linux || darwin

package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// A live is a home with an incident that began ten minutes ago, and the servers that saw it.
type live struct {
	*home
	key string
}

func newLive(t *testing.T, config string) *live {
	t.Helper()
	h := newHome(t)
	if err := os.MkdirAll(h.path("config/aftermath"), 0o700); err != nil {
		t.Fatal(err)
	}
	h.write("config/aftermath/config.toml", config)
	h.command("new", "--title", "Checkout down", "--started", time.Now().UTC().Add(-10*time.Minute).Format(time.RFC3339))
	return &live{h, strings.Fields(h.command("list"))[0]}
}

// collect runs `aftermath collect` and gives its exit status and everything that it says.
func (l *live) collect(args ...string) (code int, said string) {
	l.t.Helper()
	cmd := exec.Command(program, append([]string{"collect", l.key}, args...)...)
	cmd.Env, cmd.Dir = l.env, l.dir
	var all bytes.Buffer
	cmd.Stdout, cmd.Stderr = &all, &all
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		l.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), all.String()
}

// collects is collect where it has to go well, or to end with a status.
func (l *live) collects(want int, words ...string) string {
	l.t.Helper()
	code, said := l.collect()
	if code != want {
		l.t.Fatalf("exit status %d instead of %d:\n%s", code, want, said)
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			l.t.Errorf("%q is not in\n%s", w, said)
		}
	}
	return said
}

// A line is an event as the program gives it.
type line struct {
	ID, Source, Kind, Title, Body, Service string
	At, End                                time.Time
}

// lines are the events of a source, in the order of the timeline.
func (l *live) lines(source string) (list []line) {
	l.t.Helper()
	for _, text := range strings.Split(strings.TrimSpace(l.command("events", l.key, "--all", "--json")), "\n") {
		var x line
		if text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(text), &x); err != nil {
			l.t.Fatalf("%v: %s", err, text)
		}
		if x.Source == source {
			list = append(list, x)
		}
	}
	return list
}

// titled is the only line with a title.
func titled(t *testing.T, list []line, title string) line {
	t.Helper()
	found := slices.DeleteFunc(slices.Clone(list), func(x line) bool { return x.Title != title })
	if len(found) != 1 {
		t.Fatalf("%d lines are titled %q, want 1, of %+v", len(found), title, list)
	}
	return found[0]
}

// TestCollectingFromServers asks real servers, of which one goes away and comes back.
func TestCollectingFromServers(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for an alert to fire")
	}
	t.Parallel()
	alertmanager := newAlertmanager(t)
	prometheus := newPrometheus(t, alertmanager)
	l := newLive(t, fmt.Sprintf("[collect.prometheus]\naddress = %q\nqueries = [\"up\", {query = 'sum(up)', below = 2, title = \"Targets that answer\"}, {query = \"sum(up\"}]\n"+
		"[collect.alertmanager]\naddress = %q\n", prometheus.address, alertmanager.address))

	// A query that Prometheus refuses is named, and keeps nothing back.
	l.collects(4, "collect from Prometheus: query-03-0001.json (sum(up): it answers 400 Bad Request", "prometheus: 4 read, 4 new, 0 known, 0 refused", "alertmanager: 1 read, 1 new")
	l.write("config/aftermath/config.toml", fmt.Sprintf("[collect.prometheus]\naddress = %q\nqueries = [\"up\", {query = 'sum(up)', below = 2, title = \"Targets that answer\"}]\n"+
		"[collect.alertmanager]\naddress = %q\n", prometheus.address, alertmanager.address))
	l.collects(0)

	var known []struct {
		StartsAt time.Time
	}
	if err := alertmanager.get("/api/v2/alerts", &known); err != nil {
		t.Fatal(err)
	}
	started := known[0].StartsAt
	alert := titled(t, l.lines("alertmanager"), "TargetDown: 127.0.0.1:1 is down")
	if !alert.At.Equal(started) || alert.Kind != "alert" || alert.Service != "checkout" || !strings.Contains(alert.Body, "severity: page") || !alert.End.IsZero() {
		t.Errorf("started %v: %+v", started, alert)
	}
	drawn := titled(t, l.lines("prometheus"), "TargetDown firing")
	if late := drawn.At.Sub(started); late < 0 || late > 16*time.Second || drawn.At.Second()%15 != 0 || drawn.Kind != "alert" || drawn.Service != "checkout" || !strings.Contains(drawn.Body, "severity: page") {
		t.Errorf("started %v: %+v", started, drawn)
	}
	titled(t, l.lines("prometheus"), `up{instance="127.0.0.1:1", job="checkout"}: 0 throughout`)
	titled(t, l.lines("prometheus"), "Targets that answer below 2: lowest 1")
	before := len(l.lines("prometheus"))

	prometheus.kill()
	l.collects(4, "collect from Prometheus: alerts-0001.json (GET "+prometheus.address+"/api/v1/query_range): "+strings.TrimPrefix(prometheus.address, "http://")+" cannot be reached: connection refused, 4 times in a row; the pages before are kept; collect again later",
		"alertmanager: 1 read, 0 new, 1 known")
	if now := len(l.lines("prometheus")); now != before {
		t.Errorf("%d lines, %d before the server went away", now, before)
	}

	prometheus.start()
	prometheus.untilSeen()
	prometheus.until("fires for longer", func() bool { return time.Since(drawn.At) > 31*time.Second })
	l.collects(0, "0 refused")
	after := titled(t, l.lines("prometheus"), "TargetDown firing")
	if after.ID != drawn.ID || !after.At.Equal(drawn.At) || !after.End.After(drawn.End) {
		t.Errorf("before %+v, after %+v", drawn, after)
	}
	if now := len(l.lines("prometheus")); now != before || len(l.lines("alertmanager")) != 1 {
		t.Errorf("%d lines, want %d", now, before)
	}
}

// TestCollectingFromVictoriaMetrics asks another program that speaks as Prometheus does.
func TestCollectingFromVictoriaMetrics(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for an alert to fire")
	}
	t.Parallel()
	server := newVictoriaMetrics(t, newAlertmanager(t))
	l := newLive(t, fmt.Sprintf("[collect.prometheus]\naddress = %q\nqueries = [\"up\", {query = 'sum(up)', below = 2, title = \"Targets that answer\"}]\n", server.address))
	l.collects(0)
	list := l.lines("prometheus")
	titled(t, list, `up{instance="127.0.0.1:1", job="checkout"}: 0 throughout`)
	titled(t, list, "Targets that answer below 2: lowest 1")
	if alert := titled(t, list, "TargetDown firing"); alert.Kind != "alert" || alert.Service != "checkout" {
		t.Errorf("%+v", alert)
	}
	l.collects(0)
	if again := l.lines("prometheus"); len(again) != len(list) {
		t.Errorf("%d lines, %d before", len(again), len(list))
	}
}
