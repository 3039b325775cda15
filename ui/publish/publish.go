// Package publish is step 7: whether someone who was not here can learn from it. It shows what is missing,
// the document as the wiki will get it, and seals revisions.
package publish

import (
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/desk"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// A Form says how a document is written and for whom.
type Form struct{ Audience, Profile, Format string }

// The audience that sees everything, the one outside, and the format that profiles are of.
const (
	engineering = "engineering"
	public      = "public"
	markdown    = "markdown"
)

// A Paper is a document before it is given away.
type Paper struct {
	Document string
	Words    string // what people read of it
	Standing string // whether it is the newest revision, in a sentence
}

// A Writer makes documents and saves them. A file that was changed by hand is written over only when that
// was said.
type Writer interface {
	Audiences() []string
	Profiles() []string
	Formats() []string
	Render(r *model.Record, form Form) (Paper, error)
	Seal(r *model.Record, v model.Revision) (model.Revision, error) // with its text
	Leaks(r *model.Record, audience string) ([]model.Leak, error)   // what readers outside should perhaps not see
	Save(r *model.Record, path, document string, over bool) (where string, err error)
}

// Screen is the publication of one incident.
type Screen struct {
	desk     *desk.Desk
	writer   Writer
	record   *model.Record
	progress []model.Progress
	form     Form
	remarks  []model.Remark // on the wording
	document string
	standing string   // whether the text is that of the newest revision
	lines    []string // of what people read, clean
	leaks    []leak
	looked   bool // the leaks are those of what is shown
	wording  bool // words are being mapped, one after the other
	err      error
	asked    int
	scroll   widget.Scroll
	wrapped  wrapped
	reading  bool // the preview takes the whole width
}

// New is the step before its document is made.
func New(d *desk.Desk, w Writer) *Screen {
	return &Screen{desk: d, writer: w, form: Form{engineering, d.Profile, markdown}}
}

// Title names the step.
func (s *Screen) Title() string { return "Publish" }

// Loading reports whether keys wait: the document is being made, or what must not get out is looked for in it.
func (s *Screen) Loading() bool { return s.record != nil && s.err == nil && !s.looked }

// Question is the step's own.
func (s *Screen) Question() string { return "Can someone who was not here learn from it?" }

// Init needs nothing: the record comes from the root.
func (s *Screen) Init() tea.Cmd { return nil }

type rendered struct {
	asked int
	paper Paper
	err   error
}

// Update takes the record, makes the document of it, and scrolls.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case nav.Loaded:
		s.record = msg.Record
		s.remarks = msg.Record.Remarks()
		s.progress = model.Completeness(*msg.Record, s.desk.Required, s.desk.Scale)
		return s.render()
	case rendered:
		if msg.asked == s.asked {
			s.document, s.standing, s.err = msg.paper.Document, msg.paper.Standing, msg.err
			s.lines = strings.Split(cell.CleanText(msg.paper.Words), "\n")
			if msg.err == nil {
				return s.look(s.asked)
			}
		}
	case looked:
		if msg.asked == s.asked {
			s.leaks, s.looked = grouped(msg.leaks), true
			if msg.err != nil {
				s.err = msg.err
			}
			more := s.wording && len(s.leaks) > 0
			if s.wording = false; more {
				return s.pickWords()
			}
		}
	case tea.KeyPressMsg:
		s.scroll.Key(msg.String())
	}
	return nil
}

type looked struct {
	asked int
	leaks []model.Leak
	err   error
}

// look searches for leaks after the document is shown, so that nobody waits for it.
func (s *Screen) look(asked int) tea.Cmd {
	writer, r, audience := s.writer, s.record, s.form.Audience
	return func() tea.Msg {
		leaks, err := writer.Leaks(r, audience)
		return looked{asked, leaks, err}
	}
}

func (s *Screen) render() tea.Cmd {
	s.asked++
	s.looked = false
	asked, writer, r, form := s.asked, s.writer, s.record, s.form
	return func() tea.Msg {
		paper, err := writer.Render(r, form)
		return rendered{asked, paper, err}
	}
}

// Actions of the step.
func (s *Screen) Actions() []key.Action {
	waiting, making := "", ""
	if s.record == nil {
		waiting = "the record is still being read"
	}
	if s.document == "" {
		making = "the document is still being made"
	}
	writing := making
	if writing == "" && !s.looked {
		writing = "credentials, names and addresses are still being looked for"
	}
	words := "" // in the footer only for those readers
	if s.form.Audience == public {
		words = "words"
	}
	sealing := making
	if sealing == "" && !s.sealable() {
		sealing = "a revision is the Markdown for engineering; a and f choose it"
	}
	list := []key.Action{
		{ID: "publish.summary", Title: "Write the executive summary", Short: "summary", Keys: []string{"s"}, Off: waiting, Do: func() tea.Cmd { return s.field("summary") }},
		{ID: "publish.preview", Title: "Preview in the whole width, or with what is missing", Short: "preview", Keys: []string{"enter", "v"}, Off: making, Do: func() tea.Cmd { s.reading = !s.reading; return nil }},
		{ID: "publish.export", Title: "Export the document to a file", Short: "export", Keys: []string{"x"}, Off: writing, Do: s.export},
		{ID: "publish.audience", Title: "Choose who reads it", Short: "audience", Keys: []string{"a"}, Off: waiting, Do: s.pickAudience},
		{ID: "publish.seal", Title: "Seal this as a revision", Short: "seal", Keys: []string{"S"}, Off: sealing, Do: s.seal},
		{ID: "publish.redact", Title: "Words for readers outside: say what stands instead", Short: words, Keys: []string{"r"}, Off: making, Do: s.pickWords},
		{ID: "publish.profile", Title: "Choose the profile", Keys: []string{"o"}, Off: waiting, Do: s.pickProfile},
		{ID: "publish.format", Title: "Choose the format", Keys: []string{"f"}, Off: waiting, Do: s.pickFormat},
		{ID: "publish.review", Title: "Approve the newest revision, or ask for changes", Keys: []string{"A"}, Off: s.unsealed(), Do: s.review},
		{ID: "publish.aside", Title: "Set a remark on wording aside, with a reason", Keys: []string{"d"}, Off: s.unremarked(), Do: s.aside},
		{ID: "publish.well", Title: "Write what went well", Keys: []string{"w"}, Off: waiting, Do: func() tea.Cmd { return s.field("went_well") }},
		{ID: "publish.lucky", Title: "Write where we got lucky", Keys: []string{"l"}, Off: waiting, Do: func() tea.Cmd { return s.field("lucky") }},
		{ID: "publish.stage", Title: "Set the stage of the retrospective", Keys: []string{"t"}, Off: waiting, Do: func() tea.Cmd { return s.field("stage") }},
	}
	if s.reading {
		list = append(list, key.Action{ID: "publish.missing", Title: "Back to what a reader would miss", Short: "what is missing", Keys: []string{"esc"}, Do: func() tea.Cmd { s.reading = false; return nil }})
	}
	return list
}

// sealable tells whether what is shown is what a revision is: everything, as Markdown.
func (s *Screen) sealable() bool { return s.form.Audience == engineering && s.form.Format == markdown }

func (s *Screen) unremarked() string {
	switch {
	case s.record == nil:
		return "the record is still being read"
	case len(s.remarks) == 0:
		return "no wording is remarked on"
	}
	return ""
}

// aside asks which remark is meant, where there are several, and then for the reason.
func (s *Screen) aside() tea.Cmd {
	if len(s.remarks) == 1 {
		return overlay.Aside(s.record.Incident.ID, s.remarks[0])
	}
	p := &overlay.Pick{Name: "Which remark?", Help: "It stays away from then on; u brings it back."}
	for i, m := range s.remarks {
		p.Options = append(p.Options, overlay.Option{Value: strconv.Itoa(i), Label: cell.Cut(cell.Clean(m.Text), 60), Help: m.What})
	}
	remarks := s.remarks
	p.Done = func(v []string) tea.Cmd {
		i, _ := strconv.Atoi(v[0])
		return overlay.Aside(s.record.Incident.ID, remarks[i])
	}
	return p.Open()
}

func (s *Screen) field(name string) tea.Cmd {
	var f entry.Form
	i := s.record.Incident
	f.Bind(i, model.TypeIncident, i.ID, entry.Env(s.desk, s.record), name)
	return f.Open(name)
}

// seal freezes the document that is shown. The first revision needs no reason, a later one does.
func (s *Screen) seal() tea.Cmd {
	if len(s.record.Revisions) == 0 {
		return overlay.Open(&overlay.Ask{Name: "Seal revision 1", Yes: "seal it", Do: s.sealed(""),
			Text: "The document is frozen as it is shown, with its digest. Later knowledge becomes a new revision on top of it. A local file shows tampering; it cannot prevent it."})
	}
	e := &overlay.Edit{Name: "What is new in this revision?", Help: "The reason stands beside the revision.", Draft: string(s.record.Incident.ID) + ".seal"}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd { return s.sealed(strings.TrimSpace(text)) }
	return e.Open()
}

func (s *Screen) sealed(reason string) tea.Cmd {
	id := s.desk.NewID(model.TypeRevision)
	writer, r, v := s.writer, s.record, model.NextRevision(id, s.record, s.form.Profile, reason, s.desk.Author, s.desk.Now())
	return func() tea.Msg {
		v, err := writer.Seal(r, v)
		if err != nil {
			return nav.Fail{Err: err}
		}
		return nav.Do{Gesture: model.Seal(r, v), Say: "Sealed."}
	}
}
