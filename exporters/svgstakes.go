package exporters

import (
	"fmt"
	"strings"

	"aftermath/model"
)

// The measures of the two drawings of priorities.
const (
	plotSide  = 360
	plotCell  = 104
	mostChips = 6
	barsWidth = 540
	mostBars  = 12
)

// svg draws what each change is worth against what it costs, and the scores as bars.
func (k *stakes) svg() string { return "<div class=\"two\">\n" + k.plot() + k.bars() + "</div>\n" }

func (k *stakes) plot() string {
	var s sketch
	plot := model.PlotOf(k.r, k.d.Scale)
	rank := map[model.ID]string{}
	for _, x := range k.r.Ranked {
		rank[x.Action.ID] = x.Rank
	}
	const left, top = 40, 8
	for r := range 3 {
		for c := range 3 {
			class := "lane"
			if r+c <= 1 {
				class = "best"
			}
			x, y := left+c*(plotCell+2), top+r*(plotCell+2)
			s.rect(class, x, y, plotCell, plotCell, 4)
			for n, a := range plot.Cells[r][c] {
				cx, cy := x+20+n%3*32, y+24+n/3*34
				if n == mostChips {
					s.word("soft small", begins, x+8, y+plotCell-8, fmt.Sprintf("and %d more", len(plot.Cells[r][c])-mostChips))
					break
				}
				fmt.Fprintf(&s.b, "<circle class=\"chip\" cx=\"%d\" cy=\"%d\" r=\"14\"/>\n", cx, cy)
				s.word("strong small", middle, cx, cy+4, rank[a.ID])
			}
		}
	}
	for n, word := range []string{"Low", "Medium", "High"} {
		s.word("soft small", middle, left+n*(plotCell+2)+plotCell/2, top+3*(plotCell+2)+14, word)
		s.word("soft small", ends, left-6, top+(2-n)*(plotCell+2)+plotCell/2+4, []string{"Low", "Mid", "High"}[n])
	}
	s.word("small", middle, left+plotSide/2-24, top+3*(plotCell+2)+32, "Effort → (rows: frequency × impact)")
	return s.finish("plot", plotSide, plotSide+14, "Value against effort", "Numbers are ranks. The upper left holds what is worth most for the least effort; the table below has the same.")
}

func (k *stakes) bars() string {
	var s sketch
	const rowHeight, words, valueRoom = 38, 0, 44
	best := 0.0
	n := 0
	for _, x := range k.r.Ranked {
		if x.Known {
			best = max(best, k.value(x))
		}
	}
	y, cut := 0, false
	for _, x := range k.r.Ranked {
		if !x.Known || n == mostBars {
			continue
		}
		if !x.Above && !cut && n > 0 {
			s.line("moment", 0, y+2, barsWidth, y+2)
			s.word("soft small", ends, barsWidth, y+16, "below the line")
			y += 22
		}
		cut = cut || !x.Above
		class := "bar"
		if !x.Above {
			class = "below"
		}
		s.word("", begins, words, y+13, fitted(x.Rank+"  "+x.Action.Title, barsWidth-10))
		width := 2
		if best > 0 {
			width = max(2, int(k.value(x)/best*float64(barsWidth-valueRoom)))
		}
		s.rect(class, words, y+19, width, 10, 2)
		s.word("strong small", begins, words+width+6, y+28, k.told(x))
		y += rowHeight
		n++
	}
	known := 0
	for _, x := range k.r.Ranked {
		if x.Known {
			known++
		}
	}
	if known > n {
		s.word("soft small", begins, 0, y+12, fmt.Sprintf("%d more stand in the table below.", known-n))
		y += 20
	}
	return s.finish("scores", barsWidth, max(y, 20), "Scores", strings.TrimSpace(fmt.Sprintf("%s, highest first; the table below has the same with the arithmetic.", model.Counted(n, "bar"))))
}

// value is what orders an action: its score, or the loss that it removes for each day.
func (k *stakes) value(x model.Ranked) float64 {
	if k.r.ByRanges {
		return x.Worth.PerDay
	}
	return x.Score
}

func (k *stakes) told(x model.Ranked) string {
	if k.r.ByRanges {
		return model.Amount(x.Worth.PerDay)
	}
	return model.FormatScore(x.Score)
}
