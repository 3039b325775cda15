package model

import "fmt"

// An Alignment is the room's judgement of how the conditions came together.
type Alignment struct {
	Conditions int // factors that had to be there
	Necessary  int // without any one of these it would not have happened
	Sentence   string
	Hints      []string // what a colleague would ask next, one sentence each
}

// Align sums up the factors of an incident.
func Align(factors []Factor) Alignment {
	var a Alignment
	layers := map[string]int{}
	hypotheses, mitigators, judged := 0, 0, 0
	for _, f := range factors {
		if f.Role == "mitigator" {
			mitigators++
		}
		if !f.Condition() {
			continue
		}
		a.Conditions++
		layers[f.Layer]++
		if len(f.Evidence) == 0 {
			hypotheses++
		}
		if f.Without != "" && f.Without != "unknown" {
			judged++
		}
		if f.Without == "prevented" {
			a.Necessary++
		}
	}
	a.Sentence = alignmentSentence(a.Conditions, a.Necessary, judged)
	a.Hints = alignmentHints(a.Conditions, layers, mitigators, hypotheses)
	return a
}

func alignmentSentence(conditions, necessary, judged int) string {
	switch {
	case conditions == 0:
		return ""
	case conditions == 1 && judged == 0:
		return "1 condition is named; the room has not yet judged what would have been different without it."
	case conditions == 1 && necessary == 1:
		return "1 condition is named, and without it this would not have happened. A judgement of the room."
	case conditions == 1:
		return "1 condition is named, and without it this would still have happened, in another form. A judgement of the room."
	}
	s := Counted(conditions, "condition") + " aligned"
	switch {
	case judged == 0:
		return s + "; the room has not yet judged what would have been different without them."
	case necessary == 0:
		s += "; without any one of them it would still have happened, in another form."
	case necessary == 1:
		s += "; without one of them it would not have happened."
	case necessary == 2 && conditions > 2:
		s += "; without either of 2 it would not have happened."
	case necessary == conditions:
		s += fmt.Sprintf("; without any one of these %d it would not have happened.", necessary)
	default:
		s += fmt.Sprintf("; without any one of %d it would not have happened.", necessary)
	}
	return s + " A judgement of the room."
}

func alignmentHints(conditions int, layers map[string]int, mitigators, hypotheses int) []string {
	var hints []string
	switch {
	case conditions == 0:
		return nil
	case conditions == 1:
		hints = append(hints, "A single condition is seldom enough: what else had to be true for it to matter?")
	case len(layers) == 1:
		for layer := range layers {
			if layer != "" {
				hints = append(hints, fmt.Sprintf("All conditions lie in the %s layer: what made them possible, or hard to see, in the other two?", layer))
			}
		}
	}
	if mitigators == 0 {
		hints = append(hints, "Nothing is noted that helped: what kept it from being worse or longer?")
	}
	switch hypotheses {
	case 0:
	case 1:
		hints = append(hints, "1 condition has no evidence yet and is drawn as a hypothesis: which event shows it?")
	default:
		hints = append(hints, fmt.Sprintf("%d conditions have no evidence yet and are drawn as hypotheses: which events show them?", hypotheses))
	}
	return hints
}
