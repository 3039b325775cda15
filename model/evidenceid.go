package model

import "crypto/sha256"

// EvidenceID is the id of an imported line that its source names by externalID: the same line of the
// same source has the same id in every copy of an incident, so that two people who import one channel
// meet.
func EvidenceID(incident ID, source, externalID string) ID {
	sum := sha256.Sum256([]byte(string(incident) + "\x00" + source + "\x00" + externalID))
	return IDFrom(TypeEvent, [8]byte(sum[:8]))
}
