package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// run adds results to an action as "staging passed", "production failed" and so on, one an hour.
func run(runs ...string) Record {
	r := Record{Actions: []Action{{ID: "A-01", Title: "Page on a full pool", Stage: StageImplemented, Owner: "Jo"}}}
	for i, text := range runs {
		cut := strings.LastIndex(text, " ")
		r.Results = append(r.Results, Result{ID: ID(fmt.Sprint("R-0", i)), Action: "A-01", Environment: text[:cut], Status: text[cut+1:],
			At: instant("2026-11-02T10:00:00Z").Add(time.Duration(i) * time.Hour)})
	}
	return r
}

func TestLadder(t *testing.T) {
	stage := func(s string) Gesture { return Gesture{}.Set(TypeAction, "A-01", "stage", s) }
	result := func(environment, status string, more ...string) Gesture {
		g := Gesture{}.Set(TypeResult, "R-99", "action", "A-01").Set(TypeResult, "R-99", "environment", environment).
			Set(TypeResult, "R-99", "status", status).Set(TypeResult, "R-99", "at", "2026-11-03T10:00:00Z")
		if len(more) > 0 {
			g = g.Set(TypeResult, "R-99", "waived", more[0])
		}
		return g
	}
	outcome := func(word, to string) Gesture { return stage(to).Set(TypeAction, "A-01", "outcome", word) }
	for _, c := range []struct {
		what string
		runs []string
		do   Gesture
		says string // empty: it may
	}{
		{"verified without a result", nil, stage(StageVerified), "no result shows that it works"},
		{"verified after a pass", []string{"staging passed"}, stage(StageVerified), ""},
		{"verified after a failure", []string{"staging failed"}, stage(StageVerified), "its last run in staging failed"},
		{"verified after a failure that has passed", []string{"staging failed", "Staging passed"}, stage(StageVerified), ""},
		{"verified while production fails", []string{"staging passed", "production failed"}, stage(StageVerified), "its last run in production failed"},
		{"verified with a result in the same gesture", nil, result("staging", "passed").Set(TypeAction, "A-01", "stage", StageVerified), ""},
		{"implemented needs nothing", nil, stage(StageImplemented), ""},
		{"effective without an outcome", []string{"staging passed"}, stage(StageEffective), "nothing says yet what it did"},
		{"effective and worse", nil, outcome("worse", StageEffective), "not an improvement"},
		{"effective and nobody can tell", nil, outcome("cannot_tell", StageEffective), "nothing says yet"},
		{"effective and improved", nil, outcome("improved", StageEffective), ""},
		{"not effective and improved", nil, outcome("improved", StageNotEffective), "is an improvement"},
		{"not effective and no sign", nil, outcome("no_sign", StageNotEffective), ""},
		{"production first", nil, result("production", "passed"), "nothing has run before production"},
		{"production first, and failed", nil, result("prod-eu", "failed"), "nothing has run before production"},
		{"production first, waived", nil, result("production", "passed", "staging has no such data"), ""},
		{"production first, waived with nothing", nil, result("production", "passed", " "), "nothing has run before production"},
		{"production after staging", []string{"staging passed"}, result("production", "passed"), ""},
		{"production after a failure", []string{"staging passed", "staging failed"}, result("production", "passed"), "its last run in staging did not pass"},
		{"production after production", []string{"production passed"}, result("production", "passed"), "nothing has run before production"},
		{"a product is no production", nil, result("product-test", "passed"), ""},
		{"staging", nil, result("staging", "failed"), ""},
		{"a result that becomes production", []string{"staging passed"}, Gesture{}.Set(TypeResult, "R-00", "environment", "production"), "nothing has run before production"},
		{"another field", nil, Gesture{}.Set(TypeAction, "A-01", "title", "x"), ""},
		{"a stage of nothing that is there", nil, Gesture{}.Set(TypeAction, "A-77", "stage", StageVerified), ""},
	} {
		err := run(c.runs...).Refused(c.do)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want %q", c.what, err, c.says)
		}
	}
}

func TestProduction(t *testing.T) {
	for environment, want := range map[string]bool{"production": true, "PROD": true, "prod-eu-1": true, "live": true, "staging, then production": true,
		"pre-prod": false, "pre-production": false, "preprod": false, "non-prod": false, "prod-like staging": false, "staging": false, "": false, "product": false, "delivery": false} {
		if Production(environment) != want {
			t.Errorf("%q: %v", environment, !want)
		}
	}
}

func TestLadderSaysWhereStageAndResultsDisagree(t *testing.T) {
	for _, c := range []struct {
		stage string
		runs  []string
		want  string
	}{
		{StageVerified, []string{"staging passed", "production failed"}, "It stands at verified, and its last run in production failed."},
		{StageVerified, nil, "It stands at verified, and no result shows it."},
		{StageVerified, []string{"staging passed"}, ""},
		{StageEffective, []string{"staging passed"}, "It stands at effective, and no outcome says so."},
		{StageImplemented, []string{"staging failed"}, ""},
	} {
		r := run(c.runs...)
		r.Actions[0].Stage = c.stage
		if got := r.LadderText(r.Actions[0]); got != c.want {
			t.Errorf("%s %v: %q", c.stage, c.runs, got)
		}
	}
	if a := (Action{Owner: "Jo"}); !a.SelfVerified(" jo ") || a.SelfVerified("dana") || (Action{}).SelfVerified("") {
		t.Error("who verified it is mistaken")
	}
}

func TestPassRateInWords(t *testing.T) {
	r := Record{}
	add := func(stage string, runs ...string) {
		one := run(runs...)
		id := ID(fmt.Sprint("A-1", len(r.Actions)))
		one.Actions[0].ID, one.Actions[0].Stage = id, stage
		r.Actions = append(r.Actions, one.Actions...)
		for _, x := range one.Results {
			x.Action = id
			if x.Environment == "production" && len(runs) == 1 {
				x.Waived = "no staging"
			}
			r.Results = append(r.Results, x)
		}
	}
	if got := PassRateOf(r).Text; got != "No action is promised yet, so there is nothing to verify." {
		t.Error(got)
	}
	add(StageCommitted)
	if got := PassRateOf(r).Text; got != "None of 1 promised action has been verified yet." {
		t.Error(got)
	}
	add(StageVerified, "staging passed", "production passed")
	add(StageVerified, "staging failed", "staging passed")
	add(StageImplemented, "staging failed")
	add(StageVerified, "production passed")
	add(StageIdea, "staging passed")
	if got := PassRateOf(r).Text; got != "3 of 5 promised actions passed: 2 passed from the first run on, 1 passed after a failure, 1 failed when last run and 1 not run yet; for 1 production came first, with a reason." {
		t.Error(got)
	}
}
