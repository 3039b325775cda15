package model

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func ranged(n int, title, occurrences, loss, days, removes string) Action {
	return Action{ID: IDFrom(TypeAction, [8]byte{byte(n), byte(n >> 8), 7}), Title: title, Stage: StageCommitted,
		Occurrences: occurrences, Loss: loss, Days: days, Removes: removes}
}

func rankOf(r Ranking, id ID) int {
	return slices.IndexFunc(r.Ranked, func(x Ranked) bool { return x.Action.ID == id })
}

func drawRange(t *rapid.T, name string, least float64) string {
	v := rapid.SliceOfN(rapid.Float64Range(least, 500), 3, 3).Draw(t, name)
	for i := range v {
		v[i] = micro(v[i])
	}
	slices.Sort(v)
	return Range{v[0], v[1], v[2]}.String()
}

func drawActions(t *rapid.T, most int) []Action {
	var list []Action
	for i := range rapid.IntRange(2, most).Draw(t, "actions") {
		list = append(list, ranged(i, fmt.Sprint("action ", i), drawRange(t, "occurrences", 0.1), drawRange(t, "loss", 1), drawRange(t, "days", 0.1), drawRange(t, "removes", 1)))
		list[i].Removes = fmt.Sprint(rapid.IntRange(1, 100).Draw(t, "share"))
	}
	return list
}

// More often, dearer, more of it removed or less work never ranks lower, all else equal.
func TestMoreWorthNeverRanksLower(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawActions(t, 6)
		i := rapid.IntRange(0, len(list)-1).Draw(t, "which")
		before := rankOf(Rank(list, DefaultScale(), 2), list[i].ID)
		more := func(s string, by float64) string {
			r, _ := ReadRange(s)
			return Range{micro(r.Low * by), micro(r.Likely * by), micro(r.High * by)}.String()
		}
		switch rapid.IntRange(0, 2).Draw(t, "what") {
		case 0:
			list[i].Occurrences = more(list[i].Occurrences, 1.5)
		case 1:
			list[i].Loss = more(list[i].Loss, 1.5)
		case 2:
			list[i].Days = more(list[i].Days, 3)
			if after := rankOf(Rank(list, DefaultScale(), 2), list[i].ID); after < before {
				t.Fatalf("more work moved it up from %d to %d", before, after)
			}
			return
		}
		if after := rankOf(Rank(list, DefaultScale(), 2), list[i].ID); after > before {
			t.Fatalf("it was at %d and is at %d", before, after)
		}
	})
}

// Seconds, minutes or another currency change neither the order nor the shares. Powers of two are exact in
// floating point, so that nothing else can differ.
func TestTheOrderIsFreeOfTheUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawActions(t, 5)
		for i := range list {
			r, _ := ReadRange(list[i].Loss)
			list[i].Loss = Range{math.Round(r.Low), math.Round(r.Likely), math.Round(r.High)}.String()
		}
		other := slices.Clone(list)
		for i := range other {
			r, _ := ReadRange(other[i].Loss)
			other[i].Loss = Range{r.Low * 4, r.Likely * 4, r.High * 4}.String()
		}
		a, b := Simulate(Rank(list, DefaultScale(), 2), 2).Groups[0].Standings, Simulate(Rank(other, DefaultScale(), 2), 2).Groups[0].Standings
		for i := range a {
			if a[i].Action != b[i].Action || a[i].Firm != b[i].Firm || a[i].Above != b[i].Above || a[i].Rank != b[i].Rank {
				t.Fatalf("%+v\n%+v", a[i], b[i])
			}
		}
	})
}

func TestTheSameRecordGivesTheSameDraws(t *testing.T) {
	list := []Action{ranged(1, "a", "2–4–9", "10–20–60", "2–3–8", ""), ranged(2, "b", "1–2–3", "30–40–90", "1–2–5", "50–60–80")}
	one, two := Simulate(Rank(list, DefaultScale(), 1), 1), Simulate(Rank(list, DefaultScale(), 1), 1)
	if d := cmp.Diff(one, two); d != "" {
		t.Error(d)
	}
	// The figures are those of every machine: no step of a draw is rounded differently on any of them.
	if s := one.Groups[0].Standings; s[0].Firm != 0.5871 {
		t.Errorf("the firmness is %v", s[0].Firm)
	}
	list = append(list, ranged(3, "c", "1", "1", "1", "")) // a third action leaves the draws of the others alone
	if s := Simulate(Rank(list, DefaultScale(), 1), 1).Groups[0].Standings; s[0].Firm != one.Groups[0].Standings[0].Firm {
		t.Errorf("another action changed the firmness to %v", s[0].Firm)
	}
}

// Without any width the simulation is the closed formula.
func TestPointsEqualTheFormula(t *testing.T) {
	r := Rank([]Action{ranged(1, "a", "4", "30", "2", ""), ranged(2, "b", "2", "30", "2", "50"), ranged(3, "c", "1", "30", "2", "50")}, DefaultScale(), 1)
	sim := Simulate(r, 1).Groups[0]
	for i, want := range []float64{60, 15, 7.5} {
		if got := sim.Standings[i].Worth.PerDay; got != want {
			t.Errorf("%d: %v instead of %v", i, got, want)
		}
	}
	if s := sim.Standings[0]; s.Firm != 1 || s.First != 1 || s.Above != 1 || s.RankLow != 1 || s.RankHigh != 1 || s.Rank != "1" {
		t.Errorf("%+v", s)
	}
	if sim.Swing.Text != "No single estimate would change the order, even at its ends." {
		t.Error(sim.Swing.Text)
	}
	if got := sim.Standings[1].Covered; math.Abs(got-150.0/165) > 1e-12 {
		t.Errorf("covered %v", got)
	}
}

// The draws of one range have the mean and the variance of the PERT distribution, and those of a product the
// product of the means. The variance is (mean − low)(high − mean) ÷ 7.
func TestDrawsAgreeWithTheAnalyticMean(t *testing.T) {
	p := newPert()
	one := Range{1, 1, 1}
	for _, r := range []Range{{2, 4, 9}, {0, 0, 10}, {5, 50, 50}, {1, 2, 100}} {
		draws := make([]float32, Draws)
		p.drawsOf("A-0000000000000001", Worth{Occurrences: r, Loss: one, Removes: Range{100, 100, 100}, Days: one}, draws)
		mean, variance := momentsOf(draws)
		width := r.High - r.Low
		if want := r.Mean(); math.Abs(mean-want) > 0.01*width {
			t.Errorf("%v: mean %v instead of %v", r, mean, want)
		}
		if want := (r.Mean() - r.Low) * (r.High - r.Mean()) / 7; math.Abs(variance-want) > 0.06*want {
			t.Errorf("%v: variance %v instead of %v", r, variance, want)
		}
	}
	w := Worth{Occurrences: Range{2, 4, 9}, Loss: Range{10, 20, 60}, Removes: Range{40, 60, 90}, Days: one}
	draws := make([]float32, Draws)
	p.drawsOf("A-0000000000000002", w, draws)
	mean, _ := momentsOf(draws)
	if want := w.Occurrences.Mean() * w.Loss.Mean() * w.Removes.Mean() / 100; math.Abs(mean-want) > 0.02*want {
		t.Errorf("the mean of the products is %v instead of %v", mean, want)
	}
}

func momentsOf(draws []float32) (mean, variance float64) {
	for _, v := range draws {
		mean += float64(v) / float64(len(draws))
	}
	for _, v := range draws {
		variance += (float64(v) - mean) * (float64(v) - mean) / float64(len(draws))
	}
	return mean, variance
}

// Two actions with the same ranges cannot be told apart, and say so.
func TestEqualRangesAreATie(t *testing.T) {
	r := Rank([]Action{ranged(1, "a", "2–4–9", "10–20–60", "2–3–8", ""), ranged(2, "b", "2–4–9", "10–20–60", "2–3–8", ""), ranged(3, "c", "0.1", "1", "9", "")}, DefaultScale(), 1)
	sim := Simulate(r, 1)
	s := sim.Groups[0].Standings
	if !s[0].Tied() || s[0].Rank != "1=" || s[1].Rank != "1=" || s[2].Rank != "3" || math.Abs(s[0].Firm-0.5) > 0.02 {
		t.Errorf("%+v", s)
	}
	if !strings.Contains(r.Settle(sim).Tie, "runs through a tie") {
		t.Errorf("the line is silent: %q", r.Settle(sim).Tie)
	}
}

// Equal draws count half, and what is parked is never above the line.
func TestEqualDrawsCountHalfAndParkedStaysBelow(t *testing.T) {
	a, b, c := ranged(1, "a", "8", "30", "2", ""), ranged(2, "b", "4", "30", "2", ""), ranged(3, "c", "4", "30", "2", "")
	a.Parked = "later"
	s := Simulate(Rank([]Action{a, b, c}, DefaultScale(), 1), 1).Groups[0].Standings
	if s[0].Firm != 1 || s[1].Firm != 0.5 || s[1].Rank != "2=" || s[0].Above != 0 || s[1].Above != 1 || s[2].Above != 0 {
		t.Errorf("%+v", s)
	}
}

// What is chained by small steps is not all one rank: the first is told apart from the last.
func TestARankHoldsOnlyWhatItsFirstCannotBeToldFrom(t *testing.T) {
	var list []Action
	for i := range 8 {
		list = append(list, ranged(i, fmt.Sprint(i), fmt.Sprintf("%d–%d–%d", 40-i, 60-i, 90-i), "10", "1", ""))
	}
	s := Simulate(Rank(list, DefaultScale(), 3), 3).Groups[0].Standings
	if s[0].Rank == s[7].Rank {
		t.Errorf("all share %s", s[0].Rank)
	}
}

func TestSwingNamesTheEstimateThatWouldChangeTheOrder(t *testing.T) {
	r := Rank([]Action{
		ranged(1, "steady", "4", "30", "2", ""), ranged(2, "wild", "4", "25", "0.5–2–10", ""), ranged(3, "small", "4", "10", "2", ""),
	}, DefaultScale(), 1)
	got := Simulate(r, 1).Groups[0].Swing
	if got.Title != "wild" || got.Field != "days" || got.Best != 1 || got.Worst != 3 || !got.Crosses {
		t.Errorf("%+v", got)
	}
	if want := "The estimate that could change the order most is “effort in days” of “wild”, 0.5–2–10 person-days: at its ends it would be number 1 or number 3, on either side of the line."; got.Text != want {
		t.Error(got.Text)
	}
}

func TestPlaceOf(t *testing.T) {
	values := []float64{9, 7, 7, 3}
	for _, c := range []struct {
		i     int
		value float64
		want  int
	}{{0, 9, 1}, {0, 8, 1}, {0, 7, 1}, {0, 5, 3}, {0, 1, 4}, {3, 10, 1}, {3, 7, 4}, {3, 8, 2}, {1, 9, 2}, {2, 7, 3}} {
		if got := placeOf(values, c.i, c.value); got != c.want {
			t.Errorf("%v at %d: place %d instead of %d", c.value, c.i, got, c.want)
		}
	}
}

func TestAnOrderNeedsOneScale(t *testing.T) {
	high := func(a Action) Action { a.Frequency, a.Impact, a.Effort = "high", "high", "low"; return a }
	euro := func(a Action) Action { a.LossUnit = "EUR"; return a }
	a, b := ranged(1, "a", "2", "9", "1", ""), ranged(2, "b", "2", "20", "1", "")
	level := high(Action{ID: "A-03", Title: "level", Stage: StageProposed})
	for _, c := range []struct {
		what   string
		list   []Action
		ranges bool
		mix    string
		first  string
	}{
		{"only levels", []Action{level}, false, "", "level"},
		{"only ranges", []Action{a, b}, true, "", "b"},
		{"ranges, and one without any estimate", []Action{{ID: "A-09", Title: "bare", Stage: StageProposed}, a, b}, true, "", "b"},
		{"both", []Action{high(a), high(b), level}, false, "2 of 3 have ranges", "a"},
		{"ranges beside levels", []Action{a, level}, false, "1 of 2 have ranges", "level"},
		{"two units", []Action{a, euro(b)}, false, "1 in minutes of user impact and 1 in EUR", "a"},
		{"a range that nothing can read", []Action{func() Action { x := a; x.Loss = "1e308"; return x }(), b}, true, "", "b"},
	} {
		r := Rank(c.list, DefaultScale(), 1)
		if r.ByRanges != c.ranges || r.Ranked[0].Action.Title != c.first || !strings.Contains(r.Mix, c.mix) || (c.mix == "") != (r.Mix == "") {
			t.Errorf("%s: by ranges %v, first %s, mix %q", c.what, r.ByRanges, r.Ranked[0].Action.Title, r.Mix)
		}
		Simulate(r, 1)
	}
}

func TestCoverageSaysWhatTheFirstOnesRemove(t *testing.T) {
	a, b, c := ranged(1, "a", "4", "30", "2", ""), ranged(2, "b", "2", "30", "2", ""), ranged(3, "c", "2", "10", "4", "")
	a.Factors, b.Factors = []ID{"F-01"}, []ID{"F-01"}
	r := Rank([]Action{a, b, c}, DefaultScale(), 2)
	want := "The first 2 would remove 90% of the 200 minutes of user impact a year that all 3 together are expected to remove. Two that answer one condition may count some of it twice."
	if got := Simulate(r, 2).Groups[0].Coverage(r); got != want {
		t.Error(got)
	}
}

func TestAmounts(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.001: "under 0.01", 0.123: "0.12", 1.26: "1.3", 12.6: "13", 126.4: "126", 12345: "12,300", 1234567: "1,230,000"} {
		if got := Amount(v); got != want {
			t.Errorf("%v: %s instead of %s", v, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0%", 1: "100%", 0.999: "over 99%", 0.001: "under 1%", 0.924: "92%"} {
		if got := Percent(v); got != want {
			t.Errorf("%v: %s instead of %s", v, got, want)
		}
	}
}

func BenchmarkSimulate(b *testing.B) {
	for _, n := range []int{7, 50, 200} {
		var list []Action
		for i := range n {
			list = append(list, ranged(i, fmt.Sprint(i), fmt.Sprintf("%d–%d–%d", 1+i%5, 4+i%7, 20+i%11), fmt.Sprintf("%d–%d–%d", 1+i%13, 30+i%17, 80+i%19), fmt.Sprintf("%d–%d–%d", 1+i%3, 4+i%5, 10+i%23), fmt.Sprintf("%d–%d–%d", 10+i%29, 50+i%31, 90)))
		}
		r := Rank(list, DefaultScale(), 5)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Simulate(r, 5)
			}
		})
	}
}
