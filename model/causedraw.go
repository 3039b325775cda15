package model

import (
	"slices"
	"strings"
)

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

// A canvas collects the lines of the map; each cell knows in which directions lines leave it.
type canvas struct {
	m     *CauseMap
	lines []strokes // of each cell, row by row
	ascii bool
}

type strokes struct {
	up, down, left, right bool
	of                    ID
}

func (l *mapLayout) draw(m *CauseMap, g mapGraph, factors []Factor, measure func(string) int, ascii bool) {
	byID := map[ID]Factor{}
	for _, f := range factors {
		byID[f.ID] = f
	}
	boxOf := make([]int, len(g.nodes))
	channels := l.channels(g)
	y := 0
	for r, row := range l.rows {
		channels[r].y = y
		y += channels[r].height()
		tallest := 0
		for column, s := range row {
			if s.lane {
				continue
			}
			f := byID[g.nodes[s.node].id]
			lines := wrapText(f.Statement, l.box-4, mostLines, measure, pick(ascii, "...", "…"))
			boxOf[s.node] = len(m.Boxes)
			m.Boxes = append(m.Boxes, MapBox{Factor: f.ID, X: s.x, Y: y, Width: l.box, Height: len(lines) + 2,
				Row: r, Column: column, Lines: lines, Hollow: len(f.Evidence) == 0})
			tallest = max(tallest, len(lines)+2)
		}
		for i := range m.Boxes { // boxes of one row are as tall as its tallest
			if m.Boxes[i].Row == r {
				m.Boxes[i].Height = tallest
			}
		}
		y += tallest
	}
	channels[len(l.rows)].y = y
	m.Height = y + channels[len(l.rows)].height()
	m.Cells = make([][]MapCell, m.Height)
	for i := range m.Cells {
		m.Cells[i] = make([]MapCell, m.Width)
	}
	c := &canvas{m: m, lines: make([]strokes, m.Height*m.Width), ascii: ascii}
	for i, e := range g.edges {
		path := l.path(g, i, channels, m.Boxes[boxOf[e.from]], m.Boxes[boxOf[e.to]])
		m.Edges = append(m.Edges, MapEdge{From: g.nodes[e.from].id, To: g.nodes[e.to].id, Kinds: e.kinds,
			Interactions: e.interactions, Back: e.back, Path: path})
		c.trace(path, g.nodes[e.from].id)
	}
	c.paintLines()
	for _, b := range m.Boxes {
		c.paintBox(b, measure)
	}
	for _, e := range m.Edges {
		c.paintArrow(e)
	}
	for _, e := range m.Edges {
		c.paintLabel(e, measure)
	}
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
			x := c.freeColumn(s.node, s.x, s.x+1, c.top[s.node])
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
			c.bottom = append(c.bottom, pin{g.edges[e].from, e, c.freeColumn(g.edges[e].from, lo, hi, want)})
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

// freeColumn is the column from lo to hi nearest to want in which no other line comes from above and
// none goes down already.
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
	if best < 0 {
		return want
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

func (c *canvas) trace(path []Point, of ID) {
	for i, p := range path {
		s := &c.lines[p.Y*c.m.Width+p.X]
		s.of = of
		if i == 0 {
			s.up = true
		}
		for _, n := range []int{i - 1, i + 1} {
			if n < 0 || n >= len(path) {
				continue
			}
			q := path[n]
			s.up, s.down = s.up || q.Y < p.Y, s.down || q.Y > p.Y
			s.left, s.right = s.left || q.X < p.X, s.right || q.X > p.X
		}
	}
}

func (c *canvas) paintLines() {
	for i, s := range c.lines {
		if s.of != "" {
			c.m.Cells[i/c.m.Width][i%c.m.Width] = MapCell{Text: s.glyph(c.ascii), Part: PartEdge, Of: s.of}
		}
	}
}

// glyph joins the strokes of a cell: up 1, down 2, left 4, right 8.
func (s strokes) glyph(ascii bool) string {
	n := 0
	for bit, set := range []bool{s.up, s.down, s.left, s.right} {
		if set {
			n |= 1 << bit
		}
	}
	if ascii {
		return plainStrokes[n]
	}
	return fineStrokes[n]
}

var (
	plainStrokes = [16]string{" ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+"}
	fineStrokes  = [16]string{" ", "│", "│", "│", "─", "╯", "╮", "┤", "─", "╰", "╭", "├", "─", "┴", "┬", "┼"}
)

func (c *canvas) paintBox(b MapBox, measure func(string) int) {
	h, v, corners := "─", "│", []string{"┌", "┐", "└", "┘"}
	switch {
	case c.ascii && b.Hollow:
		h, v, corners = ".", ":", []string{".", ".", ".", "."}
	case c.ascii:
		h, v, corners = "-", "|", []string{"+", "+", "+", "+"}
	case b.Hollow:
		h, v = "╌", "╎"
	}
	middle := strings.Repeat(h+"\x00", b.Width-2)
	top := append(append([]string{corners[0]}, strings.Split(strings.TrimSuffix(middle, "\x00"), "\x00")...), corners[1])
	for x, t := range top {
		c.put(b.X+x, b.Y, MapCell{Text: t, Part: PartBorder, Of: b.Factor})
		c.put(b.X+x, b.Y+b.Height-1, MapCell{Text: t, Part: PartBorder, Of: b.Factor})
	}
	c.put(b.X, b.Y+b.Height-1, MapCell{Text: corners[2], Part: PartBorder, Of: b.Factor})
	c.put(b.X+b.Width-1, b.Y+b.Height-1, MapCell{Text: corners[3], Part: PartBorder, Of: b.Factor})
	for y := 1; y < b.Height-1; y++ {
		for x := 1; x < b.Width-1; x++ {
			c.put(b.X+x, b.Y+y, MapCell{Text: "", Part: PartText, Of: b.Factor})
		}
		c.put(b.X, b.Y+y, MapCell{Text: v, Part: PartBorder, Of: b.Factor})
		c.put(b.X+b.Width-1, b.Y+y, MapCell{Text: v, Part: PartBorder, Of: b.Factor})
		if y <= len(b.Lines) {
			c.write(b.X+2, b.Y+y, b.Lines[y-1], MapCell{Part: PartText, Of: b.Factor}, measure)
		}
	}
}

func (c *canvas) paintArrow(e MapEdge) {
	end := e.Path[len(e.Path)-1]
	c.put(end.X, end.Y, MapCell{Text: pick(c.ascii, "v", "▼"), Part: PartArrow, Of: e.From})
}

// paintLabel writes how one condition acted on the other beside the arrow, where there is room for
// all of it; else its first letter stands in the line, above the arrowhead.
func (c *canvas) paintLabel(e MapEdge, measure func(string) int) {
	end := e.Path[len(e.Path)-1]
	y := end.Y - 1
	text := strings.Join(e.Kinds, ", ")
	if text == "" || y < 0 {
		return
	}
	w := measure(text)
	for _, x := range []int{end.X + 1, end.X - w} {
		if c.blank(x-1, x+w, y, end.X) {
			c.write(x, y, text, MapCell{Part: PartLabel, Of: e.From}, measure)
			return
		}
	}
	c.put(end.X, y, MapCell{Text: text[:1], Part: PartLabel, Of: e.From})
}

// blank tells whether the cells from lo to hi are free but for the line in column own.
func (c *canvas) blank(lo, hi, y, own int) bool {
	if lo < -1 || hi > c.m.Width {
		return false
	}
	for x := max(lo, 0); x <= min(hi, c.m.Width-1); x++ {
		if x != own && c.m.Cells[y][x].Part != PartBlank {
			return false
		}
	}
	return true
}

func (c *canvas) write(x, y int, text string, like MapCell, measure func(string) int) {
	for _, r := range text {
		w := measure(string(r))
		if w == 0 && x > 0 { // it sits on the character before it
			c.m.Cells[y][x-1].Text += string(r)
			continue
		}
		like.Text = string(r)
		c.put(x, y, like)
		for i := 1; i < w; i++ {
			c.put(x+i, y, MapCell{Part: like.Part, Of: like.Of, Taken: true})
		}
		x += w
	}
}

func (c *canvas) put(x, y int, cell MapCell) {
	if y >= 0 && y < c.m.Height && x >= 0 && x < c.m.Width {
		c.m.Cells[y][x] = cell
	}
}

// Text is the map without attributes, for places that have no colour.
func (m CauseMap) Text() string {
	var b strings.Builder
	for _, row := range m.Cells {
		var line strings.Builder
		for x := range row {
			t := row[x].Text
			if t == "" && !row[x].Taken {
				t = " "
			}
			line.WriteString(t)
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

func sortedKeys(m map[int]int) []int {
	keys := make([]int, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func pick(ascii bool, plain, fine string) string {
	if ascii {
		return plain
	}
	return fine
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
