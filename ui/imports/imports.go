// Package imports is the screen on which evidence comes in: what to read, the questions that a file
// leaves open, a preview, a progress line that can be cancelled, and the report.
package imports

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// A Reader recognises, previews and imports files.
type Reader interface {
	Sources() []Source
	Look(paths []string, source string, a Answers) (Look, error)
	Check(need, text string) error
	Import(ctx context.Context, incident model.ID, paths []string, source string, a Answers, progress func(read int)) (model.ImportReport, error)
}

// A Source is a kind of file that can be read.
type Source struct{ Name, Title, About string }

// Answers are what a person told about a file.
type Answers struct {
	Zone string
	Date time.Time
	Year int

	Above, Below string // thresholds for series of numbers

	Replace model.ID // the import that this reading takes the place of
}

// A Look is a file before it is imported.
type Look struct {
	Source   string
	Why      string // how it was recognised
	Samples  []Sample
	Events   int // in all, of which Samples are the first
	Warnings []string
	Refusals []model.Refusal
	Refused  int
	Question *Question // what has to be answered first
}

// A Sample is one event beside the text that it came from.
type Sample struct {
	Event    model.Event
	Original string
}

// A Question is what a file leaves open.
type Question struct {
	Need        string // zone, date, year or above
	Why         string
	Example     string
	Line        int
	Suggestions []string
}

type stage int

const (
	asking stage = iota // for a path
	looking
	previewing
	running
	done
)

// Screen is one import.
type Screen struct {
	desk     *desk.Desk
	reader   Reader
	store    Store
	incident model.ID
	zone     *time.Location

	stage   stage
	paths   []string
	source  string
	answers Answers
	look    Look
	list    widget.List
	report  model.ImportReport
	err     error
	read    *atomic.Int64
	cancel  context.CancelFunc
	doubts  int // about the times, once something came in
	endLook context.CancelFunc
	h       int
}

// New is an import into an incident.
func New(d *desk.Desk, r Reader, st Store, incident model.ID) *Screen {
	return &Screen{desk: d, reader: r, store: st, incident: incident, zone: d.Zone, h: 20}
}

// Title names the place.
func (s *Screen) Title() string { return "Import evidence" }

// Question says what is wanted now.
func (s *Screen) Question() string {
	switch s.stage {
	case previewing:
		return "Is this what happened? Enter imports it; nothing is kept before that."
	case running:
		return "Reading. esc cancels, and then nothing is kept."
	case done:
		return "What came in stays as it was; corrections stand beside it."
	}
	return "What evidence is there: notes, chat, alerts, deploys, logs?"
}

// Init asks for the path at once.
func (s *Screen) Init() tea.Cmd { return s.ask() }

type (
	looked struct {
		look Look
		err  error
	}
	imported struct {
		report model.ImportReport
		err    error
	}
	replace struct{ before model.ID }
	tick    struct{}
)

// Update takes what was read.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.h = msg.Height
	case nav.Loaded:
		s.zone = s.desk.ZoneOf(msg.Record.Incident)
		if s.stage == done && s.err == nil {
			return s.countDoubts(msg.Record)
		}
	case doubted:
		s.doubts = msg.count
	case looked:
		return s.takeLook(msg)
	case imported:
		s.cancel()
		s.report, s.err, s.stage = msg.report, msg.err, done
		if errors.Is(msg.err, context.Canceled) {
			s.stage, s.err = previewing, nil
			return nav.Cmd(nav.Say{Text: "Cancelled. Nothing of it was kept."})
		}
		if before := (*model.ReadBefore)(nil); errors.As(msg.err, &before) {
			s.stage, s.err = previewing, nil
			return s.askReplace(before)
		}
		return nav.Cmd(nav.Changed{})
	case replace:
		s.answers.Replace = msg.before
		return s.run()
	case tick:
		if s.stage == running {
			return nav.Cmd(nav.Later{After: pulse, Msg: tick{}})
		}
	case tea.KeyPressMsg:
		s.list.Key(msg.String(), s.rows(), max(1, s.h-head))
	}
	return nil
}

// pulse is how often the progress line moves.
const pulse = 100 * time.Millisecond

func (s *Screen) rows() int {
	if s.stage == done {
		return len(s.report.Refusals) + len(s.report.Warnings) + min(1, s.doubts)
	}
	return len(s.look.Samples)
}

// ask takes a path.
func (s *Screen) ask() tea.Cmd {
	e := &overlay.Edit{Verb: "look at it", Name: "Which file, folder or ZIP?", Help: "A path. It is recognised by looking at it; several paths are parted by blanks.", Text: strings.Join(s.paths, " "), Draft: string(s.incident) + ".import"}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd {
		s.paths, s.source, s.answers, s.err = paths(text), "", Answers{}, nil
		return s.lookAt()
	}
	return e.Open()
}

// paths parts a typed line at blanks; quotes keep a path with blanks together, and a backslash a blank.
func paths(text string) (list []string) {
	var b strings.Builder
	quote, escaped := rune(0), false
	flush := func() {
		if b.Len() > 0 {
			list = append(list, b.String())
			b.Reset()
		}
	}
	for _, r := range strings.TrimSpace(text) {
		switch {
		case escaped:
			b.WriteRune(r)
			escaped = false
		case r == '\\' && quote == 0:
			escaped = true
		case r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote = r
		case quote == 0 && r == ' ':
			flush()
		default:
			b.WriteRune(r)
		}
	}
	flush()
	return list
}

func (s *Screen) lookAt() tea.Cmd {
	s.stage = looking
	reader, ps, source, a := s.reader, s.paths, s.source, s.answers
	return func() tea.Msg {
		look, err := reader.Look(ps, source, a)
		return looked{look, err}
	}
}

func (s *Screen) takeLook(m looked) tea.Cmd {
	s.look, s.err, s.stage, s.list = m.look, m.err, previewing, widget.List{}
	if s.look.Source != "" {
		s.source = s.look.Source
	}
	if s.err == nil && s.look.Question != nil {
		return s.answer()
	}
	return nil
}

// answer asks what the file leaves open; the answer is kept with the import.
func (s *Screen) answer() tea.Cmd {
	q := s.look.Question
	e := &overlay.Edit{Name: map[string]string{"zone": "In which time zone are these times?", "date": "Of which day are these times?", "year": "Of which year are these dates?",
		"above": "Above which value does it matter? (< for below)"}[q.Need],
		Help: fmt.Sprintf("Line %d says “%s”. %s", q.Line, cell.Clean(q.Example), q.Why)}
	if len(q.Suggestions) > 0 {
		e.Text = q.Suggestions[0]
	} else if q.Need == "zone" {
		e.Text = s.zone.String()
	}
	e.Check = func(text string) (string, bool) {
		if err := s.reader.Check(q.Need, strings.TrimSpace(text)); err != nil {
			return err.Error(), false
		}
		return "", true
	}
	e.Save = func(text string) tea.Cmd {
		text = strings.TrimSpace(text)
		switch q.Need {
		case "zone":
			s.answers.Zone = text
		case "date":
			s.answers.Date, _ = time.Parse(time.DateOnly, text)
		case "year":
			s.answers.Year, _ = strconv.Atoi(text)
		case "above":
			if below, ok := strings.CutPrefix(text, "<"); ok {
				s.answers.Below = strings.TrimSpace(below)
			} else {
				s.answers.Above = strings.TrimSpace(strings.TrimPrefix(text, ">"))
			}
		}
		return s.lookAt()
	}
	return e.Open()
}

// Actions of the screen.
func (s *Screen) Actions() []key.Action {
	notYet := ""
	switch {
	case s.stage != previewing:
		notYet = "there is nothing to import yet"
	case s.err != nil:
		notYet = "the file cannot be read"
	case s.look.Question != nil:
		notYet = "a question is open: w answers it"
	}
	asked := "the file leaves no question open"
	if s.stage == previewing && s.look.Question != nil {
		asked = ""
	}
	busy := ""
	if s.stage == running {
		busy = "an import is running"
	}
	list := []key.Action{
		{ID: "import.go", Title: "Import what the preview shows", Short: "import", Keys: []string{"enter"}, Off: notYet, Do: s.run},
		{ID: "import.path", Title: "Choose another file", Short: "other file", Keys: []string{"o"}, Off: busy, Do: s.ask},
		{ID: "import.answer", Title: "Answer what the file leaves open", Short: "answer", Keys: []string{"w"}, Off: asked, Do: s.answer},
		{ID: "import.source", Title: "Read it as another kind of file", Short: "read as", Keys: []string{"s"}, Off: cmp.Or(busy, s.noPath()), Do: s.pickSource},
	}
	if s.stage == running {
		list = append(list, key.Action{ID: "import.cancel", Title: "Cancel; nothing is kept", Short: "cancel", Keys: []string{"esc"}, Do: s.stop})
	}
	if s.stage == done {
		list = append(s.onwards(), list[1:]...)
		list = append(list, key.Action{ID: "import.doubts", Title: "Look at what does not fit together in the times", Short: "doubts", Keys: []string{"d"}, Off: s.noDoubts(), Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Doubts}) }})
	}
	return list
}

// onwards is where an import leads: into the inbox when it brought something.
func (s *Screen) onwards() []key.Action {
	timeline := key.Action{ID: "import.timeline", Title: "Go to the timeline", Short: "timeline", Keys: []string{"t"}, Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Timeline}) }}
	if s.report.New == 0 {
		timeline.Keys = []string{"enter", "t"}
		return []key.Action{timeline}
	}
	return []key.Action{{ID: "import.inbox", Title: "Triage what is new", Short: "triages " + model.Counted(s.report.New, "new line"), Keys: []string{"enter"},
		Do: func() tea.Cmd { return nav.Cmd(nav.Go{To: nav.Inbox}) }}, timeline}
}

func (s *Screen) noPath() string {
	if len(s.paths) == 0 {
		return "name a file first"
	}
	return ""
}

// askReplace asks whether this reading shall take the place of one with other answers.
func (s *Screen) askReplace(before *model.ReadBefore) tea.Cmd {
	told := ""
	if before.Told != "" {
		told = " (zone " + before.Told + ")"
	}
	return overlay.Open(&overlay.Ask{Name: "These records are here already", Yes: "replace it",
		Text: fmt.Sprintf("%s was read with other answers%s. Replacing puts this reading in its place: what people said about its lines stays, and one undo brings the former reading back.",
			cell.Clean(before.Name), cell.Clean(told)),
		Do: func() tea.Msg { return replace{before.Import} }})
}

func (s *Screen) stop() tea.Cmd {
	s.cancel()
	return nil
}

func (s *Screen) pickSource() tea.Cmd {
	p := &overlay.Pick{Name: "Read it as", Chosen: []string{s.source}}
	for _, x := range s.reader.Sources() {
		p.Options = append(p.Options, overlay.Option{Value: x.Name, Label: x.Title, Help: x.About})
	}
	p.Done = func(v []string) tea.Cmd {
		s.source = v[0]
		return s.lookAt()
	}
	return p.Open()
}

// run imports in a command; the screen reads its progress from a counter ten times a second.
func (s *Screen) run() tea.Cmd {
	s.stage, s.read = running, &atomic.Int64{}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	reader, ps, source, a, id, count := s.reader, s.paths, s.source, s.answers, s.incident, s.read
	do := func() tea.Msg {
		report, err := reader.Import(ctx, id, ps, source, a, func(n int) { count.Store(int64(n)) })
		return imported{report, err}
	}
	return tea.Batch(do, nav.Cmd(nav.Later{After: pulse, Msg: tick{}}))
}
