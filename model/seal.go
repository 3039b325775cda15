package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// NextRevision is the revision that comes after those of a record, without its text. A later one says in its reason
// what is new.
func NextRevision(id ID, r *Record, profile, reason, by string, at time.Time) Revision {
	v := Revision{ID: id, Number: 1, Profile: profile, Reason: reason, By: by, At: at}
	for _, o := range r.Revisions {
		v.Number = max(v.Number, o.Number+1)
	}
	return v
}

// Sealed gives a revision its text and the SHA-256 of that.
func (v Revision) Sealed(document string) Revision {
	sum := sha256.Sum256([]byte(document))
	v.Document, v.Digest = document, hex.EncodeToString(sum[:])
	return v
}

// Seal is the gesture that freezes a revision and marks the incident as published. A sealed revision is never edited:
// later knowledge is a new one on top.
func Seal(r *Record, v Revision) Gesture {
	g := Gesture{Label: "seal a revision"}.
		Set(TypeRevision, v.ID, "incident", string(r.Incident.ID)).
		Set(TypeRevision, v.ID, "number", v.Number).
		Set(TypeRevision, v.ID, "digest", v.Digest).
		Set(TypeRevision, v.ID, "document", v.Document).
		Set(TypeRevision, v.ID, "profile", v.Profile).
		Set(TypeRevision, v.ID, "by", v.By).
		Set(TypeRevision, v.ID, "at", FormatTime(v.At))
	if v.Content != "" {
		g = g.Set(TypeRevision, v.ID, "content", v.Content)
	}
	if v.Reason != "" {
		g = g.Set(TypeRevision, v.ID, "reason", v.Reason)
	}
	return g.Set(TypeIncident, r.Incident.ID, "stage", "published")
}

// Compare orders revisions as they were sealed. A number counts what its author knew of, so that a later one is
// larger whatever the clocks say; two of one number were sealed apart, and their times and ids decide.
func (v Revision) Compare(o Revision) int {
	return cmp.Or(cmp.Compare(v.Number, o.Number), v.At.Compare(o.At), cmp.Compare(v.ID, o.ID))
}

// nameDigits is how much of a digest tells two revisions of one number apart.
const nameDigits = 8

// RevisionName is what a revision is called: its number, which it keeps for good, and where two copies gave the
// same number before they met also the beginning of its digest, such as 2-e30d23ec.
func (r *Record) RevisionName(v Revision) string {
	name := strconv.Itoa(v.Number)
	for _, o := range r.Revisions {
		if o.Number == v.Number && o.ID != v.ID && len(v.Digest) >= nameDigits {
			return name + "-" + v.Digest[:nameDigits]
		}
	}
	return name
}

// RevisionsNamed are the revisions that a person may mean: by the number alone, or by their number and any
// beginning of the digest.
func (r *Record) RevisionsNamed(text string) (list []Revision) {
	number, digest, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(text), "r"), "-")
	for _, v := range r.Revisions {
		if strconv.Itoa(v.Number) == number && strings.HasPrefix(v.Digest, strings.ToLower(digest)) {
			list = append(list, v)
		}
	}
	return list
}
