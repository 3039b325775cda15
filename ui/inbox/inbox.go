// Package inbox is where imported lines become the narrative, at typing speed: one key says what a line
// tells about the incident, and the cursor is on the next one. What was decided is written behind.
package inbox

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/evidence"
	"aftermath/ui/nav"
	"aftermath/ui/widget"
)

// A Store gives stretches of the timeline, groups of lines that are alike, and the sources.
type Store interface {
	evidence.Reader
	Alike(context.Context, model.EventQuery) ([]model.Alike, error)
	evidence.Counter
}

// Screen is the inbox of one incident.
type Screen struct {
	desk     *desk.Desk
	store    Store
	incident model.ID
	record   *model.Record

	evidence.Stretch
	clock   evidence.Clock
	tallied evidence.Counted // what a filter can ask for
	count   tally            // as it was read last
	start   tally            // as it was when this sitting began
	counted bool
	story   []line   // the narrative around what is held
	inHand  model.ID // a line that was noted on: it stays until the cursor goes on
	anchor  model.ID // where a selection begins; empty when there is none

	made   []decision            // what was decided and is not in what was read yet
	seq    int                   // of the last decision
	sweeps map[model.ID]model.ID // sweeps of this sitting, and the line that each was made on
	echo   string                // what was decided last
	offer  offer

	stale   bool     // the file has changed, and is read again once all that was decided is written
	focus   model.ID // what to select then
	regroup bool     // and what is alike is to be grouped anew

	alike      map[likeness]model.Alike // of everything that is left
	alikeTurn  evidence.Turn
	alikeAsked int           // generation of the groups that were last asked for
	groups     []model.Alike // of what the filters let through
	grouped    bool          // they are read
	grouping   bool          // they are shown, and not single lines
	list       widget.List
	inside     *model.Alike     // the group that is looked into
	outside    model.EventQuery // what was shown before that

	form entry.Form
	w, h int
}

// New is the inbox of an incident, with focus selected once it has been read.
func New(d *desk.Desk, s Store, incident, focus model.ID) *Screen {
	return &Screen{desk: d, store: s, incident: incident, Stretch: evidence.Over(s, everything(incident), focus), clock: evidence.Clock{Zone: d.Zone},
		sweeps: map[model.ID]model.ID{}, w: 80, h: 20}
}

func everything(incident model.ID) model.EventQuery {
	return model.EventQuery{Incident: incident, Untouched: true, Limit: evidence.Limit}
}

// Title names the place.
func (s *Screen) Title() string { return "Inbox" }

// FootLines leaves room for the seven roles beside the rest.
func (s *Screen) FootLines() int { return 2 }

// Question asks about what is selected.
func (s *Screen) Question() string {
	n := len(s.selection())
	switch g, ok := s.group(); {
	case s.grouping && ok && g.Count > 1:
		return fmt.Sprintf("What do these %d lines tell about the incident?", g.Count)
	case n > 1:
		return fmt.Sprintf("What do these %d lines tell about the incident?", n)
	case s.Ready && s.bare():
		return "What evidence is there: notes, chat, alerts, deploys, logs?"
	case s.over():
		return "What does the timeline still leave open?"
	}
	return "What does this line tell about the incident?"
}

// Init reads the first stretch and then groups what is alike.
func (s *Screen) Init() tea.Cmd { return tea.Batch(s.with(s.Reload("")), s.readAlike()) }

// Update takes what was read and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
		s.list.Clamp(len(s.groups), s.rows())
	case nav.Loaded:
		s.record = msg.Record
		s.measure()
		s.setForm()
	case nav.Changed:
		return s.changed(msg.Focus)
	case wrote:
		return s.settle(msg)
	case read:
		if s.Take(msg.Read) {
			s.took(msg)
			return s.leaveWhenEmpty()
		}
	case alikeRead:
		if msg.of == s && msg.asked == s.alikeAsked {
			s.tookAlike(msg)
		}
	case groupRead:
		if msg.of == s {
			return s.standFor(msg)
		}
	case botRead:
		if msg.of == s && msg.offer == s.offer {
			s.offer.bots = msg.count
		}
	case sweepsRead:
		if msg.of == s {
			return s.pickSweep(msg.counts)
		}
	case evidence.CountedRead:
		if msg.Of == s {
			s.tallied = msg.Counted
			return s.pick()
		}
	case tea.KeyPressMsg:
		return s.move(msg.String())
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

// changed reads anew once all that was decided here is written; until then what is shown is ahead. A line
// whose decision is written and that changes after it is back.
func (s *Screen) changed(focus model.ID) tea.Cmd {
	if row, own := s.sweeps[focus]; own {
		focus = row
	}
	s.made = slices.DeleteFunc(s.made, func(d decision) bool { return d.written && d.lines[focus] })
	if s.isMade(focus) {
		focus = ""
	}
	if s.written() < s.seq {
		s.stale = true
		if focus.Type() == model.TypeEvent {
			s.focus = focus
		}
		return nil
	}
	s.echo, s.offer = "", offer{}
	return s.refresh(focus, true)
}

// refresh reads what is shown again. What is alike is grouped again when somebody else, or an undo, has
// changed it: of one's own decisions it is known what they leave.
func (s *Screen) refresh(focus model.ID, alike bool) tea.Cmd {
	s.tallied, s.stale, s.regroup, s.focus = nil, false, false, ""
	if focus.Type() == model.TypeEvent {
		s.inHand = focus
		if s.grouping {
			s.Focus = focus
		}
	}
	page := s.with(s.Reload(focus))
	if alike || s.grouping {
		return tea.Batch(page, s.readAlike())
	}
	return page
}

// took shows a stretch that was put in place, without what was decided since.
func (s *Screen) took(r read) {
	if r.Err != nil {
		s.Err = r.Err
		return
	}
	s.made = slices.DeleteFunc(s.made, func(d decision) bool { return d.seq <= r.upTo })
	s.count, s.story = r.count, r.story
	if !s.counted {
		s.start, s.counted = r.count, true
	}
	s.Drop(func(e model.Event) bool { return s.isMade(e.ID) })
	for _, d := range s.made {
		s.tell(d)
	}
	if r.hand != nil && !s.isMade(r.hand.ID) {
		s.hold(*r.hand)
	}
	if s.anchor != "" && len(s.selection()) == 0 {
		s.endSelection()
	}
	s.measure()
	s.setForm()
}

// hold puts the line in hand into the list, with the cursor on it.
func (s *Screen) hold(l line) {
	if s.inHand != l.ID || s.index(l.ID) >= 0 {
		return
	}
	s.Insert(l.Event, l.place)
	s.At, s.Focus = s.Page.Offset+s.index(l.ID), l.ID
}

// letGo takes the line in hand out of the list once the cursor has left it.
func (s *Screen) letGo() {
	if s.inHand == "" || s.inHand == s.Focus {
		return
	}
	hand := s.inHand
	s.inHand = ""
	s.Drop(func(e model.Event) bool { return e.ID == hand && !e.Untouched })
}

func (s *Screen) index(id model.ID) int {
	for i, e := range s.Page.Events {
		if e.ID == id {
			return i
		}
	}
	return -1
}

func (s *Screen) measure() { s.clock = evidence.ClockOf(s.zone(), s.record, s.Page.Events) }

func (s *Screen) move(k string) tea.Cmd {
	if s.grouping {
		s.list.Key(k, len(s.groups), s.rows())
		return nil
	}
	cmd, known := s.Move(k, s.rows())
	if known {
		s.offer, s.echo = offer{}, ""
		s.letGo()
		s.setForm()
	}
	if cmd == nil && !s.Still && !s.storyKnown() {
		cmd = s.Reload("")
	}
	return s.with(cmd)
}

// storyKnown tells whether the narrative around the cursor is held.
func (s *Screen) storyKnown() bool {
	at, ok := s.cursor()
	n := len(s.story)
	return !ok || n < evidence.Limit || evidence.Earlier(s.story[0].place, at) && evidence.Earlier(at, s.story[n-1].place) || s.Reading()
}

// cursor is the place of the selected line in time.
func (s *Screen) cursor() (model.Cursor, bool) {
	if i := s.At - s.Page.Offset; i >= 0 && i < len(s.Page.Cursors) {
		return s.Page.Cursors[i], true
	}
	return model.Cursor{}, false
}

// click selects the row under the mouse.
func (s *Screen) click(m tea.MouseClickMsg) tea.Cmd {
	y := m.Y - headRows
	if y < 0 || y >= s.rows() || m.X >= s.listWidth() {
		return nil
	}
	if s.grouping {
		if from, to := s.list.Window(len(s.groups), s.rows()); from+y < to {
			s.list.At = from + y
		}
		return nil
	}
	if from, to := s.window(s.rows()); from+y < to {
		s.At = s.Page.Offset + from + y
		s.Clamp()
		s.letGo()
		s.setForm()
	}
	return s.with(s.Follow())
}
