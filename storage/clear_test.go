package storage

import (
	"encoding/json"
	"testing"
	"time"

	"aftermath/model"
)

// What is empty clears a cell, of whichever kind it is: an entry of which nothing else is known is not there any more.
func TestEmptyValuesClear(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct{ full, empty any }{
		"text": {"one", ""}, "number": {json.Number("1"), json.Number("")}, "flag": {true, false},
		"time": {time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC), time.Time{}}, "anything": {"one", nil},
	} {
		e := s.NewID(model.TypeEvent)
		apply(t, s, model.Gesture{}.Set(model.TypeEvent, e, "noise", c.full))
		apply(t, s, model.Gesture{}.Set(model.TypeEvent, e, "noise", c.empty))
		var holds bool
		if err := s.row("SELECT holds FROM entity WHERE id = ?", string(e)).Scan(&holds); err != nil || holds {
			t.Errorf("%s: something is still known of it, %v", name, err)
		}
		must(t, s.History(bg, model.HistoryQuery{Entity: e, Limit: 1}, func(c model.Change) error {
			if c.New != nil {
				t.Errorf("%s: the history tells %v", name, c.New)
			}
			return nil
		}))
	}
}

// A clock elsewhere that is wildly wrong moves the one that orders changes here by a day at most, and what is written
// here after it still comes after it: it has seen it.
func TestWildClockMovesOursByADayAtMost(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	other := copyOf(t, s, s.path+".copy", "sam")
	years := newClock()
	years.now = years.now.AddDate(9, 0, 0)
	other.opt.Now = years.Now
	rename(t, other, id, "from the future")
	must(t, other.Close())
	if _, err := s.Merge(bg, other.path); err != nil {
		t.Fatal(err)
	}
	rename(t, s, id, "today")
	own, err := s.lookUp(ref{s.own.name, s.own.head.seq})
	must(t, err)
	if ahead := time.UnixMilli(own.clock >> 16).Sub(s.opt.Now()); ahead > 24*time.Hour || ahead < 23*time.Hour {
		t.Errorf("ours is %s ahead", ahead)
	}
	if got := title(t, s, id); got != "today" {
		t.Errorf("it shows %q", got)
	}
}
