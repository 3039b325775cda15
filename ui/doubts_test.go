package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// doubtful is an incident whose log was read an hour off, with an alert that two tools tell and a silence.
func doubtful(t *testing.T) (*uitest.Memory, model.ID) {
	t.Helper()
	m := uitest.NewMemory()
	id := m.NewID(model.TypeIncident)
	g := model.Gesture{}
	for field, v := range map[string]string{"title": "Checkout slow", "severity": "sev2", "zone": "UTC", "started": "2026-11-02T12:00:00Z", "resolved": "2026-11-02T12:50:00Z"} {
		g = g.Set(model.TypeIncident, id, field, v)
	}
	line := func(source, kind, clock, title string) {
		e := m.NewID(model.TypeEvent)
		for field, v := range map[string]string{"incident": string(id), "at": "2026-11-02T" + clock + "Z", "source": source, "kind": kind, "title": title, "precision": "s", "zone_source": "data"} {
			g = g.Set(model.TypeEvent, e, field, v)
		}
	}
	for i, clock := range []string{"12:01:00", "12:04:30", "12:09:10", "12:11:00", "12:13:20"} {
		line("journald", "log", clock, fmt.Sprintf("the pool of checkout-%c is full", 'a'+i))
		at, _ := time.Parse("15:04:05", clock)
		line("syslog", "log", at.Add(time.Hour+time.Second).Format("15:04:05"), fmt.Sprintf("the pool of checkout-%c is full", 'a'+i))
	}
	line("datadog", "alert", "12:05:00", "p99 of checkout is above 4 s")
	line("grafana", "alert", "12:05:04", "p99 of checkout is above 4 s")
	line("slack", "comms", "12:15:00", "I take it, looking at the database")
	line("slack", "comms", "12:44:00", "the pool was raised, p99 is back")
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	return m, id
}

func TestDoubtsAreShownWithWhatTheirFixesDo(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
		m, id := doubtful(t)
		d := open(t, options(m), id, nav.Doubts, size[0], size[1])
		uitest.Golden(t, fmt.Sprintf("doubts-filled-%dx%d", size[0], size[1]), d.Screen())
		check(t, d, size[0], size[1], "doubts")
	}
}

func TestAFixMovesTheClockAndUndoBringsTheDoubtBack(t *testing.T) {
	m, id := doubtful(t)
	before := m.State()
	d := open(t, options(m), id, nav.Doubts, 120, 36)
	if !strings.Contains(d.Screen(), "syslog is 1h 00m ahead") || !strings.Contains(d.Screen(), "13:01:01 → 12:01:01") {
		t.Fatalf("the clock is not doubted:\n%s", d.Screen())
	}
	d.Keys("f")
	if !strings.Contains(d.Screen(), "Move journald by +1h") {
		t.Errorf("f does not show the other fix:\n%s", d.Screen())
	}
	d.Keys("f enter")
	if s := d.Screen(); strings.Contains(s, "ahead") || !strings.Contains(s, "Done: move syslog by -1h") {
		t.Errorf("enter does not settle it:\n%s", s)
	}
	r, err := m.Record(context.Background(), id)
	if err != nil || len(r.Clocks) != 1 || r.Clocks[0].Offset != "-1h" {
		t.Errorf("the clocks are %+v, %v", r.Clocks, err)
	}
	d.Keys("u")
	if !strings.Contains(d.Screen(), "syslog is 1h 00m ahead") || m.State() != before {
		t.Errorf("u does not bring it back:\n%s", d.Screen())
	}
}

func TestADoubtThatIsSetAsideStaysAwayUntilItIsUndone(t *testing.T) {
	m, id := doubtful(t)
	d := open(t, options(m), id, nav.Doubts, 120, 36)
	d.Keys("end")
	if !strings.Contains(d.Screen(), "Who was doing what") {
		t.Fatalf("the question does not follow the selection:\n%s", d.Screen())
	}
	d.Keys("enter")
	if !strings.Contains(d.Screen(), "no fix follows") {
		t.Errorf("enter does not say why it does nothing:\n%s", d.Screen())
	}
	d.Keys("d").Type("All of us were on the bridge call.").Keys("enter")
	if s := d.Screen(); strings.Contains(s, "Nothing is written") || !strings.Contains(s, "1 doubt set aside with a reason") {
		t.Errorf("it is not set aside:\n%s", s)
	}
	d.Keys("r")
	if strings.Contains(d.Screen(), "Nothing is written") {
		t.Errorf("it comes back:\n%s", d.Screen())
	}
	d.Keys("u")
	if !strings.Contains(d.Screen(), "Nothing is written for 29m") {
		t.Errorf("u does not bring it back:\n%s", d.Screen())
	}
}

func TestALineOfAFixLeadsToTheTimeline(t *testing.T) {
	m, id := doubtful(t)
	d := open(t, options(m), id, nav.Doubts, 120, 36)
	d.Keys("right down down enter")
	if s := d.Screen(); !strings.Contains(s, "▸ 2 Timeline") || !strings.Contains(s, "▌ 13:09:11") {
		t.Errorf("it is not the line that was selected:\n%s", s)
	}
	d.Keys("D")
	if !strings.Contains(d.Screen(), "syslog is 1h 00m ahead") {
		t.Errorf("D does not lead back to the doubts:\n%s", d.Screen())
	}
}

func TestTwinsAreMerged(t *testing.T) {
	m, id := doubtful(t)
	d := open(t, options(m), id, nav.Doubts, 120, 36)
	d.Keys("down")
	if !strings.Contains(d.Screen(), "Is that one event told twice?") || !strings.Contains(d.Screen(), "12:05:04 grafana → 12:05:00 datadog") {
		t.Fatalf("the preview does not say what merges into what:\n%s", d.Screen())
	}
	d.Keys("enter")
	page, _ := m.Events(context.Background(), model.EventQuery{Incident: id, WithMerged: true, Kinds: []string{"alert"}})
	if len(page.Events) != 2 || page.Events[1].MergedInto != page.Events[0].ID {
		t.Errorf("they are not merged: %+v", page.Events)
	}
}

func TestAnImportOffersItsDoubts(t *testing.T) {
	m, id := doubtful(t)
	d := open(t, options(m), id, nav.Import, 80, 24)
	d.Type("notes.txt").Keys("enter enter")
	if !strings.Contains(d.Screen(), "3 things about the times do not fit together. d looks at them.") {
		t.Fatalf("nothing is offered:\n%s", d.Screen())
	}
	d.Keys("d")
	if !strings.Contains(d.Screen(), "syslog is 1h 00m ahead") {
		t.Errorf("d does not lead there:\n%s", d.Screen())
	}
}

func TestAnImportAsksBeforeItReplaces(t *testing.T) {
	m, id := doubtful(t)
	o := options(m)
	o.Reader.(*papers).before = "I-0000000000000001"
	d := open(t, o, id, nav.Import, 80, 24)
	d.Type("notes.txt").Keys("enter enter")
	if !strings.Contains(d.Screen(), "These records are here already") {
		t.Fatalf("nothing is asked:\n%s", d.Screen())
	}
	d.Keys("n")
	if !strings.Contains(d.Screen(), "Is this what happened?") {
		t.Errorf("after no the preview is not there:\n%s", d.Screen())
	}
	d.Keys("enter y")
	if !strings.Contains(d.Screen(), "read:") {
		t.Errorf("yes does not replace it:\n%s", d.Screen())
	}
}
