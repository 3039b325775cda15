// Package doubts is the clock and gap doctor: what in the times of the timeline does not fit together, each
// with its question and with a fix that is shown before it is made.
package doubts

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/nav"
	"aftermath/ui/widget"
)

// A Store gives the whole timeline.
type Store interface {
	EachEvent(context.Context, model.EventQuery, func(*model.Event) error) error
}

// readLimit is how long looking through a timeline may take before it is given up.
const readLimit = 2 * time.Minute

// pulse is how often the line of progress moves.
const pulse = 100 * time.Millisecond

// Screen is the doubts about one incident's times.
type Screen struct {
	desk     *desk.Desk
	store    Store
	incident model.ID
	record   *model.Record

	list    widget.List
	about   string // of the selected doubt, so that it stays selected
	choice  int    // which fix of the selected doubt is shown
	inside  bool   // the lines of the preview have the keys
	lines   widget.List
	doubts  []model.Doubt
	events  int
	sources int
	ready   bool
	stopped bool
	err     error

	asked   int // generation of the search that was last begun
	running bool
	seen    *atomic.Int64
	end     context.CancelFunc
	w, h    int
}

// New looks through an incident.
func New(d *desk.Desk, s Store, incident model.ID) *Screen {
	return &Screen{desk: d, store: s, incident: incident, w: 80, h: 20}
}

// Title names the place.
func (s *Screen) Title() string { return "Doubts" }

// Question is that of the selected doubt.
func (s *Screen) Question() string {
	if d, ok := s.here(); ok && s.ready {
		return cell.Clean(d.Question)
	}
	return "Do the times fit together?"
}

// Init needs nothing: the search begins when the record is here.
func (s *Screen) Init() tea.Cmd { return nil }

type (
	found struct {
		asked           int
		doubts          []model.Doubt
		events, sources int
		err             error
	}
	tick struct{ asked int }
)

// look begins a search; one that is still running is called off.
func (s *Screen) look() tea.Cmd {
	if s.end != nil {
		s.end()
	}
	ctx, end := context.WithTimeout(context.Background(), readLimit)
	s.asked++
	s.end, s.running, s.stopped, s.seen = end, true, false, &atomic.Int64{}
	asked, store, r, seen := s.asked, s.store, *s.record, s.seen
	do := func() tea.Msg {
		defer end()
		f := found{asked: asked}
		f.doubts, f.events, f.sources, f.err = model.FindDoubts(r, func(yield func(*model.Event) error) error {
			return store.EachEvent(ctx, model.EventQuery{Incident: r.Incident.ID}, func(e *model.Event) error {
				if n := seen.Add(1); n%1000 == 0 && ctx.Err() != nil {
					return ctx.Err()
				}
				return yield(e)
			})
		})
		return f
	}
	return tea.Batch(do, nav.Cmd(nav.Later{After: pulse, Msg: tick{asked}}))
}

// Leave calls a search off that nobody waits for any more.
func (s *Screen) Leave() {
	if s.end != nil {
		s.end()
	}
}

// stop calls the search off; what was found before stays on the screen.
func (s *Screen) stop() tea.Cmd {
	s.end()
	s.running, s.stopped = false, true
	s.asked++
	return nil
}

// Update takes the record and what was found, and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
	case nav.Loaded:
		s.record = msg.Record
		return s.look()
	case found:
		if msg.asked == s.asked {
			s.take(msg)
		}
	case tick:
		if s.running && msg.asked == s.asked {
			return nav.Cmd(nav.Later{After: pulse, Msg: msg})
		}
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

// take puts what was found in place and keeps the selection on the doubt that it was on.
func (s *Screen) take(f found) {
	s.running = false
	if errors.Is(f.err, context.Canceled) {
		s.stopped = true
		return
	}
	s.ready, s.err, s.doubts, s.events, s.sources = true, f.err, f.doubts, f.events, f.sources
	for i, d := range s.doubts {
		if d.Kind+d.About == s.about {
			s.list.At = i
		}
	}
	s.settle()
}

func (s *Screen) move(k string) {
	if s.inside {
		s.lines.Key(k, len(s.rows()), s.previewRows())
		return
	}
	was := s.list.At
	s.list.Key(k, len(s.doubts), s.listRows())
	if s.list.At != was {
		s.choice = 0
	}
	s.settle()
}

// settle holds the cursor to what is there.
func (s *Screen) settle() {
	s.list.Clamp(len(s.doubts), s.listRows())
	d, ok := s.here()
	if !ok {
		s.about, s.inside = "", false
		return
	}
	if s.about != d.Kind+d.About {
		s.about, s.choice, s.lines, s.inside = d.Kind+d.About, 0, widget.List{}, false
	}
	s.choice = max(0, min(s.choice, len(d.Fixes)-1))
	s.lines.Clamp(len(s.rows()), s.previewRows())
}

// here is the selected doubt.
func (s *Screen) here() (model.Doubt, bool) {
	if s.list.At >= 0 && s.list.At < len(s.doubts) {
		return s.doubts[s.list.At], true
	}
	return model.Doubt{}, false
}

// fix is the one that enter carries out.
func (s *Screen) fix() (model.Fix, bool) {
	if d, ok := s.here(); ok && s.choice < len(d.Fixes) {
		return d.Fixes[s.choice], true
	}
	return model.Fix{}, false
}

// A row is one line of the preview and the event that it leads to.
type row struct {
	event       model.ID
	before      string
	after       string
	title, from string // from: the source
}

// rows are what the fix does; where it moves nothing, the lines that show the doubt.
func (s *Screen) rows() (rows []row) {
	d, _ := s.here()
	f, _ := s.fix()
	if len(f.Moves)+len(f.Joins) == 0 {
		for _, l := range d.Lines {
			at, _ := s.clocks(l.At, l.At)
			rows = append(rows, row{event: l.ID, before: at, title: cell.Clean(l.Title), from: cell.Clean(l.Source)})
		}
		return rows
	}
	for _, m := range f.Moves {
		before, after := s.clocks(m.From, m.To)
		rows = append(rows, row{event: m.ID, before: before, after: after, title: cell.Clean(m.Title), from: cell.Clean(m.Source)})
	}
	for _, j := range f.Joins {
		before, after := s.clocks(j.From.At, j.Into.At)
		rows = append(rows, row{event: j.From.ID, before: before + " " + cell.Clean(j.From.Source), after: after + " " + cell.Clean(j.Into.Source), title: cell.Clean(j.Into.Title)})
	}
	return rows
}

// clocks writes two times with as much of the date as tells them apart, from each other and from the
// incident.
func (s *Screen) clocks(from, to time.Time) (string, string) {
	zone := s.zone()
	from, to = from.In(zone), to.In(zone)
	layout, started := "15:04:05", s.record.Incident.Started.In(zone)
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	switch {
	case from.Year() != to.Year() || from.Year() != started.Year():
		layout = "2006-01-02 15:04:05"
	case day(from) != day(to) || day(from) != day(started):
		layout = "01-02 15:04:05"
	}
	return from.Format(layout), to.Format(layout)
}

func (s *Screen) zone() *time.Location { return s.desk.ZoneFor(s.record) }

// looked says what was looked at.
func (s *Screen) looked() string {
	return fmt.Sprintf("%s of %s", model.Counted(s.events, "line"), model.Counted(s.sources, "source"))
}
