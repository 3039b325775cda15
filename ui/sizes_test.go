package ui_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// narrow are sizes at which terminals begin, are dragged through and are tiled to.
var narrow = [][2]int{{1, 1}, {3, 24}, {300, 2}, {59, 16}, {60, 16}, {300, 80}}

// Whatever is open, and however small the terminal becomes, it is drawn, and what was typed is there afterwards.
func TestEverySizeInTheMiddleOfEverything(t *testing.T) {
	m, id := sample(t)
	for _, p := range places {
		app := ui.New(options(m))
		app.Start = nav.Go{To: p, Incident: id}
		uitest.Drive(app, 80, 24)
		var keys []string
		for _, a := range app.AllActions() {
			everywhere := strings.HasPrefix(a.ID, "go.") || strings.HasPrefix(a.ID, "app.")
			if len(a.Keys) > 0 && a.Off == "" && (!everywhere || p == nav.Frame && !slices.Contains([]string{"app.quit", "app.back"}, a.ID)) {
				keys = append(keys, a.Keys[0])
			}
		}
		for _, k := range keys {
			d := open(t, options(m), id, p, 80, 24)
			d.Keys(k).Type("14:02 ab")
			before := d.Screen()
			for _, size := range narrow {
				d.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				check(t, d, size[0], size[1], fmt.Sprintf("%s, %s at %v", p, k, size))
				if size[0] < 60 || size[1] < 16 {
					d.Type("unseen").Keys("enter esc")
				}
			}
			d.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
			if after := d.Screen(); after != before {
				t.Errorf("%s, %s: it is not as it was before the terminal was small\n%s\n%s", p, k, before, after)
			}
			if t.Failed() {
				return
			}
		}
	}
}

// Keys that are typed while a screen is being read act on that screen, not on the one before it.
func TestKeysWaitForTheirScreen(t *testing.T) {
	for _, c := range []struct {
		place nav.Place
		keys  string
		want  string
	}{
		{nav.Factors, "a", "Which condition had"}, {nav.Timeline, "a", "Add a line"}, {nav.Actions, "a", ""}, {nav.Frame, "2 a", "Add a line"}, {nav.Home, "enter 2 a", "Add a line"},
	} {
		m, id := sample(t)
		settled := open(t, options(m), id, c.place, 80, 24).Keys(c.keys)
		app := ui.New(options(m))
		if c.place != nav.Home {
			app.Start = nav.Go{To: c.place, Incident: id}
		}
		d := uitest.Begin(app, 80, 24).Ahead(c.keys)
		if got, want := d.Screen(), settled.Screen(); got != want || !strings.Contains(got, c.want) {
			t.Errorf("%s: %s typed ahead gives\n%s\nand settled\n%s", c.place, c.keys, got, want)
		}
	}
}

// Under NO_COLOR what is selected still differs from its neighbours.
func TestWithoutColours(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	o.Theme, o.Plain = "dark", true
	for _, p := range []nav.Place{nav.Timeline, nav.Factors, nav.Actions, nav.Priorities, nav.Verification} {
		d := open(t, o, id, p, 80, 24)
		if !strings.Contains(d.Styled(), "\x1b[7m") && !strings.Contains(d.Styled(), ";7m") {
			t.Errorf("%s shows no selection", p)
		}
	}
	d := open(t, o, id, nav.Frame, 80, 24).Keys("g e")
	if !strings.Contains(d.Screen(), "NO_COLOR is set") {
		t.Errorf("a theme can be chosen\n%s", d.Screen())
	}
}

// The mark of a commitment stands on everything that was promised or is further.
func TestTheCommitMarkMeansCommittedOrLater(t *testing.T) {
	for _, stage := range []string{model.StageProposed, model.StageCommitted, model.StageImplemented, model.StageVerified, model.StageEffective} {
		a := model.Action{ID: "A-1", Stage: stage}
		if g, more := a.Commit(); more != (stage == model.StageProposed || stage == model.StageCommitted) || more && len(g.Edits) != 1 {
			t.Errorf("%s: %v %v", stage, g, more)
		}
	}
	m, id := sample(t)
	d := open(t, options(m), id, nav.Priorities, 120, 36)
	if n := strings.Count(d.Screen(), "✓"); n < 5 {
		t.Errorf("%d marks\n%s", n, d.Screen())
	}
}

// Every time is in the zone of its incident, whichever zone the machine is in.
func TestNoScreenTellsTheMachinesTime(t *testing.T) {
	for _, p := range places {
		screens := map[string]bool{}
		for _, zone := range []string{"UTC", "Pacific/Kiritimati", "America/Los_Angeles"} {
			m, id := sample(t)
			o := options(m)
			z, err := time.LoadLocation(zone)
			if err != nil {
				t.Skip(err)
			}
			o.Desk.Zone = z
			d := open(t, o, id, p, 120, 36)
			if p == nav.Search {
				d.Type("pool")
			}
			screens[d.Screen()] = true
		}
		if len(screens) > 1 {
			t.Errorf("%s is another screen on another machine:\n%s", p, strings.Join(slices.Collect(maps.Keys(screens)), "\n\n"))
		}
	}
}
