//go:build linux || darwin

package e2e

import (
	"strings"
	"testing"
)

// A facilitator who has the sample open answers a question, makes a condition of the answer and an action of two
// conditions, takes what is proposed, uses a pipeline's result, seals, has it approved, and reads what changed.
func TestFromAQuestionToAnApprovedRevision(t *testing.T) {
	h := newHome(t)
	h.command("demo", "--write", h.path("sample.db"))
	file := []string{"--file", h.path("sample.db")}
	key, _, _ := strings.Cut(h.command(append(file, "list")...), " ")
	tm := h.open(80, 24, append(file, "open", key, "--step", "factors")...)

	tm.wait("conditions aligned")
	tm.press("n")
	tm.wait("Passing over is free", "to choose from")
	tm.press("enter")
	tm.wait(sheet("Answer"))
	tm.press("Nobody compared the two numbers.", "tab")
	tm.gone(sheet("Answer"))
	tm.wait("Nobody compared the two numbers.")
	tm.press("f")
	tm.fill("Which condition had to be there?", "process: nobody owns the two numbers", "enter")
	tm.wait("Named. Step 3 shows it")

	tm.press("3")
	tm.wait("8 conditions aligned")
	tm.press(" ", " ", "f")
	tm.fill("What change would make this unlikely", "Compare the pools with the limit in the pipeline", "enter")
	tm.wait("Proposed. Step 4 shows it")
	tm.press("4")
	at := ""
	tm.until("the new action", func(screen string) bool {
		here := selected(screen)
		if strings.HasPrefix(here, "Compare the pools") {
			return true
		}
		if here != at { // the key before was answered
			at = here
			tm.press("down")
		}
		return false
	})
	tm.press("+")
	tm.wait("proposals taken")

	tm.press("7")
	tm.wait("What a reader would miss")
	tm.press("S")
	tm.wait("Seal revision 1")
	tm.press("y")
	tm.wait("3 of 3", "✓ Publish")
	tm.press("A")
	tm.choose("What do you say of it?", "Approved")
	tm.press("3")
	tm.wait("8 conditions aligned")
	tm.press("a")
	tm.fill("Which condition had to be there?", "human: the limit is known to one person", "enter")
	tm.wait("the limit is known to one person")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	for args, want := range map[string]string{
		"diff":         "Named: “the limit is known to one person” (human).",
		"show":         "",
		"guide --all":  "Nobody compared the two numbers.",
		"export":       "Approved",
		"diff @start":  "Written: “Compare the pools with the limit in the pipeline”",
		"score --json": "",
	} {
		verb, more, _ := strings.Cut(args, " ")
		name := key
		if point, ok := strings.CutPrefix(more, "@"); ok {
			name, more = key+"@"+point, ""
		}
		command := append(append([]string{}, file...), verb, name)
		if more != "" {
			command = append(command, more)
		}
		if got := h.command(command...); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q:\n%s", args, want, got)
		}
	}
}
