package ui_test

import (
	"strings"
	"testing"

	"aftermath/ui/nav"
)

// Who presses esc once too often loses nothing but the place, and enter brings that back.
func TestEscapeOnceTooOftenIsMended(t *testing.T) {
	m, id := sample(t)
	for _, c := range []struct {
		place nav.Place
		into  string // the keys that lead to another view of the step
		there string // what is on its screen only
	}{
		{nav.Priorities, "v", "above the line   ○"},
		{nav.Publish, "v", "line 1 of"},
		{nav.Factors, "m", "┌─ "},
		{nav.Actions, "m", "Where they act"},
	} {
		d := open(t, options(m), id, c.place, 80, 24)
		table := d.Screen()
		d.Keys(c.into)
		if !strings.Contains(d.Screen(), c.there) {
			t.Fatalf("%s %s shows no %q:\n%s", c.place, c.into, c.there, d.Screen())
		}
		if d.Keys("esc"); d.Screen() != table {
			t.Errorf("%s: esc does not lead back:\n%s", c.place, d.Screen())
		}
		d.Keys("esc")
		if !strings.Contains(d.Screen(), "aftermath   Home") {
			t.Errorf("%s: esc does not lead home:\n%s", c.place, d.Screen())
		}
		if d.Keys("enter"); strings.Split(d.Screen(), "\n")[1] != strings.Split(table, "\n")[1] {
			t.Errorf("%s: it opens elsewhere:\n%s", c.place, d.Screen())
		}
	}
}

func TestTheKeysAreInSightAgainAfterTheNextKey(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Frame, 80, 24)
	foot := func() string { s := strings.Split(strings.TrimRight(d.Screen(), "\n"), "\n"); return s[len(s)-1] }
	keys := foot()
	d.Keys("a").Type("Kim").Keys("enter esc u")
	if !strings.Contains(foot(), "Undone") {
		t.Fatalf("nothing is told: %s", foot())
	}
	if d.Keys("down"); foot() != keys {
		t.Errorf("the keys are hidden: %s", foot())
	}
}
