package model

import (
	"slices"
	"strings"
)

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
	if b.Layer != "" && measure(b.Layer) <= b.Width-6 { // its layer in words: colour is never the only sign
		c.write(b.X+2, b.Y, " "+b.Layer+" ", MapCell{Part: PartBorder, Of: b.Factor}, measure)
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
	for _, k := range e.Kinds {
		if !slices.Contains(c.m.Letters, k) {
			c.m.Letters = append(c.m.Letters, k)
		}
	}
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

func pick(ascii bool, plain, fine string) string {
	if ascii {
		return plain
	}
	return fine
}
