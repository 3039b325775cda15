package priorities

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/theme"
)

// Whatever is drawn in whatever order, a label that was placed stays whole: nothing lies over it.
func TestLabelsNeverOverlap(t *testing.T) {
	type placed struct {
		x, y int
		text string
	}
	rapid.Check(t, func(t *rapid.T) {
		c := newCanvas(rapid.IntRange(1, 60).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h"))
		var labels []placed
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			x, y := rapid.IntRange(-5, 65).Draw(t, "x"), rapid.IntRange(-3, 23).Draw(t, "y")
			text := rapid.StringMatching(`[0-9]{1,3}|[a-z]{4,12}`).Draw(t, "text")
			ok := false
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				c.draw(x, y, "-", theme.Style{})
			case 1:
				ok = c.write(x, y, text, theme.Style{})
			case 2:
				ok = c.title(x, y, text, theme.Style{})
			}
			if ok {
				labels = append(labels, placed{x, y, text})
			}
		}
		for _, l := range labels {
			for i, r := range l.text {
				if d := c.at(l.x+i, l.y); d == nil || d.glyph != string(r) {
					t.Fatalf("%+v is broken at %d", l, i)
				}
			}
		}
	})
}

// An axis keeps the order of amounts, stays within its cells, and parts its marks.
func TestAxis(t *testing.T) {
	for _, high := range []float64{0, 5e-324, 1e-300, 1e-9} { // an axis of next to nothing ends, too
		axisOf(0, high, 40).ticks(8)
	}
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(0, 1e6).Draw(t, "low")
		a := axisOf(low, low+rapid.Float64Range(0, 1e9).Draw(t, "wide"), rapid.IntRange(2, 200).Draw(t, "cells"))
		one, two := rapid.Float64Range(0, 1e9).Draw(t, "one"), rapid.Float64Range(0, 1e9).Draw(t, "two")
		if one > two {
			one, two = two, one
		}
		if x, y := a.place(one), a.place(two); x > y || x < 0 || y >= a.cells {
			t.Fatalf("%v at %d, %v at %d of %d", one, x, two, y, a.cells)
		}
		last := -9
		for _, v := range a.ticks(8) {
			if at := a.place(v); at-last < 8 {
				t.Fatalf("%v at %d after %d", v, at, last)
			} else {
				last = at
			}
		}
		if got := len(scale(a)); got < a.cells {
			t.Fatalf("the marks take %d of %d cells", got, a.cells)
		}
	})
}

// An axis of amounts that are next to nothing still ends.
func TestAxisOfNextToNothing(t *testing.T) {
	for _, a := range []axis{axisOf(5e-324, 1, 80), axisOf(5e-324, 5e-324, 80), axisOf(0, 5e-324, 80), axisOf(1e-300, 1e9, 80)} {
		if a.low <= 0 || a.high <= a.low || len(a.ticks(8)) > a.cells {
			t.Errorf("%+v", a)
		}
	}
}

// Every point of a crowded picture is drawn, and of two hundred actions none breaks the rest.
func TestCrowdedPictureKeepsItsPoints(t *testing.T) {
	s := New(&desk.Desk{Scale: model.DefaultScale(), CutLine: 5}, nil, "")
	var actions []model.Action
	for i := range 200 {
		actions = append(actions, model.Action{ID: model.IDFrom(model.TypeAction, [8]byte{byte(i)}), Title: fmt.Sprint("action ", i), Stage: model.StageProposed,
			Occurrences: "1–2–3", Loss: fmt.Sprint(i%20 + 1), Days: fmt.Sprint(i/20 + 1)})
	}
	s.ranking = model.Rank(actions, s.desk.Scale, s.desk.CutLine)
	s.sim = model.Simulate(s.ranking, s.desk.CutLine)
	th := theme.New("mono", true, theme.Dark)
	c, x, y := s.paint(th, s.spots(), 120, 40)
	for _, p := range s.spots() {
		if d := c.at(x.place(p.Worth.Days.Mean()), c.h-1-y.place(p.Worth.Removed)); d.glyph != th.Glyph.Dot && d.glyph != th.Glyph.Hollow {
			t.Errorf("the point of %s is covered by %q", p.Action.Title, d.glyph)
		}
	}
}
