//go:build linux || darwin

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// A person imports a log that repeats itself, triages it with keys alone, takes one decision back, and finds
// the narrative on the timeline and in the commands.
func TestALogBecomesTheNarrative(t *testing.T) {
	h := newHome(t)
	var log strings.Builder
	for i := range 60 {
		fmt.Fprintf(&log, `{"time":"2026-11-02T14:%02d:00Z","message":"GET /health 200 in %d ms"}`+"\n", i, 20+i)
	}
	for i, said := range []string{"v213 is in production", "checkout is slow", "slow for me too", "rolling back to v212"} {
		fmt.Fprintf(&log, `{"time":"2026-11-02T14:%02d:30Z","message":"%s"}`+"\n", 2*i+1, said)
	}
	path := h.write("evening.jsonl", log.String())
	h.command("new", "--title", "Checkout slow after v213", "--started", "2026-11-02T14:01Z")
	key, _, _ := strings.Cut(h.command("list"), " ")
	tm := h.open(80, 24, "open", key, "--step", "timeline")
	tm.wait("No evidence yet")
	tm.press("i")
	tm.fill("Which file, folder or ZIP?", path, "enter")
	tm.wait("Is this what happened?", "enter import")
	tm.press("enter")
	tm.wait("64 new", "enter triages 64 new lines")
	tm.press("enter")
	tm.wait("What does this line tell", "64 left", "×60")
	tm.press("x")
	tm.wait("63 left · 1 dismissed", "X dismisses all 59 like this")
	tm.press("X")
	tm.wait("4 left · 60 dismissed")
	tm.until("the next line", func(s string) bool { return strings.Contains(marked(s), "v213 is in production") })
	tm.press("t", "n", "J", "r") // faster than the screen is painted
	tm.wait("Everything is triaged", "3 lines tell what happened.", "60 dismissed")
	tm.press("u")
	tm.wait("1 left", "rolling back to v212", "Undone: mark as repair.")
	tm.press("c")
	tm.wait("Everything is triaged")
	tm.press("enter")
	tm.wait("of 3, 61 hidden", "checkout is slow", "+1", "rolling back to v212")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	if left := h.command("inbox", key); left != "" {
		t.Errorf("the command finds more in the inbox:\n%s", left)
	}
	if told := h.command("events", key, "--role", "decision"); !strings.Contains(told, "rolling back to v212") || strings.Count(told, "\n") != 1 {
		t.Errorf("the decisions are:\n%s", told)
	}
}
