package storage

import (
	"path/filepath"
	"testing"

	"aftermath/model"
)

// contested is a factor that sam deleted in another copy while maya edited it: it shows, and is flagged.
func contested(t *testing.T) (s *Store, f model.ID) {
	t.Helper()
	dir := t.TempDir()
	s = openAt(t, filepath.Join(dir, "maya.db"), "", "maya")
	id := newIncident(t, s, "one")
	f = s.NewID(model.TypeFactor)
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "statement", "before"))
	other := copyOf(t, s, filepath.Join(dir, "sam.db"), "sam")
	remove(t, other, f)
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "statement", "edited"))
	meet(t, s, other)
	wantFactor(t, s, f, true, 1)
	return s, f
}

func copyOf(t *testing.T, s *Store, path, author string) *Store {
	t.Helper()
	must(t, s.Backup(bg, path))
	return openAt(t, path, "", author)
}

func remove(t *testing.T, s *Store, id model.ID) {
	t.Helper()
	apply(t, s, model.Gesture{Edits: []model.Edit{{Type: id.Type(), ID: id, Delete: true}}})
}

// meet takes everything from another copy, which is closed.
func meet(t *testing.T, s, other *Store) {
	t.Helper()
	must(t, other.Close())
	report, err := s.Merge(bg, other.path)
	must(t, err)
	if len(report.Refused) > 0 {
		t.Fatal(report.Refused)
	}
}

func turn(t *testing.T, s *Store, kind string) {
	t.Helper()
	if done, err := s.turn(bg, kind); err != nil || done.None || len(done.Kept) > 0 {
		t.Fatalf("%s: %+v %v", kind, done, err)
	}
}

func wantFactor(t *testing.T, s *Store, f model.ID, shown bool, conflicts int) {
	t.Helper()
	var is bool
	must(t, s.row("SELECT shown FROM entity WHERE id = ?", string(f)).Scan(&is))
	list, err := s.Conflicts(bg, "")
	must(t, err)
	if is != shown || len(list) != conflicts {
		t.Fatalf("shown %v with %d conflicts, want %v with %d", is, len(list), shown, conflicts)
	}
}

// The delete that comes back is the one that had not seen maya's edit.
func TestUndoOfDeleteBringsTheConflictBack(t *testing.T) {
	s, f := contested(t)
	remove(t, s, f)
	wantFactor(t, s, f, false, 0)
	turn(t, s, kindUndo)
	wantFactor(t, s, f, true, 1)
	turn(t, s, kindRedo)
	wantFactor(t, s, f, false, 0)
}

func TestUndoOfASettledDeleteBringsTheConflictBack(t *testing.T) {
	for choice, shown := range []bool{true, false} {
		s, f := contested(t)
		list, err := s.Conflicts(bg, "")
		must(t, err)
		must(t, s.Settle(bg, list[0], choice))
		wantFactor(t, s, f, shown, 0)
		turn(t, s, kindUndo)
		wantFactor(t, s, f, true, 1)
		turn(t, s, kindRedo)
		wantFactor(t, s, f, shown, 0)
	}
}

// Somebody else's edit comes between the undo of a delete and its redo: the one who redoes had not seen it
// when deleting.
func TestRedoOfDeleteKeepsWhatItHadNotSeen(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "maya.db"), "", "maya")
	f := s.NewID(model.TypeFactor)
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "statement", "before"))
	other := copyOf(t, s, filepath.Join(dir, "sam.db"), "sam")
	remove(t, s, f)
	turn(t, s, kindUndo)
	apply(t, other, model.Gesture{}.Set(model.TypeFactor, f, "layer", "technical"))
	meet(t, s, other)
	turn(t, s, kindRedo)
	wantFactor(t, s, f, true, 1)
}

// Work on a deleted factor keeps it. When that is undone the delete is back, and yet has not seen what
// somebody else had written meanwhile.
func TestUndoOfWorkOnWhatWasDeleted(t *testing.T) {
	for _, contested := range []bool{false, true} {
		dir := t.TempDir()
		s := openAt(t, filepath.Join(dir, "maya.db"), "", "maya")
		f := s.NewID(model.TypeFactor)
		apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "statement", "before"))
		other := copyOf(t, s, filepath.Join(dir, "sam.db"), "sam")
		remove(t, s, f)
		apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "statement", "after all"))
		wantFactor(t, s, f, true, 0)
		if contested {
			apply(t, other, model.Gesture{}.Set(model.TypeFactor, f, "layer", "technical"))
			meet(t, s, other)
		}
		turn(t, s, kindUndo)
		if contested {
			wantFactor(t, s, f, true, 1)
		} else {
			wantFactor(t, s, f, false, 0)
		}
		turn(t, s, kindRedo)
		wantFactor(t, s, f, true, 0)
		turn(t, s, kindUndo)
		if !contested {
			wantFactor(t, s, f, false, 0)
		}
	}
}
