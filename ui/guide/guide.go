// Package guide asks the next good question about what made the incident possible. It follows the record, and
// leaves the conclusions to the room.
package guide

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/nav"
	"aftermath/ui/widget"
)

// A Store gives the narrative.
type Store interface {
	Events(context.Context, model.EventQuery) (model.EventPage, error)
	entry.Past
}

// readLimit is how long reading the narrative may take.
const readLimit = 30 * time.Second

// Screen is the questions of one incident, pack by pack.
type Screen struct {
	desk     *desk.Desk
	store    Store
	incident model.ID
	record   *model.Record
	events   []model.Event
	ready    bool
	err      error

	list    []model.Asking
	skipped map[string]bool // for as long as the screen is open: passing over costs nothing and is kept nowhere
	at      int
	focus   string // the key of the selected question
	asked   int
	w, h    int
}

// New asks about an incident.
func New(d *desk.Desk, s Store, incident model.ID) *Screen {
	return &Screen{desk: d, store: s, incident: incident, skipped: map[string]bool{}, w: 80, h: 20}
}

// Loading reports whether keys wait for a first answer.
func (s *Screen) Loading() bool { return s.err == nil && !s.ready }

// Title names the place.
func (s *Screen) Title() string { return "Questions" }

// Question follows the selected one.
func (s *Screen) Question() string {
	switch a, ok := s.here(); {
	case !ok:
		return "What made this possible?"
	case a.Open() && a.Prompt.Check:
		return "Look at it together: is there something to note?"
	case !a.Open() && a.Prompt.Leads != "":
		return "Is there a condition or a change in this answer?"
	}
	return "What does the room know of this?  Passing over is free."
}

type narrativeRead struct {
	asked  int
	events []model.Event
	err    error
}

// Init reads the narrative.
func (s *Screen) Init() tea.Cmd { return s.read() }

func (s *Screen) read() tea.Cmd {
	s.asked++
	asked, store, id := s.asked, s.store, s.incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readLimit)
		defer cancel()
		page, err := store.Events(ctx, model.EventQuery{Incident: id, Narrative: true, Limit: model.MostGuided})
		return narrativeRead{asked, page.Events, err}
	}
}

// Update takes the record and the narrative, and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
	case nav.Loaded:
		s.record = msg.Record
		s.ask()
	case nav.Changed:
		return s.read()
	case narrativeRead:
		if msg.asked == s.asked {
			s.events, s.err, s.ready = msg.events, msg.err, true
			s.ask()
		}
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

// ask makes the list anew and stays on the question that was selected.
func (s *Screen) ask() {
	if s.record == nil || !s.ready {
		return
	}
	s.list = model.NewGuide(s.record, s.events, s.desk.Prompts, s.desk.ZoneOf(s.record.Incident)).Askings()
	for _, a := range s.list {
		if !a.Open() {
			delete(s.skipped, a.Key()) // taken back, it is open again
		}
	}
	if i := slices.IndexFunc(s.list, func(a model.Asking) bool { return a.Key() == s.focus }); i >= 0 {
		s.at = i
	} else if s.focus == "" {
		s.toNext()
	}
	s.clamp()
}

func (s *Screen) clamp() {
	s.at = max(0, min(s.at, len(s.list)-1))
	if a, ok := s.here(); ok {
		s.focus = a.Key()
	}
}

func (s *Screen) here() (model.Asking, bool) {
	if s.at >= 0 && s.at < len(s.list) {
		return s.list[s.at], true
	}
	return model.Asking{}, false
}

func (s *Screen) move(k string) {
	l := widget.List{At: s.at}
	if l.Key(k, len(s.list), max(1, s.h-2)) {
		s.at = l.At
		s.clamp()
	}
}

// toNext selects the next question that is open, from the cursor on and then from the start.
func (s *Screen) toNext() bool {
	for i := range s.list {
		at := (s.at + i) % len(s.list)
		if a := s.list[at]; a.Open() && !s.skipped[a.Key()] {
			s.at = at
			s.clamp()
			return true
		}
	}
	return false
}

// left is how many questions are open and not passed over, and how many have an answer.
func (s *Screen) left() (open, answered int) {
	for _, a := range s.list {
		switch {
		case !a.Open():
			answered++
		case !s.skipped[a.Key()]:
			open++
		}
	}
	return open, answered
}

// answer is an answer as people read it: a word of the taxonomy by its label.
func (s *Screen) answer(a model.Asking) string {
	if t, _, kept := a.Kept(s.incident); kept {
		if f, ok := model.Named(t, a.Prompt.Field); ok && f.Kind == model.Choice {
			return s.desk.Word(f.List, a.Answer)
		}
	}
	return cell.CleanText(a.Answer)
}
