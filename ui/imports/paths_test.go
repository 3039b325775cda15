package imports

import (
	"slices"
	"testing"
)

func TestPaths(t *testing.T) {
	for text, want := range map[string][]string{
		`a.log b.log`:                        {"a.log", "b.log"},
		`'my notes.md' "other one.txt"`:      {"my notes.md", "other one.txt"},
		`my\ notes.md`:                       {"my notes.md"},
		"file:///tmp/my%20notes.md /tmp/b.c": {"/tmp/my notes.md", "/tmp/b.c"},
		"/tmp/a.log\n/tmp/b.log\r\n":         {"/tmp/a.log", "/tmp/b.log"},
	} {
		if got := paths(text); !slices.Equal(got, want) {
			t.Errorf("%q gave %q", text, got)
		}
	}
}

func TestPastedLinesThatArePaths(t *testing.T) {
	for text, want := range map[string][]string{
		"/tmp/a.log\n/tmp/my notes.md":      {"/tmp/a.log", "/tmp/my notes.md"},
		"file:///tmp/a%20b\n~/c.md":         {"/tmp/a b", "~/c.md"},
		"'/tmp/a b.log'\n/tmp/x /tmp/y":     {"/tmp/a b.log", "/tmp/x", "/tmp/y"},
		"14:07 the queue is full\n14:08 ok": nil,
		"/tmp/a.log\n14:08 and a note":      nil,
	} {
		if got, ok := pathLines(text); ok != (want != nil) || !slices.Equal(got, want) {
			t.Errorf("%q gave %q", text, got)
		}
	}
}
