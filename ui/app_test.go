package ui_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"aftermath/demo"
	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/imports"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/publish"
	"aftermath/ui/theme"
	"aftermath/ui/uitest"
)

// papers is a reader and a writer that touch no disk.
type papers struct {
	before model.ID // an import of the same records with other answers
	saved  string
	kept   error // why a file may not be written over
	secret string
}

func (p *papers) Sources() []imports.Source { return []imports.Source{{Name: "text", Title: "Notes"}} }

func (p *papers) Look(model.ID, []string, string, imports.Answers) (imports.Look, error) {
	at := time.Date(2026, 6, 2, 12, 7, 0, 0, time.UTC)
	return imports.Look{Source: "text", Why: "lines begin with a time", Samples: []imports.Sample{{Event: model.Event{At: at, Title: "p99 at 4 s", Actor: "maya", ZoneSource: "told: UTC"}, Original: "12:07 maya: p99 at 4 s"}}}, nil
}

func (p *papers) Check(string, string) error { return nil }

func (p *papers) Import(_ context.Context, _ model.ID, _ []string, _ string, a imports.Answers, _ func(int)) (model.ImportReport, error) {
	if p.before != "" && a.Replace != p.before {
		return model.ImportReport{}, &model.ReadBefore{Import: p.before, Name: "notes.txt", Told: "told: UTC"}
	}
	return model.ImportReport{Source: "text", Read: 1, New: 1}, nil
}

func (p *papers) Profiles() []string { return []string{"github", "plain"} }

func (p *papers) Audiences() []string { return []string{"executive", "engineering", "public"} }

func (p *papers) Formats() []string { return []string{"markdown", "html"} }

func (p *papers) Render(r *model.Record, f publish.Form) (publish.Paper, error) {
	doc := "# " + r.Incident.Title + "\n\nprofile " + f.Profile + "\n"
	return publish.Paper{Document: doc + f.Format, Words: doc}, nil
}

func (p *papers) Seal(r *model.Record, v model.Revision) (model.Revision, error) {
	return v.Sealed("# " + r.Incident.Title + "\n"), nil
}

func (p *papers) Leaks(r *model.Record, _ string) (leaks []model.Leak, err error) {
	for _, host := range []string{"db-prod-03", "cache-1"} {
		if !slices.ContainsFunc(r.Redactions, func(x model.Redaction) bool { return x.Text == host }) {
			leaks = append(leaks, model.Leak{Kind: model.LeakHost, Text: host, Of: r.Incident.ID, Field: "summary", Where: "“executive summary” of the incident"})
		}
	}
	if l := (model.Leak{Kind: model.LeakToken, Text: p.secret, Of: r.Incident.ID, Field: "summary", Where: "“executive summary” of the incident"}); p.secret != "" && !r.LetStand(l) {
		leaks = append(leaks, l)
	}
	return leaks, nil
}

func (p *papers) Sheet(r *model.Record) (string, error) {
	return fmt.Sprintf("# Before we meet: %s\n\n%d open\n", r.Incident.Title, len(r.OpenQuestions())), nil
}

func (p *papers) Save(_ *model.Record, path, document string, over bool) (string, error) {
	if p.kept != nil && !over {
		return "", p.kept
	}
	p.saved = document
	return path, nil
}

func options(store ui.Store) ui.Options {
	p := &papers{}
	count := uint64(1 << 20)
	noon := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	return ui.Options{
		Store: store, Reader: p, Writer: p, Collector: &sources{}, Tracer: &traces{}, Sheets: p, Theme: "dark", Unicode: true, Still: true,
		Desk: &desk.Desk{Author: "dana", Taxonomy: model.DefaultTaxonomy(), Zone: time.UTC, Required: model.DefaultRequired(), Scale: model.DefaultScale(),
			CutLine: 5, Profile: "github", Step: "frame", Prompts: model.DefaultPrompts(), Now: func() time.Time { return noon },
			NewID: func(t model.Type) model.ID {
				count++
				return model.ID(string(model.IDFrom(t, [8]byte{}))[:2] + fmt.Sprintf("%016x", count))
			},
			Between: func(a, _ string) string { return a + "m" }},
	}
}

// sample is the demo's file, and its newest incident.
func sample(t *testing.T) (*uitest.Memory, model.ID) {
	t.Helper()
	m := uitest.NewMemory()
	if err := demo.Write(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	lines, _, err := m.Incidents(context.Background(), model.IncidentQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return m, lines[0].ID
}

var places = append(slices.Clone(nav.Steps), nav.Home, nav.History, nav.Conflicts, nav.Import, nav.Present, nav.Search, nav.Inbox, nav.Collect, nav.Origin, nav.Doubts, nav.Known, nav.Picture, nav.Guide)

func open(t *testing.T, o ui.Options, id model.ID, p nav.Place, w, h int) *uitest.Driver {
	t.Helper()
	if p != nav.Home {
		o.Start = nav.Go{To: p, Incident: id}
	}
	return uitest.Drive(ui.New(o), w, h)
}

// check holds a screen against its size: exactly h lines, none wider than w.
func check(t *testing.T, d *uitest.Driver, w, h int, what string) {
	t.Helper()
	lines := strings.Split(d.Styled(), "\n")
	if len(lines) != h {
		t.Errorf("%s: %d lines on a screen of %d\n%s", what, len(lines), h, d.Screen())
	}
	for i, l := range lines {
		if got := ansi.StringWidth(l); got > w {
			t.Errorf("%s: line %d is %d cells wide on a screen of %d: %q", what, i, got, w, ansi.Strip(l))
		}
	}
}

func TestEveryScreenFitsEverySize(t *testing.T) {
	m, id := sample(t)
	for _, size := range [][2]int{{60, 16}, {80, 24}, {100, 30}, {120, 36}, {200, 60}, {300, 80}} {
		for _, look := range theme.Names {
			o := options(m)
			o.Theme, o.Unicode = look, look != "mono"
			for _, p := range places {
				d := open(t, o, id, p, size[0], size[1])
				check(t, d, size[0], size[1], fmt.Sprintf("%s %dx%d %s", p, size[0], size[1], look))
				if look == "dark" {
					d.Keys("? esc g")
					check(t, d, size[0], size[1], fmt.Sprintf("%s %dx%d after g", p, size[0], size[1]))
				}
			}
		}
	}
}

func TestATerminalThatIsTooSmallSaysSo(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Timeline, 20, 5)
	check(t, d, 20, 5, "too small")
	if !strings.Contains(d.Screen(), "60 x 16") {
		t.Errorf("it does not say what it needs:\n%s", d.Screen())
	}
	d.Send(tea.WindowSizeMsg{Width: 80, Height: 24})
	check(t, d, 80, 24, "made larger")
}

func TestScreens(t *testing.T) {
	m, id := sample(t)
	for _, p := range places {
		for _, size := range [][2]int{{80, 24}, {120, 36}} {
			d := open(t, options(m), id, p, size[0], size[1])
			uitest.Golden(t, fmt.Sprintf("%s-%dx%d", p, size[0], size[1]), d.Screen())
		}
	}
}

func TestEmptyScreensSayWhatToDo(t *testing.T) {
	m := uitest.NewMemory()
	d := open(t, options(m), "", nav.Home, 80, 24)
	uitest.Golden(t, "empty-home", d.Screen())
	d.Keys("n").Type("Checkout slow").Keys("enter")
	for i, p := range nav.Steps {
		d.Keys(fmt.Sprint(i + 1))
		uitest.Golden(t, "empty-"+string(p), d.Screen())
	}
}

func TestErrorsAreShownOnTheScreen(t *testing.T) {
	m, id := sample(t)
	m.Err = errors.New("the file is damaged at page 7; run aftermath doctor")
	for _, p := range places {
		d := open(t, options(m), id, p, 80, 24)
		check(t, d, 80, 24, string(p))
		if !slices.Contains([]nav.Place{nav.Import, nav.Search, nav.Collect, nav.Origin}, p) && !strings.Contains(d.Screen(), "damaged") {
			t.Errorf("%s hides the error:\n%s", p, d.Screen())
		}
	}
}

// never are keys that multiplexers, shells and terminals take for themselves.
var never = []string{"ctrl+a", "ctrl+b", "ctrl+g", "ctrl+p", "ctrl+s", "ctrl+q", "ctrl+o", "ctrl+j", "[", "]", "ctrl+i", "ctrl+m", "shift+enter"}

func TestNoTwoActionsShareAKey(t *testing.T) {
	m, id := sample(t)
	for _, p := range places {
		app := ui.New(options(m))
		app.Start = nav.Go{To: p, Incident: id}
		d := uitest.Drive(app, 120, 36)
		_ = d
		own := map[string]string{}
		screenKeys := 0
		for _, a := range app.AllActions() {
			if a.ID == "" || a.Title == "" || a.Do == nil {
				t.Errorf("%s: %+v is not complete", p, a)
			}
			for _, k := range a.Keys {
				if slices.Contains(never, k) || strings.HasPrefix(k, "alt+") {
					t.Errorf("%s: %s is bound to %s, which belongs to others", p, a.ID, k)
				}
				scope := strings.SplitN(a.ID, ".", 2)[0]
				shared := scope == "app" || scope == "go"
				if before, taken := own[k]; taken && !shared {
					t.Errorf("%s: %s is bound to %s and to %s", p, k, before, a.ID)
				}
				if !shared {
					screenKeys++
				}
				own[k] = a.ID
			}
		}
		if screenKeys == 0 {
			t.Errorf("%s offers nothing", p)
		}
	}
}

var typed = strings.Fields("up down left right home end pgup pgdown enter esc tab shift+tab backspace space a b c d e f h i j k l m n o r s t u v w x y z A B F I J R S U X 1 2 3 4 5 6 7 ? : / g p ctrl+r ctrl+z ctrl+w ctrl+k ctrl+u")

// A night is long: go test ./ui -run RandomKeys -cat.keys 1000000 -cat.seed 7
var (
	catKeys = flag.Int("cat.keys", 4000, "how many random keys are pressed")
	catSeed = flag.Int64("cat.seed", 20260602, "the seed of the random keys")
)

var pasted = []string{"14:02 hello", "one\ntwo\nthree", "e\u0301\u0301 \u0e02\u0e35 👨\u200d👩\u200d👧", "\u202e\x1b[2J", strings.Repeat("界", 200)}

// TestRandomKeys presses keys like a cat on the keyboard: nothing may panic or break the frame, and undo
// takes all of it back.
func TestRandomKeys(t *testing.T) {
	m, id := sample(t)
	m.Mark()
	before := m.State()
	r := rand.New(rand.NewSource(*catSeed))
	d := open(t, options(m), id, nav.Frame, 80, 24)
	w, h := 80, 24
	for n := range *catKeys {
		k := typed[r.Intn(len(typed))]
		if r.Intn(3) == 0 {
			d.Ahead(k)
		} else {
			d.Keys(k)
		}
		d.Quit = false
		switch r.Intn(40) {
		case 0:
			w, h = 1+r.Intn(300), 1+r.Intn(80)
			d.Send(tea.WindowSizeMsg{Width: w, Height: h})
		case 1:
			w, h = 80, 24 // most keys act on something
			d.Send(tea.WindowSizeMsg{Width: w, Height: h})
		case 2:
			d.Send(tea.PasteMsg{Content: pasted[r.Intn(len(pasted))]})
		case 3:
			d.Send(tea.MouseClickMsg{X: r.Intn(w), Y: r.Intn(h), Button: tea.MouseLeft})
		case 4:
			d.Send(tea.MouseWheelMsg{X: r.Intn(w), Y: r.Intn(h), Button: tea.MouseWheelDown})
		}
		if n%20 == 0 || w < 60 {
			check(t, d, w, h, fmt.Sprintf("key %d (%s)", n, k))
			if t.Failed() {
				return
			}
		}
	}
	if m.State() == before {
		t.Fatal("the keys changed nothing, so this test shows nothing")
	}
	for {
		u, err := m.Undo(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if u.None {
			break
		}
	}
	if after := m.State(); after != before {
		t.Errorf("undo did not restore the first state")
	}
}

func TestTypingNeverTriggersAnAction(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Timeline, 80, 24)
	before := m.State()
	d.Keys("a").Type("quit undo x J 1234567 ?:")
	if d.Quit || m.State() != before {
		t.Error("letters in a field did something")
	}
	d.Keys("esc")
	if text, ok := m.Draft(string(id) + ".capture"); !ok || !strings.Contains(text, "1234567") {
		t.Errorf("esc lost the draft: %q", text)
	}
	d.Keys("a")
	if !strings.Contains(d.Screen(), "quit undo x J") {
		t.Errorf("the draft did not come back:\n%s", d.Screen())
	}
}

func TestOneLineBecomesAnEvent(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Timeline, 120, 36)
	d.Keys("a").Type("14:07:11 @maya deploy: rolled forward to v213").Keys("enter")
	page, err := m.Events(context.Background(), model.EventQuery{Incident: id, Text: "rolled forward to v213", Limit: 10})
	if err != nil || len(page.Events) != 1 {
		t.Fatalf("%d events, %v\n%s", len(page.Events), err, d.Screen())
	}
	e := page.Events[0]
	if e.Actor != "maya" || e.Kind != "deploy" || e.At.UTC().Format("15:04:05") != "12:07:11" { // the sample is in Europe/Berlin
		t.Errorf("it became %+v", e)
	}
	if !strings.Contains(d.Screen(), "rolled forward to v213") {
		t.Errorf("it is not on the screen:\n%s", d.Screen())
	}
	d.Keys("u")
	if page, _ := m.Events(context.Background(), model.EventQuery{Incident: id, Text: "rolled forward to v213"}); len(page.Events) != 0 {
		t.Error("u did not take it back")
	}
}

// Keys typed quickly are answered in their order, though Bubble Tea runs commands side by side: what a key
// asks of the root is carried out before Update returns.
func TestQuickKeysKeepTheirOrder(t *testing.T) {
	m, id := sample(t)
	app := ui.New(options(m))
	app.Start = nav.Go{To: nav.Frame, Incident: id}
	d := uitest.Drive(app, 80, 24)
	d.Ahead("6 7 2 a x")
	if !strings.Contains(d.Screen(), "▸2 Timeline") || !strings.Contains(d.Screen(), "Add a line") || !strings.Contains(d.Screen(), "│ x") {
		t.Errorf("the keys were answered in another order:\n%s", d.Screen())
	}
}

func TestHostileTextStaysOutOfTheTerminal(t *testing.T) {
	m := uitest.NewMemory()
	id := m.NewID(model.TypeIncident)
	evil := "\x1b[2J\x1b]0;x\x07 evil \u202Etxet \u009b31m \x00 " + strings.Repeat("界", 40)
	g := model.Gesture{}.Set(model.TypeIncident, id, "title", evil).Set(model.TypeIncident, id, "impact", evil+"\n"+evil).Set(model.TypeIncident, id, "started", "2026-06-02T12:00:00Z")
	for _, typ := range []model.Type{model.TypeEvent, model.TypeFactor, model.TypeAction, model.TypeParticipant} {
		x := m.NewID(typ)
		g = g.Set(typ, x, "incident", string(id))
		for _, f := range model.Schema[typ] {
			switch f.Kind {
			case model.Line, model.Text, model.Choice:
				g = g.Set(typ, x, f.Name, evil)
			case model.Time:
				g = g.Set(typ, x, f.Name, "2026-06-02T12:00:00Z")
			}
		}
	}
	if err := m.Apply(context.Background(), g); err != nil {
		t.Fatal(err)
	}
	for _, p := range places {
		for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
			d := open(t, options(m), id, p, size[0], size[1])
			check(t, d, size[0], size[1], string(p))
			for _, bad := range []string{"\x1b[2J", "\x1b]0;", "\u202e", "\u009b", "\x00", "\x07"} {
				if strings.Contains(d.Styled(), bad) {
					t.Errorf("%s lets %q through", p, bad)
				}
			}
		}
	}
}

// No two things that can be done in one place have the same key.
func TestKeysDoNotClash(t *testing.T) {
	m, id := sample(t)
	for _, p := range places {
		d := open(t, options(m), id, p, 120, 36)
		first := map[string]string{}
		for _, a := range d.Model.(*ui.App).AllActions() {
			for _, k := range a.Keys {
				if was := first[k]; was != "" && !strings.HasPrefix(a.ID, "app.") && !strings.HasPrefix(a.ID, "go.") || was != "" && strings.Contains(k, " ") {
					t.Errorf("%s: %q is the key of %s and of %s", p, k, was, a.ID)
				}
				first[k] = a.ID
			}
		}
	}
}

func TestOverridesOfTheConfigurationHold(t *testing.T) {
	m, id := sample(t)
	o := options(m)
	o.Keys = key.Overrides{"timeline.add_event": {"+"}}
	d := open(t, o, id, nav.Timeline, 80, 24)
	d.Keys("+")
	if !strings.Contains(d.Screen(), "Add a line") {
		t.Errorf("the override does nothing:\n%s", d.Screen())
	}
}

func BenchmarkTimelineView(b *testing.B) {
	m := uitest.NewMemory()
	if err := demo.Write(context.Background(), m); err != nil {
		b.Fatal(err)
	}
	lines, _, _ := m.Incidents(context.Background(), model.IncidentQuery{Limit: 1})
	o := options(m)
	o.Start = nav.Go{To: nav.Timeline, Incident: lines[0].ID}
	d := uitest.Drive(ui.New(o), 120, 40)
	b.ReportAllocs()
	for b.Loop() {
		if cell.Width(d.Styled()) == 0 {
			b.Fatal("nothing was drawn")
		}
	}
}

// counting is a file that counts how often a stretch of the timeline is read.
type counting struct {
	*uitest.Memory
	reads int
}

func (c *counting) Events(ctx context.Context, q model.EventQuery) (model.EventPage, error) {
	c.reads++
	return c.Memory.Events(ctx, q)
}

// Coming back to a step reads nothing and finds it as it was left, until something has changed.
func TestAStepIsFoundAsItWasLeft(t *testing.T) {
	m, id := sample(t)
	c := &counting{Memory: m}
	d := open(t, options(c), id, nav.Timeline, 120, 36)
	d.Keys("1 3 2 down down down")
	left, reads := d.Screen(), c.reads
	d.Keys("1 3 2")
	if c.reads != reads || d.Screen() != left {
		t.Errorf("%d reads, and the step looks otherwise:\n%s\n%s", c.reads-reads, left, d.Screen())
	}
	d.Keys("1 n")
	d.Keys("esc 3 a").Type("technical: no limit on retries").Keys("enter 2")
	if c.reads == reads {
		t.Error("a change is not looked at")
	}
}
