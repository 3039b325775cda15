package storage

import (
	"bytes"
	"os"
	"testing"

	"aftermath/model"
)

// A file that was moved or replaced under an open program takes nothing more, and neither does the one in its place.
func TestAMovedFileIsLeftAlone(t *testing.T) {
	for _, replaced := range []bool{false, true} {
		s := open(t)
		id := newIncident(t, s, "one")
		moved := s.path + ".moved"
		must(t, os.Rename(s.path, moved))
		there := moved
		if replaced {
			text, err := os.ReadFile(moved)
			must(t, err)
			must(t, os.WriteFile(s.path, text, 0o600))
			there = s.path
		}
		before, err := os.ReadFile(there)
		must(t, err)
		if err := s.Apply(bg, model.Gesture{}.Set(model.TypeIncident, id, "impact", "lost")); model.KindOf(err) != model.FaultSealed {
			t.Errorf("replaced %v: %v", replaced, err)
		}
		if _, err := s.DataVersion(bg); model.KindOf(err) != model.FaultSealed {
			t.Errorf("replaced %v: %v", replaced, err)
		}
		if after, err := os.ReadFile(there); err != nil || !bytes.Equal(before, after) {
			t.Errorf("replaced %v: it was written to, %v", replaced, err)
		}
		must(t, os.Rename(moved, s.path))
		must(t, s.Apply(bg, model.Gesture{}.Set(model.TypeIncident, id, "impact", "back in its place")))
	}
}
