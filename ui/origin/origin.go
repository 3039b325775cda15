// Package origin shows where a line of the timeline comes from: the import, the digest of what was read, the
// zone decision, and the record as its source wrote it.
package origin

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

// A Tracer follows an event to its record, and reads an import again.
type Tracer interface {
	Trace(ctx context.Context, event model.ID) (Trace, error)
	ReadAgain(ctx context.Context, imported model.ID) (model.ImportReport, error)
}

// A Trace is where an event comes from.
type Trace struct {
	Event   model.Event
	Import  model.Import
	Request string // that the record answered, when it was collected
	File    string // within the import
	Line    int
	Record  string // as the source wrote it
	Missing string // why there is no record to show
}

// Screen is the origin of one event.
type Screen struct {
	desk   *desk.Desk
	tracer Tracer
	event  model.ID
	zone   *time.Location

	trace   Trace
	err     error
	ready   bool
	reading bool // the import is being read again
	plain   bool // credentials and addresses are shown on purpose
	asked   int
	scroll  widget.Scroll
}

// New is the origin of an event.
func New(d *desk.Desk, t Tracer, event model.ID) *Screen {
	return &Screen{desk: d, tracer: t, event: event, zone: d.Zone}
}

// Loading reports whether keys wait for a first answer.
func (s *Screen) Loading() bool { return s.err == nil && !s.ready }

// Title names the place.
func (s *Screen) Title() string { return "Where this comes from" }

// Question says what can be seen here.
func (s *Screen) Question() string { return "Does the line say what its source said?" }

type (
	traced struct {
		asked int
		trace Trace
		err   error
	}
	reread struct {
		report model.ImportReport
		err    error
	}
)

// patience is how long a file may take to be read through for one record.
const patience = 2 * time.Minute

// Init follows the event.
func (s *Screen) Init() tea.Cmd {
	s.asked++
	asked, tracer, id := s.asked, s.tracer, s.event
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		trace, err := tracer.Trace(ctx, id)
		return traced{asked, trace, err}
	}
}

// Update takes what was found and scrolls.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.Loaded:
		s.zone = s.desk.ZoneOf(msg.Record.Incident)
	case nav.Changed:
		return s.Init()
	case traced:
		if msg.asked == s.asked {
			s.trace, s.err, s.ready = msg.trace, msg.err, true
		}
	case reread:
		return s.told(msg)
	case tea.KeyPressMsg:
		s.scroll.Key(msg.String())
	}
	return nil
}

// told says what a new reading brought.
func (s *Screen) told(r reread) tea.Cmd {
	s.reading = false
	if r.err != nil {
		return nav.Cmd(nav.Fail{Err: r.err})
	}
	say := fmt.Sprintf("Read again: %d lines, %d refused. u brings the former reading back.", r.report.New, r.report.Refused)
	if len(r.report.Warnings) > 0 {
		say = r.report.Warnings[len(r.report.Warnings)-1] + "."
	}
	return tea.Batch(nav.Cmd(nav.Changed{}), nav.Cmd(nav.Say{Text: say}))
}

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	off := ""
	switch {
	case !s.ready || s.err != nil:
		off = "it is not known yet where the line comes from"
	case s.trace.Import.ID == "":
		off = "nobody imported this line"
	case s.reading:
		off = "it is being read"
	}
	hidden := ""
	if s.plain || model.Mask(s.trace.Record) == s.trace.Record {
		hidden = "nothing in the record is hidden"
	}
	return []key.Action{
		{ID: "origin.timeline", Title: "Back to the line on the timeline", Short: "timeline", Keys: []string{"enter"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Timeline, Focus: s.event}) }},
		{ID: "origin.reread", Title: "Read the whole import again with this version's parser; corrections stay", Short: "read again", Keys: []string{"R"}, Off: off, Do: s.readAgain},
		{ID: "origin.reveal", Title: "Show the credentials and addresses that are hidden in the record", Short: "show hidden", Keys: []string{"x"}, Off: hidden, Do: func() tea.Cmd { s.plain = true; return nil }},
		{ID: "origin.history", Title: "History of the line: who changed it, when, from what to what", Short: "history", Keys: []string{"H"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.History, Focus: s.event}) }},
	}
}

func (s *Screen) readAgain() tea.Cmd {
	s.reading = true
	tracer, id := s.tracer, s.trace.Import.ID
	return func() tea.Msg {
		report, err := tracer.ReadAgain(context.Background(), id)
		return reread{report, err}
	}
}

// View draws the facts and, under them, the record.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "It could not be followed", cell.CleanText(s.err.Error())))
	case !s.ready:
		return widget.Text(widget.Nothing(th, w, h, "Looking for the record"))
	}
	lines := s.lines(th, w)
	from, to := s.scroll.Window(len(lines), h)
	return widget.Text(cell.Block(lines[from:to], w, h))
}

// label is the width of the column of names.
const label = 13

func (s *Screen) lines(th *theme.Theme, w int) (lines []string) {
	fact := func(name, text string) {
		if text == "" {
			return
		}
		for i, l := range cell.Wrap(cell.Clean(text), max(10, w-label-3)) {
			if i > 0 {
				name = ""
			}
			lines = append(lines, " "+th.Soft.Paint(cell.Fit(name, label))+" "+th.Text.Paint(l))
		}
	}
	e, i := s.trace.Event, s.trace.Import
	lines = append(lines, " "+th.Strong.Paint(cell.Cut(cell.Clean(e.Title), w-2)))
	if e.OriginalTitle != "" {
		fact("it said", e.OriginalTitle)
	}
	lines = append(lines, "")
	fact("time", e.At.In(s.zone).Format("2006-01-02 15:04:05.999999999 -07:00"))
	if !e.OriginalAt.IsZero() {
		fact("its source", e.OriginalAt.In(s.zone).Format("2006-01-02 15:04:05.999999999 -07:00")+", moved by "+model.FormatOffset(e.At.Sub(e.OriginalAt)))
		fact("because", e.Reason)
	}
	fact("written as", e.TimeText)
	fact("zone from", zoneWords(e.ZoneSource))
	fact("id there", e.ExternalID)
	if i.ID != "" {
		fact("import", fmt.Sprintf("%s, as %s, by %s on %s", i.Name, i.Source, i.By, i.At.In(s.zone).Format("2006-01-02 15:04")))
		fact("parser", i.Parser)
		fact("SHA-256", i.Digest)
		fact("read from", i.Path)
	}
	fact("asked", s.trace.Request)
	lines = append(lines, "")
	return append(lines, s.record(th, w)...)
}

func (s *Screen) record(th *theme.Theme, w int) []string {
	if s.trace.Missing != "" {
		var lines []string
		for _, l := range cell.Wrap("The record is not shown: "+cell.Clean(s.trace.Missing)+".", w-2) {
			lines = append(lines, " "+th.Warn.Paint(l))
		}
		return lines
	}
	where := fmt.Sprintf("%s, line %d", cell.Clean(s.trace.File), s.trace.Line)
	lines := []string{" " + th.Faint.Paint(strings.Repeat(th.Glyph.Line, 2)) + " " + th.Soft.Paint(cell.Cut("the record, "+where, w-6)) + " "}
	text := s.trace.Record
	if !s.plain {
		text = model.Mask(text)
	}
	for l := range strings.SplitSeq(cell.CleanText(text), "\n") {
		for _, part := range cell.Wrap(l, w-2) {
			lines = append(lines, " "+th.Text.Paint(part))
		}
	}
	return lines
}

// zoneWords says where the zone of a time comes from.
func zoneWords(source string) string {
	switch source {
	case "data":
		return "the record itself"
	case "typed":
		return "the person who typed it"
	}
	return strings.Replace(source, "told: ", "a person, for this import: ", 1)
}
