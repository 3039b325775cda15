package model

import (
	"crypto/sha256"
	"time"
)

// ClockID is the id of the statement about a source's clock in an incident. It is the same for everybody,
// so that two people who move one clock apart meet in a conflict instead of moving it twice.
func ClockID(incident ID, source string) ID {
	sum := sha256.Sum256([]byte("clock\x00" + string(incident) + "\x00" + source))
	return IDFrom(TypeClock, [8]byte(sum[:8]))
}

// ShiftClock moves every time of a source by d from what the source wrote, and says why. Zero takes the
// statement back.
func ShiftClock(incident ID, source string, d time.Duration, reason string) Gesture {
	id := ClockID(incident, source)
	if d == 0 {
		g := Gesture{Label: "leave the clock of " + source + " as it was"}
		g.Edits = append(g.Edits, Edit{Type: TypeClock, ID: id, Delete: true})
		return g
	}
	return Gesture{Label: "move the clock of " + source + " by " + FormatOffset(d)}.
		Set(TypeClock, id, "incident", string(incident)).
		Set(TypeClock, id, "source", source).
		Set(TypeClock, id, "offset", FormatOffset(d)).
		Set(TypeClock, id, "reason", reason)
}
