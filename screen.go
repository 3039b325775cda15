package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/editor"
	"github.com/charmbracelet/x/term"

	"aftermath/cli"
	"aftermath/exporters"
	"aftermath/importers"
	"aftermath/leftover"
	"aftermath/model"
	"aftermath/outfile"
	"aftermath/ui"
	"aftermath/ui/desk"
	"aftermath/ui/imports"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/publish"
)

// frames a second: the most that Bubble Tea draws. At its default of 60 a key waits twice as long.
const frames = 120

// spare processors are added for the scheduler while the screen is up. With only as many as the machine has, a
// key waits in line behind an import's parser and writer; with two more, the system's own scheduler lets the
// thread that was just woken go first. On two cores nineteen of twenty keys during an import then take 11 ms or
// less instead of 27.
const spare = 2

// terminal says why the interface cannot be opened here, if it cannot.
func terminal() error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) {
		return &model.Fault{Kind: model.FaultUsage, What: "open the screen", Reason: "this is no terminal", Remedy: "use the commands; `aftermath --help` lists them"}
	}
	return nil
}

// screen opens the interface and waits until it is left.
func screen(ctx context.Context, o cli.Opening) error {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + spare)
	}
	app := ui.New(options(o))
	program := tea.NewProgram(app, tea.WithFPS(frames), tea.WithColorProfile(profile()), tea.WithoutSignalHandler())
	// A signal leaves as ctrl-c does, so that a field that is open keeps its draft. The library's own handler
	// would wait for ever when the loop ended first.
	unwatch := context.AfterFunc(ctx, func() { program.Send(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}) })
	defer unwatch()
	report, err := crashReport(o.State)
	if err != nil {
		return err
	}
	_, err = program.Run()
	where := report.close()
	switch {
	case errors.Is(err, tea.ErrProgramPanic):
		return &model.Fault{Kind: model.FaultInput, What: "the screen stopped by a fault of its own", Reason: "what was saved is safe", Remedy: "please report the file " + where, Err: err}
	case ctx.Err() != nil:
		return nil
	}
	return err
}

// A crash is the file that takes what the screen's library writes when it catches a panic: while the
// alternate screen is up, standard error would be lost.
type crash struct {
	file    *os.File
	release func() error
	stderr  *os.File
}

func crashReport(dir string) (*crash, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	leftover.Sweep(filepath.Join(dir, "crash-*.txt"), time.Now(), func(f os.FileInfo) bool { return f.Size() == 0 })
	f, err := os.CreateTemp(dir, "crash-*.txt") // created 0600
	if err != nil {
		return nil, err
	}
	release, err := leftover.Hold(f.Name())
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	c := &crash{file: f, release: release, stderr: os.Stderr}
	os.Stderr = f
	return c, nil
}

// close gives standard error back and says where the report is; an empty one is removed.
func (c *crash) close() string {
	os.Stderr = c.stderr
	size, err := c.file.Seek(0, io.SeekEnd)
	c.file.Close()
	c.release()
	if err == nil && size == 0 {
		os.Remove(c.file.Name())
		return ""
	}
	return c.file.Name()
}

// plain reports whether no colours are wanted: NO_COLOR has any value.
func plain() bool { return os.Getenv("NO_COLOR") != "" }

// profile honours NO_COLOR whatever its value is; the library does so only for 1 and true. Bold, underlined and
// reversed text stays.
func profile() colorprofile.Profile {
	if plain() {
		return colorprofile.ASCII
	}
	return colorprofile.Detect(os.Stdout, os.Environ())
}

func options(o cli.Opening) ui.Options {
	s, c := o.Store, o.Config
	opt := ui.Options{
		Store: s,
		Desk: &desk.Desk{
			Author: o.Author, Taxonomy: c.Taxonomy, Zone: o.Zone, Required: c.Required, Scale: c.Scale.Model(), CutLine: c.Limits.CutLine,
			Profile: c.Export.Profile, Step: c.FirstStep, Prompts: c.Prompts.On(model.DefaultPrompts()), Now: time.Now, NewID: s.NewID, Between: s.Between,
		},
		Theme: c.Theme.Name, Plain: plain(), Unicode: unicode(c.Theme.Glyphs), Mouse: c.Mouse, Keys: key.Overrides(c.Keys),
		Warning: strings.TrimSpace(o.Warning + " " + key.Overrides(c.Keys).Unknown()),
		Edit:    func(text string) (*exec.Cmd, func() (string, error), error) { return edit(c.Editor, text) },
		Reader:  reader{o},
		Writer:  writer{o},
		Sheets:  writer{o},

		Collector: newCollector(o), Tracer: tracer{o},
	}
	if o.Incident != "" {
		opt.Start = nav.Go{To: nav.Place(o.Step), Incident: o.Incident}
	}
	return opt
}

// unicode tells whether the terminal draws more than ASCII; auto asks the locale.
func unicode(glyphs string) bool {
	if glyphs != "auto" {
		return glyphs == "unicode"
	}
	if os.Getenv("TERM") == "linux" || os.Getenv("TERM") == "dumb" {
		return false
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := os.Getenv(name); v != "" {
			return strings.Contains(strings.ToLower(strings.ReplaceAll(v, "-", "")), "utf8")
		}
	}
	return true
}

// edit prepares the person's own editor on a private file.
func edit(app, text string) (*exec.Cmd, func() (string, error), error) {
	f, err := os.CreateTemp("", "aftermath-*.md") // created 0600
	if err != nil {
		return nil, nil, err
	}
	_, err = f.WriteString(text)
	if closing := f.Close(); err == nil {
		err = closing
	}
	var cmd *exec.Cmd
	if err == nil {
		cmd, err = editorCommand(app, f.Name())
	}
	if err != nil {
		os.Remove(f.Name())
		return nil, nil, &model.Fault{Kind: model.FaultInput, What: "open the editor", Err: err, Remedy: "set $EDITOR, or the key editor in the configuration"}
	}
	return cmd, func() (string, error) {
		defer os.Remove(f.Name())
		text, err := os.ReadFile(f.Name())
		return strings.TrimRight(string(text), "\n"), err
	}, nil
}

func editorCommand(app, path string) (*exec.Cmd, error) {
	if app == "" {
		app = os.Getenv("VISUAL")
	}
	if words := strings.Fields(app); len(words) > 0 {
		return exec.Command(words[0], append(words[1:], path)...), nil
	}
	return editor.Command("aftermath", path)
}

// reader gives the import screen the importers and the store.
type reader struct{ o cli.Opening }

// Look opens what a person named, recognises it and reads it as an import would, up to a first few thousand events.
func (r reader) Look(incident model.ID, paths []string, source string, a imports.Answers) (imports.Look, error) {
	d, err := r.delivery(incident, paths, source, a)
	if err != nil {
		return imports.Look{}, err
	}
	defer d.Input.Close()
	g, err := d.Look(context.Background(), 50, false)
	look := imports.Look{Source: source, Columns: g.Columns, Chosen: g.Report.Chosen, Files: g.Report.Files, Known: g.Report.Known}
	if len(g.Parts) == 1 {
		look.Source, look.Why = g.Parts[0].Source.Name, g.Parts[0].Why
	} else if len(g.Parts) > 1 {
		look.Why = model.Counted(len(g.Parts), "sort") + " of files"
	}
	for _, s := range g.Samples {
		look.Samples = append(look.Samples, imports.Sample{Event: s.Event, Original: s.Original})
	}
	look.Warnings, look.Refusals, look.Refused = g.Report.Warnings, g.Report.Refusals, g.Report.Refused
	look.Events = g.Report.New + g.Report.Known
	look.Question, err = question(err)
	return look, err
}

// delivery is what a person named or pasted, for an incident. Its input must be closed.
func (r reader) delivery(incident model.ID, paths []string, source string, a imports.Answers) (*cli.Delivery, error) {
	record, err := r.o.Store.Record(context.Background(), incident)
	if err != nil {
		return nil, err
	}
	in, err := open(paths, a.Pasted)
	if err != nil {
		return nil, err
	}
	opt := answers(a)
	opt.Offer = cli.OfferOf(record.Incident)
	return &cli.Delivery{Store: r.o.Store, Incident: incident, Input: in, Source: source, Options: opt, Replace: a.Replace != ""}, nil
}

func open(paths []string, pasted string) (*importers.Input, error) {
	if pasted != "" {
		return importers.Pasted(pasted)
	}
	full := slices.Clone(paths)
	for i, path := range full {
		if strings.HasPrefix(path, "~/") {
			if p, err := whole(path); err == nil {
				full[i] = p
			}
		}
	}
	return importers.Open(full, os.Stdin)
}

func question(err error) (*imports.Question, error) {
	var q *importers.Question
	if errors.As(err, &q) {
		return &imports.Question{Need: string(q.Need), Why: q.Why, Example: q.Example, Line: q.Line, Suggestions: q.Suggestions, From: q.From}, nil
	}
	return nil, err
}

func answers(a imports.Answers) importers.Options {
	opt := importers.Options{Date: a.Date, Year: a.Year, Above: a.Above, Below: a.Below, Encoding: a.Encoding}
	if a.Zone != "" {
		if z, err := importers.ParseZone(a.Zone); err == nil {
			opt.Zone = z
		}
	}
	for _, text := range a.Columns {
		if c, err := importers.ParseColumn(text); err == nil {
			opt.Columns = append(opt.Columns, c)
		}
	}
	return opt
}

// Check tells whether an answer can be used.
func (r reader) Check(need, text string) error {
	switch need {
	case "zone":
		_, err := importers.ParseZone(text)
		return err
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return errors.New("write the day as 2026-11-02")
		}
		return nil
	case "encoding":
		_, err := importers.ParseEncoding(text)
		return err
	case "above":
		if !importers.IsNumber(strings.TrimLeft(text, "<> ")) {
			return errors.New("write a number such as 100, or < 100")
		}
		return nil
	}
	if _, err := time.Parse("2006", text); err != nil {
		return errors.New("write the year as 2026")
	}
	return nil
}

// Sources lists what can be read.
func (r reader) Sources() (list []imports.Source) {
	for _, s := range importers.All() {
		list = append(list, imports.Source{Name: s.Name, Title: s.Title, About: s.About})
	}
	return list
}

// Import reads everything into the file.
func (r reader) Import(ctx context.Context, incident model.ID, paths []string, source string, a imports.Answers, progress func(int)) (model.ImportReport, error) {
	d, err := r.delivery(incident, paths, source, a)
	if err != nil {
		return model.ImportReport{}, err
	}
	defer d.Input.Close()
	return d.Take(ctx, progress)
}

// writer gives the publish screen the exporters.
type writer struct{ o cli.Opening }

// Render makes the document of a record.
func (w writer) Render(r *model.Record, f publish.Form) (publish.Paper, error) {
	p, err := exporters.Draw(cli.Retro(w.o.Store, r, w.o.Config), formOf(f))
	return publish.Paper(p), err
}

// Seal writes the text of a revision.
func (w writer) Seal(r *model.Record, v model.Revision) (model.Revision, error) {
	return exporters.Seal(cli.Retro(w.o.Store, r, w.o.Config), v)
}

// Leaks lists what readers outside should perhaps not see.
func (w writer) Leaks(r *model.Record, audience string) ([]model.Leak, error) {
	return exporters.Leaks(cli.Retro(w.o.Store, r, w.o.Config), audience)
}

func formOf(f publish.Form) exporters.Form {
	return exporters.Form{Format: f.Format, Profile: f.Profile, Audience: f.Audience}
}

// Sheet makes the calibration sheet of a record.
func (w writer) Sheet(r *model.Record) (string, error) {
	var doc bytes.Buffer
	err := exporters.Calibration(&doc, cli.Retro(w.o.Store, r, w.o.Config))
	return doc.String(), err
}

// Profiles are the forms of Markdown.
func (w writer) Profiles() []string { return exporters.Profiles }

// Audiences are the readers that a document can be written for.
func (w writer) Audiences() []string { return exporters.Audiences }

// Formats are what a document for an audience can be.
func (w writer) Formats() []string { return exporters.Papers }

// Save writes a document to a file as a whole, and says where that is. Over writes over a file that is not ours
// or was changed by hand.
func (w writer) Save(r *model.Record, path, document string, over bool) (string, error) {
	full, err := whole(path)
	if err != nil {
		return "", err
	}
	to := outfile.Target{Path: full, Data: w.o.Store.Path(), Over: over,
		Ours: func(content []byte) error {
			return exporters.Replaceable(content, cli.Retro(w.o.Store, r, w.o.Config), exporters.Form{Profile: w.o.Config.Export.Profile}, full)
		}}
	return full, to.Write(func(out io.Writer) error { _, err := io.WriteString(out, document); return err })
}

// whole is the path that a person meant.
func whole(path string) (string, error) {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			path = filepath.Join(home, rest)
		}
	}
	return filepath.Abs(path)
}
