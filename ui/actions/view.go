package actions

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws the list with its details, a form, or the coverage.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.record == nil:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case s.mode == detail:
		return widget.Text(s.form.View(th, w, h))
	case s.mode == matrix:
		return widget.Text(s.matrix(th, w, h))
	case len(s.rows) == 0:
		return widget.Text(widget.Nothing(th, w, h, "No action yet", "a writes one. The best ones change the system, so that nobody has to remember.",
			"Conditions that nothing answers will be listed here."))
	}
	foot := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)), " " + th.Strong.Paint(cell.Cut(s.sentence(), w-2))}
	body := h - len(foot)
	if w < 110 {
		return widget.Text(cell.Block(append(cell.Block(s.list(th, w, body, rowLines), w, body), foot...), w, h))
	}
	side := w * 2 / 5
	left := cell.Block(s.list(th, w-side-2, body, 1), w-side-2, body)
	gutter := widget.Gutter(th, body)
	return widget.Text(cell.Block(append(cell.Beside(left, gutter, s.side(th, side, body)), foot...), w, h))
}

// sentence says how the conditions are covered, and when there are too many commitments.
func (s *Screen) sentence() string {
	n := s.promised()
	text := model.Cover(s.record.Factors, s.record.Actions).Sentence()
	if n > s.desk.CutLine {
		text = fmt.Sprintf("%d commitments: more than %d is a red flag. ", n, s.desk.CutLine) + text
	}
	return text
}

func (s *Screen) list(th *theme.Theme, w, h, most int) []string {
	var lines []string
	at, part := 0, 0
	bare := false
	for i, r := range s.rows {
		if p := partOf(r.action); !r.bare && p != part {
			part = p
			if i > 0 {
				lines = append(lines, "")
			}
			lines = append(lines, " "+th.Soft.Paint([]string{"", "Parked ideas", "Set aside, and why"}[p]))
		}
		if r.bare && !bare {
			bare = true
			lines = append(lines, "", " "+th.Warn.Paint(th.Glyph.Warn+" No action answers these conditions"))
		}
		if i == s.at {
			at = len(lines)
		}
		if r.bare {
			lines = append(lines, s.bareLines(th, r.factor, i == s.at, w, most)...)
		} else {
			lines = append(lines, s.actionLines(th, r.action, i == s.at, w, most)...)
		}
	}
	return lines[max(0, min(at-h/2, len(lines)-h)):]
}

// bareLines is a condition that nothing answers; the selected one on as many lines as it may take.
func (s *Screen) bareLines(th *theme.Theme, f model.Factor, here bool, w, most int) (lines []string) {
	statement, glyph := cell.Clean(f.Statement), th.Glyph.Layer(f.Layer)
	if !here {
		return []string{"  " + th.Layer[f.Layer].Paint(glyph) + " " + th.Text.Paint(cell.Cut(statement, w-4))}
	}
	lead := th.Glyph.Cursor + " " + glyph + " "
	for _, l := range cell.WrapMost(statement, w-5, most) {
		lines = append(lines, th.Select.Paint(cell.Fit(lead+l, w)))
		lead = "    "
	}
	return lines
}

// rowLines is how many lines the selected title may take, and what is known of it, where nothing beside the list
// tells it whole.
const rowLines = 3

// actionLines is an action and, under it, what is known of it in a few words. The selected one is told
// on as many lines as it may take.
func (s *Screen) actionLines(th *theme.Theme, a model.Action, here bool, w, most int) []string {
	stage := s.desk.Word("action_stage", a.Stage)
	title := cell.Clean(a.Title)
	room := w - 16
	if !here {
		first := "  " + th.Text.Paint(cell.Fit(title, room)) + " " + s.stageStyle(th, a.Stage).Paint(cell.Right(stage, 12)) + " "
		return []string{first, "    " + th.Soft.Paint(cell.Cut(s.meta(a), w-5))}
	}
	var lines []string
	lead := th.Glyph.Cursor + " "
	for _, l := range cell.WrapMost(title, room, most) {
		lines = append(lines, th.Select.Paint(cell.Fit(lead+cell.Fit(l, room)+" "+cell.Right(stage, 12)+" ", w)))
		lead, stage = "  ", ""
	}
	for _, l := range cell.WrapMost(s.meta(a), w-5, most) {
		lines = append(lines, "    "+th.Soft.Paint(l))
	}
	return lines
}

func (s *Screen) stageStyle(th *theme.Theme, stage string) theme.Style {
	switch stage {
	case model.StageCommitted, model.StageImplemented:
		return th.Accent
	case model.StageVerified, model.StageEffective:
		return th.Good
	case model.StageNotEffective:
		return th.Bad
	}
	return th.Soft
}

func (s *Screen) meta(a model.Action) string {
	var parts []string
	if partOf(a) == 2 {
		if a.Until != "" {
			parts = append(parts, "until "+cell.Clean(a.Until))
		}
		if a.Reason == "" {
			return strings.Join(append(parts, "no reason yet"), " · ")
		}
		return strings.Join(append(parts, cell.Clean(a.Reason)), " · ")
	}
	if a.Owner != "" {
		parts = append(parts, "@"+cell.Clean(strings.TrimPrefix(a.Owner, "@")))
	} else {
		parts = append(parts, "owner open")
	}
	if a.Due != "" {
		parts = append(parts, "due "+cell.Clean(a.Due))
	}
	for _, p := range [][2]string{{"strength", a.Strength}, {"lever", a.Lever}} {
		if p[1] != "" {
			parts = append(parts, strings.ToLower(s.desk.Word(p[0], p[1])))
		}
	}
	if n := len(a.Factors); n > 0 {
		parts = append(parts, fmt.Sprintf("answers %d", n))
	} else {
		parts = append(parts, "answers nothing yet")
	}
	return strings.Join(parts, " · ")
}

// side shows what the selected action answers, and its target.
func (s *Screen) side(th *theme.Theme, w, h int) []string {
	r, ok := s.here()
	if !ok {
		return cell.Block(nil, w, h)
	}
	var lines []string
	if r.bare {
		for _, l := range cell.Wrap(cell.Clean(r.factor.Statement), w-2) {
			lines = append(lines, th.Strong.Paint(l))
		}
		return cell.Block(append(lines, "", th.Soft.Paint("enter writes an action that answers it.")), w, h)
	}
	a := r.action
	for _, l := range cell.Wrap(cell.Clean(a.Title), w-2) {
		lines = append(lines, th.Strong.Paint(l))
	}
	lines = append(lines, "", th.Soft.Paint("answers"))
	for _, id := range a.Factors {
		for i, l := range cell.Wrap(s.factorName(string(id)), w-5) {
			lead := "    "
			if i == 0 {
				lead = "  " + s.layerMark(th, id) + " "
			}
			lines = append(lines, lead+th.Text.Paint(l))
		}
	}
	if len(a.Factors) == 0 {
		lines = append(lines, "  "+th.Warn.Paint(th.Glyph.Warn+" no condition yet; f chooses"))
	}
	for _, p := range [][2]string{{"target", targetText(a)}, {"done when", a.Criteria}, {"details", a.Detail}, {"outcome", a.OutcomeNote}} {
		if p[1] != "" {
			lines = append(lines, "", th.Soft.Paint(p[0]))
			for _, l := range cell.Wrap(cell.CleanText(p[1]), w-4) {
				lines = append(lines, "  "+th.Text.Paint(l))
			}
		}
	}
	return cell.Block(append(lines, s.offered(th, w)...), w, h)
}

// offered is what is proposed for the selected action.
func (s *Screen) offered(th *theme.Theme, w int) (lines []string) {
	for _, p := range s.proposals {
		f, _ := model.Named(model.TypeAction, p.Field)
		value := cell.Clean(p.Value)
		if f.Kind == model.Choice {
			value = s.desk.Word(f.List, p.Value)
		}
		for i, l := range cell.Wrap(value, w-22) {
			label := ""
			if i == 0 {
				label = strings.ToLower(f.Label)
			}
			lines = append(lines, "  "+th.Soft.Paint(cell.Fit(label, 18))+" "+th.Text.Paint(l))
		}
	}
	if lines != nil {
		lines = append([]string{"", th.Soft.Paint("proposed; + takes all but the target")}, lines...)
	}
	return lines
}

func targetText(a model.Action) string {
	if a.Metric == "" {
		return ""
	}
	text := a.Metric
	if a.Baseline != "" || a.Target != "" {
		text += fmt.Sprintf(" from %s to %s %s", a.Baseline, a.Target, a.Unit)
	}
	if a.By != "" {
		text += " by " + a.By
	}
	return strings.TrimSpace(text)
}

func (s *Screen) layerMark(th *theme.Theme, id model.ID) string {
	for _, f := range s.record.Factors {
		if f.ID == id {
			return th.Layer[f.Layer].Paint(th.Glyph.Layer(f.Layer))
		}
	}
	return th.Glyph.Hollow
}
