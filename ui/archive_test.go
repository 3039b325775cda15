package ui_test

import (
	"strings"
	"testing"

	"aftermath/ui/nav"
)

// A retrospective is put away, found in the archive, brought back and removed by keys, and u takes each back.
func TestHomeArchivesAndRemoves(t *testing.T) {
	m, _ := sample(t)
	d := open(t, options(m), "", nav.Home, 80, 24)
	title := "Checkout"
	if !strings.Contains(d.Screen(), title) {
		t.Fatalf("nothing to begin with:\n%s", d.Screen())
	}
	shows := func(what string, want bool) {
		t.Helper()
		if got := strings.Contains(d.Screen(), what); got != want {
			t.Errorf("shows %q: %v, want %v\n%s", what, got, want, d.Screen())
		}
	}
	d.Keys("a")
	shows("Archived. A shows", true)
	shows("1 retrospective ", true)
	d.Keys("A")
	shows("Archive · 1 retrospective", true)
	shows(title, true)
	d.Keys("a").Keys("esc")
	shows("2 retrospectives", true)
	shows(title, true)
	d.Keys("x")
	shows("Remove this retrospective?", true)
	d.Keys("y")
	shows("1 retrospective ", true)
	d.Keys("u")
	shows("2 retrospectives", true)
}
