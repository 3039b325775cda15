package model

import (
	"fmt"
	"math"
	"slices"
)

// Percent writes a share of draws: whole percents, and never 100% or 0% for what only almost always or almost
// never holds.
func Percent(share float64) string {
	p := int(math.Round(share * 100))
	switch {
	case share <= 0, share >= 1:
	case p == 100:
		return "over 99%"
	case p == 0:
		return "under 1%"
	}
	return fmt.Sprintf("%d%%", p)
}

// Settle lets the simulation number the ranks of an order by ranges: what the draws cannot tell apart shares a
// rank. Other orders stay as they are.
func (r Ranking) Settle(sim Simulation) Ranking {
	if !r.ByRanges || len(sim.Groups) != 1 {
		return r
	}
	r.Ranked = slices.Clone(r.Ranked)
	for i := range r.Ranked {
		if s, ok := sim.Of(r.Ranked[i].Action.ID); ok {
			r.Ranked[i].Rank = s.Rank
		}
	}
	r.Tie = sim.Groups[0].Line
	return r
}

// tellLine says so when the draws cannot tell the last action above the line from the first one below it.
func (g *Comparable) tellLine(cut int) {
	var free []Standing
	for _, s := range g.Standings {
		if !s.Parked {
			free = append(free, s)
		}
	}
	if cut <= 0 || len(free) <= cut {
		return
	}
	last, next := free[cut-1], free[cut]
	if last.Rank == next.Rank {
		g.Line = fmt.Sprintf("The line runs through a tie: the ranges cannot say whether %s or %s comes first. The room can.", quote(brief(last.Title)), quote(brief(next.Title)))
	}
}

// Coverage says how much of the loss the actions above the line would remove, in a sentence; empty while
// there is nothing to say.
func (g Comparable) Coverage(r Ranking) string {
	if !r.ByRanges || r.Cut == 0 || len(g.Standings) < 2 {
		return ""
	}
	above, total, twice := 0.0, 0.0, false
	seen := map[ID]bool{}
	for _, x := range r.Ranked {
		if !x.Worth.Known {
			continue
		}
		total += x.Worth.Removed
		if !x.Above {
			continue
		}
		above += x.Worth.Removed
		for _, f := range x.Action.Factors {
			twice = twice || seen[f]
			seen[f] = true
		}
	}
	if total == 0 || above == total {
		return ""
	}
	who := "The first"
	if r.Cut > 1 {
		who = fmt.Sprintf("The first %d", r.Cut)
	}
	text := fmt.Sprintf("%s would remove %s of the %s %s a year that all %d together are expected to remove.", who, Percent(above/total), Amount(total), g.Unit, len(g.Standings))
	if twice {
		text += " Two that answer one condition may count some of it twice."
	}
	return text
}

// Amount writes an expected amount with no more digits than an estimate deserves: two, or three from 100 up.
func Amount(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v >= 100:
		unit := math.Pow(10, math.Floor(math.Log10(v))-2)
		return grouped(math.Round(v/unit) * unit)
	case v >= 10:
		return plainNumber(math.Round(v))
	case v >= 1:
		return plainNumber(math.Round(v*10) / 10)
	case v >= 0.01:
		return plainNumber(math.Round(v*100) / 100)
	}
	return "under 0.01"
}

// grouped parts thousands with a comma.
func grouped(v float64) string {
	digits := plainNumber(math.Round(v))
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
