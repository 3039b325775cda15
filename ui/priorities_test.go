package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// estimated gives every action of the sample ranges, so that they order the work.
func estimated(t *testing.T) (*uitest.Memory, model.ID) {
	t.Helper()
	m, id := sample(t)
	r, err := m.Record(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	var g model.Gesture
	for i, a := range r.Actions {
		if a.Occurrences == "" && a.Stage != model.StageIdea {
			g = g.Set(model.TypeAction, a.ID, "occurrences", fmt.Sprintf("1–2–%d", 5+i)).Set(model.TypeAction, a.ID, "loss", "5–9–15").Set(model.TypeAction, a.ID, "days", fmt.Sprintf("2–%d–40", 4+i))
		}
	}
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	return m, id
}

// crowded is an incident of many actions with hostile words, half of them without a condition, and with
// ranges of every size; some are alike, one removes nothing, one nobody can read.
func crowded(t *testing.T, n int) (*uitest.Memory, model.ID) {
	t.Helper()
	m := uitest.NewMemory()
	incident := m.NewID(model.TypeIncident)
	g := model.Gesture{}.Set(model.TypeIncident, incident, "title", "x").Set(model.TypeIncident, incident, "started", "2026-08-01T10:00:00Z")
	for i := range n {
		id := m.NewID(model.TypeAction)
		g = g.Set(model.TypeAction, id, "incident", string(incident)).Set(model.TypeAction, id, "stage", model.StageProposed).
			Set(model.TypeAction, id, "title", fmt.Sprintf("\x1b[31mred\u202e %d 世界 \x00", i)).
			Set(model.TypeAction, id, "occurrences", fmt.Sprintf("0–%d–%d", i%7, i%7+i)).
			Set(model.TypeAction, id, "loss", fmt.Sprintf("%d–%d–%d", i, 2*i, 9*i*i)).
			Set(model.TypeAction, id, "days", fmt.Sprintf("0.1–%d–%d", 1+i%5, 5+i)).
			Set(model.TypeAction, id, "loss_unit", "\x1b]0;title\x07orders")
	}
	bad := m.NewID(model.TypeAction)
	g = g.Set(model.TypeAction, bad, "incident", string(incident)).Set(model.TypeAction, bad, "stage", model.StageProposed).Set(model.TypeAction, bad, "title", "bare").
		Set(model.TypeAction, bad, "occurrences", "NaN").Set(model.TypeAction, bad, "loss", "1e308").Set(model.TypeAction, bad, "days", "9–4–2")
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	return m, incident
}

func TestRangesFitEverySize(t *testing.T) {
	mixed, mixedID := sample(t)
	all, allID := estimated(t)
	many, manyID := crowded(t, 200)
	one, oneID := crowded(t, 1)
	for _, c := range []struct {
		what string
		m    *uitest.Memory
		id   model.ID
	}{{"mixed", mixed, mixedID}, {"all", all, allID}, {"many", many, manyID}, {"one", one, oneID}} {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {110, 30}, {200, 60}, {300, 80}} {
			for _, unicode := range []bool{true, false} {
				o := options(c.m)
				o.Unicode = unicode
				d := open(t, o, c.id, nav.Priorities, size[0], size[1])
				for _, keys := range []string{"", "v", "down", "v", "v", "r", "down down", "esc end", "v", "enter esc"} {
					d.Keys(keys)
					check(t, d, size[0], size[1], fmt.Sprintf("%s %dx%d after %q", c.what, size[0], size[1], keys))
					text, panel := d.Screen(), strings.Contains(d.Screen(), "Ranges: ") // which shows what stands in the cell
					if strings.ContainsAny(text, "\x00\x07\u202e") || !panel && (strings.Contains(text, "NaN") || strings.Contains(text, "Inf")) {
						t.Errorf("%s %dx%d after %q:\n%s", c.what, size[0], size[1], keys, text)
					}
				}
			}
		}
	}
}

func TestRangesOrderTheWork(t *testing.T) {
	m, id := estimated(t)
	d := open(t, options(m), id, nav.Priorities, 120, 36)
	uitest.Golden(t, "priorities-ranges-120x36", d.Screen())
	d.Keys("v")
	uitest.Golden(t, "priorities-scatter-120x36", d.Screen())
	small := open(t, options(m), id, nav.Priorities, 80, 24)
	small.Keys("v")
	uitest.Golden(t, "priorities-scatter-80x24", small.Screen())
	small.Keys("v v r")
	uitest.Golden(t, "priorities-panel-80x24", small.Screen())
}

// Somebody who types ranges sees them read back, refused in a sentence, and compared.
func TestRangesAreTypedInThePanel(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Priorities, 120, 40)
	d.Keys("end r")
	want := func(texts ...string) {
		t.Helper()
		for _, text := range texts {
			if !strings.Contains(d.Screen(), text) {
				t.Errorf("%q is not there:\n%s", text, d.Screen())
			}
		}
	}
	want("Ranges: Move the reads", "f accept suggestion", "2 incidents in 6 months in this file touch checkout")
	d.Keys("enter").Type("9 4 2")
	want("not in order")
	for range 5 {
		d.Keys("backspace")
	}
	d.Type("about 2")
	want("Read as at least 1, most likely 2, at most 4 a year.")
	d.Keys("enter")
	want("1–2–4 a year", "Still open for a comparison: loss each time and effort in days.")
	d.Keys("enter").Type("20 40 90").Keys("enter enter").Type("10 20 45").Keys("enter up") // on to the next at once
	want("Expected: ", "of 5 in nine of ten draws")
	d.Keys("up enter").Type("EUR").Keys("enter")
	want("20–40–90 EUR", "No other action has ranges in EUR")
	d.Keys("esc")
	want("Ranges can be compared within one unit only")
}

// One key accepts what the file suggests. It says so, with its ground and by whom, until somebody types another
// range; and undo takes it back.
func TestASuggestedFrequencyIsAccepted(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Priorities, 120, 40)
	d.Keys("end r f")
	if text := d.Screen(); !strings.Contains(text, "Suggested: 2 incidents in 6 months") || !strings.Contains(text, "accepted by dana on 2026-09-01") {
		t.Errorf("it does not say where it comes from:\n%s", text)
	}
	d.Keys("f")
	if !strings.Contains(d.Screen(), "it is accepted already") {
		t.Errorf("it is accepted twice:\n%s", d.Screen())
	}
	d.Keys("enter").Type("0").Keys("enter")
	if strings.Contains(d.Screen(), "Suggested: ") {
		t.Errorf("another range still counts as suggested:\n%s", d.Screen())
	}
	d.Keys("u u")
	if !strings.Contains(d.Screen(), "such as 2 4 9") {
		t.Errorf("undo did not take it back:\n%s", d.Screen())
	}
}

// The first loss of an action takes the unit of the others, so that all stay comparable.
func TestALossTakesTheUnitOfTheOthers(t *testing.T) {
	m, id := crowded(t, 3)
	d := open(t, options(m), id, nav.Priorities, 120, 40)
	d.Keys("end r down enter")
	for range 6 {
		d.Keys("backspace")
	}
	d.Keys("enter") // cleared
	d.Keys("enter").Type("7").Keys("enter")
	if !strings.Contains(d.Screen(), "7 ") || !strings.Contains(d.Screen(), "orders") {
		t.Errorf("the unit is another one:\n%s", d.Screen())
	}
}
