package importers

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"aftermath/model"
)

var jsonlSource = Source{
	Name: "jsonl", Title: "JSON lines", About: "one JSON object a line, or a list of flat objects; any field names that say time and text",
	Detect: detectJSONL, parse: parseJSONL,
}

func detectJSONL(name string, head []byte) (Confidence, string) {
	line, _, _ := bytes.Cut(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte("\n"))
	if len(line) == 0 || !looksLikeJSON(head) {
		return No, ""
	}
	named := hasExt(name, ".jsonl", ".ndjson")
	timed := false
	err := members(string(bytes.TrimSpace(line)), func(key, _ string) { timed = timed || isTimeName(key) })
	switch {
	case err == nil && timed && named:
		return Likely + 10, "a JSON object with a time on each line"
	case err == nil && timed:
		return Likely, "a JSON object with a time on each line"
	case named:
		return Possible + 10, "its name"
	}
	return Possible, "JSON"
}

func isTimeName(key string) bool {
	name, _ := columnName(key)
	for _, c := range roleOf[name] {
		if c.role == roleTime {
			return true
		}
	}
	return false
}

func parseJSONL(r *run) error {
	return r.each(func(f *File, content io.Reader) error {
		r.clock.file, r.clock.dayFirst = namedZone{}, orderUnknown
		j := &jsonlReading{run: r, maker: maker{run: r, other: "log"}, names: map[string][]ranked{}, counts: map[string]int{}}
		defer j.tellLists()
		return j.read(f, content)
	})
}

// jsonlReading is the reading of one file of JSON lines.
type jsonlReading struct {
	run    *run
	maker  maker
	names  map[string][]ranked // what the field names of this file can mean
	event  model.Event
	row    row
	rank   [roles]int
	key    [roles]string
	texts  []field // of the record, until its roles are settled
	places []field // the names that the last record had, in their order
	place  int
	nested bool // the record holds an object
	lists  bool // the record holds a list of objects

	whole   bool           // the file is a document, or a list of records
	counts  map[string]int // of the records in each list of a document
	service string         // of the record that the one being read lies in
}

// A field is one scalar member of a record.
type field struct {
	key, value string
	means      []ranked
}

func (j *jsonlReading) read(f *File, content io.Reader) error {
	head := bytes.TrimLeft(f.head(), "\xef\xbb\xbf \t\r\n")
	if j.whole = len(head) > 0 && (head[0] == '[' || isDocument(head)); j.whole {
		return j.run.recordsUpTo(documentLimit, content, func(string) bool { return false }, func(rec jsonRecord) error { return j.record(string(rec.raw), rec.n) })
	}
	l := newLines(content)
	for {
		line, err := l.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return brokenFile{l.n, err}
		case l.long:
			j.run.refuse(l.n, longRecord, string(line[:200]))
			continue
		case len(bytes.TrimSpace(line)) == 0:
			continue
		}
		if err := j.record(string(line), l.n); err != nil {
			return err
		}
	}
}

// isDocument says whether the first object of head is all that the file holds, on one line or on several.
func isDocument(head []byte) bool {
	line, rest, more := bytes.Cut(head, []byte("\n"))
	if len(line) == 0 || line[0] != '{' {
		return false
	}
	err := members(string(bytes.TrimSpace(line)), func(string, string) {})
	rest = bytes.TrimLeft(rest, " \t\r\n")
	if !more || len(rest) == 0 {
		return true
	}
	if next, _, _ := bytes.Cut(rest, []byte("\n")); errors.Is(err, errCutJSON) {
		return members(string(bytes.TrimSpace(next)), func(string, string) {}) != nil || len(next) == len(rest)
	}
	return false
}

// record makes an event of one object.
func (j *jsonlReading) record(text string, line int) error {
	w := &j.row
	w.reset(line)
	j.run.original = text
	plain := isPlain(text)
	if j.run.plain = plain && strings.IndexByte(text, '\\') < 0; !plain {
		j.run.noteInvalid(utf8.ValidString(text), line)
	}
	j.texts, j.place, j.nested, j.lists = j.texts[:0], 0, false, false
	for i := range j.rank {
		j.rank[i], j.key[i] = 1<<30, ""
	}
	if err := members(text, j.member); err != nil {
		j.run.refuse(line, err.Error(), text)
		return nil
	}
	if j.key[roleTime] == "" || j.whole && (j.nested || j.lists) {
		return j.document(text, line)
	}
	j.settle(w)
	if j.nested {
		w.fromWithin(text)
		if w.value[roleActor] == "" {
			w.value[roleActor] = personWithin(text)
		}
	}
	j.maker.timeName = j.key[roleTime]
	return j.maker.event(&j.event, w)
}

// member notes one member; nested values stay in the file, unless they say what the record itself does not.
func (j *jsonlReading) member(key, value string) {
	if value[0] == '{' || value[0] == '[' {
		if value[0] == '[' {
			j.lists = j.lists || strings.IndexByte(value, '{') >= 0
			return
		}
		date, ok := extendedDate(value)
		if j.nested = j.nested || !ok; !ok {
			return
		}
		value = date
	}
	means := j.meaning(key)
	if value = unquote(value); value == "" {
		return
	}
	j.texts = append(j.texts, field{key, value, means})
	for _, m := range means {
		if m.rank < j.rank[m.role] {
			j.rank[m.role], j.key[m.role] = m.rank, key
		}
	}
}

// meaning is what a field's name can mean. Objects of one file have their fields in the same places, so
// the field in this place of the object before is tried first.
func (j *jsonlReading) meaning(key string) []ranked {
	place := j.place
	j.place++
	if place < len(j.places) && j.places[place].key == key {
		return j.places[place].means
	}
	means, ok := j.names[key]
	if !ok {
		name, _ := columnName(key)
		means = j.run.opt.roled(key, roleOf[name])
		if len(j.names) < 10_000 {
			j.names[strings.Clone(key)] = means
		}
	}
	if place == len(j.places) && place < 1000 {
		j.places = append(j.places, field{key: strings.Clone(key), means: means})
	} else if place < len(j.places) {
		j.places[place] = field{key: strings.Clone(key), means: means}
	}
	return means
}

// settle gives each role its best field. The title's field is not the body too, and what has no role
// goes to the body by its name.
func (j *jsonlReading) settle(w *row) {
	bodyRank := 1 << 30
	w.level = isLevelName(strings.ToLower(j.key[roleKind][strings.LastIndexByte(j.key[roleKind], '.')+1:]))
	for i := range j.texts {
		t := &j.texts[i]
		used := false
		for _, m := range t.means {
			switch {
			case m.role == roleBody:
				if t.key != j.key[roleTitle] && m.rank < bodyRank {
					bodyRank, w.value[roleBody], j.key[roleBody] = m.rank, t.value, t.key
				}
			case t.key == j.key[m.role]:
				w.value[m.role] = t.value
				used = true
			}
		}
		if !used {
			w.rest = append(w.rest, t.key, t.value)
		}
	}
	if bodyRank < 1<<30 {
		w.rest = dropPair(w.rest, j.key[roleBody])
	}
}

// dropPair removes the pair of a key from a list of keys and values.
func dropPair(pairs []string, key string) []string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == key {
			return append(pairs[:i], pairs[i+2:]...)
		}
	}
	return pairs
}
