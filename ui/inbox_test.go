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
	"aftermath/ui"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

var two = time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)

// said is a line that a source brings, some seconds after two.
func said(second int, source, actor, title string) model.Event {
	return model.Event{At: two.Add(time.Duration(second) * time.Second), Source: source, Actor: actor, Kind: "log", Title: title, ExternalID: fmt.Sprint(second, title)}
}

// brought is a file with one incident and what an import brought to it.
func brought(t *testing.T, events ...model.Event) (*uitest.Memory, model.ID) {
	t.Helper()
	m := uitest.NewMemory()
	id := m.NewID(model.TypeIncident)
	err := m.Apply(context.Background(), model.Gesture{}.Set(model.TypeIncident, id, "title", "Checkout slow").Set(model.TypeIncident, id, "started", model.FormatTime(two)))
	if err == nil {
		_, err = m.Import(context.Background(), id, func(yield func(*model.Event) error) (model.Reading, error) {
			for i := range events {
				if err := yield(&events[i]); err != nil {
					return model.Reading{}, err
				}
			}
			return model.Reading{}, nil
		}, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	m.Mark()
	return m, id
}

// evening is a small inbox: two people, a bot, a health check, and a channel join.
func evening(t *testing.T) (*uitest.Memory, model.ID) {
	list := []model.Event{
		said(0, "github", "deploy-bot", "v213 is in production"),
		said(30, "lb", "", "GET /health 200 in 31 ms"),
		said(60, "slack", "grace", "checkout is slow for me"),
		said(90, "lb", "", "GET /health 200 in 47 ms"),
		said(120, "slack", "ada", "looks like the pool"),
		said(150, "lb", "", "GET /health 200 in 29 ms"),
		said(180, "github", "deploy-bot", "build 7 passed"),
		said(240, "slack", "ada", "rolling back to v212"),
	}
	join := said(20, "slack", "grace", "joined the channel")
	join.Housekeeping = true
	return brought(t, append(list, join)...)
}

func inbox(t *testing.T, m ui.Store, id model.ID, w, h int) *uitest.Driver {
	return open(t, options(m), id, nav.Inbox, w, h)
}

// event is the event with a title.
func event(t *testing.T, m *uitest.Memory, id model.ID, title string) model.Event {
	t.Helper()
	page, err := m.Events(context.Background(), model.EventQuery{Incident: id, WithNoise: true, WithHousekeeping: true, WithMerged: true, Limit: 5000})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range page.Events {
		if e.Title == title {
			return e
		}
	}
	t.Fatalf("there is no event %q", title)
	return model.Event{}
}

// cursor is the row that is selected.
func cursor(d *uitest.Driver) string {
	for _, l := range strings.Split(d.Screen(), "\n") {
		if strings.HasPrefix(l, "▌") {
			return l
		}
	}
	return ""
}

func shows(t *testing.T, d *uitest.Driver, texts ...string) {
	t.Helper()
	for _, s := range texts {
		if !strings.Contains(d.Screen(), s) {
			t.Errorf("the screen does not show %q:\n%s", s, d.Screen())
		}
	}
}

// on holds the cursor to a row.
func on(t *testing.T, d *uitest.Driver, text string) {
	t.Helper()
	if !strings.Contains(cursor(d), text) {
		t.Fatalf("the cursor is on %q, want %q\n%s", cursor(d), text, d.Screen())
	}
}

func TestOneKeyDecidesAndGoesOn(t *testing.T) {
	for _, c := range []struct {
		key  string
		want func(e model.Event) bool
	}{
		{"t", func(e model.Event) bool { return e.Role == "trigger" }},
		{"n", func(e model.Event) bool { return e.Role == "detection" }},
		{"a", func(e model.Event) bool { return e.Role == "diagnosis" }},
		{"c", func(e model.Event) bool { return e.Role == "decision" }},
		{"r", func(e model.Event) bool { return e.Role == "repair" }},
		{"o", func(e model.Event) bool { return e.Role == "communication" }},
		{"y", func(e model.Event) bool { return e.Role == "recovery" }},
		{"R enter", func(e model.Event) bool { return e.Role == "trigger" }},
		{"enter", func(e model.Event) bool { return e.Kept && e.Role == "" }},
		{"x", func(e model.Event) bool { return e.Noise }},
	} {
		m, id := evening(t)
		before := m.State()
		d := inbox(t, m, id, 120, 36)
		on(t, d, "v213 is in production")
		d.Keys(c.key)
		if e := event(t, m, id, "v213 is in production"); !c.want(e) || e.Untouched {
			t.Errorf("%s made it %+v", c.key, e)
		}
		on(t, d, "GET /health 200 in 31 ms")
		shows(t, d, "7 left")
		d.Keys("u")
		on(t, d, "v213 is in production")
		shows(t, d, "8 left")
		if m.State() != before {
			t.Errorf("u after %s does not restore the file", c.key)
		}
	}
}

func TestNotesStayInHandUntilTheCursorGoesOn(t *testing.T) {
	m, id := evening(t)
	d := inbox(t, m, id, 120, 36)
	d.Keys("j j s").Type("p99 at 4 s").Keys("tab b").Type("the CDN").Keys("tab")
	on(t, d, "checkout is slow for me")
	shows(t, d, "✓ kept", "p99 at 4 s", "7 left", "1 kept")
	d.Keys("m").Type("Detected").Keys("enter")
	on(t, d, "checkout is slow for me")
	d.Keys("n")
	on(t, d, "GET /health 200 in 47 ms")
	e := event(t, m, id, "checkout is slow for me")
	if e.Signals != "p99 at 4 s" || e.Belief != "the CDN" || e.Moment != "detected" || e.Role != "detection" {
		t.Errorf("it became %+v", e)
	}
	r, _ := m.Record(context.Background(), id)
	if !r.Incident.Detected.Equal(e.At) {
		t.Errorf("the incident was detected at %s", r.Incident.Detected)
	}
	d.Keys("e").Type(", again").Keys("enter j k")
	if strings.Contains(d.Screen(), "47 ms, again") {
		t.Errorf("a line that was edited stays after the cursor has left it:\n%s", d.Screen())
	}
	if e := event(t, m, id, "GET /health 200 in 47 ms, again"); e.Untouched {
		t.Errorf("it became %+v", e)
	}
}

func TestMergePutsALineUnderTheNarrativeAboveIt(t *testing.T) {
	m, id := evening(t)
	d := inbox(t, m, id, 120, 36)
	d.Keys("J") // nothing is above it yet
	if event(t, m, id, "v213 is in production").MergedInto != "" {
		t.Fatal("it was merged into nothing")
	}
	d.Keys("t x J")
	into := event(t, m, id, "v213 is in production")
	if e := event(t, m, id, "checkout is slow for me"); e.MergedInto != into.ID || into.Merged != 1 {
		t.Errorf("it is merged into %q", e.MergedInto)
	}
	shows(t, d, "Merged into 14:00 v213 is in production", "1 kept · 1 merged · 1 dismissed", "line above")
}

func TestASelectionIsDecidedAtOnce(t *testing.T) {
	for _, keys := range []string{"x", "n", "enter", "X"} {
		m, id := evening(t)
		d := inbox(t, m, id, 120, 36)
		before := m.State()
		d.Keys("j v j j")
		shows(t, d, "3 selected, 14:00 to 14:01", "What do these 3 lines tell")
		d.Keys(keys)
		if keys == "X" { // the health checks go with all others like them, the person's line with none
			shows(t, d, "4 left", "4 dismissed")
			on(t, d, "looks like the pool")
		} else {
			shows(t, d, "5 left")
			on(t, d, "looks like the pool")
		}
		d.Keys("u")
		shows(t, d, "8 left")
		if m.State() != before {
			t.Errorf("one u does not take %s back", keys)
		}
	}
	m, id := evening(t)
	d := inbox(t, m, id, 120, 36)
	before := m.State()
	d.Keys("v j s")
	shows(t, d, "it is said of one line")
	d.Keys("end esc")
	if m.State() != before || strings.Contains(d.Screen(), "selected") {
		t.Errorf("esc does not end the selection:\n%s", d.Screen())
	}
	on(t, d, "rolling back to v212")
}

func TestAllLikeThisGoAtOnceAndComeBack(t *testing.T) {
	m, id := evening(t)
	before := m.State()
	d := inbox(t, m, id, 120, 36)
	d.Keys("j x")
	shows(t, d, "X dismisses all 2 like this", "X all 2 like it")
	on(t, d, "checkout is slow for me")
	d.Keys("X")
	shows(t, d, "5 left", "3 dismissed")
	on(t, d, "checkout is slow for me")
	if strings.Contains(d.Screen(), "GET /health 200 in 47") {
		t.Errorf("lines like it are still there:\n%s", d.Screen())
	}
	d.Keys("S")
	shows(t, d, "2      lb  like “GET /health 200 in 31 ms”")
	d.Keys("enter")
	shows(t, d, "7 left", "2 lines are back in the inbox.")
	d.Keys("u u u")
	shows(t, d, "8 left")
	if m.State() != before {
		t.Error("undo does not restore the file")
	}
	d.Keys("home x")
	shows(t, d, "B all 1 of deploy-bot")
	d.Keys("B")
	shows(t, d, "6 left")
	r, _ := m.Record(context.Background(), id)
	if len(r.Sweeps) != 1 || r.Sweeps[0].Actor != "deploy-bot" || r.Sweeps[0].Shape != "" {
		t.Errorf("the sweeps: %+v", r.Sweeps)
	}
	d.Keys("end B")
	if r, _ = m.Record(context.Background(), id); len(r.Sweeps) != 2 || r.Sweeps[1].Actor != "ada" {
		t.Errorf("the sweeps: %+v", r.Sweeps)
	}
}

func TestGroupsAreDecidedAtOnce(t *testing.T) {
	var list []model.Event
	for i := range 300 {
		list = append(list, said(10*i, "lb", "", fmt.Sprintf("GET /health 200 in %d ms", i)))
		if i < 150 {
			list = append(list, said(10*i+5, "app", "", fmt.Sprintf("pool exhausted, %d waiting", i)))
		}
	}
	list = append(list, said(7, "slack", "grace", "checkout is slow"))
	m, id := brought(t, list...)
	before := m.State()
	d := inbox(t, m, id, 120, 36)
	d.Keys("z")
	on(t, d, "×300  lb")
	shows(t, d, "What do these 300 lines tell", "GET /health # in # ms", "keep one for all")
	for _, c := range []struct {
		name, keys         string
		left, narrative    int
		sweeps, underFirst int
	}{
		{"swept", "x", 151, 0, 1, 0},
		{"one for all of a large group", "J", 151, 1, 1, 0},
		{"one for all of a small group", "j n", 301, 1, 0, 149},
		{"a line that is alone", "end x", 450, 0, 0, 0},
		{"inside", "enter x x esc", 449, 0, 0, 0},
	} {
		d.Keys(c.keys)
		r, _ := m.Record(context.Background(), id)
		told, _ := m.Events(context.Background(), model.EventQuery{Incident: id, Narrative: true})
		if r.Inbox != c.left || told.Total != c.narrative || len(r.Sweeps) != c.sweeps {
			t.Errorf("%s: %d left, %d told, %d sweeps\n%s", c.name, r.Inbox, told.Total, len(r.Sweeps), d.Screen())
		}
		if c.underFirst > 0 && (told.Events[0].Merged != c.underFirst || told.Events[0].Role != "detection" || told.Events[0].Title != "pool exhausted, 0 waiting") {
			t.Errorf("%s: %+v", c.name, told.Events)
		}
		shows(t, d, fmt.Sprintf("%d left", c.left))
		for range strings.Count(c.keys, "x") + strings.Count(c.keys, "J") + strings.Count(c.keys, "n ") + strings.Count(c.keys, "j n") {
			d.Keys("u")
		}
		if m.State() != before {
			t.Fatalf("%s: u does not restore the file", c.name)
		}
		d.Keys("home")
		on(t, d, "×300  lb")
	}
}

func TestFiltersAndHousekeeping(t *testing.T) {
	m, id := evening(t)
	d := inbox(t, m, id, 120, 36)
	shows(t, d, "housekeeping 1, hidden")
	d.Keys("h")
	shows(t, d, "housekeeping 1, shown", "joined the channel", "housekeeping too")
	d.Keys("j enter")
	if e := event(t, m, id, "joined the channel"); e.Housekeeping || !e.Kept {
		t.Errorf("what is kept is no housekeeping: %+v", e)
	}
	shows(t, d, "8 left · 1 kept")
	d.Keys("u A F").Type("slack").Keys("enter")
	shows(t, d, "only source slack", "rolling back")
	if strings.Contains(d.Screen(), "GET /health") {
		t.Errorf("the filter lets too much through:\n%s", d.Screen())
	}
	d.Keys("A /").Type("pool").Keys("enter")
	on(t, d, "looks like the pool")
	d.Keys("x")
	shows(t, d, "Nothing matches the filter", "7 left")
	d.Keys("A")
	on(t, d, "v213 is in production")
}

// Keys typed faster than the file can be written are answered at once and written in their order.
func TestDecisionsAreShownBeforeTheyAreWritten(t *testing.T) {
	m, id := evening(t)
	o := options(m)
	o.Start = nav.Go{To: nav.Inbox, Incident: id}
	app := ui.New(o)
	d := uitest.Drive(app, 120, 36)
	before := m.State()
	var later []tea.Cmd
	for _, k := range []string{"t", "x", "J", "v", "j", "enter"} {
		_, cmd := app.Update(uitest.Key(k))
		later = append(later, cmd)
	}
	if m.State() != before {
		t.Fatal("something was written before its command ran")
	}
	shows(t, d, "3 left", "3 kept · 1 merged · 1 dismissed")
	on(t, d, "GET /health 200 in 29 ms")
	_, undo := app.Update(uitest.Key("u")) // of the selection, though it is not written yet
	for _, cmd := range append([]tea.Cmd{undo}, later...) {
		if cmd != nil {
			d.Send(cmd())
		}
	}
	shows(t, d, "5 left", "1 kept · 1 merged · 1 dismissed")
	on(t, d, "GET /health 200 in 47 ms")
	if e := event(t, m, id, "checkout is slow for me"); e.MergedInto != event(t, m, id, "v213 is in production").ID {
		t.Errorf("it became %+v", e)
	}
}

// What was decided while the file was being read does not come back with what was read.
func TestAReadingThatIsBehindBringsNothingBack(t *testing.T) {
	m, id := evening(t)
	o := options(m)
	o.Start = nav.Go{To: nav.Inbox, Incident: id}
	app := ui.New(o)
	d := uitest.Drive(app, 120, 36)
	_, write := app.Update(uitest.Key("t"))
	_, read := app.Update(write())
	_, write = app.Update(uitest.Key("x"))
	d.Send(read())
	on(t, d, "checkout is slow for me")
	shows(t, d, "6 left · 1 kept · 1 dismissed")
	if strings.Contains(d.Screen(), "31 ms    ") {
		t.Errorf("a line that was dismissed is back:\n%s", d.Screen())
	}
	d.Send(write())
	on(t, d, "checkout is slow for me")
	shows(t, d, "6 left · 1 kept · 1 dismissed")
}

// full is a file on a disk that takes nothing more.
type full struct{ *uitest.Memory }

func (full) Apply(context.Context, model.Gesture) error { return errors.New("the disk is full") }

func TestWhatCannotBeWrittenComesBack(t *testing.T) {
	m, id := evening(t)
	for _, keys := range []string{"x", "X", "v j j enter", "z X", "z J"} {
		d := inbox(t, full{m}, id, 120, 36)
		d.Keys(keys)
		shows(t, d, "the disk is full")
		d.Send(nav.Changed{}).Keys("esc")
		shows(t, d, "8 left")
	}
}

func TestEmptyInboxes(t *testing.T) {
	m, id := brought(t)
	d := inbox(t, m, id, 80, 24)
	uitest.Golden(t, "empty-inbox", d.Screen())
	m, id = evening(t)
	d = inbox(t, m, id, 80, 24)
	d.Keys("t v j j j j x enter enter")
	uitest.Golden(t, "inbox-done", d.Screen())
	d.Keys("enter")
	shows(t, d, "▸2 Timeline")
}

func TestInboxModes(t *testing.T) {
	for name, keys := range map[string]string{"offer": "j x", "selection": "j v j j", "groups": "z", "inside": "z enter", "keys": "?"} {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			m, id := evening(t)
			d := inbox(t, m, id, size[0], size[1])
			d.Keys(keys)
			check(t, d, size[0], size[1], name)
			uitest.Golden(t, fmt.Sprintf("inbox-%s-%dx%d", name, size[0], size[1]), d.Screen())
		}
	}
}
