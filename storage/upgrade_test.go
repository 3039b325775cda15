package storage

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"aftermath/model"
)

// A file of the first version found its lines by an index. Opened now it has the table instead, every line
// is known again, and a copy of the file as it was lies beside it.
func TestUpgradeOfAFirstVersion(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 30))
	must(t, s.script("DROP TABLE evidence_ids", "ALTER TABLE evidence DROP COLUMN updated", "ALTER TABLE evidence DROP COLUMN tie", "ALTER TABLE place DROP COLUMN ord", "CREATE INDEX evidence_id ON evidence(id)", "PRAGMA user_version = 1"))
	must(t, s.Close())
	newer := openAt(t, s.path, "", "maya")
	if again := importAll(t, newer, id, lines("app", 31)); again.Known != 30 || again.New != 1 {
		t.Errorf("imported again: %d known, %d new", again.Known, again.New)
	}
	if page, err := newer.Events(bg, model.EventQuery{Incident: id}); err != nil || page.Total != 31 {
		t.Errorf("%d events, %v", page.Total, err)
	}
	if _, err := os.Stat(s.path + ".v1"); err != nil {
		t.Error(err)
	}
}

// Files of the second version exist with and without the columns that order lines beside their time.
func TestUpgradeOfASecondVersionWithoutItsLastColumns(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 30))
	must(t, s.script("ALTER TABLE evidence DROP COLUMN updated", "ALTER TABLE evidence DROP COLUMN tie", "ALTER TABLE place DROP COLUMN ord", "PRAGMA user_version = 2"))
	must(t, s.Close())
	must(t, os.WriteFile(s.path+".v2", []byte("a copy that somebody kept"), 0o600))
	newer := openAt(t, s.path, "", "maya")
	if again := importAll(t, newer, id, lines("app", 31)); again.Known != 30 || again.New != 1 {
		t.Errorf("imported again: %d known, %d new", again.Known, again.New)
	}
	if page, err := newer.Events(bg, model.EventQuery{Incident: id}); err != nil || page.Total != 31 {
		t.Errorf("%d events, %v", page.Total, err)
	}
	if text, err := os.ReadFile(s.path + ".v2"); err != nil || string(text) != "a copy that somebody kept" {
		t.Errorf("the copy that was there: %q, %v", text, err)
	}
	if _, err := os.Stat(s.path + ".v2-2"); err != nil {
		t.Error(err)
	}
}

// An upgrade that fails leaves the file as it was and no copy, so that the next attempt finds what this one found.
func TestAnUpgradeThatFailsLeavesNoCopy(t *testing.T) {
	s := open(t)
	importAll(t, s, newIncident(t, s, "one"), lines("app", 3))
	must(t, s.script("DROP TABLE batch", "PRAGMA user_version = 2"))
	must(t, s.Close())
	for range 2 {
		if _, err := Open(bg, s.path, Options{}); err == nil || strings.Contains(err.Error(), "already") {
			t.Errorf("opened: %v", err)
		}
		if _, err := os.Stat(s.path + ".v2"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the copy: %v", err)
		}
	}
}
