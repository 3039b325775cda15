package model

import "fmt"

// A PassRate says where the plans of verification of the promised actions stand.
type PassRate struct {
	Plans   int    `json:"plans"`   // actions that are promised or further
	Run     int    `json:"run"`     // of those, with a result
	First   int    `json:"first"`   // passed from the first run on
	After   int    `json:"after"`   // passed after a failure
	Failing int    `json:"failing"` // the last run failed somewhere
	Waived  int    `json:"waived"`  // production came first, with a reason
	Text    string `json:"text"`    // the same in words
}

// PassRateOf counts the promised actions of a record.
func PassRateOf(r Record) PassRate {
	var p PassRate
	for _, a := range r.Actions {
		if !a.Committed() {
			continue
		}
		p.Plans++
		switch r.ProofOf(a.ID) {
		case PassedFirst:
			p.First++
		case PassedAfter:
			p.After++
		case Failing:
			p.Failing++
		}
		for _, x := range r.ResultsOf(a.ID) {
			if x.Waived != "" {
				p.Waived++
				break
			}
		}
	}
	p.Run = p.First + p.After + p.Failing
	p.Text = p.words()
	return p
}

func (p PassRate) words() string {
	switch {
	case p.Plans == 0:
		return "No action is promised yet, so there is nothing to verify."
	case p.Run == 0:
		return fmt.Sprintf("None of %s has been verified yet.", Counted(p.Plans, "promised action"))
	}
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{p.First, "passed from the first run on"}, {p.After, "passed after a failure"}, {p.Failing, "failed when last run"}, {p.Plans - p.Run, "not run yet"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	text := fmt.Sprintf("%d of %s passed: %s", p.First+p.After, Counted(p.Plans, "promised action"), both(parts))
	if p.Waived > 0 {
		text += fmt.Sprintf("; for %d production came first, with a reason", p.Waived)
	}
	return text + "."
}
