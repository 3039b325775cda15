package model

import (
	"fmt"
	"slices"
	"strings"
)

// This file is the ladder from implemented over verified to effective: the one place that says what a stage
// and a result need. The screen, `set` and `verify` all ask Refused before they write.

// Production tells whether an environment is one that users depend on: one of its words is production, prod,
// prd or live. Pre-production, non-production and what is only like production are none.
func Production(environment string) bool {
	words := strings.FieldsFunc(strings.ToLower(environment), func(r rune) bool { return !(r >= 'a' && r <= 'z') })
	for i, w := range words {
		if !slices.Contains([]string{"production", "prod", "live", "prd"}, w) {
			continue
		}
		if i > 0 && slices.Contains([]string{"pre", "non", "not"}, words[i-1]) || i+1 < len(words) && words[i+1] == "like" {
			continue
		}
		return true
	}
	return false
}

// before tells whether an environment stands before production. "Staging, then production" names both, and
// a run there counts as production.
func before(environment string) bool { return environment != "" && !Production(environment) }

// ResultsOf are an action's results in the order in which they ran.
func (r Record) ResultsOf(a ID) []Result {
	var list []Result
	for _, x := range r.Results {
		if x.Action == a {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(x, y Result) int { return x.At.Compare(y.At) })
	return list
}

// A Proof is where an action's verification stands, from its results alone.
type Proof string

// The proofs.
const (
	NotRun      Proof = "not_run"              // no result yet
	PassedFirst Proof = "passed_first"         // everything passed, from the first run on
	PassedAfter Proof = "passed_after_failure" // what failed has passed since
	Failing     Proof = "failing"              // somewhere the last run failed
)

// ProofOf looks at the last result in each environment: all of them have to be passed.
func (r Record) ProofOf(a ID) Proof {
	results := r.ResultsOf(a)
	if len(results) == 0 {
		return NotRun
	}
	if _, failing := failingIn(results); failing {
		return Failing
	}
	if slices.ContainsFunc(results, func(x Result) bool { return x.Status == ResultFailed }) {
		return PassedAfter
	}
	return PassedFirst
}

// The statuses of a result.
const (
	ResultPassed = "passed"
	ResultFailed = "failed"
)

// failingIn is the last result that failed in an environment where nothing has passed since.
func failingIn(results []Result) (Result, bool) {
	last := map[string]Result{}
	for _, x := range results {
		last[strings.ToLower(strings.TrimSpace(x.Environment))] = x
	}
	for _, x := range slices.Backward(results) {
		if now := last[strings.ToLower(strings.TrimSpace(x.Environment))]; now.ID == x.ID && x.Status == ResultFailed {
			return x, true
		}
	}
	return Result{}, false
}

// StageRefused says why an action may not be given a stage: empty when it may.
func (r Record) StageRefused(a Action, stage string) (reason, remedy string) {
	switch stage {
	case StageVerified:
		results := r.ResultsOf(a.ID)
		if len(results) == 0 {
			return "no result shows that it works", "run its plan and record what it showed, or leave it at implemented"
		}
		if failed, failing := failingIn(results); failing {
			return "its last run in " + orSome(failed.Environment) + " failed", "run it again once that is settled"
		}
	case StageEffective, StageNotEffective:
		switch {
		case a.Outcome == "" || a.Outcome == "cannot_tell":
			return "nothing says yet what it did to the system", "set its outcome first: improved, no sign or worse"
		case stage == StageEffective && a.Outcome != "improved":
			return "its outcome is not an improvement", "set the stage to not effective, or correct the outcome"
		case stage == StageNotEffective && a.Outcome == "improved":
			return "its outcome is an improvement", "set the stage to effective, or correct the outcome"
		}
	}
	return "", ""
}

func orSome(environment string) string {
	if environment == "" {
		return "an environment without a name"
	}
	return environment
}

// ResultRefused says why a result may not be recorded: production comes after something that passed
// elsewhere, unless it is waived with a reason.
func (r Record) ResultRefused(x Result) (reason, remedy string) {
	if !Production(x.Environment) || strings.TrimSpace(x.Waived) != "" {
		return "", ""
	}
	var earlier []Result
	for _, y := range r.ResultsOf(x.Action) {
		if before(y.Environment) {
			earlier = append(earlier, y)
		}
	}
	if len(earlier) == 0 {
		return "nothing has run before production", "run it in staging first, or waive that with a reason"
	}
	if last := earlier[len(earlier)-1]; last.Status != ResultPassed {
		return "its last run in " + last.Environment + " did not pass", "let it pass there first, or waive that with a reason"
	}
	return "", ""
}

// Climbs tells whether a gesture has to be asked about at all: it sets an action's stage, or says something of
// a result.
func Climbs(g Gesture) bool {
	return slices.ContainsFunc(g.Edits, func(e Edit) bool {
		return !e.Delete && (e.Type == TypeAction && e.Field == "stage" || e.Type == TypeResult && slices.Contains([]string{"environment", "status", "waived"}, e.Field))
	})
}

// Refused is the fault of a gesture that the ladder does not allow, looked at as if the gesture were written
// already; nil when it may be. The record is of the incident that the gesture is about.
func (r Record) Refused(g Gesture) error {
	if !Climbs(g) {
		return nil
	}
	after := r.with(g)
	done := map[ID]bool{}
	for _, e := range g.Edits {
		if done[e.ID] || e.Delete {
			continue
		}
		switch {
		case e.Type == TypeAction && e.Field == "stage":
			i := slices.IndexFunc(after.Actions, func(a Action) bool { return a.ID == e.ID })
			stage, _ := e.Value.(string)
			if i < 0 {
				continue
			}
			if reason, remedy := after.StageRefused(after.Actions[i], stage); reason != "" {
				return &Fault{Kind: FaultInput, What: fmt.Sprintf("set %s to %s", quote(after.Actions[i].Title), strings.ReplaceAll(stage, "_", " ")), Reason: reason, Remedy: remedy}
			}
		case e.Type == TypeResult:
			done[e.ID] = true
			i := slices.IndexFunc(after.Results, func(x Result) bool { return x.ID == e.ID })
			if i < 0 {
				continue
			}
			if reason, remedy := after.ResultRefused(after.Results[i]); reason != "" {
				return &Fault{Kind: FaultInput, What: "record a result in " + after.Results[i].Environment, Reason: reason, Remedy: remedy}
			}
		}
	}
	return nil
}

// with is the record as it would be after the edits of a gesture that the ladder looks at.
func (r Record) with(g Gesture) Record {
	r.Actions, r.Results = slices.Clone(r.Actions), slices.Clone(r.Results)
	for _, e := range g.Edits {
		text, _ := e.Value.(string)
		switch {
		case e.Type == TypeAction && e.Field == "outcome":
			if i := slices.IndexFunc(r.Actions, func(a Action) bool { return a.ID == e.ID }); i >= 0 {
				r.Actions[i].Outcome = text
			}
		case e.Type == TypeResult && e.Delete:
			r.Results = slices.DeleteFunc(r.Results, func(x Result) bool { return x.ID == e.ID })
		case e.Type == TypeResult:
			i := slices.IndexFunc(r.Results, func(x Result) bool { return x.ID == e.ID })
			if i < 0 {
				i = len(r.Results)
				r.Results = append(r.Results, Result{ID: e.ID})
			}
			r.Results[i].set(e.Field, text)
		}
	}
	return r
}

func (x *Result) set(field, text string) {
	switch field {
	case "action":
		x.Action = ID(text)
	case "environment":
		x.Environment = text
	case "status":
		x.Status = text
	case "waived":
		x.Waived = text
	case "at":
		x.At = ParseTime(text)
	}
}

// LadderText says in one line where an action's stage and its results do not agree; empty where they do.
func (r Record) LadderText(a Action) string {
	results := r.ResultsOf(a.ID)
	switch failed, failing := failingIn(results); {
	case failing && (a.Stage == StageVerified || a.Stage == StageEffective):
		return "It stands at " + a.Stage + ", and its last run in " + orSome(failed.Environment) + " failed."
	case a.Stage == StageVerified && len(results) == 0:
		return "It stands at verified, and no result shows it."
	case a.Stage == StageEffective && a.Outcome != "improved":
		return "It stands at effective, and no outcome says so."
	}
	return ""
}

// SelfVerified tells whether an action's owner ran its verification: others see more, but nobody is held to it.
func (a Action) SelfVerified(by string) bool {
	return a.Owner != "" && strings.EqualFold(strings.TrimSpace(a.Owner), strings.TrimSpace(by))
}
