package model

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
				Row: r, Column: column, Lines: lines, Hollow: len(f.Evidence) == 0, Layer: CleanLine(f.Layer)})
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
