package ui_test

import (
	"context"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// results are what a record says of the runs of the action with the given beginning of a title.
func results(t *testing.T, m *uitest.Memory, incident model.ID, title string) (model.Action, []model.Result) {
	t.Helper()
	r, err := m.Record(context.Background(), incident)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range r.Actions {
		if strings.HasPrefix(a.Title, title) {
			return a, r.ResultsOf(a.ID)
		}
	}
	t.Fatalf("no action begins with %q", title)
	return model.Action{}, nil
}

func TestProductionFirstAsksWhy(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Verification, 100, 30)
	d.Keys("down down down") // nothing has run for it yet
	d.Keys("r enter").Type("production").Keys("enter")
	if text := d.Screen(); !strings.Contains(text, "Nothing has run before production") {
		t.Fatalf("it does not ask:\n%s", text)
	}
	d.Keys("enter") // without a reason it goes nowhere
	d.Type("staging has no such data").Keys("enter").Type("fine https://ci.example.org/1").Keys("enter")
	a, runs := results(t, m, id, "Put connections")
	if len(runs) != 1 || runs[0].Waived != "staging has no such data" || runs[0].URL != "https://ci.example.org/1" || runs[0].Environment != "production" {
		t.Fatalf("%+v", runs)
	}
	if a.Stage != model.StageImplemented || !strings.Contains(d.Screen(), "It may be set to verified") {
		t.Errorf("the stage is %s:\n%s", a.Stage, d.Screen())
	}
}

func TestStagesObeyTheLadderOnEveryScreen(t *testing.T) {
	for _, c := range []struct {
		place nav.Place
		keys  string
	}{{nav.Verification, "down down down s"}, {nav.Actions, "down down down s"}} {
		m, id := sample(t)
		d := open(t, options(m), id, c.place, 100, 30)
		d.Keys(c.keys).Type("verified").Keys("enter")
		if text := d.Screen(); !strings.Contains(text, "no result shows that it works") {
			t.Errorf("%s: it is not refused:\n%s", c.place, text)
		}
		if a, _ := results(t, m, id, "Put connections"); a.Stage != model.StageImplemented {
			t.Errorf("%s: it is %s", c.place, a.Stage)
		}
	}
}

func TestATemplateIsUsedAndSaved(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Verification, 120, 36)
	d.Keys("end t") // nothing of its plan is written
	if text := d.Screen(); !strings.Contains(text, "A rule that acts by itself") || !strings.Contains(text, "used once, caught 1, missed 0") {
		t.Fatalf("the templates do not tell their record:\n%s", text)
	}
	d.Type("pages").Keys("enter")
	if text := d.Screen(); !strings.Contains(text, "Filled: steps, environment, expected outcome, rollback plan") || !strings.Contains(text, "Bring it over its threshold") || !strings.Contains(text, "used twice, caught 0") {
		t.Errorf("the plan is not filled:\n%s", text)
	}
	d.Keys("w").Type("A replica").Keys("enter")
	list, err := m.Templates(context.Background())
	if err != nil || len(list) != 3 || list[2].Name != "A replica" || !strings.HasPrefix(list[2].Steps, "Bring it over its threshold with a script => ") {
		t.Errorf("%+v, %v", list, err)
	}
	d.Keys("t ctrl+d")
	if list, _ := m.Templates(context.Background()); len(list) != 2 {
		t.Errorf("%d templates are left", len(list))
	}
	d.Keys("u u u")
	if a, _ := results(t, m, id, "Move the reads"); a.Template != "" || a.Rollback != "" {
		t.Errorf("undo left %+v", a)
	}
}

// A run that fails after the stage was set to verified says so, where it stands and in the list.
func TestAFailureAfterVerifiedSaysSo(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Verification, 110, 30)
	d.Keys("down down r down enter enter enter")
	if text := d.Screen(); strings.Count(text, "It stands at verified, and its last run in staging failed") < 1 {
		t.Errorf("it is silent:\n%s", text)
	}
	if _, runs := results(t, m, id, "Refuse a deploy"); len(runs) != 2 || runs[1].Status != model.ResultFailed {
		t.Errorf("%+v", runs)
	}
}

// Whatever a pipeline, a template or a copy of the file brings, it stays text on the screen.
func TestHostileResultsAndTemplatesStayText(t *testing.T) {
	m := uitest.NewMemory()
	evil := "\x1b[2J\x1b]0;x\x07 evil \u202Etxet \u009b31m \x00 " + strings.Repeat("界", 40)
	incident, action := m.NewID(model.TypeIncident), m.NewID(model.TypeAction)
	template, result, step := m.NewID(model.TypeTemplate), m.NewID(model.TypeResult), m.NewID(model.TypeStep)
	g := model.Gesture{}.Set(model.TypeIncident, incident, "title", "x").
		Set(model.TypeAction, action, "incident", string(incident)).Set(model.TypeAction, action, "title", evil).Set(model.TypeAction, action, "stage", model.StageVerified).
		Set(model.TypeAction, action, "template", string(template)).Set(model.TypeResult, result, "incident", string(incident)).Set(model.TypeResult, result, "action", string(action)).
		Set(model.TypeResult, result, "status", model.ResultFailed).Set(model.TypeStep, step, "incident", string(incident)).Set(model.TypeStep, step, "action", string(action))
	for typ, id := range map[model.Type]model.ID{model.TypeTemplate: template, model.TypeResult: result, model.TypeStep: step} {
		for _, f := range model.Schema[typ] {
			if (f.Kind == model.Line || f.Kind == model.Text || f.Kind == model.Choice) && f.Name != "status" && f.Name != "pos" {
				g = g.Set(typ, id, f.Name, evil)
			}
		}
	}
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}, {300, 80}} {
		d := open(t, options(m), incident, nav.Verification, size[0], size[1])
		for _, keys := range []string{"", "t", "esc enter", "end", "esc s", "esc r", "down enter", "enter enter", "u"} {
			d.Keys(keys)
			check(t, d, size[0], size[1], keys)
			for _, bad := range []string{"\x1b[2J", "\x1b]0;", "\u202e", "\u009b", "\x00", "\x07"} {
				if strings.Contains(d.Styled(), bad) {
					t.Errorf("%v after %q lets %q through:\n%q", size, keys, bad, d.Screen())
				}
			}
		}
	}
}
