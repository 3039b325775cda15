package storage

import (
	"os"
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
