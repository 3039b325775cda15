// Package history shows who changed what, when, from which source, from what to what.
package history

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// A Store gives the log, newest first.
type Store interface {
	History(context.Context, model.HistoryQuery, func(model.Change) error) error
	Event(context.Context, model.ID) (model.Event, error)
}

// most is how many entries are held; `aftermath log` prints all.
const most = 2000

// Screen is the log of the open incident, or of the whole file.
type Screen struct {
	desk    *desk.Desk
	store   Store
	query   model.HistoryQuery
	changes []model.Change
	ready   bool
	err     error
	list    widget.List
	h       int

	record *model.Record
	words  *words // what changed since a point, in words; nil while the log is shown
}

// New is the history of an incident; without one, of everything.
func New(d *desk.Desk, s Store, incident, entity model.ID) *Screen {
	return &Screen{desk: d, store: s, query: model.HistoryQuery{Incident: incident, Entity: entity, Limit: most}, h: 20}
}

// Loading reports whether keys wait for a first answer.
func (s *Screen) Loading() bool { return s.err == nil && !s.ready }

// Title names the place.
func (s *Screen) Title() string { return "History" }

// Question is what a look back asks.
func (s *Screen) Question() string { return "How did our understanding change, and who brought what?" }

type read struct {
	changes []model.Change
	err     error
}

// Init reads the log.
func (s *Screen) Init() tea.Cmd {
	store, q := s.store, s.query
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		var list []model.Change
		err := store.History(ctx, q, func(c model.Change) error {
			if f, ok := model.FieldOf(c.Type, c.Field); ok && f.Hidden && c.Kind == "set" {
				return nil // what the program keeps for itself: `aftermath log` has it
			}
			if len(list) == most {
				return errFull
			}
			list = append(list, c)
			return nil
		})
		if errors.Is(err, errFull) {
			err = nil
		}
		return read{list, err}
	}
}

var errFull = errors.New("enough")

// Update takes the log and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case nav.Changed:
		return s.Init()
	case read:
		s.changes, s.err, s.ready = msg.changes, msg.err, true
		s.list.Clamp(len(s.changes), s.h)
	case nav.Loaded:
		s.record = msg.Record
	case allRead:
		return s.pickPoint(msg)
	case wordsRead:
		s.words = &words{since: msg.since, shifts: msg.shifts}
	case tea.KeyPressMsg:
		if s.words != nil {
			s.words.list.Key(msg.String(), len(s.words.shifts), s.h-2)
			return nil
		}
		s.list.Key(msg.String(), len(s.changes), s.h-below)
	}
	return nil
}

func (s *Screen) here() (model.Change, bool) {
	if s.list.At < len(s.changes) {
		return s.changes[s.list.At], true
	}
	return model.Change{}, false
}

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	none := ""
	if _, ok := s.here(); !ok {
		none = "nothing was changed yet"
	}
	only := "Only this field's history"
	if s.query.Entity != "" {
		only = "The whole history again"
	}
	if s.words != nil {
		return s.wordsActions()
	}
	apart := ""
	if s.query.Incident == "" || s.record == nil {
		apart = "open an incident first"
	}
	return []key.Action{
		{ID: "history.words", Title: "What is understood otherwise since a point, in words", Short: "in words", Keys: []string{"w"}, Off: apart, Do: s.readAll},
		{ID: "history.detail", Title: "Read the whole change", Short: "read", Keys: []string{"enter"}, Off: none, Do: s.detail},
		{ID: "history.field", Title: only, Short: "this field", Keys: []string{"f"}, Off: none, Do: s.narrow},
	}
}

func (s *Screen) narrow() tea.Cmd {
	c, _ := s.here()
	if s.query.Entity != "" {
		s.query.Entity, s.query.Field = "", ""
	} else {
		s.query.Entity, s.query.Field = c.Entity, c.Field
	}
	s.list = widget.List{}
	return s.Init()
}

func (s *Screen) zone() *time.Location { return s.desk.ZoneFor(s.record) }

func (s *Screen) detail() tea.Cmd {
	c, _ := s.here()
	text := fmt.Sprintf("%s, %s, from %s\n%s %s %s\n\n", desk.Stamp(c.At, s.zone()), c.Author, c.Source, c.Type, c.Entity, c.Field)
	if c.Label != "" {
		text += "Gesture: " + c.Label + "\n\n"
	}
	if c.Old != nil {
		text += "Before:\n" + desk.Plain(c.Old) + "\n\n"
	}
	text += "After:\n" + desk.Plain(c.New)
	return overlay.Open(&overlay.Tell{Name: "Change", Text: text})
}

// below are the lines under the list that show the selected change.
const below = 3

// View draws the log with the selected change in two lines under it.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.words != nil:
		return widget.Text(s.words.view(th, w, h))
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The history could not be read", s.err.Error()))
	case !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Reading the history"))
	case len(s.changes) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Nothing was changed yet", "Every change will be listed here: who, when, from which source, old and new."))
	}
	from, to := s.list.Window(len(s.changes), h-below)
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, s.row(th, i, w))
	}
	lines = cell.Block(lines, w, h-below)
	c, _ := s.here()
	return widget.Text(append(lines, cell.Block([]string{
		th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)),
		" " + th.Soft.Paint(cell.Cut("before  "+cell.Clean(desk.Plain(c.Old)), w-2)),
		" " + th.Text.Paint(cell.Cut("after   "+cell.Clean(desk.Plain(c.New)), w-2)),
	}, w, below)...))
}

func (s *Screen) row(th *theme.Theme, i, w int) string {
	c := s.changes[i]
	when := c.At.In(s.zone()).Format("2006-01-02 15:04:05")
	what := string(c.Type) + " " + cell.Clean(c.Field)
	if c.Kind != "set" {
		what = c.Kind + " " + string(c.Type)
	}
	label := ""
	if i == 0 || s.changes[i-1].Group != c.Group || s.changes[i-1].Site != c.Site {
		label = cell.Clean(c.Label)
	}
	value := desk.Plain(c.New)
	if c.Redacted {
		value = "[redacted]"
	}
	text := cell.Fit(when, 20) + cell.Fit(cell.Clean(c.Author), 10) + " " + cell.Fit(what, 22) + " "
	room := w - cell.Width(text) - 2
	tail := cell.Cut(cell.Clean(value), room)
	if label != "" && w >= 100 {
		tail = cell.Fit(cell.Cut(cell.Clean(value), room-32), room-32) + " " + cell.Cut(label, 31)
	}
	if i == s.list.At {
		return th.Select.Paint(cell.Fit(th.Glyph.Cursor+text+tail, w))
	}
	return cell.Fit(" "+th.Soft.Paint(cell.Fit(when, 20))+th.Text.Paint(strings.TrimPrefix(text, cell.Fit(when, 20)))+th.Text.Paint(tail), w)
}
