//go:build linux || darwin

package e2e

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// Two logs of one outage, one of them read an hour off: the import offers the doubt, the fix moves the clock,
// u takes it back, and a reason sets it aside for good.
func TestADoubtIsFoundMendedAndSetAside(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	key := strings.TrimSpace(h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T12:00Z"))
	var journal, app strings.Builder
	for i, what := range []string{"pool of checkout is full", "retry budget of payments spent", "worker was restarted", "cache of carts is cold"} {
		at := time.Date(2026, 11, 2, 12, 1+i*i, 0, 0, time.UTC)
		fmt.Fprintf(&journal, `{"__REALTIME_TIMESTAMP":"%d","MESSAGE":%q,"__CURSOR":"%d"}`+"\n", at.UnixMicro(), what, i)
		fmt.Fprintf(&app, `{"time":%q,"message":%q}`+"\n", at.Add(time.Hour).Format(time.RFC3339), what)
	}
	h.command("import", key, "journald", h.write("journal.json", journal.String()))
	tm := h.open(100, 30, "open", key, "--step", "timeline")
	tm.wait("2 Timeline", "cache of carts is cold")
	tm.press("i")
	tm.fill("Which file, folder or ZIP?", h.write("app.jsonl", app.String()), "enter")
	tm.wait("Is this what happened?", "enter import")
	tm.press("enter")
	tm.wait("4 new", "does not fit together", "d doubts")
	tm.press("d")
	tm.wait("jsonl is 1h 00m ahead of journald", "Move jsonl by -1h", "13:01:00 → 12:01:00")
	tm.press("enter")
	tm.gone("ahead of journald")
	if events := h.command("events", key, "--source", "jsonl"); !strings.Contains(events, "2026-11-02T12:01:00Z") {
		t.Errorf("the clock is not moved:\n%s", events)
	}
	tm.press("u")
	tm.wait("jsonl is 1h 00m ahead of journald")
	tm.press("d")
	tm.fill("Why is it right as it stands?", "the second log is of the standby", "enter")
	tm.gone("ahead of journald")
	tm.wait("set aside with a reason")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	tm.restored()
	if doubts := h.command("doubts", key); strings.Contains(doubts, "ahead of journald") {
		t.Errorf("it comes back:\n%s", doubts)
	}
}

// A person steps to a decision with everything later hidden, answers one question, puts another to somebody,
// and writes the sheet.
func TestWhatWasKnownThenBecomesASheet(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	key := strings.TrimSpace(h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T12:00Z"))
	h.command("add", key, "event", "12:03 alert: p99 of checkout at 4 s")
	h.command("add", key, "event", "12:14 @maya decision: rolled forward to v213")
	h.command("add", key, "event", "12:40 @maya the pool was the reason")
	tm := h.open(80, 24, "open", key, "--step", "timeline")
	tm.wait("rolled forward to v213")
	tm.press("K")
	tm.wait("3 minutes in", "1 of 3", "2 later lines are hidden")
	tm.press("right")
	screen := tm.wait("14 minutes in · maya", "p99 of checkout at 4 s", "1 later line is hidden", "Which signals were in view")
	if strings.Contains(screen, "the pool was the reason") {
		t.Errorf("it shows what came later:\n%s", screen)
	}
	tm.press("b")
	tm.fill("Belief", "that the CDN was slow", "tab")
	tm.wait("that the CDN was slow")
	tm.press("down", "down", "a")
	tm.wait("Whom to ask?")
	tm.press("the database team", "enter")
	tm.wait(sheet("The question"), "What was decided")
	tm.press("enter")
	tm.wait("1 open question", "no answer yet")
	tm.press("x")
	tm.fill("Write the calibration sheet to which file?", "sheet.md", "enter")
	tm.wait("Written to")
	document, err := os.ReadFile(h.path("sheet.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"## the database team", "12:14 · 14m in · maya", "rolled forward to v213", "12:03 p99 of checkout at 4 s", "What was decided, and what else was on the table?"} {
		if !strings.Contains(string(document), want) {
			t.Errorf("the sheet does not say %q:\n%s", want, document)
		}
	}
	if strings.Contains(string(document), "the pool was the reason") || h.command("export", key, "--format", "calibration") != string(document) {
		t.Errorf("the sheet tells the future, or the command writes another one:\n%s", document)
	}
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	tm.restored()
}
