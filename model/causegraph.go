package model

import "slices"

type mapNode struct {
	id    ID
	layer int
	out   []int // edges, loops left out
	in    []int
}

type mapLink struct {
	from, to     int
	kinds        []string
	interactions []ID
	back         bool
}

type mapGraph struct {
	nodes   []mapNode
	edges   []mapLink
	apart   []ID
	undrawn []ID
}

// newMapGraph keeps the factors that act on another one, joins doubles, marks the edges that close a
// loop, and puts each node on the layer below all that act on it.
func newMapGraph(factors []Factor, interactions []Interaction) mapGraph {
	var g mapGraph
	index := map[ID]int{}
	linked := map[ID]bool{}
	exists := map[ID]bool{}
	for _, f := range factors {
		exists[f.ID] = true
	}
	for _, l := range interactions {
		if exists[l.From] && exists[l.To] && l.From != l.To {
			linked[l.From], linked[l.To] = true, true
		}
	}
	for _, f := range factors {
		if !linked[f.ID] {
			g.apart = append(g.apart, f.ID)
			continue
		}
		index[f.ID] = len(g.nodes)
		g.nodes = append(g.nodes, mapNode{id: f.ID})
	}
	for _, l := range interactions {
		if !linked[l.From] || !linked[l.To] || l.From == l.To {
			g.undrawn = append(g.undrawn, l.ID)
			continue
		}
		from, to := index[l.From], index[l.To]
		at := slices.IndexFunc(g.edges, func(e mapLink) bool { return e.from == from && e.to == to })
		if at < 0 {
			at = len(g.edges)
			g.edges = append(g.edges, mapLink{from: from, to: to})
		}
		e := &g.edges[at]
		if !slices.Contains(e.kinds, l.Kind) {
			e.kinds = append(e.kinds, l.Kind)
		}
		e.interactions = append(e.interactions, l.ID)
	}
	g.breakLoops()
	g.longestPaths()
	return g
}

// breakLoops turns the edges that close a loop, met in the order of the list, into back edges.
func (g *mapGraph) breakLoops() {
	const unseen, open, closed = 0, 1, 2
	state := make([]int, len(g.nodes))
	var visit func(n int)
	visit = func(n int) {
		state[n] = open
		for i := range g.edges {
			e := &g.edges[i]
			if e.from != n {
				continue
			}
			switch state[e.to] {
			case open:
				e.back = true
			case unseen:
				visit(e.to)
			}
		}
		state[n] = closed
	}
	targets := map[int]bool{}
	for _, e := range g.edges {
		targets[e.to] = true
	}
	for _, first := range []bool{true, false} { // from pure causes first, so that a loop is cut at its end
		for n := range g.nodes {
			if state[n] == unseen && (!first || !targets[n]) {
				visit(n)
			}
		}
	}
	for i, e := range g.edges {
		if !e.back {
			g.nodes[e.from].out = append(g.nodes[e.from].out, i)
			g.nodes[e.to].in = append(g.nodes[e.to].in, i)
		}
	}
}

func (g *mapGraph) longestPaths() {
	for range g.nodes {
		moved := false
		for _, e := range g.edges {
			if !e.back && g.nodes[e.to].layer < g.nodes[e.from].layer+1 {
				g.nodes[e.to].layer, moved = g.nodes[e.from].layer+1, true
			}
		}
		if !moved {
			return
		}
	}
}
