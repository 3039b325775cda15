package docs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"aftermath/demo"
	"aftermath/model"
	"aftermath/ui"
	"aftermath/ui/collect"
	"aftermath/ui/desk"
	"aftermath/ui/imports"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/origin"
	"aftermath/ui/publish"
	"aftermath/ui/uitest"
)

// rooms are the places and the keys that lead to each of their modes, so that every action is met.
var rooms = []struct {
	title string
	place nav.Place
	scope string
	modes []string
}{
	{"Home", nav.Home, "home", []string{""}},
	{"1 Frame", nav.Frame, "frame", []string{""}},
	{"2 Timeline", nav.Timeline, "timeline", []string{"", "enter"}},
	{"3 Factors", nav.Factors, "factors", []string{"", "enter", "m", "c"}},
	{"4 Actions", nav.Actions, "actions", []string{"", "enter", "end", "m"}},
	{"5 Priorities", nav.Priorities, "priorities", []string{"", "v", "r"}},
	{"6 Verification", nav.Verification, "verification", []string{"", "enter"}},
	{"7 Publish", nav.Publish, "publish", []string{"", "v"}},
	{"Import", nav.Import, "import", []string{"", "esc", "x enter", "x enter enter"}},
	{"Inbox", nav.Inbox, "inbox", []string{"", "v", "z", "z enter", "z" + strings.Repeat(" X", 60)}},
	{"Collect", nav.Collect, "collect", []string{"", "c"}},
	{"Where a line comes from", nav.Origin, "origin", []string{""}},
	{"Doubts", nav.Doubts, "doubts", []string{"", "right"}},
	{"What was known then", nav.Known, "known", []string{""}},
	{"Questions", nav.Guide, "guide", []string{""}},
	{"Picture", nav.Picture, "picture", []string{"", "v"}},
	{"Search", nav.Search, "search", []string{"", "esc"}},
	{"History", nav.History, "history", []string{"", "w enter"}},
	{"Conflicts", nav.Conflicts, "conflicts", []string{""}},
	{"Presentation", nav.Present, "present", []string{""}},
	{"Everywhere", nav.Frame, "go", []string{""}},
	{"Everywhere", nav.Frame, "app", []string{""}},
}

func TestKeys(t *testing.T) {
	memory := uitest.NewMemory()
	if err := demo.Write(context.Background(), memory); err != nil {
		t.Fatal(err)
	}
	lines, _, err := memory.Incidents(context.Background(), model.IncidentQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	bare := memory.NewID(model.TypeFactor) // a condition that nothing answers offers an action of its own
	if err := memory.Apply(context.Background(), model.Gesture{}.Set(model.TypeFactor, bare, "incident", string(lines[0].ID)).Set(model.TypeFactor, bare, "statement", "bare")); err != nil {
		t.Fatal(err)
	}
	p := &page{}
	p.line("# Keys")
	p.line("")
	p.line("Everything that can be done has a name, a key, and a place in the palette (`:`); `?` lists what works where you are. The keys")
	p.line("below are the ones that it comes with: the configuration replaces them by the name in the first column. Keys that stand side")
	p.line("by side do the same; `g t` is one key after the other.")
	p.line("")
	p.line("The arrows, `j` and `k`, page up and down, home and end move. While a field is open every letter is text: `enter` saves a line,")
	p.line("`tab` a text of many lines, `esc` leaves it as a draft that waits, `ctrl-e` opens your own editor, `ctrl-z` takes typing back,")
	p.line("`ctrl-d` sets what is remarked on the wording aside, with a reason. In a list of many, space marks; while words are typed to find")
	p.line("something, space belongs to them and `tab` marks.")
	met := map[string]bool{}
	title := ""
	for _, room := range rooms {
		if room.title != title {
			title = room.title
			p.line("")
			p.line("## %s", title)
			p.line("")
			p.head("name", "keys", "what it does")
		}
		for _, a := range actionsOf(memory, lines[0].ID, room.place, room.modes) {
			scope, _, _ := strings.Cut(a.ID, ".")
			if scope != room.scope || met[a.ID] {
				continue
			}
			met[a.ID] = true
			var keys []string
			for _, k := range a.Keys {
				keys = append(keys, code(key.Name(k, true)))
			}
			p.row(code(a.ID), strings.Join(keys, " "), a.Title)
		}
	}
	p.hold(t, "keys.md")
	known := &page{}
	known.line("%s", strings.Join(slices.Sorted(maps.Keys(met)), "\n"))
	known.hold(t, "../ui/key/known.txt")
	if len(met) < 90 {
		t.Errorf("only %d actions were met; does a mode's key lead elsewhere now?", len(met))
	}
}

// actionsOf is what can be done in a place, in all of its modes.
func actionsOf(store ui.Store, id model.ID, place nav.Place, modes []string) (all []key.Action) {
	gather := func(list []key.Action) {
		for _, a := range list {
			if !slices.ContainsFunc(all, func(b key.Action) bool { return a.ID == b.ID }) {
				all = append(all, a)
			}
		}
	}
	for _, keys := range modes {
		o := options(store)
		var app *ui.App
		o.Reader = nothing{during: func() { gather(app.AllActions()) }}
		if place != nav.Home {
			o.Start = nav.Go{To: place, Incident: id}
		}
		app = ui.New(o)
		uitest.Drive(app, 120, 36).Keys(keys)
		gather(app.AllActions())
	}
	return all
}

func options(store ui.Store) ui.Options {
	noon := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	count := 0
	return ui.Options{
		Store: store, Reader: nothing{}, Writer: nothing{}, Collector: live{}, Tracer: nothing{}, Sheets: nothing{}, Theme: "dark", Unicode: true, Still: true,
		Desk: &desk.Desk{Author: "dana", Taxonomy: model.DefaultTaxonomy(), Zone: time.UTC, Required: model.DefaultRequired(), Scale: model.DefaultScale(),
			CutLine: 5, Profile: "github", Now: func() time.Time { return noon },
			NewID:   func(typ model.Type) model.ID { count++; return model.IDFrom(typ, [8]byte{7: byte(count)}) },
			Between: func(a, _ string) string { return a + "m" }},
	}
}

// live is one source that has been collected from.
type live struct{ nothing }

func (live) Sources() []collect.Source { return []collect.Source{{Name: "slack", Title: "Slack"}} }

func (nothing) Configuration() string { return "config.toml" }

func (nothing) Start(model.ID, time.Time, time.Time, []string) collect.Run { return nothing{} }

func (nothing) Under(model.ID) collect.Run { return nil }

func (nothing) Window() (from, to time.Time) { return from, to }

func (nothing) States() []collect.State {
	return []collect.State{{Source: "slack", Phase: collect.Done}}
}

func (nothing) Going() bool { return false }

func (nothing) Cancel(string) {}

func (nothing) Retry(string) {}

func (nothing) Trace(context.Context, model.ID) (origin.Trace, error) { return origin.Trace{}, nil }

func (nothing) ReadAgain(context.Context, model.ID) (model.ImportReport, error) {
	return model.ImportReport{}, nil
}

// nothing reads and writes nothing. While it imports, the screen offers what it does only then.
type nothing struct{ during func() }

func (nothing) Sources() []imports.Source { return []imports.Source{{Name: "text", Title: "Notes"}} }

func (nothing) Look(model.ID, []string, string, imports.Answers) (imports.Look, error) {
	return imports.Look{Source: "text"}, nil
}

func (nothing) Check(string, string) error { return nil }

func (n nothing) Import(context.Context, model.ID, []string, string, imports.Answers, func(int)) (model.ImportReport, error) {
	n.during()
	return model.ImportReport{Source: "text", New: 1}, nil
}

func (nothing) Profiles() []string { return []string{"github", "plain"} }

func (nothing) Audiences() []string { return []string{"engineering", "public"} }

func (nothing) Formats() []string { return []string{"markdown"} }

func (nothing) Leaks(*model.Record, string) ([]model.Leak, error) { return nil, nil }

func (nothing) Render(r *model.Record, f publish.Form) (publish.Paper, error) {
	return publish.Paper{Document: fmt.Sprintf("# %s\n\n%s\n", r.Incident.Title, f.Profile)}, nil
}

func (nothing) Sheet(*model.Record) (string, error) { return "# Before we meet\n", nil }

func (nothing) Seal(_ *model.Record, v model.Revision) (model.Revision, error) { return v, nil }
func (nothing) Save(_ *model.Record, path, _ string, _ bool) (string, error)   { return path, nil }
