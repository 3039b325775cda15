package model

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
)

// A Scale is what high, medium and low count in the impact math.
type Scale struct {
	High   float64 `json:"high"`
	Medium float64 `json:"medium"`
	Low    float64 `json:"low"`
}

// DefaultScale is 3, 2, 1.
func DefaultScale() Scale { return Scale{High: 3, Medium: 2, Low: 1} }

// DefaultCutLine is how many commitments stand above the line: more than five is a red flag.
const DefaultCutLine = 5

// Of is what a level counts; false for an unknown one, or one that the scale gives nothing.
func (s Scale) Of(level string) (float64, bool) {
	v := map[string]float64{"high": s.High, "medium": s.Medium, "low": s.Low}[level]
	return v, v > 0
}

// Score is frequency × impact ÷ effort; it is known when all three are.
func Score(a Action, s Scale) (float64, bool) {
	f, okF := s.Of(a.Frequency)
	i, okI := s.Of(a.Impact)
	e, okE := s.Of(a.Effort)
	if !okF || !okI || !okE {
		return 0, false
	}
	return f * i / e, true
}

// Formula shows the math: "3 × 3 ÷ 1 = 9". It is empty while an estimate is missing.
func Formula(a Action, s Scale) string {
	score, ok := Score(a, s)
	if !ok {
		return ""
	}
	f, _ := s.Of(a.Frequency)
	i, _ := s.Of(a.Impact)
	e, _ := s.Of(a.Effort)
	return fmt.Sprintf("%s × %s ÷ %s = %s", FormatScore(f), FormatScore(i), FormatScore(e), FormatScore(score))
}

// FormatScore writes a score with at most two decimals.
func FormatScore(v float64) string {
	return strconv.FormatFloat(float64(int64(v*100+0.5))/100, 'f', -1, 64)
}

// Needs says which estimates an action lacks: "needs impact and effort"; empty when it lacks none.
func Needs(a Action, s Scale) string {
	var missing []string
	for _, e := range []struct{ name, level string }{{"frequency", a.Frequency}, {"impact", a.Impact}, {"effort", a.Effort}} {
		if _, ok := s.Of(e.level); !ok {
			missing = append(missing, e.name)
		}
	}
	if missing == nil {
		return ""
	}
	return "needs " + both(missing)
}

// A Ranked is one action in the order of the work.
type Ranked struct {
	Action  Action
	Score   float64 // frequency × impact ÷ effort
	Scored  bool    // the score is known
	Worth   Worth   // in real units, where its ranges are known
	Known   bool    // it has a place in the order
	Rank    string  // "1", "2=" for a shared rank; empty without a place
	Formula string  // "3 × 3 ÷ 1 = 9"
	Needs   string  // "needs effort"
	Above   bool    // above the cut line
}

// value is what orders it.
func (x Ranked) value(ranges bool) float64 {
	if ranges {
		return x.Worth.PerDay
	}
	return x.Score
}

// A Ranking is the order of the work: highest first, ties as ties.
type Ranking struct {
	Ranked   []Ranked // above the line, then below it, then without a place
	Cut      int      // how many stand above the line
	Tie      string   // a sentence when the line runs through a tie
	ByRanges bool     // the order is by loss removed for each person-day, in Unit
	Unit     string
	Mix      string // a sentence when not everything can be compared with everything
	Ideas    []Action
	WontDo   []Action
	Accepted []Action
}

// Rank orders the actions that are proposed, committed or further; ideas, what will not be done and
// accepted risks stand apart. The first cut of them stand above the line; one with a reason for being parked
// stands below it whatever it is worth. Equals keep the order of the list. See basisOf for what orders them.
func Rank(actions []Action, s Scale, cut int) Ranking {
	var r Ranking
	for _, a := range actions {
		switch a.Stage {
		case StageIdea:
			r.Ideas = append(r.Ideas, a)
		case StageWontDo:
			r.WontDo = append(r.WontDo, a)
		case StageAccepted:
			r.Accepted = append(r.Accepted, a)
		default:
			score, known := Score(a, s)
			r.Ranked = append(r.Ranked, Ranked{Action: a, Score: score, Scored: known, Worth: WorthOf(a), Formula: Formula(a, s), Needs: Needs(a, s)})
		}
	}
	on := basisOf(r.Ranked)
	r.ByRanges, r.Unit, r.Mix = on.ranges, on.unit, on.mix
	for i := range r.Ranked {
		x := &r.Ranked[i]
		x.Known = x.Scored
		if r.ByRanges {
			x.Known = x.Worth.Known
		}
	}
	slices.SortStableFunc(r.Ranked, func(a, b Ranked) int {
		return cmp.Or(-boolCompare(a.Known, b.Known), -cmp.Compare(a.value(r.ByRanges), b.value(r.ByRanges)))
	})
	r.number()
	for i := range r.Ranked {
		if x := &r.Ranked[i]; r.Cut < cut && x.Known && x.Action.Parked == "" {
			x.Above = true
			r.Cut++
		}
	}
	slices.SortStableFunc(r.Ranked, func(a, b Ranked) int { return -boolCompare(a.Above, b.Above) })
	r.tellTie()
	return r
}

// Why is the math behind an action's place, or what it needs to get one.
func (r Ranking) Why(x Ranked) string {
	switch {
	case r.ByRanges && x.Known:
		return x.Worth.Formula()
	case r.ByRanges:
		return "needs ranges"
	case x.Known:
		return x.Formula
	}
	return x.Needs
}

// number gives equals one rank: 1, 2=, 2=, 4.
func (r *Ranking) number() {
	value := func(x Ranked) float64 { return x.value(r.ByRanges) }
	for i := range r.Ranked {
		x := &r.Ranked[i]
		if !x.Known {
			return
		}
		first := slices.IndexFunc(r.Ranked, func(y Ranked) bool { return y.Known && value(y) == value(*x) })
		shared := i > first || i+1 < len(r.Ranked) && r.Ranked[i+1].Known && value(r.Ranked[i+1]) == value(*x)
		x.Rank = strconv.Itoa(first + 1)
		if shared {
			x.Rank += "="
		}
	}
}

// tellTie says so when the score alone cannot tell which action stands above the line. For ranges the
// simulation says it.
func (r *Ranking) tellTie() {
	if r.Cut == 0 || r.ByRanges {
		return
	}
	last := r.Ranked[r.Cut-1]
	var below []string
	for _, x := range r.Ranked[r.Cut:] {
		if x.Known && x.Score == last.Score && x.Action.Parked == "" {
			below = append(below, quote(x.Action.Title))
		}
	}
	if below == nil {
		return
	}
	r.Tie = fmt.Sprintf("The line runs through a tie at %s: %s stands above it and %s below. The score cannot choose between them; the room can.",
		FormatScore(last.Score), quote(last.Action.Title), both(below))
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}
