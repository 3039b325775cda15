package model

import (
	"fmt"
	"strings"
)

// StepArrow parts what is to be done from what is to be seen in one typed line.
const StepArrow = "=>"

// CutStep takes a typed step apart.
func CutStep(line string) (do, expect string) {
	do, expect, _ = strings.Cut(line, StepArrow)
	return strings.TrimSpace(do), strings.TrimSpace(expect)
}

// JoinStep writes a step as it is typed.
func JoinStep(do, expect string) string {
	if expect == "" {
		return do
	}
	return do + " " + StepArrow + " " + expect
}

// planFields are what a template and an action's plan have in common.
var planFields = []string{"data", "environment", "expected", "rollback", "success_signal", "harm_signal", "watch"}

func (a Action) plan() []string {
	return []string{a.Data, a.Environment, a.Expected, a.Rollback, a.SuccessSignal, a.HarmSignal, a.Watch}
}

func (t Template) plan() []string {
	return []string{t.Data, t.Environment, t.Expected, t.Rollback, t.SuccessSignal, t.HarmSignal, t.Watch}
}

// Suits says in a few words which actions a template is for.
func (t Template) Suits(tax Taxonomy) string {
	var parts []string
	if t.Area != "" {
		parts = append(parts, tax.Label("area", t.Area))
	}
	if t.Effect != "" {
		parts = append(parts, tax.Label("effect", t.Effect))
	}
	return strings.Join(parts, ", ")
}

// fits counts what a template shares with an action: the area of a condition that it answers, and its effect.
func (t Template) fits(r Record, a Action) (n int) {
	if t.Effect != "" && t.Effect == a.Effect {
		n++
	}
	if t.Area != "" && t.Area == areaOf(r, a) {
		n++
	}
	return n
}

// areaOf is the area of the first condition that an action answers.
func areaOf(r Record, a Action) string {
	for _, id := range a.Factors {
		for _, f := range r.Factors {
			if f.ID == id && f.Area != "" {
				return f.Area
			}
		}
	}
	return ""
}

// SaveTemplate is the gesture that keeps an action's plan as a template with the given id. The action
// remembers it. A plan with nothing in it is refused.
func SaveTemplate(r Record, a Action, id ID, name string) (Gesture, error) {
	name = oneLine(name)
	refused := func(reason, remedy string) (Gesture, error) {
		return Gesture{}, &Fault{Kind: FaultInput, What: "save a template", Reason: reason, Remedy: remedy}
	}
	if name == "" {
		return refused("it has no name", "name it by what it verifies, such as an alert that pages")
	}
	var steps []string
	for _, s := range r.StepsOf(a.ID) {
		steps = append(steps, oneLine(JoinStep(s.Do, s.Expect)))
	}
	if len(steps) == 0 && strings.Join(a.plan(), "") == "" {
		return refused("the plan of "+quote(a.Title)+" is empty", "write its steps and signals first")
	}
	g := Gesture{Label: "save a template"}
	set := func(field, value string) {
		if value != "" {
			g = g.Set(TypeTemplate, id, field, value)
		}
	}
	set("name", name)
	set("area", areaOf(r, a))
	set("effect", a.Effect)
	set("steps", strings.Join(steps, "\n"))
	for i, field := range planFields {
		set(field, a.plan()[i])
	}
	return g.Set(TypeAction, a.ID, "template", string(id)), nil
}

// UseTemplate is the gesture that fills an action's plan from a template: what is open is filled, what
// somebody wrote stays, and the steps come only where there are none. filled names what it fills.
func UseTemplate(r Record, a Action, t Template, newStep func() ID, between func(a, b string) string) (g Gesture, filled []string) {
	g = Gesture{Label: "use a template"}.Set(TypeAction, a.ID, "template", string(t.ID))
	for i, field := range planFields {
		if given := t.plan()[i]; a.plan()[i] == "" && given != "" {
			f, _ := Named(TypeAction, field)
			g = g.Set(TypeAction, a.ID, field, given)
			filled = append(filled, lowerFirst(f.Label))
		}
	}
	if len(r.StepsOf(a.ID)) > 0 || strings.TrimSpace(t.Steps) == "" {
		return g, filled
	}
	pos := ""
	for line := range strings.SplitSeq(t.Steps, "\n") {
		do, expect := CutStep(line)
		if do == "" {
			continue
		}
		id := newStep()
		pos = between(pos, "")
		g = g.Set(TypeStep, id, "incident", string(r.Incident.ID)).Set(TypeStep, id, "action", string(a.ID)).Set(TypeStep, id, "do", do)
		if expect != "" {
			g = g.Set(TypeStep, id, "expect", expect)
		}
		g = g.Set(TypeStep, id, "pos", pos)
	}
	return g, append([]string{"steps"}, filled...)
}

// StepsOf are the steps of an action's plan.
func (r Record) StepsOf(a ID) []Step {
	var list []Step
	for _, s := range r.Steps {
		if s.Action == a {
			list = append(list, s)
		}
	}
	return list
}

// A TemplateUse is one action that took its plan from a template, with its results.
type TemplateUse struct {
	Template ID
	Action   Action // its stage and its outcome
	Results  []Result
}

// A TemplateRecord is what became of the plans that a template was used for.
type TemplateRecord struct {
	Template
	Used   int `json:"used"`   // actions that have it
	Caught int `json:"caught"` // of those, with a failure before production
	Missed int `json:"missed"` // of those, passed, and yet not effective
}

// TrackRecord counts the uses of each template.
func TrackRecord(templates []Template, uses []TemplateUse) []TemplateRecord {
	list := make([]TemplateRecord, len(templates))
	for i, t := range templates {
		list[i].Template = t
		for _, u := range uses {
			if u.Template != t.ID {
				continue
			}
			list[i].Used++
			if u.caught() {
				list[i].Caught++
			}
			if u.missed() {
				list[i].Missed++
			}
		}
	}
	return list
}

func (u TemplateUse) caught() bool {
	for _, x := range u.Results {
		if x.Status == ResultFailed && before(x.Environment) {
			return true
		}
	}
	return false
}

func (u TemplateUse) missed() bool {
	passed := false
	for _, x := range u.Results {
		passed = passed || x.Status == ResultPassed
	}
	return passed && (u.Action.Stage == StageNotEffective || u.Action.Outcome == "no_sign" || u.Action.Outcome == "worse")
}

// Text is the record in words.
func (t TemplateRecord) Text() string {
	if t.Used == 0 {
		return "not used yet"
	}
	return fmt.Sprintf("used %s, caught %d, missed %d", times(t.Used), t.Caught, t.Missed)
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// Offer puts the templates that suit an action first, and keeps the rest in their order.
func Offer(r Record, a Action, list []TemplateRecord) []TemplateRecord {
	var best [3][]TemplateRecord
	for _, t := range list {
		n := t.fits(r, a)
		best[n] = append(best[n], t)
	}
	return append(append(best[2], best[1]...), best[0]...)
}
