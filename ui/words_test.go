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

// worded is an incident whose impact, condition and action can each be said better.
func worded(t *testing.T) (*uitest.Memory, model.ID) {
	t.Helper()
	m := uitest.NewMemory()
	id, f, a := m.NewID(model.TypeIncident), m.NewID(model.TypeFactor), m.NewID(model.TypeAction)
	g := model.Gesture{}.Set(model.TypeIncident, id, "title", "Checkout slow").Set(model.TypeIncident, id, "impact", "Some customers could not pay").
		Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "layer", "human").Set(model.TypeFactor, f, "statement", "Ana forgot the limit").
		Set(model.TypeAction, a, "incident", string(id)).Set(model.TypeAction, a, "stage", model.StageProposed).Set(model.TypeAction, a, "title", "Improve monitoring")
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	return m, id
}

// On every step where words are judged one key sets the remark aside with a reason, and u brings it back.
func TestARemarkOnWordingIsSetAsideAndBroughtBack(t *testing.T) {
	for _, step := range []struct {
		place         nav.Place
		toField, says string
	}{
		{nav.Frame, "down down", "The impact names no amount."},
		{nav.Factors, "enter", "This reads as somebody's fault."},
		{nav.Actions, "enter", "This does not yet say what will be seen."},
	} {
		t.Run(string(step.place), func(t *testing.T) {
			m, id := worded(t)
			d := open(t, options(m), id, step.place, 80, 24)
			d.Keys(step.toField)
			if !strings.Contains(d.Screen(), step.says) {
				t.Fatalf("nothing is said about the words:\n%s", d.Screen())
			}
			before := m.State()
			d.Keys("z").Type("agreed with finance").Keys("enter")
			r, _ := m.Record(context.Background(), id)
			if strings.Contains(d.Screen(), step.says) || len(r.Dismissals) != 1 || r.Dismissals[0].Reason != "agreed with finance" {
				t.Errorf("it is not set aside: %+v\n%s", r.Dismissals, d.Screen())
			}
			d.Keys("u")
			if !strings.Contains(d.Screen(), step.says) || m.State() != before {
				t.Errorf("u does not bring it back:\n%s", d.Screen())
			}
		})
	}
}

// The same key works while the field is open, and a small edit does not bring the remark back.
func TestARemarkIsSetAsideWhileTyping(t *testing.T) {
	m, id := worded(t)
	d := open(t, options(m), id, nav.Actions, 80, 24)
	d.Keys("e")
	if s := d.Screen(); !strings.Contains(s, "Which signal, at what threshold") || !strings.Contains(s, "set the remark aside") {
		t.Fatalf("the open field says nothing:\n%s", s)
	}
	d.Keys("ctrl+d").Type("the target says which").Keys("enter")
	if s := d.Screen(); strings.Contains(s, "Which signal") || !strings.Contains(s, "Improve monitoring") {
		t.Errorf("the remark stays, or the field is gone:\n%s", s)
	}
	d.Type(".")
	if s := d.Screen(); strings.Contains(s, "Which signal") {
		t.Errorf("a full stop brings it back:\n%s", s)
	}
}

// A line that is being captured is judged by its words alone, without its time and its owner.
func TestCaptureIsJudgedByItsWords(t *testing.T) {
	m, id := worded(t)
	d := open(t, options(m), id, nav.Actions, 80, 24)
	d.Keys("a").Type("Remember to drain hosts @ana due:2026-12-01")
	if s := d.Screen(); !strings.Contains(s, "This relies on people remembering.") || strings.Contains(s, "set the remark aside") {
		t.Errorf("the line is not judged:\n%s", s)
	}
}

func TestPublishListsTheWordsWorthAnotherLook(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
		m, id := worded(t)
		d := open(t, options(m), id, nav.Publish, size[0], size[1])
		if d.Screen(); size[1] < 36 { // how far it scrolls follows from what was drawn
			d.Keys(strings.Repeat("down ", 40))
		}
		uitest.Golden(t, fmt.Sprintf("publish-words-%dx%d", size[0], size[1]), d.Screen())
		check(t, d, size[0], size[1], "publish")
	}
	m, id := worded(t)
	d := open(t, options(m), id, nav.Publish, 120, 36)
	d.Keys("d enter").Type("known").Keys("enter")
	if r, _ := m.Record(context.Background(), id); len(r.Remarks()) != 2 || strings.Contains(d.Screen(), "names no amount") {
		t.Errorf("d does not set one aside:\n%s", d.Screen())
	}
}
