package model

import (
	"math/rand"
	"testing"
)

// cells are what a gesture says, the last word of each cell.
func cells(g Gesture) map[[2]string]any {
	out := map[[2]string]any{}
	for _, e := range g.Edits {
		out[[2]string{string(e.ID), e.Field}] = e.Value
	}
	return out
}

func TestDecisionsAreGestures(t *testing.T) {
	for _, c := range []struct {
		name  string
		g     Gesture
		label string
		want  map[[2]string]any
	}{
		{"a role", Play("repair", "Repair", "E-1"), "mark as repair", map[[2]string]any{{"E-1", "role"}: "repair"}},
		{"a role of many", Play("repair", "Repair", "E-1", "E-2"), "mark as repair (2 lines)", map[[2]string]any{{"E-1", "role"}: "repair", {"E-2", "role"}: "repair"}},
		{"kept", Keep("E-1"), "keep as it stands", map[[2]string]any{{"E-1", "kept"}: true}},
		{"noise", Dismiss("E-1"), "mark as noise", map[[2]string]any{{"E-1", "noise"}: true}},
		{"merged", Merge("E-1", "E-2", "E-1"), "merge into the line above (2 lines)", map[[2]string]any{{"E-2", "merged_into"}: "E-1"}},
		{"swept", SweepAway("I-1", Sweep{ID: "W-1", Source: "lb", Shape: "GET #", Sample: "GET 7"}), "dismiss all lines like this",
			map[[2]string]any{{"W-1", "incident"}: "I-1", {"W-1", "source"}: "lb", {"W-1", "shape"}: "GET #", {"W-1", "sample"}: "GET 7"}},
		{"a small group", StandFor(Keep("E-1"), "E-1", []ID{"E-2", "E-3"}, "I-1", Sweep{}), "let one line stand for all like it",
			map[[2]string]any{{"E-1", "kept"}: true, {"E-2", "merged_into"}: "E-1", {"E-3", "merged_into"}: "E-1"}},
		{"a large group", StandFor(Play("detection", "Detection", "E-1"), "E-1", nil, "I-1", Sweep{ID: "W-1", Source: "lb", Shape: "GET #"}), "let one line stand for all like it",
			map[[2]string]any{{"E-1", "role"}: "detection", {"W-1", "incident"}: "I-1", {"W-1", "source"}: "lb", {"W-1", "shape"}: "GET #"}},
	} {
		got := cells(c.g)
		if c.g.Label != c.label || len(got) != len(c.want) {
			t.Errorf("%s: %q %v", c.name, c.g.Label, got)
		}
		for cell, want := range c.want {
			if got[cell] != want {
				t.Errorf("%s: %v is %v, want %v", c.name, cell, got[cell], want)
			}
		}
	}
}

// Every field that a decision sets is in the schema, so that the file keeps it.
func TestDecisionsSpeakTheSchema(t *testing.T) {
	gestures := []Gesture{Play("repair", "Repair", "E-1"), Keep("E-1"), Dismiss("E-1"), Merge("E-1", "E-2"),
		SweepAway("I-1", Sweep{ID: "W-1", Source: "lb", Actor: "bot", Shape: "GET #", Sample: "GET 7", Reason: "a probe"})}
	for _, g := range gestures {
		for _, e := range g.Edits {
			if _, known := Named(e.Type, e.Field); !known {
				t.Errorf("%s sets %s of a %s", g.Label, e.Field, e.Type)
			}
		}
	}
}

func TestSweepHides(t *testing.T) {
	e := Event{Source: "lb", Actor: "probe", Title: "GET /health 200 in 31 ms"}
	for _, c := range []struct {
		s    Sweep
		want bool
	}{
		{Sweep{Source: "lb", Shape: "GET /health # in # ms"}, true},
		{Sweep{Source: "lb", Actor: "probe"}, true},
		{Sweep{Source: "lb", Actor: "probe", Shape: "GET /health # in # ms"}, true},
		{Sweep{Source: "lb", Actor: "ada", Shape: "GET /health # in # ms"}, false},
		{Sweep{Source: "app", Shape: "GET /health # in # ms"}, false},
		{Sweep{Source: "lb", Shape: "GET /health"}, false},
		{Sweep{Source: "lb"}, false}, // a sweep of everything is none
	} {
		if got := c.s.Hides(e); got != c.want {
			t.Errorf("%+v hides it: %v", c.s, got)
		}
	}
}

// A shape is its own shape, so that what a list shows can be given back as it stands.
func TestAShapeIsItsOwnShape(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	letters := []rune("ab0179 #-_/.éž")
	for range 5000 {
		line := make([]rune, r.Intn(24))
		for i := range line {
			line[i] = letters[r.Intn(len(letters))]
		}
		shape := LineShape(string(line))
		if again := LineShape(shape); again != shape {
			t.Fatalf("%q has the shape %q, and that %q", string(line), shape, again)
		}
	}
}

func TestIsBot(t *testing.T) {
	for name, want := range map[string]bool{"deploy-bot": true, "dependabot[bot]": true, "Sentry (app)": true, "StatusBot ": true, "ada": false, "Botho Lind": false, "": false} {
		if IsBot(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}
