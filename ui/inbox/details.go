package inbox

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/evidence"
	"aftermath/ui/theme"
)

// details are the selected line in full, with the narrative around it at the foot.
func (s *Screen) details(th *theme.Theme, w, h int, low bool) []string {
	top, around := s.lineDetails(th, w, low)
	if s.grouping {
		top, around = s.groupDetails(th, w, low), nil
	}
	around = around[:min(len(around), max(0, h-2))]
	room := h - len(around)
	return append(cell.Block(top[:min(len(top), room)], w, room), cell.Block(around, w, len(around))...)
}

func (s *Screen) lineDetails(th *theme.Theme, w int, low bool) (top, around []string) {
	e, ok := s.Here()
	at, _ := s.cursor()
	if !ok {
		return nil, nil
	}
	facts := []string{strings.TrimSpace(s.clock.Write(e)), cell.Clean(e.Source)}
	for _, f := range []string{strings.TrimSpace(evidence.Who(e, 40)), cell.Clean(e.Service), cell.Clean(e.Kind)} {
		if f != "" {
			facts = append(facts, f)
		}
	}
	top = []string{th.Soft.Paint(cell.Cut(strings.Join(facts, "  "), w))}
	if !low {
		top = append(top, "")
	}
	for _, l := range cell.Wrap(cell.Clean(e.Title), w) {
		top = append(top, th.Strong.Paint(l))
	}
	if !low {
		top = append(top, "")
	}
	top = append(top, s.facts(th, e, w)...)
	return top, s.around(th, at, w, low)
}

// facts are what else is known of a line: its details, the time as written, how many are like it.
func (s *Screen) facts(th *theme.Theme, e model.Event, w int) (out []string) {
	for _, n := range []struct{ label, text string }{
		{"details", e.Body}, {"signals", e.Signals}, {"believed", e.Belief}, {"decided", e.Decision}, {"why", e.Why}, {"was", e.OriginalTitle},
		{"written as", e.TimeText}, {"alike", s.alikeText(th, e)},
	} {
		if n.text == "" {
			continue
		}
		for i, l := range cell.Wrap(cell.CleanText(n.text), w-12) {
			label := n.label
			if i > 0 {
				label = ""
			}
			out = append(out, th.Soft.Paint(cell.Fit(label, 11))+" "+th.Text.Paint(l))
		}
	}
	return out
}

func (s *Screen) alikeText(th *theme.Theme, e model.Event) string {
	g := s.like(e)
	if g.Count < 2 {
		return ""
	}
	return fmt.Sprintf("%s %s", times(th, g.Count), s.clock.Span(g.First, g.Last))
}

// around is the narrative before and after a place in time, so that a merge makes sense.
func (s *Screen) around(th *theme.Theme, at model.Cursor, w int, low bool) (out []string) {
	for _, n := range []struct {
		label string
		find  func(model.Cursor) (line, bool)
	}{{"line above", s.before}, {"line below", s.after}} {
		l, ok := n.find(at)
		if !ok {
			continue
		}
		text := l.Event.At.In(s.zone()).Format("15:04:05") + " " + evidence.Who(l.Event, 20) + cell.Clean(l.Title)
		out = append(out, th.Soft.Paint(cell.Fit(n.label, 11))+" "+th.Text.Paint(cell.Cut(text, w-12)))
		if low {
			return out
		}
	}
	if len(out) > 0 && !low {
		out = append([]string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)), th.Soft.Paint("In the narrative")}, out...)
	}
	return out
}

func (s *Screen) groupDetails(th *theme.Theme, w int, low bool) (top []string) {
	g, _ := s.group()
	top = []string{th.Soft.Paint(cell.Clean(g.Source) + "  " + times(th, g.Count) + "  " + s.clock.Span(g.First, g.Last))}
	if !low {
		top = append(top, "")
	}
	for _, l := range cell.Wrap(cell.Clean(g.Sample), w) {
		top = append(top, th.Strong.Paint(l))
	}
	if g.Count < 2 || g.Shape == g.Sample {
		return top
	}
	if !low {
		top = append(top, "")
	}
	for i, l := range cell.Wrap(cell.Clean(g.Shape), w-12) {
		label := "in common"
		if i > 0 {
			label = ""
		}
		top = append(top, th.Soft.Paint(cell.Fit(label, 11))+" "+th.Text.Paint(l))
	}
	return append(top, th.Soft.Paint(cell.Fit("", 11)+" # stands for what differs"))
}
