// Package evidence is what the screens that show events share: the stretch of the timeline that is held, how
// its times are written, how it is filtered, and the key moment that an event marks.
package evidence

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
)

// A Reader gives stretches of the timeline.
type Reader interface {
	Events(context.Context, model.EventQuery) (model.EventPage, error)
}

// Limit is how many events are held at once; margin is how near its end reading on begins.
const (
	Limit  = 600
	margin = 200
)

// ReadLimit is how long a read may take before it is given up.
const ReadLimit = 30 * time.Second

// A Turn is the reading that counts; the one before it is called off. Letters of a filter come faster than
// a million events can be counted, and what is not wanted any more must not keep the file busy.
type Turn struct{ end context.CancelFunc }

// Next calls the reading before off and gives the context of the one to come.
func (t *Turn) Next() context.Context {
	if t.end != nil {
		t.end()
	}
	ctx, end := context.WithCancel(context.Background())
	t.end = end
	return ctx
}

// A Stretch is the part of a timeline that is held, and the cursor in it. A hundred thousand events cost no
// more than a hundred: it reads on before the cursor comes near its end.
type Stretch struct {
	Query model.EventQuery // the filters; its place is set for each read
	Page  model.EventPage
	At    int      // the selected event, counted from the first of the whole timeline
	Focus model.ID // its id
	Ready bool
	Still bool // the cursor stays in what is held, such as while lines are being selected
	Err   error

	reader  Reader
	asked   int // generation of the page that was last asked for
	turn    Turn
	reading bool
}

// Over is a stretch of what a query lets through, with nothing read yet.
func Over(r Reader, q model.EventQuery, focus model.ID) Stretch {
	q.Limit = Limit
	return Stretch{reader: r, Query: q, Focus: focus}
}

// A Read is a page that came; Take says whether it was for this stretch.
type Read struct {
	Page  model.EventPage
	Err   error
	of    *Stretch
	asked int
}

// Read asks for a page in a command.
func (s *Stretch) Read(q model.EventQuery) tea.Cmd {
	s.asked++
	s.reading = true
	r := Read{of: s, asked: s.asked}
	reader, ctx := s.reader, s.turn.Next()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, ReadLimit)
		defer cancel()
		r.Page, r.Err = reader.Events(ctx, q)
		if q.After != nil && r.Err == nil && len(r.Page.Events) == 0 && r.Page.Total > 0 { // nothing came after it
			q.After, q.Last = nil, true
			r.Page, r.Err = reader.Events(ctx, q)
		}
		return r
	}
}

// ReadAt reads from a time on; the cursor comes to stand on the first event from then on.
func (s *Stretch) ReadAt(at time.Time) tea.Cmd {
	q := s.Query
	q.After = &model.Cursor{At: at, Order: math.MinInt64, N: math.MinInt64}
	s.Focus, s.At = "", 0
	return s.Read(q)
}

// Reading tells whether a page is on its way.
func (s *Stretch) Reading() bool { return s.reading }

// Loading reports whether keys wait for a first answer.
func (s *Stretch) Loading() bool { return s.Err == nil && !s.Ready }

// Reload reads the page around the selected event again, or around focus if that is an event.
func (s *Stretch) Reload(focus model.ID) tea.Cmd {
	if focus.Type() == model.TypeEvent {
		s.Focus = focus
	}
	q := s.Query
	q.AtEvent = s.Focus
	return s.Read(q)
}

// Take puts a page in place and keeps the cursor on the event that it was on. A page that is not the last
// one asked for is dropped.
func (s *Stretch) Take(r Read) bool {
	if r.of != s || r.asked != s.asked {
		return false
	}
	s.reading, s.Ready, s.Err = false, true, r.Err
	if r.Err != nil {
		return true
	}
	s.Page = r.Page
	for i, e := range s.Page.Events {
		if e.ID == s.Focus {
			s.At = s.Page.Offset + i
		}
	}
	s.Clamp()
	return true
}

// Drop takes events out of what is held without reading it again, and gives how many it took. The cursor
// stays where it is, or on the first event that is left behind it.
func (s *Stretch) Drop(gone func(model.Event) bool) int {
	var left model.EventPage
	at := s.At
	for i, e := range s.Page.Events {
		switch {
		case !gone(e):
			left.Events, left.Cursors = append(left.Events, e), append(left.Cursors, s.Page.Cursors[i])
		case s.Page.Offset+i < s.At:
			at--
		}
	}
	n := len(s.Page.Events) - len(left.Events)
	left.Total, left.Offset = s.Page.Total-n, s.Page.Offset
	s.Page, s.At = left, at
	s.Clamp()
	return n
}

// Insert puts an event that the filters do not let through where it stands in time.
func (s *Stretch) Insert(e model.Event, at model.Cursor) {
	i := 0
	for i < len(s.Page.Cursors) && Earlier(s.Page.Cursors[i], at) {
		i++
	}
	s.Page.Events, s.Page.Cursors = slices.Insert(s.Page.Events, i, e), slices.Insert(s.Page.Cursors, i, at)
	s.Page.Total++
	if s.Page.Offset+i <= s.At {
		s.At++
	}
}

// Earlier tells whether a place in the timeline stands before another.
func Earlier(a, b model.Cursor) bool {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Order, b.Order), cmp.Compare(a.N, b.N)) < 0
}

// Clamp keeps the cursor within what is held.
func (s *Stretch) Clamp() {
	s.At = max(s.Page.Offset, min(s.At, s.Page.Offset+len(s.Page.Events)-1))
	if e, ok := s.Here(); ok {
		s.Focus = e.ID
	}
}

// Here is the selected event.
func (s *Stretch) Here() (model.Event, bool) { return s.held(s.At - s.Page.Offset) }

// Above is the event before the selected one.
func (s *Stretch) Above() (model.Event, bool) { return s.held(s.At - s.Page.Offset - 1) }

func (s *Stretch) held(i int) (model.Event, bool) {
	if i >= 0 && i < len(s.Page.Events) {
		return s.Page.Events[i], true
	}
	return model.Event{}, false
}

// Move moves the cursor for a key on a list of h rows, and tells whether it knew the key.
func (s *Stretch) Move(k string, h int) (tea.Cmd, bool) {
	rows := max(1, h-1)
	switch k {
	case "up", "k":
		s.At--
	case "down", "j":
		s.At++
	case "pgup":
		s.At -= rows
	case "pgdown", "space":
		s.At += rows
	case "home":
		return s.jump(model.EventQuery{}, 0), true
	case "end":
		return s.jump(model.EventQuery{Last: true}, s.Page.Total-1), true
	default:
		return nil, false
	}
	s.Clamp()
	return s.Follow(), true
}

// jump goes to an end of the timeline; what is held already is not read again.
func (s *Stretch) jump(place model.EventQuery, at int) tea.Cmd {
	if s.Still {
		at = max(s.Page.Offset, min(at, s.Page.Offset+len(s.Page.Events)-1))
	}
	s.At = at
	if at >= s.Page.Offset && at < s.Page.Offset+len(s.Page.Events) {
		s.Clamp()
		return nil
	}
	q := s.Query
	q.Last = place.Last
	s.Focus = ""
	return s.Read(q)
}

// Follow reads on before the cursor comes to the end of what is held.
func (s *Stretch) Follow() tea.Cmd {
	first, n := s.Page.Offset, len(s.Page.Events)
	near := s.At-first < margin && first > 0 || first+n-s.At < margin && first+n < s.Page.Total
	if !near || s.reading || s.Still {
		return nil
	}
	return s.Reload("")
}

// Several tells whether the lines in reach come from more than one source: only then is its name worth its room.
func (s *Stretch) Several() bool {
	return slices.ContainsFunc(s.Page.Events, func(e model.Event) bool { return e.Source != s.Page.Events[0].Source })
}
