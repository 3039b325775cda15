package model

import (
	"cmp"
	"slices"
)

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
	room := max(widestBox, min(width/4, 46)) // on a wall there is room for the words beside the arrows
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
