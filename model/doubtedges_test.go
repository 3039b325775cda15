package model

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Who speaks of a clock needs three pairs that agree and could not have come by themselves.
func TestAClockIsDoubtedForThreeStrangePairs(t *testing.T) {
	for strange, want := range map[int]bool{0: false, 1: false, 2: false, 3: true, 4: true} {
		var list []match
		for i := range 4 {
			a := seenEvent{Told: Told{ID: ID(fmt.Sprintf("E-a%d", i)), At: noonUTC.Add(time.Duration(i) * time.Hour)}, stage: stageTold, grain: 3 * time.Second}
			b := a
			b.ID, b.At = ID(fmt.Sprintf("E-b%d", i)), a.At.Add(4*time.Second)
			if i < strange {
				b.At = a.At.Add(8 * time.Second) // within what such coarse clocks agree on
			}
			list = append(list, match{a, b, uint64(i)})
		}
		g, ok := gapOf("a", "b", list)
		if !ok {
			t.Fatalf("%d strange pairs: they do not agree", strange)
		}
		if g.honest == want && strange != 0 || strange == 0 && !g.honest {
			t.Errorf("%d strange pairs of 4 are honest: %v", strange, g.honest)
		}
	}
}

// An id in both sources is one thing told twice only where it is brief in both.
func TestATraceThatLastsIsNoPair(t *testing.T) {
	sightOf := func(lasts time.Duration) map[uint64]*sight {
		return map[uint64]*sight{7: {count: 2, id: true, seen: []seenEvent{
			{Told: Told{ID: "E-1", At: noonUTC}}, {Told: Told{ID: "E-2", At: noonUTC.Add(lasts)}}}}}
	}
	for _, c := range []struct {
		a, b time.Duration
		want int
	}{{0, 0, 1}, {traceSpan, traceSpan, 1}, {traceSpan + 1, 0, 0}, {0, traceSpan + 1, 0}, {traceSpan + 1, traceSpan + 1, 0}} {
		if got := matches(sightOf(c.a), sightOf(c.b)); len(got) != c.want {
			t.Errorf("lasting %v and %v: %d pairs, want %d", c.a, c.b, len(got), c.want)
		}
	}
	title := map[uint64]*sight{7: {count: 2, seen: sightOf(0)[7].seen}}
	if got := matches(sightOf(0), title); len(got) != 0 {
		t.Errorf("an id and a title are one thing: %v", got)
	}
	once := map[uint64]*sight{7: {count: 1, seen: title[7].seen[:1]}}
	if got := matches(title, once); len(got) != 0 {
		t.Errorf("a title that one source has more often is paired: %v", got)
	}
}

// An alert and a message that a bot made of it are one event, and so are two of one kind that machines tell.
func TestWhichKindsAreToldTwice(t *testing.T) {
	kinds := []string{"alert", "page", "deploy", "comms", "log", "note"}
	twins := map[string]bool{"alert alert": true, "page page": true, "deploy deploy": true, "alert comms": true, "comms alert": true}
	for _, a := range kinds {
		for _, b := range kinds {
			if got := twinsOf(seenEvent{kind: a}, seenEvent{kind: b}); got != twins[a+" "+b] {
				t.Errorf("%s and %s: %v", a, b, got)
			}
		}
	}
}

// The earlier line takes the later one in, whichever source comes first in the alphabet, unless somebody worked on one.
func TestWhichTwinStays(t *testing.T) {
	for _, c := range []struct {
		by     time.Duration
		worked string
		into   string
	}{
		{3 * time.Second, "", "datadog"}, {-3 * time.Second, "", "grafana"}, {0, "", "datadog"},
		{3 * time.Second, "grafana", "grafana"}, {-3 * time.Second, "datadog", "datadog"}, {twinsWithin, "", "datadog"}, {twinsWithin + time.Second, "", ""},
		{-twinsWithin - time.Second, "", ""},
	} {
		tl := &timelineOf{}
		for _, source := range []string{"datadog", "grafana"} {
			at := noonUTC
			if source == "grafana" {
				at = at.Add(c.by)
			}
			var more []func(*Event)
			if c.worked == source {
				more = append(more, story)
			}
			tl.line(source, "alert", at.Format(time.RFC3339), "p99 is high", more...)
		}
		got := ""
		for _, d := range tl.ask(plainRecord()) {
			got = map[ID]string{"E-0000000000000001": "datadog", "E-0000000000000002": "grafana"}[d.Fixes[0].Joins[0].Into.ID]
		}
		if got != c.into {
			t.Errorf("%v apart, worked on %q: into %q, want %q", c.by, c.worked, got, c.into)
		}
	}
}

// Of times that clocks showed twice, each hour has two edges, and a clock may stand on them.
func TestTheHourThatClocksShowTwiceHasEdges(t *testing.T) {
	berlin := mustZone("Europe/Berlin") // put back on 25 October 2026 at 01:00 UTC
	for at, want := range map[string]int{
		"2026-10-24T23:59:59Z": 0, "2026-10-25T00:00:00Z": -1, "2026-10-25T00:59:59Z": -1,
		"2026-10-25T01:00:00Z": 1, "2026-10-25T01:59:59Z": 1, "2026-10-25T02:00:00Z": 0,
	} {
		if got := (&foldSeen{zone: berlin}).look(instant(at)); got != want {
			t.Errorf("%s: %d, want %d", at, got, want)
		}
	}
	f := &foldSeen{zone: berlin} // the bounds that it keeps are those of the time before
	for _, at := range []string{"2026-10-25T00:30:00Z", "2026-03-29T01:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T00:30:00Z"} {
		fresh := &foldSeen{zone: berlin}
		if got, want := f.look(instant(at)), fresh.look(instant(at)); got != want {
			t.Errorf("%s: %d after other times and %d before them", at, got, want)
		}
	}
}

// A key of a title says something: two words and eight letters at least, whatever their case.
func TestTitlesThatAreKeys(t *testing.T) {
	for title, want := range map[string]bool{
		"pool full": true, "pool ful": false, "poolisfull": false, "Az Z09 az9": true, "a b c d e f g": false, "a b c d e f g h": true, "": false, "… !": false,
	} {
		if _, ok := titleKey(title); ok != want {
			t.Errorf("%q: %v", title, ok)
		}
	}
	key := func(s string) uint64 { k, _ := titleKey(s); return k }
	for _, same := range [][2]string{{"Pool is FULL", "pool is full"}, {"AZURE zone A", "azure: zone - a"}, {"disk z0 z9", "[disk] z0, z9"}} {
		if key(same[0]) != key(same[1]) {
			t.Errorf("%q and %q are two", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"pool is full", "pools full"}, {"pool 0 full", "pool 9 full"}, {"pool @ full", "pool a full"}} {
		if key(other[0]) == key(other[1]) {
			t.Errorf("%q and %q are one", other[0], other[1])
		}
	}
}

// What is an id is nobody's word: hexadecimal of seven letters and digits, a UUID, or ten in upper case with digits.
func TestWhatIsAnID(t *testing.T) {
	for text, want := range map[string]int{
		"a1c0ffe": 1, "a1c0fe": 0, "a1c0ff2": 1, "acc0ffe": 0, "1234567": 0, "ac0ff1e9 9e1ff0ca": 2,
		"3f2a9c1e-1b2c-4d5e-8f90-123456789abc": 1, "3f2a9c1e-1b2c-4d5e-8f90-123456789ab": 0,
		"Q2XK9ZR7TW": 1, "Q2XK9ZR7T": 0, "q2XK9ZR7TW": 0, "Q2XK-9ZR7TW": 0, "Q2XKGZRGTW": 0, "GZ00000000": 1, "AF00000": 1,
	} {
		got := 0
		eachID(text, func(uint64) { got++ })
		if got != want {
			t.Errorf("%q: %d ids, want %d", text, got, want)
		}
	}
	var plain, upper uint64
	eachID("id a1c0ffe2", func(h uint64) { plain = h })
	eachID("A1C0FFE2", func(h uint64) { upper = h })
	if plain != upper || plain == 0 {
		t.Errorf("the case of an id counts: %x %x", plain, upper)
	}
	within, over := 0, 0
	eachID(strings.Repeat(" ", scanned-7)+"a1c0ffe", func(uint64) { within++ })
	eachID(strings.Repeat(" ", scanned-6)+"a1c0ffe", func(uint64) { over++ })
	if within != 1 || over != 0 {
		t.Errorf("an id at the end of what is searched counts %d, past it %d", within, over)
	}
}

// Few lines between lines of another day are wrong; too many are a day of their own.
func TestHowManyLinesMayHaveAWrongDate(t *testing.T) {
	ask := func(around, wrong, runs int) []Doubt {
		tl, n := &timelineOf{}, 0
		put := func(count int, day time.Time) {
			for range count {
				n++
				tl.line("text", "note", day.Add(time.Duration(n)*time.Minute).Format(time.RFC3339), fmt.Sprintf("line %d", n), on(n))
			}
		}
		put(around, noonUTC)
		for range runs {
			put(wrong, noonUTC.AddDate(-1, 0, 0))
			put(around, noonUTC)
		}
		var dates []Doubt
		for _, d := range tl.ask(plainRecord()) {
			if d.Kind == DoubtDate {
				dates = append(dates, d)
			}
		}
		return dates
	}
	for _, c := range []struct{ around, wrong, runs, want int }{
		{4, 1, 1, 1}, {4, fewOutside, 1, 1}, {2 * fewOutside, fewOutside + 1, 1, 0}, {20, 12, 1, 0}, {25, 12, 1, 1}, {3, 1, 3, 5}, {3, 1, 4, 0}, // seven changes of the day, and nine
	} {
		if got := ask(c.around, c.wrong, c.runs); len(got) != c.want {
			t.Errorf("%d times %d lines between %d: %d doubts, want %d\n%s", c.runs, c.wrong, c.around, len(got), c.want, tells(got))
		}
	}
}
