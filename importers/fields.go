package importers

import (
	"encoding/json"
	"strings"
	"time"

	"aftermath/model"
)

// fieldTime sets the time of e from a field of a record. When it says no without an error, the record
// was refused.
func (r *run) fieldTime(e *model.Event, written string, rec jsonRecord) (bool, error) {
	if written == "" {
		r.refuse(rec.n, "the record has no time", string(rec.raw))
		return false, nil
	}
	st, ok := wholeStamp(written)
	if !ok {
		r.refuse(rec.n, "the time cannot be read: "+quote(written), string(rec.raw))
		return false, nil
	}
	at, source, err := r.clock.at(st, rec.n, written)
	if isQuestion(err) {
		return false, err
	}
	if err != nil {
		r.refuse(rec.n, err.Error(), string(rec.raw))
		return false, nil
	}
	e.At, e.ZoneSource, e.Precision, e.TimeText = at, source, st.precision, written
	return true, nil
}

// fieldInstant is a further time of a record, such as its end; one that cannot be read is none.
func (r *run) fieldInstant(written string) time.Time {
	st, ok := wholeStamp(written)
	if !ok || st.zone == nil || !st.timed {
		return time.Time{}
	}
	at, _, err := r.clock.at(st, 0, written)
	if err != nil {
		return time.Time{}
	}
	return at
}

// An object is a JSON object whose keys are in snake case, so that one reader serves an API that writes
// created_at and a tool that writes createdAt.
type object map[string]json.RawMessage

func objectOf(raw []byte) object {
	o := object{}
	if len(raw) > 0 {
		members(string(raw), func(key, value string) { o[snake(key)] = json.RawMessage(value) })
	}
	return o
}

// snake is a key in snake case. A run of capitals is one word: eventID becomes event_id.
func snake(key string) string {
	if strings.ToLower(key) == key {
		return key
	}
	upper := func(i int) bool { return i < len(key) && key[i] >= 'A' && key[i] <= 'Z' }
	lower := func(i int) bool { return i < len(key) && key[i] >= 'a' && key[i] <= 'z' }
	var b strings.Builder
	for i := 0; i < len(key); i++ {
		if !upper(i) {
			b.WriteByte(key[i])
			continue
		}
		if i > 0 && key[i-1] != '_' && (!upper(i-1) || lower(i+1)) {
			b.WriteByte('_')
		}
		b.WriteByte(key[i] + 'a' - 'A')
	}
	return b.String()
}

// text is the first of the members that is a text, a number or a truth value and not empty.
func (o object) text(keys ...string) string {
	for _, k := range keys {
		if v := o[k]; len(v) > 0 && v[0] != '{' && v[0] != '[' {
			if t := unquote(string(v)); strings.TrimSpace(t) != "" {
				return t
			}
		}
	}
	return ""
}

// in is the object that the member is, or an empty one.
func (o object) in(key string) object {
	if v := o[key]; len(v) > 0 && v[0] == '{' {
		return objectOf(v)
	}
	return object{}
}

// has says whether all members are there and are not null.
func (o object) has(keys ...string) bool {
	for _, k := range keys {
		if v, ok := o[k]; !ok || string(v) == "null" {
			return false
		}
	}
	return true
}

// firstOf is the first of texts that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

// joinLines appends the texts that are not empty and not there yet, each on its own line.
func joinLines(body string, texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t == "" || strings.Contains(body, t) {
			continue
		}
		if body != "" {
			body += "\n"
		}
		body += t
	}
	return body
}

// joinBlocks joins two texts that may be empty with a line break.
func joinBlocks(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n" + b
}
