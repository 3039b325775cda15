// Package present is the view for a shared screen: one thing at a time, legible from the back of the room,
// with credentials and addresses hidden. It reads, and changes nothing.
package present

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
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// A Store gives the lines of the narrative.
type Store interface {
	EachEvent(context.Context, model.EventQuery, func(*model.Event) error) error
}

// A slide is one thing: a small heading, a large text, and what belongs to it.
type slide struct {
	head  string
	layer string // colours the large text's mark
	text  string
	notes [][2]string // label and text
}

// Screen is the presentation of one incident.
type Screen struct {
	desk     *desk.Desk
	store    Store
	incident model.ID
	record   *model.Record
	told     []model.Event
	slides   []slide
	at       int
	err      error
}

// New is a presentation before anything is read.
func New(d *desk.Desk, s Store, incident model.ID) *Screen {
	return &Screen{desk: d, store: s, incident: incident}
}

// Title names the place.
func (s *Screen) Title() string { return "Presenting" }

// Full is true: no header, no footer, no keys in the way.
func (s *Screen) Full() bool { return true }

type read struct {
	events []model.Event
	err    error
}

// mostTold is how many lines of the timeline are shown; more than that is no story.
const mostTold = 200

// Init reads the lines that somebody marked or wrote.
func (s *Screen) Init() tea.Cmd {
	store, id := s.store, s.incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		var told []model.Event
		err := store.EachEvent(ctx, model.EventQuery{Incident: id}, func(e *model.Event) error {
			if len(told) < mostTold && (e.Role != "" || e.Moment != "" || e.Belief != "" || e.Decision != "" || e.Signals != "") {
				told = append(told, *e)
			}
			return nil
		})
		return read{told, err}
	}
}

// Update takes what was read and turns the pages.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.Loaded:
		s.record = msg.Record
		s.compose()
	case read:
		s.told, s.err = msg.events, msg.err
		s.compose()
	case nav.Changed:
		return s.Init()
	case tea.KeyPressMsg:
		switch msg.String() {
		case "right", "down", "space", "enter", "pgdown", "j", "l":
			s.at++
		case "left", "up", "backspace", "pgup", "k", "h":
			s.at--
		case "home":
			s.at = 0
		case "end":
			s.at = len(s.slides) - 1
		}
		s.at = max(0, min(s.at, len(s.slides)-1))
	}
	return nil
}

// Actions of the presentation.
func (s *Screen) Actions() []key.Action {
	return []key.Action{{ID: "present.leave", Title: "Leave the presentation", Keys: []string{"esc", "p", "q"}, Do: func() tea.Cmd { return nav.Cmd(nav.Back{}) }}}
}

// compose makes the slides: the incident, its course, the lines, the conditions, the changes.
func (s *Screen) compose() {
	if s.record == nil {
		return
	}
	i := s.record.Incident
	zone := s.desk.ZoneOf(i)
	s.slides = []slide{{head: strings.TrimSpace(s.desk.Word("severity", i.Severity) + "  " + day(i.Started, zone)), text: i.Title, notes: [][2]string{{"impact", i.Impact}}}}
	var times [][2]string
	for _, d := range i.Durations() {
		if d.Known {
			times = append(times, [2]string{model.FormatDuration(d.Value), d.Name + ": " + d.Definition})
		}
	}
	if len(times) > 0 {
		s.slides = append(s.slides, slide{head: "How long it took", text: "From the first effect to the end", notes: times})
	}
	for _, e := range s.told {
		head := e.At.In(zone).Format("15:04")
		if e.Moment != "" {
			head += "  " + strings.ToLower(s.desk.Word("moment", e.Moment))
		} else if e.Role != "" {
			head += "  " + strings.ToLower(s.desk.Word("event_role", e.Role))
		}
		s.slides = append(s.slides, slide{head: head, text: e.Title, notes: [][2]string{{"signals", e.Signals}, {"believed", e.Belief}, {"decided", e.Decision}, {"why", e.Why}}})
	}
	for _, f := range s.record.Factors {
		s.slides = append(s.slides, slide{head: s.desk.Word("layer", f.Layer) + "  " + strings.ToLower(s.desk.Word("factor_role", f.Role)), layer: f.Layer, text: f.Statement,
			notes: [][2]string{{"without it", s.desk.Word("without", f.Without)}, {"details", f.Detail}}})
	}
	if a := model.Align(s.record.Factors); a.Conditions > 0 {
		s.slides = append(s.slides, slide{head: "Together", text: a.Sentence})
	}
	ranking := model.Rank(s.record.Actions, s.desk.Scale, s.desk.CutLine)
	for _, r := range ranking.Ranked {
		if r.Above {
			s.slides = append(s.slides, slide{head: "We change  " + r.Rank, text: r.Action.Title, notes: [][2]string{{"owner", r.Action.Owner}, {"due", r.Action.Due}, {"why here", ranking.Why(r)}, {"done when", r.Action.Criteria}}})
		}
	}
	s.at = max(0, min(s.at, len(s.slides)-1))
}

func day(at time.Time, zone *time.Location) string {
	if at.IsZero() {
		return ""
	}
	return at.In(zone).Format("2 January 2006, 15:04 MST")
}

// View draws one slide: the text in the middle of a narrow column with air around it.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The presentation could not be read", s.err.Error()))
	case len(s.slides) == 0:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	}
	x := s.slides[s.at]
	column := min(w-8, 76)
	left := cell.Space((w - column) / 2)
	lines := []string{left + th.Accent.Paint(safe(x.head)), ""}
	for i, l := range cell.Wrap(safe(x.text), column-4) {
		lead := "    "
		if i == 0 && x.layer != "" {
			lead = th.Layer[x.layer].Paint(th.Glyph.Layer(x.layer)) + "   "
		}
		lines = append(lines, left+lead+th.Strong.Paint(l))
	}
	for _, n := range x.notes {
		if n[1] == "" {
			continue
		}
		lines = append(lines, "")
		for i, l := range cell.Wrap(safe(n[1]), column-16) {
			label := n[0]
			if i > 0 {
				label = ""
			}
			lines = append(lines, left+"    "+th.Soft.Paint(cell.Fit(label, 12))+th.Text.Paint(l))
		}
	}
	top := make([]string, max(1, (h-1-len(lines))/2))
	body := cell.Block(append(top, lines...), w, h-1)
	foot := th.Soft.Paint(cell.Fit(" "+th.Glyph.Left+" "+th.Glyph.Right+" turn   esc leave", w-12) + cell.Right(fmt.Sprintf("%d / %d ", s.at+1, len(s.slides)), 12))
	return widget.Text(append(body, foot))
}

// safe makes a text fit for a shared screen.
func safe(s string) string { return cell.CleanText(model.Mask(s)) }
