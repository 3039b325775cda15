package verification

import (
	"fmt"
	"slices"

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
		gutter := slices.Repeat([]string{th.Faint.Paint(th.Glyph.Vertical) + " "}, h)
		return widget.Text(cell.Beside(s.list(th, side, h), gutter, s.form.View(th, w-side-2, h)))
	case s.inPlan:
		a, _ := s.here()
		head := cell.Fit(" "+th.Strong.Paint(cell.Cut(cell.Clean(a.Title), w-2)), w)
		return widget.Text(append([]string{head}, s.form.View(th, w, h-1)...))
	}
	return widget.Text(s.list(th, w, h))
}

// list draws each action with how much of its plan stands and what its runs showed.
func (s *Screen) list(th *theme.Theme, w, h int) []string {
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
	return cell.Block(lines[max(0, min(at-h/2, len(lines)-h)):], w, h)
}

func (s *Screen) state(th *theme.Theme, a model.Action, w int) string {
	missing := planMissing(a, len(s.steps(a)))
	text := th.Soft.Paint(s.desk.Word("action_stage", a.Stage) + " · ")
	switch results := s.results(a); {
	case len(results) > 0 && results[len(results)-1].Status == "passed":
		text += th.Good.Paint(fmt.Sprintf("%s passed in %s", th.Glyph.Done, cell.Clean(results[len(results)-1].Environment)))
	case len(results) > 0:
		text += th.Bad.Paint(fmt.Sprintf("%s failed in %s", th.Glyph.Warn, cell.Clean(results[len(results)-1].Environment)))
	case missing == "":
		text += th.Good.Paint("plan complete")
	default:
		text += th.Warn.Paint("plan needs " + missing)
	}
	return cell.Cut(text, w)
}

// planMissing names the first thing that a plan still needs.
func planMissing(a model.Action, steps int) string {
	for _, p := range []struct {
		ok   bool
		what string
	}{
		{steps > 0, "steps"}, {a.Environment != "", "an environment"}, {a.Expected != "", "an expected outcome"},
		{a.Rollback != "", "a rollback plan"}, {a.SuccessSignal != "", "a success signal"}, {a.HarmSignal != "", "a did-no-harm signal"},
	} {
		if !p.ok {
			return p.what
		}
	}
	return ""
}
