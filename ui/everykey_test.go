package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"aftermath/ui"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// told is what a screen shows differently from the one before it.
func told(before, after string) string {
	was := strings.Split(before, "\n")
	var b strings.Builder
	for i, l := range strings.Split(after, "\n") {
		if i >= len(was) || was[i] != l {
			fmt.Fprintf(&b, "%3d %s\n", i+1, strings.TrimRight(l, " "))
		}
	}
	return b.String()
}

// Every key of every screen does what it did: what it changes in sight, and what follows from some words and enter.
func TestEveryKeyOnEveryScreen(t *testing.T) {
	for _, p := range places {
		t.Run(string(p), func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			for n, k := range keysOf(t, p) {
				size := [][2]int{{80, 24}, {120, 36}}[n%2]
				m, id := sample(t)
				d := open(t, options(m), id, p, size[0], size[1]).Keys("down")
				before := d.Screen()
				fmt.Fprintf(&out, "== %s %dx%d\n", k, size[0], size[1])
				for _, then := range []func(){func() { d.Keys(k) }, func() { d.Keys("down") }, func() { d.Type("pool 14:02") }, func() { d.Keys("enter") }} {
					then()
					after := d.Screen()
					out.WriteString(told(before, after) + "--\n")
					before = after
				}
			}
			uitest.Golden(t, "keys-"+string(p), out.String())
		})
	}
}

// keysOf are the first keys of what can be done in a place; what can be done everywhere is pressed in the frame.
func keysOf(t *testing.T, p nav.Place) (keys []string) {
	m, id := sample(t)
	app := ui.New(options(m))
	if p != nav.Home {
		app.Start = nav.Go{To: p, Incident: id}
	}
	uitest.Drive(app, 120, 36)
	for _, a := range app.AllActions() {
		everywhere := strings.HasPrefix(a.ID, "go.") || strings.HasPrefix(a.ID, "app.")
		if len(a.Keys) > 0 && (!everywhere || p == nav.Frame && a.ID != "app.quit") {
			keys = append(keys, a.Keys[0])
		}
	}
	return slices.Compact(append(keys, "end", "pgdown", "enter"))
}
