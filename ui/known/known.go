// Package known steps through the moments of an incident with everything later hidden: what was in view, what
// people believed, what they decided and why that made sense. What nobody here knows becomes a question to
// somebody who was there.
package known

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/nav"
	"aftermath/ui/widget"
)

// A Store gives stretches of the timeline.
type Store interface {
	Events(context.Context, model.EventQuery) (model.EventPage, error)
}

// A Writer makes the calibration sheet and keeps it in a file.
type Writer interface {
	Sheet(*model.Record) (string, error)
	Save(r *model.Record, path, document string, over bool) (where string, err error)
}

const (
	mostMoments = 2000 // held at once
	mostView    = 200  // lines that are read of what was in view
	readLimit   = 30 * time.Second
)

// widths are how far back the view may reach; the last is everything.
var widths = []time.Duration{5 * time.Minute, model.ViewWindow, 30 * time.Minute, time.Hour, 3 * time.Hour, 0}

// Screen is the moments of one incident.
type Screen struct {
	desk     *desk.Desk
	store    Store
	writer   Writer
	incident model.ID
	record   *model.Record

	moments []model.Event
	at      int
	focus   model.ID
	ready   bool
	err     error

	page  model.EventPage // the last lines up to the moment
	shown model.ID        // the moment that page belongs to
	width int             // of widths

	form            entry.Form
	asked, viewRead int // generations of what was last asked for
	w, h            int
}

// New steps through an incident, from focus on.
func New(d *desk.Desk, s Store, wr Writer, incident, focus model.ID) *Screen {
	return &Screen{desk: d, store: s, writer: wr, incident: incident, focus: focus, width: 1, w: 80, h: 20}
}

// Loading reports whether keys wait for a first answer.
func (s *Screen) Loading() bool { return s.err == nil && !s.ready }

// Title names the place.
func (s *Screen) Title() string { return "What was known then" }

// Question follows the field under the cursor.
func (s *Screen) Question() string {
	e, ok := s.here()
	if !ok {
		return "What was known at each moment, and to whom?"
	}
	at := s.clock(e.At, e.Precision)
	name := s.form.Here().Name
	if q, ok := s.question(model.ID(name)); ok {
		return cell.Clean(fmt.Sprintf("%s, to %s: %s", at, q.To, q.Text))
	}
	if q := model.AskedFor(name); q.Question != "" {
		return at + ": " + q.Question
	}
	return at + ": what was known then, and to whom?"
}

// Init reads the moments.
func (s *Screen) Init() tea.Cmd { return s.read() }

type (
	momentsRead struct {
		asked   int
		moments []model.Event
		from    time.Time // of the line that was to be selected
		err     error
	}
	viewRead struct {
		asked  int
		moment model.ID
		page   model.EventPage
		err    error
	}
)

// read gathers the narrative, or what tools and chats told where there is none yet.
func (s *Screen) read() tea.Cmd {
	s.asked++
	asked, store, id, focus := s.asked, s.store, s.incident, s.focus
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readLimit)
		defer cancel()
		page, err := store.Events(ctx, model.EventQuery{Incident: id, Narrative: true, Limit: mostMoments, AtEvent: focus})
		list := slices.DeleteFunc(page.Events, func(e model.Event) bool { return !e.IsMoment() })
		if err == nil && len(list) == 0 {
			page, err = store.Events(ctx, model.EventQuery{Incident: id, Kinds: model.Tells, Limit: mostMoments, AtEvent: focus})
			list = page.Events
		}
		var from time.Time
		if err == nil && focus != "" && !slices.ContainsFunc(list, func(e model.Event) bool { return e.ID == focus }) {
			page, err = store.Events(ctx, model.EventQuery{Incident: id, AtEvent: focus, Limit: 1})
			for _, e := range page.Events {
				if e.ID == focus {
					from = e.At
				}
			}
		}
		return momentsRead{asked, list, from, err}
	}
}

// see reads what was in view at the selected moment: the last lines up to it.
func (s *Screen) see() tea.Cmd {
	e, ok := s.here()
	if !ok {
		return nil
	}
	s.viewRead++
	asked, store, id := s.viewRead, s.store, s.incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readLimit)
		defer cancel()
		page, err := store.Events(ctx, model.EventQuery{Incident: id, To: e.At.Add(1), Last: true, Limit: mostView})
		return viewRead{asked, e.ID, page, err}
	}
}

// Update takes what was read and steps.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.w, s.h = msg.Width, msg.Height
	case nav.Loaded:
		s.record = msg.Record
		s.bind()
	case nav.Changed:
		return s.read()
	case momentsRead:
		if msg.asked == s.asked {
			return s.take(msg)
		}
	case viewRead:
		if msg.asked == s.viewRead {
			s.page, s.shown, s.err = msg.page, msg.moment, msg.err
		}
	case tea.KeyPressMsg:
		s.move(msg.String())
	}
	return nil
}

// take puts the moments in place. The one that was selected stays selected; a line that is no moment selects
// the first from it on.
func (s *Screen) take(m momentsRead) tea.Cmd {
	s.ready, s.err = true, m.err
	if m.err != nil {
		return nil
	}
	s.moments = m.moments
	if i := slices.IndexFunc(s.moments, func(e model.Event) bool {
		return e.ID == s.focus || !m.from.IsZero() && !e.At.Before(m.from)
	}); i >= 0 {
		s.at = i
	}
	s.settle()
	return s.see()
}

func (s *Screen) settle() {
	s.at = max(0, min(s.at, len(s.moments)-1))
	if e, ok := s.here(); ok {
		s.focus = e.ID
	}
	s.bind()
}

// step goes to another moment.
func (s *Screen) step(by int) func() tea.Cmd {
	return func() tea.Cmd {
		s.at += by
		s.settle()
		return s.see()
	}
}

func (s *Screen) move(k string) {
	s.form.Key(k, s.h)
}

func (s *Screen) here() (model.Event, bool) {
	if s.at >= 0 && s.at < len(s.moments) {
		return s.moments[s.at], true
	}
	return model.Event{}, false
}

// bind shows the four questions of the selected moment with their answers, each followed by what was put to
// people about it.
func (s *Screen) bind() {
	e, ok := s.here()
	if !ok {
		s.form.Set(nil)
		return
	}
	s.form.Words = s.record
	s.form.After = func(field string, g model.Gesture) model.Gesture {
		return s.record.Answered(g, e.ID, field, g.Edits[0].Value, s.desk.Now())
	}
	was := s.form.Here().Name
	s.form.Bind(e, model.TypeEvent, e.ID, entry.Env(s.desk, s.record))
	var rows []widget.Row
	for _, q := range model.FourQuestions {
		for _, r := range s.form.Make(q.Field) {
			r.Empty = q.Question
			rows = append(rows, r)
		}
		for _, x := range s.questionsOn(e.ID, q.Field) {
			rows = append(rows, widget.Row{Name: string(x.ID), Label: "  to " + cell.Clean(x.To), Value: cell.CleanText(x.Answer), Empty: "asked on " + cell.Clean(x.Asked) + ", no answer yet"})
		}
	}
	s.form.Set(rows)
	s.form.Find(was) // binding has emptied it in between
}

func (s *Screen) questionsOn(about model.ID, field string) (list []model.Question) {
	if s.record == nil {
		return nil
	}
	for _, q := range s.record.Questions {
		if q.About == about && q.Asks == field {
			list = append(list, q)
		}
	}
	return list
}

func (s *Screen) question(id model.ID) (model.Question, bool) {
	if s.record != nil && id.Type() == model.TypeQuestion {
		for _, q := range s.record.Questions {
			if q.ID == id {
				return q, true
			}
		}
	}
	return model.Question{}, false
}

// open is how many questions wait for an answer.
func (s *Screen) open() int {
	if s.record == nil {
		return 0
	}
	return len(s.record.OpenQuestions())
}

// inView are the lines of the window before the moment, oldest first, without the moment itself.
func (s *Screen) inView() (list []model.Event) {
	e, ok := s.here()
	if !ok || s.shown != e.ID {
		return nil
	}
	for _, v := range s.page.Events {
		if back := widths[s.width]; v.ID != e.ID && v.InView() && (back == 0 || !v.At.Before(e.At.Add(-back))) {
			list = append(list, v)
		}
	}
	return list
}

// hidden is how many lines come later than the moment.
func (s *Screen) hidden() int {
	if s.record == nil {
		return 0
	}
	return max(0, s.record.Events-s.page.Total)
}

func (s *Screen) zone() *time.Location { return s.desk.ZoneFor(s.record) }

// clock is a time as exactly as it is known, with the day when it is another one than that of the start.
func (s *Screen) clock(at time.Time, p model.Precision) string {
	layout := "15:04:05"
	if p == "minute" || p == "hour" || p == "about" {
		layout = "15:04"
	}
	at = at.In(s.zone())
	if s.record != nil && !s.record.Incident.Started.IsZero() {
		if start := s.record.Incident.Started.In(s.zone()); start.Format(time.DateOnly) != at.Format(time.DateOnly) {
			layout = "2006-01-02 " + layout
		}
	}
	return at.Format(layout)
}

// heading is the moment in one line: when, how far in, who.
func (s *Screen) heading(e model.Event) string {
	parts := []string{s.clock(e.At, e.Precision)}
	if s.record != nil && !s.record.Incident.Started.IsZero() {
		in := e.At.Sub(s.record.Incident.Started)
		if in < 0 {
			parts = append(parts, spell(-in)+" before the impact")
		} else {
			parts = append(parts, spell(in)+" in")
		}
	}
	if e.Actor != "" {
		parts = append(parts, cell.Clean(strings.TrimPrefix(e.Actor, "@")))
	}
	return strings.Join(parts, " · ")
}

// spell writes a length of time in words: minutes below an hour and a half.
func spell(d time.Duration) string {
	switch minutes := int(d.Round(time.Minute) / time.Minute); {
	case d < time.Minute:
		return model.FormatDuration(d)
	case minutes == 1:
		return "1 minute"
	case minutes < 90:
		return fmt.Sprintf("%d minutes", minutes)
	}
	return model.FormatDuration(d)
}
