package ui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// answers carries a command out, and gives what it answers instead of delivering it.
func answers(cmd tea.Cmd) (all []tea.Msg) {
	if cmd == nil {
		return nil
	}
	switch m := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range m {
			all = append(all, answers(c)...)
		}
	default:
		all = append(all, m)
	}
	return all
}

// A record that was asked for before another one, and comes after it, does not take its place.
func TestALateRecordIsForgotten(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Frame, 120, 36)
	read := func(title string) []tea.Msg {
		if err := m.Apply(context.Background(), model.Gesture{}.Set(model.TypeIncident, id, "title", title)); err != nil {
			t.Fatal(err)
		}
		_, cmd := d.Model.Update(nav.Changed{})
		return answers(cmd)
	}
	older, newer := read("The older title"), read("The newer title")
	for _, msg := range append(newer, older...) {
		d.Send(msg)
	}
	if s := d.Screen(); !strings.Contains(s, "The newer title") || strings.Contains(s, "The older title") {
		t.Errorf("the older record is shown:\n%s", s)
	}
}

// What opens by itself in the middle of typing takes no keys until typing has rested.
func TestWhatOpensByItselfLetsTypingRest(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	now := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	o.Desk.Now = func() time.Time { return now }
	d := open(t, o, id, nav.Timeline, 80, 24)
	const told = "the disk is full"
	for _, c := range []struct {
		pauses []time.Duration // before each enter
		open   bool
	}{
		{[]time.Duration{0}, true}, {[]time.Duration{399 * time.Millisecond}, true}, {[]time.Duration{400 * time.Millisecond}, false}, {[]time.Duration{time.Hour}, false},
		{[]time.Duration{300 * time.Millisecond, 300 * time.Millisecond, 300 * time.Millisecond}, true}, {[]time.Duration{300 * time.Millisecond, 400 * time.Millisecond}, false},
	} {
		now = now.Add(time.Hour)
		d.Keys("down").Send(nav.Fail{Err: errors.New(told)})
		for _, p := range c.pauses {
			now = now.Add(p)
			d.Keys("enter")
		}
		if got := strings.Contains(d.Screen(), told); got != c.open {
			t.Errorf("%v: it is open: %v", c.pauses, got)
		}
		now = now.Add(time.Hour)
		if strings.Contains(d.Screen(), told) {
			d.Keys("esc")
		}
		if strings.Contains(d.Screen(), told) {
			t.Fatal("it does not close")
		}
	}
}

// What was said goes when its own time is over, and not when that of something older is.
func TestWhatIsSaidHasItsTime(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	o.Start = nav.Go{To: nav.Timeline, Incident: id}
	d := uitest.Drive(ui.New(o), 80, 24)
	d.Send(nav.Say{Text: "first words"}).Send(nav.Say{Text: "second words"})
	if s := d.Screen(); !strings.Contains(s, "second words") {
		t.Error(s)
	}
	if s := d.Keys("down").Screen(); strings.Contains(s, "second words") {
		t.Error("a key leaves it standing")
	}
}
