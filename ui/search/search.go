// Package search finds words in everything that was imported or written.
package search

import (
	"context"
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

// A Store searches.
type Store interface {
	Search(ctx context.Context, words string, incident model.ID, limit int, byRank bool) ([]model.Hit, error)
}

const most = 200

// Screen is one search.
type Screen struct {
	desk     *desk.Desk
	store    Store
	incident model.ID
	words    string
	hits     []model.Hit
	err      error
	asked    int
	list     widget.List
	h        int
}

// New is a search in the open incident; without one, in everything.
func New(d *desk.Desk, s Store, incident model.ID) *Screen {
	return &Screen{desk: d, store: s, incident: incident, h: 20}
}

// Title names the place.
func (s *Screen) Title() string { return "Search" }

// Question is what a search is for.
func (s *Screen) Question() string { return "Where was this seen before?" }

// Init asks for the words at once.
func (s *Screen) Init() tea.Cmd { return s.ask() }

type found struct {
	asked int
	hits  []model.Hit
	err   error
}

// Update takes hits and moves the cursor.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case found:
		if msg.asked == s.asked {
			s.hits, s.err = msg.hits, msg.err
			s.list.Clamp(len(s.hits), s.h)
		}
	case tea.KeyPressMsg:
		s.list.Key(msg.String(), len(s.hits), max(1, s.h-1))
	}
	return nil
}

func (s *Screen) ask() tea.Cmd {
	e := &overlay.Edit{Verb: "to the list", Name: "Search for", Help: "Words, in any order. The last one may be cut short.", Text: s.words}
	e.Live = s.find
	e.Save = func(string) tea.Cmd { return nil }
	return e.Open()
}

func (s *Screen) find(words string) tea.Cmd {
	s.words = strings.TrimSpace(words)
	s.asked++
	if s.words == "" {
		s.hits = nil
		return nil
	}
	asked, store, incident, text := s.asked, s.store, s.incident, s.words
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		hits, err := store.Search(ctx, text, incident, most, false)
		return found{asked, hits, err}
	}
}

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	none := ""
	if len(s.hits) == 0 {
		none = "nothing was found"
	}
	wide := "Search in every incident"
	if s.incident == "" {
		wide = "It searches every incident already"
	}
	return []key.Action{
		{ID: "search.open", Title: "Go to where it was found", Short: "go there", Keys: []string{"enter"}, Off: none, Do: s.open},
		{ID: "search.words", Title: "Search for other words", Short: "other words", Keys: []string{"/"}, Do: s.ask},
		{ID: "search.everywhere", Title: wide, Short: "everywhere", Keys: []string{"A"}, Do: func() tea.Cmd { s.incident = ""; return s.find(s.words) }},
	}
}

// open goes to the step where a hit is at home.
func (s *Screen) open() tea.Cmd {
	h := s.hits[s.list.At]
	place := nav.Frame
	switch h.Type {
	case model.TypeEvent, model.TypeImport:
		place = nav.Timeline
	case model.TypeFactor, model.TypeInteraction:
		place = nav.Factors
	case model.TypeAction:
		place = nav.Actions
	case model.TypeStep, model.TypeResult:
		place = nav.Verification
	case model.TypeRevision:
		place = nav.Publish
	}
	return nav.Cmd(nav.Go{To: place, Incident: h.Incident, Focus: h.ID})
}

// View draws the hits.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The search did not work", s.err.Error()))
	case s.words == "":
		return widget.Text(widget.Nothing(th, w, h, "Everything can be searched", "Evidence, conditions, actions, plans: type words."))
	case len(s.hits) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Nothing was found", "Fewer words, or a shorter last word, find more."))
	}
	from, to := s.list.Window(len(s.hits), h)
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, s.row(th, s.hits[i], i == s.list.At, w))
	}
	return widget.Text(cell.Block(lines, w, h))
}

func (s *Screen) row(th *theme.Theme, hit model.Hit, here bool, w int) string {
	when := ""
	if !hit.At.IsZero() {
		when = hit.At.In(s.desk.ZoneNamed(hit.Zone)).Format("2006-01-02 15:04 MST")
	}
	key := ""
	if w >= 100 {
		key = cell.Fit(cell.Clean(hit.Key), 28) + " "
	}
	head := cell.Fit(string(hit.Type), 11) + key
	snippet := cell.Clean(hit.Snippet)
	room := w - 1 - cell.Width(head)
	if when != "" {
		room -= cell.Width(when) + 2
		when = "  " + when
	}
	if here {
		return th.Select.Paint(cell.Fit(th.Glyph.Cursor+head+cell.Fit(strings.NewReplacer("«", "", "»", "").Replace(snippet), room)+when, w))
	}
	return cell.Fit(" "+th.Soft.Paint(head)+cell.Fit(marked(th, cell.Cut(snippet, room)), room)+th.Soft.Paint(when), w)
}

// marked paints what stands between the marks of a snippet.
func marked(th *theme.Theme, snippet string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(snippet, "«")
		b.WriteString(th.Text.Paint(before))
		if !ok {
			return b.String()
		}
		word, after, _ := strings.Cut(rest, "»")
		b.WriteString(th.Accent.Paint(word))
		snippet = after
	}
}
