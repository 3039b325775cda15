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
	must(t, s.script("DROP TABLE evidence_ids", "CREATE INDEX evidence_id ON evidence(id)", "PRAGMA user_version = 1"))
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

// A file of the second version knew no dismissals and no questions.
func TestUpgradeOfASecondVersion(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 3))
	must(t, s.script("DROP TABLE dismissal", "DROP TABLE question", "PRAGMA user_version = 2"))
	must(t, s.Close())
	newer := openAt(t, s.path, "", "maya")
	doubt := model.Doubt{Kind: model.DoubtClock, About: "app ahead of", What: "app is ahead."}
	apply(t, newer, model.Dismiss(id, doubt, "it is not"))
	if r := record(t, newer, id); r.Evidence != 3 || len(r.Dismissals) != 1 || r.Dismissals[0].Reason != "it is not" {
		t.Errorf("%d lines, dismissals %+v", r.Evidence, r.Dismissals)
	}
	if u, err := newer.Undo(bg); err != nil || u.None || len(record(t, newer, id).Dismissals) != 0 {
		t.Errorf("undo: %+v, %v", u, err)
	}
}
