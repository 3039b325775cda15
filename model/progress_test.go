package model

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// finished is a record in which no step lacks anything.
func finished() Record {
	at := func(m int) time.Time { return noonUTC.Add(time.Duration(m) * time.Minute) }
	action := Action{ID: "A-1", Title: "Give every job a pool", Factors: []ID{"F-1", "F-2"}, Stage: StageCommitted, Owner: "Ada", Due: "2026-12-01", Criteria: "no shared pool",
		Metric: "waiting calls", Target: "0", By: "2026-12-15", Frequency: "high", Impact: "high", Effort: "low",
		Environment: "staging", Expected: "nobody waits", Rollback: "the old pool", SuccessSignal: "waits", HarmSignal: "errors"}
	return Record{
		Incident: Incident{ID: "N-1", Title: "Checkout was slow", Severity: "high", Impact: "orders failed", Facilitator: "Grace", TimelineOwner: "Ada",
			Started: at(0), Detected: at(1), Mitigated: at(30), Resolved: at(40), Summary: "a pool was full", WentWell: "the rollback",
			PreventTechnical: "a pool for each", PreventHuman: "a second reader", PreventProcess: "a drill"},
		Events:       3,
		Participants: []Participant{{ID: "P-1", Name: "Ada"}},
		Factors: []Factor{{ID: "F-1", Statement: "The pool was shared", Without: "no queue", Evidence: []ID{"E-1"}},
			{ID: "F-2", Statement: "Averages hid it", Without: "seen sooner", Evidence: []ID{"E-2"}}},
		Actions:   []Action{action},
		Steps:     []Step{{ID: "S-1", Action: "A-1", Do: "fill the pool"}},
		Revisions: []Revision{{ID: "R-1", Number: 1}},
	}
}

// missing is what the steps of a record lack, each as "step: what".
func missing(r Record) (all []string) {
	for _, p := range Completeness(r, DefaultRequired(), DefaultScale()) {
		for _, m := range p.Missing {
			all = append(all, p.Step+": "+m)
		}
	}
	return all
}

// Whatever is taken from a finished record is missing from its step, and nothing else is.
func TestEachThingThatIsTakenAwayIsMissing(t *testing.T) {
	const answered = "actions: the condition that each action answers"
	for _, c := range []struct {
		take func(*Record)
		want []string
	}{
		{func(*Record) {}, nil},
		{func(r *Record) { r.Incident.Paged, r.Incident.Acknowledged = time.Time{}, time.Time{} }, nil},
		{func(r *Record) { r.Incident.Severity = "" }, []string{"frame: severity"}},
		{func(r *Record) { r.Incident.Impact = "" }, []string{"frame: user impact"}},
		{func(r *Record) { r.Incident.Facilitator = "" }, []string{"frame: facilitator"}},
		{func(r *Record) { r.Incident.TimelineOwner = "" }, []string{"frame: timeline owner"}},
		{func(r *Record) { r.Participants = nil }, []string{"frame: participants"}},
		{func(r *Record) { r.Events = 0 }, []string{"timeline: events"}},
		{func(r *Record) { r.Events = 1 }, nil},
		{func(r *Record) { r.Incident.Detected = time.Time{} }, []string{"timeline: when: detected"}},
		{func(r *Record) { r.Incident.Mitigated = time.Time{} }, []string{"timeline: when: mitigated"}},
		{func(r *Record) { r.Incident.Resolved = time.Time{} }, []string{"timeline: when: resolved"}},
		{func(r *Record) { r.Factors = r.Factors[:1] }, []string{"factors: two conditions or more"}},
		{func(r *Record) { r.Factors[1].Role = "luck"; r.Factors[1].Without = "" }, []string{"factors: two conditions or more"}},
		{func(r *Record) { r.Factors[1].Without = "" }, []string{"factors: what would have been different without each condition"}},
		{func(r *Record) { r.Factors[0].Evidence = nil }, []string{"factors: evidence for each condition"}},
		{func(r *Record) {
			r.Factors = append(r.Factors, Factor{ID: "F-3", Statement: "A colleague was near", Role: "luck"})
		}, nil},
		{func(r *Record) { r.Incident.PreventHuman = "" }, []string{"factors: human change"}},
		{func(r *Record) { r.Actions[0].Factors = r.Actions[0].Factors[:1] }, []string{"actions: an answer to each condition"}},
		{func(r *Record) {
			r.Actions = append(r.Actions, Action{ID: "A-2", Stage: StageProposed, Frequency: "low", Impact: "low", Effort: "low"})
		}, []string{answered}},
		{func(r *Record) { r.Actions = append(r.Actions, Action{ID: "A-2", Stage: StageIdea}) }, nil},
		{func(r *Record) { r.Actions[0].Effort = "" }, []string{"priorities: frequency, impact and effort of each action"}},
		{func(r *Record) { r.Actions[0].Owner = "" }, []string{"verification: owner, due day and success criteria of each"}},
		{func(r *Record) { r.Actions[0].Due = "" }, []string{"verification: owner, due day and success criteria of each"}},
		{func(r *Record) { r.Actions[0].Criteria = "" }, []string{"verification: owner, due day and success criteria of each"}},
		{func(r *Record) { r.Actions[0].Metric = "" }, []string{"verification: a measurable target for each"}},
		{func(r *Record) { r.Actions[0].Target = "" }, []string{"verification: a measurable target for each"}},
		{func(r *Record) { r.Actions[0].By = "" }, []string{"verification: a measurable target for each"}},
		{func(r *Record) { r.Steps = nil }, []string{"verification: a plan for each: steps, rollback, signals"}},
		{func(r *Record) { r.Steps[0].Action = "A-9" }, []string{"verification: a plan for each: steps, rollback, signals"}},
		{func(r *Record) { r.Actions[0].Rollback = "" }, []string{"verification: a plan for each: steps, rollback, signals"}},
		{func(r *Record) { r.Incident.Summary = "" }, []string{"publish: executive summary"}},
		{func(r *Record) { r.Incident.WentWell = "" }, []string{"publish: what went well"}},
		{func(r *Record) { r.Revisions = nil }, []string{"publish: a sealed revision"}},
	} {
		r := finished()
		c.take(&r)
		if got := missing(r); !slices.Equal(got, c.want) {
			t.Errorf("missing %q, want %q", got, c.want)
		}
	}
}

// A step that is about things of which there are none is not done because none of them lacks anything.
func TestNothingIsNotDone(t *testing.T) {
	for _, p := range Completeness(Record{}, nil, DefaultScale()) {
		if p.Done != 0 || p.Complete() {
			t.Errorf("%s of an empty record counts %d of %d", p.Step, p.Done, p.Total)
		}
	}
	if p := Completeness(finished(), DefaultRequired(), DefaultScale()); !p[3].Complete() || p[3].Done != 3 {
		t.Errorf("%+v", p[3])
	}
}

// Five commitments stand above the line without a word; the sixth is one too many, in the progress and in the check.
func TestTheCutLineIsAnEdge(t *testing.T) {
	for n, over := range map[int]bool{DefaultCutLine: false, DefaultCutLine + 1: true} {
		r := finished()
		for i := 1; i < n; i++ {
			a := r.Actions[0]
			a.ID = ID(fmt.Sprintf("A-%d", i+1))
			r.Actions = append(r.Actions, a)
			r.Steps = append(r.Steps, Step{ID: ID(fmt.Sprintf("S-%d", i+1)), Action: a.ID, Do: "fill the pool"})
		}
		if got := slices.Contains(missing(r), "priorities: at most 5 commitments"); got != over {
			t.Errorf("%d commitments: missing %q", n, missing(r))
		}
		said := slices.ContainsFunc(Check(r, nil, DefaultTaxonomy(), DefaultRequired()), func(f Finding) bool {
			return f.What == fmt.Sprintf("%d commitments are more than 5.", n)
		})
		if said != over {
			t.Errorf("%d commitments: the check says so: %v", n, said)
		}
	}
}

// Only what could stand above the line instead is named in a tie: neither a parked action nor one that nobody scored.
func TestAParkedActionTakesNoPartInATie(t *testing.T) {
	parked := act("parked", "mml")
	parked.Parked = "after the migration"
	if r := Rank([]Action{act("first", "mml"), parked, act("bare", "")}, DefaultScale(), 1); r.Tie != "" {
		t.Error(r.Tie)
	}
	r := Rank([]Action{act("first", "mml"), parked, act("second", "mml"), act("lower", "lll")}, DefaultScale(), 1)
	if want := "The line runs through a tie at 4: “first” stands above it and “second” below. The score cannot choose between them; the room can."; r.Tie != want {
		t.Error(r.Tie)
	}
}
