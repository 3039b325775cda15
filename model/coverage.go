package model

import (
	"fmt"
	"slices"
)

// A Coverage says which factors the actions answer, and where in an incident they act.
type Coverage struct {
	Rows      []CoverageRow
	Uncovered []Factor                  // conditions that no action answers
	Counts    map[string]map[string]int // layer → effect → actions
}

// A CoverageRow is one factor and the actions that answer it.
type CoverageRow struct {
	Factor  Factor
	Actions []Action
	Needs   bool // a condition; what helped, and luck, need no action
}

// Answers tells whether an action counts as an answer: it is decided or being decided. An accepted
// risk is an answer too; an idea and what will not be done are none.
func (a Action) Answers() bool { return a.Stage != StageIdea && a.Stage != StageWontDo }

// Condition tells whether the factor had to be there for the incident: all but what helped, and luck.
func (f Factor) Condition() bool { return f.Role != "mitigator" && f.Role != "luck" }

// Cover matches actions to the factors that they answer.
func Cover(factors []Factor, actions []Action) Coverage {
	c := Coverage{Counts: map[string]map[string]int{}}
	for _, f := range factors {
		row := CoverageRow{Factor: f, Needs: f.Condition()}
		for _, a := range actions {
			if !a.Answers() || !slices.Contains(a.Factors, f.ID) {
				continue
			}
			row.Actions = append(row.Actions, a)
		}
		if row.Needs && len(row.Actions) == 0 {
			c.Uncovered = append(c.Uncovered, f)
		}
		c.Rows = append(c.Rows, row)
	}
	for _, a := range actions {
		if a.Answers() && a.Effect != "" {
			for _, layer := range layersOf(a, factors) {
				if c.Counts[layer] == nil {
					c.Counts[layer] = map[string]int{}
				}
				c.Counts[layer][a.Effect]++
			}
		}
	}
	return c
}

// layersOf are the layers that an action acts on, each once.
func layersOf(a Action, factors []Factor) []string {
	var layers []string
	for _, f := range factors {
		if f.Layer != "" && slices.Contains(a.Factors, f.ID) && !slices.Contains(layers, f.Layer) {
			layers = append(layers, f.Layer)
		}
	}
	return layers
}

// Sentence sums the coverage up for the foot of the screen.
func (c Coverage) Sentence() string {
	conditions := 0
	for _, r := range c.Rows {
		if r.Needs {
			conditions++
		}
	}
	switch {
	case conditions == 0:
		return "No conditions yet, so there is nothing to answer."
	case len(c.Uncovered) == 0 && conditions == 1:
		return "The one condition has an action that answers it."
	case len(c.Uncovered) == 0:
		return fmt.Sprintf("Each of the %d conditions has an action that answers it.", conditions)
	case conditions == 1:
		return "The one condition has no action yet."
	case len(c.Uncovered) == conditions:
		return fmt.Sprintf("None of the %d conditions has an action yet.", conditions)
	case len(c.Uncovered) == 1:
		return fmt.Sprintf("1 of %d conditions has no action yet: %s.", conditions, quote(c.Uncovered[0].Statement))
	}
	return fmt.Sprintf("%d of %d conditions have no action yet.", len(c.Uncovered), conditions)
}
