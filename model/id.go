package model

import (
	"encoding/hex"
	"io"
	"strings"
)

// An ID names one thing in the file for good. It is random, so two people can make records offline
// without a clash: the letter of its type, a hyphen and 16 hexadecimal digits ("F-3c07a1e29b44d0f1").
// People see and type the shortest prefix that is unique in the file, as in git.
type ID string

// Type is the kind of thing an entity is. New types are only ever added.
type Type string

// The types of a retrospective. Everything belongs to an incident, but for incidents and what is FileWide.
const (
	TypeIncident    Type = "incident"
	TypeParticipant Type = "participant"
	TypeImport      Type = "import"
	TypePage        Type = "page"
	TypeEvent       Type = "event"
	TypeClock       Type = "clock"
	TypeSweep       Type = "sweep"
	TypeView        Type = "view"
	TypeFactor      Type = "factor"
	TypeInteraction Type = "interaction"
	TypeAction      Type = "action"
	TypeStep        Type = "step"
	TypeResult      Type = "result"
	TypeTemplate    Type = "template"
	TypeRevision    Type = "revision"
	TypeDismissal   Type = "dismissal"
	TypeQuestion    Type = "question"
	TypeReply       Type = "reply"
	TypeApproval    Type = "approval"
	TypeRedaction   Type = "redaction"
)

// letters gives each type its own first letter, so that an id says what it names.
var letters = map[Type]string{
	TypeTemplate: "T",
	TypeIncident: "N", TypeParticipant: "P", TypeImport: "M", TypeEvent: "E", TypeFactor: "F",
	TypePage: "K", TypeClock: "C", TypeSweep: "W", TypeView: "Q",
	TypeDismissal: "D", TypeQuestion: "U", TypeReply: "G", TypeApproval: "O", TypeRedaction: "X",
	TypeInteraction: "L", TypeAction: "A", TypeStep: "S", TypeResult: "R", TypeRevision: "V",
}

// NewID draws an id for a new entity from random, which must not fail (crypto/rand.Reader does not).
func NewID(t Type, random io.Reader) ID {
	var b [8]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		panic("model: no randomness for a new id: " + err.Error())
	}
	return IDFrom(t, b)
}

// IDFrom is the id of type t with the given eight bytes.
func IDFrom(t Type, b [8]byte) ID { return ID(letters[t] + "-" + hex.EncodeToString(b[:])) }

// Type tells what the id names; it is empty for what is no id.
func (id ID) Type() Type {
	letter, digits, found := strings.Cut(string(id), "-")
	if !found || digits == "" {
		return ""
	}
	for t, l := range letters {
		if strings.EqualFold(l, letter) {
			return t
		}
	}
	return ""
}

// Bytes are the eight bytes of a complete id.
func (id ID) Bytes() (b [8]byte, ok bool) {
	_, digits, _ := strings.Cut(string(id), "-")
	n, err := hex.Decode(b[:], []byte(digits))
	return b, err == nil && n == 8 && len(digits) == 16
}
