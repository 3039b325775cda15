package ui

import tea "charm.land/bubbletea/v2"

// A Loader is a screen that reads something before it can be worked on.
type Loader interface{ Loading() bool }

// maxAhead is how many keys are kept: a key that is held down while the file is slow would go on for long after.
const maxAhead = 64

// loading reports whether the screen that keys are typed for is still being read. They wait for it, so that each acts on
// what its author meant. A read that fails lets go of them.
func (a *App) loading() bool {
	if len(a.overlays) > 0 {
		return false
	}
	if a.incident != "" && a.record == nil && !a.failed {
		return true
	}
	l, ok := a.top().Screen.(Loader)
	return ok && l.Loading()
}

// wait keeps a key for later.
func (a *App) wait(k tea.KeyPressMsg) {
	if len(a.ahead) < maxAhead {
		a.ahead = append(a.ahead, k)
	}
}

// catchUp answers the keys that waited, in their order, until one of them leads to something that is read again.
func (a *App) catchUp() tea.Cmd {
	var cmds []tea.Cmd
	for len(a.ahead) > 0 && !a.loading() {
		k := a.ahead[0]
		a.ahead = a.ahead[1:]
		cmds = append(cmds, a.all(a.press(k)))
	}
	return tea.Batch(cmds...)
}
