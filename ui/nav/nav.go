// Package nav holds the messages by which screens ask the root for what only it does: going elsewhere,
// writing, telling. A screen never knows another screen.
package nav

import (
	"reflect"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
)

// A Place is a screen by name.
type Place string

// The places. The first seven are the steps of a retro, in order.
const (
	Frame        Place = "frame"
	Timeline     Place = "timeline"
	Factors      Place = "factors"
	Actions      Place = "actions"
	Priorities   Place = "priorities"
	Verification Place = "verification"
	Publish      Place = "publish"

	Home      Place = "home"
	History   Place = "history"
	Conflicts Place = "conflicts"
	Import    Place = "import"
	Present   Place = "present"
	Search    Place = "search"
	Collect   Place = "collect"
	Origin    Place = "origin"
	Inbox     Place = "inbox"
	Doubts    Place = "doubts"
	Known     Place = "known"
	Picture   Place = "picture"
	Guide     Place = "guide"
)

// Steps are the seven steps in order.
var Steps = []Place{Frame, Timeline, Factors, Actions, Priorities, Verification, Publish}

// Go asks for a place. Steps replace each other; other places are put on top and left with Back.
type Go struct {
	To       Place
	Incident model.ID // empty: the one that is open
	Focus    model.ID // what to select there
	AsLeft   bool     // rather the step at which the incident was left since the program began

	Query model.EventQuery // what the timeline or its picture lets through there
	At    time.Time        // where in time to begin, unless there is a focus
	Paste string           // text that was pasted, to import
}

// Plain tells whether it asks for no more than the place: nothing to select, no filter and no time.
func (g Go) Plain() bool {
	return g.Focus == "" && g.Paste == "" && g.At.IsZero() && reflect.DeepEqual(g.Query, model.EventQuery{})
}

// Back leaves the topmost place.
type Back struct{}

// Do asks for a gesture to be written. Gestures are written one after the other, in the order asked.
type Do struct {
	Gesture model.Gesture
	Focus   model.ID // what to select once it is written
	Say     string   // what to tell then; empty says nothing
	Then    tea.Msg  // what follows once it is written
	Else    tea.Msg  // what follows when it could not be
	Draft   string   // a draft that is not needed any more once it is written
}

// Undo and Redo ask for a step back or forth.
type (
	Undo struct{}
	Redo struct{}
)

// Changed tells every screen that the file has changed, by us or by somebody else.
type Changed struct{ Focus model.ID }

// Loaded brings the record of the open incident to every screen of it.
type Loaded struct{ Record *model.Record }

// Say puts one calm line at the foot for a while.
type Say struct{ Text string }

// Fail shows an error with its remedy.
type Fail struct{ Err error }

// Later asks for a message after a while. Screens do not set timers themselves, so that tests have none.
type Later struct {
	After time.Duration
	Msg   tea.Msg
}

// Quit leaves the program.
type Quit struct{}

// Cmd makes a command of a message. Bubble Tea runs every command in a goroutine of its own, so two keys
// that are typed quickly could be answered in the wrong order; what is only a message is therefore
// delivered by the root at once. It is never inlined, so that Instant knows its commands.
//
//go:noinline
func Cmd(m tea.Msg) tea.Cmd { return func() tea.Msg { return m } }

var made = reflect.ValueOf(Cmd(nil)).Pointer()

// Instant tells whether a command was made by Cmd, and gives its message.
func Instant(c tea.Cmd) (tea.Msg, bool) {
	if c == nil || reflect.ValueOf(c).Pointer() != made {
		return nil, false
	}
	return c(), true
}

// A Sequence is carried out one after the other.
type Sequence []tea.Cmd

// Seq makes a command of commands that follow each other.
func Seq(cmds ...tea.Cmd) tea.Cmd { return Cmd(Sequence(cmds)) }
