package priorities

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// grid is the plot of high, medium and low: the upper left is where to begin.
func (s *Screen) grid(th *theme.Theme, w, h int) []string {
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
				text += s.gridCell(th, p.Cells[row][col], line, ch, cw)
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
	legend := fmt.Sprintf("effort      %s above the line   %s below it", th.Glyph.Dot, th.Glyph.Hollow)
	return append(lines, th.Soft.Paint(foot), th.Soft.Paint(cell.Space(side+1)+cell.Center(legend, cw*3)))
}

// gridCell is one line of one cell of the grid: each action in it takes a line, the last says how many more.
func (s *Screen) gridCell(th *theme.Theme, list []model.Action, line, lines, w int) string {
	if line >= len(list) {
		return cell.Space(w)
	}
	if more := len(list) - line; line == lines-1 && more > 1 {
		return th.Soft.Paint(cell.Fit(fmt.Sprintf(" and %d more", more), w))
	}
	a := list[line]
	rank, above := "", false
	for _, r := range s.ranking.Ranked {
		if r.Action.ID == a.ID {
			rank, above = r.Rank, r.Above
		}
	}
	mark := th.Glyph.Hollow
	if above {
		mark = th.Glyph.Dot
	}
	text := cell.Fit(" "+mark+" "+rank+" "+cell.Clean(a.Title), w-1) + " "
	switch {
	case a.ID == s.focus:
		return th.Select.Paint(text)
	case above:
		return th.Accent.Paint(text)
	}
	return th.Text.Paint(text)
}
