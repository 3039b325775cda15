package cli_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the scripts name zones, wherever they run

	"github.com/rogpeppe/go-internal/testscript"

	"aftermath/cli"
)

// noon is when every script runs, unless it says otherwise.
const noon = "2026-11-02T12:00:00Z"

// TestMain makes this binary answer as the program itself: each command of a script is a process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"aftermath": func() {
		os.Exit(cli.Run(context.Background(), world(), os.Args[1:]))
	}})
}

func world() cli.Env {
	home := os.Getenv("HOME")
	return cli.Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Version:  "1.2.3",
		Now:      clock,
		Random:   rand.Reader,
		File:     os.Getenv("AFTERMATH_FILE"),
		Config:   filepath.Join(home, "config.toml"),
		Named:    os.Getenv("AFTERMATH_CONFIG"),
		Leases:   filepath.Join(home, "sites"),
		Author:   os.Getenv("USER"),
		Zone:     time.UTC,
		Terminal: func() error { return nil },
		Screen: func(_ context.Context, o cli.Opening) error {
			_, err := fmt.Printf("screen: incident %q, step %q, author %s, warning %q\n", o.Incident, o.Step, o.Author, o.Warning)
			return err
		},
	}
}

func clock() time.Time {
	at, err := time.Parse(time.RFC3339, os.Getenv("CLOCK"))
	if err != nil {
		panic(err)
	}
	return at
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("AFTERMATH_FILE", filepath.Join(env.WorkDir, "retros.db"))
			env.Setenv("AFTERMATH_CONFIG", "")
			env.Setenv("USER", "maya")
			env.Setenv("CLOCK", noon)
			return os.Mkdir(filepath.Join(env.WorkDir, "home"), 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":  status,
			"capture": capture,
			"field":   field,
			"plain":   plain,
			"escapes": escapes,
		},
	})
}

// status N aftermath ARGS... runs the command and holds it to its exit status. Above 1 it also holds it to
// saying nothing on stdout and one line on stderr, in the program's name.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	stdout, stderr := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	if got != want {
		ts.Fatalf("exit status %d, want %d\n%s%s", got, want, stdout, stderr)
	}
	if want > 1 && (stdout != "" || strings.Count(stderr, "\n") != 1 || !strings.HasPrefix(stderr, "aftermath: ") || !strings.HasSuffix(stderr, "\n")) {
		ts.Fatalf("a refusal is one line on stderr:\nstdout: %q\nstderr: %q", stdout, stderr)
	}
}

// capture NAME keeps the last stdout, without its line end, in a variable.
func capture(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// field NAME MEMBER [VALUE] reads one member of the JSON document on stdout into a variable, or compares it.
// "actions.0.id" names a member deeper down.
func field(ts *testscript.TestScript, neg bool, args []string) {
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	dec.UseNumber()
	var v any
	ts.Check(dec.Decode(&v))
	if dec.More() {
		ts.Fatalf("stdout holds more than one document")
	}
	for name := range strings.SplitSeq(args[1], ".") {
		switch node := v.(type) {
		case map[string]any:
			v = node[name]
		case []any:
			i, err := strconv.Atoi(name)
			ts.Check(err)
			if i >= len(node) {
				ts.Fatalf("%s: there are only %d", args[1], len(node))
			}
			v = node[i]
		default:
			ts.Fatalf("%s: nothing there", args[1])
		}
	}
	got := fmt.Sprint(v)
	if len(args) == 3 && (got == args[2]) == neg {
		ts.Fatalf("%s is %q, and %q was wanted (not: %t)", args[1], got, args[2], neg)
	}
	ts.Setenv(args[0], got)
}

// plain holds the last stdout and stderr to text that no terminal acts on.
func plain(ts *testscript.TestScript, _ bool, _ []string) {
	for _, name := range []string{"stdout", "stderr"} {
		text := ts.ReadFile(name)
		if i := strings.IndexFunc(text, acts); i >= 0 {
			ts.Fatalf("%s holds %q", name, text[max(0, i-20):min(len(text), i+20)])
		}
	}
}

// acts tells characters that a terminal obeys or that reorder a line.
func acts(r rune) bool {
	return r < 0x20 && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f
}

// escapes SOURCE FILE writes FILE from the escapes in SOURCE, so that a script can hold bytes that an
// editor would not keep.
func escapes(ts *testscript.TestScript, _ bool, args []string) {
	text, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSpace(ts.ReadFile(args[0])), "\n", `\n`) + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text+"\n"), 0o600))
}
