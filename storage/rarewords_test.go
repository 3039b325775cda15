package storage

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"aftermath/model"
)

// Words are found the same whether the timeline or the words' own index is read first: in lines as imported,
// corrected, moved with their clock, swept, merged, and typed.
func TestRareWordsAreFoundFromTheirEnd(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	id, other := newIncident(t, s, "one"), newIncident(t, s, "two")
	base := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	lines := func(source string, n int) (list []model.Event) {
		for i := range n {
			title := fmt.Sprintf("common %s%d", source, i)
			if i%500 == 7 {
				title += " seldom"
			}
			list = append(list, model.Event{At: base.Add(time.Duration(i/3) * time.Second), Source: source, Title: title, Line: i + 1})
		}
		return list
	}
	importAll(t, s, id, lines("app", mostRare+1500))
	importAll(t, s, other, lines("app", 600))
	seldom := events(t, s, model.EventQuery{Incident: id, Text: "seldom"})
	if len(seldom) != (mostRare+1500)/500 {
		t.Fatalf("%d lines hold the word", len(seldom))
	}
	typed := s.NewID(model.TypeEvent)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, typed, "incident", string(id)).Set(model.TypeEvent, typed, "at", model.FormatTime(base)).Set(model.TypeEvent, typed, "title", "seldom typed"))
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, seldom[1].ID, "at", model.FormatTime(base.Add(time.Hour))).Set(model.TypeEvent, seldom[1].ID, "title", "unlike"))
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, seldom[2].ID, "noise", true).Set(model.TypeEvent, seldom[3].ID, "belief", "seldomly so"))
	check := func(when string) {
		t.Helper()
		for _, words := range []string{"seldom", "common", "unlike", "seldom common", "app7", "never", "so"} {
			match := matchWords(words)
			number, err := s.shownIncident("", id)
			must(t, err)
			var want []int64
			must(t, s.each("SELECT n FROM timeline t WHERE t.incident = ? AND (t.n IN (SELECT rowid FROM evidence_words WHERE evidence_words MATCH ?) OR t.entity IN (SELECT rowid >> 32 FROM typed_words WHERE typed_words MATCH ?)) ORDER BY at, ord, n",
				[]any{number, match, match}, func(row scanner) error { want = append(want, 0); return row.Scan(&want[len(want)-1]) }))
			page, err := s.Events(bg, model.EventQuery{Incident: id, Text: words, WithNoise: true, WithMerged: true, Limit: 10_000})
			must(t, err)
			var got []int64
			for _, c := range page.Cursors {
				got = append(got, c.N)
			}
			if !slices.Equal(got, want) || page.Total != len(want) {
				t.Errorf("%s, %q: %d lines of %d", when, words, len(got), len(want))
			}
			if seats, err := s.rareSeats(number, match); err != nil || (seats == "") != (len(want) > mostRare) {
				t.Errorf("%s, %q: %d lines hold it; rare: %v, %v", when, words, len(want), seats != "", err)
			}
		}
	}
	check("as it was imported and corrected")
	apply(t, s, model.ShiftClock(id, "app", 90*time.Second, ""))
	check("with its clock moved")
	_, err := s.Undo(bg)
	must(t, err)
	check("after undo")
}
