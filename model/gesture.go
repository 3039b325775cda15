package model

import "time"

// An Edit sets one cell: one field of one entity. A nil Value clears it; in a set field's member cell
// true adds the member and nil removes it. Delete removes the whole entity instead.
type Edit struct {
	Type   Type
	ID     ID
	Field  string
	Value  any
	Delete bool
}

// A Gesture is what a person did in one go: it is saved whole, and undone whole.
type Gesture struct {
	Label  string // "mark as noise", for the history and for undo's answer
	Source string // "ui", "cli", "demo"
	Edits  []Edit
}

// Set appends an edit and returns the gesture, so that a gesture reads as a sentence.
func (g Gesture) Set(t Type, id ID, field string, value any) Gesture {
	g.Edits = append(g.Edits, Edit{Type: t, ID: id, Field: field, Value: value})
	return g
}

// Undone tells what an undo or a redo did.
type Undone struct {
	Label string   // of the gesture
	Kept  []string // cells that somebody changed since and that were left alone, "F-3c07 statement"
	None  bool     // there was nothing to take back
	Where ID       // an entity that it touched, so that the screen can go there
}

// A Change is one entry of the log: who set which cell when, from which source, from what to what.
type Change struct {
	Site     string    `json:"site"`
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"`
	Author   string    `json:"author"`
	Source   string    `json:"source"`
	Label    string    `json:"label,omitempty"`
	Group    int64     `json:"group"` // the first Seq of its gesture
	Kind     string    `json:"kind"`  // set, delete, import, redact, or one of a newer version
	Type     Type      `json:"type,omitempty"`
	Entity   ID        `json:"entity,omitempty"`
	Incident ID        `json:"incident,omitempty"`
	Field    string    `json:"field,omitempty"`
	Old      any       `json:"old,omitempty"`
	New      any       `json:"new,omitempty"`
	Redacted bool      `json:"redacted,omitempty"`
}

// A HistoryQuery asks for entries of the log, newest first.
type HistoryQuery struct {
	Incident ID     // only what belongs to it
	Entity   ID     // only this entity
	Field    string // only this field
	Limit    int    // 0 means all
}

// A Conflict is a cell that people changed at once. All values are kept; the first one is shown.
type Conflict struct {
	Type     Type             `json:"type"`
	Entity   ID               `json:"entity"`
	Incident ID               `json:"incident,omitempty"`
	Zone     string           `json:"zone,omitempty"` // of the incident
	Field    string           `json:"field"`          // "(deleted)" when one deleted what another edited
	What     string           `json:"what"`           // the entity's title, for people
	Values   []ConflictChoice `json:"values"`
}

// A ConflictChoice is one of the values of a conflict.
type ConflictChoice struct {
	Value  any       `json:"value"`
	Author string    `json:"author"`
	At     time.Time `json:"at"`
	Site   string    `json:"site"`
	Seq    int64     `json:"seq"`
}
