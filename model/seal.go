package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// Seal is the gesture that freezes a document as the next revision of an incident and marks the incident
// as published. A sealed revision is never edited: later knowledge is a new one on top, with its reason.
func Seal(id ID, r *Record, document, profile, reason, by string, at time.Time) Gesture {
	sum := sha256.Sum256([]byte(document))
	number := 1
	for _, v := range r.Revisions {
		number = max(number, v.Number+1)
	}
	g := Gesture{Label: "seal a revision"}.
		Set(TypeRevision, id, "incident", string(r.Incident.ID)).
		Set(TypeRevision, id, "number", number).
		Set(TypeRevision, id, "digest", hex.EncodeToString(sum[:])).
		Set(TypeRevision, id, "document", document).
		Set(TypeRevision, id, "profile", profile).
		Set(TypeRevision, id, "by", by).
		Set(TypeRevision, id, "at", FormatTime(at))
	if reason != "" {
		g = g.Set(TypeRevision, id, "reason", reason)
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
