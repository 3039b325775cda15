package evidence

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// evenly is a timeline of n events, a second apart.
type evenly int

func (n evenly) Events(_ context.Context, q model.EventQuery) (page model.EventPage, err error) {
	from := 0
	if q.AtEvent != "" {
		fmt.Sscanf(string(q.AtEvent), "E-%d", &from)
		from = max(0, min(from-q.Limit/2, int(n)-q.Limit))
	}
	if q.After != nil {
		from = max(0, min(int(n), int(q.After.At.Add(time.Second-1).Sub(noon)/time.Second)))
	}
	if q.Last {
		from = max(0, int(n)-q.Limit)
	}
	page.Total, page.Offset = int(n), from
	for i := from; i < min(int(n), from+q.Limit); i++ {
		at := noon.Add(time.Duration(i) * time.Second)
		page.Events = append(page.Events, model.Event{ID: model.ID(fmt.Sprintf("E-%05d", i)), At: at})
		page.Cursors = append(page.Cursors, model.Cursor{At: at, N: int64(i)})
	}
	return page, nil
}

func settle(s *Stretch, cmd tea.Cmd) {
	if cmd != nil {
		s.Take(cmd().(Read))
	}
}

// The cursor goes from one end to the other over everything, though only a part is held.
func TestAStretchReadsOnBeforeItsEnd(t *testing.T) {
	s := Over(evenly(5000), model.EventQuery{}, "")
	settle(&s, s.Reload(""))
	for i := range 5000 {
		if e, ok := s.Here(); !ok || e.ID != model.ID(fmt.Sprintf("E-%05d", i)) {
			t.Fatalf("after %d steps the cursor is on %s", i, e.ID)
		}
		if len(s.Page.Events) > Limit {
			t.Fatalf("%d events are held", len(s.Page.Events))
		}
		cmd, _ := s.Move("down", 20)
		settle(&s, cmd)
	}
	cmd, _ := s.Move("home", 20)
	settle(&s, cmd)
	if s.At != 0 || s.Focus != "E-00000" {
		t.Errorf("home leads to %d, %s", s.At, s.Focus)
	}
	cmd, _ = s.Move("end", 20)
	settle(&s, cmd)
	if s.At != 4999 || s.Focus != "E-04999" {
		t.Errorf("end leads to %d, %s", s.At, s.Focus)
	}
}

func TestAStretchDropsAPageThatCameTooLate(t *testing.T) {
	s, other := Over(evenly(10), model.EventQuery{}, ""), Over(evenly(10), model.EventQuery{}, "")
	late := s.Reload("")().(Read)
	settle(&s, s.Reload(""))
	if s.Take(late) {
		t.Error("a page that is not the last one asked for was taken")
	}
	other.Reload("")
	if other.Take(late) {
		t.Error("the page of another stretch was taken")
	}
}

func TestDropLeavesTheCursorOnWhatIsLeft(t *testing.T) {
	for _, c := range []struct {
		at        int
		gone      []int
		want      model.ID
		wantAt, n int
	}{
		{4, []int{4}, "E-00005", 4, 1},
		{4, []int{2, 3, 4}, "E-00005", 2, 3},
		{4, []int{4, 5, 6}, "E-00007", 4, 3},
		{9, []int{9}, "E-00008", 8, 1},
		{4, []int{0, 9}, "E-00004", 3, 2},
		{4, nil, "E-00004", 4, 0},
	} {
		s := Over(evenly(10), model.EventQuery{}, "")
		settle(&s, s.Reload(""))
		s.At = c.at
		s.Clamp()
		n := s.Drop(func(e model.Event) bool {
			return slices.ContainsFunc(c.gone, func(i int) bool { return e.ID == model.ID(fmt.Sprintf("E-%05d", i)) })
		})
		if s.Focus != c.want || s.At != c.wantAt || n != c.n || s.Page.Total != 10-c.n || len(s.Page.Events) != len(s.Page.Cursors) {
			t.Errorf("without %v the cursor is at %d on %s; %d of %d are gone", c.gone, s.At, s.Focus, n, s.Page.Total)
		}
	}
}

func TestInsertKeepsTheOrderAndTheCursor(t *testing.T) {
	s := Over(evenly(10), model.EventQuery{}, "")
	settle(&s, s.Reload(""))
	s.At = 5
	s.Clamp()
	for i, at := range []int{0, 3, 9} {
		s.Insert(model.Event{ID: "new"}, model.Cursor{At: noon.Add(time.Duration(at)*time.Second + time.Millisecond)})
		if e, _ := s.Here(); e.ID != "E-00005" || s.Page.Total != 11+i {
			t.Errorf("after an insertion at %d the cursor is on %s", at, e.ID)
		}
	}
	if !slices.IsSortedFunc(s.Page.Cursors, func(a, b model.Cursor) int { return a.At.Compare(b.At) }) {
		t.Errorf("the order is %v", s.Page.Cursors)
	}
}

func TestAStillCursorStaysInWhatIsHeld(t *testing.T) {
	s := Over(evenly(5000), model.EventQuery{}, "")
	settle(&s, s.Reload(""))
	s.Still = true
	for _, k := range []string{"end", "down", "pgdown", "home"} {
		if cmd, known := s.Move(k, 20); cmd != nil || !known {
			t.Errorf("%s reads on", k)
		}
	}
}

func TestAClockWritesAsMuchAsIsNeeded(t *testing.T) {
	r := &model.Record{Incident: model.Incident{Started: noon}}
	at := func(d time.Duration, p model.Precision) model.Event {
		return model.Event{At: noon.Add(d), Precision: p}
	}
	for _, c := range []struct {
		of    []model.Event
		write model.Event
		want  string
	}{
		{[]model.Event{at(0, "s")}, at(time.Minute, "s"), " 12:01:00 "},
		{[]model.Event{at(0, "s")}, at(time.Minute, "minute"), " 12:01    "},
		{[]model.Event{at(0, "s")}, at(0, "about"), "~12:00    "},
		{[]model.Event{at(-24*time.Hour, "s"), at(0, "s")}, at(-24*time.Hour, "s"), " 11-01 12:00 "},
		{[]model.Event{at(-9000*time.Hour, "s"), at(0, "s")}, at(0, "s"), " 2026-11-02 12:00 "},
	} {
		clock := ClockOf(time.UTC, r, c.of)
		if got := clock.Write(c.write); got != c.want || len(got) != clock.Width() {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	clock := ClockOf(time.UTC, r, nil)
	if got := clock.Span(noon, noon.Add(time.Hour)); got != "12:00 to 13:00" {
		t.Error(got)
	}
	if got := clock.Span(noon, noon); got != "at 12:00" {
		t.Error(got)
	}
}

func TestAStretchBeginsAtATime(t *testing.T) {
	for _, c := range []struct {
		at   time.Duration
		want model.ID
	}{{0, "E-00000"}, {-time.Hour, "E-00000"}, {1999500 * time.Millisecond, "E-02000"}, {2000 * time.Second, "E-02000"}, {4999 * time.Second, "E-04999"}, {time.Hour * 9, "E-04400"}} {
		s := Over(evenly(5000), model.EventQuery{}, "")
		settle(&s, s.ReadAt(noon.Add(c.at)))
		if e, _ := s.Here(); e.ID != c.want {
			t.Errorf("at %s the cursor is on %s, want %s", c.at, e.ID, c.want)
		}
	}
}
