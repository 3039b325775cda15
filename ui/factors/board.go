package factors

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// meta is what is known of a factor in a few words. Its area stands over it where the board is wide.
func (s *Screen) meta(f model.Factor, withArea bool) string {
	var parts []string
	add := func(list, v string) {
		if v != "" {
			parts = append(parts, strings.ToLower(s.desk.Word(list, v)))
		}
	}
	if withArea {
		add("area", f.Area)
	}
	add("factor_role", f.Role)
	add("without", f.Without)
	if n := len(f.Evidence); n > 0 {
		parts = append(parts, fmt.Sprintf("evidence %d", n))
	} else if f.Condition() {
		parts = append(parts, "hypothesis")
	}
	if f.Team != "" {
		parts = append(parts, "team "+cell.Clean(f.Team))
	}
	return strings.Join(parts, " · ")
}

// mark is the layer's glyph, a hollow one for a hypothesis, and a plus for what helped.
func mark(th *theme.Theme, f model.Factor) string {
	switch {
	case !f.Condition():
		return "+"
	case len(f.Evidence) == 0:
		return th.Glyph.Hollow
	}
	return th.Glyph.Layer(f.Layer)
}

// lead is what stands before a statement; what is marked has a check in place of its sign.
func (s *Screen) lead(th *theme.Theme, f model.Factor) string {
	if s.marked[f.ID] {
		return th.Glyph.Done + " "
	}
	return mark(th, f) + " "
}

// columns draws the three layers side by side, each area by area.
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
		head := []string{"", th.Layer[l.Value].Paint(th.Glyph.Layer(l.Value)+" "+l.Label) + th.Soft.Paint(fmt.Sprintf("  %d", len(list)))}
		lines, at, end := s.column(th, l, list, width)
		if room := h - len(head); end > room {
			lines = lines[min(at, end-room):]
		}
		blocks = append(blocks, space(h), cell.Block(append(head, lines...), width, h), space(h))
	}
	return cell.Beside(blocks...)
}

// column draws the cards of a layer under the headings of their areas, and names the areas that have none. It
// tells where the selected card begins and ends.
func (s *Screen) column(th *theme.Theme, layer model.Word, list []model.Factor, w int) (lines []string, at, end int) {
	group := "-"
	for _, f := range list {
		if g := s.group(f); g != group {
			group = g
			lines = append(lines, "", " "+th.Soft.Paint(cell.Cut(g, w-2)))
		} else {
			lines = append(lines, "")
		}
		if f.ID == s.focus {
			at = len(lines)
		}
		lines = append(lines, s.card(th, f, w)...)
		if f.ID == s.focus {
			end = len(lines)
		}
	}
	if empty := s.emptyAreas(layer.Value, list); empty != nil {
		lines = append(lines, "")
		for _, l := range cell.Wrap("Nothing named yet in "+strings.Join(empty, ", ")+".", w-4) {
			lines = append(lines, " "+th.Soft.Paint(l))
		}
	}
	return lines, at, end
}

// group is the heading under which a factor stands.
func (s *Screen) group(f model.Factor) string {
	switch {
	case !f.Condition():
		return "What helped, and luck"
	case f.Area == "":
		return "No area yet"
	}
	return s.desk.Word("area", f.Area)
}

func (s *Screen) emptyAreas(layer string, list []model.Factor) (empty []string) {
	for _, a := range s.desk.Taxonomy["area"] {
		if a.Group == layer && !slices.ContainsFunc(list, func(f model.Factor) bool { return f.Condition() && f.Area == a.Value }) {
			empty = append(empty, strings.ToLower(cell.Clean(a.Label)))
		}
	}
	return empty
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
			lead = s.lead(th, f)
		}
		if here {
			lines = append(lines, th.Select.Paint(cell.Fit(th.Glyph.Cursor+lead+t, w)))
		} else {
			lines = append(lines, " "+th.Layer[f.Layer].Paint(lead)+th.Text.Paint(t))
		}
	}
	for _, m := range cell.Wrap(s.meta(f, false), w-4) {
		lines = append(lines, "   "+th.Soft.Paint(m))
	}
	if here {
		for _, m := range cell.Wrap(s.acted(f), w-4) {
			if m != "" {
				lines = append(lines, "   "+th.Accent.Paint(m))
			}
		}
	}
	return lines
}

// acted tells how the selected condition acted on others, and how many acted on it. The map draws which.
func (s *Screen) acted(f model.Factor) string {
	how, on := map[string]int{}, 0
	for _, i := range s.record.Interactions {
		switch f.ID {
		case i.From:
			how[i.Kind]++
		case i.To:
			on++
		}
	}
	var parts []string
	for _, w := range s.desk.Taxonomy["interaction"] {
		if n := how[w.Value]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", strings.ToLower(cell.Clean(w.Label)), n))
		}
	}
	if on > 0 {
		parts = append(parts, fmt.Sprintf("acted on by %d", on))
	}
	return strings.Join(parts, " · ")
}

// rowLines is how many lines the selected condition may take to be read whole.
const rowLines = 3

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
			lead := th.Glyph.Cursor + " " + s.lead(th, f)
			for _, l := range cell.WrapMost(cell.Clean(f.Statement), w-5, rowLines) {
				lines = append(lines, th.Select.Paint(cell.Fit(lead+l, w)))
				lead = "    "
			}
			lines = append(lines, "     "+th.Soft.Paint(cell.Cut(s.meta(f, true), w-6)))
			if acted := s.acted(f); acted != "" {
				lines = append(lines, "     "+th.Accent.Paint(cell.Cut(acted, w-6)))
			}
		} else {
			lines = append(lines, "  "+th.Layer[f.Layer].Paint(s.lead(th, f))+th.Text.Paint(cell.Cut(cell.Clean(f.Statement), w-5)))
		}
	}
	top := max(0, min(at-h/2, len(lines)-h))
	return lines[top:]
}
