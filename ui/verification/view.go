package verification

import (
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws the actions with their plan in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.record == nil:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case len(s.actions) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Nothing to verify yet", "Step 4 writes actions. Each of them gets a plan here: steps, data, environment, rollback, signals."))
	case w >= 110:
		side := w * 2 / 5
		gutter := widget.Gutter(th, h)
		return widget.Text(cell.Beside(s.list(th, side, h), gutter, s.form.View(th, w-side-2, h)))
	case s.inPlan:
		a, _ := s.here()
		head := cell.Fit(" "+th.Strong.Paint(cell.Cut(cell.Clean(a.Title), w-2)), w)
		return widget.Text(append([]string{head}, s.form.View(th, w, h-1)...))
	}
	return widget.Text(s.list(th, w, h))
}

// head is the pass rate in words, where there is room for it.
func (s *Screen) head(th *theme.Theme, w, h int) []string {
	if h < 10 {
		return nil
	}
	var lines []string
	for _, l := range cell.Wrap(model.PassRateOf(*s.record).Text, w-3) {
		lines = append(lines, cell.Fit(" "+th.Soft.Paint(l), w))
	}
	return append(lines, cell.Space(w))
}

// list draws each action with how much of its plan stands and what its runs showed.
func (s *Screen) list(th *theme.Theme, w, h int) []string {
	head := s.head(th, w, h)
	h -= len(head)
	var lines []string
	at := 0
	for i, a := range s.actions {
		if i == s.at {
			at = len(lines)
		}
		title := cell.Clean(a.Title)
		if i == s.at {
			lines = append(lines, th.Select.Paint(cell.Fit(th.Glyph.Cursor+" "+title, w)))
		} else {
			lines = append(lines, "  "+th.Text.Paint(cell.Cut(title, w-3)))
		}
		lines = append(lines, "    "+s.state(th, a, w-5))
	}
	return append(head, cell.Block(lines[max(0, min(at-h/2, len(lines)-h)):], w, h)...)
}

func (s *Screen) state(th *theme.Theme, a model.Action, w int) string {
	text := th.Soft.Paint(s.desk.Word("action_stage", a.Stage) + " · ")
	if told := s.record.LadderText(a); told != "" {
		return cell.Cut(text+th.Bad.Paint(th.Glyph.Warn+" "+cell.Clean(told)), w)
	}
	results := s.record.ResultsOf(a.ID)
	switch proof := s.record.ProofOf(a.ID); {
	case proof == model.Failing:
		text += th.Bad.Paint(th.Glyph.Warn + " failed in " + where(results, model.ResultFailed))
	case proof != model.NotRun:
		text += th.Good.Paint(th.Glyph.Done + " passed in " + where(results, model.ResultPassed))
		if proof == model.PassedAfter {
			text += th.Soft.Paint(", after a failure")
		}
	default:
		lacks := s.record.PlanLacks(a)
		if len(lacks) == 0 {
			text += th.Soft.Paint("plan complete, not run yet")
			break
		}
		text += th.Warn.Paint("open: " + strings.Join(lacks, ", "))
	}
	return cell.Cut(text, w)
}

// where names the environments whose last run had a status.
func where(results []model.Result, status string) string {
	last := map[string]string{}
	var names []string
	for _, x := range results {
		if _, seen := last[x.Environment]; !seen {
			names = append(names, x.Environment)
		}
		last[x.Environment] = x.Status
	}
	var of []string
	for _, n := range names {
		if last[n] == status {
			of = append(of, cell.Clean(n))
		}
	}
	return model.Both(of)
}
