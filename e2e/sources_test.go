//go:build linux || darwin

package e2e

import (
	"strings"
	"testing"
)

// A retrospective's evidence from five sources, made with keys alone: import, triage of what repeats, a clock
// that ran ahead, the picture of it all, and what was known at one moment.
func TestATimelineFromFiveSources(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.command("new", "--title", "Checkout slow after v213", "--started", "2026-11-02T14:01Z", "--resolved", "2026-11-02T14:40Z")
	tm := h.open(100, 30, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	for _, f := range []struct{ name, source, report string }{
		{"slack.json", "slack", "3 new"}, {"pagerduty.json", "pagerduty", "3 new"}, {"github.json", "github", "2 new"},
		{"kubernetes.json", "kubernetes", "4 new"}, {"app.log", "syslog", "64 new"},
	} {
		tm.press("i")
		tm.fill("Which file, folder or ZIP?", h.evidence(f.name), "enter")
		tm.wait("Read as "+f.source, "enter import")
		tm.press("enter")
		tm.wait(f.report, "t timeline")
		tm.press("t")
		tm.wait("a add")
	}
	tm.wait("of 76")

	tm.press("D") // the host of the log ran ahead of the cluster
	tm.wait("syslog is 1m 37s ahead of kubernetes", "Move syslog by -1m37s")
	tm.press("enter")
	tm.gone("ahead of kubernetes")

	tm.press("2", "I") // sixty requests that say the same
	tm.wait("76 left")
	tm.press("z")
	tm.wait("×60")
	tm.press("X")
	tm.wait("16 left", "60 dismissed")

	tm.press("2")
	tm.wait("60 hidden", "rolling back to v212")
	tm.press("K")
	tm.wait("later lines are hidden")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	tm.restored()
	events := h.command("events", "2026-11-02")
	for _, want := range []string{"2026-11-02T14:06:10Z", "BackOff checkout-7d9f", "deploy production", "Acknowledged by Astrid Falk"} {
		if !strings.Contains(events, want) {
			t.Errorf("the timeline does not say %q:\n%s", want, events)
		}
	}
	if strings.Contains(events, "took 900 ms") {
		t.Error("what was dismissed still shows")
	}
}
