//go:build linux || darwin

// Package e2e drives the built program in a real pseudo-terminal, as a person would: keys go in, and what
// is on the screen comes out. Where there is no pseudo-terminal (Windows) there is nothing to run here.
package e2e

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a screen may take to show what is waited for, before the test gives up. It is no
// measure of speed: a loaded machine may be slow.
const patience = 30 * time.Second

var program string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "aftermath-e2e-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	program = filepath.Join(dir, "aftermath")
	build := exec.Command("go", "build", "-o", program, "..")
	if out, err := build.CombinedOutput(); err != nil {
		panic("build: " + err.Error() + "\n" + string(out))
	}
	return m.Run()
}

// A home is an empty machine: a person's folders, and nothing of the one that runs the tests.
type home struct {
	t   *testing.T
	dir string
	env []string
}

func newHome(t *testing.T, env ...string) *home {
	dir := t.TempDir()
	base := []string{
		"HOME=" + dir, "XDG_DATA_HOME=" + dir + "/data", "XDG_STATE_HOME=" + dir + "/state", "XDG_CONFIG_HOME=" + dir + "/config", "TMPDIR=" + dir,
		"PATH=" + os.Getenv("PATH"), "USER=maya", "TZ=UTC", "LANG=C.UTF-8", "TERM=xterm-256color",
	}
	return &home{t, dir, append(base, env...)}
}

func (h *home) path(name string) string { return filepath.Join(h.dir, name) }

func (h *home) write(name, text string) string {
	h.t.Helper()
	if err := os.WriteFile(h.path(name), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	return h.path(name)
}

// command runs the program without a terminal and gives what it says on stdout.
func (h *home) command(args ...string) string {
	h.t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Dir = h.env, h.dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		h.t.Fatalf("%v: %v\n%s", args, err, stderr.String())
	}
	return string(out)
}

// A terminal is the program on a screen that exists only in memory.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	over chan struct{} // closed when the program has ended and its output is read

	mu      sync.Mutex // guards what follows: the emulator is not made for two goroutines
	screen  *vt.Emulator
	raw     bytes.Buffer
	changed chan struct{}
}

// open starts the program in a terminal of a size.
func (h *home) open(w, rows int, args ...string) *terminal {
	h.t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env, cmd.Dir = h.env, h.dir
	tty, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(rows)})
	if err != nil {
		h.t.Fatalf("no pseudo-terminal: %v", err)
	}
	tm := &terminal{t: h.t, cmd: cmd, tty: tty, over: make(chan struct{}), screen: vt.NewEmulator(w, rows), changed: make(chan struct{})}
	go io.Copy(tty, tm.screen) // what the terminal answers to questions
	go tm.read()
	h.t.Cleanup(func() {
		cmd.Process.Kill()
		<-tm.over
		tty.Close()
		tm.screen.Close()
	})
	return tm
}

func (tm *terminal) read() {
	defer close(tm.over)
	buf := make([]byte, 1<<16)
	kept := 0
	for {
		n, err := tm.tty.Read(buf[kept:])
		tm.mu.Lock()
		tm.raw.Write(buf[kept : kept+n])
		n += kept
		whole := n
		if err == nil {
			whole = wholeSequences(buf[:n])
		}
		tm.screen.Write(buf[:whole])
		kept = copy(buf, buf[whole:n])
		close(tm.changed)
		tm.changed = make(chan struct{})
		tm.mu.Unlock()
		if err != nil {
			tm.cmd.Wait()
			return
		}
	}
}

// wholeSequences is how many of the bytes are whole characters and escape sequences. The emulator takes what
// a read cut off for something else, and the rest of the line stands wrong until it is painted anew.
func wholeSequences(b []byte) int {
	for whole := 0; ; {
		_, _, n, state := ansi.DecodeSequence(b[whole:], ansi.NormalState, nil)
		if n == 0 || state != ansi.NormalState || !utf8.FullRune(b[whole:]) {
			return min(whole, len(b))
		}
		whole += n
	}
}

// text is what the screen shows now.
func (tm *terminal) text() (string, chan struct{}) {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.screen.String(), tm.changed
}

// output is everything that the program has written, escapes included.
func (tm *terminal) output() string {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.raw.String()
}

// until waits for the screen to be as wanted and gives it back.
func (tm *terminal) until(what string, wanted func(screen string) bool) string {
	tm.t.Helper()
	deadline := time.After(patience)
	for {
		text, changed := tm.text()
		if wanted(text) {
			return text
		}
		select {
		case <-changed:
		case <-tm.over:
			if text, _ := tm.text(); !wanted(text) {
				tm.t.Fatalf("the program ended before the screen showed %s:\n%s", what, text)
			}
		case <-deadline:
			tm.t.Fatalf("the screen never showed %s:\n%s", what, text)
		}
	}
}

// wait waits until all of the texts are on the screen.
func (tm *terminal) wait(texts ...string) string {
	tm.t.Helper()
	return tm.until(strings.Join(texts, " and "), func(screen string) bool {
		for _, s := range texts {
			if !strings.Contains(screen, s) {
				return false
			}
		}
		return true
	})
}

// gone waits until a text is no longer on the screen.
func (tm *terminal) gone(text string) {
	tm.t.Helper()
	tm.until("no more "+text, func(screen string) bool { return !strings.Contains(screen, text) })
}

// press types keys or text.
func (tm *terminal) press(keys ...string) {
	tm.t.Helper()
	for _, k := range keys {
		if name, ok := keyNames[k]; ok {
			k = name
		}
		if _, err := tm.tty.WriteString(k); err != nil {
			tm.t.Fatalf("press %q: %v", k, err)
		}
	}
}

var keyNames = map[string]string{
	"enter": "\r", "esc": "\x1b", "tab": "\t", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"ctrl+c": "\x03", "ctrl+u": "\x15", "ctrl+k": "\x0b",
}

// resize gives the terminal another size, as a window manager does.
func (tm *terminal) resize(w, rows int) {
	tm.t.Helper()
	tm.mu.Lock()
	tm.screen.Resize(w, rows)
	tm.mu.Unlock()
	if err := pty.Setsize(tm.tty, &pty.Winsize{Cols: uint16(w), Rows: uint16(rows)}); err != nil {
		tm.t.Fatal(err)
	}
}

func (tm *terminal) signal(s syscall.Signal) {
	tm.t.Helper()
	if err := tm.cmd.Process.Signal(s); err != nil {
		tm.t.Fatal(err)
	}
}

// end waits for the program to end and gives its exit status.
func (tm *terminal) end() int {
	tm.t.Helper()
	select {
	case <-tm.over:
	case <-time.After(patience):
		text, _ := tm.text()
		tm.t.Fatalf("the program does not end:\n%s", text)
	}
	return tm.cmd.ProcessState.ExitCode()
}

// restored holds the end of a sitting to what a terminal was like before: the main screen, the cursor in
// sight, no mouse, no bracketed paste.
func (tm *terminal) restored() {
	tm.t.Helper()
	raw := tm.output()
	for _, mode := range []struct{ name, on, off string }{
		{"alternate screen", "\x1b[?1049h", "\x1b[?1049l"},
		{"hidden cursor", "\x1b[?25l", "\x1b[?25h"},
		{"bracketed paste", "\x1b[?2004h", "\x1b[?2004l"},
		{"mouse", "\x1b[?1002h", "\x1b[?1002l"},
	} {
		if on := strings.LastIndex(raw, mode.on); on >= 0 && strings.LastIndex(raw, mode.off) < on {
			tm.t.Errorf("the terminal is left with: %s", mode.name)
		}
	}
}

// exitOf is the exit status of a command that was run.
func exitOf(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		return -1
	}
	return 0
}

// await waits for something outside the screen, such as a file; the kernel tells nobody, so it looks again.
func (h *home) await(what string, there func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(patience); !there(); {
		if time.Now().After(deadline) {
			h.t.Fatalf("%s never came", what)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// holds tells whether any file below a folder holds a text.
func (h *home) holds(folder, text string) (found bool) {
	filepath.WalkDir(h.path(folder), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			b, _ := os.ReadFile(path)
			found = found || bytes.Contains(b, []byte(text))
		}
		return nil
	})
	return found
}
