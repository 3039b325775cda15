package picture

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var two = time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)

func drawn(t *rapid.T) (from, to time.Time, cols int) {
	long := time.Duration(rapid.Int64Range(1, 1<<rapid.IntRange(20, 62).Draw(t, "bits")).Draw(t, "long"))
	from = two.Add(time.Duration(rapid.Int64Range(0, 1e10).Draw(t, "from")))
	return from, from.Add(long), rapid.IntRange(20, 290).Draw(t, "cols")
}

// All that is between two times is in the window that fits them, and little else.
func TestAWindowFitsWhatItShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to, cols := drawn(t)
		w := fit(from, to, cols)
		if w.cols != cols || w.step < leastStep || w.from.After(from) || w.end().Before(to) {
			t.Fatalf("%s to %s is shown as %s to %s", from, to, w.from, w.end())
		}
		if a, b := w.col(from), w.col(to.Add(-1)); a < 0 || b >= cols {
			t.Fatalf("its ends are in columns %d and %d of %d", a, b, cols)
		}
		if w.step > time.Second && w.units(to) < int64(cols)/2 {
			t.Fatalf("%d of %d columns are used", w.units(to), cols)
		}
	})
}

func TestCenturiesFit(t *testing.T) {
	from, to := time.Unix(0, -1<<63).UTC(), time.Unix(0, 1<<63-1).UTC()
	w := fit(from, to, 100)
	if w.col(from) != 0 || w.col(to.Add(-1)) != 99 {
		t.Errorf("columns %d to %d of %s", w.col(from), w.col(to), w.step)
	}
}

// A column is where its time is, and zooming keeps it there unless an end of the whole is in the way.
func TestZoomKeepsTheTimeUnderTheCursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to, cols := drawn(t)
		whole := fit(from, to, cols)
		w := whole
		for range rapid.IntRange(1, 12).Draw(t, "times") {
			col := rapid.IntRange(0, cols-1).Draw(t, "col")
			if w.col(w.at(col)) != col {
				t.Fatalf("column %d begins at %s, which is in column %d", col, w.at(col), w.col(w.at(col)))
			}
			at := w.at(col)
			z := w.zoom(rapid.IntRange(0, 3).Draw(t, "in") > 0, col, whole)
			if z.from.Before(whole.from) || z.end().After(whole.end()) || z.step > whole.step || z.cols != cols {
				t.Fatalf("%v is not within %v", z, whole)
			}
			if got := z.col(at); got < 0 || got >= cols {
				t.Fatalf("the time of column %d is in column %d", col, got)
			} else if z != whole && z.from.After(whole.from) && z.end().Before(whole.end()) && max(got-col, col-got) > 1 {
				t.Fatalf("the time of column %d went to column %d", col, got)
			}
			w = z
		}
	})
}

func TestPanStaysWithinTheWhole(t *testing.T) {
	whole := fit(two, two.Add(time.Hour), 60)
	w := whole.zoom(true, 30, whole).zoom(true, 30, whole)
	left, right := w.pan(-20, whole), w.pan(20, whole)
	if !left.end().Before(w.end()) || !right.end().After(w.end()) || left.step != w.step {
		t.Errorf("%v pans to %v and %v", w, left, right)
	}
	if far := w.pan(-1000, whole); far.from != whole.from {
		t.Errorf("far left is %v", far)
	}
	if far := w.pan(1000, whole); far.end() != whole.end() {
		t.Errorf("far right is %v", far)
	}
}

func TestWhatWasReadIsShownInAnotherWindow(t *testing.T) {
	old := window{two, time.Minute, 4}
	for _, c := range []struct {
		onto window
		want []int
	}{
		{old, []int{1, 2, 0, 4}},
		{window{two, 2 * time.Minute, 4}, []int{3, 4, 0, 0}},
		{window{two.Add(time.Minute), 30 * time.Second, 4}, []int{2, 2, 0, 0}},
		{window{two.Add(-time.Minute), time.Minute, 4}, []int{0, 1, 2, 0}},
	} {
		if got := project([]int{1, 2, 0, 4}, old, c.onto); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.onto, got, c.want)
		}
	}
}
