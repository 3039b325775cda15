// Package collect is the screen on which evidence is fetched from the live sources that are configured: the
// window of time, one row for each source with what it is doing, and what came of it.
package collect

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// A Collector fetches from the configured sources.
type Collector interface {
	Sources() []Source
	Configuration() string // the path of the file that names them
	// Start begins in the background. Under gives what is under way or was done last for an incident, or nil.
	Start(incident model.ID, from, to time.Time, sources []string) Run
	Under(incident model.ID) Run
}

// A Source is one that is configured.
type Source struct {
	Name, Title string
	Address     string // the only host that is asked
}

// A Run is one collection. Its sources can be stopped and started again one by one.
type Run interface {
	Window() (from, to time.Time)
	States() []State // in the order of the sources
	Going() bool
	Cancel(source string)
	Retry(source string)
}

// A Phase is what a source is doing.
type Phase int

// The phases of a source.
const (
	Waiting Phase = iota
	Fetching
	Limited
	Reading
	Done
	Failed
	Cancelled
)

// A State is where one source stands.
type State struct {
	Source string
	Phase  Phase
	Pages  int
	Until  time.Time // until when it waits
	Why    string    // why it waits or failed, as a sentence
	Known  int       // pages that were kept before
	Report model.ImportReport
}

// over tells whether a source has come to its end.
func (s State) over() bool { return s.Phase >= Done }

// Screen is the collection for one incident.
type Screen struct {
	desk      *desk.Desk
	collector Collector
	incident  model.ID
	record    *model.Record

	sources  []Source
	leftOut  map[string]bool
	from, to time.Time
	run      Run
	states   []State
	going    bool
	list     widget.List
	h        int
}

// New is the screen; a collection that is under way goes on.
func New(d *desk.Desk, c Collector, incident model.ID) *Screen {
	s := &Screen{desk: d, collector: c, incident: incident, sources: c.Sources(), leftOut: map[string]bool{}, h: 20}
	if s.run = c.Under(incident); s.run != nil {
		s.look()
	}
	return s
}

// Title names the place.
func (s *Screen) Title() string { return "Collect evidence" }

// Question says what is wanted now.
func (s *Screen) Question() string {
	switch {
	case s.going:
		return "Every answer is kept as it comes, before it is read."
	case s.run != nil:
		return "What is still missing? Collecting again adds what has come since."
	}
	return "Which sources know what happened in this window?"
}

type (
	started struct{ run Run }
	pulse   struct{}
)

// stride is how often the rows are looked at while something is under way.
const stride = 100 * time.Millisecond

// Init looks at what is under way.
func (s *Screen) Init() tea.Cmd {
	if s.going {
		return nav.Cmd(nav.Later{After: stride, Msg: pulse{}})
	}
	return nil
}

// Update follows the collection and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case nav.Loaded:
		s.record = msg.Record
		if s.from.IsZero() {
			s.from, s.to = msg.Record.Incident.Around(s.desk.Now())
		}
	case started:
		s.run = msg.run
		return s.follow()
	case pulse:
		return s.follow()
	case tea.KeyPressMsg:
		s.list.Key(msg.String(), len(s.rows()), max(1, s.h-head-foot))
	}
	return nil
}

// follow takes over how far it is, and tells the other screens when something new is in the file.
func (s *Screen) follow() tea.Cmd {
	before := s.brought()
	s.look()
	var cmds []tea.Cmd
	if s.brought() != before || !s.going {
		cmds = append(cmds, nav.Cmd(nav.Changed{}))
	}
	if s.going {
		cmds = append(cmds, nav.Cmd(nav.Later{After: stride, Msg: pulse{}}))
	}
	return tea.Batch(cmds...)
}

func (s *Screen) look() {
	s.states, s.going = s.run.States(), s.run.Going()
	s.from, s.to = s.run.Window()
}

// brought counts the new events of the sources that have ended.
func (s *Screen) brought() (n int) {
	for _, x := range s.states {
		n += x.Report.New
	}
	return n
}

// rows are the sources with their states, or as they wait to be started.
func (s *Screen) rows() []State {
	if s.run != nil {
		return s.states
	}
	rows := make([]State, len(s.sources))
	for i, x := range s.sources {
		rows[i] = State{Source: x.Name, Phase: -1}
	}
	return rows
}

func (s *Screen) here() (State, bool) {
	if rows := s.rows(); s.list.At < len(rows) {
		return rows[s.list.At], true
	}
	return State{}, false
}

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	here, some := s.here()
	off := func(reason string, when bool) string {
		if when {
			return reason
		}
		return ""
	}
	start := off("no source is configured", len(s.sources) == 0)
	switch {
	case start != "":
	case s.going:
		start = "a collection is under way"
	case s.from.IsZero():
		start = "nobody has said when the incident started; 1 opens the frame"
	case len(s.chosen()) == 0:
		start = "every source is left out"
	}
	again := "Collect from these sources"
	if s.run != nil {
		again = "Collect again"
	}
	list := []key.Action{
		{ID: "collect.start", Title: again, Short: "collect", Keys: []string{"c"}, Off: start, Do: s.start},
		{ID: "collect.leave_out", Title: "Leave this source out, or take it in again", Short: "leave out", Keys: []string{"x"}, Off: off("the collection has begun", s.run != nil || !some), Do: s.leaveOut},
		{ID: "collect.from", Title: "Change where the window begins", Short: "from", Keys: []string{"f"}, Off: off("a collection is under way", s.going), Do: func() tea.Cmd { return s.ask("Collect from when on?", s.from, &s.from) }},
		{ID: "collect.to", Title: "Change where the window ends", Short: "to", Keys: []string{"t"}, Off: off("a collection is under way", s.going), Do: func() tea.Cmd { return s.ask("Collect up to when?", s.to, &s.to) }},
	}
	if s.run == nil {
		list[0].Keys = []string{"enter", "c"}
		return list
	}
	list[1] = key.Action{ID: "collect.cancel", Title: "Stop this source; what it kept stays", Short: "stop", Keys: []string{"x"}, Off: off("it is not under way", !some || here.over()), Do: func() tea.Cmd { s.run.Cancel(here.Source); return nil }}
	list = append(list, key.Action{ID: "collect.retry", Title: "Start this source again; it goes on where it broke off", Short: "again", Keys: []string{"r"}, Off: off("it has not ended", !some || !here.over()), Do: s.retry})
	onwards := key.Action{ID: "collect.inbox", Title: "Triage what is new", Short: "triage", Keys: []string{"enter"}, Off: off("nothing new has come", s.brought() == 0), Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Inbox}) }}
	if n := s.brought(); n > 0 {
		onwards.Short = "triages " + model.Counted(n, "new line")
	}
	return append([]key.Action{onwards}, list...)
}

func (s *Screen) chosen() (names []string) {
	for _, x := range s.sources {
		if !s.leftOut[x.Name] {
			names = append(names, x.Name)
		}
	}
	return names
}

func (s *Screen) leaveOut() tea.Cmd {
	if here, ok := s.here(); ok {
		s.leftOut[here.Source] = !s.leftOut[here.Source]
	}
	return nil
}

func (s *Screen) start() tea.Cmd {
	collector, incident, from, to, names := s.collector, s.incident, s.from, s.to, s.chosen()
	return func() tea.Msg { return started{collector.Start(incident, from, to, names)} }
}

func (s *Screen) retry() tea.Cmd {
	here, _ := s.here()
	run := s.run
	return func() tea.Msg {
		run.Retry(here.Source)
		return pulse{}
	}
}

// ask takes one end of the window.
func (s *Screen) ask(name string, at time.Time, into *time.Time) tea.Cmd {
	zone := s.zone()
	env := model.Env{Zone: zone, Day: at.In(zone)}
	if s.record != nil {
		env.From = s.record.Incident.Started
	}
	field := model.Field{Name: "at", Kind: model.Time, Label: name}
	e := &overlay.Edit{Verb: "keep it", Name: name, Help: "A time such as 13:00 or 2026-11-02 13:00.", Text: desk.Stamp(at, zone)}
	e.Check = func(text string) (string, bool) {
		v, err := model.ParseValue(field, model.TypeEvent, text, env)
		if err != nil {
			return err.Error(), false
		}
		return "", v != nil
	}
	e.Save = func(text string) tea.Cmd {
		if v, err := model.ParseValue(field, model.TypeEvent, text, env); err == nil {
			if at, err := time.Parse(time.RFC3339Nano, fmt.Sprint(v)); err == nil {
				*into = at
				s.run, s.states = nil, nil
			}
		}
		return nil
	}
	return e.Open()
}

func (s *Screen) zone() *time.Location { return s.desk.ZoneFor(s.record) }
