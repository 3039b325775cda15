package exporters

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

// mostPromised is how many changes half a page has room for.
const mostPromised = 5

// executive is half a page for someone who decides and was not there.
func (d *document) executive() {
	i := d.Record.Incident
	d.heading(2, "What happened")
	if strings.TrimSpace(i.Summary) != "" {
		d.prose("", i.ID, "summary", i.Summary)
	} else {
		d.say(d.whenAndWhat())
	}
	if a := model.Align(d.Record.Factors); a.Conditions > 0 {
		d.say(a.Sentence)
		d.decisive()
	}
	if i.Impact+i.BusinessImpact+i.Regulatory != "" {
		d.heading(2, "Impact")
		d.prose("", i.ID, "impact", i.Impact)
		d.prose("Business", i.ID, "business_impact", i.BusinessImpact)
		d.prose("Regulatory", i.ID, "regulatory", i.Regulatory)
	}
	d.promises()
}

// mostDecisive is how many conditions half a page has room for.
const mostDecisive = 3

// decisive are the conditions without which it would not have happened: a sentence that only counts them leaves
// its reader with a riddle.
func (d *document) decisive() {
	var items []text
	for _, f := range d.Record.Factors {
		if f.Condition() && f.Without == "prevented" {
			items = append(items, words(from(f.ID, "statement", f.Statement)))
		}
	}
	d.list(items[:min(len(items), mostDecisive)])
}

// committed are the changes that the room promised, in the order of their rank.
func (d *document) committed() []model.Action {
	var list []model.Action
	for _, x := range model.Rank(d.Record.Actions, d.Scale, d.CutLine).Ranked {
		if x.Action.Committed() {
			list = append(list, x.Action)
		}
	}
	return list
}

func (d *document) promises() {
	committed := d.committed()
	d.heading(2, "What we change")
	if len(committed) == 0 {
		d.say("Nothing is committed yet.")
		return
	}
	var items, signs []text
	for _, a := range committed[:min(len(committed), mostPromised)] {
		t := words(from(a.ID, "title", a.Title))
		var facts []text
		if a.Owner != "" {
			facts = append(facts, words(from(a.ID, "owner", a.Owner)))
		}
		switch {
		case a.Stage != model.StageCommitted:
			facts = append(facts, words(strings.ToLower(d.label("action_stage", a.Stage))))
			if a.Overdue(d.Now.In(d.Zone)) {
				facts = append(facts, words(strong("overdue"), " since ", from(a.ID, "due", dayText(a.Due))))
			}
		case a.Overdue(d.Now.In(d.Zone)):
			facts = append(facts, words(strong("overdue"), " since ", from(a.ID, "due", dayText(a.Due))))
		case a.Due != "":
			facts = append(facts, words("by ", from(a.ID, "due", dayText(a.Due))))
		}
		if facts != nil {
			t = words(t, " (", joined(facts, ", "), ")")
		}
		items = append(items, t)
		if s := d.sign(a); !s.empty() {
			signs = append(signs, s)
		}
	}
	d.list(items)
	if more := len(committed) - mostPromised; more > 0 {
		d.say(fmt.Sprintf("%s more %s in the full retrospective.", capital(number(more)), plural(more, "stands", "stand")))
	}
	d.heading(2, "When we will know")
	if signs == nil {
		d.say("No change has a target and a day yet.")
	}
	d.list(signs)
}

// sign is how and when anyone can tell that a change works, or what it was seen to do.
func (d *document) sign(a model.Action) text {
	title := from(a.ID, "title", a.Title)
	if a.Outcome != "" {
		after := amount(a.OutcomeValue.String(), a.Unit)
		t := words(title, ": "+strings.ToLower(d.label("outcome", a.Outcome)))
		if after != "" && a.Baseline != "" {
			t = words(t, ", ", from(a.ID, "outcome_value", "from "+amount(a.Baseline.String(), a.Unit)+" to "+after))
		}
		return words(t, ".")
	}
	target := d.target(a)
	if target.text == "" {
		return nil
	}
	target.text = strings.TrimSuffix(target.text, ".")
	return words(title, " — ", target, ".")
}

// public is for readers outside: what happened and what is done about it, without anything of the evidence.
func (d *document) public() {
	i := d.Record.Incident
	d.summary()
	if i.Impact+i.CustomerEffects != "" {
		d.heading(2, "Impact")
		d.prose("", i.ID, "impact", i.Impact)
		d.prose("What customers saw", i.ID, "customer_effects", i.CustomerEffects)
	}
	d.times()
	d.publicStory()
	d.conditions()
	d.prevention()
	d.fortune()
	d.publicWork()
}

// forPublic keeps the lines that a person made part of the story. What was said in a channel is not quoted.
func forPublic(body []model.Event) []model.Event {
	return slices.DeleteFunc(slices.Clone(body), func(e model.Event) bool {
		said := e.Kind == "comms" && e.Source != model.SourceHand
		return said || e.Source != model.SourceHand && e.Role == "" && e.Moment == ""
	})
}

func (d *document) publicStory() {
	i := d.Record.Incident
	if i.Context == "" && len(d.body) == 0 {
		return
	}
	d.heading(2, "What happened")
	d.prose("", i.ID, "context", i.Context)
	d.draw(newPicture(d))
	var rows [][]text
	for _, e := range d.body {
		e.Merged = 0
		rows = append(rows, row(d.clock.event(e), d.told(e), d.label("event_role", e.Role)))
	}
	d.tableAs(block{head: []string{"Time", "What happened", "Part"}, rows: rows, lead: 2, story: true})
}

func (d *document) publicWork() {
	var rows [][]text
	for _, a := range d.committed() {
		rows = append(rows, row(from(a.ID, "title", a.Title), d.label("action_stage", a.Stage), d.due(a)))
	}
	if rows != nil {
		d.heading(2, "What we change")
		d.table([]string{"Change", "Stage", "Due"}, rows, 1)
	}
}
