package priorities

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws the ranking, the plot or the ranges in w by h cells.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.record == nil:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case len(s.ranking.Ranked) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Nothing to rank yet", "Step 4 writes actions. What is proposed or committed is ranked here; ideas wait."))
	case s.inRanges && h < panelRows+5:
		return widget.Text(s.panel(th, w, h))
	}
	foot := s.foot(th, w, h)
	if s.inRanges {
		foot = s.panel(th, w, panelRows)
	}
	body := h - len(foot)
	lines := s.draw(th, w, body)
	return widget.Text(append(cell.Block(lines, w, body), foot...))
}

func (s *Screen) draw(th *theme.Theme, w, h int) []string {
	switch {
	case s.mode == grid:
		return s.grid(th, w, h)
	case s.mode == scatter && len(s.spots()) > 0:
		return s.scatter(th, w, h)
	}
	return s.table(th, w, h)
}

func (s *Screen) scaleText() string {
	sc := s.desk.Scale
	return fmt.Sprintf("High %s, medium %s, low %s.", model.FormatScore(sc.High), model.FormatScore(sc.Medium), model.FormatScore(sc.Low))
}

// foot says what orders the list, then, as far as there is room, what the ranges say about the order.
func (s *Screen) foot(th *theme.Theme, w, h int) []string {
	text := "frequency × impact ÷ effort.  " + s.scaleText()
	if s.mode == scatter && !s.ranking.ByRanges {
		text = fmt.Sprintf("%d of %d have ranges in one unit. The order is by high, medium and low.", len(s.spots()), len(s.ranking.Ranked))
	}
	if s.ranking.ByRanges {
		text = "Loss removed a year ÷ person-days, in " + cell.Clean(s.ranking.Unit) + "."
	}
	if ideas := fmt.Sprintf("  %d parked as ideas.", len(s.ranking.Ideas)); len(s.ranking.Ideas) > 0 && cell.Width(text+ideas) <= w-2 {
		text += ideas
	}
	lines := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)), cell.Fit(" "+th.Soft.Paint(cell.Cut(text, w-2)), w)}
	room := max(3, h*2/5)
	if s.mode == scatter {
		room = 2
	}
	say := func(ink theme.Style, mark, text string) {
		if text == "" {
			return
		}
		wrapped := cell.Wrap(cell.Clean(text), w-4)
		if len(lines)+len(wrapped) > room {
			return
		}
		for i, l := range wrapped {
			if i > 0 {
				mark = " "
			}
			lines = append(lines, cell.Fit(" "+ink.Paint(mark+" "+l), w))
		}
	}
	if s.ranking.Tie != "" {
		wrapped := cell.Wrap(cell.Clean(s.ranking.Tie), w-4)
		lines = append(lines, cell.Fit(" "+th.Warn.Paint(th.Glyph.Note+" "+wrapped[0]), w))
		for _, l := range wrapped[1:] {
			if len(lines) < room {
				lines = append(lines, cell.Fit("   "+th.Warn.Paint(l), w))
			}
		}
	}
	r, _ := s.here()
	if st, ok := s.sim.Of(r.Action.ID); ok && len(s.comparable(st.Action)) > 1 {
		say(th.Text, th.Glyph.Now, s.drawn(st))
	}
	if g := s.group(); g != nil {
		say(th.Soft, th.Glyph.Note, g.Swing.Text)
		say(th.Soft, th.Glyph.Note, g.Coverage(s.ranking))
	}
	say(th.Soft, th.Glyph.Note, s.ranking.Mix)
	return lines
}

// group is what the selected action is compared with, or else the largest group.
func (s *Screen) group() *model.Comparable {
	for i, g := range s.sim.Groups {
		for _, x := range g.Standings {
			if x.Action == s.focus {
				return &s.sim.Groups[i]
			}
		}
	}
	if len(s.sim.Groups) > 0 {
		return &s.sim.Groups[0]
	}
	return nil
}

// The columns of the score and of the firmness.
const (
	scoreWidth = 6
	firmWidth  = 10
)

// levelWidth is the column of an estimate: dots and a letter, or only the word where there is little room.
func levelWidth(w int) int {
	if w < 90 {
		return 8
	}
	return 11
}

// columns are how wide what stands beside the title is.
type columns struct {
	w, room, level, firm, bar int
	score                     int // beside what the ranges come to
	best                      float64
}

func (s *Screen) columns(w int) columns {
	c := columns{w: w, level: levelWidth(w), bar: max(0, min(28, w-92))}
	if !s.ranking.ByRanges && w >= 76 {
		c.level, c.bar = 11, max(0, min(20, w-90))
	}
	if s.ranking.ByRanges && w >= 76 {
		c.firm = firmWidth
	}
	if s.ranking.ByRanges && w >= 100 {
		c.score = scoreWidth
	}
	for _, r := range s.ranking.Ranked {
		if s.ranking.ByRanges && r.Known {
			c.best = max(c.best, r.Worth.PerDayBand().High)
		} else if !s.ranking.ByRanges {
			c.best = max(c.best, r.Score)
		}
	}
	c.room = w - 6 - 3*c.level - c.score - scoreWidth - c.bar - 2
	if c.firm > 0 {
		c.room -= c.firm + 1
	}
	return c
}

func (s *Screen) table(th *theme.Theme, w, h int) []string {
	c := s.columns(w)
	often := "frequency"
	if c.level < len(often)+1 {
		often = "freq."
	}
	heads := cell.Fit(often, c.level) + cell.Fit("impact", c.level) + cell.Fit("effort", c.level)
	last := cell.Right("score", scoreWidth)
	if s.ranking.ByRanges {
		last = cell.Right("a day", scoreWidth)
		if c.score > 0 {
			last = cell.Right("score", c.score) + last
		}
	}
	if c.firm > 0 {
		last += cell.Right("above next", c.firm+1)
	}
	lines := []string{th.Soft.Paint(cell.Fit("  #   "+cell.Fit("action", c.room)+heads+last, w))}
	at := 0
	for i, r := range s.ranking.Ranked {
		if i == s.ranking.Cut && i > 0 && (r.Known || r.Action.Parked != "") { // what waits for its answers lies not below it
			lines = append(lines, s.cutLine(th, w))
		}
		if i == s.at {
			at = len(lines)
		}
		lines = append(lines, s.row(th, r, i == s.at, c))
		if title := cell.Clean(r.Action.Title); i == s.at && !s.inRanges && cell.Width(title) > c.room-3 {
			lines = append(lines, "      "+th.Text.Paint(cell.Cut(title, w-8)))
		}
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
	text := " we commit to what stands above this line "
	side := max(0, (w-2-len(text))/2)
	return " " + th.Accent.Paint(strings.Repeat(th.Glyph.Gap, side)+text+strings.Repeat(th.Glyph.Gap, max(0, w-2-len(text)-side)))
}

func (s *Screen) row(th *theme.Theme, r model.Ranked, here bool, c columns) string {
	rank := r.Rank
	if rank == "" {
		rank = th.Glyph.Todo
	}
	lead := "  "
	if here {
		lead = th.Glyph.Cursor + " "
	}
	stage := ""
	if r.Action.Committed() {
		stage = " " + th.Glyph.Done
	}
	head := lead + cell.Fit(rank, 4) + cell.Fit(cell.Cut(cell.Clean(r.Action.Title), c.room-3)+stage, c.room)
	if here {
		head = th.Select.Paint(head)
	} else {
		head = th.Text.Paint(head)
	}
	for i, v := range []string{r.Action.Frequency, r.Action.Impact, r.Action.Effort} {
		head += s.level(th, v, here && !s.inRanges && i == s.column, c.level)
	}
	score, tail := th.Soft.Paint(cell.Right(th.Glyph.Dash, scoreWidth)), ""
	switch {
	case s.ranking.ByRanges && r.Known:
		score = th.Strong.Paint(cell.Right(short(r.Worth.PerDay), scoreWidth))
		if c.score > 0 {
			score = th.Soft.Paint(cell.Right(scoreOf(r, th), c.score)) + score
		}
		tail = s.firm(th, r, c) + "  " + band(th, r.Worth, c)
	case !s.ranking.ByRanges && r.Known:
		score = th.Strong.Paint(cell.Right(model.FormatScore(r.Score), scoreWidth))
		if c.best > 0 && c.bar > 0 {
			tail = "  " + th.Accent.Paint(strings.Repeat(th.Glyph.Bar, int(r.Score/c.best*float64(c.bar))))
		}
	}
	return cell.Fit(head+score+tail, c.w)
}

func scoreOf(r model.Ranked, th *theme.Theme) string {
	if !r.Scored {
		return th.Glyph.Dash
	}
	return model.FormatScore(r.Score)
}

// short writes an amount in the column of the score.
func short(v float64) string {
	switch {
	case v >= 1e6:
		return fmt.Sprintf("%.1fM", v/1e6)
	case v >= 1e4:
		return fmt.Sprintf("%.0fk", v/1e3)
	case v > 0 && v < 0.01:
		return "<0.01"
	}
	return model.Amount(v)
}

// firm is the column of how often it stands above the next one.
func (s *Screen) firm(th *theme.Theme, r model.Ranked, c columns) string {
	if c.firm == 0 {
		return ""
	}
	st, ok := s.sim.Of(r.Action.ID)
	if !ok || st.Firm == 0 {
		return cell.Space(c.firm + 1)
	}
	if st.Tied() {
		return th.Warn.Paint(cell.Right("tie "+model.Percent(st.Firm), c.firm+1))
	}
	text := model.Percent(st.Firm)
	if st.Firm < 0.8 {
		return th.Text.Paint(cell.Right(text, c.firm+1))
	}
	return th.Good.Paint(cell.Right(text, c.firm+1))
}

// band draws where nine of ten cases lie, with the expectation in it; all rows share one scale from zero.
func band(th *theme.Theme, w model.Worth, c columns) string {
	if c.bar < 8 || c.best <= 0 {
		return ""
	}
	place := func(v float64) int { return min(c.bar-1, int(v/c.best*float64(c.bar-1)+0.5)) }
	b := w.PerDayBand()
	low, at, high := place(b.Low), place(w.PerDay), place(b.High)
	return cell.Space(low) + th.Accent.Paint(strings.Repeat(th.Glyph.Line, at-low)+th.Glyph.Dot+strings.Repeat(th.Glyph.Line, max(0, high-at)))
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
