package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/entry"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/theme"
)

// quiet is how long typing has to rest before an overlay that opened by itself takes keys.
const quiet = 400 * time.Millisecond

// press gives a key to the topmost overlay, or else to the action that it is bound to. While a field is
// open, no printable key can trigger anything.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	k := msg.String()
	if a.loading() && k != "ctrl+c" && !a.small() {
		a.wait(msg)
		return nil
	}
	now := a.Desk.Now()
	a.lastKey = now
	a.toast = "" // it was read, or is not waited for; the keys are in sight again
	if k == "ctrl+c" || k == "q" && a.small() {
		return a.leave()
	}
	if a.small() {
		return nil
	}
	if n := len(a.overlays); n > 0 {
		if now.Before(a.quietTo) {
			a.quietTo = now.Add(quiet) // it opened by itself, in the middle of typing
			return nil
		}
		return a.overlays[n-1].Update(msg)
	}
	if k == "esc" && len(a.pressed) > 0 {
		a.pressed = nil
		return a.broadcast(a.bodySize())
	}
	a.pressed = append(a.pressed, k)
	found, more := key.Match(a.actions(), a.pressed)
	if more {
		return a.broadcast(a.bodySize())
	}
	sequence := len(a.pressed) > 1
	a.pressed = nil
	if found == nil {
		if sequence {
			return a.broadcast(a.bodySize())
		}
		return a.top().Update(msg) // movement belongs to the screen
	}
	if found.Off != "" {
		return a.say(found.Title + ": " + found.Off + ".")
	}
	return found.Do()
}

// leave quits; a field that is open keeps its draft first.
func (a *App) leave() tea.Cmd {
	for _, o := range a.overlays {
		if e, ok := o.(*overlay.Edit); ok {
			return nav.Seq(e.Keep(), tea.Quit)
		}
	}
	return tea.Quit
}

// actions is everything that can be done now: what the screen offers and what is always there.
func (a *App) actions() []key.Action {
	return a.Keys.Apply(append(a.top().Actions(), a.always()...))
}

func say(cmd tea.Msg) func() tea.Cmd { return func() tea.Cmd { return nav.Cmd(cmd) } }

// always lists the actions that every screen has.
func (a *App) always() []key.Action {
	noIncident := ""
	if a.incident == "" {
		noIncident = "open an incident first"
	}
	noRecord := noIncident
	if noRecord == "" && a.record == nil {
		noRecord = "the record is still being read"
	}
	noColours := ""
	if a.Plain {
		noColours = "NO_COLOR is set"
	}
	list := []key.Action{
		{ID: "app.undo", Title: "Undo", Short: "undo", Keys: []string{"u"}, Do: say(nav.Undo{})},
		{ID: "app.redo", Title: "Redo", Keys: []string{"ctrl+r", "U"}, Do: say(nav.Redo{})},
		{ID: "app.help", Title: "Show what can be done here", Keys: []string{"?"}, Do: a.palette("What can be done here")},
		{ID: "app.palette", Title: "Find an action by name", Keys: []string{":", "ctrl+k"}, Do: a.palette("Actions")},
	}
	for i, p := range nav.Steps {
		digit := string(rune('1' + i))
		list = append(list, key.Action{ID: "go." + string(p), Title: "Go to step " + digit + ", " + stepNames[i].long, Brief: stepNames[i].long, Keys: []string{digit, "g " + stepNames[i].key},
			Off: noIncident, Do: say(nav.Go{To: p})})
	}
	return append(list, []key.Action{
		{ID: "go.next", Title: "Next step", Keys: []string{"tab"}, Off: noIncident, Do: a.step(1)},
		{ID: "go.previous", Title: "Previous step", Keys: []string{"shift+tab"}, Off: noIncident, Do: a.step(-1)},
		{ID: "go.home", Title: "Go home", Brief: "home", Keys: []string{"g h"}, Do: say(nav.Go{To: nav.Home})},
		{ID: "go.search", Title: "Search everything", Brief: "search", Keys: []string{"g s"}, Do: say(nav.Go{To: nav.Search})},
		{ID: "go.history", Title: "History: who changed what, when", Brief: "history", Keys: []string{"g y"}, Do: say(nav.Go{To: nav.History})},
		{ID: "go.conflicts", Title: "Conflicts: what people changed at once", Brief: "conflicts", Keys: []string{"g c"}, Do: say(nav.Go{To: nav.Conflicts})},
		{ID: "go.inbox", Title: "Triage what was imported", Brief: "inbox", Keys: []string{"g i"}, Off: noIncident, Do: say(nav.Go{To: nav.Inbox})},
		{ID: "go.collect", Title: "Collect evidence from live sources", Brief: "collect", Keys: []string{"g b"}, Off: noIncident, Do: say(nav.Go{To: nav.Collect})},
		{ID: "go.doubts", Title: "Doubts: times that cannot be right", Brief: "doubts", Keys: []string{"g d"}, Off: noIncident, Do: say(nav.Go{To: nav.Doubts})},
		{ID: "go.known", Title: "What was known then, moment by moment", Brief: "known then", Keys: []string{"g k"}, Off: noIncident, Do: say(nav.Go{To: nav.Known})},
		{ID: "go.guide", Title: "Questions: what made it possible", Brief: "questions", Keys: []string{"g q"}, Off: noIncident, Do: say(nav.Go{To: nav.Guide})},
		{ID: "go.picture", Title: "The whole time in one picture", Brief: "picture", Keys: []string{"g l"}, Off: noIncident, Do: say(nav.Go{To: nav.Picture})},
		{ID: "go.import", Title: "Import evidence", Brief: "import", Keys: []string{"g n"}, Off: noIncident, Do: say(nav.Go{To: nav.Import})},
		{ID: "go.present", Title: "Present on a shared screen", Keys: []string{"p"}, Off: noIncident, Do: say(nav.Go{To: nav.Present})},
		{ID: "app.idea", Title: "Park an idea without leaving this", Brief: "jot an idea", Keys: []string{"g j"}, Off: noRecord, Do: func() tea.Cmd { return entry.Idea(a.Desk, a.record, "Parked. Step 4 keeps it for later.") }},
		{ID: "app.theme", Title: "Change the theme", Brief: "theme", Keys: []string{"g e"}, Off: noColours, Do: a.pickTheme},
		{ID: "app.mouse", Title: "Turn the mouse on or off", Brief: "mouse", Keys: []string{"g m"}, Do: a.toggleMouse},
		{ID: "app.back", Title: "Back", Keys: []string{"esc"}, Do: say(nav.Back{})},
		{ID: "app.quit", Title: "Quit; everything is saved", Keys: []string{"q"}, Do: say(nav.Quit{})},
	}...)
}

func (a *App) palette(name string) func() tea.Cmd {
	return func() tea.Cmd {
		p := overlay.Palette{Name: name, Actions: a.actions()}
		return p.Open()
	}
}

func (a *App) step(d int) func() tea.Cmd {
	return func() tea.Cmd {
		for i, p := range nav.Steps {
			if p == a.top().place {
				return nav.Cmd(nav.Go{To: nav.Steps[(i+d+len(nav.Steps))%len(nav.Steps)]})
			}
		}
		return nav.Cmd(nav.Go{To: nav.Frame})
	}
}

func (a *App) pickTheme() tea.Cmd {
	p := &overlay.Pick{Name: "Theme", Help: "For this sitting. The configuration keeps it.", Chosen: []string{a.Theme}}
	for _, n := range theme.Names {
		p.Options = append(p.Options, overlay.Option{Value: n, Label: n})
	}
	p.Done = func(v []string) tea.Cmd {
		a.Theme = v[0]
		a.theme = theme.New(a.Theme, a.Unicode, a.background)
		return nil
	}
	return p.Open()
}

func (a *App) toggleMouse() tea.Cmd {
	a.Mouse = !a.Mouse
	if a.Mouse {
		return a.say("The mouse is on. Hold shift to mark text with it.")
	}
	return a.say("The mouse is off.")
}

// mouse takes clicks on the steps, gives the mouse to a screen that wants all of it, and turns the wheel into
// movement for the others.
func (a *App) mouse(msg tea.MouseMsg) tea.Cmd {
	if a.small() {
		return nil
	}
	m := msg.Mouse()
	_, click := msg.(tea.MouseClickMsg)
	if p, ok := a.stepAt(m.X, m.Y); ok && click && m.Button == tea.MouseLeft && len(a.overlays) == 0 {
		return nav.Cmd(nav.Go{To: p})
	}
	if s, ok := a.top().Screen.(Pointed); ok && len(a.overlays) == 0 {
		return s.Mouse(within(msg, a.bodyTop()))
	}
	switch msg := within(msg, a.bodyTop()).(type) {
	case tea.MouseWheelMsg:
		code := tea.KeyDown
		if m.Button == tea.MouseWheelUp {
			code = tea.KeyUp
		}
		var cmds []tea.Cmd
		for range 3 {
			cmds = append(cmds, a.wheel(tea.KeyPressMsg{Code: code}))
		}
		return a.all(cmds...)
	case tea.MouseClickMsg:
		if len(a.overlays) == 0 && m.Button == tea.MouseLeft {
			return a.top().Update(msg)
		}
	}
	return nil
}

// within is a message of the mouse in the coordinates of a screen that begins some lines down.
func within(msg tea.MouseMsg, top int) tea.MouseMsg {
	m := msg.Mouse()
	m.Y -= top
	switch msg.(type) {
	case tea.MouseClickMsg:
		return tea.MouseClickMsg(m)
	case tea.MouseReleaseMsg:
		return tea.MouseReleaseMsg(m)
	case tea.MouseMotionMsg:
		return tea.MouseMotionMsg(m)
	}
	return tea.MouseWheelMsg(m)
}

func (a *App) wheel(k tea.KeyPressMsg) tea.Cmd {
	if n := len(a.overlays); n > 0 {
		return a.overlays[n-1].Update(k)
	}
	return a.top().Update(k)
}

// open goes to a place: steps replace each other, home clears the stack, other places are put on top. A step
// that was left is found as it was left, and reads nothing, unless something has changed or is to be shown.
func (a *App) open(to nav.Go) tea.Cmd {
	if to.Incident != "" && to.Incident != a.incident {
		a.incident, a.record, a.failed = to.Incident, nil, false
		a.drop(min(1, len(a.stack)))
		a.kept = nil
	}
	if left := a.left[a.incident]; to.AsLeft && left != "" {
		to.To = left
	}
	if isStep(to.To) && a.incident != "" {
		if a.left == nil {
			a.left = map[model.ID]nav.Place{}
		}
		a.left[a.incident] = to.To
	}
	if to.To == nav.Home {
		a.drop(0)
		a.incident, a.record, a.kept = "", nil, nil
	}
	keep := len(a.stack)
	for i, s := range a.stack {
		if s.place == to.To || isStep(to.To) && i > 0 {
			keep = i
			break
		}
	}
	a.drop(keep)
	s := a.kept[to.To]
	var cmds []tea.Cmd
	fresh := s == nil || !to.Plain()
	if delete(a.kept, to.To); fresh {
		s = a.screen(to)
		cmds = append(cmds, s.Init())
	}
	a.stack = append(a.stack, placed{to.To, s})
	cmds = append(cmds, s.Update(a.bodySize()))
	switch {
	case a.record == nil:
		cmds = append(cmds, a.load())
	case fresh:
		cmds = append(cmds, s.Update(nav.Loaded{Record: a.record}))
	}
	return a.all(cmds...)
}

// drop takes all screens but the first few off the stack. Steps are kept; what others have under way is called
// off.
func (a *App) drop(keep int) {
	for _, s := range a.stack[keep:] {
		if isStep(s.place) {
			if a.kept == nil {
				a.kept = map[nav.Place]Screen{}
			}
			a.kept[s.place] = s.Screen
		} else if l, ok := s.Screen.(Leaver); ok {
			l.Leave()
		}
	}
	a.stack = a.stack[:keep:keep]
}

func (a *App) back() tea.Cmd {
	if len(a.stack) < 2 {
		return nil
	}
	a.drop(len(a.stack) - 1)
	if len(a.stack) == 1 {
		a.incident, a.record, a.kept = model.ID(""), nil, nil
	}
	return a.top().Update(nav.Changed{}) // it may have missed a change
}

func isStep(p nav.Place) bool {
	for _, s := range nav.Steps {
		if s == p {
			return true
		}
	}
	return false
}

// AllActions is everything that can be done now, for the generated list of keys and for tests.
func (a *App) AllActions() []key.Action { return a.actions() }
