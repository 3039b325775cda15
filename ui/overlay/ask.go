package overlay

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// An Ask wants a yes before something that cannot be undone. Only y says yes.
type Ask struct {
	Name string
	Text string
	Yes  string // what y does: "seal it"
	Do   tea.Cmd
}

// Docked is false: it stands in the middle.
func (a *Ask) Docked() bool { return false }

// Update waits for y, or n or esc.
func (a *Ask) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "y":
			return closeThen(a.Do)
		case "n", "esc", "q":
			return closeThen(nil)
		}
	}
	return nil
}

// View draws the question.
func (a *Ask) View(th *theme.Theme, w, h int) []string {
	w = min(w, 66)
	lines := cell.Wrap(a.Text, w-4)
	lines = append(lines[:min(len(lines), max(1, h-4))], "", hints(th, "y", a.Yes, "n", "leave it"))
	return box(th, a.Name, lines, w)
}

// A Tell shows a text that is too long for one line: an error with its remedy, a definition.
type Tell struct {
	Name string
	Text string

	scroll widget.Scroll
}

// Docked is false: it stands in the middle.
func (t *Tell) Docked() bool { return false }

// Update scrolls and closes.
func (t *Tell) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		switch k.String() {
		case "esc", "enter", "q":
			return closeThen(nil)
		default:
			t.scroll.Key(k.String())
		}
	}
	return nil
}

// View draws the text.
func (t *Tell) View(th *theme.Theme, w, h int) []string {
	w = min(w, 76)
	lines := cell.Wrap(cell.CleanText(t.Text), w-4)
	rows := max(1, h-4)
	from, to := t.scroll.Window(len(lines), rows)
	lines = append(slices.Clone(lines[from:to]), "", hints(th, "esc", "close"))
	return box(th, t.Name, lines, w)
}
