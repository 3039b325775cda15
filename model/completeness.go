package model

import "fmt"

// StepNames are the seven steps of a retrospective in order, as commands name them.
var StepNames = []string{"frame", "timeline", "factors", "actions", "priorities", "verification", "publish"}

// A Progress says how far one step is.
type Progress struct {
	Step    string
	Done    int
	Total   int
	Missing []string // what is still to do, short enough for a list
}

// Complete tells whether nothing is missing.
func (p Progress) Complete() bool { return p.Done == p.Total }

func (p *Progress) want(ok bool, missing string) {
	p.Total++
	if ok {
		p.Done++
		return
	}
	p.Missing = append(p.Missing, missing)
}

// Completeness is the progress of each step. It counts only what the record holds: depth is offered,
// and no step is closed to anyone.
func Completeness(r Record, required []string, s Scale) []Progress {
	return []Progress{frameProgress(r, required), timelineProgress(r), factorProgress(r), actionProgress(r),
		priorityProgress(r, s), verificationProgress(r), publishProgress(r)}
}

func frameProgress(r Record, required []string) Progress {
	p := Progress{Step: "frame"}
	for _, name := range required {
		if f, ok := Named(TypeIncident, name); ok {
			p.want(!r.Incident.Empty(name), lowerFirst(f.Label))
		}
	}
	p.want(r.Incident.Severity != "", "severity")
	p.want(r.Incident.Facilitator != "", "facilitator")
	p.want(r.Incident.TimelineOwner != "", "timeline owner")
	p.want(len(r.Participants) > 0, "participants")
	return p
}

func timelineProgress(r Record) Progress {
	p := Progress{Step: "timeline"}
	p.want(r.Events > 0, "events")
	for _, m := range r.Incident.Moments() {
		if m.Field != "paged" && m.Field != "acknowledged" { // not every incident has a page
			p.want(!m.At.IsZero(), "when: "+lowerFirst(m.Label))
		}
	}
	return p
}

func factorProgress(r Record) Progress {
	p := Progress{Step: "factors"}
	conditions, unjudged, hypotheses := 0, 0, 0
	for _, f := range r.Factors {
		if !f.Condition() {
			continue
		}
		conditions++
		if f.Without == "" {
			unjudged++
		}
		if len(f.Evidence) == 0 {
			hypotheses++
		}
	}
	p.want(conditions > 1, "two conditions or more")
	p.want(conditions > 0 && unjudged == 0, "what would have been different without each condition")
	p.want(conditions > 0 && hypotheses == 0, "evidence for each condition")
	for _, name := range []string{"prevent_technical", "prevent_human", "prevent_process"} {
		f, _ := FieldOf(TypeIncident, name)
		p.want(!r.Incident.Empty(name), lowerFirst(f.Label))
	}
	return p
}

func actionProgress(r Record) Progress {
	p := Progress{Step: "actions"}
	answers, linked := 0, 0
	for _, a := range r.Actions {
		if a.Answers() {
			answers++
			if len(a.Factors) > 0 {
				linked++
			}
		}
	}
	uncovered := len(Cover(r.Factors, r.Actions).Uncovered)
	p.want(answers > 0, "an action")
	p.want(answers > 0 && linked == answers, "the condition that each action answers")
	p.want(answers > 0 && uncovered == 0, "an answer to each condition")
	return p
}

func priorityProgress(r Record, s Scale) Progress {
	p := Progress{Step: "priorities"}
	ranked := Rank(r.Actions, s, DefaultCutLine).Ranked
	unknown, open := 0, 0
	for _, x := range ranked {
		if !x.Scored && !x.Worth.Known {
			unknown++
		}
		if x.Action.Open() {
			open++
		}
	}
	p.want(len(ranked) > 0 && unknown == 0, "frequency, impact and effort of each action")
	p.want(len(ranked) > 0 && open <= DefaultCutLine, fmt.Sprintf("at most %d commitments", DefaultCutLine))
	return p
}

func verificationProgress(r Record) Progress {
	p := Progress{Step: "verification"}
	committed, promised, measurable, planned := 0, 0, 0, 0
	for _, a := range r.Actions {
		if !a.Committed() {
			continue
		}
		committed++
		if a.Owner != "" && a.Due != "" && a.Criteria != "" {
			promised++
		}
		if a.Measurable() {
			measurable++
		}
		if len(r.PlanLacks(a)) == 0 {
			planned++
		}
	}
	p.want(committed > 0, "a commitment")
	p.want(committed > 0 && promised == committed, "owner, due day and success criteria of each")
	p.want(committed > 0 && measurable == committed, "a measurable target for each")
	p.want(committed > 0 && planned == committed, "a plan for each: steps, rollback, signals")
	return p
}

func publishProgress(r Record) Progress {
	p := Progress{Step: "publish"}
	p.want(!r.Incident.Empty("summary"), "executive summary")
	p.want(!r.Incident.Empty("went_well"), "what went well")
	p.want(len(r.Revisions) > 0, "a sealed revision")
	return p
}
