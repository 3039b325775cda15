// Package picture shows the whole time of an incident at once: how many events fell when, in lanes, with the
// deploys and alerts as marks above them, so that what came before the impact and what after is seen.
package picture

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
	"aftermath/ui/widget"
)

// A Store counts events in lanes, and gives those that are drawn one by one.
type Store interface {
	evidence.Reader
	evidence.Counter
	Lanes(ctx context.Context, q model.EventQuery, by string, slices int) (model.Lanes, error)
}

// Screen is the picture of one incident.
type Screen struct {
	desk   *desk.Desk
	store  Store
	record *model.Record
	query  model.EventQuery // the filters
	by     string           // what a lane stands for: one of sorts

	win    window    // what is looked at
	whole  bool      // it is all there is
	at     time.Time // the cursor: a time in its column
	placed bool      // somebody put it there; else it stands where the impact began
	anchor time.Time // where a selection begins; zero when there is none
	drag   time.Time // where a mouse button went down
	lanes  widget.List

	seen    sight // what was read last
	ready   bool
	reading bool
	err     error
	asked   int
	turn    evidence.Turn

	counted evidence.Counted
	w, h    int
}

// sorts are what lanes can stand for, in turn.
var sorts = []string{"source", "kind", "service"}

// A sight is what was read of a window.
type sight struct {
	win    window
	all    window // the window that shows all that the filters let through
	by     string
	total  int // events that they let through
	lanes  model.Lanes
	marks  [2]marks
	bursts []model.Burst
}

// Marks are the deploys, or the alerts, of a window.
type marks struct {
	counts []int
	events []model.Event // the first of them
	total  int
}

// marked are the kinds of events that are drawn as marks, by the row they stand in.
var marked = [2][]string{{"deploy", "change"}, {"alert", "page"}}

// mostMarks is how many marks are read with their titles.
const mostMarks = 400

// New is the picture of an incident, filtered and with its cursor at a time as it was asked for.
func New(d *desk.Desk, s Store, incident model.ID, to nav.Go) *Screen {
	q := to.Query
	q.Incident = incident
	return &Screen{desk: d, store: s, query: q, by: sorts[0], whole: true, at: to.At, placed: !to.At.IsZero()}
}

// Loading reports whether keys wait for a first answer.
func (s *Screen) Loading() bool { return s.err == nil && !s.ready }

// Title names the place.
func (s *Screen) Title() string { return "Picture" }

// Question asks about what the cursor is on.
func (s *Screen) Question() string {
	col := s.win.col(s.at)
	for i, ask := range []string{"What did this change, and what was different after it?", "What did this signal say, and who saw it then?"} {
		if c := s.seen.marks[i].counts; s.seen.win == s.win && col >= 0 && col < len(c) && c[col] > 0 {
			return ask
		}
	}
	return "What came before the impact, and what was it followed by?"
}

// Init waits for the size: the picture has as many columns as there is room for.
func (s *Screen) Init() tea.Cmd { return nil }

type read struct {
	of    *Screen
	asked int
	sight sight
	err   error
}

// read reads the window in a command. What was read before stays in sight meanwhile.
func (s *Screen) read() tea.Cmd {
	if s.win.cols == 0 {
		return nil
	}
	s.asked++
	s.reading = true
	r := read{of: s, asked: s.asked, sight: sight{win: s.win, by: s.by}}
	store, q, whole, ctx := s.store, s.query, s.whole, s.turn.Next()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, evidence.ReadLimit)
		defer cancel()
		r.err = r.sight.take(ctx, store, q, whole)
		return r
	}
}

// take reads what a query lets through of a window, or of all there is.
func (v *sight) take(ctx context.Context, store Store, q model.EventQuery, whole bool) error {
	from, to, err := v.bounds(ctx, store, q)
	if err != nil || v.total == 0 {
		return err
	}
	if v.all = fit(from, to, v.win.cols); whole || v.win.step == 0 {
		v.win = v.all
	}
	v.win = v.win.within(v.all)
	q.From, q.To = later(q.From, v.win.from), v.win.end()
	if v.lanes, err = store.Lanes(ctx, q, v.by, v.win.cols); err != nil {
		return err
	}
	v.bursts = v.lanes.Bursts()
	return v.takeMarks(ctx, store, q)
}

// bounds are from when to when there is anything, whatever the filters but those of time let through: the axis
// does not jump while somebody narrows what stands on it.
func (v *sight) bounds(ctx context.Context, store Store, q model.EventQuery) (from, to time.Time, err error) {
	q.Limit = 1
	through, err := store.Events(ctx, q)
	if err != nil || through.Total == 0 {
		return from, to, err
	}
	v.total, from, to = through.Total, q.From, q.To
	of := model.EventQuery{Incident: q.Incident, From: q.From, To: q.To, WithNoise: q.WithNoise, WithHousekeeping: q.WithHousekeeping, WithMerged: q.WithMerged, Limit: 1}
	if from.IsZero() {
		first, err := store.Events(ctx, of)
		if err != nil || len(first.Events) == 0 {
			return from, to, err
		}
		from = first.Events[0].At
	}
	if to.IsZero() {
		of.Last = true
		last, err := store.Events(ctx, of)
		if err != nil || len(last.Events) == 0 {
			return from, to, err
		}
		to = last.Events[0].At.Add(1)
	}
	return from, to, nil
}

// takeMarks reads the deploys and alerts of a query. Where there are more than can be read one by one they are
// counted, so that each column still shows what it holds.
func (v *sight) takeMarks(ctx context.Context, store Store, q model.EventQuery) error {
	kinds := slices.Concat(marked[:]...)
	if len(q.Kinds) > 0 {
		kinds = slices.DeleteFunc(kinds, func(k string) bool { return !slices.Contains(q.Kinds, k) })
	}
	for i := range v.marks {
		v.marks[i] = marks{counts: make([]int, v.win.cols)}
	}
	if len(kinds) == 0 {
		return nil
	}
	q.Kinds, q.Limit = kinds, mostMarks
	page, err := store.Events(ctx, q)
	if err != nil {
		return err
	}
	for _, e := range page.Events {
		m := &v.marks[rowOf(e.Kind)]
		m.events = append(m.events, e)
		m.add(v.win.inside(v.win.col(e.At)), 1)
	}
	if page.Total <= len(page.Events) {
		return nil
	}
	lanes, err := store.Lanes(ctx, q, "kind", v.win.cols)
	for i := range v.marks {
		v.marks[i].counts, v.marks[i].total = make([]int, v.win.cols), 0
	}
	for _, l := range lanes.Lanes {
		for col, n := range l.Counts {
			v.marks[rowOf(l.Name)].add(col, n)
		}
	}
	return err
}

func (m *marks) add(col, n int) {
	m.counts[col] += n
	m.total += n
}

func rowOf(kind string) int {
	if slices.Contains(marked[0], kind) {
		return 0
	}
	return 1
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Update takes what was read and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return s.resize(msg.Width, msg.Height)
	case nav.Loaded:
		s.record = msg.Record
		s.hold()
	case nav.Changed:
		s.counted = nil
		return s.read()
	case read:
		if msg.of == s && msg.asked == s.asked {
			s.take(msg)
		}
	case evidence.CountedRead:
		if msg.Of == s {
			s.counted = msg.Counted
			return s.pick()
		}
	case tea.KeyPressMsg:
		return s.move(msg.String())
	}
	return nil
}

func (s *Screen) resize(w, h int) tea.Cmd {
	s.w, s.h = w, h
	cols := columns(w)
	if cols == s.win.cols {
		return nil
	}
	if s.whole || s.win.step == 0 {
		s.win.cols = cols
		return s.read()
	}
	s.win = fit(s.win.from, s.win.end(), cols)
	return s.read()
}

// take puts what was read in place.
func (s *Screen) take(r read) {
	s.reading, s.ready, s.err = false, true, r.err
	if r.err != nil {
		return
	}
	s.seen = r.sight
	if s.seen.total > 0 {
		s.win, s.whole = s.seen.win, s.seen.win == s.seen.all
	}
	s.lanes.Clamp(len(s.seen.lanes.Lanes), s.layout(s.h).lanes)
	s.hold()
}

// hold keeps the cursor within the window, and on the beginning of the impact until somebody moves it.
func (s *Screen) hold() {
	if s.win.step == 0 {
		return
	}
	if start := s.impact().First; !s.placed && !start.IsZero() {
		s.at = start
	}
	if col := s.win.col(s.at); s.at.IsZero() || col != s.win.inside(col) {
		s.at = s.win.at(s.win.inside(col))
	}
}

// env is what typed times are read against.
func (s *Screen) env() model.Env { return entry.Env(s.desk, s.record) }

func (s *Screen) zone() *time.Location { return s.env().Zone }

// column is the column of the cursor.
func (s *Screen) column() int { return s.win.inside(s.win.col(s.at)) }

// selection are the columns in sight that are selected: from the anchor to the cursor, or that of the cursor.
func (s *Screen) selection() (from, to int) {
	from = s.column()
	to = from
	if s.selecting() {
		a := s.win.inside(s.win.col(s.anchor))
		from, to = min(from, a), max(to, a)
	}
	return from, to
}

// selected is from when to when that is, also where the anchor is not in sight any more.
func (s *Screen) selected() (from, to time.Time) {
	a, b := s.selection()
	from, to = s.win.at(a), s.win.at(b+1)
	if s.selecting() {
		from, to = earlier(from, s.anchor), later(to, s.anchor)
	}
	return from, to
}

func (s *Screen) selecting() bool { return !s.anchor.IsZero() }
