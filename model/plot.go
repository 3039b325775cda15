package model

// A Plot is the impact and effort plot: three columns by effort, low first, and three rows by value,
// high first. Value is frequency × impact, so the upper left corner is where the leverage is.
type Plot struct {
	Cells   [3][3][]Action // [row][column]
	Missing []Action       // without an estimate
}

// PlotOf places the actions that Rank would rank, in their order.
func PlotOf(r Ranking, s Scale) Plot {
	var p Plot
	for _, x := range r.Ranked {
		if !x.Scored {
			p.Missing = append(p.Missing, x.Action)
			continue
		}
		row, column := valueRow(x.Action, s), map[string]int{"low": 0, "medium": 1, "high": 2}[x.Action.Effort]
		p.Cells[row][column] = append(p.Cells[row][column], x.Action)
	}
	return p
}

// valueRow is the row of frequency × impact: high from medium × high up, low below medium × medium.
func valueRow(a Action, s Scale) int {
	f, _ := s.Of(a.Frequency)
	i, _ := s.Of(a.Impact)
	switch v := f * i; {
	case v >= s.Medium*s.High:
		return 0
	case v >= min(s.Medium*s.Medium, s.High*s.Low):
		return 1
	}
	return 2
}
