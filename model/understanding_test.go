package model

import (
	"strings"
	"testing"
	"time"
)

// toldChange is a change as the history tells it.
func toldChange(at string, kind string, id ID, field string, value any) Change {
	return Change{At: instant("2026-11-02T" + at + ":00Z"), Kind: kind, Type: id.Type(), Entity: id, Field: field, New: value}
}

func TestADifferenceIsToldInWords(t *testing.T) {
	const n, f, g, a, e, l, r = ID("N-1"), ID("F-1"), ID("F-2"), ID("A-1"), ID("E-1"), ID("L-1"), ID("G-1")
	changes := []Change{
		toldChange("10:00", "set", n, "title", "Checkout down"),
		toldChange("10:00", "set", n, "detected", "2026-11-02T08:09:00Z"),
		toldChange("10:01", "set", f, "statement", "The deploy failed"), toldChange("10:01", "set", f, "layer", "technical"), toldChange("10:01", "set", f, "role", "trigger"),
		toldChange("10:02", "set", g, "statement", "Nobody watched"),
		toldChange("10:03", "set", a, "title", "Be careful"), toldChange("10:03", "set", a, "stage", "proposed"),
		// the second meeting
		toldChange("12:00", "set", n, "detected", "2026-11-02T08:06:00Z"),
		toldChange("12:01", "set", f, "statement", "Nothing compares the pools with the limit"), toldChange("12:01", "set", f, "role", "enabling"), toldChange("12:01", "set", f, "without", "prevented"),
		toldChange("12:01", "set", f, "evidence/E-1", true), toldChange("12:01", "set", f, "evidence/E-2", true),
		toldChange("12:02", "delete", g, "", true),
		toldChange("12:03", "set", "F-3", "statement", "Rollback takes 20 minutes"), toldChange("12:03", "set", "F-3", "layer", "process"),
		toldChange("12:04", "set", l, "from", "F-3"), toldChange("12:04", "set", l, "to", "F-1"), toldChange("12:04", "set", l, "kind", "delayed"),
		toldChange("12:05", "set", a, "stage", "committed"), toldChange("12:05", "set", a, "due", "2026-12-01"), toldChange("12:05", "set", a, "factors/F-3", true),
		toldChange("12:06", "set", e, "noise", true), toldChange("12:06", "set", "E-2", "noise", true),
		toldChange("12:06", "set", "E-3", "at", "2026-11-02T08:05:00Z"), toldChange("12:06", "set", "E-3", "reason", "the clock was slow"),
		toldChange("12:07", "set", r, "text", "What boundary?"), toldChange("12:07", "set", r, "answer", "The pool."),
		toldChange("12:08", "set", "X-1", "text", "db-1"), toldChange("12:08", "set", "X-1", "instead", "a host"),
		toldChange("12:08", "set", "X-2", "text", "checkout"), toldChange("12:08", "set", "X-2", "instead", "checkout"),
	}
	noon := instant("2026-11-02T11:00:00Z")
	then := Understand(changes, func(c Change) bool { return c.At.After(noon) })
	now := Understand(changes, func(Change) bool { return false })
	var lines []string
	for _, s := range now.Since(then, Words{Taxonomy: DefaultTaxonomy(), Zone: time.UTC, Name: func(id ID) string { return "line " + string(id) }}) {
		lines = append(lines, s.What)
	}
	got := strings.Join(lines, "\n")
	for _, want := range []string{
		"Detected 2026-11-02 08:06:00, was 2026-11-02 08:09:00.",
		"“The deploy failed” is now said as “Nothing compares the pools with the limit”.",
		"“Nothing compares the pools with the limit”: role enabling, was trigger.",
		"“Nothing compares the pools with the limit”: without it would not have happened.",
		"“Nothing compares the pools with the limit”: evidence, with 2 lines.",
		"Dropped: “Nobody watched”.",
		"Named: “Rollback takes 20 minutes” (process).",
		"“Rollback takes 20 minutes” delayed “Nothing compares the pools with the limit”.",
		"“Be careful”: stage committed, was proposed.",
		"“Be careful”: factors, with “Rollback takes 20 minutes”.",
		"2 lines were set aside as noise.",
		"“line E-3”: time 2026-11-02 08:05:00: the clock was slow.",
		"Answered: What boundary? “The pool.”",
		"Readers outside see “a host” instead of “db-1”.",
		"Readers outside may see “checkout”.",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("not told: %s\n%s", want, got)
		}
	}
	if len(now.Since(now, Words{Taxonomy: DefaultTaxonomy(), Zone: time.UTC})) != 0 {
		t.Error("nothing has changed, and yet something is told")
	}
}

func TestApprovalsBelongToARevision(t *testing.T) {
	r := &Record{Incident: Incident{ID: "N-1"}, Revisions: []Revision{{ID: "V-1", Number: 1, Digest: "ab"}, {ID: "V-2", Number: 2, Digest: "cd"}}}
	if s := r.ReviewSentence(); s != "Revision 2 is not approved by anyone yet." {
		t.Error(s)
	}
	r.Approvals = []Approval{{ID: "O-1", Revision: "V-1", Verdict: Approved, By: "maya"}, {ID: "O-2", Revision: "V-2", Verdict: Approved, By: "ines"}, {ID: "O-3", Revision: "V-2", Verdict: ChangesAwaited, By: "zoe"}}
	if s := r.ReviewSentence(); s != "Revision 2 is approved by ines; zoe waits for changes." {
		t.Error(s)
	}
	g := Approve(r, r.Revisions[1], Approved, "", "Ines ", instant("2026-11-02T10:00:00Z"))
	if g.Edits[0].ID != ApprovalID("V-2", "ines") || g.Edits[2].Value != "cd" {
		t.Errorf("%+v", g.Edits)
	}
}
