package ui

import (
	"context"
	"fmt"

	"aftermath/model"
	"aftermath/ui/actions"
	"aftermath/ui/collect"
	"aftermath/ui/conflicts"
	"aftermath/ui/doubts"
	"aftermath/ui/factors"
	"aftermath/ui/frame"
	"aftermath/ui/guide"
	"aftermath/ui/history"
	"aftermath/ui/home"
	"aftermath/ui/imports"
	"aftermath/ui/inbox"
	"aftermath/ui/known"
	"aftermath/ui/nav"
	"aftermath/ui/origin"
	"aftermath/ui/picture"
	"aftermath/ui/present"
	"aftermath/ui/priorities"
	"aftermath/ui/publish"
	"aftermath/ui/search"
	"aftermath/ui/timeline"
	"aftermath/ui/verification"
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
	inbox.Store
	doubts.Store
	imports.Store
	known.Store
	factors.Store
	actions.Store
	history.Store
	conflicts.Store
	search.Store
	present.Store
	picture.Store
	guide.Store
	priorities.Store
	verification.Store
}

// screen makes the screen of a place. A new screen is one more case here.
func (a *App) screen(to nav.Go) Screen {
	switch to.To {
	case nav.Frame:
		return frame.New(a.Desk)
	case nav.Timeline:
		return timeline.New(a.Desk, a.Store, a.incident, to)
	case nav.Doubts:
		return doubts.New(a.Desk, a.Store, a.incident)
	case nav.Factors:
		return factors.New(a.Desk, a.Store, to.Focus)
	case nav.Actions:
		return actions.New(a.Desk, a.Store, to.Focus)
	case nav.Priorities:
		return priorities.New(a.Desk, a.Store, to.Focus)
	case nav.Verification:
		return verification.New(a.Desk, a.Store, to.Focus)
	case nav.Publish:
		return publish.New(a.Desk, a.Writer)
	case nav.History:
		return history.New(a.Desk, a.Store, a.incident, to.Focus)
	case nav.Conflicts:
		return conflicts.New(a.Desk, a.Store, a.incident)
	case nav.Known:
		return known.New(a.Desk, a.Store, a.Sheets, a.incident, to.Focus)
	case nav.Import:
		return imports.New(a.Desk, a.Reader, a.Store, a.incident, to.Paste)
	case nav.Inbox:
		return inbox.New(a.Desk, a.Store, a.incident, to.Focus)
	case nav.Collect:
		return collect.New(a.Desk, a.Collector, a.incident)
	case nav.Origin:
		return origin.New(a.Desk, a.Tracer, to.Focus)
	case nav.Picture:
		return picture.New(a.Desk, a.Store, a.incident, to)
	case nav.Guide:
		return guide.New(a.Desk, a.Store, a.incident)
	case nav.Search:
		return search.New(a.Desk, a.Store, a.incident)
	case nav.Present:
		return present.New(a.Desk, a.Store, a.incident)
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
