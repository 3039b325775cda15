package exporters

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

// told are the actions that the document tells in full: promised or being decided.
func (d *document) told() []model.Action {
	var list []model.Action
	for _, a := range d.Record.Actions {
		if a.Answers() && a.Stage != model.StageAccepted {
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
		d.block(d.inline(model.Cover(d.Record.Factors, d.Record.Actions).Sentence()))
	}
	var rows, targets [][]string
	var boxes []string
	for _, a := range d.told() {
		rows = append(rows, []string{d.named(a.ID, a.Title), d.cell(a.Owner), d.cell(a.Due), d.label("action_stage", a.Stage), d.answers(a)})
		if d.target(a) != "" || a.Criteria != "" {
			targets = append(targets, []string{d.cell(d.ShortID(a.ID)), d.label("lever", a.Lever), d.cell(a.Criteria), d.target(a), d.cell(a.Measured)})
		}
		boxes = append(boxes, d.checkbox(a))
	}
	d.table([]string{"Action", "Owner", "Due", "Stage", "Answers"}, rows, 1)
	if boxes != nil {
		d.block("The same as a list to tick off:")
		d.list(boxes)
	}
	if targets != nil {
		d.heading(3, "Success criteria and targets")
		d.table([]string{"Action", "Aim", "Success criteria", "Target", "Measured where"}, targets, 1)
	}
	for _, a := range d.told() {
		if strings.TrimSpace(a.Detail) != "" {
			d.text(d.cell(d.ShortID(a.ID)), a.Detail)
		}
	}
	d.setAside()
}

func (d *document) checkbox(a model.Action) string {
	box := "[ ] "
	if a.Committed() && a.Stage != model.StageCommitted {
		box = "[x] "
	}
	s := box + d.named(a.ID, a.Title)
	var facts []string
	if a.Owner != "" {
		facts = append(facts, d.cell(a.Owner))
	}
	if a.Due != "" {
		facts = append(facts, "due "+d.cell(a.Due))
	}
	if a.URL != "" {
		facts = append(facts, d.link(a.URL))
	}
	if facts != nil {
		s += " (" + strings.Join(facts, ", ") + ")"
	}
	return s
}

func (d *document) answers(a model.Action) string {
	var ids []string
	for _, id := range a.Factors {
		if _, ok := d.factor(id); ok {
			ids = append(ids, d.cell(d.ShortID(id)))
		}
	}
	return strings.Join(ids, ", ")
}

// target reads as "p99 of checkout: from 4 to 0.5 s by 1 December 2026".
func (d *document) target(a model.Action) string {
	if a.Metric == "" && a.Target == "" {
		return ""
	}
	metric := a.Metric
	if metric == "" {
		metric = "the value"
	}
	if a.Target != "" {
		metric += ":"
		if a.Baseline != "" {
			metric += " from " + a.Baseline.String()
		} else if a.Direction != "" {
			metric += " " + a.Direction
		}
		metric += " to " + amount(a.Target.String(), a.Unit)
	}
	if a.By != "" {
		metric += " by " + dayText(a.By)
	}
	return d.cell(metric)
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
	for _, part := range []struct {
		title   string
		actions []model.Action
	}{{"Risks accepted", r.Accepted}, {"Decided against", r.WontDo}, {"Ideas, not decided", r.Ideas}} {
		var items []string
		for _, a := range part.actions {
			s := d.named(a.ID, strings.TrimRight(a.Title, "."))
			if a.Reason != "" {
				s += ": " + d.cell(a.Reason)
			}
			items = append(items, s)
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
	var rows [][]string
	for _, x := range r.Ranked {
		line := "below"
		if x.Above {
			line = "above"
		}
		if x.Action.Parked != "" {
			line = "parked: " + d.cell(x.Action.Parked)
		}
		if !x.Known {
			line = "not ranked"
		}
		row := []string{x.Rank, d.named(x.Action.ID, x.Action.Title), d.cell(r.Why(x)), line}
		if r.ByRanges {
			row = slices.Insert(row, 2, perDay(x))
		}
		rows = append(rows, row)
	}
	if !slices.ContainsFunc(r.Ranked, func(x model.Ranked) bool { return x.Known }) {
		return
	}
	d.heading(2, "Priorities")
	heads := []string{"Rank", "Action", "Frequency × impact ÷ effort", "Line"}
	if r.ByRanges {
		heads = []string{"Rank", "Action", "A day", "Occurrences × loss × share ÷ days", "Line"}
		d.block(fmt.Sprintf("Ordered by the loss that is expected to be removed in a year for each person-day, in %s. Ranges are low–likely–high. What %s draws of them cannot tell apart shares a rank. The line stands after the %s.",
			d.inline(r.Unit), model.Amount(model.Draws), ordinalWord(d.CutLine)))
	} else {
		d.block(fmt.Sprintf("Score = frequency × impact ÷ effort, where high counts %s, medium %s and low %s. Equal scores share a rank. The line stands after the %s.",
			model.FormatScore(d.Scale.High), model.FormatScore(d.Scale.Medium), model.FormatScore(d.Scale.Low), ordinalWord(d.CutLine)))
	}
	d.table(heads, rows, 2)
	said := []string{r.Tie, r.Mix}
	if r.ByRanges {
		said = append(said, sim.Groups[0].Swing.Text, sim.Groups[0].Coverage(r))
	}
	for _, text := range said {
		if text != "" {
			d.block(d.inline(text))
		}
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

func (d *document) verification() {
	var planned []model.Action
	for _, a := range d.told() {
		if len(d.steps(a)) > 0 || a.Expected != "" || a.Rollback != "" || a.SuccessSignal != "" || len(d.results(a)) > 0 {
			planned = append(planned, a)
		}
	}
	if planned == nil {
		return
	}
	d.heading(2, "Verification")
	if n := len(d.Record.Results); n > 0 {
		passed := 0
		for _, r := range d.Record.Results {
			if r.Status == "passed" {
				passed++
			}
		}
		d.block(fmt.Sprintf("%d of %s passed. %s", passed, model.Counted(n, "verification run"), model.PassRateOf(d.Record).Text))
	}
	for _, a := range planned {
		d.plan(a)
	}
}

func (d *document) steps(a model.Action) []model.Step {
	return slices.DeleteFunc(slices.Clone(d.Record.Steps), func(s model.Step) bool { return s.Action != a.ID })
}

func (d *document) results(a model.Action) []model.Result {
	return slices.DeleteFunc(slices.Clone(d.Record.Results), func(r model.Result) bool { return r.Action != a.ID })
}

func (d *document) plan(a model.Action) {
	d.heading(3, d.named(a.ID, a.Title))
	var steps []string
	for n, s := range d.steps(a) {
		step := fmt.Sprintf("%d. %s", n+1, lineStart(d.sentence(s.Do)))
		if s.Expect != "" {
			step += " Expect: " + d.sentence(s.Expect)
		}
		steps = append(steps, step)
	}
	d.block(strings.Join(steps, "\n"))
	var facts [][]string
	for _, f := range []struct{ label, text string }{
		{"Environment", a.Environment}, {"Test data", a.Data}, {"Expected outcome", a.Expected}, {"Rollback", a.Rollback},
		{"Success signal", a.SuccessSignal}, {"Did-no-harm signal", a.HarmSignal}, {"Watch for", a.Watch}, {"Verifier", a.Verifier},
	} {
		if strings.TrimSpace(f.text) != "" {
			facts = append(facts, []string{f.label, d.cell(f.text)})
		}
	}
	d.table([]string{"Plan", "What"}, facts, 2)
	var runs [][]string
	for _, r := range d.results(a) {
		checks := strings.Join(slices.DeleteFunc([]string{part(r.Passed.String(), "passed"), part(r.Failed.String(), "failed")},
			func(s string) bool { return s == "" }), ", ")
		runs = append(runs, []string{d.clock.stamp(r.At), d.cell(r.Environment), d.label("result_status", r.Status), d.cell(checks), d.note(r)})
	}
	d.table([]string{"Run", "Environment", "Result", "Checks", "Note"}, runs, 1)
}

func part(n, word string) string {
	if n == "" {
		return ""
	}
	return n + " " + word
}

func (d *document) note(r model.Result) string {
	var parts []string
	if r.Note != "" {
		parts = append(parts, d.cell(strings.TrimRight(r.Note, ".")))
	}
	if r.By != "" {
		parts = append(parts, "by "+d.cell(r.By))
	}
	if r.Waived != "" {
		parts = append(parts, "production first because: "+d.cell(strings.TrimRight(r.Waived, ".")))
	}
	if r.URL != "" {
		parts = append(parts, d.link(r.URL))
	}
	return strings.Join(parts, ", ")
}

func (d *document) outcomes() {
	var rows [][]string
	var notes []model.Action
	for _, a := range d.told() {
		if a.Outcome == "" && a.OutcomeValue == "" {
			continue
		}
		before, after := amount(a.Baseline.String(), a.Unit), amount(a.OutcomeValue.String(), a.Unit)
		rows = append(rows, []string{d.named(a.ID, a.Title), d.label("outcome", a.Outcome), d.cell(before), d.cell(after), d.cell(a.OutcomeOn)})
		if strings.TrimSpace(a.OutcomeNote) != "" {
			notes = append(notes, a)
		}
	}
	if rows == nil {
		return
	}
	d.heading(2, "What changed since")
	d.table([]string{"Action", "Outcome", "Before", "After", "Seen on"}, rows, 1)
	for _, a := range notes {
		d.text(d.cell(d.ShortID(a.ID)), a.OutcomeNote)
	}
}
