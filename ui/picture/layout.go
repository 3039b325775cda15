package picture

import "aftermath/ui/evidence"

// What stands beside the columns: a mark and the name of a lane on the left, its count on the right.
const countWidth = 8

func nameWidth(w int) int {
	switch {
	case w < 80:
		return 10
	case w < 120:
		return 13
	}
	return 18
}

// margin is where the columns begin.
func margin(w int) int { return nameWidth(w) + 2 }

// columns is how many columns a picture of w cells has.
func columns(w int) int { return max(1, w-margin(w)-countWidth) }

// A layout is how many lines each part of the picture has.
type layout struct {
	rule   int // under the head: what is filtered
	lanes  int // how many lanes are in sight
	tall   int // lines of each lane
	gap    int // blank lines between lanes
	axis   int
	words  int // bursts and silences
	detail int // what the cursor is on
}

// headRows are the lines above the lanes that are always there: the head, the phases, the two rows of marks.
const headRows = 4

// layout divides h lines: lanes get what they need, and grow taller where there is room.
func (s *Screen) layout(h int) layout {
	l := layout{rule: 1, tall: 1, axis: 2, words: 1, detail: 2}
	switch {
	case h < 14:
		l.axis = 1
		if evidence.Unfiltered(s.query) != "" {
			l.rule = 0
		}
	case h >= 26:
		l.words, l.detail = 3, 5
	case h >= 18:
		l.words, l.detail = 2, 3
	}
	room := max(1, h-headRows-l.rule-1-l.axis-l.words-l.detail)
	n := max(1, len(s.seen.lanes.Lanes))
	l.lanes = min(n, room)
	if each := room / l.lanes; each >= 3 {
		l.gap = 1
		l.tall = min(8, each-1)
	} else if each == 2 {
		l.gap = 1
	}
	rest := room - l.lanes*(l.tall+l.gap)
	more := min(rest/2, 6)
	l.words, l.detail = l.words+more, l.detail+more
	return l
}

// laneRows are the lines that the lanes take, and what is left below them.
func (l layout) laneRows(h int) int {
	return max(0, h-headRows-l.rule-1-l.axis-l.words-l.detail)
}

// laneAt is the lane that stands on a line of the picture.
func (s *Screen) laneAt(y int) (int, bool) {
	l := s.layout(s.h)
	y -= headRows + l.rule
	from, to := s.lanes.Window(len(s.seen.lanes.Lanes), l.lanes)
	if i := y / (l.tall + l.gap); y >= 0 && from+i < to {
		return from + i, true
	}
	return 0, false
}
