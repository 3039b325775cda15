// Package imports is the screen on which evidence comes in: what to read, the questions that a file
// leaves open, a preview, a progress line that can be cancelled, and the report.
package imports

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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
	Look(incident model.ID, paths []string, source string, a Answers) (Look, error)
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

	Columns  []string // such as time=Zeitpunkt
	Encoding string   // of a file that is not UTF-8
	Pasted   string   // text that stands for a file

	Replace model.ID // the import that this reading takes the place of
}

// A Look is a file before it is imported.
type Look struct {
	Source   string
	Why      string // how it was recognised
	Samples  []Sample
	Events   int                 // in all, of which Samples are the first
	Known    int                 // of them, those that the incident has already
	Chosen   string              // which columns of a table, or which list, were taken
	Columns  []string            // what there is to choose from
	Files    []model.FileReading // when there are several
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
	Need        string // zone, date, year, column, encoding or above
	From        string // where the suggestions come from
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
func New(d *desk.Desk, r Reader, st Store, incident model.ID, pasted string) *Screen {
	return &Screen{desk: d, reader: r, store: st, incident: incident, zone: d.Zone, h: 20, answers: Answers{Pasted: pasted}}
}

// Title names the place.
func (s *Screen) Title() string { return "Import evidence" }

// Question says what is wanted now.
func (s *Screen) Question() string {
	switch {
	case s.err != nil:
		return "It could not be read. Is there another file?"
	case s.stage == previewing && s.look.Question != nil:
		return "One question first; nothing is kept before you have seen what comes of it."
	}
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

// Init asks for the path at once, unless text was pasted, now or in a sitting before.
func (s *Screen) Init() tea.Cmd {
	if s.answers.Pasted != "" {
		return s.paste(s.answers.Pasted)
	}
	return nav.Seq(nav.Cmd(overlay.FindDraft{Name: s.pasteDraft(), Then: func(text string) tea.Msg { return pastedBefore{text} }}))
}

type pastedBefore struct{ text string }

func (s *Screen) pasteDraft() string { return string(s.incident) + ".paste" }

// paste looks at text that was pasted. It is kept as a draft until it is imported or another file is named.
func (s *Screen) paste(text string) tea.Cmd {
	s.paths, s.source, s.err = nil, "", nil
	s.answers = Answers{Zone: s.answers.Zone, Date: s.answers.Date, Year: s.answers.Year, Pasted: text}
	return tea.Batch(nav.Cmd(overlay.KeepDraft{Name: s.pasteDraft(), Text: text}), s.lookAt())
}

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
	case pastedBefore:
		if msg.text == "" {
			return s.ask()
		}
		return tea.Batch(s.paste(msg.text), nav.Cmd(nav.Say{Text: "The text that you pasted is back; o names a file instead."}))
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
		if s.answers.Pasted != "" && s.err == nil {
			return tea.Batch(nav.Cmd(overlay.DropDraft{Name: s.pasteDraft()}), nav.Cmd(nav.Changed{}))
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
		return len(s.report.Files) + len(s.report.Refusals) + len(s.report.Warnings) + min(1, s.doubts)
	}
	return len(s.look.Samples)
}

// ask takes a path.
func (s *Screen) ask() tea.Cmd {
	e := &overlay.Edit{Verb: "look at it", Name: "Which file, folder or ZIP?", Help: "A path. It is recognised by looking at it; paths are parted by blanks; pasted lines are notes.", Draft: string(s.incident) + ".import"}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd {
		return s.take(paths(text))
	}
	e.Paste = func(text string) tea.Cmd {
		if list, ok := pathLines(text); ok {
			return s.take(list)
		}
		return s.paste(text)
	}
	return e.Open()
}

// take looks at files. What was told of times holds for them, too; what was told of columns does not.
func (s *Screen) take(list []string) tea.Cmd {
	dropped := s.answers.Pasted != ""
	s.paths, s.source, s.err = list, "", nil
	s.answers = Answers{Zone: s.answers.Zone, Date: s.answers.Date, Year: s.answers.Year}
	if dropped {
		return tea.Batch(nav.Cmd(overlay.DropDraft{Name: s.pasteDraft()}), s.lookAt())
	}
	return s.lookAt()
}

func (s *Screen) lookAt() tea.Cmd {
	s.stage = looking
	reader, id, ps, source, a := s.reader, s.incident, s.paths, s.source, s.answers
	return func() tea.Msg {
		look, err := reader.Look(id, ps, source, a)
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
		{ID: "import.columns", Title: "Choose what a column means", Short: "columns", Keys: []string{"C"}, Off: cmp.Or(busy, s.noColumns()), Do: s.pickRole},
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
	if len(s.paths) == 0 && s.answers.Pasted == "" {
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
