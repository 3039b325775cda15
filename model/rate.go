package model

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// A PastIncident is what the file knows of an incident when it is asked how often such a thing happens.
type PastIncident struct {
	ID       ID
	Key      string
	Type     string
	Services []string
	Started  time.Time
	Factors  []Factor // statement, layer and area
}

// A Suggestion is a frequency that follows from the file's own history, with its ground.
type Suggestion struct {
	Range Range
	Count int
	Keys  []string // of the incidents that were counted, oldest first
	Text  string   // "3 incidents in 14 months in this file touch checkout: about 2.6 a year; few, so 1–3–6."
}

// The shortest history that a rate is taken from, and the count under which it is called small.
const (
	shortestHistory = 60 * 24 * time.Hour
	fewIncidents    = 10
	yearLength      = 365.25 * 24 * time.Hour
)

// SuggestFrequency counts what the file has seen of this kind: incidents with a condition like those that the
// action answers, else incidents of the same type that touch the same service, else incidents that touch it.
// The first of these that happened twice counts; otherwise the last one. This incident is one of them. The
// answer is a sentence without a range when the history is too short.
func SuggestFrequency(r Record, a Action, past []PastIncident, now time.Time) Suggestion {
	first := time.Time{}
	for _, p := range past {
		if !p.Started.IsZero() && !p.Started.After(now) && (first.IsZero() || p.Started.Before(first)) {
			first = p.Started
		}
	}
	span := now.Sub(first)
	if first.IsZero() || span < shortestHistory {
		return Suggestion{Text: "This file does not reach back far enough to suggest a frequency: it takes two months of incidents with a time of start."}
	}
	var chosen []PastIncident
	var ground string
	for _, g := range grounds(r, a) {
		list := slices.DeleteFunc(slices.Clone(past), func(p PastIncident) bool { return p.Started.IsZero() || p.Started.After(now) || !g.holds(p) })
		if len(list) > 0 {
			chosen, ground = list, g.says(len(list))
		}
		if len(list) > 1 {
			break
		}
	}
	if len(chosen) == 0 {
		return Suggestion{Text: "No incident of this file shares a service, a type or a condition with this one, so there is nothing to count."}
	}
	slices.SortStableFunc(chosen, func(x, y PastIncident) int { return x.Started.Compare(y.Started) })
	return suggest(chosen, ground, span)
}

func suggest(list []PastIncident, ground string, span time.Duration) Suggestion {
	n := len(list)
	s := Suggestion{Count: n}
	for _, p := range list {
		s.Keys = append(s.Keys, p.Key)
	}
	years := float64(span) / float64(yearLength)
	rate := float64(n) / years
	low, high := PoissonInterval(n)
	digits, why := 2, ""
	if n < fewIncidents {
		digits, why = 1, " few, so"
	}
	s.Range = Range{roundTo(low/years, digits), roundTo(rate, digits), roundTo(high/years, digits)}
	s.Text = fmt.Sprintf("%s in %s in this file %s: about %s a year;%s %s.", Counted(n, "incident"), months(span), ground, Amount(rate), why, s.Range)
	return s
}

// months writes a span as people count it.
func months(span time.Duration) string {
	return Counted(int(math.Round(float64(span)/float64(yearLength)*12)), "month")
}

// A ground is one reason to count an incident as of the same kind.
type groundOf struct {
	holds func(PastIncident) bool
	says  func(n int) string
}

// grounds are those of an action, the closest first.
func grounds(r Record, a Action) []groundOf {
	verb := func(one, many string) func(int) string {
		return func(n int) string {
			if n == 1 {
				return one
			}
			return many
		}
	}
	var answered []Factor
	for _, f := range r.Factors {
		if slices.Contains(a.Factors, f.ID) && f.Condition() {
			answered = append(answered, f)
		}
	}
	services := strings.Join(r.Incident.Services, " or ")
	touches := func(p PastIncident) bool {
		return slices.ContainsFunc(p.Services, func(s string) bool { return slices.Contains(r.Incident.Services, s) })
	}
	var list []groundOf
	if len(answered) > 0 {
		list = append(list, groundOf{func(p PastIncident) bool {
			return p.ID == r.Incident.ID || slices.ContainsFunc(p.Factors, func(f Factor) bool {
				return slices.ContainsFunc(answered, func(g Factor) bool { return alike(f, g) })
			})
		}, verb("has a condition like those that it answers", "have a condition like those that it answers")})
	}
	if services != "" && r.Incident.Type != "" {
		kind := strings.ReplaceAll(r.Incident.Type, "_", " ")
		list = append(list, groundOf{func(p PastIncident) bool { return touches(p) && p.Type == r.Incident.Type },
			verb("touches "+services+" and is about "+kind, "touch "+services+" and are about "+kind)})
	}
	if services != "" {
		list = append(list, groundOf{touches, verb("touches "+services, "touch "+services)})
	}
	return list
}

// alike tells whether two conditions are of one kind: of the same layer and area, with half of the telling
// words of the shorter one in common.
func alike(f, g Factor) bool {
	if f.Layer != g.Layer || f.Area != g.Area {
		return false
	}
	a, b := tellingWords(f.Statement), tellingWords(g.Statement)
	if len(a) > len(b) {
		a, b = b, a
	}
	shared := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			shared++
		}
	}
	return shared > 0 && shared*2 >= len(a)
}

// tellingWords are the words of a statement that say something, each once, without their endings.
func tellingWords(text string) (list []string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127) }) {
		for _, end := range []string{"ing", "ed", "es", "s"} {
			if cut, ok := strings.CutSuffix(w, end); ok && len(cut) > 3 {
				w = cut
				break
			}
		}
		if len(w) > 3 && !slices.Contains(common, w) && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

var common = strings.Fields("that this with from when what were have been into than then they there their which would could only again after before without about each other more less some")

// PoissonInterval is an interval for the mean of a Poisson count of n that holds it in at least four of five
// cases, however small n is: the exact interval of F. Garwood, "Fiducial Limits for the Poisson
// Distribution", Biometrika 28, 1936, at 80%.
func PoissonInterval(n int) (low, high float64) {
	const tail = 0.1
	// Above the low end, n or more happen more often than the tail; below the high end, n or fewer do.
	if n > 0 {
		low = bisect(0, float64(n), func(mean float64) bool { return 1-poissonUpTo(n-1, mean) < tail })
	}
	high = bisect(float64(n), 2*float64(n)+10, func(mean float64) bool { return poissonUpTo(n, mean) > tail })
	return low, high
}

// bisect finds where below stops to hold between from and to.
func bisect(from, to float64, below func(float64) bool) float64 {
	for range 60 {
		if mid := (from + to) / 2; below(mid) {
			from = mid
		} else {
			to = mid
		}
	}
	return (from + to) / 2
}

// poissonUpTo is the probability of n or fewer, added up in logarithms so that large means do not vanish.
func poissonUpTo(n int, mean float64) float64 {
	if mean <= 0 {
		return 1
	}
	sum, term := 0.0, -mean
	for k := range n + 1 {
		if k > 0 {
			term += math.Log(mean / float64(k))
		}
		sum += math.Exp(term)
	}
	return sum
}

// roundTo keeps so many digits that say something.
func roundTo(v float64, digits int) float64 {
	if v <= 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-float64(digits-1))
	return micro(math.Round(v/unit) * unit)
}

// suggested stands between the range and its ground in the field that keeps an accepted suggestion.
const suggested = " a year, suggested: "

// Accept is the gesture that takes a suggestion: the range, and beside it its ground and who accepted it.
func (s Suggestion) Accept(a ID, author string, now time.Time) Gesture {
	text := strings.TrimSuffix(s.Text, ".")
	return Gesture{Label: "accept a suggested frequency"}.
		Set(TypeAction, a, "occurrences", s.Range.String()).
		Set(TypeAction, a, "occurrences_source", fmt.Sprintf("%s%s%s; accepted by %s on %s", s.Range, suggested, text, author, now.UTC().Format(time.DateOnly)))
}

// SuggestedFrom is the ground of a frequency that was suggested and accepted; empty once somebody has written
// another range, because the ground names the range that it is for.
func SuggestedFrom(a Action) string {
	of, ground, ok := strings.Cut(a.OccurrencesBy, suggested)
	if !ok || a.Occurrences == "" || of != a.Occurrences {
		return ""
	}
	return ground
}
