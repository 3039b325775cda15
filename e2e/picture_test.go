//go:build linux || darwin

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// A person looks at the whole time, goes closer, selects a part of it, and finds that part on the timeline;
// then saves what is filtered under a name and uses it again, on the screen and as a command.
func TestThePictureLeadsToTheTimeline(t *testing.T) {
	h := newHome(t)
	var log strings.Builder
	for i := range 120 {
		fmt.Fprintf(&log, `{"time":"2026-11-02T%02d:%02d:00Z","kind":"log","message":"request %d was slow"}`+"\n", 14+i/60, i%60, i)
	}
	for i := range 40 {
		fmt.Fprintf(&log, `{"time":"2026-11-02T14:30:%02dZ","kind":"alert","message":"pool at %d%%"}`+"\n", i, 60+i)
	}
	path := h.write("evening.jsonl", log.String())
	h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T14:20Z")
	key, _, _ := strings.Cut(h.command("list"), " ")
	h.command("import", key, "jsonl", path)
	tm := h.open(100, 30, "open", key, "--step", "timeline")
	tm.wait("of 160")
	tm.press("v")
	tm.wait("Picture · Checkout slow", "160 events", "● alerts", "impact began", "× 41 in 1m 33s from jsonl at 14:29")
	tm.press("n")
	tm.wait("pool at 60%")
	tm.press("+", "+")
	tm.wait("farther", "Mon 2 Nov 2026 14:22")
	tm.gone("reading")
	tm.press("v", "right", "right", "right", "enter")
	tm.wait("2 Timeline", "only 14:29", "to 14:3", "pool at 60%", "hidden")
	tm.gone("request 119 was slow")
	tm.press("F")
	tm.wait("Show only", "source jsonl", "160")
	tm.press("alert")
	tm.wait("kind alert")
	tm.press("enter")
	tm.wait("kind alert", "of 40, 120 hidden")
	tm.press("S")
	tm.fill("Save this filter under a name", "The storm", "enter")
	tm.wait("Saved.")
	tm.press("A")
	tm.wait("of 160")
	tm.press("V")
	tm.wait("Saved filters", "The storm")
	tm.press("enter")
	tm.wait("of 40, 120 hidden")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	if got := h.command("events", key, "--view", "the storm"); strings.Count(got, "\n") != 40 {
		t.Errorf("the command lets through:\n%s", got)
	}
}
