package model

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// Draws is how often the simulation draws every range anew. A share of that many draws is off by less than one
// percent in nineteen of twenty cases, because its standard error is at most 0.5 ÷ √10,000.
const Draws = 10000

// TieBelow is the firmness under which two neighbours share a rank. Half of the draws would be a coin; up to
// six in ten the ranges say too little to call one of them first.
const TieBelow = 0.6

// sortings bounds the work of ranking within each draw: with many actions fewer of the draws are ranked.
const sortings = 500_000

// A Simulation says how firmly the ranges tell actions apart, for each unit of loss on its own.
type Simulation struct {
	Draws  int          `json:"draws"`
	Groups []Comparable `json:"groups"` // the one with the most actions first
}

// A Comparable is the actions whose losses are counted in one unit, best first.
type Comparable struct {
	Unit      string     `json:"unit"`
	Standings []Standing `json:"standings"`
	Swing     Swing      `json:"swing"`
	Line      string     `json:"line,omitempty"` // a sentence when the cut line runs through a tie
}

// A Standing is one action among those that it can be compared with. Shares are of the draws, from 0 to 1.
type Standing struct {
	Action   ID      `json:"action"`
	Title    string  `json:"title"`
	Worth    Worth   `json:"worth"`
	Rank     string  `json:"rank"`     // a tie with the one before is a shared rank
	Firm     float64 `json:"firm"`     // how often it stands above the next one; 0 for the last
	First    float64 `json:"first"`    // how often it is the first of all
	Above    float64 `json:"above"`    // how often it stands above the cut line
	RankLow  int     `json:"rank_low"` // nine of ten draws place it from here
	RankHigh int     `json:"rank_high"`
	Covered  float64 `json:"covered"` // the part of all expected loss removed that it and those before it come to
	Parked   bool    `json:"parked"`
}

// Tied tells whether the ranges cannot say which of it and the next one comes first.
func (s Standing) Tied() bool { return s.Firm > 0 && s.Firm < TieBelow }

// Simulate draws every range of the ranked actions and counts what follows. Estimates are drawn independently
// of each other. The order itself is by expectation and needs no draw.
func Simulate(r Ranking, cut int) Simulation {
	byUnit := map[string][]Ranked{}
	var units []string
	for _, x := range r.Ranked {
		if !x.Worth.Known {
			continue
		}
		u := sameUnit(x.Worth.Unit)
		if byUnit[u] == nil {
			units = append(units, u)
		}
		byUnit[u] = append(byUnit[u], x)
	}
	slices.SortStableFunc(units, func(a, b string) int { return len(byUnit[b]) - len(byUnit[a]) })
	sim := Simulation{Draws: Draws}
	p := newPert()
	for _, u := range units {
		sim.Groups = append(sim.Groups, compare(p, byUnit[u], cut))
	}
	return sim
}

// Of finds an action's standing.
func (s Simulation) Of(id ID) (Standing, bool) {
	for _, g := range s.Groups {
		for _, x := range g.Standings {
			if x.Action == id {
				return x, true
			}
		}
	}
	return Standing{}, false
}

// compare simulates the actions of one unit.
func compare(p *pert, list []Ranked, cut int) Comparable {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Ranked) int { return -cmp.Compare(a.Worth.PerDay, b.Worth.PerDay) })
	t := trial{n: len(list), draws: make([]float32, len(list)*Draws), parked: make([]bool, len(list))}
	g := Comparable{Unit: list[0].Worth.Unit, Standings: make([]Standing, len(list))}
	total, sum := 0.0, 0.0
	for _, x := range list {
		total += x.Worth.Removed
	}
	for i, x := range list {
		t.parked[i] = x.Action.Parked != ""
		p.drawsOf(x.Action.ID, x.Worth, t.of(i))
		sum += x.Worth.Removed
		g.Standings[i] = Standing{Action: x.Action.ID, Title: x.Action.Title, Worth: x.Worth, Parked: t.parked[i]}
		if total > 0 {
			g.Standings[i].Covered = sum / total
		}
	}
	for i := range list[:len(list)-1] {
		g.Standings[i].Firm = t.above(i, i+1)
	}
	t.number(g.Standings)
	t.rank(g.Standings, cut)
	g.Swing = swingOf(list, cut)
	g.tellLine(cut)
	return g
}

// A trial is the draws of all actions, one after the other.
type trial struct {
	n      int
	draws  []float32
	parked []bool
}

func (t trial) of(i int) []float32 { return t.draws[i*Draws : (i+1)*Draws] }

// above is how often action i stands above action k; equals count half.
func (t trial) above(i, k int) float64 {
	more, same := 0, 0
	b := t.of(k)
	for d, v := range t.of(i) {
		if v > b[d] {
			more++
		}
		if v == b[d] {
			same++
		}
	}
	return (float64(more) + float64(same)/2) / Draws
}

// number gives ranks. Whoever cannot be told from the first of a rank shares it, so that no chain of small
// steps makes one rank of actions that are far apart.
func (t trial) number(list []Standing) {
	first := 0
	for i := range list {
		if i > 0 {
			firm := list[i-1].Firm
			if first < i-1 {
				firm = t.above(first, i)
			}
			if firm >= TieBelow {
				first = i
			}
		}
		list[i].Rank = strconv.Itoa(first + 1)
		if i > first {
			list[first].Rank, list[i].Rank = strconv.Itoa(first+1)+"=", strconv.Itoa(first+1)+"="
		}
	}
}

// tile is how many draws are ranked side by side: as many as share a line of memory.
const tile = 16

// rank counts the places that each action takes from draw to draw.
func (t trial) rank(list []Standing, cut int) {
	ranked := min(Draws, max(tile, sortings/t.n)) / tile * tile
	places := make([]int, t.n*t.n) // of an action, by place
	above := make([]int, t.n)
	keys := make([][]uint64, tile)
	for k := range keys {
		keys[k] = make([]uint64, t.n)
	}
	for d := 0; d < ranked; d += tile {
		for i := range t.n {
			for k, v := range t.draws[i*Draws+d : i*Draws+d+tile] {
				// Draws are not negative, so their bits are in their order; complemented, the highest comes first.
				keys[k][i] = uint64(^math.Float32bits(v))<<32 | uint64(i)
			}
		}
		for _, order := range keys {
			slices.Sort(order)
			left := cut
			for place, key := range order {
				i := int(uint32(key))
				places[i*t.n+place]++
				if left > 0 && !t.parked[i] {
					above[i]++
					left--
				}
			}
		}
	}
	for i := range list {
		mine := places[i*t.n : (i+1)*t.n]
		list[i].First = float64(mine[0]) / float64(ranked)
		list[i].Above = float64(above[i]) / float64(ranked)
		list[i].RankLow, list[i].RankHigh = middle(mine, ranked)
	}
}

// middle is the places between which nine of ten draws lie.
func middle(places []int, of int) (low, high int) {
	sum := 0
	for i, n := range places {
		if low == 0 && (sum+n)*20 > of {
			low = i + 1
		}
		if sum += n; high == 0 && sum*20 >= of*19 {
			high = i + 1
		}
	}
	return low, high
}
