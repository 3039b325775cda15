// Package home is the first screen: what needs a person today, and the list of incidents.
package home

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// A Store gives the list.
type Store interface {
	Record(context.Context, model.ID) (*model.Record, error)
	Incidents(context.Context, model.IncidentQuery) ([]model.IncidentLine, int, error)
}

// page is how many incidents are read at once; the list itself may be of any length.
const page = 200

// Screen is home.
type Screen struct {
	desk  *desk.Desk
	store Store

	list   widget.List
	offset int // of the first line that is read
	lines  []model.IncidentLine
	total  int
	ready  bool
	err    error
	asked  int
	stored bool          // the archive is shown
	record *model.Record // of the selected incident, for what its actions did
	h      int           // rows of the list on the screen, for paging
}

// New is home with nothing read yet.
func New(d *desk.Desk, s Store) *Screen { return &Screen{desk: d, store: s, h: 20} }

// Loading reports whether keys wait for a first answer.
func (s *Screen) Loading() bool { return s.err == nil && !s.ready }

// Title names the place.
func (s *Screen) Title() string { return "Home" }

// Question is the standing question of every opening.
func (s *Screen) Question() string { return "Which past actions measurably improved the system?" }

// Init reads the first page.
func (s *Screen) Init() tea.Cmd { return s.read(0) }

type read struct {
	asked, offset int
	lines         []model.IncidentLine
	total         int
	err           error
}

func (s *Screen) read(offset int) tea.Cmd {
	s.asked++
	asked, store, stored := s.asked, s.store, s.stored
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		lines, total, err := store.Incidents(ctx, model.IncidentQuery{Archived: stored, Offset: offset, Limit: page})
		return read{asked, offset, lines, total, err}
	}
}

// Update takes what was read and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = max(1, msg.Height-rowsAbove-paneRows(msg.Height))
	case read:
		if msg.asked == s.asked {
			s.lines, s.offset, s.total, s.err, s.ready = msg.lines, msg.offset, msg.total, msg.err, true
			s.list.Clamp(s.total, s.h)
			return s.readRecord()
		}
	case recordRead:
		if here, ok := s.here(); ok && msg.record != nil && here.ID == msg.record.Incident.ID {
			s.record = msg.record
		}
	case nav.Changed:
		return s.read(s.offset)
	case tea.KeyPressMsg:
		if s.list.Key(msg.String(), s.total, s.h) {
			return tea.Batch(s.follow(), s.readRecord())
		}
	case tea.MouseClickMsg:
		if row := s.list.Top + msg.Y - rowsAbove; msg.Y >= rowsAbove && row < s.total {
			if s.list.At == row {
				return s.openHere()
			}
			s.list.At = row
			return s.readRecord()
		}
	}
	return nil
}

// follow reads on when the cursor comes near the end of what is read.
func (s *Screen) follow() tea.Cmd {
	from, to := s.offset, s.offset+len(s.lines)
	if s.list.Top < from || s.list.Top+s.h > to && to < s.total {
		return s.read(max(0, s.list.At-page/2))
	}
	return nil
}

type recordRead struct{ record *model.Record }

// readRecord reads what the selected incident's actions did; an answer that comes late is dropped.
func (s *Screen) readRecord() tea.Cmd {
	line, ok := s.here()
	if !ok {
		return nil
	}
	store, id := s.store, line.ID
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		r, err := store.Record(ctx, id)
		if err != nil {
			return nil // the list tells of the fault
		}
		return recordRead{r}
	}
}

func (s *Screen) here() (model.IncidentLine, bool) {
	if i := s.list.At - s.offset; i >= 0 && i < len(s.lines) {
		return s.lines[i], true
	}
	return model.IncidentLine{}, false
}

// Actions of home.
func (s *Screen) Actions() []key.Action {
	none, archive, lists := "", "Put the retrospective into the archive", "Show the archive"
	if _, ok := s.here(); !ok {
		none = "there is no incident yet"
	}
	if s.stored {
		archive, lists = "Bring the retrospective back from the archive", "Leave the archive"
	}
	return []key.Action{
		{ID: "home.open", Title: "Open the retrospective", Short: "open", Keys: []string{"enter"}, Off: none, Do: s.openHere},
		{ID: "home.new", Title: "Begin a new retrospective", Short: "new", Keys: []string{"n"}, Do: s.begin},
		{ID: "home.archive", Title: archive, Keys: []string{"a"}, Off: none, Do: s.archive},
		{ID: "home.archived", Title: lists, Short: s.wayOut(), Keys: s.archiveKeys(), Do: s.switchLists},
		{ID: "home.remove", Title: "Remove the retrospective", Keys: []string{"x"}, Off: none, Do: s.remove},
		{ID: "home.search", Title: "Search everything", Short: "search", Keys: []string{"/"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Search}) }},
	}
}

func (s *Screen) openHere() tea.Cmd {
	line, ok := s.here()
	if !ok {
		return nil
	}
	return nav.Cmd(nav.Go{To: nav.Place(s.desk.Step), Incident: line.ID, AsLeft: true})
}

// begin asks for the one thing that a retrospective cannot start without.
func (s *Screen) begin() tea.Cmd {
	f, _ := model.FieldOf(model.TypeIncident, "title")
	e := &overlay.Edit{Verb: "begin", Name: "What happened?", Help: f.Help, Draft: "new incident"}
	e.Check = func(text string) (string, bool) {
		if strings.TrimSpace(text) == "" {
			return "One line is enough; it can be changed later.", false
		}
		return "", true
	}
	e.Save = func(text string) tea.Cmd {
		id := s.desk.NewID(model.TypeIncident)
		title := strings.TrimSpace(text)
		g := model.Gesture{Label: "begin a retrospective"}.
			Set(model.TypeIncident, id, "title", title).
			Set(model.TypeIncident, id, "key", s.key(title)).
			Set(model.TypeIncident, id, "stage", "draft")
		return nav.Cmd(nav.Do{Gesture: g, Then: nav.Go{To: nav.Frame, Incident: id}})
	}
	return e.Open()
}

// key is the readable key; a second incident of the same day and title gets a short suffix of its own.
func (s *Screen) key(title string) string {
	k := model.Key(s.desk.Now().In(s.desk.Zone), title)
	for _, l := range s.lines {
		if l.Key == k {
			sum := sha256.Sum256([]byte(s.desk.NewID(model.TypeIncident)))
			return fmt.Sprintf("%s-%x", k, sum[:2])
		}
	}
	return k
}
