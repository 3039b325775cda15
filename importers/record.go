package importers

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// A recordReading turns the records of one JSON format into events, one at a time.
type recordReading struct {
	run   *run
	event model.Event
	rec   jsonRecord
}

// give gives the event that was begun, at the time that its record writes. Of one id the newest update wins.
func (g *recordReading) give(at, updated string) error {
	if ok, err := g.run.fieldTime(&g.event, at, g.rec); !ok {
		return err
	}
	return g.complete(g.run.fieldInstant(updated))
}

// giveMillis is give for a field whose number is milliseconds since 1970, or nothing when it is 0.
func (g *recordReading) giveMillis(at string, updated time.Time) error {
	t, ok := millis(at)
	if !ok {
		return g.give(at, "")
	}
	g.event.At, g.event.TimeText, g.event.ZoneSource, g.event.Precision = t, at, "data", "ms"
	return g.complete(updated)
}

// giveNanos is give for a field whose number is nanoseconds since 1970.
func (g *recordReading) giveNanos(at string) error {
	t, ok := nanos(otlpText(at))
	if !ok {
		return g.give(at, "")
	}
	g.event.At, g.event.TimeText, g.event.ZoneSource, g.event.Precision = t, at, "data", "ns"
	return g.complete(time.Time{})
}

func (g *recordReading) complete(updated time.Time) error {
	g.event.Line = g.rec.n
	return g.run.eventAsOf(&g.event, updated)
}

// refuse reports the record as one that cannot be an event.
func (g *recordReading) refuse(reason string) error {
	g.run.refuse(g.rec.n, reason, string(g.rec.raw))
	return nil
}

// millis reads a number of milliseconds since 1970.
func millis(text string) (time.Time, bool) {
	n, end := digits(text, 0, 15)
	if end != len(text) || n == 0 {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(n)).UTC(), true
}

// list gives the objects of a member that is a list. What else lies in it is left out.
func (o object) list(key string) []object {
	var all []object
	for _, raw := range o.raws(key) {
		if len(raw) > 0 && raw[0] == '{' {
			all = append(all, objectOf(raw))
		}
	}
	return all
}

// raws gives the values of a member that is a list, as written.
func (o object) raws(key string) []json.RawMessage {
	var all []json.RawMessage
	if v := o[key]; len(v) > 0 && v[0] == '[' {
		_ = decode(v, &all)
	}
	return all
}

// texts are the texts in a member that is a list of them.
func (o object) texts(key string) []string {
	var all []string
	for _, raw := range o.raws(key) {
		if t := unquote(string(raw)); t != "" && raw[0] != '{' && raw[0] != '[' {
			all = append(all, t)
		}
	}
	return all
}

// pairs are the members of a JSON object as its author named them, sorted by name.
func pairs(raw []byte) [][2]string {
	var all [][2]string
	if len(raw) > 0 {
		members(string(raw), func(key, value string) { all = append(all, [2]string{key, unquote(value)}) })
	}
	slices.SortStableFunc(all, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return all
}

// pairLines shows pairs as lines of name: value.
func pairLines(all [][2]string) string {
	var lines []string
	for _, p := range all {
		if strings.TrimSpace(p[1]) != "" {
			lines = append(lines, p[0]+": "+p[1])
		}
	}
	return strings.Join(lines, "\n")
}

// withLabel is "label: text", or nothing when there is no text.
func withLabel(label, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return label + ": " + text
}

// isJSON says whether the head of a file begins an object or a list.
func isJSON(head []byte) bool {
	t := bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	return len(t) > 0 && (t[0] == '{' || t[0] == '[')
}

// mentions says whether all keys are written in the head of a file.
func mentions(head []byte, keys ...string) bool {
	for _, k := range keys {
		if !bytes.Contains(head, []byte(`"`+k+`"`)) {
			return false
		}
	}
	return true
}

// mentionsAny says whether one of the keys is written in the head of a file.
func mentionsAny(head []byte, keys ...string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return mentions(head, k) })
}
