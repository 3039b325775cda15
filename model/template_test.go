package model

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestATemplateIsSavedFromAPlanAndUsedOnAnother(t *testing.T) {
	r := Record{
		Incident: Incident{ID: "N-01"},
		Factors:  []Factor{{ID: "F-01", Area: "code"}},
		Actions: []Action{
			{ID: "A-01", Title: "Page on a full pool", Factors: []ID{"F-01"}, Effect: "detect", Environment: "staging", Rollback: "Silence it", SuccessSignal: "one page"},
			{ID: "A-02", Title: "Page on a full disk", Rollback: "Take the rule out"},
		},
		Steps: []Step{{ID: "S-01", Action: "A-01", Do: "Fill the pool", Expect: "a page"}, {ID: "S-02", Action: "A-01", Do: "Empty it\nagain"}},
	}
	g, err := SaveTemplate(r, r.Actions[0], "T-01", " An alert\nthat pages ")
	if err != nil {
		t.Fatal(err)
	}
	saved := map[string]any{}
	for _, e := range g.Edits {
		saved[string(e.ID)+" "+e.Field] = e.Value
	}
	want := map[string]any{"T-01 name": "An alert that pages", "T-01 area": "code", "T-01 effect": "detect", "T-01 steps": "Fill the pool => a page\nEmpty it again",
		"T-01 environment": "staging", "T-01 rollback": "Silence it", "T-01 success_signal": "one page", "A-01 template": "T-01"}
	if d := cmp.Diff(want, saved); d != "" {
		t.Error(d)
	}
	n := 0
	g, filled := UseTemplate(r, r.Actions[1], Template{ID: "T-01", Steps: "Fill the pool => a page\n\nEmpty it", Environment: "staging", Rollback: "Silence it"},
		func() ID { n++; return ID(fmt.Sprint("S-1", n)) }, func(a, _ string) string { return a + "m" })
	var edits []string
	for _, e := range g.Edits {
		edits = append(edits, fmt.Sprint(e.ID, " ", e.Field, " ", e.Value))
	}
	if d := cmp.Diff([]string{"A-02 template T-01", "A-02 environment staging", "S-11 incident N-01", "S-11 action A-02", "S-11 do Fill the pool", "S-11 expect a page", "S-11 pos m",
		"S-12 incident N-01", "S-12 action A-02", "S-12 do Empty it", "S-12 pos mm"}, edits); d != "" {
		t.Error(d)
	}
	if got := strings.Join(filled, ", "); got != "steps, environment" {
		t.Error(got)
	}
	if _, filled := UseTemplate(r, r.Actions[0], Template{ID: "T-02", Steps: "x", Rollback: "y"}, nil, nil); filled != nil {
		t.Errorf("what somebody wrote was replaced: %v", filled)
	}
	for _, c := range []struct {
		action int
		name   string
	}{{0, " "}, {1, ""}} {
		if _, err := SaveTemplate(r, r.Actions[c.action], "T-01", c.name); err == nil {
			t.Errorf("%+v was saved", c)
		}
	}
	if _, err := SaveTemplate(Record{}, Action{Title: "bare"}, "T-01", "x"); err == nil || !strings.Contains(err.Error(), "is empty") {
		t.Error(err)
	}
}

func TestATemplateKeepsItsRecord(t *testing.T) {
	use := func(stage, outcome string, runs ...string) TemplateUse {
		u := TemplateUse{Template: "T-01", Action: Action{Stage: stage, Outcome: outcome}}
		u.Results = run(runs...).Results
		return u
	}
	uses := []TemplateUse{
		use(StageVerified, "", "staging failed", "staging passed"),
		use(StageVerified, "", "production failed"),
		use(StageNotEffective, "no_sign", "staging passed"),
		use(StageVerified, "worse", "staging failed", "staging passed"),
		use(StageNotEffective, "worse"),
		{Template: "T-02"},
	}
	got := TrackRecord([]Template{{ID: "T-01"}, {ID: "T-03"}}, uses)
	if got[0].Text() != "used 5 times, caught 2, missed 2" || got[1].Text() != "not used yet" {
		t.Errorf("%s; %s", got[0].Text(), got[1].Text())
	}
	r := Record{Factors: []Factor{{ID: "F-01", Area: "code"}}}
	a := Action{Factors: []ID{"F-01"}, Effect: "detect"}
	order := ""
	for _, x := range Offer(r, a, []TemplateRecord{{Template: Template{ID: "1"}}, {Template: Template{ID: "2", Area: "code"}}, {Template: Template{ID: "3", Area: "code", Effect: "detect"}}, {Template: Template{ID: "4", Effect: "limit"}}}) {
		order += string(x.ID)
	}
	if order != "3214" {
		t.Error(order)
	}
}
