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

// View draws the board, the map or a form in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.record == nil:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case s.mode == detail || s.mode == answers:
		return widget.Text(s.form.View(th, w, h))
	case len(s.order) == 0:
		return widget.Text(widget.Nothing(th, w, h, "No condition named yet",
			"a adds one: process: rollback takes 20 minutes",
			"On the timeline, f makes a condition of an event and keeps the event as its evidence."))
	}
	foot := s.foot(th, w)
	h -= len(foot)
	var lines []string
	switch {
	case s.mode == causeMap:
		lines = s.drawMap(th, w, h)
	case w >= 96:
		lines = s.columns(th, w, h)
	default:
		lines = s.rows(th, w, h)
	}
	return widget.Text(append(cell.Block(lines, w, h), foot...))
}

// foot says in words how the conditions aligned, with one hint.
func (s *Screen) foot(th *theme.Theme, w int) []string {
	a := model.Align(s.record.Factors)
	lines := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w))}
	for _, l := range cell.Wrap(a.Sentence, w-2) {
		lines = append(lines, " "+th.Strong.Paint(l))
	}
	if len(a.Hints) > 0 {
		for _, l := range cell.Wrap(a.Hints[0], w-2) {
			lines = append(lines, " "+th.Soft.Paint(l))
		}
	}
	return cell.Block(lines, w, len(lines))
}

// meta is what is known of a condition in a few words.
func (s *Screen) meta(f model.Factor) string {
	var parts []string
	add := func(list, v string) {
		if v != "" {
			parts = append(parts, strings.ToLower(s.desk.Word(list, v)))
		}
	}
	add("area", f.Area)
	add("factor_role", f.Role)
	add("without", f.Without)
	if n := len(f.Evidence); n > 0 {
		parts = append(parts, fmt.Sprintf("evidence %d", n))
	} else if f.Condition() {
		parts = append(parts, "hypothesis")
	}
	return strings.Join(parts, " · ")
}

// mark is the layer's glyph, or a hollow one for a hypothesis.
func mark(th *theme.Theme, f model.Factor) string {
	if len(f.Evidence) == 0 && f.Condition() {
		return th.Glyph.Hollow
	}
	return th.Glyph.Layer(f.Layer)
}

// columns draws the three layers side by side.
func (s *Screen) columns(th *theme.Theme, w, h int) []string {
	layers := s.desk.Taxonomy["layer"]
	cw := w / max(1, len(layers))
	var blocks [][]string
	for i, l := range layers {
		width := cw - 2
		if i == len(layers)-1 {
			width = w - cw*(len(layers)-1) - 2
		}
		list := s.layer(l.Value)
		lines := []string{"", th.Layer[l.Value].Paint(th.Glyph.Layer(l.Value)+" "+l.Label) + th.Soft.Paint(fmt.Sprintf("  %d", len(list))), ""}
		at, end := 0, 0
		for _, f := range list {
			if f.ID == s.focus {
				at = len(lines)
			}
			lines = append(lines, s.card(th, f, width)...)
			if f.ID == s.focus {
				end = len(lines)
			}
		}
		if len(list) == 0 {
			lines = append(lines, cell.Wrap("Nothing here yet. "+l.Help, width)...)
			for j := 3; j < len(lines); j++ {
				lines[j] = th.Soft.Paint(lines[j])
			}
		}
		if end > h {
			lines = append(lines[:2:2], lines[min(at, end-h+2):]...)
		}
		blocks = append(blocks, space(h), cell.Block(lines, width, h), space(h))
	}
	return cell.Beside(blocks...)
}

func space(h int) []string { return slices.Repeat([]string{" "}, h) }

// card is one condition: its statement on up to three lines, and what is known of it.
func (s *Screen) card(th *theme.Theme, f model.Factor, w int) []string {
	here := f.ID == s.focus
	text := cell.Wrap(cell.Clean(f.Statement), w-4)
	if len(text) > 3 {
		text = append(text[:2:2], cell.Cut(text[2]+" "+text[3], w-4))
	}
	var lines []string
	for i, t := range text {
		lead := "  "
		if i == 0 {
			lead = mark(th, f) + " "
		}
		if here {
			lines = append(lines, th.Select.Paint(cell.Fit(th.Glyph.Cursor+lead+t, w)))
		} else {
			lines = append(lines, " "+th.Layer[f.Layer].Paint(lead)+th.Text.Paint(t))
		}
	}
	for _, m := range cell.Wrap(s.meta(f), w-4) {
		lines = append(lines, "   "+th.Soft.Paint(m))
	}
	return append(lines, "")
}

// rows draws the layers one under the other, for narrow terminals.
func (s *Screen) rows(th *theme.Theme, w, h int) []string {
	var lines []string
	at, layer := 0, "-"
	for _, f := range s.order {
		if f.Layer != layer {
			layer = f.Layer
			if len(lines) > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, " "+th.Layer[layer].Paint(th.Glyph.Layer(layer)+" "+s.desk.Word("layer", layer)))
		}
		if f.ID == s.focus {
			at = len(lines)
			lines = append(lines, th.Select.Paint(cell.Fit(th.Glyph.Cursor+" "+mark(th, f)+" "+cell.Clean(f.Statement), w)))
			lines = append(lines, "     "+th.Soft.Paint(cell.Cut(s.meta(f), w-6)))
		} else {
			lines = append(lines, "  "+th.Layer[f.Layer].Paint(mark(th, f))+" "+th.Text.Paint(cell.Cut(cell.Clean(f.Statement), w-5)))
		}
	}
	top := max(0, min(at-h/2, len(lines)-h))
	return lines[top:]
}

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
	if len(m.Cells) == 0 {
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
	top := max(0, min(s.mapTop, len(lines)-h))
	return lines[top:]
}

func paintRow(th *theme.Theme, row []model.MapCell, layers map[model.ID]string, focus model.ID) string {
	var b strings.Builder
	ink := func(c model.MapCell) theme.Style {
		switch c.Part {
		case model.PartBorder:
			return th.Layer[layers[c.Of]]
		case model.PartText:
			if c.Of == focus {
				return th.Strong
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
