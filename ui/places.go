package ui

import (
	"context"
	"fmt"

	"aftermath/model"
	"aftermath/ui/frame"
	"aftermath/ui/home"
	"aftermath/ui/nav"
	"aftermath/ui/timeline"
)

// A Store is everything that the interface asks of the file: what the root needs, and what each screen
// says that it needs.
type Store interface {
	Apply(context.Context, model.Gesture) error
	Undo(context.Context) (model.Undone, error)
	Redo(context.Context) (model.Undone, error)
	Record(context.Context, model.ID) (*model.Record, error)
	DataVersion(context.Context) (int64, error)
	SaveDraft(name, text string) error
	Draft(name string) (string, bool)
	DropDraft(name string) error

	home.Store
	timeline.Store
}

// screen makes the screen of a place. A new screen is one more case here.
func (a *App) screen(to nav.Go) Screen {
	switch to.To {
	case nav.Frame:
		return frame.New(a.Desk)
	case nav.Timeline:
		return timeline.New(a.Desk, a.Store, a.incident, to.Focus)
	default:
		return home.New(a.Desk, a.Store)
	}
}

// progress is what the step line says of a step: a count, and whether nothing is missing.
func (a *App) progress(step nav.Place) (count string, done bool) {
	if a.record == nil {
		return "", false
	}
	switch step {
	case nav.Timeline:
		count = fmt.Sprintf(" %d", a.record.Events)
	case nav.Factors:
		count = fmt.Sprintf(" %d", len(a.record.Factors))
	case nav.Actions:
		count = fmt.Sprintf(" %d", len(a.record.Actions))
	}
	for _, p := range a.progressed {
		if p.Step == string(step) {
			return count, p.Complete()
		}
	}
	return count, false
}
