package picture

import "time"

// leastStep is the shortest time that a column stands for.
const leastStep = 100 * time.Millisecond

// A window is the part of time that is looked at: columns of equal length from a time on.
type window struct {
	from time.Time
	step time.Duration
	cols int
}

// fit is the window that shows all from one time up to another one. What is shorter than it can show stands in
// its middle. Its columns take whole tenths of a second, or whole seconds where they are longer.
func fit(from, to time.Time, cols int) window {
	cols = max(1, cols)
	unit := leastStep
	if seconds := to.Unix() - from.Unix(); seconds > int64(cols)*10 {
		unit = time.Second
	}
	from = from.Truncate(unit)
	w := window{from, unit, cols}
	if far := w.units(to); far > int64(cols) {
		w.step = unit * time.Duration((far-1)/int64(cols)+1)
		return w
	}
	w.from = w.at(-(cols - int(w.units(to))) / 2)
	return w
}

// units counts the steps from the window's beginning up to a time, begun ones too. Whole centuries are more
// than a duration holds, so it counts seconds first.
func (w window) units(to time.Time) int64 {
	if w.step%time.Second == 0 {
		s, unit := to.Unix()-w.from.Unix(), int64(w.step/time.Second)
		if to.Nanosecond() > w.from.Nanosecond() {
			s++
		}
		return (s + unit - 1) / unit
	}
	return int64((to.Sub(w.from) + w.step - 1) / w.step)
}

// at is when a column begins.
func (w window) at(col int) time.Time {
	seconds, rest := int64(w.step/time.Second), w.step%time.Second
	t := w.from.Add(rest * time.Duration(col))
	return time.Unix(t.Unix()+seconds*int64(col), int64(t.Nanosecond())).UTC()
}

// end is the first moment after the window.
func (w window) end() time.Time { return w.at(w.cols) }

// col is the column that a time falls into; it can lie outside.
func (w window) col(t time.Time) int {
	lo, hi := -w.cols, 2*w.cols
	for lo < hi { // the last column that begins no later
		if mid := (lo + hi + 1) >> 1; w.at(mid).After(t) {
			hi = mid - 1
		} else {
			lo = mid
		}
	}
	return lo
}

// inside holds a column to the window.
func (w window) inside(col int) int { return max(0, min(col, w.cols-1)) }

// zoom makes columns half or twice as long; the column col keeps its time.
func (w window) zoom(in bool, col int, whole window) window {
	step, t := w.step*2, w.at(col)
	if in {
		step = max(leastStep, w.step/2)
	}
	if step > time.Second {
		step = step.Truncate(time.Second)
	}
	if step = step.Truncate(leastStep); step >= whole.step {
		return whole
	}
	z := window{t, step, w.cols}
	z.from = z.at(-col).Truncate(leastStep)
	return z.within(whole)
}

// pan moves the window by columns.
func (w window) pan(cols int, whole window) window {
	w.from = w.at(cols)
	return w.within(whole)
}

// within moves the window so that it shows nothing beyond the whole.
func (w window) within(whole window) window {
	if w.step >= whole.step {
		return whole
	}
	if last := (window{whole.end(), w.step, w.cols}).at(-w.cols); w.from.After(last) {
		w.from = last
	}
	if w.from.Before(whole.from) {
		w.from = whole.from
	}
	return w
}

// project spreads counts that were taken over one window over the columns of another one, so that what was
// read last stays in sight while something else is read.
func project(counts []int, of, onto window) []int {
	if of == onto {
		return counts
	}
	out := make([]int, onto.cols)
	for i := range out {
		a, b := of.col(onto.at(i)), of.col(onto.at(i+1).Add(-1))
		for j := max(a, 0); j <= b && j < len(counts); j++ {
			out[i] += counts[j]
		}
	}
	return out
}
