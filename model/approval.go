package model

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"
)

// ApprovalID is the id of what one person says of one revision. A later word replaces an earlier one, and the
// history keeps both.
func ApprovalID(revision ID, by string) ID {
	sum := sha256.Sum256([]byte("approval\x00" + string(revision) + "\x00" + strings.ToLower(strings.TrimSpace(by))))
	return IDFrom(TypeApproval, [8]byte(sum[:8]))
}

// The verdicts of an approval.
const (
	Approved       = "approved"
	ChangesAwaited = "changes"
)

// Approve says that somebody approves a sealed revision, or which changes they wait for. What is approved is that
// revision and its digest: a later one is to be approved anew.
func Approve(r *Record, revision Revision, verdict, note, by string, at time.Time) Gesture {
	id := ApprovalID(revision.ID, by)
	label := "approve a revision"
	if verdict != Approved {
		label = "ask for changes"
	}
	g := Gesture{Label: label}.
		Set(TypeApproval, id, "incident", string(r.Incident.ID)).
		Set(TypeApproval, id, "revision", string(revision.ID)).
		Set(TypeApproval, id, "digest", revision.Digest).
		Set(TypeApproval, id, "verdict", verdict).
		Set(TypeApproval, id, "by", by).
		Set(TypeApproval, id, "at", FormatTime(at))
	if note != "" {
		return g.Set(TypeApproval, id, "note", note)
	}
	return g.Set(TypeApproval, id, "note", nil)
}

// LastRevision is the newest sealed one.
func (r *Record) LastRevision() (Revision, bool) {
	if len(r.Revisions) == 0 {
		return Revision{}, false
	}
	return slices.MaxFunc(r.Revisions, Revision.Compare), true
}

// ApprovalsOf are what people said of a revision, in the order in which they said it.
func (r *Record) ApprovalsOf(revision ID) (list []Approval) {
	for _, a := range r.Approvals {
		if a.Revision == revision {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(a, b Approval) int { return a.At.Compare(b.At) })
	return list
}

// ReviewSentence sums up who has said what of the newest revision.
func (r *Record) ReviewSentence() string {
	last, ok := r.LastRevision()
	if !ok {
		return "No revision is sealed yet."
	}
	var approved, waiting []string
	for _, a := range r.ApprovalsOf(last.ID) {
		if a.Verdict == Approved {
			approved = append(approved, CleanLine(a.By))
		} else {
			waiting = append(waiting, CleanLine(a.By))
		}
	}
	name := "Revision " + r.RevisionName(last)
	switch {
	case approved == nil && waiting == nil:
		return name + " is not approved by anyone yet."
	case waiting == nil:
		return name + " is approved by " + both(approved) + "."
	case approved == nil:
		return both(waiting) + " " + verbFor(waiting, "waits", "wait") + " for changes to " + lowerFirst(name) + "."
	}
	return name + " is approved by " + both(approved) + "; " + both(waiting) + " " + verbFor(waiting, "waits", "wait") + " for changes."
}

func verbFor(names []string, one, many string) string {
	if len(names) == 1 {
		return one
	}
	return many
}
