package factors

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// A layOut is the map as the model laid it out last, and for what: View runs on every message, and the
// way of the lines through thirty boxes takes longer than all else that it draws.
type layOut struct {
	record *model.Record
	width  int
	ascii  bool
	model.CauseMap
}

// laidOut is the map for a record and a width. It is drawn anew only when one of them is another.
func (s *Screen) laidOut(width int, ascii bool) model.CauseMap {
	if l := &s.laid; l.record != s.record || l.width != width || l.ascii != ascii {
		*l = layOut{s.record, width, ascii, model.DrawCauseMap(s.record.Factors, s.record.Interactions, width, cell.Width, ascii)}
	}
	return s.laid.CauseMap
}

// drawMap paints the grid that the model laid out: boxes in the colour of their layer.
func (s *Screen) drawMap(th *theme.Theme, w, h int) []string {
	m := s.laidOut(w-2, !th.Glyphs)
	layers := map[model.ID]string{}
	for _, f := range s.record.Factors {
		layers[f.ID] = f.Layer
	}
	var lines []string
	for _, row := range m.Cells {
		lines = append(lines, " "+paintRow(th, row, layers, s.focus))
	}
	if len(m.Letters) > 0 {
		var words []string
		for _, k := range m.Letters {
			words = append(words, k[:1]+" "+cell.Clean(k))
		}
		lines = append(lines, "", " "+th.Soft.Paint("Beside a crowded arrow: "+strings.Join(words, ", ")))
	}
	switch {
	case len(m.Cells) == 0 && len(m.Undrawn) > 0:
		lines = widget.Nothing(th, w, max(4, h/2), "Too many to draw in this width", fmt.Sprintf("%s between %s: a wider terminal shows more, the board shows all.",
			model.Counted(len(m.Undrawn), "interaction"), model.Counted(len(m.Apart), "condition")))
	case len(m.Cells) == 0:
		lines = widget.Nothing(th, w, max(4, h/2), "No condition is said to act on another yet", "On the board, i says how one acted on another: enabled, masked, amplified, delayed.")
	}
	if len(m.Apart) > 0 {
		lines = append(lines, "", " "+th.Soft.Paint("Apart, acting on no other:"))
		for _, f := range s.order {
			if slices.Contains(m.Apart, f.ID) {
				lines = append(lines, "  "+th.Layer[f.Layer].Paint(mark(th, f))+" "+th.Text.Paint(cell.Cut(cell.Clean(f.Statement), w-6)))
			}
		}
	}
	top := max(0, min(s.top(h), len(lines)-h))
	return lines[top:]
}

// top is the first row of the map in sight, so that the selected box is.
func (s *Screen) top(h int) int {
	for _, b := range s.laid.Boxes {
		if b.Factor == s.focus {
			return max(0, b.Y+b.Height/2-h/2)
		}
	}
	return s.mapTop
}

// moveOnMap goes to the nearest box in a direction; where none is drawn it scrolls.
func (s *Screen) moveOnMap(k string) {
	at := slices.IndexFunc(s.laid.Boxes, func(b model.MapBox) bool { return b.Factor == s.focus })
	dx, dy := 0, 0
	switch k {
	case "up", "k":
		dy = -1
	case "down", "j":
		dy = 1
	case "left", "h":
		dx = -1
	case "right", "l":
		dx = 1
	default:
		return
	}
	if at < 0 {
		if len(s.laid.Boxes) > 0 {
			s.choose(s.laid.Boxes[0].Factor)
		}
		s.mapTop = max(0, s.mapTop+dy)
		return
	}
	if next, ok := nearest(s.laid.Boxes, s.laid.Boxes[at], dx, dy); ok {
		s.choose(next.Factor)
	}
}

// nearest is the closest box to the side, or in the next row up or down.
func nearest(boxes []model.MapBox, from model.MapBox, dx, dy int) (best model.MapBox, found bool) {
	far := 0
	for _, b := range boxes {
		across, down := (b.X-from.X)*dx, (b.Row-from.Row)*dy
		if dx != 0 && (b.Row != from.Row || across <= 0) || dy != 0 && down <= 0 {
			continue
		}
		d := across
		if dy != 0 {
			d = down*10000 + max(b.X-from.X, from.X-b.X)
		}
		if !found || d < far {
			best, far, found = b, d, true
		}
	}
	return best, found
}

// choose selects a factor by its id.
func (s *Screen) choose(id model.ID) {
	if i := slices.IndexFunc(s.order, func(f model.Factor) bool { return f.ID == id }); i >= 0 {
		s.at = i
		s.clamp()
	}
}

func paintRow(th *theme.Theme, row []model.MapCell, layers map[model.ID]string, focus model.ID) string {
	var b strings.Builder
	ink := func(c model.MapCell) theme.Style {
		if c.Of == focus && c.Part == model.PartEdge {
			return th.Accent
		}
		switch c.Part {
		case model.PartBorder:
			return th.Layer[layers[c.Of]]
		case model.PartText:
			if c.Of == focus {
				return th.Select
			}
			return th.Text
		case model.PartLabel:
			return th.Accent
		}
		return th.Soft
	}
	for i := 0; i < len(row); {
		style, j, text := ink(row[i]), i, ""
		for j < len(row) && ink(row[j]) == style {
			switch {
			case row[j].Taken:
			case row[j].Text == "":
				text += " "
			default:
				text += row[j].Text
			}
			j++
		}
		b.WriteString(style.Paint(text))
		i = j
	}
	return b.String()
}
