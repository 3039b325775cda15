package model

import (
	"fmt"
	"slices"
	"time"
)

// Committed tells whether somebody has promised it or done it already.
func (a Action) Committed() bool {
	return slices.Contains([]string{StageCommitted, StageImplemented, StageVerified, StageEffective, StageNotEffective}, a.Stage)
}

// Commit promises an action, or takes the promise back. What is further than a promise is left as it is: more is false.
func (a Action) Commit() (g Gesture, more bool) {
	switch {
	case a.Stage == StageCommitted:
		return Gesture{Label: "take a commitment back"}.Set(TypeAction, a.ID, "stage", StageProposed), true
	case a.Committed():
		return Gesture{}, false
	}
	return Gesture{Label: "commit to an action"}.Set(TypeAction, a.ID, "stage", StageCommitted), true
}

// Open tells whether it was promised and is not verified yet.
func (a Action) Open() bool { return a.Stage == StageCommitted || a.Stage == StageImplemented }

// Waiting reports whether it is parked: it was put off for a reason, and nobody has promised it.
func (a Action) Waiting() bool { return a.Parked != "" && !a.Committed() }

// Overdue reports whether it is open past its day.
func (a Action) Overdue(now time.Time) bool {
	return a.Open() && a.Due != "" && !now.IsZero() && a.Due < now.Format(time.DateOnly)
}

// Measurable tells whether it has a target that a stranger could check: metric, value and day.
func (a Action) Measurable() bool { return a.Metric != "" && a.Target != "" && a.By != "" }

func (c *checker) actions() {
	i := c.r.Incident
	if len(c.r.Actions) == 0 && len(c.r.Factors) > 0 {
		c.say(where(i.ID, "actions"), "No action is named.", "What change would make this unlikely to happen again?")
		return
	}
	open := 0
	for _, a := range c.r.Actions {
		if a.Answers() {
			c.links(a)
		}
		if a.Open() {
			open++
		}
		if a.Committed() {
			c.promise(a)
			c.plan(a)
			c.ladder(a)
		}
		if (a.Stage == StageWontDo || a.Stage == StageAccepted) && a.Reason == "" {
			c.say(where(a.ID, "reason"), quote(a.Title)+" is set aside without a reason.", "Why, and until when does that hold?")
		}
		if a.Stage == StageAccepted && a.Until == "" {
			c.say(where(a.ID, "until"), "The risk of "+quote(a.Title)+" is accepted for ever.", "Until which day, so that somebody looks again?")
		}
	}
	for _, f := range Cover(c.r.Factors, c.r.Actions).Uncovered {
		if len(c.r.Actions) > 0 {
			c.say(where(f.ID, ""), quote(f.Statement)+" has no action.", "What would change it, or is the risk accepted?")
		}
	}
	if open > DefaultCutLine {
		c.say(where(i.ID, "actions"), fmt.Sprintf("%d commitments are more than %d.", open, DefaultCutLine), "Which of them can be parked, so that the others get done?")
	}
}

func (c *checker) links(a Action) {
	if len(a.Factors) == 0 {
		c.say(where(a.ID, "factors"), quote(a.Title)+" answers no condition.", "Which condition does it change?")
	}
	for _, id := range a.Factors {
		if !slices.ContainsFunc(c.r.Factors, func(f Factor) bool { return f.ID == id }) {
			c.say(where(a.ID, "factors"), "It answers a condition that is not there: "+string(id)+".", "Which condition does it change?")
		}
	}
}

func (c *checker) promise(a Action) {
	for _, f := range []struct{ field, name, value, question string }{
		{"owner", "owner", a.Owner, "Which one person sees it through?"},
		{"due", "due day", a.Due, "By which day is it done?"},
		{"criteria", "success criteria", a.Criteria, "How can anyone tell that it is done and works?"},
	} {
		if f.value == "" {
			c.say(where(a.ID, f.field), quote(a.Title)+" has no "+f.name+".", f.question)
		}
	}
	if !a.Measurable() {
		c.say(where(a.ID, "target"), quote(a.Title)+" has no measurable target.", "Which metric goes from what to what, and by when?")
	}
	if a.Due != "" && a.By != "" && a.By < a.Due {
		c.say(where(a.ID, "by"), quote(a.Title)+" is to reach its target before it is due.", "Which of the two days is right?")
	}
}

func (c *checker) plan(a Action) {
	missing := c.r.PlanLacks(a)
	if len(missing) > 0 {
		c.say(where(a.ID, "plan"), fmt.Sprintf("The verification of %s lacks %s.", quote(a.Title), both(missing)), "How will we know that it worked, and that it did no harm?")
	}
}

func (c *checker) ladder(a Action) {
	if text := c.r.LadderText(a); text != "" {
		c.say(where(a.ID, "stage"), quote(a.Title)+": "+text, "Is the stage still right, or what has to run again?")
	}
}

// PlanLacks names what an action's plan of verification still needs, in plain words.
func (r Record) PlanLacks(a Action) []string {
	var missing []string
	if !slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Action == a.ID }) {
		missing = append(missing, "steps")
	}
	for _, f := range []struct{ name, value string }{
		{"an environment", a.Environment}, {"an expected outcome", a.Expected}, {"a rollback plan", a.Rollback},
		{"a success signal", a.SuccessSignal}, {"a did-no-harm signal", a.HarmSignal},
	} {
		if f.value == "" {
			missing = append(missing, f.name)
		}
	}
	return missing
}
