package importers

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

// A recorder turns the records of one service into events. It holds the record that is being read and
// the event that was begun about it.
type recorder struct {
	run   *run
	rec   jsonRecord
	event model.Event
	bare  bool // a part of the event's id is not in its record
	limit int  // of one record in bytes; zero stands for recordLimit
}

// read gives every record of a JSON text as an object; lists names the lists that hold records, with
// blanks between.
func (p *recorder) read(content io.Reader, lists string, record func(o object) error) error {
	names := strings.Fields(lists)
	isList := func(key string) bool {
		for _, n := range names {
			if n == key {
				return true
			}
		}
		return false
	}
	return p.run.recordsUpTo(max(p.limit, recordLimit), content, isList, func(rec jsonRecord) error {
		p.rec = rec
		return record(objectOf(rec.raw))
	})
}

// begin starts an event of a kind; its external id is the importer's name and the parts. When a record
// lacks one of them, a digest of the record takes their place.
func (p *recorder) begin(kind string, id ...string) *model.Event {
	p.bare = slices.Contains(id, "")
	p.event = model.Event{Kind: kind, Line: p.rec.n, ExternalID: p.run.src.Name + ":" + strings.Join(id, ":")}
	return &p.event
}

// give gives the event that was begun, at a time written as text. Of one id the newest update wins.
func (p *recorder) give(at, updated string) error {
	return p.giveIn(textTime, at, updated)
}

// giveIn is give for fields that may count units since 1970.
func (p *recorder) giveIn(unit time.Duration, at, updated string) error {
	if ok, err := p.run.fieldTimeIn(unit, &p.event, at, p.rec); !ok {
		return err
	}
	if e := &p.event; p.bare {
		e.ExternalID = p.run.hashID(idLabel(e.ExternalID), false, p.run.written(e), e.Title, string(p.rec.raw))
	}
	return p.run.eventAsOf(&p.event, p.run.fieldInstantIn(unit, updated))
}

// idLabel is an external id without the parts that are empty, and what follows them.
func idLabel(id string) string {
	label, _, _ := strings.Cut(id, "::")
	return strings.TrimRight(label, ":")
}

// refuse reports the record that is being read.
func (p *recorder) refuse(reason string) error {
	p.run.refuse(p.rec.n, reason, string(p.rec.raw))
	return nil
}

// hashed gives the event that was begun an id made of its time and the parts, because its record has
// none. Equal records are told apart by a number when they are lines of their own.
func (p *recorder) hashed(unit time.Duration, unique bool, at string, parts ...string) error {
	label := idLabel(p.event.ExternalID)
	if ok, err := p.run.fieldTimeIn(unit, &p.event, at, p.rec); !ok {
		return err
	}
	p.event.ExternalID = p.run.hashID(label, unique, p.run.written(&p.event), parts...)
	return p.run.eventAsOf(&p.event, time.Time{})
}

// placedAtCommit tells that a push is placed at the time of its newest commit, for services whose
// webhooks give pushes no time of their own.
func (p *recorder) placedAtCommit() {
	p.run.warn("push", "%s's push webhooks have no time of their own; a push is placed at the time of its newest commit, so it may have come later", p.run.src.Title)
}

// fieldTimeIn is fieldTime for a field that counts units since 1970. The unit is the one that the
// service documents for this field. A field that holds a text is read as one.
func (r *run) fieldTimeIn(unit time.Duration, e *model.Event, written string, rec jsonRecord) (bool, error) {
	at, ok := counted(unit, written)
	if !ok {
		return r.fieldTime(e, written, rec)
	}
	if at.Unix() == 0 {
		r.refuse(rec.n, "the record has no time", string(rec.raw))
		return false, nil
	}
	e.At, e.ZoneSource, e.TimeText, e.Precision = at, "data", written, precisionOf(unit, at)
	return true, nil
}

// fieldInstantIn is fieldInstant for a field that may count units since 1970.
func (r *run) fieldInstantIn(unit time.Duration, written string) time.Time {
	if at, ok := counted(unit, written); ok && at.Unix() != 0 {
		return at
	}
	return r.fieldInstant(written)
}

func precisionOf(unit time.Duration, at time.Time) model.Precision {
	switch {
	case at.Nanosecond()%1e6 != 0 || unit < time.Millisecond:
		return "ns"
	case at.Nanosecond() != 0 || unit < time.Second:
		return "ms"
	}
	return "s"
}

// textTime stands for the unit of a field that is documented as a text.
const textTime time.Duration = 0

// counted reads a count of units since 1970, with or without a fraction or an exponent.
func counted(unit time.Duration, written string) (time.Time, bool) {
	if unit == textTime || len(written) == 0 || len(written) > 40 || written[0] < '0' || written[0] > '9' {
		return time.Time{}, false
	}
	if i := strings.IndexAny(written, "eE"); i > 0 {
		f, ok := new(big.Rat), len(written)-i <= 4
		if ok {
			f, ok = f.SetString(written)
		}
		if !ok {
			return time.Time{}, false
		}
		written = f.FloatString(9)
	}
	whole, frac, _ := strings.Cut(written, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || strings.Trim(frac, "0123456789") != "" {
		return time.Time{}, false
	}
	billionths, _, _ := fraction(frac, 0)
	perSecond := int64(time.Second / unit)
	part := time.Duration(n%perSecond)*unit + time.Duration(billionths)*unit/time.Second
	return time.Unix(n/perSecond, int64(part)).UTC(), true
}

// list is the objects that the member is a list of.
func (o object) list(key string) []object {
	var objects []object
	for _, raw := range o.raws(key) {
		objects = append(objects, objectOf(raw))
	}
	return objects
}

// raws is the values that the member is a list of, as written.
func (o object) raws(key string) []json.RawMessage {
	var raws []json.RawMessage
	if v := o[key]; len(v) > 0 && v[0] == '[' {
		_ = decode(v, &raws)
	}
	return raws
}

// words is the texts that the member is a list of, each once, with commas between; a text stands as it is.
func (o object) words(key string) string {
	var words []string
	told := map[string]bool{}
	for _, raw := range o.raws(key) {
		if w := oneLine(unquote(string(raw))); w != "" && raw[0] != '{' && raw[0] != '[' && !told[w] {
			told[w] = true
			words = append(words, w)
		}
	}
	return firstOf(strings.Join(words, ", "), o.text(key))
}

// objectAsWritten is a JSON object with its keys as they are, for those that are not the service's own.
func objectAsWritten(raw []byte) object {
	o := object{}
	members(string(raw), func(key, value string) { o[key] = json.RawMessage(value) })
	return o
}

// scalars is the members that are no lists or objects, each as a line with its name.
func scalars(raw []byte) string {
	var lines []string
	members(string(raw), func(key, value string) {
		if value[0] != '{' && value[0] != '[' {
			if line := named(key, unquote(value)); line != "" {
				lines = append(lines, line)
			}
		}
	})
	return strings.Join(lines, "\n")
}

func sortedKeys(o object) []string { return slices.Sorted(maps.Keys(o)) }

// headline joins the parts that are not empty with colons.
func headline(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return strings.TrimSpace(s) == "" }), ": ")
}

// named is text with its name before it, or nothing when there is no text.
func named(name, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	return name + ": " + text
}

// hasMembers says whether the beginning of a JSON text holds members with all of the names.
func hasMembers(head []byte, names ...string) bool {
	for _, n := range names {
		if !hasMember(head, n) {
			return false
		}
	}
	return true
}

func hasMember(head []byte, name string) bool {
	quoted := []byte(`"` + name + `"`)
	for {
		i := bytes.Index(head, quoted)
		if i < 0 {
			return false
		}
		head = head[i+len(quoted):]
		if rest := bytes.TrimLeft(head, " \t\r\n"); len(rest) > 0 && rest[0] == ':' {
			return true
		}
	}
}

// isEmptyPage says whether the file is an answer of an API that holds no record.
func isEmptyPage(head []byte, list string) bool {
	return len(head) < 4<<10 && bytes.Contains(compact(head), []byte(`"`+list+`":[]`))
}
