// Package cli is the commands: whatever the screen can do to data, a command can do, in plain text and,
// with --json, for programs. One file holds one command.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"aftermath/config"
	"aftermath/model"
	"aftermath/safetext"
	"aftermath/storage"
)

// An Env is the world that a command runs in. Tests bring their own.
type Env struct {
	In       io.Reader
	Out, Err io.Writer
	Version  string
	Now      func() time.Time
	Random   io.Reader
	File     string // the data file when --file names none
	Config   string // the configuration when --config names none; it may be missing
	Named    string // the configuration that the environment names; it must be there
	Leases   string // where the right to a site id is kept
	Author   string // who works here when the configuration does not say
	Zone     *time.Location
	Terminal func() error                         // says why the interface cannot be opened here, if it cannot
	Screen   func(context.Context, Opening) error // opens the interface
}

// An Opening is what the interface is opened with.
type Opening struct {
	Store    *storage.Store
	Config   config.Config
	Author   string
	Zone     *time.Location
	Incident model.ID
	State    string // a folder for what the interface leaves behind, such as the report of a crash
	Step     string
	Warning  string

	ConfigPath string // where the configuration is, or would be
}

// A command shares one file and one configuration, opened when first asked for.
type app struct {
	Env
	file, configPath string
	json             bool
	cfg              *config.Config
	store            *storage.Store
}

// Statuses are the exit statuses and what they mean, for the manual and the documentation.
var Statuses = []struct {
	Code    int
	Meaning string
}{
	{0, "done"},
	{1, "the answer is no: a check found something with --strict, a verification failed or was refused, there was nothing to take back, a document for the public would tell too much, or it was changed by hand"},
	{2, "the command was used in a wrong way"},
	{3, "the input is bad, or the data file is damaged"},
	{4, "a remote or the network failed"},
	{5, "the data file is in use, read-only or from a newer version, or the disk is full"},
	{130, "it was stopped by a signal"},
}

// errNo is the answer "no": the command did its work, and the exit status says what it found.
var errNo = errors.New("no")

// Run carries out one command line and gives the exit status, one of Statuses.
func Run(ctx context.Context, env Env, args []string) int {
	out := &sink{to: env.Out}
	env.Out = out
	a := &app{Env: env, configPath: env.Named}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(env.In)
	root.SetOut(out)
	root.SetErr(env.Err)
	err := root.ExecuteContext(ctx)
	if a.store != nil {
		if closing := a.store.Close(); err == nil {
			err = closing
		}
	}
	if out.err != nil && (err == nil || errors.Is(err, errNo) || errors.Is(err, out.err)) {
		err = &model.Fault{Kind: model.FaultInput, What: "write the answer", Err: out.err, Remedy: "look at where the output goes; the data file is as it should be"}
	}
	switch {
	case err == nil || errors.Is(err, errNo):
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		fmt.Fprintln(env.Err, "aftermath: stopped before it was done; what was written before stays")
	default:
		fmt.Fprintln(env.Err, "aftermath:", oneLine(err.Error()))
	}
	return status(err)
}

// A sink remembers that its output could not be written: an answer that is cut short is no answer.
type sink struct {
	to  io.Writer
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.to.Write(p)
	s.err = err
	return n, err
}

// oneLine keeps an error on one line, whatever a file name in it holds.
func oneLine(s string) string { return strings.Join(strings.Fields(model.CleanText(s)), " ") }

func status(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errNo):
		return 1
	case errors.Is(err, context.Canceled):
		return 130
	}
	switch model.KindOf(err) {
	case 0:
		if errors.Is(err, os.ErrPermission) {
			return 5
		}
	case model.FaultInput, model.FaultDamaged:
		return 3
	case model.FaultRemote:
		return 4
	case model.FaultBusy, model.FaultSealed:
		return 5
	}
	return 2
}

func usage(what, remedy string) error {
	return &model.Fault{Kind: model.FaultUsage, What: what, Remedy: remedy}
}

// config reads the configuration once.
func (a *app) config() (config.Config, error) {
	if a.cfg != nil {
		return *a.cfg, nil
	}
	path := a.configPath
	if _, err := os.Stat(a.Env.Config); path == "" && err == nil {
		path = a.Env.Config
	}
	c, warnings, err := config.Default(), []string(nil), error(nil)
	if path != "" { // nothing has to be configured to begin
		c, warnings, err = config.Load(path)
	}
	if err != nil {
		return c, err
	}
	for _, w := range warnings {
		fmt.Fprintln(a.Err, "aftermath:", oneLine(w))
	}
	a.cfg = &c
	return c, nil
}

func (a *app) author(c config.Config) string {
	if c.Author != "" {
		return c.Author
	}
	return a.Env.Author
}

func (a *app) zone(c config.Config) *time.Location {
	if c.Zone != "" {
		if z, err := time.LoadLocation(c.Zone); err == nil {
			return z
		}
	}
	return a.Env.Zone
}

func (a *app) path() string {
	if a.file != "" {
		return a.file
	}
	return a.Env.File
}

// open opens the data file once. Reading makes nothing: where there is no file, it says so.
func (a *app) open(ctx context.Context) (*storage.Store, error) { return a.openFile(ctx, true) }

// openOrMake opens the data file once, and makes it where there is none.
func (a *app) openOrMake(ctx context.Context) (*storage.Store, error) { return a.openFile(ctx, false) }

func (a *app) openFile(ctx context.Context, existing bool) (*storage.Store, error) {
	if a.store != nil {
		return a.store, nil
	}
	c, err := a.config()
	if err != nil {
		return nil, err
	}
	s, err := storage.Open(ctx, a.path(), storage.Options{Author: a.author(c), Leases: a.Leases, Now: a.Now, Random: a.Random, Existing: existing})
	if err != nil {
		return nil, err
	}
	a.store = s
	return s, nil
}

// incident opens the file and finds an incident by key, id, or unique prefix of either.
func (a *app) incident(ctx context.Context, key string) (*storage.Store, model.ID, error) {
	return a.find(ctx, key, model.TypeIncident, "an incident", "give the key of an incident; `aftermath list` shows them")
}

// find opens the file and finds what a key or the prefix of an id names, which must be of a type.
func (a *app) find(ctx context.Context, name string, t model.Type, kind, remedy string) (*storage.Store, model.ID, error) {
	s, err := a.open(ctx)
	if err != nil {
		return nil, "", err
	}
	id, err := s.Find(ctx, name)
	if err != nil {
		return nil, "", err
	}
	if id.Type() != t {
		return nil, "", usage(fmt.Sprintf("%s names a %s, not %s", name, id.Type(), kind), remedy)
	}
	return s, id, nil
}

// record finds an incident and reads its record.
func (a *app) record(ctx context.Context, key string) (*storage.Store, *model.Record, error) {
	s, id, err := a.incident(ctx, key)
	if err != nil {
		return nil, nil, err
	}
	r, err := s.Record(ctx, id)
	return s, r, err
}

// typed is what typed text of an incident is read against.
func (a *app) typed(c config.Config, i model.Incident) model.Env {
	zone := a.zone(c)
	if i.Zone != "" {
		if z, err := time.LoadLocation(i.Zone); err == nil {
			zone = z
		}
	}
	env := model.Env{Zone: zone, Day: a.Now().In(zone), From: i.Started, Taxonomy: c.Taxonomy}
	if !i.Started.IsZero() {
		env.Day = i.Started.In(zone)
	}
	return env
}

// printJSON prints one document.
func (a *app) printJSON(v any) error {
	return safetext.NewEncoder(a.Out).Indented().Encode(v)
}

// printf prints lines for people. No text in it can act on the terminal or pretend to be another line.
func (a *app) printf(format string, args ...any) { fmt.Fprintf(a.Out, format, shown(args)...) }

// remark says something beside the result; with --json, too, it goes to stderr.
func (a *app) remark(format string, args ...any) { fmt.Fprintf(a.Err, format+"\n", shown(args)...) }

func shown(args []any) []any {
	for i, arg := range args {
		if s, ok := arg.(string); ok {
			args[i] = model.CleanLine(s)
		}
	}
	return args
}

// A run is what a command does.
type run func(ctx context.Context, args []string) error

func command(use, short string, args cobra.PositionalArgs, do run) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, RunE: func(c *cobra.Command, args []string) error { return do(c.Context(), args) }}
	c.Args = func(c *cobra.Command, given []string) error {
		if args(c, given) == nil {
			return nil
		}
		_, wanted, _ := strings.Cut(c.Use, " ")
		if wanted == "" {
			wanted = "nothing more"
		}
		return usage(fmt.Sprintf("%s takes %s", c.Name(), wanted), fmt.Sprintf("`%s --help` explains it", c.CommandPath()))
	}
	return c
}
