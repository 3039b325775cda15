//go:build linux || darwin

package e2e

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

func TestTheFirstRunSaysWhatToDo(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	tm := h.open(80, 24)
	tm.wait("No incident yet", "Press n", "n new")
	tm.press("n")
	tm.wait("enter")
	tm.press("Checkout slow", "enter")
	tm.wait("1 Frame", "Checkout slow", "needed for a useful postmortem")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	tm.restored()
	if list := h.command("list"); !strings.Contains(list, "Checkout slow") {
		t.Errorf("the file holds %q", list)
	}
	info, err := os.Stat(h.path("data/aftermath/retros.db"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the data file is for its owner only: %v, %v", info.Mode(), err)
	}
}

func TestTheDemoOpensAndLeavesNothing(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	tm := h.open(120, 36, "demo")
	tm.wait("Checkout unavailable after the connection pool change", "1 Frame")
	for i, step := range []string{"Frame", "Timeline", "Factors", "Actions", "Priorities", "Verification", "Publish"} {
		digit := string(rune('1' + i))
		tm.press(digit)
		tm.wait("▸ " + digit + " " + step)
	}
	tm.wait("Can someone who was not here")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	if left, _ := os.ReadDir(h.dir); len(left) > 1 { // the state of its site
		t.Errorf("it leaves %v", left)
	}
	if _, err := os.Stat(h.path("data")); err == nil {
		t.Error("it made a data file of its own accord")
	}
}

func TestWithoutATerminalItSaysSo(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	cmd := exec.Command(program)
	cmd.Env = h.env
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if code := exitOf(err); code != 2 || len(out) > 0 || !strings.Contains(stderr.String(), "no terminal") || strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("exit status %d, stdout %q, stderr %q", code, out, stderr.String())
	}
}

func TestATerminalThatIsTooSmallSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	tm := h.open(20, 5, "demo")
	tm.wait("60 x 16")
	tm.resize(80, 24)
	tm.wait("Checkout unavailable")
	tm.press("q")
	tm.end()
	tm.restored()
}

func TestSigtermRestoresTheTerminal(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	tm := h.open(80, 24, "demo")
	tm.wait("1 Frame")
	tm.signal(syscall.SIGTERM)
	tm.end()
	tm.restored()
}

func TestSigtermKeepsTheFieldThatIsOpen(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T10:00Z")
	tm := h.open(80, 24, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	tm.press("a")
	tm.wait("Add a line")
	tm.press("10:07 half a sen")
	tm.wait("half a sen")
	tm.signal(syscall.SIGTERM)
	tm.end()
	tm.restored()

	tm = h.open(80, 24, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	tm.press("a")
	tm.wait("Your draft is back", "half a sen")
}

func TestAKillInTheMiddleOfTypingLosesNothing(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T10:00Z")
	tm := h.open(80, 24, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	tm.press("a")
	tm.wait("Add a line")
	const line = "10:07 @maya p99 at 4 s, believed it was the CDN"
	tm.press(line)
	tm.wait("believed it was the CDN")
	// The draft is written when typing rests; its file is what tells that it did.
	h.await("the draft", func() bool {
		return h.holds("state", "believed it was the CDN") || h.holds("data", "believed it was the CDN")
	})
	tm.signal(syscall.SIGKILL)
	tm.end()

	tm = h.open(80, 24, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	tm.press("a")
	tm.wait("Your draft is back", "believed it was the CDN")
	tm.press("enter")
	tm.gone("Add a line")
	tm.wait("p99 at 4 s", "10:07")
	tm.press("q")
	tm.end()
	if doctor := h.command("doctor"); !strings.Contains(doctor, "sound") {
		t.Errorf("doctor says %q", doctor)
	}
}

func TestAResizeStormEndsInAWholeScreen(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	tm := h.open(120, 36, "demo")
	tm.wait("1 Frame")
	tm.press("2")
	for i := range 60 {
		tm.resize(40+i*2, 10+i%30)
		tm.press([]string{"down", "up", "3", "2"}[i%4])
	}
	tm.resize(100, 30)
	tm.press("7")
	tm.wait("Can someone who was not here")
	tm.press("q")
	if code := tm.end(); code != 0 {
		t.Errorf("exit status %d", code)
	}
	tm.restored()
}

// colours is a sequence that sets a colour; bold, faint and reverse are none.
var colours = regexp.MustCompile("\x1b\\[(?:[0-9;:]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m")

func TestNoColorOfAnyValueMeansNone(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"1", "anything", "0"} {
		h := newHome(t, "NO_COLOR="+value, "COLORTERM=truecolor")
		tm := h.open(80, 24, "demo")
		tm.wait("1 Frame")
		tm.press("2")
		tm.wait("What actually happened")
		tm.press("q")
		tm.end()
		if c := colours.FindString(tm.output()); c != "" {
			t.Errorf("NO_COLOR=%s: there is a colour: %q", value, c)
		}
	}
	h := newHome(t, "COLORTERM=truecolor")
	tm := h.open(80, 24, "demo")
	tm.wait("1 Frame")
	tm.press("q")
	tm.end()
	if !colours.MatchString(tm.output()) {
		t.Error("without NO_COLOR there is no colour either, so this test shows nothing")
	}
}

func TestADumbTerminalStillMarksTheSelectedRow(t *testing.T) {
	t.Parallel()
	h := newHome(t, "TERM=dumb")
	tm := h.open(80, 24, "demo")
	tm.wait("1 Frame")
	tm.press("4")
	first := marked(tm.wait("Page on-call"))
	tm.press("down")
	tm.until("another marked row", func(screen string) bool { m := marked(screen); return m != "" && m != first })
	if first == "" {
		t.Error("no row is marked")
	}
	tm.press("q")
	tm.end()
	if strings.ContainsAny(first, "▌▸") {
		t.Errorf("a dumb terminal gets %q", first)
	}
	if c := colours.FindString(tm.output()); c != "" {
		t.Errorf("a dumb terminal gets the colour %q", c)
	}
}

// marked is the row that begins with the mark of the selection.
func marked(screen string) string {
	for line := range strings.SplitSeq(screen, "\n") {
		if strings.HasPrefix(line, ">") || strings.HasPrefix(line, "▌") {
			return line
		}
	}
	return ""
}

func TestWhatAnotherProcessWritesShowsUp(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	h.command("new", "--title", "Checkout slow", "--started", "2026-11-02T10:00Z")
	tm := h.open(80, 24, "open", "2026-11-02", "--step", "timeline")
	tm.wait("No evidence yet")
	h.command("add", "2026-11-02", "event", "10:07 @jonas rolled back to v212")
	tm.wait("rolled back to v212")
	h.command("set", "2026-11-02", "title", "Checkout very slow")
	tm.wait("Checkout very slow")
	tm.press("q")
	tm.end()
}
