package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

type (
	written struct {
		nav.Do
		err error
	}
	turned struct{ tell []tea.Cmd } // an undo or a redo is done
)

// write puts a gesture in the queue.
func (a *App) write(d nav.Do) tea.Cmd {
	incident := a.incident
	return a.enqueue(func() tea.Msg {
		if d.Gesture.Source == "" {
			d.Gesture.Source = "ui"
		}
		if err := a.refused(incident, d.Gesture); err != nil {
			return written{d, err}
		}
		return written{d, a.Store.Apply(context.Background(), d.Gesture)}
	})
}

// refused asks the ladder of verification about a gesture, against the record as it is once everything that
// was asked before is written.
func (a *App) refused(incident model.ID, g model.Gesture) error {
	if incident == "" || !model.Climbs(g) {
		return nil
	}
	r, err := a.Store.Record(context.Background(), incident)
	if err != nil {
		return err
	}
	return r.Refused(g)
}

// enqueue has something written after all that was asked before. Commands run side by side, so two quick
// gestures could overtake each other, and an undo the gesture that it is about.
func (a *App) enqueue(job tea.Cmd) tea.Cmd {
	a.queue = append(a.queue, job)
	return a.next()
}

func (a *App) next() tea.Cmd {
	if a.writing || len(a.queue) == 0 {
		return nil
	}
	a.writing = true
	job := a.queue[0]
	a.queue = a.queue[1:]
	return job
}

func (a *App) afterWrite(w written) tea.Cmd {
	a.writing = false
	cmds := []tea.Cmd{a.next()}
	if w.err != nil {
		cmds = append(cmds, nav.Cmd(nav.Fail{Err: w.err}))
		if w.Else != nil {
			cmds = append(cmds, nav.Cmd(w.Else))
		}
		return a.all(cmds...)
	}
	if w.Say != "" {
		cmds = append(cmds, a.say(w.Say))
	}
	if w.Then != nil {
		cmds = append(cmds, nav.Cmd(w.Then))
	}
	if w.Draft != "" {
		cmds = append(cmds, nav.Cmd(overlay.DropDraft{Name: w.Draft}))
	}
	return a.all(append(cmds, a.update(nav.Changed{Focus: w.Focus}))...)
}

// takeBack runs undo or redo and tells what it did.
func (a *App) takeBack(done string, step func(context.Context) (model.Undone, error)) tea.Cmd {
	return a.enqueue(func() tea.Msg {
		u, err := step(context.Background())
		switch {
		case err != nil:
			return turned{[]tea.Cmd{nav.Cmd(nav.Fail{Err: err})}}
		case u.None:
			return turned{[]tea.Cmd{nav.Cmd(nav.Say{Text: "Nothing more to take back here."})}}
		}
		say := done + ": " + u.Label + "."
		if n := len(u.Kept); n > 0 {
			say += fmt.Sprintf(" Left alone, because changed since: %s.", strings.Join(u.Kept[:min(n, 3)], ", "))
		}
		return turned{[]tea.Cmd{nav.Cmd(nav.Changed{Focus: u.Where}), nav.Cmd(nav.Say{Text: say})}}
	})
}

func (a *App) afterTurn(t turned) tea.Cmd {
	a.writing = false
	return a.all(append(t.tell, a.next())...)
}

type fileChanged struct{}

// watch waits until another process, or a merge, has written to the file. It wakes the program only then.
func (a *App) watch() tea.Cmd {
	return func() tea.Msg {
		ctx := context.Background()
		was, err := a.Store.DataVersion(ctx)
		for range time.Tick(time.Second) {
			is, now := a.Store.DataVersion(ctx)
			switch {
			case model.KindOf(now) == model.FaultSealed: // another file is there now
				return nav.Fail{Err: now}
			case now != nil: // it is in use; the next look may do
			case err != nil:
				was, err = is, nil
			case is != was:
				return fileChanged{}
			}
		}
		return nil
	}
}

// keepText serves the fields: drafts and the person's own editor.
func (a *App) keepText(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case overlay.KeepDraft:
		return a.quietly(func() error { return a.Store.SaveDraft(msg.Name, msg.Text) }), true
	case overlay.DropDraft:
		return a.quietly(func() error { return a.Store.DropDraft(msg.Name) }), true
	case overlay.FindDraft:
		return func() tea.Msg {
			text, _ := a.Store.Draft(msg.Name)
			return msg.Then(text)
		}, true
	case overlay.UseEditor:
		return a.useEditor(msg), true
	}
	return nil, false
}

func (a *App) quietly(do func() error) tea.Cmd {
	return func() tea.Msg {
		if err := do(); err != nil {
			return nav.Fail{Err: err}
		}
		return nil
	}
}

// useEditor hands a text to the person's own editor and takes it back.
func (a *App) useEditor(msg overlay.UseEditor) tea.Cmd {
	cmd, finish, err := a.Edit(msg.Text)
	if err != nil {
		return nav.Cmd(nav.Fail{Err: err})
	}
	return tea.ExecProcess(cmd, func(err error) tea.Msg {
		text, readErr := finish()
		if err == nil {
			err = readErr
		}
		if err != nil {
			return nav.Fail{Err: &model.Fault{Kind: model.FaultInput, What: "use the editor", Err: err, Remedy: "set $EDITOR, or the key editor in the configuration"}}
		}
		return msg.Then(text)
	})
}
