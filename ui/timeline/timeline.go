// Package timeline is step 2: what actually happened, minute by minute. It holds one stretch of the
// timeline at a time, so that a hundred thousand events cost no more than a hundred.
package timeline

import (
	"context"
	"slices"

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
	Sources(context.Context, model.ID) ([]model.SourceCount, error)
}

// Screen is the timeline of one incident.
type Screen struct {
	desk   *desk.Desk
	store  Store
	record *model.Record

	evidence.Stretch
	placed bool // the cursor is where it begins, or where somebody put it

	strip      model.Density
	stripAsked int
	stripTurn  evidence.Turn
	sources    []model.SourceCount

	clock  evidence.Clock
	detail bool // the form of the selected event has the keys
	form   entry.Form
	w, h   int
}

// New is the timeline with focus selected once it has been read.
func New(d *desk.Desk, s Store, incident, focus model.ID) *Screen {
	return &Screen{desk: d, store: s, Stretch: evidence.Over(s, model.EventQuery{Incident: incident}, focus), clock: evidence.Clock{Zone: d.Zone}, placed: focus != "", w: 80, h: 20}
}

// Title names the step.
func (s *Screen) Title() string { return "Timeline" }

// Init reads the first stretch. The strip follows it.
func (s *Screen) Init() tea.Cmd { return s.Reload("") }

type (
	stripRead struct {
		asked int
		strip model.Density
	}
	sourcesRead struct{ sources []model.SourceCount }
)

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

// readSources counts the events of each source, for the filter. It looks at all of them, so that nothing
// but the filter asks for it.
func (s *Screen) readSources() tea.Cmd {
	store, id := s.store, s.Query.Incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), evidence.ReadLimit)
		defer cancel()
		list, err := store.Sources(ctx, id)
		if err != nil {
			return nav.Fail{Err: err}
		}
		return sourcesRead{list}
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
				return s.readStrip()
			}
		}
	case stripRead:
		if msg.asked == s.stripAsked {
			s.strip = msg.strip
		}
	case sourcesRead:
		s.sources = msg.sources
		return s.pick()
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
	s.sources = nil
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
