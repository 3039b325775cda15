package ui_test

import (
	"context"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// uncovered is a retrospective with a condition that nothing answers, one that helped, and two actions.
func uncovered(t *testing.T) (*uitest.Memory, model.ID) {
	t.Helper()
	m := uitest.NewMemory()
	incident := m.NewID(model.TypeIncident)
	g := model.Gesture{}.Set(model.TypeIncident, incident, "title", "x")
	for _, f := range [][2]string{{"No restore was ever tried", "enabling"}, {"A snapshot lay on staging", "mitigator"}} {
		id := m.NewID(model.TypeFactor)
		g = g.Set(model.TypeFactor, id, "incident", string(incident)).Set(model.TypeFactor, id, "statement", f[0]).Set(model.TypeFactor, id, "layer", "technical").Set(model.TypeFactor, id, "role", f[1])
	}
	for _, title := range []string{"Sign the mails", "Archive the log"} {
		id := m.NewID(model.TypeAction)
		g = g.Set(model.TypeAction, id, "incident", string(incident)).Set(model.TypeAction, id, "title", title).Set(model.TypeAction, id, "stage", model.StageProposed)
	}
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	return m, incident
}

func TestANewActionTellsWhatItAnswers(t *testing.T) {
	m, id := uncovered(t)
	d := open(t, options(m), id, nav.Actions, 80, 24)
	if d.Keys("a"); strings.Contains(d.Screen(), "It answers:") {
		t.Errorf("an action beside another answers something:\n%s", d.Screen())
	}
	d.Keys("esc down down a")
	if !strings.Contains(d.Screen(), "It answers: No restore was ever tried") {
		t.Errorf("it is not told what is answered:\n%s", d.Screen())
	}
	d.Type("Try one each day").Keys("enter")
	for _, a := range recordOf(t, m, id).Actions {
		if want := a.Title == "Try one each day"; want != (len(a.Factors) == 1) {
			t.Errorf("%s answers %d", a.Title, len(a.Factors))
		}
	}
}

// The layers are asked at once while nothing is answered; then the answers are read first.
func TestTheLayersAreAskedAtOnce(t *testing.T) {
	m, id := uncovered(t)
	d := open(t, options(m), id, nav.Factors, 80, 24)
	d.Keys("c").Type("A prompt that names the host").Keys("tab")
	if got := recordOf(t, m, id).Incident.PreventTechnical; got != "A prompt that names the host" {
		t.Fatalf("answered: %q\n%s", got, d.Screen())
	}
	d.Keys("esc c")
	if !strings.Contains(d.Screen(), "enter edit") {
		t.Errorf("it is asked again:\n%s", d.Screen())
	}
}

func TestWhatHelpedIsAskedForAnotherThing(t *testing.T) {
	m, id := uncovered(t)
	d := open(t, options(m), id, nav.Factors, 80, 24)
	if !strings.Contains(d.Screen(), "Without this condition, would it still have happened") {
		t.Errorf("a condition is asked for something else:\n%s", d.Screen())
	}
	if d.Keys("down"); !strings.Contains(d.Screen(), "Which line of the timeline shows that it helped?") {
		t.Errorf("what helped is asked whether it happened without it:\n%s", d.Screen())
	}
}

func TestAnotherActionOpensAtItsFirstField(t *testing.T) {
	m, id := uncovered(t)
	d := open(t, options(m), id, nav.Actions, 80, 24)
	d.Keys("enter down down down down esc down enter")
	if !strings.Contains(d.Screen(), "▌ Change") {
		t.Errorf("it opens where another one was left:\n%s", d.Screen())
	}
}

// The line says what is committed to; what still waits for its answers lies not below it.
func TestNoLineIsDrawnOverWhatWaits(t *testing.T) {
	m, id := uncovered(t)
	d := open(t, options(m), id, nav.Priorities, 80, 24)
	d.Keys("h h l")
	if s := d.Screen(); strings.Contains(s, "above the line") || !strings.Contains(s, "9") {
		t.Errorf("a line stands over what nobody has scored:\n%s", s)
	}
}
