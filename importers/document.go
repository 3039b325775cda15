package importers

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Many tools save one document whose records lie in a list somewhere inside: {"hits":{"hits":[{"_source":{…}}]}}.
// The lists of objects that have a time and say something are the records.

// documentLimit is the largest document, in bytes.
const documentLimit = 64 << 20

// listDepth is how many lists may lie in one another around the records.
const listDepth = 4

// A recordList is a list of objects in a document.
type recordList struct {
	path    string
	objects []string
	timed   int // of those that were looked at
	why     string
}

// document gives the records of an object that may hold them in lists. Own is true when the object is a record.
func (j *jsonlReading) document(text string, line int) error {
	f, lists := flatten(text), j.listsIn(text)
	j.gather(f)
	own := j.key[roleTime] != "" && !isExportTime(j.key[roleTime])
	fit := slices.DeleteFunc(slices.Clone(lists), func(l *recordList) bool { return l.timed == 0 })
	if !j.whole { // a line of JSON is one record
		fit = nil
		if !own {
			fit = slices.DeleteFunc(lists, func(l *recordList) bool { return l.timed == 0 })
		}
	}
	if own && len(fit) > 0 && !j.says() && !j.sentence() {
		own = false
	}
	service := ""
	switch {
	case own:
		if err := j.deep(f, text, line); err != nil {
			return err
		}
		service = j.row.value[roleService]
	case len(fit) == 0:
		j.run.refuse(line, j.noRecords(f, lists), text)
		return nil
	}
	for _, l := range fit {
		if !own {
			j.counts[l.path] += len(l.objects)
		}
		if err := j.each(l, service); err != nil {
			return err
		}
	}
	return nil
}

// each gives the records of a list.
func (j *jsonlReading) each(l *recordList, service string) error {
	other := j.maker.other
	defer func() { j.maker.other, j.service = other, "" }()
	leaf := snake(strings.TrimSuffix(l.path[strings.LastIndexByte(l.path, '.')+1:], "[]"))
	switch {
	case slices.Contains(chatLists, leaf):
		j.maker.other = "comms"
	case service != "" || leaf == "updates":
		j.maker.other = "status"
	}
	j.service = service
	for i, text := range l.objects {
		f := flatten(text)
		j.gather(f)
		if err := j.deep(f, text, i+1); err != nil {
			return err
		}
		if j.key[roleTime] == "" {
			continue
		}
		for _, inner := range j.listsIn(text) {
			if inner.timed > 0 {
				if err := j.each(inner, firstOf(j.row.value[roleService], service)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// chatLists are the names of lists of what people said.
var chatLists = words("messages comments replies posts chat conversation thread notes")

// deep makes an event of a record whose members lie in one another.
func (j *jsonlReading) deep(f []flat, text string, line int) error {
	w := &j.row
	w.reset(line)
	j.run.original = text
	plain := isPlain(text)
	if j.run.plain = plain && strings.IndexByte(text, '\\') < 0; !plain {
		j.run.noteInvalid(utf8.ValidString(text), line)
	}
	j.settle(w)
	w.keepBeside()
	if w.value[roleService] == "" {
		w.value[roleService] = j.service
	}
	if w.value[roleKind] == "" && j.isSaid() {
		w.value[roleKind] = "comms"
	}
	if o := objectOf([]byte(text)); o.has("revision", "chart", "app_version") { // a release of Helm
		w.value[roleKind], w.level = "deploy", false
		w.value[roleTitle] = headline(o.text("chart"), o.text("description"))
		w.value[roleService], _, _ = strings.Cut(o.text("chart"), "-"+lastVersion(o.text("chart")))
		w.value[roleBody] = o.text("status")
	}
	if isBareWord(strings.TrimSpace(w.value[roleTitle])) && f != nil {
		w.fromWithin(text)
	}
	j.maker.timeName = j.key[roleTime]
	return j.maker.event(&j.event, w)
}

// lastVersion is what follows the last dash before a figure: 1.3.0 of checkout-1.3.0.
func lastVersion(chart string) string {
	for i := len(chart) - 2; i > 0; i-- {
		if chart[i] == '-' && chart[i+1] >= '0' && chart[i+1] <= '9' {
			return chart[i+1:]
		}
	}
	return "\x00"
}

// keepBeside drops the values without a role that say nothing to people.
func (r *row) keepBeside() {
	kept := r.rest[:0]
	for i := 0; i+1 < len(r.rest); i += 2 {
		if keepsBeside(r.rest[i], r.rest[i+1]) {
			kept = append(kept, r.rest[i], r.rest[i+1])
		}
	}
	r.rest = kept
}

// keepsBeside reports whether a value without a role says something to people.
func keepsBeside(path, value string) bool {
	leaf := snake(path[strings.LastIndexByte(path, '.')+1:])
	return value != "false" && !isMail(value) && leaf != "id" && !strings.HasSuffix(leaf, "_id") && nested(path) == 0
}

// says reports whether the record that was gathered says what happened.
func (j *jsonlReading) says() bool {
	key := j.key[roleTitle]
	leaf := snake(key[strings.LastIndexByte(key, '.')+1:])
	return key != "" && leaf != "name" && leaf != "type"
}

// isSaid reports whether the record that was gathered is what a person said: its text, and an object for who it is by.
func (j *jsonlReading) isSaid() bool {
	key := j.key[roleTitle]
	return strings.Contains(j.key[roleActor], ".") && slices.Contains(textMembers, snake(strings.TrimSuffix(key, ".content")))
}

// isExportTime reports whether a member tells when the document was made.
func isExportTime(path string) bool {
	return speaksOf(path, exportWords)
}

var exportWords = words("export exported generated fetched retrieved queried downloaded")

// listsIn finds the lists of objects in an object, and whether their objects are records.
func (j *jsonlReading) listsIn(text string) []*recordList {
	var found []*recordList
	j.search(text, "", 0, &found)
	return found
}

func (j *jsonlReading) search(text, path string, depth int, found *[]*recordList) {
	_ = members(text, func(key, value string) {
		switch {
		case value[0] == '{' && strings.Count(path, ".") < 6:
			j.search(value, path+key+".", depth, found)
		case value[0] == '[' && depth < listDepth:
			objects := objectsOf(value)
			if len(objects) > 0 {
				j.weigh(objects, path+key, depth, found)
			}
		}
	})
}

// weigh looks whether the objects of a list are records; if not, the records may lie in them.
func (j *jsonlReading) weigh(objects []string, path string, depth int, found *[]*recordList) {
	const sample = 20
	at := slices.IndexFunc(*found, func(l *recordList) bool { return l.path == path })
	if at < 0 {
		*found = append(*found, &recordList{path: path})
		at = len(*found) - 1
	}
	l := (*found)[at]
	timed, named := 0, ""
	for _, o := range objects[:min(sample, len(objects))] {
		j.gather(flatten(o))
		if j.key[roleTime] != "" && (j.says() || depth == 0 && j.sentence()) {
			timed++
		} else if j.key[roleTime] != "" && named == "" {
			named = fmt.Sprintf("with %s and no text", "`"+j.key[roleTime]+"`")
		}
	}
	l.objects, l.timed = append(l.objects, objects...), l.timed+timed
	l.why = firstOf(l.why, named)
	if timed > 0 {
		return
	}
	for _, o := range objects {
		j.search(o, path+"[].", depth+1, found)
	}
}

// sentence reports whether a value without a role would do as the text.
func (j *jsonlReading) sentence() bool {
	return slices.ContainsFunc(j.texts, func(t field) bool { return len(t.means) == 0 && isSentence(t.value) })
}

// objectsOf are the objects of a list; lists in it are opened.
func objectsOf(list string) (objects []string) {
	for i := skipSpace(list, 1); i < len(list) && list[i] != ']'; {
		end, err := valueEnd(list, i)
		if err != nil {
			return objects
		}
		switch list[i] {
		case '{':
			objects = append(objects, list[i:end])
		case '[':
			objects = append(objects, objectsOf(list[i:end])...)
		}
		if i = skipSpace(list, end); i < len(list) && list[i] == ',' {
			i = skipSpace(list, i+1)
		}
	}
	return objects
}

// noRecords is the reason to refuse an object in which no record was found.
func (j *jsonlReading) noRecords(f []flat, lists []*recordList) string {
	var most *recordList
	for _, l := range lists {
		if most == nil || len(l.objects) > len(most.objects) {
			most = l
		}
	}
	if most == nil {
		if j.whole && slices.ContainsFunc(f, func(x flat) bool { return strings.Contains(x.path, ".") }) {
			return "it holds no time and no list of records with times"
		}
		return "the record has no time"
	}
	held := fmt.Sprintf("it holds a list `%s` of %s", most.path, plural(len(most.objects), "record", "records"))
	if most.why != "" {
		return held + " " + most.why
	}
	for _, x := range flatten(most.objects[0]) {
		leaf := x.path[strings.LastIndexByte(x.path, '.')+1:]
		if isTimeName(leaf) || speaksOf(leaf, timeWords) {
			return held + fmt.Sprintf(" whose `%s` is no time: %s", x.path, quote(x.value))
		}
	}
	var names []string
	for _, x := range flatten(most.objects[0]) {
		if len(names) < 5 {
			names = append(names, "`"+x.path+"`")
		}
	}
	return held + " with " + firstOf(strings.Join(names, ", "), "nothing in them") + ", and no list of records with times"
}

// tellLists says which lists the records came from.
func (j *jsonlReading) tellLists() {
	var parts []string
	for _, path := range sortedCounts(j.counts) {
		parts = append(parts, fmt.Sprintf("`%s`, %s", path, plural(j.counts[path], "record", "records")))
	}
	if len(parts) > 0 {
		j.run.reading.Chosen = "the list " + strings.Join(parts, " and ")
		j.run.warn("list "+j.run.fileName(), "%s: read from the list %s", j.run.fileName(), strings.Join(parts, " and "))
	}
}
