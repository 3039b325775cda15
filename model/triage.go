package model

import (
	"fmt"
	"strings"
)

// Triage turns imported lines into the narrative. What a person decides about lines is one gesture here, so
// that the screen and the commands say the same; nothing imported is altered by it.

// Play says what part some lines play in the response.
func Play(role, label string, lines ...ID) Gesture {
	g := Gesture{Label: "mark as " + strings.ToLower(label) + several(lines)}
	for _, id := range lines {
		g = g.Set(TypeEvent, id, "role", role)
	}
	return g
}

// Keep takes lines into the narrative as they stand.
func Keep(lines ...ID) Gesture {
	g := Gesture{Label: "keep as it stands" + several(lines)}
	for _, id := range lines {
		g = g.Set(TypeEvent, id, "kept", true)
	}
	return g
}

// Dismiss says that lines tell nothing about the incident.
func Dismiss(lines ...ID) Gesture {
	g := Gesture{Label: "mark as noise" + several(lines)}
	for _, id := range lines {
		g = g.Set(TypeEvent, id, "noise", true)
	}
	return g
}

// Merge puts lines under one that tells the same. A line is never put under itself.
func Merge(into ID, lines ...ID) Gesture {
	g := Gesture{Label: "merge into the line above" + several(lines)}
	for _, id := range lines {
		if id != into {
			g = g.Set(TypeEvent, id, "merged_into", string(into))
		}
	}
	return g
}

func several(lines []ID) string {
	if len(lines) == 1 {
		return ""
	}
	return fmt.Sprintf(" (%d lines)", len(lines))
}

// Hides tells whether a line of evidence is one of those that a sweep dismisses, as long as nobody has
// worked on it. A sweep that names neither a shape nor an actor dismisses nothing.
func (s Sweep) Hides(e Event) bool {
	return s.Source == e.Source && (s.Actor != "" || s.Shape != "") && (s.Actor == "" || s.Actor == e.Actor) && (s.Shape == "" || s.Shape == LineShape(e.Title))
}

// SweepAway dismisses all lines that the sweeps speak of, also those that come later. The ids of the
// sweeps are new ones.
func SweepAway(incident ID, sweeps ...Sweep) Gesture {
	g := Gesture{Label: "dismiss all lines like this"}
	for _, s := range sweeps {
		g = g.Set(TypeSweep, s.ID, "incident", string(incident)).Set(TypeSweep, s.ID, "source", s.Source)
		for _, f := range [][2]string{{"actor", s.Actor}, {"shape", s.Shape}, {"sample", s.Sample}, {"reason", s.Reason}} {
			if f[1] != "" {
				g = g.Set(TypeSweep, s.ID, f[0], f[1])
			}
		}
	}
	return g
}

// MostMerged is how many lines of a group are put under the one that stands for them all; of a larger group
// the rest is swept away.
const MostMerged = 200

// StandFor lets the first line of a group stand for all: it gets what the gesture first says of it, and the
// others are merged into it, or swept away when others names none.
func StandFor(first Gesture, line ID, others []ID, incident ID, rest Sweep) Gesture {
	g := Merge(line, others...)
	if len(others) == 0 {
		g = SweepAway(incident, rest)
	}
	first.Edits = append(first.Edits, g.Edits...)
	first.Label = "let one line stand for all like it"
	return first
}

// IsBot tells whether a name looks like a program's. It is a guess from the name alone, good enough to offer
// something and not to decide anything.
func IsBot(actor string) bool {
	name := strings.ToLower(strings.TrimSpace(actor))
	for _, end := range []string{"bot", "[bot]", "(bot)", "(app)"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
