package wording

import "strings"

// A Reason is why a line was remarked on. It is part of the id of a dismissal, so its words never change.
type Reason string

const (
	Vague       Reason = "vague"
	NoMeasure   Reason = "no-measurable-target"
	Investigate Reason = "investigate-only"
	Memory      Reason = "relies-on-memory"
	Training    Reason = "training-only"
	Nag         Reason = "process-nag"
	Blame       Reason = "blame"
	Shallow     Reason = "shallow"
	Hindsight   Reason = "hindsight"
	NoAmount    Reason = "no-amount"
	Acronym     Reason = "undefined-acronym"
)

// A Remark is one calm sentence and the better question.
type Remark struct {
	Reason         Reason
	What, Question string
	Term           string // the acronym that an undefined-acronym remark is about
}

// Around is what a judge knows besides the line itself.
type Around struct {
	People []string // names of those who took part
	Terms  []string // names that the readers know: services, teams, tags
	Texts  []string // what they have read before, which may spell an acronym out
}

// An ActionVerdict is what an action's title says of the change.
type ActionVerdict struct {
	Weak     bool
	Reasons  []Reason
	Aim      string
	Acronyms []string
	Remark   Remark
}

// A FactorVerdict is what a condition's statement says of the cause.
type FactorVerdict struct {
	Shallow, Blame bool
	Layer          string
	Acronyms       []string
	Remark         Remark
}

// An EventVerdict is how a line of the timeline was said.
type EventVerdict struct {
	Hindsight, Blame bool
	Stance           string
	Remark           Remark
}

// An ImpactVerdict tells whether an impact carries an amount of harm.
type ImpactVerdict struct {
	Measurable bool
	Acronyms   []string
	Remark     Remark
}

func (a Around) names() map[string]bool {
	out := map[string]bool{}
	for _, name := range a.People {
		for w := range strings.FieldsSeq(strings.ToLower(name)) {
			if len(w) > 1 {
				out[w] = true
			}
		}
	}
	return out
}
