package exporters

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

// answering are the actions that the document tells in full: promised or being decided, and not parked.
func (d *document) answering() []model.Action {
	var list []model.Action
	for _, a := range d.Record.Actions {
		if a.Answers() && a.Stage != model.StageAccepted && !a.Waiting() {
			list = append(list, a)
		}
	}
	return list
}

func (d *document) actions() {
	if len(d.Record.Actions) == 0 {
		return
	}
	d.heading(2, "Actions")
	if len(d.Record.Factors) > 0 {
		d.say(model.Cover(d.Record.Factors, d.Record.Actions).Sentence())
	}
	var rows, targets [][]text
	boxes := block{kind: tasks}
	for _, a := range d.answering() {
		rows = append(rows, row(d.named(a.ID, "title", a.Title), from(a.ID, "owner", a.Owner), d.due(a), d.label("action_stage", a.Stage), d.answers(a)))
		if target := d.target(a); target.text != "" || a.Criteria != "" {
			targets = append(targets, row(d.ShortID(a.ID), d.label("lever", a.Lever), from(a.ID, "criteria", a.Criteria), target, from(a.ID, "measured", a.Measured)))
		}
		boxes.items = append(boxes.items, d.checkbox(a))
	}
	d.table([]string{"Action", "Owner", "Due", "Stage", "Answers"}, rows, 1)
	if boxes.items != nil {
		d.say("The same as a list to tick off:")
		d.blocks = append(d.blocks, boxes)
	}
	if targets != nil {
		d.heading(3, "Success criteria and targets")
		d.table([]string{"Action", "Aim", "Success criteria", "Target", "Measured where"}, targets, 1)
	}
	for _, a := range d.answering() {
		if strings.TrimSpace(a.Detail) != "" {
			d.prose(d.ShortID(a.ID), a.ID, "detail", a.Detail)
		}
	}
	d.setAside()
}

func (d *document) checkbox(a model.Action) item {
	var facts []text
	if a.Owner != "" {
		facts = append(facts, words(from(a.ID, "owner", a.Owner)))
	}
	done := a.Committed() && a.Stage != model.StageCommitted
	switch {
	case a.Due != "" && done: // what is ticked off is not late any more
		facts = append(facts, words("due ", from(a.ID, "due", a.Due)))
	case a.Due != "":
		facts = append(facts, words("due ", d.due(a)))
	}
	if a.URL != "" {
		facts = append(facts, words(address(a.ID, "url", a.URL)))
	}
	t := d.named(a.ID, "title", a.Title)
	if facts != nil {
		t = words(t, " (", joined(facts, ", "), ")")
	}
	return item{text: t, done: done}
}

// due is the day of an action, and that it has passed.
func (d *document) due(a model.Action) text {
	t := words(from(a.ID, "due", a.Due))
	if a.Overdue(d.Now.In(d.Zone)) {
		t = words(t, ", ", strong("overdue"))
	}
	return t
}

func (d *document) answers(a model.Action) string {
	var ids []string
	for _, id := range a.Factors {
		if _, ok := d.factor(id); ok {
			ids = append(ids, d.ShortID(id))
		}
	}
	return strings.Join(ids, ", ")
}

// target reads as "p99 of checkout: from 4 to 0.5 s by 1 December 2026".
func (d *document) target(a model.Action) span {
	if a.Metric == "" && a.Target == "" {
		return span{}
	}
	metric := a.Metric
	if metric == "" {
		metric = "the value"
	}
	if a.Target != "" {
		metric += ":"
		target := amount(a.Target.String(), a.Unit)
		if a.Baseline != "" {
			from := a.Baseline.String()
			if was, will, long := asHours(from, a.Target.String(), a.Unit); long {
				from, target = was, will
			}
			metric += " from " + from
		} else if a.Direction != "" {
			metric += " " + a.Direction
		}
		metric += " to " + target
	}
	if a.By != "" {
		metric += " by " + dayText(a.By)
	}
	return from(a.ID, "metric", metric)
}

// longMinutes is from how many minutes on nobody counts in minutes.
const longMinutes = 180

// asHours writes two numbers of minutes as hours and minutes, where the first is long.
func asHours(from, to, unit string) (was, will string, long bool) {
	if unit != "min" && unit != "minutes" {
		return "", "", false
	}
	a, err := strconv.Atoi(from)
	b, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil || a < longMinutes || b < 0 {
		return "", "", false
	}
	return model.FormatDuration(time.Duration(a) * time.Minute), model.FormatDuration(time.Duration(b) * time.Minute), true
}

// amount is a number with its unit: "1 minute", "80%".
func amount(number, unit string) string {
	switch {
	case number == "" || unit == "":
		return number
	case unit == "%":
		return number + unit
	case number == "1" && strings.HasSuffix(unit, "s") && len(unit) > 3:
		unit = strings.TrimSuffix(unit, "s")
	}
	return number + " " + unit
}

func (d *document) setAside() {
	r := model.Rank(d.Record.Actions, d.Scale, d.CutLine)
	parked := slices.DeleteFunc(slices.Clone(d.Record.Actions), func(a model.Action) bool { return !a.Waiting() })
	for _, part := range []struct {
		title   string
		actions []model.Action
	}{{"Not now", parked}, {"Risks accepted", r.Accepted}, {"Decided against", r.WontDo}, {"Ideas, not decided", r.Ideas}} {
		var items []text
		for _, a := range part.actions {
			t := d.named(a.ID, "title", strings.TrimRight(a.Title, "."))
			switch {
			case a.Waiting():
				t = words(t, ": ", from(a.ID, "parked", a.Parked))
			case a.Reason != "":
				t = words(t, ": ", from(a.ID, "reason", a.Reason))
			}
			items = append(items, t)
		}
		if items != nil {
			d.heading(3, part.title)
			d.list(items)
		}
	}
}

func (d *document) priorities() {
	r := model.Rank(d.Record.Actions, d.Scale, d.CutLine)
	sim := model.Simulate(r, d.CutLine)
	r = r.Settle(sim)
	cut := slices.ContainsFunc(r.Ranked, func(x model.Ranked) bool { return !x.Above || x.Action.Parked != "" })
	var rows [][]text
	for _, x := range r.Ranked {
		line := words("below")
		switch {
		case !cut: // nothing lies below it
			line = nil
		case x.Above:
			line = words("above")
		}
		if x.Action.Parked != "" {
			line = words("parked: ", from(x.Action.ID, "parked", x.Action.Parked))
		}
		if !x.Known {
			line = words("not ranked")
		}
		cells := row(x.Rank, d.named(x.Action.ID, "title", x.Action.Title), r.Why(x), line)
		if r.ByRanges {
			cells = slices.Insert(cells, 2, words(perDay(x)))
		}
		rows = append(rows, cells)
	}
	if !slices.ContainsFunc(r.Ranked, func(x model.Ranked) bool { return x.Known }) {
		return
	}
	d.heading(2, "Priorities")
	stands := ""
	if cut {
		stands = fmt.Sprintf(" The line stands after the %s.", ordinalWord(d.CutLine))
	}
	heads := []string{"Rank", "Action", "Frequency × impact ÷ effort", "Line"}
	if r.ByRanges {
		heads = []string{"Rank", "Action", "Per person-day", "Occurrences × loss × share ÷ days", "Line"}
		d.say(fmt.Sprintf("Ordered by the loss that is expected to be removed in a year for each person-day, in %s. Ranges are low–likely–high. What %s draws of them cannot tell apart shares a rank.%s",
			model.CleanLine(r.Unit), model.Amount(model.Draws), stands))
	} else {
		d.say(fmt.Sprintf("Score = frequency × impact ÷ effort, where high counts %s, medium %s and low %s. Equal scores share a rank.%s",
			model.FormatScore(d.Scale.High), model.FormatScore(d.Scale.Medium), model.FormatScore(d.Scale.Low), stands))
	}
	d.draw(newStakes(d, r))
	d.table(heads, rows, 2)
	said := []string{r.Tie, r.Mix}
	if r.ByRanges {
		said = append(said, sim.Groups[0].Swing.Text, sim.Groups[0].Coverage(r))
	}
	for _, t := range said {
		d.say(t)
	}
}

func perDay(x model.Ranked) string {
	if !x.Known {
		return ""
	}
	return model.Amount(x.Worth.PerDay)
}

func ordinalWord(n int) string {
	if n >= 1 && n <= 10 {
		return strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth")[n-1]
	}
	return fmt.Sprintf("%dth", n)
}
