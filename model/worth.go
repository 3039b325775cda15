package model

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// DefaultLossUnit is what a loss is counted in where nobody says otherwise.
const DefaultLossUnit = "minutes of user impact"

// A Worth is an action in real units: what it is expected to remove in a year, and for each day of work. It
// comes from the ranges that people gave and not from high, medium and low.
type Worth struct {
	Occurrences Range   `json:"occurrences"` // a year
	Loss        Range   `json:"loss"`        // each time
	Days        Range   `json:"days"`        // person-days
	Removes     Range   `json:"removes"`     // percent of the loss; 100 where nobody says otherwise
	AllOfIt     bool    `json:"all_of_it"`   // nobody said how much it removes
	Unit        string  `json:"unit"`        // of the loss
	Removed     float64 `json:"removed"`     // expected loss removed in a year
	PerDay      float64 `json:"per_day"`     // Removed for each expected person-day
	Known       bool    `json:"-"`           // occurrences, loss and days are there
}

// WorthOf reads the ranges of an action. The expectation of a product of independent estimates is the product
// of their means, so no draw is needed for it: occurrences × loss × share removed ÷ days.
func WorthOf(a Action) Worth {
	w := Worth{Unit: LossUnit(a), Removes: Range{100, 100, 100}, AllOfIt: true}
	if r, ok := RangeOf(TypeAction, "removes", a.Removes); ok {
		w.Removes, w.AllOfIt = r, false
	}
	var o, l, d bool
	w.Occurrences, o = RangeOf(TypeAction, "occurrences", a.Occurrences)
	w.Loss, l = RangeOf(TypeAction, "loss", a.Loss)
	w.Days, d = RangeOf(TypeAction, "days", a.Days)
	if w.Known = o && l && d; w.Known {
		w.Removed = w.Occurrences.Mean() * w.Loss.Mean() * w.Removes.Mean() / 100
		w.PerDay = w.Removed / w.Days.Mean()
	}
	return w
}

// LossUnit is what an action's loss is counted in.
func LossUnit(a Action) string {
	if u := strings.TrimSpace(a.LossUnit); u != "" {
		return u
	}
	return DefaultLossUnit
}

// sameUnit is how two units are told apart: by their letters, whatever the case and the blanks.
func sameUnit(u string) string { return strings.ToLower(strings.Join(strings.Fields(u), " ")) }

// RangesLack names the ranges that an action still needs to be compared in real units; nil when it has none at
// all, and when it has all.
func RangesLack(a Action) []string {
	fields := []struct{ name, cell string }{{"occurrences", a.Occurrences}, {"loss", a.Loss}, {"days", a.Days}}
	var missing []string
	for _, f := range fields {
		if _, ok := RangeOf(TypeAction, f.name, f.cell); !ok {
			field, _ := Named(TypeAction, f.name)
			missing = append(missing, lowerFirst(field.Label))
		}
	}
	if len(missing) == len(fields) {
		return nil
	}
	return missing
}

// A basis is the one scale on which actions are put in order: an order needs one.
type basis struct {
	ranges bool
	unit   string
	mix    string // what can be compared with what, where not everything can
}

// basisOf chooses it. Ranges order the work when every action that has any estimate has them, in one unit;
// else high, medium and low do, and the sentence says what the ranges can still compare.
func basisOf(ranked []Ranked) basis {
	units := map[string][]Ranked{}
	var names []string
	levels, estimated := 0, 0
	for _, x := range ranked {
		if x.Scored || x.Worth.Known {
			estimated++
		}
		if x.Scored && !x.Worth.Known {
			levels++
		}
		if !x.Worth.Known {
			continue
		}
		u := sameUnit(x.Worth.Unit)
		if units[u] == nil {
			names = append(names, u)
		}
		units[u] = append(units[u], x)
	}
	switch {
	case len(names) == 0:
		return basis{}
	case len(names) == 1 && levels == 0:
		return basis{ranges: true, unit: units[names[0]][0].Worth.Unit}
	case len(names) == 1:
		return basis{mix: fmt.Sprintf("%d of %d have ranges, in %s. Those can be compared with each other; until all have them the order is by high, medium and low, which all can share.",
			estimated-levels, estimated, units[names[0]][0].Worth.Unit)}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(units[b]) - len(units[a]) })
	var said []string
	for _, u := range names {
		said = append(said, fmt.Sprintf("%d in %s", len(units[u]), units[u][0].Worth.Unit))
	}
	return basis{mix: "Ranges can be compared within one unit only: " + both(said) + ". The order is by high, medium and low."}
}

// Formula shows the ranges behind a worth: "2–4–9 a year × 10–20–60 minutes × 50–60–80% ÷ 2–3–8 person-days".
func (w Worth) Formula() string {
	if !w.Known {
		return ""
	}
	share := ""
	if !w.AllOfIt {
		share = " × " + w.Removes.In("%")
	}
	return w.Occurrences.In("a year") + " × " + w.Loss.In(w.Unit) + share + " ÷ " + w.Days.In("person-days")
}

// A Band is where about nine of ten cases of a positive product of independent estimates lie. Its relative
// variances are put together as those of a lognormal distribution, which such products tend to (Evans,
// Hastings and Peacock, "Statistical Distributions", 3rd edition, 2000); a picture needs no more.
type Band struct{ Low, High float64 }

func bandOf(mean float64, ranges ...Range) Band {
	if mean <= 0 {
		return Band{}
	}
	relative := 1.0
	for _, r := range ranges {
		m := r.Mean()
		relative *= 1 + (m-r.Low)*(r.High-m)/7/(m*m) // the variance of PERT
	}
	s := math.Sqrt(math.Log(relative))
	middle := mean * math.Exp(-s*s/2)
	return Band{middle * math.Exp(-1.645*s), middle * math.Exp(1.645*s)}
}

// RemovedBand is where the loss removed in a year lies in about nine of ten cases.
func (w Worth) RemovedBand() Band { return bandOf(w.Removed, w.Occurrences, w.Loss, w.Removes) }

// PerDayBand is the same for each person-day.
func (w Worth) PerDayBand() Band {
	return bandOf(w.PerDay, w.Occurrences, w.Loss, w.Removes, w.Days)
}
