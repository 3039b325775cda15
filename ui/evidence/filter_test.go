package evidence

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/uitest"
)

var env = model.Env{Zone: time.UTC, Day: noon, From: noon, Taxonomy: model.DefaultTaxonomy()}

// opened is the overlay that a command opens.
func opened(t *testing.T, cmd tea.Cmd) overlay.Overlay {
	t.Helper()
	show, ok := cmd().(overlay.Show)
	if !ok {
		t.Fatalf("it opens %T", cmd())
	}
	return show.Overlay
}

func press(o overlay.Overlay, keys ...string) (last tea.Cmd) {
	for _, k := range keys {
		last = o.Update(uitest.Key(k))
	}
	return last
}

// then is what an overlay does once it is closed.
func then(t *testing.T, cmd tea.Cmd) tea.Cmd {
	t.Helper()
	seq, ok := cmd().(nav.Sequence)
	if !ok || len(seq) != 2 {
		t.Fatalf("it gives %T", cmd())
	}
	return seq[1]
}

// What the list marks for a query and what is marked make the same query again.
func TestAFilterIsWhatItShows(t *testing.T) {
	q := model.EventQuery{Incident: "I-1", Text: "pool", Sources: []string{"slack", "not there any more", ""}, Kinds: []string{"alert"}, Roles: []string{"repair"},
		Actors: []string{"Ada Lovelace"}, Services: []string{"cart"}, From: noon, To: noon.Add(time.Hour), WithNoise: true, WithMerged: true, Narrative: true, Limit: Limit}
	var got model.EventQuery
	f := Filter{Hidden: []string{"noise"}, Parts: true, Env: env, Taxonomy: env.Taxonomy, Done: func(q model.EventQuery) tea.Cmd { got = q; return nil }}
	press(opened(t, f.Open(q)), "enter")
	if fmt.Sprint(got) != fmt.Sprint(q) {
		t.Errorf("%+v became %+v", q, got)
	}
}

// Each line of the list narrows by what it says, and a second time not any more.
func TestEachLineOfTheFilterNarrows(t *testing.T) {
	count := func(v string) []model.ValueCount { return []model.ValueCount{{Value: v, Count: 3}} }
	f := Filter{Counted: Counted{"source": count("slack"), "actor": count("Ada Lovelace"), "service": count("cart")}, Taxonomy: env.Taxonomy, Parts: true,
		Hidden: []string{"noise", "housekeeping", "merged"}, Env: env}
	for typed, want := range map[string]model.EventQuery{
		"slack": {Sources: []string{"slack"}}, "ada": {Actors: []string{"Ada Lovelace"}}, "cart": {Services: []string{"cart"}}, "alert": {Kinds: []string{"alert"}},
		"repair": {Roles: []string{"repair"}}, "narrative": {Narrative: true}, "inbox": {Untouched: true}, "noise": {WithNoise: true},
		"housek": {WithHousekeeping: true}, "merged": {WithMerged: true},
	} {
		var got model.EventQuery
		f.Done = func(q model.EventQuery) tea.Cmd { got = q; return nil }
		toggle := func(q model.EventQuery) {
			o := opened(t, f.Open(q))
			for _, r := range typed {
				o.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			press(o, "enter")
		}
		toggle(model.EventQuery{Incident: "I-1"})
		want.Incident = "I-1"
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q narrows to %+v", typed, got)
		}
		toggle(got)
		if Unfiltered(got) == "" {
			t.Errorf("%q does not go away: %+v", typed, got)
		}
	}
}

func TestAFilterAsksForWhatHasToBeTyped(t *testing.T) {
	var got model.EventQuery
	f := Filter{Env: env, Done: func(q model.EventQuery) tea.Cmd { got = q; return nil }}
	list := opened(t, f.Open(model.EventQuery{}))
	press(list, "space", "down", "space") // time, words
	field := opened(t, then(t, press(list, "enter")))
	for _, r := range "12:10-12:30" {
		field.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	field = opened(t, then(t, press(field, "enter")))
	for _, r := range "pool" {
		field.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	press(field, "enter")
	if !got.From.Equal(noon.Add(10*time.Minute)) || !got.To.Equal(noon.Add(30*time.Minute+1)) || got.Text != "pool" {
		t.Errorf("it became %+v", got)
	}
	if said := Only(got, env); said != "only 12:10 to 12:30, with “pool”" {
		t.Error(said)
	}
}

func TestOnlySaysWhatIsLetThrough(t *testing.T) {
	for _, c := range []struct {
		q    model.EventQuery
		want string
	}{
		{model.EventQuery{Sources: []string{"slack", "pager"}, Actors: []string{"ada"}, Services: []string{""}, WithNoise: true, WithMerged: true}, "only source slack or pager, by ada, service (none); noise and merged lines too"},
		{model.EventQuery{WithHousekeeping: true}, "housekeeping too"},
		{model.EventQuery{Narrative: true, Kinds: []string{"alert"}, Roles: []string{"repair"}}, "only the narrative, kind alert, role repair"},
		{model.EventQuery{Untouched: true, Text: "pool"}, "only the inbox, with “pool”"},
		{model.EventQuery{From: noon}, "only from 12:00"},
		{model.EventQuery{To: noon.Add(90*time.Second + 1)}, "only until 12:01:30"},
		{model.EventQuery{From: noon, To: noon.Add(24 * time.Hour)}, "only Nov 2 12:00 to Nov 3 12:00"},
	} {
		if got := Only(c.q, env); got != c.want || Unfiltered(c.q) != "" {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if Unfiltered(model.EventQuery{Incident: "I-1", Limit: 7}) == "" {
		t.Error("nothing is called a filter")
	}
}

// A saved filter is used, renamed and deleted from the list, one gesture each.
func TestSavedFilters(t *testing.T) {
	var used model.EventQuery
	d := &desk.Desk{NewID: func(model.Type) model.ID { return "Q-2" }}
	v := Views{Desk: d, Incident: "I-1", Env: env, Saved: []model.View{{ID: "Q-1", Name: "Pool", Query: `{"words":"pool"}`}, {ID: "Q-3", Name: "Broken", Query: "no"}},
		Use: func(q model.EventQuery) tea.Cmd { used = q; return nil }}
	list := func() overlay.Overlay { return opened(t, v.Open(model.EventQuery{Text: "deploy"})) }
	gesture := func(cmd tea.Cmd) model.Gesture {
		t.Helper()
		do, ok := then(t, cmd)().(nav.Do)
		if !ok {
			t.Fatal("nothing is written")
		}
		return do.Gesture
	}
	press(list(), "enter")
	if used.Text != "pool" || used.Incident != "I-1" {
		t.Errorf("it shows %+v", used)
	}
	if _, failed := then(t, press(list(), "down", "enter"))().(nav.Fail); !failed {
		t.Error("a filter that cannot be read is used")
	}
	rename := opened(t, then(t, press(list(), "ctrl+e")))
	rename.Update(tea.KeyPressMsg{Code: 's', Text: "s"})
	if g := gesture(press(rename, "enter")); len(g.Edits) != 1 || g.Edits[0].Value != "Pools" || g.Edits[0].ID != "Q-1" {
		t.Errorf("%+v", g)
	}
	if g := gesture(press(list(), "ctrl+d")); len(g.Edits) != 1 || !g.Edits[0].Delete || g.Edits[0].ID != "Q-1" {
		t.Errorf("%+v", g)
	}
	save := opened(t, then(t, press(list(), "end", "enter")))
	for _, r := range "Deploys" {
		save.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	if g := gesture(press(save, "enter")); len(g.Edits) != 3 || g.Edits[2].Value != `{"words":"deploy"}` {
		t.Errorf("%+v", g)
	}
	v.Saved = nil
	if say, ok := v.Open(model.EventQuery{})().(nav.Say); !ok || !strings.Contains(say.Text, "F narrows") {
		t.Error("an empty list says nothing")
	}
}
