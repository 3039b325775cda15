package importers

import (
	"slices"
	"strings"
	"unicode"
)

// Many programs write what happened one level down, beside a level and a time: {"level":"ERROR","fields":{"message":…}}.

// nests are the members that may hold a record inside a record, the likeliest first.
var nests = []string{"fields", "record", "json_payload", "proto_payload", "attributes", "data", "event", "log", "body", "payload", "error", "exception", "attr"}

// sayings are the members that say what happened, the best first.
var sayings = []string{"message", "msg", "title", "summary", "short_message", "description", "text", "body", "detail", "reason", "method_name"}

// saidWithin is the text that one of the objects in an object says.
func saidWithin(o object, depth int) string {
	for _, name := range nests {
		inner := o.in(name)
		if text := inner.text(sayings...); text != "" {
			return text
		}
		if depth > 1 && len(inner) > 0 {
			if text := saidWithin(inner, depth-1); text != "" {
				return text
			}
		}
	}
	return ""
}

// extendedDate is the time in {"$date": …}, which is how MongoDB writes times.
func extendedDate(value string) (string, bool) {
	if !strings.HasPrefix(strings.TrimLeft(value[1:], " "), `"$date"`) {
		return "", false
	}
	date := objectOf([]byte(value)).text("$date")
	return date, date != ""
}

// isBareWord reports whether a title only names a level, a state, or the member that the record lies in.
func isBareWord(title string) bool {
	if len(title) > 20 || strings.ContainsAny(title, " \t") {
		return false
	}
	word := strings.ToLower(title)
	return word == "" || slices.Contains(nests, word) || slices.Contains(levelList, word) || kindWords[word] == "log" || kindWords[word] == "status"
}

var levelList = strings.Split(levelWords, "|")

// fromWithin fills in what a record itself leaves open from the objects in it.
func (w *row) fromWithin(text string) {
	bare := isBareWord(strings.TrimSpace(w.value[roleTitle]))
	if !bare && w.value[roleKind] != "" {
		return
	}
	o := objectOf([]byte(text))
	if bare {
		if text := saidWithin(o, 2); text != "" {
			w.value[roleTitle] = text
		}
	}
	for _, name := range nests {
		inner := o.in(name)
		if len(inner) == 0 {
			continue
		}
		if w.value[roleKind] == "" {
			w.value[roleKind], w.level = inner.text("level", "severity", "error_severity"), true
		}
		if who := inner.in("authentication_info").text("principal_email"); who != "" {
			w.value[roleActor] = firstOf(w.value[roleActor], who)
			w.value[roleKind], w.level = "change", false
		}
	}
	labels := o.in("resource").in("labels")
	w.value[roleService] = firstOf(w.value[roleService], labels.text("container_name", "service_name", "service", "module_id", "function_name", "job"))
}

// personWithin is who a record is by, when that is an object in it.
func personWithin(text string) string {
	best, who := 1<<30, ""
	for _, x := range flatten(text) {
		for _, m := range meansAt(x) {
			if m.role == roleActor && m.rank < best {
				best, who = m.rank, x.value
			}
		}
	}
	return who
}

// sentence takes the longest text of several words out of the pairs that have no role.
func (w *row) sentence() string {
	best := -1
	for i := 0; i+1 < len(w.rest); i += 2 {
		if isSentence(w.rest[i+1]) && (best < 0 || len(w.rest[i+1]) > len(w.rest[best+1])) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	text := w.rest[best+1]
	w.rest = append(w.rest[:best], w.rest[best+2:]...)
	return text
}

// isSentence reports whether a value holds at least two words.
func isSentence(s string) bool {
	words := 0
	for f := range strings.FieldsSeq(s) {
		letters := 0
		for _, r := range f {
			if unicode.IsLetter(r) {
				letters++
			}
		}
		if letters > 1 {
			words++
		}
	}
	if words < 2 {
		return false
	}
	_, stamped := toolStamp(s)
	return !stamped
}
