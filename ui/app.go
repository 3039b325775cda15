// Package ui is the terminal interface. This root holds the stack of screens and what lies over them,
// and routes: it knows no incident, no field and no format.
package ui

import (
	"context"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/collect"
	"aftermath/ui/desk"
	"aftermath/ui/imports"
	"aftermath/ui/key"
	"aftermath/ui/known"
	"aftermath/ui/nav"
	"aftermath/ui/origin"
	"aftermath/ui/overlay"
	"aftermath/ui/publish"
	"aftermath/ui/theme"
)

// Options are what the program hands to its interface.
type Options struct {
	Store     Store
	Reader    imports.Reader    // of evidence, for the import screen
	Writer    publish.Writer    // of documents, for the publish step
	Collector collect.Collector // of evidence from live sources
	Sheets    known.Writer      // of calibration sheets, for what was known then
	Tracer    origin.Tracer     // of lines to the records that they were made of
	Desk      *desk.Desk
	Theme     string // a name of theme.Names
	Plain     bool   // no colours: the theme is the one without, whichever is named
	Unicode   bool
	Mouse     bool
	Keys      key.Overrides
	Start     nav.Go // where to begin; the zero value is home
	Still     bool   // no timers and no watch over the file, for tests
	Warning   string // told at the start, such as a file that is read-only

	// Edit prepares the person's own editor on a private copy of text; finish reads it back and removes it.
	Edit func(text string) (cmd *exec.Cmd, finish func() (string, error), err error)
}

// App is the root.
type App struct {
	Options
	theme      *theme.Theme
	background theme.Background
	w, h       int

	stack    []placed
	kept     map[nav.Place]Screen   // steps of this incident that were left, as long as nothing has changed
	left     map[model.ID]nav.Place // the step at which each incident was left
	overlays []overlay.Overlay
	pressed  []string          // the keys of a sequence so far
	ahead    []tea.KeyPressMsg // typed while the screen for them was read
	toast    string
	toasts   int // counts toasts, so that an old timer does not wipe a new one
	quietTo  time.Time
	lastKey  time.Time

	incident   model.ID
	record     *model.Record
	failed     bool // the record could not be read
	progressed []model.Progress
	asked      int // generation of the record that was last asked for

	queue   []tea.Cmd // what waits to be written, in order
	writing bool
}

// A placed screen is one on the stack with its place.
type placed struct {
	place nav.Place
	Screen
}

// New makes the root with its first screens.
func New(o Options) *App {
	if o.Plain {
		o.Theme = theme.Mono
	}
	return &App{Options: o, theme: theme.New(o.Theme, o.Unicode, theme.Unknown)}
}

// Init opens the first place and asks the terminal for its background.
func (a *App) Init() tea.Cmd {
	cmds := []tea.Cmd{a.open(nav.Go{To: nav.Home})}
	if !a.Still {
		cmds = append(cmds, a.watch(), tea.RequestBackgroundColor)
	}
	if a.Start.To != "" && a.Start.To != nav.Home {
		cmds = append(cmds, a.open(a.Start))
	}
	if a.Warning != "" {
		cmds = append(cmds, nav.Cmd(nav.Say{Text: a.Warning}))
	}
	return a.all(cmds...)
}

// Update routes one message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	cmd := a.all(a.update(msg))
	if len(a.ahead) == 0 {
		return a, cmd
	}
	return a, tea.Batch(cmd, a.catchUp())
}

// all delivers at once what is only a message, in order, and leaves the rest to run side by side.
func (a *App) all(cmds ...tea.Cmd) tea.Cmd {
	var later []tea.Cmd
	for _, c := range cmds {
		if m, ok := nav.Instant(c); ok {
			c = a.all(a.update(m))
		}
		if c != nil {
			later = append(later, c)
		}
	}
	switch len(later) {
	case 0:
		return nil
	case 1:
		return later[0]
	}
	return tea.Batch(later...)
}

// sequence carries commands out one after the other; from the first that takes time on, Bubble Tea does it,
// after what the ones before have begun: a draft is written before the program quits.
func (a *App) sequence(cmds nav.Sequence) tea.Cmd {
	var done []tea.Cmd
	for i, c := range cmds {
		if c == nil {
			continue
		}
		m, ok := nav.Instant(c)
		if !ok {
			return tea.Sequence(append(done, cmds[i:]...)...)
		}
		done = append(done, a.update(m))
	}
	return a.all(done...)
}

func (a *App) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		return a.broadcast(a.bodySize())
	case tea.BackgroundColorMsg:
		a.background = theme.Light
		if msg.IsDark() {
			a.background = theme.Dark
		}
		a.theme = theme.New(a.Theme, a.Unicode, a.background)
		return nil
	case tea.KeyPressMsg:
		return a.press(msg)
	case tea.PasteMsg:
		if a.small() {
			return nil
		}
		if n := len(a.overlays); n > 0 {
			return a.overlays[n-1].Update(msg)
		}
		return nil // a paste outside a field does nothing
	case tea.MouseMsg:
		return a.mouse(msg)
	}
	if cmd, known := a.navigate(msg); known {
		return cmd
	}
	if cmd, known := a.keepText(msg); known {
		return cmd
	}
	return a.broadcast(msg)
}

// navigate carries out what screens ask of the root.
func (a *App) navigate(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case nav.Go:
		return a.open(msg), true
	case nav.Back:
		return a.back(), true
	case nav.Sequence:
		return a.sequence(msg), true
	case nav.Quit:
		return tea.Quit, true
	case nav.Do:
		return a.write(msg), true
	case written:
		return a.afterWrite(msg), true
	case turned:
		return a.afterTurn(msg), true
	case nav.Undo:
		return a.takeBack("Undone", a.Store.Undo), true
	case nav.Redo:
		return a.takeBack("Redone", a.Store.Redo), true
	case nav.Changed:
		return a.all(a.load(), a.broadcast(msg)), true
	case fileChanged:
		return a.all(a.watch(), a.update(nav.Changed{})), true
	case loaded:
		return a.takeRecord(msg), true
	case overlay.Show:
		a.overlays = append(a.overlays, msg.Overlay)
		return a.broadcast(a.bodySize()), true
	case overlay.Close:
		if n := len(a.overlays); n > 0 {
			a.overlays = a.overlays[:n-1]
		}
		return a.broadcast(a.bodySize()), true
	case nav.Say:
		return a.say(msg.Text), true
	case toastOver:
		if msg.n == a.toasts {
			a.toast = ""
		}
		return nil, true
	case nav.Later:
		if a.Still {
			return nil, true
		}
		return tea.Tick(msg.After, func(time.Time) tea.Msg { return msg.Msg }), true
	case nav.Fail:
		a.quietTo = a.lastKey.Add(quiet)
		return overlay.Open(&overlay.Tell{Name: "That did not work", Text: msg.Err.Error()}), true
	}
	return nil, false
}

type toastOver struct{ n int }

func (a *App) say(text string) tea.Cmd {
	a.toast = text
	a.toasts++
	return nav.Cmd(nav.Later{After: 5 * time.Second, Msg: toastOver{a.toasts}})
}

// broadcast brings a message to every screen and overlay; each takes what it knows.
func (a *App) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range a.stack {
		cmds = append(cmds, s.Update(msg))
	}
	if _, changed := msg.(nav.Changed); changed {
		a.kept = nil
	}
	for _, p := range nav.Steps { // they may still wait for what they have asked
		if s := a.kept[p]; s != nil {
			cmds = append(cmds, s.Update(msg))
		}
	}
	for _, o := range a.overlays {
		cmds = append(cmds, o.Update(msg))
	}
	return a.all(cmds...)
}

func (a *App) top() placed { return a.stack[len(a.stack)-1] }

type loaded struct {
	asked  int
	record *model.Record
	err    error
}

// load reads the record of the open incident; a late answer cannot overwrite a newer one.
func (a *App) load() tea.Cmd {
	if a.incident == "" {
		return nil
	}
	a.asked++
	asked, id := a.asked, a.incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), readLimit)
		defer cancel()
		r, err := a.Store.Record(ctx, id)
		return loaded{asked, r, err}
	}
}

// readLimit is how long a read may take before it is given up.
const readLimit = 30 * time.Second

func (a *App) takeRecord(msg loaded) tea.Cmd {
	switch {
	case msg.asked != a.asked:
		return nil
	case msg.err != nil:
		a.failed = true
		return nav.Cmd(nav.Fail{Err: msg.err})
	}
	a.record, a.failed = msg.record, false
	a.progressed = model.Completeness(*msg.record, a.Desk.Required, a.Desk.Scale)
	return a.broadcast(nav.Loaded{Record: msg.record})
}
