package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func act(title, fie string) Action {
	level := map[byte]string{'h': "high", 'm': "medium", 'l': "low"}
	a := Action{ID: ID("A-" + title), Title: title, Stage: StageCommitted}
	if len(fie) == 3 {
		a.Frequency, a.Impact, a.Effort = level[fie[0]], level[fie[1]], level[fie[2]]
	}
	return a
}

func TestTheArticlesExample(t *testing.T) {
	if got := Formula(act("Missing alert", "hhl"), DefaultScale()); got != "3 × 3 ÷ 1 = 9" {
		t.Error(got)
	}
	if got := Formula(act("Refactor entire service", "lhh"), DefaultScale()); got != "1 × 3 ÷ 3 = 1" {
		t.Error(got)
	}
	if got := Formula(act("x", "mmh"), DefaultScale()); got != "2 × 2 ÷ 3 = 1.33" {
		t.Error(got)
	}
}

func TestRank(t *testing.T) {
	parked := act("p", "hhl")
	parked.Parked = "after the migration"
	idea := act("i", "hhl")
	idea.Stage = StageIdea
	r := Rank([]Action{act("a", "lll"), act("b", "mml"), parked, act("c", "mml"), idea, act("d", "hhl"), act("e", "h  "), act("f", "lhm")}, DefaultScale(), 2)
	var got []string
	for _, x := range r.Ranked {
		got = append(got, strings.TrimSpace(fmt.Sprint(x.Action.Title, " ", x.Rank, " ", x.Above, " ", x.Needs)))
	}
	want := []string{"d 1= true", "b 3= true", "p 1= false", "c 3= false", "f 5 false", "a 6 false", "e  false needs impact and effort"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if want := "The line runs through a tie at 4: “b” stands above it and “c” below. The score cannot choose between them; the room can."; r.Tie != want {
		t.Error(r.Tie)
	}
	if len(r.Ideas) != 1 || r.Cut != 2 {
		t.Errorf("%+v", r)
	}
}

func TestRankKeepsEveryActionOnce(t *testing.T) {
	stages := []string{StageIdea, StageProposed, StageCommitted, StageWontDo, StageAccepted, StageEffective}
	rapid.Check(t, func(t *rapid.T) {
		var actions []Action
		for i := range rapid.IntRange(0, 12).Draw(t, "n") {
			a := act(fmt.Sprint(i), rapid.StringMatching(`[hml ]{3}`).Draw(t, "fie"))
			a.Stage = rapid.SampledFrom(stages).Draw(t, "stage")
			actions = append(actions, a)
		}
		r := Rank(actions, DefaultScale(), 3)
		if n := len(r.Ranked) + len(r.Ideas) + len(r.WontDo) + len(r.Accepted); n != len(actions) {
			t.Fatalf("%d of %d", n, len(actions))
		}
		scored := 0
		for i, x := range r.Ranked {
			if x.Known {
				scored++
			}
			if x.Above != (i < r.Cut) || i > 0 && i != r.Cut && x.Score > r.Ranked[i-1].Score {
				t.Fatalf("order at %d: %+v", i, r.Ranked)
			}
		}
		if r.Cut != min(3, scored) {
			t.Fatalf("cut %d of %d", r.Cut, scored)
		}
		if r.Cut > 0 && r.Cut < scored && r.Ranked[r.Cut].Score == r.Ranked[r.Cut-1].Score && r.Tie == "" {
			t.Fatal("a tie was split in silence")
		}
		var placed []Action
		p := PlotOf(r, DefaultScale())
		for _, row := range p.Cells {
			for _, cell := range row {
				placed = append(placed, cell...)
			}
		}
		if len(placed)+len(p.Missing) != len(r.Ranked) {
			t.Fatal("the plot lost an action")
		}
	})
}

func TestCoverAndAlign(t *testing.T) {
	factors := []Factor{
		{ID: "F-1", Statement: "limit", Layer: "technical", Without: "prevented", Evidence: []ID{"E-1"}},
		{ID: "F-2", Statement: "review", Layer: "process", Without: "smaller"},
		{ID: "F-3", Statement: "pager", Layer: "human", Role: "mitigator"},
	}
	idea := Action{ID: "A-2", Stage: StageIdea, Factors: []ID{"F-2"}}
	c := Cover(factors, []Action{{ID: "A-1", Stage: StageCommitted, Factors: []ID{"F-1"}, Effect: "prevent"}, idea})
	if c.Sentence() != "1 of 2 conditions has no action yet: “review”." || c.Counts["technical"]["prevent"] != 1 {
		t.Errorf("%q %v", c.Sentence(), c.Counts)
	}
	a := Align(factors)
	if a.Sentence != "2 conditions aligned; without one of them it would not have happened. A judgement of the room." {
		t.Error(a.Sentence)
	}
	if len(a.Hints) != 1 || !strings.HasPrefix(a.Hints[0], "1 condition has no evidence yet") {
		t.Error(a.Hints)
	}
	four := []Factor{{Without: "prevented"}, {Without: "prevented"}, {Without: "prevented"}, {Without: "shorter"}}
	if s := Align(four).Sentence; s != "4 conditions aligned; without any one of 3 it would not have happened. A judgement of the room." {
		t.Error(s)
	}
	if s := Align(nil); s.Sentence != "" || s.Hints != nil {
		t.Error(s)
	}
}

func TestWording(t *testing.T) {
	r := Record{Incident: Incident{ID: "N-1", Services: []string{"pos-gateway"}, Context: "The Ledger Hub (LHB) books."},
		Participants: []Participant{{ID: "P-1", Name: "Maya Lind"}}}
	for _, c := range []struct {
		id    ID
		field string
		says  map[string]string // text to kind
	}{
		{"A-1", "title", map[string]string{
			"Be more careful with deploys": "relies-on-memory", "Improve monitoring": "no-measurable-target", "improve the monitoring.": "no-measurable-target",
			"Remember to check the pool": "relies-on-memory", "Training for on-call": "training-only", "Investigate the pool limit": "investigate-only",
			"Alert when pool use > 80% for 2 minutes": "", "Add latency SLO alert at p95 > 500ms": "",
			"Improve monitoring of checkout: alert on p95 > 500 ms": "", "Refuse a deploy that raises the pool above the limit": "",
			"Train the ranking model nightly": "", "Add a limit of 50 to the QXZ queue": "undefined-acronym", "Add a limit of 50 to the POS queue": "",
			"Add a limit of 50 to the LHB queue": "",
		}},
		{"F-1", "statement", map[string]string{
			"Maya forgot to raise the limit": "blame", "The engineer failed to notice": "blame", "human error": "blame", "We should have tested it": "blame",
			"The deploy failed": "shallow", "the database went down.": "shallow",
			"Redis failed to start without its volume": "", "The service failed to start when the pool is full": "",
			"The alert watches averages, and an average hides one slow shard": "",
		}},
		{"E-1", "title", map[string]string{
			"in hindsight the graph was clear": "hindsight", "an alert would have caught it": "hindsight", "we should have paged": "hindsight",
			"Sidekiq failed to connect": "", "p99 at 4 s": "", "Maya restarted the broker": "",
		}},
		{"N-1", "impact", map[string]string{
			"Some users could not pay": "no-amount", "Many of our customers saw errors": "no-amount", "Some users (about 4,200) could not pay": "",
		}},
	} {
		for text, kind := range c.says {
			if m := r.Remark(c.id.Type(), c.id, c.field, text); m.Kind != kind || m.Some() != (kind != "") || (m.Question != "") != (kind != "") {
				t.Errorf("%s %q: %q, not %q", c.field, text, m.Kind, kind)
			}
		}
	}
	if m := r.Remark(TypeAction, "A-1", "detail", "Improve monitoring"); m.Some() {
		t.Errorf("a detail is not judged: %q", m)
	}
}

// What was set aside stays away through small edits, and on its own entry only.
func TestARemarkSetAsideStaysAway(t *testing.T) {
	r := Record{Incident: Incident{ID: "N-1"}}
	aside := func(m Remark) {
		g := m.Aside("N-1", "agreed with the team")
		d := Dismissal{ID: g.Edits[0].ID}
		for _, e := range g.Edits {
			text, _ := e.Value.(string)
			switch e.Field {
			case "kind":
				d.Kind = text
			case "about":
				d.About = text
			}
		}
		r.Dismissals = append(r.Dismissals, d)
	}
	m := r.Remark(TypeAction, "A-1", "title", "Improve monitoring")
	aside(m)
	for _, text := range []string{"Improve monitoring", "Improve our monitoring.", "improve the monitoring"} {
		if m := r.Remark(TypeAction, "A-1", "title", text); m.Some() {
			t.Errorf("%q is remarked on again: %s", text, m.Kind)
		}
	}
	if !r.Remark(TypeAction, "A-2", "title", "Improve monitoring").Some() {
		t.Error("another action's remark is gone too")
	}
	if !r.Remark(TypeAction, "A-1", "title", "Remember to look at the graphs").Some() {
		t.Error("another remark on the same action is gone too")
	}
	if r.DoubtsSetAside() != 0 {
		t.Error("a remark on wording is no doubt about times")
	}
	aside(r.Remark(TypeAction, "A-3", "title", "Add a limit of 50 to the QXZ queue"))
	if r.Remark(TypeFactor, "F-3", "statement", "The QXZ queue has no limit").Some() {
		t.Error("an acronym that is known is asked after again")
	}
}

func TestCheckFindsWhatIsWrong(t *testing.T) {
	r := Record{
		Incident:     Incident{ID: "N-1", Title: "x", Impact: "Some users could not pay", Started: instant("2026-11-02T14:00:00Z"), Resolved: instant("2026-11-02T13:00:00Z")},
		Factors:      []Factor{{ID: "F-1", Statement: "The deploy failed", Layer: "technical", Area: "on_call", Evidence: []ID{"E-9"}}},
		Interactions: []Interaction{{ID: "L-1", From: "F-1", To: "F-1"}, {ID: "L-2", From: "F-1", To: "F-7"}},
		Actions:      []Action{{ID: "A-1", Title: "Improve monitoring", Stage: StageCommitted}},
	}
	events := NewEventSummary(r)
	events.Add(&Event{ID: "E-1", Source: SourceHand, Title: "we should have paged", Moment: "started", At: instant("2026-11-02T14:05:00Z")})
	var got []string
	for _, f := range Check(r, events, DefaultTaxonomy(), DefaultRequired()) {
		got = append(got, f.Where)
		if !strings.HasSuffix(f.Question, "?") || !strings.HasSuffix(f.What, ".") || strings.Contains(f.What+f.Question, "!") {
			t.Errorf("not a calm sentence with a question: %+v", f)
		}
	}
	for _, want := range []string{"N-1 impact", "N-1 resolved", "N-1 started", "N-1 detected", "F-1 statement", "F-1 area", "F-1 evidence", "L-1 to", "L-2",
		"A-1 title", "A-1 factors", "A-1 owner", "A-1 due", "A-1 criteria", "A-1 target", "A-1 plan", "F-1", "N-1 prevent_human", "E-1 title", "N-1 facilitator"} {
		if !slices.Contains(got, want) {
			t.Errorf("nothing said about %s: %v", want, got)
		}
	}
}

func TestCompleteness(t *testing.T) {
	p := Completeness(Record{Incident: Incident{Title: "x"}}, DefaultRequired(), DefaultScale())
	if len(p) != 7 || p[0].Step != "frame" || p[0].Done != 1 || p[0].Missing[0] != "impact started" {
		t.Errorf("%+v", p)
	}
	for i, x := range p {
		if x.Step != StepNames[i] || x.Done+len(x.Missing) != x.Total {
			t.Errorf("%+v", x)
		}
	}
}
