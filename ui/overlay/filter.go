package overlay

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// A filter is the line that narrows a list: a field like every other, whose up, down, home and end belong to the list.
type filter struct{ input *widget.Input }

func (f *filter) text() string {
	if f.input == nil {
		return ""
	}
	return f.input.Value()
}

func (f *filter) clear() { f.input = nil }

// listKeys move in the list below.
var listKeys = strings.Fields("up down pgup pgdown home end")

// update takes a key or a paste, and reports whether the text changed and whether the key was the field's at all.
func (f *filter) update(msg tea.Msg) (changed, taken bool) {
	if k, ok := msg.(tea.KeyPressMsg); ok && slices.Contains(listKeys, k.String()) {
		return false, false
	}
	if f.input == nil {
		f.input = widget.NewInput("", false)
	}
	before := f.input.Value()
	f.input.Update(msg)
	return f.input.Value() != before, true
}

// view draws the text with the cursor, after what leads it.
func (f *filter) view(th *theme.Theme, lead string, w int) string {
	return lead + f.input.View(th, w, 1)[0]
}
