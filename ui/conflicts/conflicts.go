// Package conflicts shows what people changed at once. Every value is kept; a person chooses which one is
// shown.
package conflicts

import (
	"context"
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

// A Store lists conflicts and settles them, and takes in another copy of the file.
type Store interface {
	Conflicts(ctx context.Context, incident model.ID) ([]model.Conflict, error)
	Settle(ctx context.Context, c model.Conflict, choice int) error
	Merge(ctx context.Context, path string) (model.MergeReport, error)
}

// Screen is the list of conflicts.
type Screen struct {
	desk     *desk.Desk
	store    Store
	incident model.ID
	items    []model.Conflict
	choice   int
	list     widget.List
	ready    bool
	err      error
	h        int
}

// New is the conflicts of an incident; without one, of the whole file.
func New(d *desk.Desk, s Store, incident model.ID) *Screen {
	return &Screen{desk: d, store: s, incident: incident, h: 20}
}

// Loading reports whether keys wait for a first answer.
func (s *Screen) Loading() bool { return s.err == nil && !s.ready }

// Title names the place.
func (s *Screen) Title() string { return "Changed at once" }

// Question says what is wanted.
func (s *Screen) Question() string { return "Which of these should be shown? None of them is lost." }

type read struct {
	items []model.Conflict
	err   error
}

// Init reads the conflicts.
func (s *Screen) Init() tea.Cmd {
	store, incident := s.store, s.incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		items, err := store.Conflicts(ctx, incident)
		return read{items, err}
	}
}

// Update takes the conflicts and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case nav.Changed:
		return s.Init()
	case read:
		s.items, s.err, s.ready = msg.items, msg.err, true
		s.list.Clamp(len(s.items), s.h)
		s.choice = 0
	case tea.KeyPressMsg:
		switch k := msg.String(); k {
		case "left", "right":
			if c, ok := s.here(); ok {
				d := map[string]int{"left": len(c.Values) - 1, "right": 1}[k]
				s.choice = (s.choice + d) % len(c.Values)
			}
		default:
			if s.list.Key(k, len(s.items), s.h) {
				s.choice = 0
			}
		}
	}
	return nil
}

func (s *Screen) here() (model.Conflict, bool) {
	if s.list.At < len(s.items) {
		return s.items[s.list.At], true
	}
	return model.Conflict{}, false
}

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	none := ""
	if _, ok := s.here(); !ok {
		none = "nobody changed the same thing at once"
	}
	return []key.Action{
		{ID: "conflicts.take", Title: "Show the chosen value", Short: "take this one", Keys: []string{"enter"}, Off: none, Do: s.take},
		{ID: "conflicts.other", Title: "Choose another value", Short: "other value", Keys: []string{"right"}, Off: none, Do: func() tea.Cmd { return s.Update(tea.KeyPressMsg{Code: tea.KeyRight}) }},
		{ID: "conflicts.merge", Title: "Take in a colleague's copy of the file", Short: "merge a copy", Keys: []string{"m"}, Do: s.merge},
	}
}

func (s *Screen) take() tea.Cmd {
	c, _ := s.here()
	store, choice := s.store, s.choice
	return func() tea.Msg {
		if err := store.Settle(context.Background(), c, choice); err != nil {
			return nav.Fail{Err: err}
		}
		return nav.Changed{Focus: c.Entity}
	}
}

// merge asks for the file; what it brings, and what conflicts, is told at once.
func (s *Screen) merge() tea.Cmd {
	e := &overlay.Edit{Verb: "merge it", Name: "Which copy?", Help: "The path of the other file. It is only read.", Draft: "merge"}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd {
		store := s.store
		return func() tea.Msg {
			rep, err := store.Merge(context.Background(), strings.TrimSpace(text))
			if err != nil {
				return nav.Fail{Err: err}
			}
			say := fmt.Sprintf("New changes: %d. Known: %d. Changed at once: %d.", rep.New, rep.Known, len(rep.Conflicts))
			for _, f := range rep.Forks {
				say += " " + f.String() + "."
			}
			if err := rep.Fault(strings.TrimSpace(text)); err != nil {
				return tea.BatchMsg{nav.Cmd(nav.Changed{}), nav.Cmd(nav.Fail{Err: err})}
			}
			return tea.BatchMsg{nav.Cmd(nav.Changed{}), nav.Cmd(nav.Say{Text: say})}
		}
	}
	return e.Open()
}

// View draws each conflict with its values under it.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The conflicts could not be read", s.err.Error()))
	case !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Reading"))
	case len(s.items) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Nothing was changed at once", "m takes in a colleague's copy of this file. Both sides keep everything."))
	}
	var lines []string
	at := 0
	for i, c := range s.items {
		if i == s.list.At {
			at = len(lines)
		}
		lines = append(lines, s.item(th, c, i == s.list.At, w)...)
	}
	top := max(0, min(at-2, len(lines)-h))
	return widget.Text(cell.Block(lines[top:], w, h))
}

func (s *Screen) item(th *theme.Theme, c model.Conflict, here bool, w int) []string {
	name := string(c.Type) + " " + cell.Clean(c.Field)
	if f, ok := model.Named(c.Type, c.Field); ok {
		name = f.Label
	}
	lines := []string{" " + th.Strong.Paint(cell.Cut(name+" of “"+cell.Clean(c.What)+"”", w-2))}
	for i, v := range c.Values {
		head := fmt.Sprintf("%s, %s", cell.Clean(v.Author), v.At.In(s.desk.ZoneNamed(c.Zone)).Format("2006-01-02 15:04 MST"))
		if i == 0 {
			head += ", shown now"
		}
		text := cell.Fit(head, 42) + " " + cell.Clean(desk.Plain(v.Value))
		if here && i == s.choice {
			lines = append(lines, th.Select.Paint(cell.Fit(" "+th.Glyph.Cursor+" "+text, w)))
		} else {
			lines = append(lines, "   "+th.Text.Paint(cell.Cut(text, w-4)))
		}
	}
	return append(lines, "")
}
