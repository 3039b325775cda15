package ui_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// known opens the screen on a moment that has something in view.
func known(t *testing.T, w, h int) (*uitest.Memory, model.ID, ui.Options, *uitest.Driver) {
	t.Helper()
	m, id := sample(t)
	o := options(m)
	d := open(t, o, id, nav.Known, w, h)
	for range 30 {
		if strings.Contains(d.Screen(), "14:11 · 11 minutes in") {
			return m, id, o, d
		}
		d.Keys("right")
	}
	t.Fatalf("the moment of 14:11 is not there:\n%s", d.Screen())
	return nil, "", o, nil
}

func TestWhatWasKnownThenIsShown(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
		_, _, _, d := known(t, size[0], size[1])
		uitest.Golden(t, fmt.Sprintf("known-filled-%dx%d", size[0], size[1]), d.Screen())
		check(t, d, size[0], size[1], "known")
	}
}

// blank opens the screen on a moment that says nothing yet.
func blank(t *testing.T) (*uitest.Memory, model.ID, ui.Options, *uitest.Driver) {
	t.Helper()
	m, id, o, d := known(t, 120, 36)
	for range 30 {
		if d.Keys("n"); strings.Contains(d.Screen(), "What did people believe") && strings.Contains(d.Screen(), "What was decided") {
			return m, id, o, d
		}
	}
	t.Fatalf("every moment is answered:\n%s", d.Screen())
	return nil, "", o, nil
}

// Whatever the moment, no line that came later is on the screen, and all of them are counted.
func TestTheFutureIsHidden(t *testing.T) {
	m, id := sample(t)
	all, err := m.Events(context.Background(), model.EventQuery{Incident: id, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, options(m), id, nav.Known, 200, 60)
	d.Keys("+ + + +") // everything before is in view
	steps := 0
	for range 40 {
		screen := d.Screen()
		at := slices.IndexFunc(all.Events, func(e model.Event) bool {
			return e.IsMoment() && strings.Contains(screen, " "+e.Title+" ") && strings.Contains(screen, " "+e.At.Add(2*60*60*1e9).Format("15:04"))
		})
		if at < 0 {
			t.Fatalf("no moment is shown:\n%s", screen)
		}
		later := 0
		for _, e := range all.Events {
			if e.At.After(momentOf(t, all.Events, screen).At) {
				later++
				if strings.Contains(screen, e.At.Add(2*60*60*1e9).Format("15:04:05")+" ") && strings.Contains(screen, e.Title) {
					t.Errorf("“%s” came later:\n%s", e.Title, screen)
				}
			}
		}
		if !strings.Contains(screen, fmt.Sprintf("%d later line", later)) && later > 0 {
			t.Errorf("%d lines came later:\n%s", later, screen)
		}
		steps++
		if d.Keys("right"); d.Screen() == screen || strings.Contains(d.Screen(), "this is the last moment") {
			break
		}
	}
	if steps < 10 {
		t.Errorf("only %d moments were met", steps)
	}
}

// momentOf is the moment whose title stands under the heading.
func momentOf(t *testing.T, events []model.Event, screen string) model.Event {
	t.Helper()
	lines := strings.Split(screen, "\n")
	for i, l := range lines {
		if strings.Contains(l, " · ") && (strings.Contains(l, " in ·") || strings.Contains(l, "before the impact") || strings.Contains(l, " in  ")) && i > 3 {
			for _, e := range events {
				if strings.TrimSpace(lines[i+1]) == e.Title {
					return e
				}
			}
		}
	}
	t.Fatalf("no heading:\n%s", screen)
	return model.Event{}
}

func TestAnAnswerIsWrittenWhereItIsAsked(t *testing.T) {
	m, id, _, d := blank(t)
	e := momentOf(t, mustEvents(t, m, id), d.Screen())
	d.Keys("down enter").Type("in hindsight that the CDN")
	if !strings.Contains(d.Screen(), "This is said with what we know now") {
		t.Errorf("hindsight is not pointed out:\n%s", d.Screen())
	}
	d.Keys("ctrl+u").Type("that the CDN was slow").Keys("tab")
	if !strings.Contains(d.Screen(), "that the CDN was slow") {
		t.Errorf("the answer is not shown:\n%s", d.Screen())
	}
	for _, x := range mustEvents(t, m, id) {
		if x.ID == e.ID && x.Belief != "that the CDN was slow" {
			t.Errorf("it is kept as %q", x.Belief)
		}
	}
}

func mustEvents(t *testing.T, m *uitest.Memory, id model.ID) []model.Event {
	t.Helper()
	page, err := m.Events(context.Background(), model.EventQuery{Incident: id, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	return page.Events
}

func TestAQuestionGoesToAPersonAndIsAnswered(t *testing.T) {
	m, id, o, d := blank(t)
	d.Keys("down a")
	if !strings.Contains(d.Screen(), "Whom to ask?") || !strings.Contains(d.Screen(), "Priya Raman") || !strings.Contains(d.Screen(), "Operations") {
		t.Fatalf("nobody is offered:\n%s", d.Screen())
	}
	d.Type("Priya").Keys("enter")
	if !strings.Contains(d.Screen(), "What did people believe was going on?") {
		t.Fatalf("the question is not proposed:\n%s", d.Screen())
	}
	d.Keys("enter")
	if s := d.Screen(); !strings.Contains(s, "1 open question") || !strings.Contains(s, "to Priya Raman") || !strings.Contains(s, "no answer yet") {
		t.Errorf("the question is not shown:\n%s", s)
	}
	d.Keys("x").Keys("enter")
	if saved := o.Sheets.(*papers).saved; !strings.Contains(saved, "1 open") {
		t.Errorf("the sheet is %q\n%s", saved, d.Screen())
	}
	d.Keys("down enter").Type("I thought of the pool").Keys("tab")
	r, err := m.Record(context.Background(), id)
	if err != nil || len(r.Questions) != 1 || r.Questions[0].Answer != "I thought of the pool" || r.Questions[0].AnsweredOn != "2026-09-01" || r.Questions[0].To != "Priya Raman" {
		t.Errorf("the questions are %+v, %v", r.Questions, err)
	}
	if e := momentOf(t, mustEvents(t, m, id), d.Screen()); e.Belief != "I thought of the pool" {
		t.Errorf("the moment says %q", e.Belief)
	}
	d.Keys("u")
	if !strings.Contains(d.Screen(), "no answer yet") {
		t.Errorf("u does not take the answer back:\n%s", d.Screen())
	}
	d.Keys("X")
	if strings.Contains(d.Screen(), "to Priya Raman") {
		t.Errorf("X does not take the question back:\n%s", d.Screen())
	}
}

func TestEverythingOpenGoesToARole(t *testing.T) {
	m, id, _, d := blank(t)
	d.Keys("A").Type("the database team").Keys("enter")
	r, err := m.Record(context.Background(), id)
	if err != nil || len(r.OpenQuestions()) != 4 || r.Questions[3].To != "the database team" {
		t.Errorf("the questions are %+v, %v\n%s", r.Questions, err, d.Screen())
	}
	d.Keys("u")
	if r, _ := m.Record(context.Background(), id); len(r.Questions) != 0 {
		t.Error("u does not take all of it back")
	}
}

func TestTheTimelineLeadsToTheNextMoment(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Timeline, 120, 36)
	d.Keys("K")
	if !strings.Contains(d.Screen(), " · 0s in") && !strings.Contains(d.Screen(), "14:00") {
		t.Errorf("it is not the moment from the start on:\n%s", d.Screen())
	}
	d.Keys("t")
	if !strings.Contains(d.Screen(), "▸ 2 Timeline") {
		t.Errorf("t does not lead back:\n%s", d.Screen())
	}
}

func TestWithoutANarrativeAlertsAreTheMoments(t *testing.T) {
	m, id := doubtful(t)
	d := open(t, options(m), id, nav.Known, 120, 36)
	if !strings.Contains(d.Screen(), "1 of 4") || !strings.Contains(d.Screen(), "p99 of checkout is above 4 s") {
		t.Errorf("it shows:\n%s", d.Screen())
	}
}

func TestEmptyRoomsSayWhatToDo(t *testing.T) {
	m := uitest.NewMemory()
	d := open(t, options(m), "", nav.Home, 80, 24)
	d.Keys("n").Type("Checkout slow").Keys("enter")
	d.Keys("g d")
	uitest.Golden(t, "empty-doubts", d.Screen())
	d.Keys("g k")
	uitest.Golden(t, "empty-known", d.Screen())
}
