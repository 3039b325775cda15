package priorities

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// The scatter draws the ranges: to the right what an action costs in person-days, upwards what it removes in a
// year, both so that each step is as many times as much. On such axes actions of equal worth for each day lie
// on a diagonal, and so the cut line is one.

// A dot is one cell of the picture.
type dot struct {
	glyph string
	ink   theme.Style
	label bool // nothing may be drawn over it
}

// A canvas is the field between the axes.
type canvas struct {
	w, h  int
	cells []dot
}

func newCanvas(w, h int) *canvas { return &canvas{w, h, make([]dot, w*h)} }

func (c *canvas) at(x, y int) *dot {
	if x < 0 || y < 0 || x >= c.w || y >= c.h {
		return nil
	}
	return &c.cells[y*c.w+x]
}

func (c *canvas) draw(x, y int, glyph string, ink theme.Style) {
	if d := c.at(x, y); d != nil && !d.label {
		*d = dot{glyph: glyph, ink: ink}
	}
}

// write puts a label where none is, whole; false when there is no room.
func (c *canvas) write(x, y int, text string, ink theme.Style) bool {
	for i := range len(text) {
		if d := c.at(x+i, y); d == nil || d.label {
			return false
		}
	}
	for i := range len(text) {
		*c.at(x+i, y) = dot{text[i : i+1], ink, true}
	}
	return true
}

func (c *canvas) line(y int) string {
	var b strings.Builder
	for x := range c.w {
		if d := c.cells[y*c.w+x]; d.glyph == "" {
			b.WriteByte(' ')
		} else {
			b.WriteString(d.ink.Paint(d.glyph))
		}
	}
	return b.String()
}

// An axis maps amounts to cells, each step as many times as much.
type axis struct {
	low, high float64
	cells     int
}

// mostWide is how many times its lowest amount an axis reaches at the most.
const mostWide = 1e12

func axisOf(low, high float64, cells int) axis {
	if low <= 0 {
		low = high / 1000
	}
	if high < 1/mostWide {
		low, high = 0.5, 1
	}
	low = max(low, high/mostWide) // an axis begins above nothing, and ends
	if high < low*4 { // one action, or all alike: they stand in the middle
		middle := math.Sqrt(low * high)
		low, high = middle/2, middle*2
	}
	return axis{low / 1.15, high * 1.15, cells}
}

func (a axis) place(v float64) int {
	if v <= a.low {
		return 0
	}
	share := math.Log(v/a.low) / math.Log(a.high/a.low)
	return max(0, min(a.cells-1, int(math.Round(share*float64(a.cells-1)))))
}

// value is the amount in the middle of a cell.
func (a axis) value(cell float64) float64 {
	return a.low * math.Pow(a.high/a.low, cell/float64(max(1, a.cells-1)))
}

// ticks are amounts of the series 1, 2, 5 that stand at least apart cells from each other.
func (a axis) ticks(apart int) (list []float64) {
	last := -apart
	for e := math.Floor(math.Log10(a.low)); math.Pow(10, e) <= a.high; e++ {
		for _, m := range []float64{1, 2, 5} {
			v := m * math.Pow(10, e)
			if v < a.low || v > a.high {
				continue
			}
			if at := a.place(v); at-last >= apart {
				list, last = append(list, v), at
			}
		}
	}
	return list
}

// A spot is one action of the picture.
type spot struct {
	model.Ranked
	number int
}

// spots are the actions of the group that the selected one is compared in.
func (s *Screen) spots() (list []spot) {
	g := s.group()
	for i, r := range s.ranking.Ranked {
		if g != nil && r.Worth.Known && slices.ContainsFunc(g.Standings, func(x model.Standing) bool { return x.Action == r.Action.ID }) {
			list = append(list, spot{r, i + 1})
		}
	}
	return list
}

// leftSide is the room of the amounts beside the upright axis.
const leftSide = 8

func (s *Screen) scatter(th *theme.Theme, w, h int) []string {
	list := s.spots()
	legendWide := 0
	if w >= 110 {
		legendWide = min(64, w*2/5)
	}
	below := 0
	if legendWide == 0 {
		below = max(1, min(len(list), (h-8)/2))
	}
	pw, ph := w-leftSide-2-legendWide, h-4-below
	if pw < 12 || ph < 4 {
		return s.table(th, w, h)
	}
	c, x, y := s.paint(th, list, pw, ph)
	lines := []string{th.Soft.Paint(cell.Fit(cell.Space(leftSide+2)+cell.Clean(s.group().Unit)+" removed a year", w-legendWide))}
	marks := map[int]string{}
	for _, v := range y.ticks(3) {
		marks[ph-1-y.place(v)] = model.Amount(v)
	}
	for i := range ph {
		edge := th.Glyph.Vertical
		lines = append(lines, th.Soft.Paint(cell.Right(cell.Cut(marks[i], leftSide), leftSide))+" "+th.Faint.Paint(edge)+c.line(i))
	}
	lines = append(lines, cell.Space(leftSide+1)+th.Faint.Paint(th.Glyph.BottomLeft+strings.Repeat(th.Glyph.Line, pw)))
	lines = append(lines, th.Soft.Paint(cell.Space(leftSide+2)+scale(x)), th.Soft.Paint(cell.Space(leftSide+2)+cell.Right("person-days", pw)))
	if legendWide > 0 {
		side := s.legend(th, list, legendWide-2, min(len(list), max(1, len(lines)/2)))
		side = cell.Block(append(side, s.remarks(th, legendWide-2)...), legendWide-2, len(lines))
		for i := range lines {
			lines[i] = cell.Fit(lines[i], w-legendWide) + "  " + side[i]
		}
		return lines
	}
	return append(lines, s.legend(th, list, w, below)...)
}

// remarks are what the ranges say about the order, beside the picture.
func (s *Screen) remarks(th *theme.Theme, w int) (lines []string) {
	g := s.group()
	if g == nil {
		return nil
	}
	r, _ := s.here()
	texts := []string{}
	if st, ok := s.sim.Of(r.Action.ID); ok {
		texts = append(texts, s.expected(st.Worth)+" "+s.drawn(st))
	}
	for _, text := range append(texts, g.Swing.Text, g.Coverage(s.ranking)) {
		if text == "" {
			continue
		}
		lines = append(lines, "")
		for _, l := range cell.Wrap(cell.Clean(text), w) {
			lines = append(lines, th.Soft.Paint(l))
		}
	}
	return lines
}

// scale is the amounts under the axis to the right.
func scale(x axis) string {
	text := ""
	for _, v := range x.ticks(8) {
		mark := model.Amount(v)
		at := max(0, x.place(v)-len(mark)/2)
		if at >= len(text) && at+len(mark) <= x.cells {
			text += strings.Repeat(" ", at-len(text)) + mark
		}
	}
	return cell.Fit(text, x.cells)
}

// paint draws the cut line, then the bars, then the points, then their numbers: what is read last is drawn last.
func (s *Screen) paint(th *theme.Theme, list []spot, w, h int) (c *canvas, x, y axis) {
	c = newCanvas(w, h)
	lowX, highX, lowY, highY := math.Inf(1), 0.0, math.Inf(1), 0.0
	for _, p := range list {
		b := p.Worth.RemovedBand()
		lowX, highX = min(lowX, p.Worth.Days.Low), max(highX, p.Worth.Days.High)
		if p.Worth.Removed > 0 {
			lowY, highY = min(lowY, b.Low), max(highY, b.High)
		}
	}
	if math.IsInf(lowY, 1) {
		lowY = 0
	}
	x, y = axisOf(lowX, highX, w), axisOf(lowY, highY, h)
	s.paintLine(th, c, x, y)
	row := func(v float64) int { return h - 1 - y.place(v) }
	for _, last := range []bool{false, true} { // the selected one lies over the others
		for _, p := range list {
			if (p.Action.ID == s.focus) != last {
				continue
			}
			ink := th.Soft
			if last {
				ink = th.Accent
			}
			px, py := x.place(p.Worth.Days.Mean()), row(p.Worth.Removed)
			for i := x.place(p.Worth.Days.Low); i <= x.place(p.Worth.Days.High); i++ {
				c.draw(i, py, th.Glyph.Line, ink)
			}
			b := p.Worth.RemovedBand()
			for i := row(b.High); i <= row(b.Low) && p.Worth.Removed > 0; i++ {
				if i != py {
					c.draw(px, i, th.Glyph.Vertical, ink)
				}
			}
		}
	}
	s.paintPoints(th, c, list, x, row)
	s.paintTitles(th, c, list, x, row)
	return c, x, y
}

// paintLine draws the diagonal on which an action would be worth as much for each day as the last one above the
// cut line: what lies above and left of it is worth more.
func (s *Screen) paintLine(th *theme.Theme, c *canvas, x, y axis) {
	if !s.ranking.ByRanges || s.ranking.Cut == 0 || s.ranking.Cut >= len(s.spots()) {
		return
	}
	a, b := s.ranking.Ranked[s.ranking.Cut-1].Worth.PerDay, s.ranking.Ranked[s.ranking.Cut].Worth.PerDay
	if b > a || b <= 0 { // the one below is parked
		b = a
	}
	limit := math.Sqrt(a * b)
	for i := range c.w {
		v := limit * x.value(float64(i))
		if v >= y.low && v <= y.high {
			c.draw(i, c.h-1-y.place(v), th.Glyph.Todo, th.Accent)
		}
	}
	for i := c.w - 1; i >= 0; i-- { // its name stands under its upper end
		if v := limit * x.value(float64(i)); v >= y.low && v <= y.high {
			c.write(max(0, i-7), c.h-y.place(v), "cut line", th.Accent)
			return
		}
	}
}

// paintPoints draws each point with its number beside it. Points that share a cell share the label.
func (s *Screen) paintPoints(th *theme.Theme, c *canvas, list []spot, x axis, row func(float64) int) {
	type place struct{ x, y int }
	shared := map[place][]spot{}
	var order []place
	for _, p := range list {
		at := place{x.place(p.Worth.Days.Mean()), row(p.Worth.Removed)}
		if shared[at] == nil {
			order = append(order, at)
		}
		shared[at] = append(shared[at], p)
	}
	for _, at := range order {
		mark, ink := th.Glyph.Hollow, th.Text
		for _, p := range shared[at] {
			if p.Above {
				mark, ink = th.Glyph.Dot, th.Strong
			}
		}
		if d := c.at(at.x, at.y); d != nil {
			*d = dot{mark, ink, true}
		}
	}
	for _, at := range order {
		var numbers []string
		ink := th.Text
		for _, p := range shared[at] {
			numbers = append(numbers, strconv.Itoa(p.number))
			if p.Above {
				ink = th.Strong
			}
		}
		for _, p := range shared[at] {
			if p.Action.ID == s.focus {
				ink = th.Select
			}
		}
		label := strings.Join(numbers, ",")
		if len(label) > 9 {
			label = fmt.Sprintf("%s+%d", numbers[0], len(numbers)-1)
		}
		for _, try := range [][2]int{{1, 0}, {-len(label), 0}, {1, -1}, {1, 1}, {-len(label), -1}, {-len(label), 1}, {0, -1}, {0, 1}, {2, -1}, {2, 1}} {
			if c.write(at.x+try[0], at.y+try[1], label, ink) {
				break
			}
		}
	}
}

// titled is how wide a picture has to be for titles beside its points, and titleWide the most that one takes.
const (
	titled    = 60
	titleWide = 30
)

// titleWides are how much of a title is tried, longest first.
var titleWides = []int{titleWide, 22, 14}

// paintTitles puts titles beside the points where nothing else is drawn: the legend has them all anyway.
func (s *Screen) paintTitles(th *theme.Theme, c *canvas, list []spot, x axis, row func(float64) int) {
	if c.w < titled {
		return
	}
	for _, p := range list {
		px, py := x.place(p.Worth.Days.Mean()), row(p.Worth.Removed)
		for _, wide := range titleWides {
			if s.paintTitle(th, c, cell.Cut(cell.Clean(p.Action.Title), wide), px, py) {
				break
			}
		}
	}
}

func (s *Screen) paintTitle(th *theme.Theme, c *canvas, text string, px, py int) bool {
	left := -1 - cell.Width(text)
	if cell.Width(text) != len([]rune(text)) {
		return false // letters that are two cells wide do not fit the raster
	}
	for _, try := range [][2]int{{2, -1}, {2, 1}, {left, -1}, {left, 1}, {2, -2}, {2, 2}, {left, -2}, {left, 2}} {
		if c.title(px+try[0], py+try[1], text, th.Soft) {
			return true
		}
	}
	return false
}

// title writes where nothing at all is drawn, with a free cell before and behind.
func (c *canvas) title(x, y int, text string, ink theme.Style) bool {
	runes := []rune(text)
	for i := -1; i <= len(runes); i++ {
		d := c.at(x+i, y)
		if d == nil && i >= 0 && i < len(runes) || d != nil && d.glyph != "" {
			return false
		}
	}
	for i, r := range runes {
		*c.at(x+i, y) = dot{string(r), ink, true}
	}
	return true
}

// legend names the numbers, around the selected one where not all have room.
func (s *Screen) legend(th *theme.Theme, list []spot, w, h int) []string {
	var lines []string
	at := 0
	for i, p := range list {
		if p.Action.ID == s.focus {
			at = i
		}
	}
	rows := h
	if len(list) > h {
		rows = max(1, h-1)
	}
	from := max(0, min(at-rows/2, len(list)-rows))
	for _, p := range list[from:min(len(list), from+rows)] {
		mark := th.Glyph.Hollow
		if p.Above {
			mark = th.Glyph.Dot
		}
		text := cell.Fit(fmt.Sprintf("%s %-3d%s", mark, p.number, cell.Clean(p.Action.Title)), w-9) + cell.Right(short(p.Worth.PerDay)+" ", 9)
		switch {
		case p.Action.ID == s.focus:
			text = th.Select.Paint(text)
		case p.Above:
			text = th.Text.Paint(text)
		default:
			text = th.Soft.Paint(text)
		}
		lines = append(lines, text)
	}
	if n := len(list) - rows; n > 0 && h > 1 {
		lines = append(lines, th.Soft.Paint(cell.Fit(fmt.Sprintf("      and %d more", n), w)))
	}
	return cell.Block(lines, w, h)
}
