package exporters

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"aftermath/model"
)

// The size of one cell of the map's grid in pixels, how wide the map is in cells, and how many conditions
// anyone can read in it.
const (
	cellWidth, cellHeight = 8, 18
	mapCells              = drawingWidth / cellWidth
	mostConditions        = 80
	mostArrows            = 240
)

// svg draws the map that the screen shows, with the same layout.
func (c *causes) svg() string {
	factors := c.d.Record.Factors
	if c.crowded() {
		return ""
	}
	how := make([]model.Interaction, len(c.d.Record.Interactions))
	for i, l := range c.d.Record.Interactions {
		l.Kind = strings.ToLower(fitted(c.d.label("interaction", l.Kind), 120))
		how[i] = l
	}
	m := model.DrawCauseMap(factors, how, mapCells, cells, false)
	if len(m.Boxes) == 0 {
		return ""
	}
	var s sketch
	for _, e := range m.Edges {
		drawEdge(&s, e)
	}
	for _, b := range m.Boxes {
		c.box(&s, b)
	}
	for y, row := range m.Cells {
		for x := 0; x < len(row); {
			if row[x].Part != model.PartLabel {
				x++
				continue
			}
			from, word := x, ""
			for ; x < len(row) && row[x].Part == model.PartLabel && row[x].Of == row[from].Of; x++ {
				word += row[x].Text
			}
			if kinds := kindsAt(m, from, y); cells(word) == 1 && apart(row, from, cells(kinds)) {
				s.word("how", middle, from*cellWidth+cellWidth/2, y*cellHeight+13, kinds)
			} else {
				s.word("how", begins, from*cellWidth+2, y*cellHeight+13, word)
			}
		}
	}
	note := ""
	if n := len(m.Apart); n > 0 {
		note = " " + model.Counted(n, "more condition") + " acted alone."
	}
	return s.finish("causes", drawingWidth, m.Height*cellHeight+6, "Map of the conditions",
		fmt.Sprintf("%s and %s between them, told in the table below.%s", model.Counted(len(m.Boxes), "condition"), model.Counted(len(m.Edges), "arrow"), note))
}

// kindsAt are the words of the arrow that ends below a cell of the grid. There they are not cut to a letter.
func kindsAt(m model.CauseMap, x, y int) string {
	for _, e := range m.Edges {
		if end := e.Path[len(e.Path)-1]; end.X == x && end.Y == y+1 {
			return strings.Join(e.Kinds, ", ")
		}
	}
	return ""
}

// apart tells whether words of a length can stand centred on a cell without touching other words.
func apart(row []model.MapCell, at, length int) bool {
	for x := max(0, at-length/2-1); x <= min(len(row)-1, at+length/2+1); x++ {
		if x != at && row[x].Part == model.PartLabel {
			return false
		}
	}
	return length > 0
}

// crowded tells a map that nobody could read.
func (c *causes) crowded() bool {
	return len(c.d.Record.Factors) > mostConditions || len(c.d.Record.Interactions) > mostArrows
}

// cells is how many cells of the grid a text takes. Wide characters take two.
func cells(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x1100 && (r <= 0x115f || r >= 0x2e80) {
			n++
		}
	}
	return n
}

func drawEdge(s *sketch, e model.MapEdge) {
	if len(e.Path) == 0 {
		return
	}
	var path strings.Builder
	px := func(p model.Point) (int, int) { return p.X*cellWidth + cellWidth/2, p.Y*cellHeight + cellHeight/2 }
	for i, p := range e.Path {
		x, y := px(p)
		switch {
		case i == 0:
			fmt.Fprintf(&path, "M%d %dV%d", x, y-cellHeight/2-4, y)
			if len(e.Path) > 1 && e.Path[1].Y == p.Y {
				fmt.Fprintf(&path, "H%d", x)
			}
		case i == len(e.Path)-1:
			fmt.Fprintf(&path, "L%d %d", x, y)
			fmt.Fprintf(&s.b, "<path class=\"head\" d=\"M%d %dl-5 -10h10z\"/>\n", x, y+cellHeight/2+3)
		case i+1 < len(e.Path) && (e.Path[i-1].X == e.Path[i+1].X || e.Path[i-1].Y == e.Path[i+1].Y):
			// the line goes straight on
		default:
			fmt.Fprintf(&path, "L%d %d", x, y)
		}
	}
	fmt.Fprintf(&s.b, "<path class=\"edge\" d=\"%s\"/>\n", path.String())
}

func (c *causes) box(s *sketch, b model.MapBox) {
	f, _ := c.d.factor(b.Factor)
	class := "node " + identifier(c.d.layerOf(f))
	if b.Hollow {
		class += " hollow"
	}
	x, y, w, h := b.X*cellWidth+1, b.Y*cellHeight+4, b.Width*cellWidth-2, b.Height*cellHeight-8
	fmt.Fprintf(&s.b, "<g><title>%s</title>\n", xmlText(spaced(f.Statement)))
	s.rect(class, x, y, w, h, 6)
	for n, l := range b.Lines {
		s.word("", begins, x+12, (b.Y+1+n)*cellHeight+13, l)
	}
	if layer := c.d.label("layer", f.Layer); layer != "" {
		s.word("how", ends, x+w-10, y+h+4, fitted(layer, w/2-30))
	}
	s.b.WriteString("</g>\n")
}
