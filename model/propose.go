package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// A PastAction is an action of this file with what it answered, for proposals.
type PastAction struct {
	Action   Action
	Incident ID
	Severity string
	Started  time.Time // of its incident
	Layers   []string  // of the conditions that it answers
	Areas    []string
	Teams    []string
}

// A Proposal fills an empty field of an action. It is never more than offered: whoever takes it writes it as
// their own, under a label that says where it came from.
type Proposal struct {
	Field string
	Value string // as it would be typed
	Why   string // where it comes from, as a remark
}

// TakenLabel is the label of a gesture that takes a proposal, so that the history shows what was proposed.
func (p Proposal) TakenLabel(f Field) string {
	return "take the proposed " + strings.ToLower(f.Label)
}

// Propose fills what an action lacks from its wording, the conditions that it answers, their teams, the
// incident, and what this file did before. It never replaces anything. today is the day in the incident's zone.
func Propose(r *Record, a Action, past []PastAction, today time.Time) []Proposal {
	p := proposer{r: r, a: a, today: today}
	for _, f := range r.Factors {
		if slices.Contains(a.Factors, f.ID) {
			p.factors = append(p.factors, f)
		}
	}
	for _, x := range past {
		if x.Action.ID != a.ID && x.Action.Answers() {
			p.past = append(p.past, x)
		}
	}
	p.kind()
	p.owner()
	p.due()
	p.criteria()
	p.target()
	return p.list
}

type proposer struct {
	r       *Record
	a       Action
	factors []Factor
	past    []PastAction
	today   time.Time
	list    []Proposal
}

func (p *proposer) offer(field, has, value, why string) {
	offered := slices.ContainsFunc(p.list, func(x Proposal) bool { return x.Field == field })
	if has == "" && value != "" && !offered {
		p.list = append(p.list, Proposal{field, value, why})
	}
}

// aims tells where each aim of a wording acts, by which lever, and how strong it is by itself: the three rungs
// of RCA2's hierarchy of actions.
var aims = map[string]struct{ lever, effect, strength string }{
	"detect-faster":         {"detection_speed", "detect", "intermediate"},
	"limit-blast-radius":    {"blast_radius", "limit", "intermediate"},
	"automate-decision":     {"automate_decision", "prevent", "strong"},
	"reduce-cognitive-load": {"cognitive_load", "recover", "intermediate"},
	"prevent":               {"", "prevent", "strong"},
}

func (p *proposer) kind() {
	aim, weak := JudgedAim(p.a.Title)
	kind, known := aims[aim]
	if !known {
		return
	}
	if weak {
		kind.strength = "weak"
	}
	if strings.Contains(strings.ToLower(p.a.Title), "roll") && strings.Contains(strings.ToLower(p.a.Title), "back") {
		kind.effect = "recover"
	}
	p.offer("lever", p.a.Lever, kind.lever, "by its wording")
	if effect := p.withoutIt(); aim == "reduce-cognitive-load" && effect != "" { // clearer work may help anywhere in an incident
		p.offer("effect", p.a.Effect, effect, "by what was judged of the condition")
	}
	p.offer("effect", p.a.Effect, kind.effect, "by its wording")
	p.offer("strength", p.a.Strength, kind.strength, "by its wording")
}

// withoutIt is where the room's but-for judgement says that a change to the conditions acts, when it says one
// thing of all of them.
func (p *proposer) withoutIt() (effect string) {
	for _, f := range p.factors {
		acts := map[string]string{"prevented": "prevent", "sooner": "detect", "smaller": "limit", "shorter": "recover"}[f.Without]
		if acts == "" || effect != "" && acts != effect {
			return ""
		}
		effect = acts
	}
	return effect
}

// effect is where it acts: what the room said, else what was proposed.
func (p *proposer) effect() string {
	if p.a.Effect != "" {
		return p.a.Effect
	}
	for _, x := range p.list {
		if x.Field == "effect" {
			return x.Value
		}
	}
	return ""
}

// owner is who saw most of the past actions through that changed the same, else the team that can change it.
func (p *proposer) owner() {
	count, of, what := map[string]int{}, 0, ""
	for _, near := range []struct {
		what string
		is   func(PastAction) bool
	}{
		{"of the same team", func(x PastAction) bool { return p.shares(x.Teams, func(f Factor) string { return f.Team }) }},
		{"in the same area", func(x PastAction) bool { return p.shares(x.Areas, func(f Factor) string { return f.Area }) }},
	} {
		clear(count)
		of, what = 0, near.what
		for _, x := range p.past {
			if x.Action.Owner != "" && near.is(x) {
				count[x.Action.Owner]++
				of++
			}
		}
		best := most(count)
		if count[best] >= 2 && 2*count[best] > of {
			p.offer("owner", p.a.Owner, best, fmt.Sprintf("owns %d of %d past actions %s", count[best], of, what))
			return
		}
	}
	for _, f := range p.factors {
		if f.Team != "" {
			p.offer("owner", p.a.Owner, f.Team, "the team that can change it; one person sees it through")
			return
		}
	}
}

// shares tells whether a past action has a value of one of the conditions that are answered.
func (p *proposer) shares(values []string, of func(Factor) string) bool {
	return slices.ContainsFunc(p.factors, func(f Factor) bool { v := of(f); return v != "" && slices.Contains(values, v) })
}

// most is the key that was counted most often, the first by name among equals.
func most(count map[string]int) string {
	best := ""
	for _, k := range slices.Sorted(maps.Keys(count)) {
		if count[k] > count[best] {
			best = k
		}
	}
	return best
}

// dueDays are the days that actions after an incident of a severity are given where the file has no habit of
// its own yet.
var dueDays = map[string]int{"sev1": 14, "sev2": 30, "sev3": 60, "sev4": 90}

// enough is how many past actions make a habit.
const enough = 3

func (p *proposer) due() {
	var days []int
	for _, x := range p.past {
		due, err := time.Parse(time.DateOnly, x.Action.Due)
		if n := int(due.Sub(x.Started).Hours() / 24); err == nil && !x.Started.IsZero() && x.Severity == p.r.Incident.Severity && n >= 0 {
			days = append(days, n)
		}
	}
	severity := strings.ToUpper(cmp.Or(p.r.Incident.Severity, "an incident"))
	if len(days) >= enough {
		slices.Sort(days)
		n := days[len(days)/2]
		from := p.r.Incident.Started
		if from.IsZero() || from.AddDate(0, 0, n).Before(p.today) {
			from = p.today
		}
		p.offer("due", p.a.Due, from.AddDate(0, 0, n).Format(time.DateOnly), fmt.Sprintf("%d days, the middle of %d past actions after %s", n, len(days), severity))
		return
	}
	n := cmp.Or(dueDays[p.r.Incident.Severity], 30)
	p.offer("due", p.a.Due, p.today.AddDate(0, 0, n).Format(time.DateOnly), fmt.Sprintf("%d days are usual after %s; this file has no habit yet", n, severity))
}

// criteria say how anyone can tell, in terms of the condition and of what this incident took.
func (p *proposer) criteria() {
	if len(p.factors) == 0 {
		return
	}
	condition := quote(strings.TrimRight(p.factors[0].Statement, "."))
	text := ""
	switch p.effect() {
	case "prevent":
		text = "With the condition " + condition + " made again in staging, users feel nothing."
	case "detect":
		text = "With the condition " + condition + " made again in staging, the one on call is told" + p.soonerThan("detected", " in less than the %s that it took.", ", without anybody looking.")
	case "limit":
		text = "With the condition " + condition + " made again in staging, no more than one part is affected, and the others go on."
	case "recover":
		text = "With the condition " + condition + " made again in staging, one person brings the service back" + p.soonerThan("mitigated", " in less than half of the %s that it took.", " by the written steps alone.")
	}
	p.offer("criteria", p.a.Criteria, text, "from the condition and where the action acts")
}

func (p *proposer) soonerThan(moment, known, otherwise string) string {
	if took, ok := p.took(moment); ok {
		return fmt.Sprintf(known, FormatDuration(took))
	}
	return otherwise
}

// took is how long after the start a moment came.
func (p *proposer) took(moment string) (time.Duration, bool) {
	for _, m := range p.r.Incident.Moments() {
		if start := p.r.Incident.Started; m.Field == moment && !start.IsZero() && m.At.After(start) {
			return m.At.Sub(start), true
		}
	}
	return 0, false
}

// target is what this file can measure itself: the times of later incidents, or how often the condition comes
// back.
func (p *proposer) target() {
	metric, moment := "", ""
	switch p.effect() {
	case "detect":
		metric, moment = "time to detect", "detected"
	case "recover":
		metric, moment = "time to mitigate", "mitigated"
	case "prevent":
		p.offer("metric", p.a.Metric, "incidents with this condition", "what the change is to prevent")
		if p.a.Metric == "" {
			p.offer("direction", p.a.Direction, "falling", "fewer is better")
			p.offer("target", string(p.a.Target), "0", "prevented means none")
			p.offer("measured", p.a.Measured, "later incidents in this file", "whoever names the condition again is counted")
		}
		return
	}
	took, ok := p.took(moment)
	if !ok || p.a.Metric != "" {
		return
	}
	minutes := int(took.Minutes())
	p.offer("metric", p.a.Metric, metric, "where the action acts")
	p.offer("direction", p.a.Direction, "falling", "sooner is better")
	p.offer("baseline", string(p.a.Baseline), fmt.Sprint(minutes), "what it took this time")
	p.offer("target", string(p.a.Target), fmt.Sprint(max(1, minutes/2)), "half of what it took this time")
	p.offer("unit", p.a.Unit, "min", "")
	p.offer("measured", p.a.Measured, "the key moments of later incidents in this file", "they are kept here anyway")
}
