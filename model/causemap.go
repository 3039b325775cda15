package model

import (
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
	Letters       []string    // the kinds of which only the first letter had room, for a legend
}

// A MapBox is one factor.
type MapBox struct {
	Factor        ID
	X, Y          int
	Width, Height int
	Row, Column   int
	Lines         []string // the statement, wrapped
	Hollow        bool     // a hypothesis: no evidence yet
	Layer         string
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
	laneWidth  = 3   // a line that passes a row of boxes: two columns to choose from, and one more when both are taken
	mostLines  = 4   // of a statement in a box
	mostDrawn  = 120 // boxes: nobody can follow the lines between more of them
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
	var crowded []ID // interactions whose lines run along others in the last try
	for _, least := range []int{readable, narrowBox} {
		for perRow := max(1, width/(least+boxGap)); perRow >= 1 && len(g.nodes) <= mostDrawn; perRow-- {
			l := layOut(g, width, perRow, least)
			if l == nil {
				continue
			}
			drawn := m
			l.draw(&drawn, g, factors, measure, ascii)
			if crowded = drawn.together(); crowded == nil {
				return drawn
			}
		}
	}
	if crowded != nil { // however it is folded, more lines come to a box than it has columns
		m = DrawCauseMap(factors, slices.DeleteFunc(slices.Clone(interactions), func(i Interaction) bool { return slices.Contains(crowded, i.ID) }), width, measure, ascii)
		m.Undrawn = append(m.Undrawn, crowded...)
		return m
	}
	for _, e := range g.edges {
		m.Undrawn = append(m.Undrawn, e.interactions...)
	}
	for _, n := range g.nodes {
		m.Apart = append(m.Apart, n.id)
	}
	return m
}

// together are the interactions whose lines run along the line of another condition: where lines cross, each
// can be followed, and where they run together, none can.
func (m CauseMap) together() (crowded []ID) {
	type stretch struct {
		at     Point
		across bool
	}
	taken := map[stretch]ID{}
	for _, e := range m.Edges {
		clash := false
		for i := 1; i < len(e.Path); i++ {
			across := e.Path[i].Y == e.Path[i-1].Y
			for _, at := range e.Path[i-1 : i+1] {
				if other, is := taken[stretch{at, across}]; is && other != e.From {
					clash = true
				}
			}
		}
		if clash {
			crowded = append(crowded, e.Interactions...)
			continue
		}
		for i := 1; i < len(e.Path); i++ {
			across := e.Path[i].Y == e.Path[i-1].Y
			taken[stretch{e.Path[i-1], across}], taken[stretch{e.Path[i], across}] = e.From, e.From
		}
	}
	return crowded
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
