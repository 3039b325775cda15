package model

import (
	"fmt"
	"sort"
	"strings"
)

// A Swing is the one estimate that would change the order most if it came out at one of its ends. Each is tried
// alone while all others keep their expectation, as in the tornado diagrams of decision analysis (Ronald
// Howard, "Decision Analysis: Practice and Promise", Management Science 34, 1988).
type Swing struct {
	Action  ID     `json:"action,omitempty"`
	Title   string `json:"title,omitempty"`
	Field   string `json:"field,omitempty"` // of the action
	Best    int    `json:"best,omitempty"`  // its place at the better end
	Worst   int    `json:"worst,omitempty"` // at the other
	Crosses bool   `json:"crosses"`         // the cut line lies between them
	Text    string `json:"text"`
}

// swingOf tries both ends of every estimate. The widest swing in places counts; of equal ones, one that
// crosses the cut line, then the earlier action.
func swingOf(list []Ranked, cut int) Swing {
	if len(list) < 2 {
		return Swing{}
	}
	values := make([]float64, len(list)) // falling
	for i, x := range list {
		values[i] = x.Worth.PerDay
	}
	best := Swing{Text: "No single estimate would change the order, even at its ends."}
	var of Range
	for i, x := range list {
		for _, e := range estimatesOf(x.Worth) {
			if e.r.Point() || e.r.Mean() == 0 {
				continue
			}
			one, two := e.r.Low/e.r.Mean(), e.r.High/e.r.Mean()
			if e.field == "days" {
				one, two = 1/two, 1/one
			}
			worst, better := placeOf(values, i, x.Worth.PerDay*one), placeOf(values, i, x.Worth.PerDay*two)
			crosses := x.Action.Parked == "" && better <= cut && worst > cut
			if d, was := worst-better, best.Worst-best.Best; d > was || d == was && d > 0 && crosses && !best.Crosses {
				best = Swing{Action: x.Action.ID, Title: x.Action.Title, Field: e.field, Best: better, Worst: worst, Crosses: crosses}
				of = e.r
			}
		}
	}
	if best.Text == "" {
		best.tell(of)
	}
	return best
}

func (s *Swing) tell(r Range) {
	f, _ := Named(TypeAction, s.Field)
	s.Text = fmt.Sprintf("The estimate that could change the order most is “%s” of %s, %s: at its ends it would be number %d or number %d",
		lowerFirst(f.Label), quote(brief(s.Title)), r.In(f.Unit), s.Best, s.Worst)
	if s.Crosses {
		s.Text += ", on either side of the line"
	}
	s.Text += "."
}

// brief cuts a title so that a sentence about it stays one.
func brief(title string) string {
	const most = 44
	if runes := []rune(title); len(runes) > most {
		return strings.TrimRight(string(runes[:most-1]), " ") + "…"
	}
	return title
}

type estimate struct {
	field string
	r     Range
}

func estimatesOf(w Worth) []estimate {
	return []estimate{{"occurrences", w.Occurrences}, {"loss", w.Loss}, {"removes", w.Removes}, {"days", w.Days}}
}

// placeOf is the place that value would take among falling values, but for the one at i; an equal one that
// stands before i stays before it.
func placeOf(values []float64, i int, value float64) int {
	before := sort.Search(i, func(k int) bool { return values[k] < value })
	after := i + 1 + sort.Search(len(values)-i-1, func(k int) bool { return values[i+1+k] <= value })
	if before < i {
		return before + 1
	}
	return after
}
