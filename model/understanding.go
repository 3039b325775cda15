package model

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An Understanding is what the record of an incident said at some point: every cell that people had set by
// then. Imported lines are not in it, but what people said of them is.
type Understanding struct {
	fields  map[ID]map[string]any
	gone    map[ID]bool
	order   []ID // as they were first spoken of
	imports map[ID]int
}

// Understand folds changes, oldest first, up to the first that until tells to leave out.
func Understand(changes []Change, until func(Change) bool) Understanding {
	u := Understanding{fields: map[ID]map[string]any{}, gone: map[ID]bool{}, imports: map[ID]int{}}
	for _, c := range changes {
		if until(c) {
			break
		}
		if u.fields[c.Entity] == nil {
			u.fields[c.Entity] = map[string]any{}
			u.order = append(u.order, c.Entity)
		}
		switch c.Kind {
		case "set":
			u.fields[c.Entity][c.Field] = c.New
		case "delete":
			u.gone[c.Entity] = c.New == true
		case "import":
			if of, ok := c.New.(map[string]any); ok {
				u.imports[c.Entity], _ = strconv.Atoi(fmt.Sprint(of["n"]))
			}
		}
	}
	return u
}

// SealedAt is the point at which a revision was sealed: before the gesture that sealed it.
func SealedAt(changes []Change, v Revision) func(Change) bool {
	i := slices.IndexFunc(changes, func(c Change) bool { return c.Entity == v.ID })
	if i < 0 {
		return func(c Change) bool { return c.At.After(v.At) }
	}
	first := changes[i]
	return func(c Change) bool { return c.Site == first.Site && c.Seq == first.Seq }
}

func (u Understanding) there(id ID) bool { return len(u.fields[id]) > 0 && !u.gone[id] }

func (u Understanding) text(id ID, field string) string {
	if v := u.fields[id][field]; v != nil {
		return strings.TrimSpace(fmt.Sprint(v))
	}
	return ""
}

// members are the values of a set that are in it.
func (u Understanding) members(id ID, field string) (list []string) {
	for name, v := range u.fields[id] {
		if set, value, ok := CutMember(name); ok && set == field && v == true {
			list = append(list, value)
		}
	}
	slices.Sort(list)
	return list
}

// A Shift is one thing that is understood otherwise now, in words.
type Shift struct {
	Type  Type   `json:"type"`
	About ID     `json:"about"`
	Field string `json:"field,omitempty"`
	What  string `json:"what"`
}

// A Words tells in which words a difference is written.
type Words struct {
	Taxonomy Taxonomy
	Zone     *time.Location
	Name     func(ID) string // the title of an event that was imported
}

// shiftOrder is the order in which a difference is told: that of a retrospective.
var shiftOrder = []Type{TypeIncident, TypeParticipant, TypeImport, TypeClock, TypeSweep, TypeEvent, TypeQuestion, TypeReply, TypeFactor, TypeInteraction, TypeAction, TypeStep, TypeResult, TypeRevision, TypeApproval}

// Since tells what is understood otherwise than then.
func (u Understanding) Since(then Understanding, w Words) []Shift {
	d := difference{then: then, now: u, w: w}
	for _, id := range u.order {
		d.entity(id)
	}
	d.tally()
	rank := func(t Type) int {
		if i := slices.Index(shiftOrder, t); i >= 0 {
			return i
		}
		return len(shiftOrder)
	}
	slices.SortStableFunc(d.list, func(a, b Shift) int { return cmp.Compare(rank(a.Type), rank(b.Type)) })
	return d.list
}

type difference struct {
	then, now Understanding
	w         Words
	list      []Shift

	noise, merged, kept int // lines of which only the number is told
	first               ID
}

func (d *difference) say(id ID, field, format string, args ...any) {
	d.list = append(d.list, Shift{id.Type(), id, field, fmt.Sprintf(format, args...)})
}

// title names an entity by what it says.
func (d *difference) title(u Understanding, id ID) string {
	for _, field := range []string{"title", "statement", "name", "text", "do", "source"} {
		if t := u.text(id, field); t != "" {
			return t
		}
	}
	if d.w.Name != nil {
		return d.w.Name(id)
	}
	return string(id)
}

// made are the words with which an entity of a type comes into the record.
var made = map[Type]string{
	TypeFactor: "Named", TypeAction: "Written", TypeParticipant: "In the room", TypeQuestion: "Asked", TypeEvent: "Told", TypeStep: "Planned",
}

func (d *difference) entity(id ID) {
	t, was, is := id.Type(), d.then.there(id), d.now.there(id)
	switch {
	case t == TypeInteraction:
		if was != is {
			d.interaction(id, is)
		}
	case t == TypeImport:
		if n := d.now.imports[id]; !was && is {
			d.say(id, "", "Imported: %s, %s.", cmp.Or(d.now.text(id, "name"), d.now.text(id, "source")), Counted(n, "line"))
		}
	case t == TypeReply:
		d.reply(id)
	case t == TypeRedaction:
		d.redaction(id, was, is)
	case t == TypeResult || t == TypeRevision || t == TypeApproval:
		if !was && is {
			d.happened(id)
		}
	case was && !is:
		d.say(id, "", "Dropped: %s.", quote(d.title(d.then, id)))
	case !was && is && made[t] != "" && d.now.text(id, ownWords[t]) != "":
		d.say(id, "", "%s: %s%s.", made[t], quote(d.title(d.now, id)), d.aside(id))
	case is:
		d.changed(id, t)
	}
}

// ownWords are the fields that only an entity which somebody made has: an imported line has no title of its own
// here until it is corrected, and then it is no new line.
var ownWords = map[Type]string{TypeFactor: "statement", TypeAction: "title", TypeParticipant: "name", TypeQuestion: "text", TypeEvent: "incident", TypeStep: "do"}

// aside is what is said at once of something new.
func (d *difference) aside(id ID) string {
	var parts []string
	for _, f := range []struct{ list, field string }{{"layer", "layer"}, {"factor_role", "role"}, {"action_stage", "stage"}, {"discipline", "discipline"}} {
		if v := d.now.text(id, f.field); v != "" && (id.Type() != TypeEvent) {
			parts = append(parts, plainWord(d.w.Taxonomy.Label(f.list, v)))
		}
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func (d *difference) interaction(id ID, is bool) {
	u := d.now
	if !is {
		u = d.then
	}
	text := fmt.Sprintf("%s %s %s", quote(d.title(d.now, ID(u.text(id, "from")))), strings.ToLower(d.w.Taxonomy.Label("interaction", u.text(id, "kind"))), quote(d.title(d.now, ID(u.text(id, "to")))))
	if is {
		d.say(id, "", "%s.", text)
	} else {
		d.say(id, "", "No longer said: %s.", text)
	}
}

// redaction tells what readers outside see.
func (d *difference) redaction(id ID, was, is bool) {
	text, instead := d.now.text(id, "text"), d.now.text(id, "instead")
	switch {
	case !is && was:
		d.say(id, "", "No longer replaced for readers outside: %s.", quote(text))
	case !is || was && d.then.text(id, "instead") == instead:
	case strings.EqualFold(text, instead):
		d.say(id, "", "Readers outside may see %s.", quote(text))
	default:
		d.say(id, "", "Readers outside see %s instead of %s.", quote(instead), quote(text))
	}
}

func (d *difference) reply(id ID) {
	was, is := d.then.text(id, "answer"), d.now.text(id, "answer")
	switch {
	case d.now.gone[id] && d.then.there(id):
		d.say(id, "answer", "No longer answered: %s", d.now.text(id, "text"))
	case d.now.gone[id] || was == is:
	case was == "":
		d.say(id, "answer", "Answered: %s %s", d.now.text(id, "text"), quote(shorten(is)))
	default:
		d.say(id, "answer", "Answered otherwise: %s %s, was %s", d.now.text(id, "text"), quote(shorten(is)), quote(shorten(was)))
	}
}

func (d *difference) happened(id ID) {
	switch by := cmp.Or(d.now.text(id, "by"), "somebody"); id.Type() {
	case TypeResult:
		d.say(id, "", "Verified in %s: %s %s.", cmp.Or(d.now.text(id, "environment"), "no environment"), quote(d.title(d.now, ID(d.now.text(id, "action")))), strings.ToLower(d.w.Taxonomy.Label("result_status", d.now.text(id, "status"))))
	case TypeRevision:
		d.say(id, "", "Sealed: revision %s, by %s.", d.now.text(id, "number"), by)
	case TypeApproval:
		d.say(id, "", "%s: revision %s, by %s.", d.w.Taxonomy.Label("verdict", d.now.text(id, "verdict")), d.now.text(ID(d.now.text(id, "revision")), "number"), by)
	}
}

// changed tells the fields of something that was there before.
func (d *difference) changed(id ID, t Type) {
	about := quote(d.title(d.now, id)) + ": "
	if t == TypeIncident {
		about = ""
	}
	for _, f := range Schema[t] {
		if f.Hidden && f.Name != "at" || f.Kind == Content || f.Name == "pos" {
			continue
		}
		if f.Kind == Set {
			d.members(id, f, about)
			continue
		}
		was, is := d.then.text(id, f.Name), d.now.text(id, f.Name)
		if was == is || t == TypeEvent && d.counted(id, f.Name, is) {
			continue
		}
		d.field(id, f, about, was, is)
	}
}

// counted takes what is said of many lines at once into a number.
func (d *difference) counted(id ID, field, is string) bool {
	n := 1
	if is == "" {
		n = -1
	}
	switch field {
	case "noise":
		d.noise += n
	case "merged_into":
		d.merged += n
	case "kept":
		d.kept += n
	default:
		return field == "reason" || field == "precision"
	}
	d.first = id
	return true
}

func (d *difference) tally() {
	for _, c := range []struct {
		n    int
		what string
	}{{d.noise, "set aside as noise"}, {d.merged, "merged into another"}, {d.kept, "kept in the narrative"}} {
		switch {
		case c.n == 1:
			d.say(d.first, "", "1 line was %s.", c.what)
		case c.n > 1:
			d.say(d.first, "", "%d lines were %s.", c.n, c.what)
		case c.n < 0:
			d.say(d.first, "", "%s: no longer %s.", Counted(-c.n, "line"), c.what)
		}
	}
}

func (d *difference) members(id ID, f Field, about string) {
	was, is := d.then.members(id, f.Name), d.now.members(id, f.Name)
	var more, less []string
	for _, v := range is {
		if !slices.Contains(was, v) {
			more = append(more, v)
		}
	}
	for _, v := range was {
		if !slices.Contains(is, v) {
			less = append(less, v)
		}
	}
	for _, part := range []struct {
		list []string
		word string
	}{{more, "with"}, {less, "without"}} {
		switch {
		case part.list == nil:
		case f.To == TypeEvent:
			d.say(id, f.Name, "%s%s, %s %s.", about, lowerOrNot(f.Label, about), part.word, Counted(len(part.list), "line"))
		case f.To != "":
			for i := range part.list {
				part.list[i] = quote(d.title(d.now, ID(part.list[i])))
			}
			fallthrough
		default:
			d.say(id, f.Name, "%s%s, %s %s.", about, lowerOrNot(f.Label, about), part.word, both(part.list))
		}
	}
}

func lowerOrNot(label, about string) string {
	if about == "" {
		return label
	}
	return lowerFirst(label)
}

func (d *difference) field(id ID, f Field, about, was, is string) {
	label := lowerOrNot(f.Label, about)
	if f.Kind == Text {
		switch {
		case was == "":
			d.say(id, f.Name, "%s%s was written: %s", about, label, quote(shorten(is)))
		case is == "":
			d.say(id, f.Name, "%s%s was taken out.", about, label)
		default:
			d.say(id, f.Name, "%s%s was rewritten: %s", about, label, quote(shorten(is)))
		}
		return
	}
	if was == "" && f.Name == "title" && id.Type() == TypeEvent && d.w.Name != nil {
		was = d.w.Name(id) // what its source said
	}
	if was != "" && (f.Name == "title" || f.Name == "statement") {
		d.say(id, f.Name, "%s is now said as %s.", quote(was), quote(is))
		return
	}
	was, is = d.value(f, was), d.value(f, is)
	text := fmt.Sprintf("%s%s %s", about, label, cmp.Or(is, "open"))
	if was != "" {
		text += ", was " + was
	}
	if reason := d.now.text(id, "reason"); f.Name == "at" && reason != "" {
		text += ": " + reason
	}
	d.say(id, f.Name, "%s.", strings.TrimRight(text, "."))
}

// plainWord is a label inside a sentence: what is written in capitals, such as SEV2, stays so.
func plainWord(label string) string {
	if label == strings.ToUpper(label) {
		return label
	}
	return strings.ToLower(label)
}

// value writes a value for people.
func (d *difference) value(f Field, text string) string {
	switch {
	case text == "":
		return ""
	case f.Kind == Choice:
		return plainWord(d.w.Taxonomy.Label(f.List, text))
	case f.Kind == Time:
		if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return at.In(d.w.Zone).Format("2006-01-02 15:04:05")
		}
	case f.Kind == Flag:
		return "yes"
	case f.Kind == Ref:
		return quote(d.title(d.now, ID(text)))
	}
	return text
}

// shorten keeps a long text to what fits on a line.
func shorten(s string) string {
	s = CleanLine(s)
	const most = 120
	if r := []rune(s); len(r) > most {
		return strings.TrimRight(string(r[:most]), " ,.;") + "…"
	}
	return s
}
