package storage

import (
	"path/filepath"
	"testing"

	"aftermath/model"
)

// Two people who set one doubt aside apart, and ask one person the same, meet in one statement and one
// question: nothing stands twice after a merge.
func TestDismissalsAndQuestionsMeet(t *testing.T) {
	maya := open(t)
	id := newIncident(t, maya, "one")
	event := maya.NewID(model.TypeEvent)
	apply(t, maya, model.Gesture{Label: "add"}.Set(model.TypeEvent, event, "incident", string(id)).Set(model.TypeEvent, event, "at", "2026-11-02T12:00:00Z").Set(model.TypeEvent, event, "title", "x"))
	sam := copyOf(t, maya, filepath.Join(t.TempDir(), "sam.db"), "sam")
	doubt := model.Doubt{Kind: model.DoubtSilence, About: "E-1 E-2", What: "Nothing is written for 20m."}
	for who, s := range map[string]*Store{"maya": maya, "sam": sam} {
		apply(t, s, model.SetAside(id, doubt, "everyone was on the bridge call"))
		apply(t, s, model.Ask(model.Gesture{}, id, event, "belief", "Ada", "What did people believe, as "+who+" asks?", model.ParseTime("2026-11-03T00:00:00Z")))
	}
	meet(t, maya, sam)
	r := record(t, maya, id)
	if len(r.Dismissals) != 1 || len(r.Questions) != 1 || r.Questions[0].About != event {
		t.Errorf("dismissals %+v, questions %+v", r.Dismissals, r.Questions)
	}
	conflicts, err := maya.Conflicts(bg, id)
	if err != nil || len(conflicts) != 1 || conflicts[0].Field != "text" {
		t.Errorf("only the words of the question differ: %+v, %v", conflicts, err)
	}
}
