package model

import (
	"cmp"
	"slices"
	"strings"
)

// A CauseMap is the picture of how conditions acted on one another: rows of boxes from cause to
// effect, with lines between them. It is geometry only; whoever shows it chooses the colours.
type CauseMap struct {
	Width, Height int
	Boxes         []MapBox
	Edges         []MapEdge
	Cells         [][]MapCell // [y][x], Height by Width
	Apart         []ID        // factors without an interaction, not drawn
	Undrawn       []ID        // interactions that did not fit or that name what is not there
}

// A MapBox is one factor.
type MapBox struct {
	Factor        ID
	X, Y          int
	Width, Height int
	Row, Column   int
	Lines         []string // the statement, wrapped
	Hollow        bool     // a hypothesis: no evidence yet
}

// A MapEdge is one arrow; interactions between the same two factors share it.
type MapEdge struct {
	From, To     ID
	Kinds        []string
	Interactions []ID
	Back         bool    // it runs against the order of the rows, along the side
	Path         []Point // each cell from the border of From to the arrowhead at To
}

// A Point is a cell of the grid.
type Point struct{ X, Y int }

// A MapCell is one cell of the grid: a piece of text, "" when it is blank, and what it belongs to.
type MapCell struct {
	Text  string
	Part  MapPart
	Of    ID   // the factor of a box; the factor that an edge leaves
	Taken bool // by the wide character to its left
}

// MapPart says what a cell shows.
type MapPart int

// The parts of the map.
const (
	PartBlank MapPart = iota
	PartBorder
	PartText
	PartEdge
	PartArrow
	PartLabel
)

const (
	widestBox  = 34
	readable   = 20 // a box that shows most statements whole
	narrowBox  = 12 // and one that still shows their beginning
	boxGap     = 3
	laneWidth  = 3 // a line that passes a row of boxes: two columns to choose from and a blank
	mostLines  = 4 // of a statement in a box
	pinSpacing = 2
)

// DrawCauseMap lays the factors and their interactions out for a grid of width cells. measure is the
// width of a text in cells. The same record gives the same picture. Boxes are made narrower, and a
// crowded row is folded into several, until everything fits.
func DrawCauseMap(factors []Factor, interactions []Interaction, width int, measure func(string) int, ascii bool) CauseMap {
	g := newMapGraph(factors, interactions)
	m := CauseMap{Width: width, Apart: g.apart, Undrawn: g.undrawn}
	if len(g.nodes) == 0 {
		return m
	}
	for _, least := range []int{readable, narrowBox} {
		for perRow := max(1, width/(least+boxGap)); perRow >= 1; perRow-- {
			if l := layOut(g, width, perRow, least); l != nil {
				l.draw(&m, g, factors, measure, ascii)
				return m
			}
		}
	}
	for _, e := range g.edges {
		m.Undrawn = append(m.Undrawn, e.interactions...)
	}
	for _, n := range g.nodes {
		m.Apart = append(m.Apart, n.id)
	}
	return m
}

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

// A slot is a place in a row: a box, or a lane in which a line passes to a later row.
type slot struct {
	node int // the box, or the source of the lane
	lane bool
	x    int // left edge
}

// A mapLayout is the order and the columns of the rows.
type mapLayout struct {
	width    int // of the part left of the side lanes
	box      int // width of every box
	rows     [][]slot
	rowOf    []int // of a node
	last     []int // the last row in which a line of a node ends
	sideLane map[int]int
}

// layOut places the nodes with at most perRow boxes in a row, or gives nil when boxes of the least
// width are too wide for that.
func layOut(g mapGraph, width, perRow, least int) *mapLayout {
	l := &mapLayout{rowOf: make([]int, len(g.nodes)), last: make([]int, len(g.nodes)), sideLane: map[int]int{}}
	for _, e := range g.edges {
		if _, has := l.sideLane[e.from]; e.back && !has {
			l.sideLane[e.from] = width - 1 - pinSpacing*len(l.sideLane)
		}
	}
	l.width = width - pinSpacing*len(l.sideLane)
	l.fillRows(g, perRow)
	l.addLanes(g)
	l.uncross(g)
	room := widestBox
	for _, row := range l.rows {
		boxes := boxesIn(row)
		room = min(room, (l.width-(len(row)-boxes)*laneWidth)/boxes-boxGap)
	}
	if room < least {
		return nil
	}
	l.box = room
	l.spread()
	return l
}

// fillRows cuts each layer into rows of at most perRow boxes.
func (l *mapLayout) fillRows(g mapGraph, perRow int) {
	deepest := 0
	for _, n := range g.nodes {
		deepest = max(deepest, n.layer)
	}
	for layer := 0; layer <= deepest; layer++ {
		var row []slot
		for i, n := range g.nodes {
			if n.layer != layer {
				continue
			}
			if len(row) == perRow {
				l.rows = append(l.rows, row)
				row = nil
			}
			l.rowOf[i] = len(l.rows)
			row = append(row, slot{node: i})
		}
		l.rows = append(l.rows, row)
	}
}

// addLanes lets the line of a node pass the rows between it and its furthest target. One line serves
// all targets of a node, as a trunk with branches.
func (l *mapLayout) addLanes(g mapGraph) {
	for n := range g.nodes {
		l.last[n] = l.rowOf[n]
		for _, e := range g.nodes[n].out {
			l.last[n] = max(l.last[n], l.rowOf[g.edges[e].to])
		}
		for r := l.rowOf[n] + 1; r < l.last[n]; r++ {
			l.rows[r] = append(l.rows[r], slot{node: n, lane: true})
		}
	}
}

// uncross orders each row by the middle of what it is tied to in the row above, then below, a few
// times over.
func (l *mapLayout) uncross(g mapGraph) {
	for pass := range 8 {
		if pass%2 == 0 {
			for r := 1; r < len(l.rows); r++ {
				l.sortRow(g, r, r-1)
			}
		} else {
			for r := len(l.rows) - 2; r >= 0; r-- {
				l.sortRow(g, r, r+1)
			}
		}
	}
}

func (l *mapLayout) sortRow(g mapGraph, r, by int) {
	place := make([]float64, len(l.rows[r]))
	order := make([]int, len(l.rows[r]))
	for i, s := range l.rows[r] {
		order[i] = i
		sum, n := 0.0, 0
		for j, t := range l.rows[by] {
			up, down := t, s
			if by > r {
				up, down = s, t
			}
			if g.tied(up, down) {
				sum += float64(j) / float64(len(l.rows[by]))
				n++
			}
		}
		if n == 0 {
			sum, n = float64(i)/float64(len(l.rows[r])), 1
		}
		place[i] = sum / float64(n)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(place[a], place[b]) })
	sorted := make([]slot, len(order))
	for i, o := range order {
		sorted[i] = l.rows[r][o]
	}
	l.rows[r] = sorted
}

// tied tells whether a line runs from one slot to the slot below it.
func (g mapGraph) tied(up, down slot) bool {
	if down.lane {
		return up.node == down.node
	}
	return slices.ContainsFunc(g.nodes[down.node].in, func(e int) bool { return g.edges[e].from == up.node })
}

// spread gives the slots of each row their columns, with the free room shared between them.
func (l *mapLayout) spread() {
	for _, row := range l.rows {
		used := 0
		for _, s := range row {
			used += l.slotWidth(s)
		}
		free, x := l.width-used-boxGap*boxesIn(row), 0
		for i := range row {
			x += free * (i + 1) / (len(row) + 1)
			x -= free * i / (len(row) + 1)
			row[i].x = x
			x += l.slotWidth(row[i])
			if !row[i].lane {
				x += boxGap
			}
		}
	}
}

func (l *mapLayout) slotWidth(s slot) int {
	if s.lane {
		return laneWidth
	}
	return l.box
}

func boxesIn(row []slot) int {
	n := 0
	for _, s := range row {
		if !s.lane {
			n++
		}
	}
	return n
}

// wrapText breaks text into lines of at most width cells; the last of limit lines ends in an ellipsis
// when more follows.
func wrapText(text string, width, limit int, measure func(string) int, ellipsis string) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(CleanLine(text)) {
		for word != "" {
			joined := strings.TrimPrefix(line+" "+word, " ")
			if measure(joined) <= width {
				line, word = joined, ""
				continue
			}
			if line == "" { // a word wider than the line
				line = cutTo(word, width, measure)
				word = word[len(line):]
			}
			lines, line = append(lines, line), ""
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) > limit {
		last := lines[limit-1]
		if at := strings.LastIndexByte(last, ' '); at > 0 && measure(last+ellipsis) > width {
			last = last[:at]
		}
		lines = append(lines[:limit-1], cutTo(last, width-measure(ellipsis), measure)+ellipsis)
	}
	return lines
}

// cutTo is as much of text as fits in width cells, at least one character.
func cutTo(text string, width int, measure func(string) int) string {
	end := 0
	for i, r := range text {
		next := i + len(string(r))
		if end > 0 && measure(text[:next]) > width {
			break
		}
		end = next
	}
	return text[:end]
}
