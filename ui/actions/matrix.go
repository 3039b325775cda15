package actions

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// columnWidth is the room that an action takes in the matrix.
const columnWidth = 4

// moveMatrix looks at another part of the matrix.
func (s *Screen) moveMatrix(k string) {
	switch k {
	case "up", "k":
		s.down--
	case "down", "j":
		s.down++
	case "pgup":
		s.down -= s.h / 2
	case "pgdown", "space":
		s.down += s.h / 2
	case "left", "h":
		s.across--
	case "right", "l":
		s.across++
	case "home":
		s.down, s.across = 0, 0
	}
	s.down, s.across = max(0, s.down), max(0, s.across)
}

// matrix draws conditions against actions, and under it where in an incident the actions act on each layer. A
// row without a mark stands out.
func (s *Screen) matrix(th *theme.Theme, w, h int) []string {
	var acts []model.Action
	for _, a := range s.record.Actions {
		if a.Answers() {
			acts = append(acts, a)
		}
	}
	cover := model.Cover(s.record.Factors, s.record.Actions)
	least := min(32, w/2)
	fits := max(1, (w-5-least)/columnWidth)
	s.across = max(0, min(s.across, len(acts)-fits))
	shown := acts[s.across:min(len(acts), s.across+fits)]
	room := w - 5 - len(shown)*columnWidth
	lines := s.rowsOf(th, cover, shown, room)
	lines = append(lines, "")
	lines = append(lines, s.effects(th, cover)...)
	lines = append(lines, "")
	for i, a := range shown {
		lines = append(lines, "  "+th.Soft.Paint(cell.Fit(fmt.Sprintf("A%d", s.across+i+1), 5))+th.Text.Paint(cell.Cut(cell.Clean(a.Title), w-9)))
	}
	head := cell.Space(room + 5)
	for i := range shown {
		head += cell.Fit(fmt.Sprintf("A%d", s.across+i+1), columnWidth)
	}
	if len(shown) < len(acts) {
		head = cell.Fit(fmt.Sprintf("  actions %d to %d of %d", s.across+1, s.across+len(shown), len(acts)), room+5) + head[room+5:]
	}
	s.down = max(0, min(s.down, len(lines)-h+2))
	return cell.Block(append([]string{"", th.Soft.Paint(head)}, lines[s.down:]...), w, h)
}

func (s *Screen) rowsOf(th *theme.Theme, cover model.Coverage, shown []model.Action, room int) (lines []string) {
	for _, r := range cover.Rows {
		sign := th.Glyph.Layer(r.Factor.Layer)
		if !r.Needs {
			sign = "+" // as on the board: what helped needs no action
		}
		line := "  " + th.Layer[r.Factor.Layer].Paint(sign) + " "
		ink, open := th.Text, r.Needs && len(r.Actions) == 0
		if open {
			ink = th.Warn
		}
		line += ink.Paint(cell.Fit(cell.Clean(r.Factor.Statement), room)) + " "
		for _, a := range shown {
			mark := th.Glyph.Todo
			if slices.ContainsFunc(r.Actions, func(x model.Action) bool { return x.ID == a.ID }) {
				mark = th.Glyph.Dot
			}
			line += cell.Fit(mark, columnWidth)
		}
		if open {
			line = strings.TrimRight(line, " ") + " " + th.Warn.Paint(th.Glyph.Warn)
		}
		lines = append(lines, line)
	}
	return lines
}

// effects is the table of layers and of where in an incident the actions act; a zero shows where nothing was
// done.
func (s *Screen) effects(th *theme.Theme, cover model.Coverage) []string {
	head := "  " + cell.Fit("Where they act", 16)
	for _, e := range s.desk.Taxonomy["effect"] {
		head += cell.Fit(cell.Clean(e.Label), 11)
	}
	lines := []string{th.Soft.Paint(head)}
	for _, l := range s.desk.Taxonomy["layer"] {
		line := "  " + th.Layer[l.Value].Paint(th.Glyph.Layer(l.Value)) + " " + th.Text.Paint(cell.Fit(cell.Clean(l.Label), 14))
		for _, e := range s.desk.Taxonomy["effect"] {
			n := cover.Counts[l.Value][e.Value]
			if n == 0 {
				line += th.Soft.Paint(cell.Fit("-", 11))
			} else {
				line += th.Text.Paint(cell.Fit(fmt.Sprint(n), 11))
			}
		}
		lines = append(lines, line)
	}
	return lines
}
