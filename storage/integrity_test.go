package storage

import (
	"strings"
	"testing"

	"aftermath/model"
)

// What was changed in the file by other means than a change is told when it is printed, wherever it was changed.
func TestForgeriesAreToldWhenPrinted(t *testing.T) {
	for statement, in := range map[string]string{
		"UPDATE factor SET statement = 'nobody said this'":                                 "statement of F-",
		"UPDATE incident SET impact = NULL":                                                "impact of N-",
		"INSERT INTO member(entity, field, value) SELECT n, 'services', 'x' FROM incident": "services/x of N-",
		"DELETE FROM member": "services/web of N-",
		"UPDATE evidence SET title = 'forged' WHERE n = 3":                          "imported lines",
		"UPDATE change SET value = '\"x\"' WHERE value = '\"the pool was shared\"'": "does not match its hash",
		"UPDATE event SET belief = 'it was the network'":                            "belief of E-",
		"UPDATE change SET author = (SELECT max(n) FROM word) WHERE seq = 2":        "does not match its hash",
	} {
		s := open(t)
		id := newIncident(t, s, "one")
		importAll(t, s, id, lines("app", 50))
		f, e := s.NewID(model.TypeFactor), s.NewID(model.TypeEvent)
		apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "statement", "the pool was shared").
			Set(model.TypeIncident, id, "impact", "nobody could pay").Set(model.TypeIncident, id, model.Member("services", "web"), true).
			Set(model.TypeEvent, e, "incident", string(id)).Set(model.TypeEvent, e, "at", "2026-11-02T10:00:00Z").Set(model.TypeEvent, e, "belief", "the CDN"))
		p, err := s.Prove(bg, id, true)
		must(t, err)
		if len(p.Broken) > 0 || p.Unchecked > 0 {
			t.Fatalf("a sound file: %+v", p)
		}
		must(t, s.script(statement))
		if p, err = s.Prove(bg, id, true); err != nil || !strings.Contains(strings.Join(p.Broken, "; "), in) {
			t.Errorf("%s: %q, %v", statement, p.Broken, err)
		}
	}
}
