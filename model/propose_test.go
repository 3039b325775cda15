package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func proposed(list []Proposal, field string) (Proposal, bool) {
	for _, p := range list {
		if p.Field == field {
			return p, true
		}
	}
	return Proposal{}, false
}

func TestProposals(t *testing.T) {
	start := instant("2026-11-02T14:00:00Z")
	r := &Record{Incident: Incident{ID: "N-0000000000000001", Severity: "sev2", Started: start, Detected: start.Add(6 * time.Minute), Mitigated: start.Add(38 * time.Minute)},
		Factors: []Factor{{ID: "F-0000000000000001", Statement: "The alert watches an average over five minutes.", Layer: LayerTechnical, Area: "tooling", Team: "Checkout"}}}
	a := Action{ID: "A-0000000000000001", Title: "Alert when p95 of checkout is above 500 ms for 2 minutes", Factors: []ID{"F-0000000000000001"}, Stage: StageProposed}
	today := instant("2026-11-05T00:00:00Z")
	list := Propose(r, a, nil, today)
	for field, want := range map[string]string{"lever": "detection_speed", "effect": "detect", "strength": "intermediate", "owner": "Checkout", "due": "2026-12-05",
		"metric": "time to detect", "direction": "falling", "baseline": "6", "target": "3", "unit": "min"} {
		if p, ok := proposed(list, field); !ok || p.Value != want {
			t.Errorf("%s is proposed as %q, want %q", field, p.Value, want)
		}
	}
	if p, _ := proposed(list, "criteria"); !strings.Contains(p.Value, "less than the 6m that it took") {
		t.Errorf("criteria: %q", p.Value)
	}
	var past []PastAction
	for i, owner := range []string{"maya", "maya", "ines", "maya"} {
		past = append(past, PastAction{Action: Action{ID: ID("A-" + strings.Repeat("1", i+1)), Owner: owner, Due: "2026-01-2" + string(rune('0'+i)), Stage: StageCommitted},
			Severity: "sev2", Started: instant("2026-01-10T00:00:00Z"), Areas: []string{"tooling"}})
	}
	past = append(past, PastAction{Action: Action{ID: "A-9", Owner: "zoe", Stage: StageIdea}, Areas: []string{"tooling"}})
	list = Propose(r, a, past, today)
	if p, _ := proposed(list, "owner"); p.Value != "maya" || p.Why != "owns 3 of 4 past actions in the same area" {
		t.Errorf("the owner is %+v", p)
	}
	if p, _ := proposed(list, "due"); p.Value != "2026-11-14" || !strings.Contains(p.Why, "the middle of 4 past actions after SEV2") {
		t.Errorf("the day is %+v", p)
	}
	a.Owner, a.Metric, a.Criteria, a.Due = "ines", "p95", "It fires.", "2026-12-01"
	for _, field := range []string{"owner", "metric", "criteria", "due", "target"} {
		if p, ok := proposed(Propose(r, a, past, today), field); ok {
			t.Errorf("what is there is proposed again: %+v", p)
		}
	}
}

// Clearer work may help anywhere in an incident: where, the room's judgement of the condition tells.
func TestWhereAnActionActsFollowsTheConditionThatItAnswers(t *testing.T) {
	for _, c := range []struct {
		without []string
		want    string
	}{
		{[]string{"prevented"}, "prevent"},
		{[]string{"sooner", "sooner"}, "detect"},
		{[]string{"prevented", "shorter"}, "recover"}, // nothing is told, so its wording counts
		{[]string{"unknown"}, "recover"},
		{nil, "recover"},
	} {
		r := &Record{}
		a := Action{ID: "A-0000000000000001", Title: "Make the prompt of each host show its name and part in colour"}
		for i, w := range c.without {
			f := Factor{ID: ID(fmt.Sprintf("F-%016d", i+1)), Without: w}
			r.Factors, a.Factors = append(r.Factors, f), append(a.Factors, f.ID)
		}
		list := Propose(r, a, nil, instant("2026-11-05T00:00:00Z"))
		if p, _ := proposed(list, "effect"); p.Value != c.want {
			t.Errorf("%q: acts on %q, want %q", c.without, p.Value, c.want)
		}
		n := 0
		for _, p := range list {
			if p.Field == "effect" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%q: %d effects are proposed", c.without, n)
		}
	}
}

// Every proposal can be typed into its field as it stands.
func TestProposalsAreValid(t *testing.T) {
	start := instant("2026-11-02T14:00:00Z")
	for _, effect := range []string{"", "prevent", "detect", "limit", "recover"} {
		r := &Record{Incident: Incident{ID: "N-0000000000000001", Started: start, Detected: start.Add(time.Minute), Mitigated: start.Add(time.Hour)},
			Factors: []Factor{{ID: "F-0000000000000001", Statement: "x"}}}
		a := Action{ID: "A-0000000000000001", Title: "Roll back at once by one command", Effect: effect, Factors: []ID{"F-0000000000000001"}}
		for _, p := range Propose(r, a, nil, start) {
			f, ok := Named(TypeAction, p.Field)
			if _, err := ParseValue(f, TypeAction, p.Value, Env{Zone: time.UTC, Taxonomy: DefaultTaxonomy()}); !ok || err != nil {
				t.Errorf("%s %q: %v", p.Field, p.Value, err)
			}
		}
	}
}
