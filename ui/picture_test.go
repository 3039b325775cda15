package ui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// lunch is an incident with impact from 12:00 to 13:00, and events at so many minutes after its start.
func lunch(t *testing.T, lines map[string][]float64) (*uitest.Memory, model.ID) {
	t.Helper()
	m := uitest.NewMemory()
	start := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	id := m.NewID(model.TypeIncident)
	g := model.Gesture{}.Set(model.TypeIncident, id, "title", "Lunch").Set(model.TypeIncident, id, "zone", "UTC")
	for field, minute := range map[string]int{"started": 0, "detected": 10, "acknowledged": 20, "mitigated": 50, "resolved": 60} {
		g = g.Set(model.TypeIncident, id, field, model.FormatTime(start.Add(time.Duration(minute)*time.Minute)))
	}
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	_, err := m.Import(context.Background(), id, func(emit func(*model.Event) error) (model.Reading, error) {
		n := 0
		for what, at := range lines {
			source, kind, _ := strings.Cut(what, " ")
			for _, minute := range at {
				n++
				e := model.Event{At: start.Add(time.Duration(minute * float64(time.Minute))), Source: source, Kind: kind, Title: fmt.Sprintf("%s %g", what, minute), ExternalID: fmt.Sprint(what, n)}
				if err := emit(&e); err != nil {
					return model.Reading{}, err
				}
			}
		}
		return model.Reading{}, nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m, id
}

func repeat(at float64, n int) (list []float64) {
	for i := range n {
		list = append(list, at+float64(i)/1000)
	}
	return list
}

// The picture names the phases, draws deploys and alerts in their order, and says what stands out.
func TestThePictureTellsTheCourse(t *testing.T) {
	m, id := lunch(t, map[string][]float64{
		"github deploy": {-5, 40}, "pager alert": {10, 11}, "app log": append(repeat(6, 42), 1, 2, 3, 4, 5, 20, 30, 31, 59, 60),
	})
	d := open(t, options(m), id, nav.Picture, 200, 36)
	shows(t, d, "to detect 10m", "to acknowledge 10m", "to mitigate 30m", "to resolve 10m", "▲ deploys", "● alerts", "× 42 in", "from app at 12:0", "┄ 19m of silence", "by source  56 events")
	d.Keys("tab")
	shows(t, d, "by kind", "of kind log at 12:0")
	d.Keys("tab")
	shows(t, d, "by service", "(none)")
	d.Keys("tab N")
	shows(t, d, "github deploy -5", "What did this change")
	d.Keys("n n")
	shows(t, d, "pager alert 1", "What did this signal say")
}

// Zooming, selecting and going to the timeline: what is selected is what the timeline shows.
func TestASelectionOfThePictureBecomesAFilter(t *testing.T) {
	m, id := lunch(t, map[string][]float64{"app log": {0, 10, 20, 30, 40, 50, 60}, "slack chat": {10}})
	d := open(t, options(m), id, nav.Timeline, 80, 24)
	d.Keys("/").Type("app").Keys("enter v")
	shows(t, d, "only with “app”", "7 events, 1 hidden")
	d.Keys("home + + + end")
	shows(t, d, "12:53:")
	d.Keys("i v" + strings.Repeat(" right", 30) + " enter")
	shows(t, d, "1 of 4", "only 12:00", "with “app”")
	d.Keys("A")
	shows(t, d, "of 8")
	d.Keys("v 0 enter")
	shows(t, d, "of 8")
}

func TestTheMouseZoomsAndSelects(t *testing.T) {
	m, id := lunch(t, map[string][]float64{"app log": {0, 10, 20, 30, 40, 50, 60}})
	o := options(m)
	o.Mouse = true
	d := open(t, o, id, nav.Picture, 80, 24)
	before := line(d, "Mon 2 Nov 2026")
	d.Send(tea.MouseWheelMsg{X: 40, Y: 12, Button: tea.MouseWheelUp})
	if after := line(d, "Mon 2 Nov 2026"); after == before || after == "" {
		t.Errorf("the wheel does not zoom: %s", after)
	}
	d.Send(tea.MouseWheelMsg{X: 40, Y: 12, Button: tea.MouseWheelDown})
	if after := line(d, "Mon 2 Nov 2026"); after != before {
		t.Errorf("the wheel does not zoom back: %s", after)
	}
	d.Send(tea.MouseClickMsg{X: 20, Y: 12, Button: tea.MouseLeft}).Send(tea.MouseMotionMsg{X: 50, Y: 12, Button: tea.MouseLeft}).Send(tea.MouseReleaseMsg{X: 50, Y: 12, Button: tea.MouseLeft})
	shows(t, d, "selected Mon 2 Nov")
	d.Send(tea.MouseClickMsg{X: 2, Y: 1, Button: tea.MouseLeft})
	shows(t, d, "▸1 Frame")
}

func line(d *uitest.Driver, with string) string {
	for _, l := range strings.Split(d.Screen(), "\n") {
		if strings.Contains(l, with) {
			return l
		}
	}
	return ""
}

// Pictures with nothing, one event, or all at one moment in them are whole at every size.
func TestThinPictures(t *testing.T) {
	for name, c := range map[string]struct {
		lines map[string][]float64
		want  string
	}{
		"nothing": {nil, "No evidence yet"}, "one event": {map[string][]float64{"app log": {3}}, "app 1"},
		"one moment": {map[string][]float64{"app log": {3, 3, 3}, "slack chat": {3}}, "app 3"},
		"far apart":  {map[string][]float64{"app log": {3, 60 * 24 * 365 * 20}}, "by source"},
	} {
		m, id := lunch(t, c.lines)
		for _, size := range [][2]int{{60, 16}, {80, 24}, {300, 80}} {
			o := options(m)
			o.Unicode = size[0] != 80
			d := open(t, o, id, nav.Picture, size[0], size[1])
			if c.want == "app 1" || c.want == "app 3" {
				d.Keys("n").Keys("home" + strings.Repeat(" right", columnsTo(d)))
			}
			check(t, d, size[0], size[1], name)
			shows(t, d, c.want)
			for _, k := range strings.Fields("+ + + + left right up down - 0 i pgup pgdown end home v right esc tab n N") {
				d.Keys(k)
				check(t, d, size[0], size[1], name+" after "+k)
			}
		}
	}
}

// columnsTo is how many columns the first bar stands after the beginning.
func columnsTo(d *uitest.Driver) int {
	l := []rune(line(d, "app "))
	for i := 20; i < len(l)-9; i++ {
		if l[i] != ' ' && l[i] != '│' && l[i] != '|' {
			from := 12
			switch {
			case len(l) >= 120:
				from = 20
			case len(l) >= 80:
				from = 15
			}
			return i - from
		}
	}
	return 0
}

// What was read before stays in sight while something else is read, and an answer that comes late is dropped.
func TestTheOldPictureStaysWhileTheNewOneIsRead(t *testing.T) {
	m, id := lunch(t, map[string][]float64{"app log": {0, 10, 20, 30, 40, 50, 60}})
	d := open(t, options(m), id, nav.Picture, 80, 24)
	_, first := d.Model.Update(uitest.Key("+"))
	if s := d.Screen(); !strings.Contains(s, "reading") || !strings.Contains(s, "app") {
		t.Errorf("the picture is gone while it is read:\n%s", s)
	}
	late := first()
	d.Keys("0")
	whole := d.Screen()
	d.Send(late)
	if d.Screen() != whole {
		t.Errorf("a late answer is shown:\n%s", d.Screen())
	}
	m.Err = errors.New("the file is damaged")
	d.Keys("+")
	shows(t, d, "could not be read", "damaged")
}

// A filter is saved, found again, renamed, deleted and brought back, from the picture as from the timeline.
func TestFiltersAreSavedAndUsed(t *testing.T) {
	m, id := lunch(t, map[string][]float64{"app log": {0, 10, 20}, "pager alert": {10, 11}})
	d := open(t, options(m), id, nav.Timeline, 80, 24)
	d.Keys("F").Type("pager").Keys("enter")
	shows(t, d, "only source pager", "of 2, 3 hidden")
	d.Keys("S").Type("Pages").Keys("enter A")
	shows(t, d, "of 5")
	d.Keys("V enter")
	shows(t, d, "only source pager", "of 2")
	d.Keys("A v V enter")
	shows(t, d, "only source pager", "2 events, 3 hidden")
	d.Keys("V ctrl+e").Type(" at lunch").Keys("enter V")
	shows(t, d, "Pages at lunch   only source pager")
	d.Keys("ctrl+d A V")
	shows(t, d, "No filter is saved yet")
	d.Keys("u V")
	shows(t, d, "Pages at lunch")
	d.Keys("esc g i V enter")
	shows(t, d, "only source pager", "pager alert 11")
	if strings.Contains(d.Screen(), "app log") {
		t.Errorf("the inbox shows what the filter hides:\n%s", d.Screen())
	}
}

// A stretch of time is typed, kept, and shown whole in the picture.
func TestAStretchOfTimeIsAFilter(t *testing.T) {
	m, id := lunch(t, map[string][]float64{"app log": {0, 10, 20, 30, 40}})
	d := open(t, options(m), id, nav.Timeline, 80, 24)
	d.Keys("T").Type("12:05-12:")
	shows(t, d, "▲")
	d.Type("30").Keys("enter")
	shows(t, d, "only 12:05 to 12:30", "of 3, 2 hidden")
	d.Keys("v")
	shows(t, d, "12:05:00 – 12:30", "only 12:05 to 12:30", "3 events")
	d.Keys("T" + strings.Repeat(" backspace", 60) + " enter")
	shows(t, d, "5 events")
}
