package importers

import "strings"

// kindWords maps the words that tools use for what happened to the kinds of the timeline.
var kindWords = map[string]string{
	"alert": "alert", "alarm": "alert", "alarms": "alert", "incident": "alert", "trigger": "alert", "triggered": "alert", "firing": "alert", "monitor": "alert",
	"page": "page", "paged": "page", "notify": "page", "notified": "page", "escalate": "page", "escalated": "page",
	"ack": "ack", "acked": "ack", "acknowledge": "ack", "acknowledged": "ack", "acknowledgement": "ack",
	"deploy": "deploy", "deployed": "deploy", "deployment": "deploy", "release": "deploy", "released": "deploy", "rollout": "deploy", "rollback": "deploy",
	"change": "change", "changed": "change", "commit": "change", "merge": "change", "push": "change", "config": "change", "configuration": "change", "feature_flag": "change",
	"comms": "comms", "message": "comms", "msg": "comms", "chat": "comms", "comment": "comms", "communication": "comms", "email": "comms", "slack": "comms",
	"status": "status", "resolved": "status", "resolve": "status", "closed": "status", "recovered": "status", "investigating": "status",
	"identified": "status", "monitoring": "status", "update": "status", "scheduled": "status", "in_progress": "status",
	"completed": "status", "verifying": "status", "maintenance": "status", "postmortem": "status", "mitigated": "status",
	"action": "action", "mitigation": "action", "fix": "action", "remediation": "action",
	"decision": "decision", "decided": "decision",
	"signal": "signal", "symptom": "signal", "exception": "signal", "trace": "signal", "span": "signal",
	"metric": "metric", "measurement": "metric", "graph": "metric",
	"log": "log", "logs": "log", "debug": "log", "debug2": "log", "info": "log", "information": "log", "informational": "log", "notice": "log",
	"warn": "log", "warning": "log", "error": "log", "err": "log", "critical": "log", "crit": "log", "fatal": "log", "emerg": "log", "severe": "log",
	"note": "note", "notes": "note", "observation": "note",
}

// kindOf is the kind of the timeline for a tool's word, or "" when the word is unknown.
func kindOf(word string) string {
	if k, ok := kindWords[word]; ok {
		return k
	}
	if len(word) > 40 {
		return ""
	}
	return kindWords[strings.NewReplacer(" ", "_", "-", "_", ".", "_").Replace(strings.ToLower(strings.TrimSpace(word)))]
}

// kindOfText guesses what an automatic message is about; other is for a message that does not say.
func kindOfText(text, other string) string {
	text = strings.ToLower(text)
	for _, k := range []struct{ kind, words string }{
		{"deploy", "deploy released rollout rolled rollback"},
		{"alert", "alert alarm firing triggered critical incident pagerduty opsgenie"},
	} {
		for w := range strings.FieldsSeq(k.words) {
			if strings.Contains(text, w) {
				return k.kind
			}
		}
	}
	return other
}
