package guide

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// wide is from how many cells on the question stands beside the list.
const wide = 110

// View draws the list of questions and the selected one in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The narrative could not be read", s.err.Error()))
	case s.record == nil || !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case len(s.list) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Nothing is asked", "The configuration leaves out every prompt that would fit this record.", "docs/prompts.md lists them all."))
	}
	if w >= wide {
		left := w * 2 / 5
		return widget.Text(cell.Beside(s.questions(th, left, h), widget.Gutter(th, h), cell.Block(append(s.side(th, w-left-2), s.beside(th, w-left-2)...), w-left-2, h)))
	}
	side := append(s.side(th, w), th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)))
	top := min(len(side), max(1, h/2))
	return widget.Text(append(cell.Block(side, w, top), s.questions(th, w, h-top)...))
}

// questions is the list under the headings of its packs. Each takes a line; what followed from an answer is
// set in.
func (s *Screen) questions(th *theme.Theme, w, h int) []string {
	open, answered := s.left()
	count := fmt.Sprintf(" %d answered, %d to choose from", answered, open)
	if n := len(s.list) - open - answered; n > 0 {
		count += fmt.Sprintf(", %d passed over", n)
	}
	const heading = -1
	var rows []int // of the list, or a heading before the next one
	at, pack := 0, ""
	for i, a := range s.list {
		if a.Prompt.Pack != pack {
			pack = a.Prompt.Pack
			rows = append(rows, heading)
		}
		if i == s.at {
			at = len(rows)
		}
		rows = append(rows, i)
	}
	top := max(0, min(at-h/2, len(rows)-h+1))
	lines := []string{" " + th.Soft.Paint(strings.TrimSpace(count))}
	for n := top; n < len(rows) && len(lines) < h; n++ {
		if i := rows[n]; i != heading {
			lines = append(lines, s.line(th, s.list[i], i == s.at, w))
		} else {
			lines = append(lines, " "+th.Strong.Paint(cell.Clean(s.list[rows[n+1]].Prompt.Pack)))
		}
	}
	return cell.Block(lines, w, h)
}

func (s *Screen) line(th *theme.Theme, a model.Asking, here bool, w int) string {
	mark, ink := "?", th.Text
	switch {
	case !a.Open():
		mark, ink = th.Glyph.Done, th.Soft
	case s.skipped[a.Key()]:
		mark, ink = "-", th.Faint
	case a.Prompt.Check:
		mark = th.Glyph.Todo
	}
	text := strings.Repeat("  ", a.Depth) + mark + " " + cell.Clean(a.Short)
	if here {
		return th.Select.Paint(cell.Fit(th.Glyph.Cursor+" "+cell.Cut(text, w-3), w))
	}
	return "  " + ink.Paint(cell.Cut(text, w-3))
}

func (s *Screen) text(a model.Asking) string { return cell.Clean(a.Text) }

// side is the selected question, legible from the back of the room: what leads to it, and what was answered.
func (s *Screen) side(th *theme.Theme, w int) []string {
	a, _ := s.here()
	head := cell.Clean(a.Prompt.Pack)
	if a.Prompt.Layer != "" {
		head += " " + th.Glyph.Layer(a.Prompt.Layer) + " " + strings.ToLower(s.desk.Word("layer", a.Prompt.Layer))
	}
	lines := []string{" " + th.Soft.Paint(head)}
	for _, l := range cell.Wrap(s.text(a), w-4) {
		lines = append(lines, " "+th.Strong.Paint(l))
	}
	if a.Because != "" && a.Open() {
		for _, l := range cell.Wrap("Asked because "+cell.Clean(a.Because)+".", w-4) {
			lines = append(lines, " "+th.Soft.Paint(l))
		}
	}
	if a.Open() {
		return lines
	}
	lines = append(lines, "")
	for _, l := range cell.Wrap(s.answer(a), w-4) {
		lines = append(lines, " "+th.Text.Paint(l))
	}
	if a.By != "" {
		lines = append(lines, " "+th.Soft.Paint(cell.Cut(cell.Clean(a.By)+", "+a.At.In(s.desk.ZoneOf(s.record.Incident)).Format("2006-01-02 15:04"), w-4)))
	}
	return lines
}

// beside is what the record holds near the question: the conditions of its layer, or what is noted of its moment.
func (s *Screen) beside(th *theme.Theme, w int) []string {
	a, _ := s.here()
	var lines []string
	add := func(lead, text string, ink theme.Style) {
		for i, l := range cell.Wrap(text, w-8) {
			if i > 0 {
				lead = cell.Space(cell.Width(lead))
			}
			lines = append(lines, " "+th.Soft.Paint(lead)+ink.Paint(l))
		}
	}
	for _, e := range s.events {
		if e.ID == a.About {
			for _, q := range model.FourQuestions {
				if text := e.Note(q.Field); text != "" {
					add(cell.Fit(strings.ToLower(q.Label), 21), cell.CleanText(text), th.Text)
				}
			}
		}
	}
	if a.About == "" && a.Prompt.Layer != "" {
		for _, f := range s.record.Factors {
			if f.Layer == a.Prompt.Layer {
				add(th.Glyph.Layer(f.Layer)+" ", cell.Clean(f.Statement), th.Text)
			}
		}
	}
	if lines == nil {
		return nil
	}
	return append([]string{"", " " + th.Soft.Paint("On the record so far")}, lines...)
}
