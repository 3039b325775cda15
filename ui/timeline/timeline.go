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
	"aftermath/ui/nav"
)

// A Store gives stretches of the timeline.
type Store interface {
	Events(context.Context, model.EventQuery) (model.EventPage, error)
	Density(ctx context.Context, q model.EventQuery, slices int) (model.Density, error)
	Sources(context.Context, model.ID) ([]model.SourceCount, error)
}

// stretch is how many events are held at once; margin is how near its end reading on begins.
const (
	stretch = 600
	margin  = 200
)

// readLimit is how long a read may take before it is given up.
const readLimit = 30 * time.Second

// A turn is the reading that counts; the one before it is called off. Letters of a filter come faster than
// a million events can be counted, and what is not wanted any more must not keep the file busy.
type turn struct{ end context.CancelFunc }

func (t *turn) next() context.Context {
	if t.end != nil {
		t.end()
	}
	ctx, end := context.WithCancel(context.Background())
	t.end = end
	return ctx
}

// Screen is the timeline of one incident.
type Screen struct {
	desk   *desk.Desk
	store  Store
	record *model.Record

	query               model.EventQuery // the filters; its place is set for each read
	page                model.EventPage
	at                  int // the selected event, counted from the first of the whole timeline
	focus               model.ID
	ready               bool
	placed              bool // the cursor is where it begins, or where somebody put it
	err                 error
	asked               int // generation of the page that was last asked for
	pageTurn, stripTurn turn
	reading             bool

	strip      model.Density
	stripAsked int
	sources    []model.SourceCount

	years     bool // what is held spans more than one year
	otherDays bool // some of what is held fell on another day than the start
	detail    bool // the form of the selected event has the keys
	form      entry.Form
	w, h      int
}

// New is the timeline with focus selected once it has been read.
func New(d *desk.Desk, s Store, incident, focus model.ID) *Screen {
	return &Screen{desk: d, store: s, query: model.EventQuery{Incident: incident, Limit: stretch}, focus: focus, placed: focus != "", w: 80, h: 20}
}

// Title names the step.
func (s *Screen) Title() string { return "Timeline" }

// Init reads the first stretch. The strip follows it.
func (s *Screen) Init() tea.Cmd {
	q := s.query
	q.AtEvent = s.focus
	return s.read(q)
}

type (
	pageRead struct {
		asked int
		page  model.EventPage
		err   error
	}
	stripRead struct {
		asked int
		strip model.Density
	}
	sourcesRead struct{ sources []model.SourceCount }
)

func (s *Screen) read(q model.EventQuery) tea.Cmd {
	s.asked++
	s.reading = true
	asked, store := s.asked, s.store
	ctx := s.pageTurn.next()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, readLimit)
		defer cancel()
		page, err := store.Events(ctx, q)
		return pageRead{asked, page, err}
	}
}

func (s *Screen) readStrip() tea.Cmd {
	s.stripAsked++
	asked, store, q := s.stripAsked, s.store, s.query
	ctx := s.stripTurn.next()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, readLimit)
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
	store, id := s.store, s.query.Incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readLimit)
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
	case pageRead:
		if msg.asked == s.asked {
			s.take(msg)
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

// take puts a stretch in place and keeps the selection on the event that it was on.
func (s *Screen) take(r pageRead) {
	s.reading, s.ready, s.err = false, true, r.err
	if r.err != nil {
		return
	}
	s.page = r.page
	for i, e := range s.page.Events {
		if e.ID == s.focus {
			s.at = s.page.Offset + i
		}
	}
	s.place()
	s.measure()
	s.clamp()
	s.setForm()
}

// place puts the cursor on the beginning, once both the record and the first stretch are here and unless a
// key or a focus has put it elsewhere.
func (s *Screen) place() {
	if s.placed || s.record == nil || !s.ready {
		return
	}
	s.placed = true
	s.at = s.page.Offset + s.beginning()
	s.clamp()
}

// beginning is where the timeline opens: the first event of the impact, when it is within what is held.
func (s *Screen) beginning() int {
	if s.record == nil || s.record.Incident.Started.IsZero() {
		return 0
	}
	start := s.record.Incident.Started
	return max(0, slices.IndexFunc(s.page.Events, func(e model.Event) bool { return !e.At.Before(start) }))
}

// measure finds out how much of a date the clock needs for what is held.
func (s *Screen) measure() {
	s.otherDays = slices.ContainsFunc(s.page.Events, func(e model.Event) bool { return !s.sameDay(e.At) })
	if n := len(s.page.Events); n > 0 {
		s.years = s.page.Events[0].At.Year() != s.page.Events[n-1].At.Year()
	}
}

// reload reads the same stretch again, around focus if that is an event.
func (s *Screen) reload(focus model.ID) tea.Cmd {
	q := s.query
	if focus.Type() == model.TypeEvent {
		s.focus = focus
	}
	q.AtEvent = s.focus
	s.sources = nil
	return tea.Batch(s.read(q), s.readStrip())
}

func (s *Screen) clamp() {
	s.at = max(s.page.Offset, min(s.at, s.page.Offset+len(s.page.Events)-1))
	if e, ok := s.here(); ok {
		s.focus = e.ID
	}
}

// here is the selected event.
func (s *Screen) here() (model.Event, bool) {
	if i := s.at - s.page.Offset; i >= 0 && i < len(s.page.Events) {
		return s.page.Events[i], true
	}
	return model.Event{}, false
}

// above is the event before the selected one.
func (s *Screen) above() (model.Event, bool) {
	if i := s.at - s.page.Offset - 1; i >= 0 && i < len(s.page.Events) {
		return s.page.Events[i], true
	}
	return model.Event{}, false
}

func (s *Screen) move(k string) tea.Cmd {
	if s.detail {
		s.form.Key(k, s.h)
		return nil
	}
	rows := max(1, s.listHeight()-1)
	s.placed = true
	switch k {
	case "up", "k":
		s.at--
	case "down", "j":
		s.at++
	case "pgup":
		s.at -= rows
	case "pgdown", "space":
		s.at += rows
	case "home":
		return s.jump(model.EventQuery{}, 0)
	case "end":
		return s.jump(model.EventQuery{Last: true}, s.page.Total-1)
	default:
		return nil
	}
	s.clamp()
	s.setForm()
	return s.follow()
}

// jump goes to an end of the timeline; what is held already is not read again.
func (s *Screen) jump(place model.EventQuery, at int) tea.Cmd {
	if at >= s.page.Offset && at < s.page.Offset+len(s.page.Events) {
		s.at = at
		s.clamp()
		s.setForm()
		return nil
	}
	q := s.query
	q.Last = place.Last
	s.focus, s.at = "", at
	return s.read(q)
}

// follow reads on before the cursor comes to the end of what is held.
func (s *Screen) follow() tea.Cmd {
	first, n := s.page.Offset, len(s.page.Events)
	near := s.at-first < margin && first > 0 || first+n-s.at < margin && first+n < s.page.Total
	if !near || s.reading {
		return nil
	}
	q := s.query
	q.AtEvent = s.focus
	return s.read(q)
}

// click selects the row under the mouse.
func (s *Screen) click(m tea.MouseClickMsg) tea.Cmd {
	if s.detail || m.X >= s.listWidth() {
		return nil
	}
	for _, r := range s.visible(s.listHeight()) {
		if r.y == m.Y-stripRows && r.event >= 0 {
			s.at = s.page.Offset + r.event
			s.clamp()
			s.setForm()
		}
	}
	return s.follow()
}
