package picture

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// axis writes the labels as they stand.
func axis(w window, zone *time.Location) string {
	line := []rune(strings.Repeat(" ", w.cols+8))
	for _, t := range ticks(w, zone, 8) {
		copy(line[t.col:], []rune(t.label))
	}
	return strings.TrimRight(string(line), " ")
}

func TestTheAxisNamesItsTimes(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		t.Helper()
		x, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, c := range []struct {
		name string
		w    window
		zone *time.Location
		want string
	}{
		{"seconds", window{at("2026-11-02T14:00:00Z"), 100 * time.Millisecond, 40}, time.UTC,
			"14:00:00  14:00:01  14:00:02  14:00:03"},
		{"minutes", window{at("2026-11-02T14:01:00Z"), 10 * time.Second, 40}, time.UTC,
			"      14:02       14:04       14:06"},
		{"in the zone of the incident", window{at("2026-11-02T14:00:00Z"), time.Minute, 40}, berlin,
			"15:00     15:10     15:20     15:30"},
		{"a new day", window{at("2026-11-02T21:00:00Z"), 10 * time.Minute, 40}, berlin,
			"22:00       Tue 3 Nov   02:00       04:00"},
		{"days", window{at("2026-11-01T00:00:00Z"), 3 * time.Hour, 40}, time.UTC,
			"1 Nov   2 Nov   3 Nov   4 Nov   5 Nov"},
		{"years", window{at("2020-01-01T00:00:00Z"), 60 * 24 * time.Hour, 40}, time.UTC,
			"2020  2021  2022  2023  2024  2025  2026"},
		{"clocks are put back", window{at("2026-10-24T23:00:00Z"), 5 * time.Minute, 40}, berlin,
			"01:00       02:00       02:00 CET   03:00"},
		{"clocks are put forward", window{at("2026-03-28T23:00:00Z"), 5 * time.Minute, 40}, berlin,
			"Sun 29 Mar  01:00       03:00 CEST  04:00"},
	} {
		if got := axis(c.w, c.zone); got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.name, got, c.want)
		}
	}
}

// Whatever is looked at, labels stand apart, within the line, and there are some.
func TestLabelsNeverTouch(t *testing.T) {
	zones := []*time.Location{time.UTC}
	for _, name := range []string{"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"} {
		if z, err := time.LoadLocation(name); err == nil {
			zones = append(zones, z)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		from, to, cols := drawn(t)
		w, zone := fit(from, to, cols), zones[rapid.IntRange(0, len(zones)-1).Draw(t, "zone")]
		end, named := -apart, 0
		for _, tick := range ticks(w, zone, 8) {
			if tick.col < 0 || tick.col >= cols {
				t.Fatalf("a tick in column %d of %d", tick.col, cols)
			}
			if tick.label == "" {
				continue
			}
			if tick.col < end+apart || tick.col+len(tick.label) > cols+8 {
				t.Fatalf("%q in column %d comes close to what ends at %d", tick.label, tick.col, end)
			}
			end, named = tick.col+len(tick.label), named+1
		}
		if named == 0 && cols > 40 {
			t.Fatalf("%v has no label", w)
		}
	})
}
