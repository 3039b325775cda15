package model

import "slices"

// A channel is the stretch between two rows in which lines turn. Every line has a track of its own,
// and no line comes down where another one goes up, so that lines cross but never run together.
type channel struct {
	top    map[int]int // source → the column in which its line comes from above
	bottom []pin       // where lines go down into the next row
	side   []int       // sources whose loop line turns here towards the side or from it
	track  map[int]int // source → its track, counted from the top
	back   map[int]int // source → the track of its loop line coming back
	tracks int
	y      int
}

// A pin is where a line enters the next row: a box, or a lane when edge is negative.
type pin struct {
	source, edge, x int
}

// height is one line for each track, one for the words beside the arrows and one for the arrowheads.
func (c channel) height() int {
	if slices.ContainsFunc(c.bottom, func(p pin) bool { return p.edge >= 0 }) {
		return c.tracks + 2
	}
	return c.tracks
}

// channels finds the columns and tracks of all lines; channel r lies above row r.
func (l *mapLayout) channels(g mapGraph) []channel {
	channels := make([]channel, len(l.rows)+1)
	above := map[int]int{}
	for r := range channels {
		c := &channels[r]
		c.track, c.back, c.top = map[int]int{}, map[int]int{}, above
		if r < len(l.rows) {
			above = c.placePins(l, g, r)
		}
		for _, n := range sortedKeys(l.sideLane) {
			if l.rowOf[n] == r-1 {
				c.side = append(c.side, n)
			}
		}
		c.assignTracks(l, g, r)
	}
	return channels
}

// placePins chooses where lines enter row r, and gives the columns of the lines that leave it.
func (c *channel) placePins(l *mapLayout, g mapGraph, r int) map[int]int {
	below := map[int]int{}
	for _, s := range l.rows[r] {
		if s.lane {
			x := c.column(s.node, [2]int{s.x, s.x + laneWidth - 2}, [2]int{s.x, s.x + laneWidth - 1}, c.top[s.node])
			c.bottom = append(c.bottom, pin{s.node, -1, x})
			below[s.node] = x
			continue
		}
		var coming []int
		for i, e := range g.edges {
			if e.to == s.node {
				coming = append(coming, i)
			}
		}
		slices.SortStableFunc(coming, func(a, b int) int {
			return c.comesFrom(l, g.edges[a]) - c.comesFrom(l, g.edges[b])
		})
		inner := l.box - 4
		for k, e := range coming {
			lo, hi := s.x+2+inner*k/len(coming), s.x+1+inner*(k+1)/len(coming)
			want := (lo + hi) / 2
			if from := c.comesFrom(l, g.edges[e]); from >= lo && from <= hi {
				want = from
			}
			c.bottom = append(c.bottom, pin{g.edges[e].from, e, c.column(g.edges[e].from, [2]int{lo, hi}, [2]int{s.x + 2, s.x + 1 + inner}, want)})
		}
		if len(g.nodes[s.node].out) > 0 || l.hasSide(s.node) {
			below[s.node] = s.x + l.box/2
		}
	}
	return below
}

func (l *mapLayout) hasSide(n int) bool { _, ok := l.sideLane[n]; return ok }

// comesFrom is the column in which the line of an edge arrives in the channel.
func (c *channel) comesFrom(l *mapLayout, e mapLink) int {
	if e.back {
		return l.sideLane[e.from]
	}
	return c.top[e.from]
}

// column is where a line goes down: in its own part, else anywhere in its slot. Where even that is full,
// because more lines come than it is wide, it is where the line wants to be.
func (c *channel) column(source int, part, slot [2]int, want int) int {
	for _, stretch := range [][2]int{part, slot} {
		if x := c.freeColumn(source, stretch[0], stretch[1], want); x >= 0 {
			return x
		}
	}
	return want
}

// freeColumn is the column from lo to hi nearest to want in which no other line comes from above and
// none goes down already. -1 means that there is none.
func (c *channel) freeColumn(source, lo, hi, want int) int {
	best, least := -1, 1<<30
	for x := lo; x <= hi; x++ {
		taken := slices.ContainsFunc(c.bottom, func(p pin) bool { return p.x == x })
		for other, top := range c.top {
			taken = taken || top == x && other != source
		}
		if d := abs(x - want); !taken && d < least {
			best, least = x, d
		}
	}
	return best
}

// assignTracks packs lines whose stretches do not touch onto the same track.
func (c *channel) assignTracks(l *mapLayout, g mapGraph, r int) {
	type stretch struct {
		source, lo, hi int
		back           bool
	}
	var all []stretch
	for _, n := range sortedKeys(c.top) {
		s := stretch{source: n, lo: c.top[n], hi: c.top[n]}
		for _, p := range c.bottom {
			if p.source == n && (p.edge < 0 || !g.edges[p.edge].back) {
				s.lo, s.hi = min(s.lo, p.x), max(s.hi, p.x)
			}
		}
		if slices.Contains(c.side, n) {
			s.hi = l.sideLane[n]
		}
		all = append(all, s)
	}
	for _, n := range sortedKeys(l.sideLane) {
		s := stretch{source: n, lo: 1 << 30, hi: l.sideLane[n], back: true}
		for _, p := range c.bottom {
			if p.source == n && p.edge >= 0 && g.edges[p.edge].back {
				s.lo = min(s.lo, p.x)
			}
		}
		if s.lo < 1<<30 {
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b stretch) int { return a.lo - b.lo })
	var ends []int
	for _, s := range all {
		t := -1
		if s.lo == s.hi {
			t = 0 // straight down: it needs no track
		} else if t = slices.IndexFunc(ends, func(end int) bool { return end+1 < s.lo }); t < 0 {
			t = len(ends)
			ends = append(ends, 0)
		}
		if s.lo < s.hi {
			ends[t] = s.hi
		}
		if s.back {
			c.back[s.source] = t
		} else {
			c.track[s.source] = t
		}
	}
	c.tracks = len(ends)
}

// path is every cell of an edge, from below its source's border to the arrowhead.
func (l *mapLayout) path(g mapGraph, edge int, channels []channel, from, to MapBox) []Point {
	e := g.edges[edge]
	start, goal := l.rowOf[e.from]+1, l.rowOf[e.to]
	var p walk
	c := channels[start]
	x := c.top[e.from]
	p.to(x, from.Y+from.Height)
	in := channels[goal]
	entry := in.bottom[slices.IndexFunc(in.bottom, func(b pin) bool { return b.edge == edge })].x
	if e.back {
		p.to(x, c.y+c.track[e.from])
		p.to(l.sideLane[e.from], c.y+c.track[e.from])
		p.to(l.sideLane[e.from], in.y+in.back[e.from])
		p.to(entry, in.y+in.back[e.from])
		p.to(entry, to.Y-1)
		return p.cells
	}
	for r := start; r <= goal; r++ {
		c = channels[r]
		next := entry
		if r < goal {
			next = c.bottom[slices.IndexFunc(c.bottom, func(b pin) bool { return b.edge < 0 && b.source == e.from })].x
		}
		if next != x {
			p.to(x, c.y+c.track[e.from])
			p.to(next, c.y+c.track[e.from])
			x = next
		}
	}
	p.to(entry, to.Y-1)
	return p.cells
}

// A walk collects the cells of a line that turns at right angles.
type walk struct{ cells []Point }

func (w *walk) to(x, y int) {
	if len(w.cells) == 0 {
		w.cells = append(w.cells, Point{x, y})
		return
	}
	for at := w.cells[len(w.cells)-1]; at.X != x || at.Y != y; {
		at.X += sign(x - at.X)
		at.Y += sign(y - at.Y)
		w.cells = append(w.cells, at)
	}
}

func sortedKeys(m map[int]int) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func abs(n int) int { return max(n, -n) }

func sign(n int) int {
	switch {
	case n > 0:
		return 1
	case n < 0:
		return -1
	}
	return 0
}
