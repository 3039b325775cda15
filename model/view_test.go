package model

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// What is saved of a filter is the filter: it comes back the same, and is written the same way again.
func TestViewsComeBackAsTheyWereSaved(t *testing.T) {
	words := rapid.SliceOfNDistinct(rapid.String(), 0, 4, rapid.ID[string])
	at := rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, "open") {
			return time.Time{}
		}
		return time.Unix(0, rapid.Int64().Draw(t, "ns")).In(time.FixedZone("", rapid.IntRange(-43200, 50400).Draw(t, "offset")))
	})
	rapid.Check(t, func(t *rapid.T) {
		q := EventQuery{Incident: "I-1", Sources: words.Draw(t, "sources"), Kinds: words.Draw(t, "kinds"), Roles: words.Draw(t, "roles"), Actors: words.Draw(t, "actors"),
			Services: words.Draw(t, "services"), Text: rapid.String().Draw(t, "words"), From: at.Draw(t, "from"), To: at.Draw(t, "to"),
			Narrative: rapid.Bool().Draw(t, "narrative"), Untouched: rapid.Bool().Draw(t, "inbox"), WithNoise: rapid.Bool().Draw(t, "noise"),
			WithHousekeeping: rapid.Bool().Draw(t, "housekeeping"), WithMerged: rapid.Bool().Draw(t, "merged")}
		saved := ViewOf(q).Format()
		v, err := ParseView(saved)
		if err != nil || v.Format() != saved {
			t.Fatalf("%s came back as %s, %v", saved, v.Format(), err)
		}
		back := v.Query("I-1")
		for _, pair := range [][2][]string{{q.Sources, back.Sources}, {q.Kinds, back.Kinds}, {q.Roles, back.Roles}, {q.Actors, back.Actors}, {q.Services, back.Services}} {
			if !sameMembers(pair[0], pair[1]) {
				t.Fatalf("%q came back as %q", pair[0], pair[1])
			}
		}
		if !back.From.Equal(q.From) || !back.To.Equal(q.To) {
			t.Fatalf("%s to %s came back as %s to %s", q.From, q.To, back.From, back.To)
		}
		for _, p := range []*EventQuery{&q, &back} {
			p.Sources, p.Kinds, p.Roles, p.Actors, p.Services, p.From, p.To = nil, nil, nil, nil, nil, time.Time{}, time.Time{}
		}
		if !reflect.DeepEqual(q, back) {
			t.Fatalf("%+v came back as %+v", q, back)
		}
	})
}

func sameMembers(a, b []string) bool {
	set := map[string]int{}
	for _, x := range a {
		set[x]++
	}
	for _, x := range b {
		set[x]--
	}
	for _, n := range set {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestParseViewRefusesWhatIsNoView(t *testing.T) {
	for _, text := range []string{"", "[]", "pool", `{"sources":1}`, `{"from":"noon"}`} {
		if v, err := ParseView(text); err == nil {
			t.Errorf("%q became %+v", text, v)
		}
	}
	if v, err := ParseView(`{"words":"pool","colour":["red"]}`); err != nil || v.Words != "pool" {
		t.Errorf("a newer view became %+v, %v", v, err)
	}
}

func TestSavingUnderAKnownNameChangesThatView(t *testing.T) {
	views := []View{{ID: "Q-1", Name: "Pool"}}
	q := EventQuery{Text: "pool"}
	if g := SaveView("I-1", views, "Q-2", " pool ", q); len(g.Edits) != 1 || g.Edits[0].ID != "Q-1" || g.Edits[0].Value != `{"words":"pool"}` {
		t.Errorf("%+v", g)
	}
	if g := SaveView("I-1", views, "Q-2", " deploys ", q); len(g.Edits) != 3 || g.Edits[0].ID != "Q-2" || g.Edits[1].Value != "deploys" {
		t.Errorf("%+v", g)
	}
}
