//go:build linux || darwin

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A person with an empty file and two exports makes the seven steps with keys alone, in the smallest usual
// terminal, and leaves with a document to post.
func TestTheSevenStepsFromEvidenceToADocument(t *testing.T) {
	h := newHome(t)
	slack, pagerduty := h.evidence("slack.json"), h.evidence("pagerduty.json")
	tm := h.open(80, 24)

	tm.wait("No incident yet")
	tm.press("n")
	tm.fill("What happened?", "Checkout slow after v213", "enter")
	tm.frame()
	tm.press("2")
	tm.wait("No evidence yet")
	tm.bring(slack, "3 new", "3")
	tm.bring(pagerduty, "3 new", "6")
	tm.timeline()
	tm.factors()
	tm.actions()
	tm.priorities()
	tm.verification()
	tm.publish("retro.md")

	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	tm.restored()
	document, err := os.ReadFile(h.path("retro.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# Checkout slow after v213", "SEV2", "About 900 people could not pay", "rolling back to v212", "Acknowledged by Astrid Falk",
		"the CDN was degraded", "rollback takes 20 minutes", "Roll back without a new build", "astrid", "2026-12-01", "Back in two minutes, seen in staging",
		"Deploy a broken build to staging", "it is back within two minutes", "Deploy v212 again by hand", "Nobody lost an order",
	} {
		if !strings.Contains(string(document), want) {
			t.Errorf("the document does not say %q", want)
		}
	}
	if t.Failed() {
		t.Logf("the document:\n%s", document)
	}
	key, _, _ := strings.Cut(h.command("list"), " ")
	if got := h.command("export", key); got != string(document) {
		t.Errorf("the command exports something else than the screen: %d and %d bytes", len(got), len(document))
	}
}

func (h *home) evidence(name string) string {
	h.t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		h.t.Fatal(err)
	}
	return h.write(name, string(text))
}

// sheet is the rule above a field that is open, with its name.
func sheet(name string) string { return "── " + name }

// fill types into the field that is open and ends it with a key.
func (tm *terminal) fill(name, text, end string) {
	tm.t.Helper()
	tm.wait(sheet(name))
	tm.press("ctrl+u", text)
	tm.wait(text[max(0, len(text)-20):])
	tm.press(end)
	tm.gone(sheet(name))
}

// choose narrows the list that is open to a word and takes it.
func (tm *terminal) choose(name, word string) {
	tm.t.Helper()
	tm.wait(sheet(name))
	tm.press(word)
	tm.wait(word)
	tm.press("enter")
	tm.gone(sheet(name))
}

// edit moves the cursor of a form to a row by its label and opens it.
func (tm *terminal) edit(label string) {
	tm.t.Helper()
	on := func(screen string) bool { return strings.HasPrefix(selected(screen), label) }
	for range 40 {
		before, _ := tm.text()
		if on(before) {
			break
		}
		tm.press("down")
		tm.until("the next row", func(screen string) bool { return marked(screen) != "" && named(screen) != named(before) })
	}
	tm.until("the row "+label, on)
	tm.press("enter")
}

// named is the label of the row that has the cursor. Its value may change without a key, when what was
// typed before has been written.
func named(screen string) string {
	row := []rune(selected(screen))
	return string(row[:min(len(row), 20)])
}

// selected is the text of the row that has the cursor.
func selected(screen string) string { return strings.TrimLeft(marked(screen), "▌>▲ ") }

func (tm *terminal) frame() {
	tm.t.Helper()
	tm.wait("Impact started", "needed for a useful postmortem")
	tm.edit("Impact started")
	tm.fill("Impact started", "2026-11-02 14:01", "enter")
	tm.wait("2026-11-02 14:01")
	tm.edit("User impact")
	tm.fill("User impact", "About 900 people could not pay for half an hour.", "tab")
	tm.edit("Severity")
	tm.choose("Severity", "SEV2")
	tm.wait("SEV2")
	tm.edit("Facilitator")
	tm.fill("Facilitator", "ines", "enter")
	tm.press("a")
	tm.fill("Who takes part?", "astrid", "enter")
	tm.choose("Discipline", "Support")
	tm.wait("astrid", "Support")
}

// bring imports one file: its path, a preview, enter, and past the inbox to the timeline.
func (tm *terminal) bring(path, report, total string) {
	tm.t.Helper()
	tm.press("i")
	tm.fill("Which file, folder or ZIP?", path, "enter")
	tm.wait("Is this what happened?", "enter import")
	tm.press("enter")
	tm.wait(report, "enter triages", "t timeline")
	tm.press("t")
	tm.wait("a add", " of "+total)
}

func (tm *terminal) timeline() {
	tm.t.Helper()
	tm.wait("rolling back to v212", "14:04:02", "14:40")
	tm.press("a")
	tm.fill("Add a line", "14:30 @bruno v212 is in production", "enter")
	tm.wait("v212 is in production")
	tm.press("m")
	tm.choose("Key moment", "Mitigated")
	tm.wait("mitigated")
	tm.press("b")
	tm.fill("Belief", "that the CDN was degraded", "tab")
	tm.wait("◇b")
	tm.press("b")
	tm.fill("Belief", "the CDN was degraded until the graph said otherwise", "tab")
	tm.gone("Belief")
	tm.press("f")
	tm.fill("Which condition made this possible?", "process: rollback takes 20 minutes", "enter")
}

func (tm *terminal) factors() {
	tm.t.Helper()
	tm.press("3")
	tm.wait("Process", "rollback takes 20 minutes", "evidence 1")
	tm.press("a")
	tm.fill("Which condition had to be there?", "technical: the pool has no limit", "enter")
	tm.wait("the pool has no limit")
	tm.press("w")
	tm.choose("Without it", "Would not")
	tm.wait("would not have happened")
}

func (tm *terminal) actions() {
	tm.t.Helper()
	tm.press("4")
	tm.wait("No action answers these conditions", "rollback takes 20 minutes", "the pool has no limit")
	tm.press("enter")
	tm.fill("What change would make this unlikely", "Roll back without a new build within 2 minutes @astrid due:2026-12-01", "enter")
	tm.wait("Roll back without a new build", "astrid")
	tm.press("c")
	tm.wait("Committed")
}

func (tm *terminal) priorities() {
	tm.t.Helper()
	tm.press("5")
	tm.wait("frequency", "Roll back without")
	tm.press("h", "h", "l")
	tm.wait("● ● ● H", "9")
	tm.press("enter")
	tm.wait("The math", "3 × 3 ÷ 1 = 9")
	tm.press("esc")
	tm.gone("The math")
}

func (tm *terminal) verification() {
	tm.t.Helper()
	tm.press("6")
	tm.wait("How will we know that it worked?", "Roll back without")
	tm.press("enter")
	tm.edit("Success criteria")
	tm.fill("Success criteria", "Back in two minutes, seen in staging", "tab")
	tm.press("a")
	tm.fill("Add a step", "Deploy a broken build to staging => it is back within two minutes", "enter")
	tm.wait("expect: it is back within two minutes")
	tm.press("b")
	tm.fill("Rollback plan", "Deploy v212 again by hand", "tab")
	tm.press("esc")
	tm.wait("enter plan")
}

func (tm *terminal) publish(path string) {
	tm.t.Helper()
	tm.press("7")
	tm.wait("What a reader would miss")
	tm.press("v")
	tm.wait("# Checkout slow after v213")
	tm.press("s")
	tm.fill("Executive summary", "Nobody lost an order", "tab")
	tm.wait("# Checkout slow after v213", "Nobody lost an order")
	tm.press("x")
	tm.fill("Write the document to which file?", path, "enter")
	tm.wait("Written to")
}
