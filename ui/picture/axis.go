package picture

import (
	"slices"
	"time"

	"aftermath/ui/cell"
)

// A tick is a time that the axis names.
type tick struct {
	col   int
	label string // empty where there is no room for it
}

// A unit is what the axis counts in. Its number grows by one with each tick, by the clocks of the zone.
type unit struct {
	long   time.Duration // of months, their mean
	number func(time.Time) int64
	layout string
}

const day = 24 * time.Hour

// dayLayout names a new day.
const dayLayout = "Mon 2 Jan"

// wall is a time in seconds as the clocks of its zone show it.
func wall(t time.Time) int64 {
	_, offset := t.Zone()
	return t.Unix() + int64(offset)
}

func every(d time.Duration, layout string) unit {
	n := int64(d / time.Second)
	monday := int64(0)
	if d > day {
		monday = 3 * 86400 // 1 January 1970 was a Thursday
	}
	return unit{d, func(t time.Time) int64 { return floor(wall(t)+monday, n) }, layout}
}

func months(n int, layout string) unit {
	return unit{time.Duration(n) * (365 * day / 12), func(t time.Time) int64 { return floor(int64(t.Year()*12+int(t.Month())-1), int64(n)) }, layout}
}

func floor(a, b int64) int64 {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

// units are from the finest to the coarsest.
var units = []unit{
	every(time.Second, "15:04:05"), every(2*time.Second, "15:04:05"), every(5*time.Second, "15:04:05"), every(10*time.Second, "15:04:05"),
	every(15*time.Second, "15:04:05"), every(30*time.Second, "15:04:05"),
	every(time.Minute, "15:04"), every(2*time.Minute, "15:04"), every(5*time.Minute, "15:04"), every(10*time.Minute, "15:04"), every(15*time.Minute, "15:04"),
	every(30*time.Minute, "15:04"), every(time.Hour, "15:04"), every(2*time.Hour, "15:04"), every(3*time.Hour, "15:04"), every(6*time.Hour, "15:04"),
	every(12*time.Hour, "15:04"), every(day, "2 Jan"), every(7*day, "2 Jan"),
	months(1, "Jan 2006"), months(3, "Jan 2006"), months(12, "2006"), months(60, "2006"), months(120, "2006"), months(600, "2006"),
}

// ticks are the times that the axis names, in a zone: the finest unit whose labels have room. Where a new day
// begins the axis names it, and where clocks are put forward or back it says what they show from then on.
// Labels never touch; they may reach a little beyond the last column.
func ticks(w window, zone *time.Location, beyond int) []tick {
	u := unitOf(w)
	var strong, plain []tick
	for col := range w.cols {
		before, last := w.at(col).Add(-1).In(zone), w.at(col+1).Add(-1).In(zone)
		_, was := before.Zone()
		_, is := last.Zone()
		switch {
		case was != is && u.long < day:
			strong = append(strong, tick{col, shift(before, last).Format("15:04 MST")})
		case before.YearDay() != last.YearDay() && u.long < day:
			strong = append(strong, tick{col, last.Format(dayLayout)})
		case u.number(before) != u.number(last):
			plain = append(plain, tick{col, first(u, before, last).Format(u.layout)})
		}
	}
	taken := make([]bool, w.cols+beyond)
	all := append(strong, plain...)
	for i := range all {
		if !place(taken, all[i].col, cell.Width(all[i].label)) {
			all[i].label = ""
		}
	}
	slices.SortFunc(all, func(a, b tick) int { return a.col - b.col })
	return all
}

// apart is how many blanks stand between labels at least.
const apart = 2

// unitOf is the finest unit whose labels have room, those of the days among them included.
func unitOf(w window) unit {
	u := units[len(units)-1]
	for _, x := range slices.Backward(units) {
		label := len(x.layout)
		if x.long < day && w.step > day/time.Duration(w.cols) {
			label = len(dayLayout)
		}
		if float64(x.long)/float64(w.step) < float64(label+apart) {
			break
		}
		u = x
	}
	return u
}

// place takes the cells of a label, if they and the blanks around them are free.
func place(taken []bool, col, width int) bool {
	if col+width > len(taken) || slices.Contains(taken[max(0, col-apart):min(len(taken), col+width+apart)], true) {
		return false
	}
	for i := col; i < col+width; i++ {
		taken[i] = true
	}
	return true
}

// first is the moment at which a unit's number changes between two times.
func first(u unit, before, last time.Time) time.Time {
	return turn(before, last, func(t time.Time) bool { return u.number(t) != u.number(before) })
}

// shift is the moment at which clocks are put forward or back.
func shift(before, last time.Time) time.Time {
	_, was := before.Zone()
	return turn(before, last, func(t time.Time) bool {
		_, is := t.Zone()
		return is != was
	})
}

// turn is the first moment after before at which something is so that is so at last, to the second.
func turn(before, last time.Time, so func(time.Time) bool) time.Time {
	lo, hi := before.Unix(), last.Unix()
	for lo+1 < hi {
		mid := lo + (hi-lo)/2
		if so(time.Unix(mid, 0).In(before.Location())) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return time.Unix(hi, 0).In(before.Location())
}
