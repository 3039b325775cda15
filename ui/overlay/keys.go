package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/ui/cell"
	"aftermath/ui/key"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// A Palette lists every action that exists here, with its keys, searched by typing and run with enter. It
// is the help and the palette at once: both are the same list.
type Palette struct {
	Name    string
	Actions []key.Action

	filter filter
	list   widget.List
	at     []int
}

// Open shows the list.
func (p *Palette) Open() tea.Cmd {
	p.narrow()
	return Open(p)
}

// Docked is false: it stands in the middle.
func (p *Palette) Docked() bool { return false }

func (p *Palette) narrow() {
	p.at = Narrow(p.filter.text(), len(p.Actions), func(i int) string { return p.Actions[i].Title })
	p.list = widget.List{}
}

const paletteRows = 16

// Update narrows, moves, runs.
func (p *Palette) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok {
		p.typed(msg)
		return nil
	}
	switch s := k.String(); {
	case s == "esc":
		return closeThen(nil)
	case s == "enter":
		if len(p.at) == 0 {
			return nil
		}
		if a := p.Actions[p.at[p.list.At]]; a.Off == "" {
			return closeThen(a.Do())
		}
	case !p.typed(k):
		p.list.Key(s, len(p.at), paletteRows)
	}
	return nil
}

func (p *Palette) typed(msg tea.Msg) bool {
	changed, taken := p.filter.update(msg)
	if changed {
		p.narrow()
	}
	return taken
}

// View draws the list.
func (p *Palette) View(th *theme.Theme, w, h int) []string {
	w = min(w, 78)
	rows := max(1, min(paletteRows, h-5))
	typed := th.Soft.Paint("Type to search what can be done here.")
	if p.filter.text() != "" {
		typed = p.filter.view(th, "", w-4)
	}
	lines := []string{typed}
	from, to := p.list.Window(len(p.at), rows)
	for i := from; i < to; i++ {
		lines = append(lines, p.row(th, p.Actions[p.at[i]], i == p.list.At, w-4))
	}
	if len(p.at) == 0 {
		lines = append(lines, th.Soft.Paint("Nothing like that here. Backspace widens the search."))
	}
	for len(lines) < rows+1 {
		lines = append(lines, "")
	}
	return box(th, p.Name, append(lines, hints(th, "enter", "do it", "esc", "close")), w)
}

func (p *Palette) row(th *theme.Theme, a key.Action, here bool, w int) string {
	var names []string
	for _, k := range a.Keys {
		names = append(names, key.Name(k, th.Glyphs))
	}
	keys := cell.Fit(strings.Join(names, ", "), 18)
	mark := "  "
	if here {
		mark = th.Glyph.Cursor + " "
	}
	title := a.Title
	if a.Off != "" {
		title += "  (" + a.Off + ")"
	}
	switch {
	case here:
		return th.Select.Paint(cell.Fit(mark+keys+title, w))
	case a.Off != "":
		return th.Soft.Paint(cell.Fit(mark+keys+title, w))
	}
	return mark + th.Key.Paint(keys) + th.Text.Paint(cell.Fit(title, w-20))
}

// WhichKey draws what may follow the keys pressed so far, docked at the foot.
func WhichKey(th *theme.Theme, actions []key.Action, pressed []string, w int) []string {
	keys, follow := key.Following(actions, pressed)
	column := 19
	per := max(1, (w-2)/column)
	var lines []string
	for i := range follow {
		if i%per == 0 {
			lines = append(lines, "")
		}
		name := follow[i].Brief
		if name == "" {
			name = follow[i].Title
		}
		lines[len(lines)-1] += th.Key.Paint(cell.Fit(key.Name(keys[i], th.Glyphs), 3)) + th.Text.Paint(cell.Fit(name, column-3))
	}
	return sheet(th, key.Name(strings.Join(pressed, " "), th.Glyphs)+" "+th.Glyph.Ellipsis, lines, w)
}
