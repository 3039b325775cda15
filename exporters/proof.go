package exporters

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

func (d *document) verification() {
	var planned []model.Action
	for _, a := range d.answering() {
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
		d.say(fmt.Sprintf("%d of %s passed. %s", passed, model.Counted(n, "verification run"), model.PassRateOf(d.Record).Text))
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
	d.heading(3, d.named(a.ID, "title", a.Title))
	var todo []text
	for _, s := range d.steps(a) {
		step := sentence(s.ID, "do", s.Do)
		if s.Expect != "" {
			step = words(step, " Expect: ", sentence(s.ID, "expect", s.Expect))
		}
		todo = append(todo, step)
	}
	d.listAs(steps, todo)
	var facts [][]text
	for _, f := range []struct{ label, field, text string }{
		{"Environment", "environment", a.Environment}, {"Test data", "data", a.Data}, {"Expected outcome", "expected", a.Expected}, {"Rollback", "rollback", a.Rollback},
		{"Success signal", "success_signal", a.SuccessSignal}, {"Did-no-harm signal", "harm_signal", a.HarmSignal}, {"Watch for", "watch", a.Watch}, {"Verifier", "verifier", a.Verifier},
	} {
		if strings.TrimSpace(f.text) != "" {
			facts = append(facts, row(f.label, from(a.ID, f.field, f.text)))
		}
	}
	d.table([]string{"Plan", "What"}, facts, 2)
	var runs [][]text
	for _, r := range d.results(a) {
		checks := strings.Join(slices.DeleteFunc([]string{howMany(r.Passed.String(), "passed"), howMany(r.Failed.String(), "failed")},
			func(s string) bool { return s == "" }), ", ")
		runs = append(runs, row(d.clock.stamp(r.At), from(r.ID, "environment", r.Environment), d.label("result_status", r.Status), checks, d.note(r)))
	}
	d.table([]string{"Run", "Environment", "Result", "Checks", "Note"}, runs, 1)
}

func howMany(n, word string) string {
	if n == "" {
		return ""
	}
	return n + " " + word
}

func (d *document) note(r model.Result) text {
	var parts []text
	if r.Note != "" {
		parts = append(parts, words(from(r.ID, "note", strings.TrimRight(r.Note, "."))))
	}
	if r.By != "" {
		parts = append(parts, words("by ", from(r.ID, "by", r.By)))
	}
	if r.Waived != "" {
		parts = append(parts, words("production first because: ", from(r.ID, "waived", strings.TrimRight(r.Waived, "."))))
	}
	if r.URL != "" {
		parts = append(parts, words(address(r.ID, "url", r.URL)))
	}
	return joined(parts, ", ")
}

// address is a link where what was written is a web address without surprises, and text otherwise.
func address(of model.ID, field, written string) span {
	s := from(of, field, written)
	s.link = plainURL().MatchString(s.text)
	return s
}

func (d *document) outcomes() {
	var rows [][]text
	var notes []model.Action
	for _, a := range d.answering() {
		if a.Outcome == "" && a.OutcomeValue == "" {
			continue
		}
		before, after := amount(a.Baseline.String(), a.Unit), amount(a.OutcomeValue.String(), a.Unit)
		rows = append(rows, row(d.named(a.ID, "title", a.Title), d.label("outcome", a.Outcome), from(a.ID, "baseline", before), from(a.ID, "outcome_value", after), from(a.ID, "outcome_on", a.OutcomeOn)))
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
		d.prose(d.ShortID(a.ID), a.ID, "outcome_note", a.OutcomeNote)
	}
}
