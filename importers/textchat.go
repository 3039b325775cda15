package importers

import (
	"strings"

	"aftermath/model"
)

// Chats that are copied from a window hold the name, the time and the text of a message on lines of their own; the
// messages that follow of the same person have a time alone.

var (
	chatBadge = model.Pattern(`^(?:(?:APP|BOT|WORKFLOW|:[\w+-]+(?:::[\w-]+)?:|[\x{2600}-\x{27bf}\x{1f300}-\x{1faff}]\x{fe0f}?)\s+)+`)
	chatName  = model.Pattern(`^\p{L}[\p{L}\p{M}\p{N}_ .'’()|/@&-]{0,59}$`)
)

// chat takes in a line of a copied chat. It says no when the line is none.
func (t *textReading) chat(l lead, ok bool, m markedLine, blank bool, line string, n int) bool {
	name, nameAt, apart := t.name, t.nameAt, t.apart
	t.name, t.apart = "", blank
	if blank {
		return false
	}
	if m.item || m.cells || m.heading > 0 {
		return false
	}
	text := strings.TrimSpace(m.text)
	if s := pasted().FindStringSubmatch(text); s != nil {
		if l, ok := leadOf(s[2]); ok && l.stamp.timed {
			if actor := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s[1]), " APP")); actor != "APP" && actor != "BOT" {
				t.say(actor, m, l, line, n)
				return true
			}
		}
	}
	badge := chatBadge().FindString(text)
	if badge != "" {
		l, ok = leadOf(text[len(badge):])
	}
	begins := l.stamp.marked || badge != "" || line[0] == ' ' || line[0] == '\t' || t.nameApart || t.speaker == ""
	switch {
	case ok && l.stamp.timed && !l.loose && blankAfter(l.text) && begins && name != "" && nameAt == n-1:
		t.unsay(nameAt)
		t.say(name, m, l, line, n)
		return true
	case ok && l.stamp.timed && !l.loose && !l.dated && strings.TrimSpace(l.text) == "" && t.speaker != "" && !t.entries[len(t.entries)-1].ended:
		t.say(t.speaker, m, l, line, n)
		return true
	case chatName().MatchString(text):
		t.name, t.nameAt, t.nameApart = text, n, apart
	}
	return false
}

// say begins the message of a person.
func (t *textReading) say(actor string, m markedLine, l lead, line string, n int) {
	l.actor, l.text = actor, ""
	t.add(m, l, line, n)
	t.speaker = actor
}

// unsay takes a name that stands above its message off the message before.
func (t *textReading) unsay(nameAt int) {
	if len(t.entries) == 0 {
		return
	}
	e := t.entries[len(t.entries)-1]
	if last := len(e.body) - 1; last >= 0 && e.bodyAt == nameAt {
		e.body = e.body[:last]
	}
}
