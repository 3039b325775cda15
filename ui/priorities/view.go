package priorities

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws the ranking or the plot in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.record == nil:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case len(s.ranking.Ranked) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Nothing to rank yet", "Step 4 writes actions. What is proposed or committed is ranked here; ideas wait."))
	}
	foot := s.foot(th, w)
	body := h - len(foot)
	lines := s.table(th, w, body)
	if s.plot {
		lines = s.drawPlot(th, w, body)
	}
	return widget.Text(append(cell.Block(lines, w, body), foot...))
}

func (s *Screen) scaleText() string {
	sc := s.desk.Scale
	return fmt.Sprintf("High %s, medium %s, low %s.", model.FormatScore(sc.High), model.FormatScore(sc.Medium), model.FormatScore(sc.Low))
}

func (s *Screen) foot(th *theme.Theme, w int) []string {
	text := "frequency × impact ÷ effort.  " + s.scaleText()
	if n := len(s.ranking.Ideas); n > 0 {
		text += fmt.Sprintf("  %d parked as ideas.", n)
	}
	lines := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)), cell.Fit(" "+th.Soft.Paint(cell.Cut(text, w-2)), w)}
	if s.ranking.Tie != "" {
		lines = append(lines, cell.Fit(" "+th.Warn.Paint(cell.Cut(th.Glyph.Note+" "+s.ranking.Tie, w-2)), w))
	}
	return lines
}

// scoreWidth is the column of the score.
const scoreWidth = 6

// levelWidth is the column of an estimate: dots and a letter, or only the word where there is little room.
func levelWidth(w int) int {
	if w < 76 {
		return 8
	}
	return 11
}

func (s *Screen) table(th *theme.Theme, w, h int) []string {
	bar := max(0, min(20, w-90))
	level := levelWidth(w)
	room := w - 6 - 3*level - scoreWidth - bar - 2
	heads := cell.Fit(cell.Cut("frequency", level-1), level) + cell.Fit("impact", level) + cell.Fit("effort", level)
	lines := []string{th.Soft.Paint(cell.Fit("  #   "+cell.Fit("action", room)+heads+cell.Right("score", scoreWidth), w))}
	best := 0.0
	for _, r := range s.ranking.Ranked {
		best = max(best, r.Score)
	}
	at := 0
	for i, r := range s.ranking.Ranked {
		if i == s.ranking.Cut && i > 0 {
			lines = append(lines, s.cutLine(th, w))
		}
		if i == s.at {
			at = len(lines)
		}
		lines = append(lines, s.row(th, r, i == s.at, room, bar, best, w))
		if r.Action.Parked != "" {
			lines = append(lines, "      "+th.Soft.Paint(cell.Cut("parked: "+cell.Clean(r.Action.Parked), w-8)))
		}
	}
	if at >= h {
		return append(lines[:1:1], lines[at-h+2:]...)
	}
	return lines
}

func (s *Screen) cutLine(th *theme.Theme, w int) string {
	text := " above the line: we commit to these "
	side := max(0, (w-2-len(text))/2)
	return " " + th.Accent.Paint(strings.Repeat(th.Glyph.Gap, side)+text+strings.Repeat(th.Glyph.Gap, max(0, w-2-len(text)-side)))
}

func (s *Screen) row(th *theme.Theme, r model.Ranked, here bool, room, bar int, best float64, w int) string {
	rank := r.Rank
	if rank == "" {
		rank = th.Glyph.Todo
	}
	lead := "  "
	if here {
		lead = th.Glyph.Cursor + " "
	}
	stage := ""
	if r.Action.Stage == model.StageCommitted {
		stage = " " + th.Glyph.Done
	}
	head := lead + cell.Fit(rank, 4) + cell.Fit(cell.Cut(cell.Clean(r.Action.Title), room-3)+stage, room)
	if here {
		head = th.Select.Paint(head)
	} else {
		head = th.Text.Paint(head)
	}
	for i, v := range []string{r.Action.Frequency, r.Action.Impact, r.Action.Effort} {
		head += s.level(th, v, here && i == s.column, levelWidth(w))
	}
	score := th.Soft.Paint(cell.Right(th.Glyph.Dash, scoreWidth))
	tail := ""
	if r.Known {
		score = th.Strong.Paint(cell.Right(model.FormatScore(r.Score), scoreWidth))
		if best > 0 && bar > 0 {
			tail = "  " + th.Accent.Paint(strings.Repeat(th.Glyph.Bar, int(r.Score/best*float64(bar))))
		}
	}
	return cell.Fit(head+score+tail, w)
}

// level draws one to three dots and the word's first letter, so that it reads without counting.
func (s *Screen) level(th *theme.Theme, v string, here bool, w int) string {
	text := th.Glyph.Todo
	if n := map[string]int{"low": 1, "medium": 2, "high": 3}[v]; n > 0 {
		text = strings.TrimSpace(strings.Repeat(th.Glyph.Dot+" ", n))
		text = cell.Fit(text, 6) + strings.ToUpper(v[:1])
		if w < 11 {
			text = v
		}
	}
	text = cell.Fit(text, w-2)
	if here {
		return th.Select.Paint(text) + "  "
	}
	return th.Text.Paint(text) + "  "
}

// drawPlot places the actions by what they are worth and what they cost: the upper left is where to begin.
func (s *Screen) drawPlot(th *theme.Theme, w, h int) []string {
	p := model.PlotOf(s.ranking, s.desk.Scale)
	side := 14
	cw := (w - side - 2) / 3
	ch := max(2, (h-4)/3)
	var lines []string
	names := []string{"high", "medium", "low"}
	for row := range 3 {
		for line := range ch {
			label := cell.Space(side)
			if line == ch/2 {
				label = cell.Right(names[row]+" ", side)
			}
			if row == 1 && line == max(0, ch/2-1) {
				label = cell.Right("worth ", side)
			}
			text := th.Soft.Paint(label) + th.Faint.Paint(th.Glyph.Vertical)
			for col := range 3 {
				text += s.plotCell(th, p.Cells[row][col], row == 0 && col == 0, line, ch, cw)
			}
			lines = append(lines, text)
		}
		if row < 2 {
			lines = append(lines, cell.Space(side)+th.Faint.Paint(th.Glyph.Vertical+strings.Repeat(th.Glyph.Gap, cw*3)))
		}
	}
	lines = append(lines, cell.Space(side)+th.Faint.Paint(th.Glyph.BottomLeft+strings.Repeat(th.Glyph.Line, cw*3)))
	foot := cell.Space(side + 1)
	for _, n := range []string{"low", "medium", "high"} {
		foot += cell.Center(n, cw)
	}
	return append(lines, th.Soft.Paint(foot), th.Soft.Paint(cell.Space(side+1)+cell.Center("effort", cw*3)))
}

// plotCell is one line of one cell of the plot: each action in it takes a line, the last says how many more.
func (s *Screen) plotCell(th *theme.Theme, list []model.Action, best bool, line, lines, w int) string {
	if line >= len(list) {
		return cell.Space(w)
	}
	if more := len(list) - line; line == lines-1 && more > 1 {
		return th.Soft.Paint(cell.Fit(fmt.Sprintf(" and %d more", more), w))
	}
	a := list[line]
	rank := ""
	for _, r := range s.ranking.Ranked {
		if r.Action.ID == a.ID {
			rank = r.Rank
		}
	}
	text := cell.Fit(" "+rank+" "+cell.Clean(a.Title), w-1) + " "
	switch {
	case a.ID == s.focus:
		return th.Select.Paint(text)
	case best:
		return th.Accent.Paint(text)
	}
	return th.Text.Paint(text)
}
