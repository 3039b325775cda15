// Package timeline is step 2: what actually happened, minute by minute. It holds one stretch of the
// timeline at a time, so that a hundred thousand events cost no more than a hundred.
package timeline

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/evidence"
	"aftermath/ui/nav"
)

// A Store gives stretches of the timeline.
type Store interface {
	Events(context.Context, model.EventQuery) (model.EventPage, error)
	Density(ctx context.Context, q model.EventQuery, slices int) (model.Density, error)
	evidence.Counter
}

// Screen is the timeline of one incident.
type Screen struct {
	desk   *desk.Desk
	store  Store
	record *model.Record

	evidence.Stretch
	placed bool      // the cursor is where it begins, or where somebody put it
	start  time.Time // where in time to begin

	strip      model.Density
	stripAsked int
	stripTurn  evidence.Turn
	counted    evidence.Counted

	clock  evidence.Clock
	detail bool // the form of the selected event has the keys
	form   entry.Form
	w, h   int
}

// New is the timeline of an incident, as it was asked for: filtered, with an event selected or from a time on.
func New(d *desk.Desk, s Store, incident model.ID, to nav.Go) *Screen {
	q := to.Query
	q.Incident = incident
	return &Screen{desk: d, store: s, Stretch: evidence.Over(s, q, to.Focus), clock: evidence.Clock{Zone: d.Zone},
		placed: to.Focus != "" || !to.At.IsZero(), start: to.At, w: 80, h: 20}
}

// Title names the step.
func (s *Screen) Title() string { return "Timeline" }

// Init reads the first stretch. The strip follows it.
func (s *Screen) Init() tea.Cmd {
	if s.Focus == "" && !s.start.IsZero() {
		return s.ReadAt(s.start)
	}
	return s.Reload("")
}

type stripRead struct {
	asked int
	strip model.Density
}

func (s *Screen) readStrip() tea.Cmd {
	s.stripAsked++
	asked, store, q := s.stripAsked, s.store, s.Query
	ctx := s.stripTurn.Next()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, evidence.ReadLimit)
		defer cancel()
		strip, err := store.Density(ctx, q, stripSlices)
		if err != nil {
			return nil // the strip is an ornament; the page tells of the fault
		}
		return stripRead{asked, strip}
	}
}

// Update takes what was read and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
	case nav.Loaded:
		s.record = msg.Record
		s.place()
		s.measure()
		s.setForm()
	case nav.Changed:
		return s.reload(msg.Focus)
	case evidence.Read:
		if s.Take(msg) {
			s.took()
			if s.stripAsked == 0 {
				return tea.Batch(s.readStrip(), s.Follow())
			}
		}
	case stripRead:
		if msg.asked == s.stripAsked {
			s.strip = msg.strip
		}
	case evidence.CountedRead:
		if msg.Of == s {
			s.counted = msg.Counted
			return s.pick()
		}
	case tea.KeyPressMsg:
		return s.move(msg.String())
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

// took shows a stretch that was put in place.
func (s *Screen) took() {
	if s.Err != nil {
		return
	}
	s.place()
	s.measure()
	s.setForm()
}

// place puts the cursor on the beginning, once both the record and the first stretch are here and unless a
// key or a focus has put it elsewhere.
func (s *Screen) place() {
	if s.placed || s.record == nil || !s.Ready {
		return
	}
	s.placed = true
	s.At = s.Page.Offset + s.beginning()
	s.Clamp()
}

// beginning is where the timeline opens: the first event of the impact, when it is within what is held.
func (s *Screen) beginning() int {
	if s.record == nil || s.record.Incident.Started.IsZero() {
		return 0
	}
	start := s.record.Incident.Started
	return max(0, slices.IndexFunc(s.Page.Events, func(e model.Event) bool { return !e.At.Before(start) }))
}

// measure finds out how much of a date the clock needs for what is held.
func (s *Screen) measure() {
	s.clock = evidence.ClockOf(s.zone(), s.record, s.Page.Events)
}

// reload reads the same stretch again, around focus if that is an event.
func (s *Screen) reload(focus model.ID) tea.Cmd {
	s.counted = nil
	return tea.Batch(s.Reload(focus), s.readStrip())
}

func (s *Screen) move(k string) tea.Cmd {
	if s.detail {
		s.form.Key(k, s.h)
		return nil
	}
	cmd, known := s.Move(k, s.listHeight())
	if known {
		s.placed = true
		s.setForm()
	}
	return cmd
}

// click selects the row under the mouse.
func (s *Screen) click(m tea.MouseClickMsg) tea.Cmd {
	if s.detail || m.X >= s.listWidth() {
		return nil
	}
	for _, r := range s.visible(s.listHeight()) {
		if r.y == m.Y-stripRows && r.event >= 0 {
			s.At = s.Page.Offset + r.event
			s.Clamp()
			s.setForm()
		}
	}
	return s.Follow()
}
