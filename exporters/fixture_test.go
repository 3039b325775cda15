package exporters

import (
	"fmt"
	"strings"
	"time"

	"aftermath/model"
)

func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", "2026-11-02 "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

// sample is a small retrospective that has something of everything.
func sample() Retro {
	rec := model.Record{
		Incident: model.Incident{ID: "N-1", Key: "2026-11-02-checkout", Title: "Checkout unavailable after the pool change", Severity: "sev2",
			Type: "availability", Stage: "in_review", Services: []string{"checkout", "payments_api"}, Environment: "production, eu-west",
			Context: "Checkout keeps its connections in a pool.\n\n- The limit is set per service.\n- Deploys go out at any time.",
			Impact:  "About 4,200 people could not pay between 14:00 and 14:38; 1 in 3 tried again.", CustomerEffects: "A spinner, then “try again”.",
			Zone: "Europe/Berlin", Facilitator: "Ines", TimelineOwner: "Maya", Started: at("13:00:00"), Detected: at("13:06:00"), Paged: at("13:06:30"),
			Acknowledged: at("13:08:00"), Mitigated: at("13:38:00"), Resolved: at("13:45:00"),
			WentWell: "- Support wrote to customers within ten minutes.", Lucky: "It was a Monday, not the sale.",
			PreventTechnical: "A limit that is checked at deploy.", PreventHuman: "A runbook that names the pool.", PreventProcess: "Rolling back by one command."},
		Participants: []model.Participant{{Name: "Ines", Discipline: "product", Role: "facilitator"}, {Name: "Maya", Discipline: "dev"}},
		Imports:      []model.Import{{Source: "pagerduty", Name: "log.json", Digest: strings.Repeat("ab", 32), Read: 5, New: 4, Known: 1, By: "Maya", At: at("15:00:00")}},
		Factors: []model.Factor{
			{ID: "F-1", Statement: "The pool limit was shared with the batch job", Layer: "technical", Area: "infrastructure", Role: "enabling", Without: "prevented", Team: "platform", Evidence: []model.ID{"E-1"}, Detail: "Both took from one pool of 100."},
			{ID: "F-2", Statement: "The dashboard showed averages", Layer: "human", Area: "decision_making", Role: "detection_gap", Without: "sooner"},
			{ID: "F-3", Statement: "Rollback took twenty minutes", Layer: "process", Area: "delivery", Role: "delayed_recovery", Without: "shorter", Evidence: []model.ID{"E-3"}},
			{ID: "F-4", Statement: "The status page was written by hand at once", Layer: "human", Role: "mitigator", Without: "unchanged", Evidence: []model.ID{"E-2"}},
		},
		Interactions: []model.Interaction{{From: "F-1", To: "F-3", Kind: "amplified"}, {From: "F-2", To: "F-3", Kind: "delayed"}},
		Actions: []model.Action{
			{ID: "A-1", Title: "Alert when pool use > 80% for 2 minutes", Factors: []model.ID{"F-1", "F-2"}, Stage: "committed", Owner: "dana", Due: "2026-12-01",
				Lever: "detection_speed", Criteria: "The alert fires in the game day.", Metric: "time to detect", Direction: "falling", Baseline: "6", Target: "1", Unit: "minutes", By: "2026-12-15",
				Measured: "incident log", Frequency: "high", Impact: "high", Effort: "low", Expected: "A page within a minute", Rollback: "Silence the rule", SuccessSignal: "pages", HarmSignal: "pages a week", Environment: "staging", Verifier: "Jonas"},
			{ID: "A-2", Title: "One-command rollback", Factors: []model.ID{"F-3"}, Stage: "effective", Owner: "maya", Due: "2026-12-20", Frequency: "medium", Impact: "high", Effort: "medium",
				Baseline: "20", Unit: "minutes", Outcome: "improved", OutcomeValue: "2", OutcomeOn: "2027-02-01", OutcomeNote: "Seen in two incidents.", URL: "https://tickets.example.org/OPS-12"},
			{ID: "A-3", Title: "Rewrite checkout", Stage: "wont_do", Reason: "Its cost is out of proportion."},
			{ID: "A-4", Title: "Chaos day", Stage: "idea"},
			{ID: "A-5", Title: "Split the pool", Stage: "proposed", Parked: "After the migration", Frequency: "medium", Impact: "high", Effort: "medium", Factors: []model.ID{"F-1"}},
		},
		Steps:   []model.Step{{Action: "A-1", Do: "Fill the pool in staging", Expect: "a page within 60 s"}, {Action: "A-1", Do: "Empty it", Expect: "the page resolves"}},
		Results: []model.Result{{Action: "A-1", Environment: "staging", Status: "passed", Passed: "2", Failed: "0", By: "Jonas", At: at("16:00:00"), URL: "https://ci.example.org/1"}},
		Replies: []model.Reply{{ID: "G-1", Prompt: "boundary", Text: "What system boundary was violated?", Answer: "The pool | was shared.\n\nBy two services.", By: "Ines", At: at("15:30:00")},
			{ID: "G-2", Prompt: "deploy-back", Text: "The way back", Answer: model.LookedAt, By: "Ines", At: at("15:31:00")}},
		Approvals: []model.Approval{{ID: "O-1", Revision: "V-1", Digest: strings.Repeat("cd", 32), Verdict: model.Approved, By: "Maya", At: at("18:00:00"), Note: "Read twice."}},
		Revisions: []model.Revision{{ID: "V-1", Number: 1, Digest: strings.Repeat("cd", 32), By: "Ines", At: at("17:00:00"), Reason: "First publication"}},
	}
	events := []model.Event{
		{ID: "E-1", At: at("12:58:10"), Source: "github", Kind: "deploy", Title: "checkout v212 deployed (#4312)", Actor: "ci-bot", Precision: "s", Role: "trigger"},
		{ID: "E-4", At: at("13:01:00"), Source: "slack", Title: "joined", Housekeeping: true},
		{ID: "E-2", At: at("13:06:00"), Source: "datadog", Kind: "alert", Title: "p99 latency > 4 s | checkout", Moment: "detected", Precision: "minute", Merged: 2},
		{ID: "E-3", At: at("13:12:00"), End: at("13:20:00"), Source: "hand", Kind: "decision", Title: "Rolled forward to v213", Actor: "maya", Precision: "minute", Role: "decision",
			Signals: "p99 graph; the CDN's status page", Belief: "the CDN was degraded", Decision: "roll forward", Why: "rollback takes twenty minutes"},
		{ID: "E-5", At: at("13:30:00"), Source: "slack", Kind: "comms", Title: "@here pool at 100% :fire:", Precision: "s"},
	}
	return Retro{Record: rec, Events: each(events)}
}

func each(events []model.Event) func(func(*model.Event) error) error {
	return func(yield func(*model.Event) error) error {
		for i := range events {
			if err := yield(&events[i]); err != nil {
				return err
			}
		}
		return nil
	}
}

// many is a timeline of n lines of which one in a hundred is marked.
func many(n int) Retro {
	r := sample()
	events := make([]model.Event, n)
	for i := range events {
		events[i] = model.Event{ID: model.ID(fmt.Sprintf("E-%016x", i)), At: at("13:00:00").Add(time.Duration(i) * time.Second), Source: []string{"datadog", "slack", "github"}[i%3],
			Kind: "log", Title: fmt.Sprintf("request %d took %d ms in checkout", i, i%977), Precision: "ms", ExternalID: fmt.Sprint("x", i)}
		if i%100 == 0 {
			events[i].Role = "diagnosis"
		}
	}
	r.Events = each(events)
	return r
}
