package importers

import (
	"strings"

	"aftermath/model"
)

var (
	ircNick   = model.Pattern(`^<([^<>\s]{1,30})>\s+(.+)$`)
	colonNick = model.Pattern(`^\**(@?)([\p{L}_\[\]][\p{L}\p{M}\p{N}_|.'\[\]-]{1,23})\**\s?[:：]\**\s*(\S.*)$`)
)

// notNicks are words that stand before a colon and are nobody.
var notNicks = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`
action actions alarm alert alerts answer assumption background blocker bug cause causes change check comms conclusion context customer customers
decision deploy detail details diagnosis edit end error eta evidence example fact failure finding findings first fix follow-up followup found fyi
goal guess hint http https hypothesis idea impact important incident info internal issue issues later lesson log logs metric metrics mitigation
monitor n.b nb next none note notes now observation ok on-call oncall option outage outcome page pager plan priority problem progress proposal
ps public question questions re reason recap recovery reminder reply response result results risk rollback root scope second service services
severity sidenote signal solution start state status step steps subject suggestion summary support suspicion symptom symptoms system team theory
third final title todo trigger unknown update updates user users warn warning why workaround
hinweis ursache folge entscheidung maßnahme notiz frage antwort nota causa decisión remarque cause impacto acción
原因 対応 影響 判断 備考 注意 结论 备注`) {
		m[w] = true
	}
	return m
}()

// isNick reports whether a word before a colon names a person. Words that tell what was done, as "detected:" and
// "monitoring:" do, name nobody.
func isNick(word string) bool {
	low := strings.ToLower(word)
	if notNicks[low] {
		return false
	}
	for _, ending := range []string{"ed", "ing", "tion", "sion", "ment", "ly"} {
		if len(low) > len(ending)+4 && strings.HasSuffix(low, ending) {
			return false
		}
	}
	return true
}

// chatExport is a message as phones export their chats: "[3/4/26, 2:13 PM] Ada North: …", "04.03.26, 14:13 - Ada: …".
var chatExport = model.Pattern(`^\x{200e}?(?:\[\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? [^\]]{4,16}\]|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},? [\d:.]{4,8}(?:[\s\x{202f}\x{a0}]?[AaPp]\.?[\s\x{a0}]?[Mm]\.?)? -) ~?\s?([^:\n]{1,40}): `)

// heard takes the speaker off the text of a chat line.
func (t *textReading) heard(e *model.Event, text string) string {
	if m := ircNick().FindStringSubmatch(text); m != nil {
		e.Actor, e.Kind = m[1], "comms"
		return m[2]
	}
	if m := colonNick().FindStringSubmatch(text); m != nil && !strings.HasPrefix(m[3], "//") && (m[1] != "" || isNick(m[2])) {
		e.Actor = m[2]
		return m[3]
	}
	return text
}
