package ui_test

import (
	"slices"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// forge opens the actions on one that answers a condition and says nothing else yet.
func forge(t *testing.T, w, h int) (*uitest.Memory, model.ID, model.ID, *uitest.Driver) {
	t.Helper()
	m, id := sample(t)
	r := recordOf(t, m, id)
	a := m.NewID(model.TypeAction)
	g := model.Gesture{}.Set(model.TypeAction, a, "incident", string(id)).Set(model.TypeAction, a, "title", "Alert when p95 of checkout is above 500 ms for 2 minutes").
		Set(model.TypeAction, a, "stage", model.StageProposed).Set(model.TypeAction, a, model.Member("factors", string(r.Factors[0].ID)), true)
	if err := m.Apply(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	o := options(m)
	o.Start = nav.Go{To: nav.Actions, Incident: id, Focus: a}
	return m, id, a, uitest.Drive(ui.New(o), w, h)
}

func actionOf(t *testing.T, m *uitest.Memory, id, action model.ID) model.Action {
	t.Helper()
	r := recordOf(t, m, id)
	return r.Actions[slices.IndexFunc(r.Actions, func(a model.Action) bool { return a.ID == action })]
}

func TestProposalsAreOfferedAndTaken(t *testing.T) {
	m, id, a, d := forge(t, 120, 36)
	uitest.Golden(t, "actions-proposed-120x36", d.Screen())
	d.Keys("enter")
	for range 20 {
		if strings.Contains(d.Screen(), "▌ Owner") {
			break
		}
		d.Keys("down")
	}
	uitest.Golden(t, "actions-forge-120x36", d.Screen())
	if x := actionOf(t, m, id, a); x.Owner != "" {
		t.Fatalf("an owner was written without being taken: %q", x.Owner)
	}
	d.Keys("=")
	if x := actionOf(t, m, id, a); x.Owner == "" || x.Due != "" {
		t.Errorf("the owner is %q, the day %q", x.Owner, x.Due)
	}
	d.Keys("+")
	if x := actionOf(t, m, id, a); x.Due == "" || x.Criteria == "" || x.Lever != "detection_speed" {
		t.Errorf("not everything was taken: %+v", x)
	}
	d.Keys("u u")
	if x := actionOf(t, m, id, a); x.Owner != "" || x.Due != "" {
		t.Errorf("undo left %q, %q", x.Owner, x.Due)
	}
}

func TestARiskIsAcceptedWithItsReasonAndDay(t *testing.T) {
	m, id, a, d := forge(t, 80, 24)
	d.Keys("r down enter").Type("The part is replaced in spring.").Keys("enter").Type("2027-04-01").Keys("enter")
	if x := actionOf(t, m, id, a); x.Stage != model.StageAccepted || x.Reason != "The part is replaced in spring." || x.Until != "2027-04-01" {
		t.Errorf("%+v", x)
	}
	if screen := d.Screen(); !strings.Contains(screen, "Set aside, and why") || !strings.Contains(screen, "until 2027-04-01 · The part is replaced in spring.") {
		t.Errorf("it does not stand with its reason:\n%s", screen)
	}
	d.Keys("u")
	if x := actionOf(t, m, id, a); x.Stage != model.StageProposed || x.Reason != "" {
		t.Errorf("undo left %+v", x)
	}
}

func TestAnIdeaIsParkedFromAnywhere(t *testing.T) {
	for _, place := range []nav.Place{nav.Timeline, nav.Priorities, nav.Guide} {
		m, id := sample(t)
		before := len(recordOf(t, m, id).Actions)
		d := open(t, options(m), id, place, 80, 24)
		d.Keys("g j").Type("Ask the provider for a status feed").Keys("enter")
		r := recordOf(t, m, id)
		if len(r.Actions) != before+1 || r.Actions[before].Stage != model.StageIdea || !strings.Contains(d.Screen(), "Parked.") {
			t.Errorf("%s: %d actions\n%s", place, len(r.Actions), d.Screen())
		}
	}
}

// Five hundred conditions and two hundred actions can be looked through in the matrix, part by part.
func TestALargeMatrixIsWalkedThrough(t *testing.T) {
	m, id := sample(t)
	g := model.Gesture{}
	for range 500 {
		f := m.NewID(model.TypeFactor)
		g = g.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "statement", "one of many").Set(model.TypeFactor, f, "layer", "process")
	}
	for range 200 {
		a := m.NewID(model.TypeAction)
		g = g.Set(model.TypeAction, a, "incident", string(id)).Set(model.TypeAction, a, "title", "one of many").Set(model.TypeAction, a, "stage", model.StageProposed)
	}
	if err := m.Apply(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	d := open(t, options(m), id, nav.Actions, 80, 24)
	d.Keys("m")
	if !strings.Contains(d.Screen(), "actions 1 to 10 of 206") && !strings.Contains(d.Screen(), "of 20") {
		t.Errorf("which part is shown is not told:\n%s", d.Screen())
	}
	for range 60 {
		d.Keys("right pgdown")
	}
	if screen := d.Screen(); !strings.Contains(screen, "Where they act") {
		t.Errorf("the end is out of reach:\n%s", screen)
	}
	check(t, d, 80, 24, "matrix")
}

func TestOneActionAnswersSeveralConditions(t *testing.T) {
	m, id := sample(t)
	before := len(recordOf(t, m, id).Actions)
	d := open(t, options(m), id, nav.Factors, 120, 36)
	d.Keys("space space down f")
	if !strings.Contains(d.Screen(), "It answers the 2 conditions that are marked.") {
		t.Errorf("what it answers is not told:\n%s", d.Screen())
	}
	d.Type("Compare the pools with the limit before a deploy").Keys("enter")
	r := recordOf(t, m, id)
	if len(r.Actions) != before+1 || len(r.Actions[before].Factors) != 2 {
		t.Errorf("%+v", r.Actions[before:])
	}
	if strings.Contains(d.Screen(), "✓ The") {
		t.Errorf("the marks stay:\n%s", d.Screen())
	}
}
