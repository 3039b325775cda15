package ui

import (
	tea "charm.land/bubbletea/v2"

	"aftermath/ui/key"
	"aftermath/ui/theme"
)

// A Screen is one place of the program. Screens are pointers; they hold no sizes and do no input or
// output outside a command.
type Screen interface {
	Title() string
	Init() tea.Cmd
	Update(tea.Msg) tea.Cmd
	View(th *theme.Theme, w, h int) string // pure: exactly h lines of exactly w cells
	Actions() []key.Action                 // what can be done now, and if not, why not
}

// A Questioner opens with the question of its step. The question follows the selection.
type Questioner interface{ Question() string }

// A Fuller screen takes the whole terminal: no header, no footer.
type Fuller interface{ Full() bool }

// A Wordy screen has more keys than one line can name: its foot takes as many lines as it says.
type Wordy interface{ FootLines() int }

// A Leaver has work under way that nobody waits for once it is left.
type Leaver interface{ Leave() }

// A Pointed screen takes the mouse itself, in its own coordinates: the wheel, dragging and clicks.
type Pointed interface{ Mouse(tea.MouseMsg) tea.Cmd }
