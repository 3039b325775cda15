package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// crossings counts the lines between neighbouring rows that cross each other.
func crossings(g mapGraph, l *mapLayout) (n int) {
	for r := 1; r < len(l.rows); r++ {
		var ties [][2]int
		for i, up := range l.rows[r-1] {
			for j, down := range l.rows[r] {
				if g.tied(up, down) {
					ties = append(ties, [2]int{i, j})
				}
			}
		}
		for i, a := range ties {
			for _, b := range ties[i+1:] {
				if (a[0]-b[0])*(a[1]-b[1]) < 0 {
					n++
				}
			}
		}
	}
	return n
}

// Conditions that can be drawn without lines that cross are, in whichever order they were named.
func TestLinesDoNotCrossWhereTheyNeedNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(t, "pairs")
		var factors []Factor
		var links []Interaction
		add := func(name string) { factors = append(factors, Factor{ID: ID(name), Statement: name}) }
		for _, i := range rapid.Permutation(slices.Collect(func(yield func(int) bool) {
			for i := range n {
				if !yield(i) {
					return
				}
			}
		})).Draw(t, "order") {
			add(fmt.Sprintf("F-to-%d", i))
			factors = append([]Factor{{ID: ID(fmt.Sprintf("F-from-%d", i)), Statement: "from"}}, factors...)
		}
		for i := range n {
			links = append(links, Interaction{ID: ID(fmt.Sprintf("L-%d", i)), From: ID(fmt.Sprintf("F-from-%d", i)), To: ID(fmt.Sprintf("F-to-%d", i)), Kind: "enabled"})
		}
		g := newMapGraph(factors, links)
		l := layOut(g, 200, 4, 8)
		if got := crossings(g, l); got != 0 {
			t.Fatalf("%d pairs in two rows cross %d times", n, got)
		}
	})
}

// A label needs a free cell on either side of it, but may end with the map, and lies over its own line.
func TestWhereALabelFits(t *testing.T) {
	c := &canvas{m: &CauseMap{Width: 6, Cells: [][]MapCell{make([]MapCell, 6)}}}
	for x := range c.m.Cells[0] {
		c.m.Cells[0][x].Part = PartBlank
	}
	c.m.Cells[0][2].Part = PartLabel
	for _, at := range []struct {
		lo, hi, own int
		want        bool
	}{{-1, 1, 0, true}, {-2, 1, 0, false}, {3, 6, 5, true}, {3, 7, 5, false}, {0, 3, 2, true}, {0, 3, 1, false}, {2, 3, 1, false}, {1, 2, 1, false}} {
		if got := c.blank(at.lo, at.hi, 0, at.own); got != at.want {
			t.Errorf("%d to %d beside %d: %v", at.lo, at.hi, at.own, got)
		}
	}
}

// Lines that come into one box keep apart and stand in it in the order in which they come.
func TestLinesEnterABoxSideBySide(t *testing.T) {
	for n := 2; n <= 4; n++ {
		factors := []Factor{{ID: "F-to", Statement: "it was slow"}}
		var links []Interaction
		for i := range n {
			from := ID(fmt.Sprintf("F-%d", i))
			factors = append(factors, Factor{ID: from, Statement: "a condition"})
			links = append(links, Interaction{ID: ID(fmt.Sprintf("L-%d", i)), From: from, To: "F-to", Kind: "enabled"})
		}
		m := DrawCauseMap(factors, links, 120, utf8.RuneCountInString, false)
		at := slices.IndexFunc(m.Boxes, func(b MapBox) bool { return b.Factor == "F-to" })
		box := m.Boxes[at]
		var starts, ends []int
		for _, e := range m.Edges {
			end := e.Path[len(e.Path)-1]
			if end.X <= box.X+1 || end.X >= box.X+box.Width-1 {
				t.Errorf("%d lines: one enters at %d, outside the box from %d to %d", n, end.X, box.X, box.X+box.Width)
			}
			starts, ends = append(starts, e.Path[0].X), append(ends, end.X)
		}
		for i := range starts {
			for j := range starts {
				if starts[i] < starts[j] && ends[i] >= ends[j] {
					t.Errorf("%d lines: from %v to %v", n, starts, ends)
				}
			}
		}
	}
}

// After a time of day a dash begins an offset only where a day and a T say so, or no range can be meant.
func TestADashAfterATime(t *testing.T) {
	env := testEnv()
	for _, c := range []struct {
		text   string
		ranges bool
		rest   string
		offset int
	}{
		{"2026-11-02T14:07-05:00", true, "", -5 * 3600}, {"2026-11-02 14:07-05:00", true, "-05:00", -1}, {"2026-11-02 14:07-05:00", false, "", -5 * 3600},
		{"14:07-05:00", true, "-05:00", -1}, {"14:07-05:00", false, "", -5 * 3600}, {"14:07+05:00", true, "", 5 * 3600}, {"14:07 +05:00", true, "", 5 * 3600},
		{"14:07 UTC-15:00", true, "-15:00", 0},
	} {
		got, rest, err := readMoment(c.text, env, c.ranges)
		if err != nil || rest != c.rest {
			t.Errorf("%q, ranges %v: left is %q, %v", c.text, c.ranges, rest, err)
		}
		if _, o := got.at.Zone(); c.offset >= 0 && o != c.offset || c.offset < -1 && o != c.offset {
			t.Errorf("%q, ranges %v: offset %d", c.text, c.ranges, o)
		}
	}
}

// An abbreviation is the incident's own zone where that is in force at that time, even one that names several.
func TestAnAbbreviationOfTheIncidentsZone(t *testing.T) {
	for _, c := range []struct {
		text, zone string
		want       string
	}{
		{"2026-07-02 14:02 BST", "Europe/London", "2026-07-02T13:02:00Z"}, {"2026-07-02 14:02 CST", "Asia/Shanghai", "2026-07-02T06:02:00Z"},
		{"2026-07-02 14:02 CEST", "Europe/Berlin", "2026-07-02T12:02:00Z"}, {"2026-07-02 14:02 CET", "Europe/Berlin", "2026-07-02T13:02:00Z"},
		{"2026-01-02 14:02 BST", "Europe/London", ""}, {"2026-07-02 14:02 IST", "Europe/Berlin", ""},
		{"2026-07-02 14:02 +14:59", "UTC", "2026-07-01T23:03:00Z"}, {"2026-07-02 14:02 +15:00", "UTC", ""}, {"2026-07-02 14:02 +10:60", "UTC", ""},
	} {
		env := testEnv()
		env.Zone = mustZone(c.zone)
		got, _, err := readMoment(c.text, env, false)
		if c.want == "" {
			if err == nil {
				t.Errorf("%q in %s is read as %v", c.text, c.zone, got.at)
			}
			continue
		}
		if err != nil || !got.at.Equal(instant(c.want)) {
			t.Errorf("%q in %s is %v, %v", c.text, c.zone, got.at.UTC(), err)
		}
	}
}

// Every part of a day and a time has a first and a last value.
func TestEveryPartOfATimeHasItsEdges(t *testing.T) {
	for text, ok := range map[string]bool{
		"1969-12-31 10:00": false, "1970-01-02 10:00": true, "2200-12-31 10:00": true, "2201-01-01 10:00": false,
		"2026-00-10 10:00": false, "2026-01-10 10:00": true, "2026-12-10 10:00": true, "2026-13-10 10:00": false,
		"2026-02-00 10:00": false, "2026-02-01 10:00": true, "2026-02-28 10:00": true, "2026-02-29 10:00": false, "2028-02-29 10:00": true,
		"2026-11-02 00:00:00": true, "2026-11-02 23:59:59": true, "2026-11-02 24:00": false, "2026-11-02 24:01": false, "2026-11-02 10:60": false, "2026-11-02 10:00:60": false,
		"2026-11-02 12:30am": true, "2026-11-02 12:30 PM": true, "2026-11-02": false, "10:60": false,
	} {
		if _, _, err := readMoment(text, testEnv(), false); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
	for text, want := range map[string]civilTime{
		"12:30am": {hour: 0, minute: 30, precision: "minute"}, "12:30pm": {hour: 12, minute: 30, precision: "minute"}, "1:30 PM": {hour: 13, minute: 30, precision: "minute"},
		"11:30pm": {hour: 23, minute: 30, precision: "minute"}, "1:02:03": {hour: 1, minute: 2, second: 3, precision: "s"},
		"1:02:03.5": {hour: 1, minute: 2, second: 3, nano: 5e8, precision: "ms"}, "1:02:03,123": {hour: 1, minute: 2, second: 3, nano: 123e6, precision: "ms"},
		"1:02:03.1234": {hour: 1, minute: 2, second: 3, nano: 1234e5, precision: "ns"}, "1:02:03.123456789": {hour: 1, minute: 2, second: 3, nano: 123456789, precision: "ns"},
	} {
		if got, rest, err := readClock(text); got != want || rest != "" || err != nil {
			t.Errorf("%q is %+v, left %q, %v", text, got, rest, err)
		}
	}
	for text, rest := range map[string]string{"13:00 PM": " PM", "0:30am": "am", "12:00 am Apparat": " am Apparat"} {
		if _, got, err := readClock(text); got != rest || err != nil {
			t.Errorf("%q leaves %q, %v", text, got, err)
		}
	}
}

// What a person types as a clock's offset is refused in words, kept in one form, and cleared by none.
func TestTheCellOfAnOffset(t *testing.T) {
	f, _ := Named(TypeClock, "offset")
	for text, want := range map[string]any{"37": "+37s", "-90": "-1m30s", "366d": "+8784h", "-366d": "-8784h", "0": nil, "0s": nil, "1d": "+24h", "31622400": "+8784h"} {
		if got, err := ParseValue(f, TypeClock, text, testEnv()); err != nil || got != want {
			t.Errorf("%q is kept as %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"soon", "367d", "-367d", "366d1s", "-366d1s", "31622401", "xd", "1dx"} {
		if got, err := ParseValue(f, TypeClock, text, testEnv()); err == nil || !strings.Contains(err.Error(), "no offset") {
			t.Errorf("%q is kept as %v, %v", text, got, err)
		}
	}
}

// What the quick look lets pass as it is, the long way would not have changed either.
func TestTheQuickLookAgreesWithTheLongOne(t *testing.T) {
	heads := []string{"", " ", "14", "1", "2026", "20261", "20261102", "2026-11-02", "2026-11-2", "2026/11/02", "2026.11.02", "2026-11-02T", "2026-11-02 ", "02.11.2026", "um ", "at ", "att ", "14.30", "montag, ", "word "}
	tails := []string{"", "14:02", "14:02:03.5", "1402", "14h02", "14.02 Uhr", "14:02 Uhr", "14:02 uurig", "14:02 h", "14:02-", "14:02~15:00", "14:02 bis 15:00", "14:02 the pool", "14 Uhr", "7", "123 calls"}
	for _, head := range heads {
		for _, tail := range tails {
			for _, cover := range []string{"", "[", "**", " \t("} {
				text := cover + head + tail
				if !plainAlready(text) {
					continue
				}
				if got := PlainTime(text); got != text {
					t.Errorf("%q passes and is %q", text, got)
				}
			}
		}
	}
	for _, common := range []string{"", "the pool is full", "14:02 the pool", "2026-11-02T14:02:03Z up", "2026-11-02 14:02", "[14:02:03] x", "12345 calls", "2026 calls", "123 calls", "14:02"} {
		if !plainAlready(common) {
			t.Errorf("%q takes the long way", common)
		}
	}
}

// Digits of every script are digits, from the first to the last of them.
func TestDigitsOfEveryScript(t *testing.T) {
	for script, zero := range map[string]rune{"full width": '０', "Arabic": '٠', "Persian": '۰', "Devanagari": '०', "Bengali": '০', "Thai": '๐', "mathematical": '𝟎', "Osmanya": '𐒠'} {
		for i := range rune(10) {
			if got := plainRune(zero + i); got != '0'+i {
				t.Errorf("%s: %c is %c", script, zero+i, got)
			}
		}
		if got := plainRune(zero - 1); got == '0'-1 && script != "full width" {
			t.Errorf("%s: %c is %c", script, zero-1, got)
		}
	}
	for r, want := range map[rune]rune{'！': '!', '～': '~', '　': ' ', '＀': '＀', '｟': '｟', 'é': 'é', '−': '-', '【': '[', '】': ']'} {
		if got := plainRune(r); got != want {
			t.Errorf("%c is %c, want %c", r, got, want)
		}
	}
	for text, want := range map[string]bool{"0": true, "9": true, "x0": true, "x9": true, "/:": false, "": false, "abc": false} {
		if got := (&writtenTime{folded: text}).mayBeTime(); got != want {
			t.Errorf("%q may be a time: %v", text, got)
		}
	}
}

// What is asked about moments stands by time; what is asked about anything else stays where it is, and parts them.
func TestQuestionsStandByMoment(t *testing.T) {
	g := &Guide{events: []Event{{ID: "E-1"}, {ID: "E-2"}, {ID: "E-3"}}}
	of := func(about string, depth int) Asking { return Asking{About: ID(about), Depth: depth} }
	for _, c := range []struct{ was, want []Asking }{
		{[]Asking{of("E-3", 0), of("E-1", 0), of("E-2", 0)}, []Asking{of("E-1", 0), of("E-2", 0), of("E-3", 0)}},
		{[]Asking{of("E-3", 0), of("", 0), of("E-1", 0)}, []Asking{of("E-3", 0), of("", 0), of("E-1", 0)}},
		{[]Asking{of("E-3", 0), of("E-3", 1), of("E-1", 0)}, []Asking{of("E-3", 0), of("E-3", 1), of("E-1", 0)}},
		{[]Asking{of("", 0), of("E-2", 0), of("E-1", 0), of("F-1", 0), of("E-3", 0), of("E-2", 0)}, []Asking{of("", 0), of("E-1", 0), of("E-2", 0), of("F-1", 0), of("E-2", 0), of("E-3", 0)}},
	} {
		g.byMoment(c.was)
		for i := range c.want {
			if c.was[i].About != c.want[i].About || c.was[i].Depth != c.want[i].Depth {
				t.Errorf("%v instead of %v", c.was, c.want)
				break
			}
		}
	}
}

// The largest number is one that a range may hold; the next is not, in whichever place.
func TestTheLargestNumberOfARange(t *testing.T) {
	for text, ok := range map[string]bool{"1000000000": true, "1000000000.1": false, "1 1000000000": true, "1 2 1000000001": false, "about 500000000": true, "about 500000000.5": false, "0": true, "0 0 0": true, "3 2": false, "2 2": true, "1 3 2": false} {
		if _, err := ReadRange(text); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// A title of 44 letters stands whole in a sentence, and a longer one is cut to as many.
func TestTitlesAreCutForSentences(t *testing.T) {
	whole := strings.Repeat("ä", 44)
	if brief(whole) != whole {
		t.Error(brief(whole))
	}
	if got := brief(whole + "x"); got != strings.Repeat("ä", 43)+"…" {
		t.Error(got)
	}
	if got := brief(strings.Repeat("a", 42) + " bcd"); got != strings.Repeat("a", 42)+"…" {
		t.Errorf("%q", got)
	}
}

// The swing of a parked action crosses no line, and neither does one that stays on its side of it.
func TestWhichSwingCrossesTheLine(t *testing.T) {
	list := func(parked string) []Action {
		wild := ranged(2, "wild", "4", "25", "0.5–2–10", "")
		wild.Parked = parked
		return []Action{ranged(1, "steady", "4", "30", "2", ""), wild, ranged(3, "small", "4", "10", "2", "")}
	}
	for _, c := range []struct {
		parked string
		cut    int
		want   bool
	}{{"", 1, true}, {"", 2, true}, {"", 3, false}, {"", 0, false}, {"later", 1, false}} {
		s := swingOf(Rank(list(c.parked), DefaultScale(), c.cut).Ranked, c.cut)
		if s.Title != "wild" || s.Crosses != c.want {
			t.Errorf("cut %d, parked %q: %+v", c.cut, c.parked, s)
		}
	}
	if s := swingOf(Rank(list(""), DefaultScale(), 1).Ranked[:1], 1); s.Text != "" {
		t.Errorf("one action alone swings: %+v", s)
	}
	if s := swingOf(Rank([]Action{ranged(1, "a", "4", "30", "2", ""), ranged(2, "b", "2", "30", "2", "")}, DefaultScale(), 1).Ranked, 1); s.Action != "" || s.Text == "" {
		t.Errorf("points swing: %+v", s)
	}
}

// How many lines of a folded hour are kept is bounded, and so is what a fix moves.
func TestSoManyFoldedLinesAreMovedOneByOne(t *testing.T) {
	for n, want := range map[int]int{1: 1, mostFolded: mostFolded, mostFolded + 1: 0, mostFolded + 9: 0} {
		for name, clock := range map[string]string{"first": "2026-10-25T00:10:00Z", "second": "2026-10-25T01:10:00Z", "left out": "2026-03-29T01:10:00Z"} {
			tl := &timelineOf{}
			for i := range n {
				tl.line("text", "note", instant(clock).Add(time.Duration(i)*time.Second).Format(time.RFC3339), "line", toldZone("Europe/Berlin"), wrote("2026-03-29 02:1"+fmt.Sprint(i/60%10)))
			}
			moved := -1
			for _, d := range tl.ask(plainRecord()) {
				if d.Kind == DoubtFold || d.Kind == DoubtSkipped {
					moved = 0
					if len(d.Fixes) > 0 {
						moved = d.Fixes[0].Events
					}
				}
			}
			if moved != want {
				t.Errorf("%d lines in the %s hour: %d are moved, want %d", n, name, moved, want)
			}
		}
	}
}
