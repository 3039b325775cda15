package model

import (
	"crypto/sha256"
	"encoding/hex"
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
