package model

import "time"

// removals are the entries that a person may remove, and what doing so is called. The rest stays for good: evidence
// is set aside and not removed, and what was sealed or approved was said.
var removals = map[Type]string{
	TypeIncident: "a retrospective", TypeParticipant: "a participant", TypeFactor: "a condition", TypeInteraction: "an interaction", TypeAction: "an action",
	TypeStep: "a step of the plan", TypeResult: "a result", TypeClock: "a moved clock", TypeSweep: "a dismissal of lines", TypeView: "a filter", TypeQuestion: "a question",
	TypeReply: "an answer", TypeRedaction: "a mapping", TypeTemplate: "a template", TypeDismissal: "what was set aside",
}

// Removable reports whether entries of a type can be removed.
func Removable(t Type) bool { return removals[t] != "" }

// Remove takes an entry out of the record. Its history stays, and undo brings it back.
func Remove(id ID) Gesture {
	return Gesture{Label: "remove " + removals[id.Type()], Edits: []Edit{{Type: id.Type(), ID: id, Delete: true}}}
}

// Archive puts a retrospective away: it is found and opened as before, and stands in no list unless that is asked for.
func Archive(id ID, at time.Time) Gesture {
	return Gesture{Label: "archive a retrospective"}.Set(TypeIncident, id, "archived", FormatTime(at))
}

// Unarchive brings it back into the lists.
func Unarchive(id ID) Gesture {
	return Gesture{Label: "bring a retrospective back from the archive"}.Set(TypeIncident, id, "archived", nil)
}
