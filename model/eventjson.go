package model

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"aftermath/safetext"
)

// AppendJSON appends the event to b as one line of JSON, as encoding/json writes it without escaping
// for HTML. Exports and `events --json` write millions of these, and this takes a fifth of the time.
func (e *Event) AppendJSON(b []byte) []byte {
	b = append(b, `{"id":`...)
	b = appendText(b, string(e.ID))
	b = append(b, `,"at":"`...)
	b = appendInstant(b, e.At)
	b = append(b, '"')
	b = appendTime(b, "end", e.End)
	b = appendField(b, "precision", string(e.Precision))
	b = appendField(b, "zone_source", e.ZoneSource)
	b = append(b, `,"source":`...)
	b = appendText(b, e.Source)
	b = appendField(b, "kind", e.Kind)
	b = appendField(b, "role", e.Role)
	b = appendField(b, "moment", e.Moment)
	b = appendField(b, "actor", e.Actor)
	b = appendField(b, "service", e.Service)
	b = append(b, `,"title":`...)
	b = appendText(b, e.Title)
	b = appendField(b, "body", e.Body)
	b = appendField(b, "url", e.URL)
	b = appendField(b, "external_id", e.ExternalID)
	b = appendField(b, "signals", e.Signals)
	b = appendField(b, "belief", e.Belief)
	b = appendField(b, "decision", e.Decision)
	b = appendField(b, "why", e.Why)
	b = appendFlag(b, "kept", e.Kept)
	b = appendFlag(b, "noise", e.Noise)
	b = appendFlag(b, "housekeeping", e.Housekeeping)
	b = appendField(b, "merged_into", string(e.MergedInto))
	b = appendCount(b, "merged", e.Merged)
	b = appendField(b, "time_text", e.TimeText)
	b = appendCount(b, "line", e.Line)
	b = appendField(b, "import", string(e.Import))
	b = appendTime(b, "original_at", e.OriginalAt)
	b = appendField(b, "original_title", e.OriginalTitle)
	b = appendField(b, "reason", e.Reason)
	return append(b, '}')
}

func appendName(b []byte, name string) []byte {
	b = append(b, ',', '"')
	b = append(b, name...)
	return append(b, '"', ':')
}

func appendField(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	return appendText(appendName(b, name), value)
}

func appendFlag(b []byte, name string, set bool) []byte {
	if !set {
		return b
	}
	return append(appendName(b, name), "true"...)
}

func appendCount(b []byte, name string, n int) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(appendName(b, name), int64(n), 10)
}

func appendTime(b []byte, name string, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	return append(appendInstant(append(appendName(b, name), '"'), t), '"')
}

func appendInstant(b []byte, t time.Time) []byte { return t.AppendFormat(b, time.RFC3339Nano) }

// appendText quotes text. What needs escaping is rare and left to encoding/json.
func appendText(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c >= 0x7F {
			return appendEscaped(b, s)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// appendEscaped quotes text that holds more than plain ASCII.
func appendEscaped(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= 0x20 && r != '"' && r != '\\' && !safetext.Unshown(r) && (r != utf8.RuneError || size > 1) {
			i += size
			continue
		}
		b = append(b, s[from:i]...)
		if r >= 0x7F && size > 1 || r == 0x7F {
			b = safetext.AppendNumber(b, r)
			i += size
			from = i
			continue
		}
		quoted, _ := json.Marshal(s[i : i+size]) // a string always has a JSON form
		b = append(b, quoted[1:len(quoted)-1]...)
		i += size
		from = i
	}
	return append(append(b, s[from:]...), '"')
}
