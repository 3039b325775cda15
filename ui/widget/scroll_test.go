package widget

import (
	"testing"

	"pgregory.net/rapid"
)

// A key that scrolls moves the text by what it says or stops at an end: the way back is never longer than the way there.
func TestScrolledTextStopsAtItsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Scroll
		total, h := rapid.IntRange(0, 60).Draw(t, "lines"), rapid.IntRange(1, 20).Draw(t, "rows")
		from, _ := s.Window(total, h)
		for range rapid.IntRange(0, 80).Draw(t, "presses") {
			k := rapid.SampledFrom([]string{"down", "pgdown", "end"}).Draw(t, "key")
			s.Key(k)
			was := from
			if from, _ = s.Window(total, h); from < was || from > max(0, total-h) {
				t.Fatalf("%s goes from %d to %d of %d in %d rows", k, was, from, total, h)
			}
		}
		s.Key("up")
		if up, _ := s.Window(total, h); from > 0 && up != from-1 {
			t.Fatalf("one up from %d stands at %d", from, up)
		}
	})
}
