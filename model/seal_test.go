package model

import (
	"testing"
	"time"
)

// Numbers are names: one stays what was printed. Two copies that seal before they meet give the same number, and then
// the beginning of the digest tells them apart; which of them is the newest does not depend on who asks.
func TestRevisionsSealedApartKeepTheirNumbers(t *testing.T) {
	at := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	a := Revision{ID: "V-00000000000000a1", Number: 1, Digest: "e30d23ec83765be7", At: at.Add(time.Minute)}
	b := Revision{ID: "V-00000000000000b1", Number: 1, Digest: "25c9e8e0ccd8877f", At: at}
	for _, list := range [][]Revision{{a, b}, {b, a}} {
		r := &Record{Revisions: list}
		if last, _ := r.LastRevision(); last.ID != a.ID {
			t.Errorf("the newest is %s", last.ID)
		}
		if r.RevisionName(a) != "1-e30d23ec" || r.RevisionName(b) != "1-25c9e8e0" {
			t.Error(r.RevisionName(a), r.RevisionName(b))
		}
	}
	slow := Revision{ID: "V-00000000000000c1", Number: 2, Digest: "77", At: at.Add(-time.Hour)} // by a clock that is late
	r := &Record{Revisions: []Revision{a, b, slow}}
	if last, _ := r.LastRevision(); last.ID != slow.ID || r.RevisionName(slow) != "2" {
		t.Errorf("the newest is %s, called %s", last.ID, r.RevisionName(slow))
	}
	for text, want := range map[string]int{"1": 2, "1-25c9": 1, "1-E30D23EC": 1, "r2": 1, "3": 0, "2-e3": 0, "": 0} {
		if got := len(r.RevisionsNamed(text)); got != want {
			t.Errorf("%q may mean %d", text, got)
		}
	}
}
