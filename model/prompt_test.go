package model

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// guideOf is what is asked of an incident with these conditions and events.
func guideOf(r Record, events ...Event) []Asking {
	r.Incident.ID = "N-0000000000000001"
	return NewGuide(&r, events, DefaultPrompts(), time.UTC).Askings()
}

func asked(list []Asking, id string) (found []Asking) {
	for _, a := range list {
		if a.Prompt.ID == id {
			found = append(found, a)
		}
	}
	return found
}

func TestPromptsAreWellMade(t *testing.T) {
	seen := map[string]bool{}
	taxonomy := DefaultTaxonomy()
	for _, p := range DefaultPrompts() {
		if seen[p.ID] || p.ID == "" || p.Pack == "" || p.Ask == "" {
			t.Errorf("%+v is not whole, or not the only one", p)
		}
		seen[p.ID] = true
		for _, w := range p.When {
			if !KnownFact(w) {
				t.Errorf("%s waits for %q, which is no fact", p.ID, w)
			}
		}
		if p.After != "" && !seen[p.After] {
			t.Errorf("%s follows %q, which does not come before it", p.ID, p.After)
		}
		if !p.Check && !strings.HasSuffix(p.Ask, "?") {
			t.Errorf("%s asks nothing: %s", p.ID, p.Ask)
		}
		for list, v := range map[string]string{"layer": p.Layer, "area": p.Area} {
			if _, ok := taxonomy.Find(list, v); v != "" && !ok {
				t.Errorf("%s names %s, which is no %s", p.ID, v, list)
			}
		}
		// Who and why look for somebody; only what made sense may be asked for.
		if low := strings.ToLower(p.Ask); strings.HasPrefix(low, "who ") && !strings.Contains(low, "knew") && !strings.Contains(low, "owned") && !strings.Contains(low, "led") ||
			strings.Contains(low, "why did") && !strings.Contains(low, "sense") || strings.Contains(low, "should have") || strings.Contains(low, "fail to") {
			t.Errorf("%s looks for somebody: %s", p.ID, p.Ask)
		}
	}
}

func TestTheGuideFollowsTheRecord(t *testing.T) {
	bare := guideOf(Record{})
	for _, id := range []string{"conditions", "boundary", "change", "technical-empty", "human-empty", "process-empty", "human-sense"} {
		if len(asked(bare, id)) != 1 {
			t.Errorf("an empty record is not asked %s", id)
		}
	}
	for _, id := range []string{"boundary-held", "code", "deploy-back", "acted", "decision-options", "harder"} {
		if len(asked(bare, id)) != 0 {
			t.Errorf("an empty record is asked %s", id)
		}
	}
	r := Record{Factors: []Factor{
		{ID: "F-0000000000000001", Statement: "Rollback takes 20 minutes", Layer: LayerProcess, Area: "delivery"},
		{ID: "F-0000000000000002", Statement: "The on-call had four alerts an hour", Layer: LayerHuman, Without: "sooner"},
	}}
	list := guideOf(r, Event{ID: "E-0000000000000001", At: instant("2026-11-02T14:07:00Z"), Role: "decision", Actor: "@maya", Title: "rolling forward"})
	if a := asked(list, "decision-options"); len(a) != 1 || !strings.HasPrefix(a[0].Text, "14:07, maya decided: ") || a[0].Because != "the timeline has a decision" {
		t.Errorf("the decision is asked about as %+v", a)
	}
	if a := asked(list, "technical-empty"); len(a) != 1 || a[0].Because != "the technical layer is empty" {
		t.Errorf("the empty layer is asked about as %+v", a)
	}
	if len(asked(list, "process-empty"))+len(asked(list, "delivery")) != 0 || len(asked(list, "prioritisation")) != 1 || len(asked(list, "deploy-back")) != 1 {
		t.Error("the layers, areas and domains that are named are not told from those that are not")
	}
	if a := asked(list, "without"); len(a) != 2 || !a[0].Open() || a[1].Open() {
		t.Errorf("the test of each condition is asked as %+v", a)
	}
}

func TestAnAnswerIsKeptAndLeadsOn(t *testing.T) {
	r := Record{Incident: Incident{ID: "N-0000000000000001"}}
	a := asked(guideOf(r), "boundary")[0]
	at := instant("2026-11-03T10:00:00Z")
	g := a.Reply(r.Incident.ID, " The pool was shared by two services. ", "dana", at)
	r.Replies = []Reply{{ID: g.Edits[0].ID, Prompt: "boundary", Text: a.Text, Answer: "The pool was shared by two services.", By: "dana", At: at}}
	list := guideOf(r)
	i := slices.IndexFunc(list, func(a Asking) bool { return a.Prompt.ID == "boundary" })
	if list[i].Open() || list[i].By != "dana" || !list[i].At.Equal(at) || list[i+1].Prompt.ID != "boundary-held" || list[i+1].Depth != 1 {
		t.Errorf("after the answer come %+v", list[i:i+2])
	}
	for _, e := range g.Edits {
		if e.Field == "answer" && e.Value != "The pool was shared by two services." {
			t.Errorf("kept as %q", e.Value)
		}
	}
	if next, ok := Next(list, func(key string) bool { return key == "conditions " }); !ok || next.Prompt.ID != "boundary-held" {
		t.Errorf("next is %+v", next)
	}
	if g := list[i].Reply(r.Incident.ID, " ", "dana", at); len(g.Edits) != 1 || !g.Edits[0].Delete {
		t.Errorf("an empty answer gives %+v", g)
	}
	well := asked(list, "helped")[0]
	if g := well.Reply(r.Incident.ID, "The alert was quick.", "dana", at); g.Edits[0].Type != TypeIncident || g.Edits[0].Field != "went_well" {
		t.Errorf("what went well is kept as %+v", g.Edits)
	}
}

// A pack of a team that leads in a circle ends, and a prompt that was answered stays when the record moves on.
func TestTheGuideEndsAndForgetsNothing(t *testing.T) {
	r := Record{Incident: Incident{ID: "N-0000000000000001"}}
	prompts := []Prompt{{ID: "a", Pack: "P", Ask: "A?", When: []string{"not conditions"}}, {ID: "b", Pack: "P", Ask: "B?", After: "a"}, {ID: "c", Pack: "P", Ask: "C?", After: "b"}, {ID: "b", Pack: "P", Ask: "B?", After: "c"}}
	for _, id := range []string{"a", "b", "c"} {
		r.Replies = append(r.Replies, Reply{ID: ReplyID(r.Incident.ID, id, ""), Prompt: id, Answer: "yes"})
	}
	r.Factors = []Factor{{ID: "F-0000000000000001", Layer: LayerHuman}}
	if list := NewGuide(&r, nil, prompts, time.UTC).Askings(); len(list) < 3 || len(list) > 20 || list[0].Prompt.ID != "a" {
		t.Errorf("%d are asked", len(list))
	}
}
