// Package key is the one registry of what a person can do: dispatch, the footer, the list of keys, the
// palette, the popup after a first key, overrides from the configuration and docs/keys.md all read it.
package key

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// An Action is one thing that can be done now, on this screen.
type Action struct {
	ID    string   // "timeline.add_event"; never changes, the configuration names it
	Title string   // "Add an event"
	Short string   // the word in the footer; empty keeps it out of there
	Brief string   // the words in the popup after a first key; empty takes the title
	Keys  []string // as Bubble Tea names them; a blank parts a sequence: "g t"
	Off   string   // why it cannot be done now; empty when it can
	Do    func() tea.Cmd
}

// Overrides replaces keys by action id; an empty list unbinds.
type Overrides map[string][]string

// Apply puts the overrides into a list of actions.
func (o Overrides) Apply(actions []Action) []Action {
	if len(o) == 0 {
		return actions
	}
	out := slices.Clone(actions)
	for i := range out {
		if keys, ok := o[out[i].ID]; ok {
			out[i].Keys = keys
		}
	}
	return out
}

// Match finds the action bound to the keys pressed so far. When none is but some sequence begins so,
// more is true.
func Match(actions []Action, pressed []string) (found *Action, more bool) {
	typed := strings.Join(pressed, " ")
	for i := range actions {
		for _, k := range actions[i].Keys {
			switch {
			case k == typed:
				return &actions[i], false
			case strings.HasPrefix(k, typed+" "):
				more = true
			}
		}
	}
	return nil, more
}

// Following lists the actions whose sequence begins with the keys pressed so far, with the key to come.
func Following(actions []Action, pressed []string) (keys []string, follow []Action) {
	start := strings.Join(pressed, " ") + " "
	for _, a := range actions {
		for _, k := range a.Keys {
			if rest, ok := strings.CutPrefix(k, start); ok {
				keys, follow = append(keys, rest), append(follow, a)
			}
		}
	}
	return keys, follow
}

// names are the keys as people read them.
var names = map[string]string{
	"up": "↑", "down": "↓", "left": "←", "right": "→", "pgup": "page up", "pgdown": "page down", "shift+tab": "shift-tab",
}

var asciiNames = map[string]string{"up": "up", "down": "down", "left": "left", "right": "right"}

// Name is how a binding is written for people, with arrows where unicode is wanted.
func Name(binding string, unicode bool) string {
	parts := strings.Fields(binding)
	for i, p := range parts {
		n, ok := names[p]
		if ascii, has := asciiNames[p]; has && !unicode {
			n = ascii
		}
		if ok {
			parts[i] = n
		} else {
			parts[i] = strings.Replace(p, "ctrl+", "ctrl-", 1)
		}
	}
	return strings.Join(parts, " ")
}
