package model

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// SourceHand is the source of events that people typed.
const SourceHand = "hand"

// A Captured is one typed line taken apart into the cells of a new entity.
type Captured struct {
	Type  Type
	Cells []Cell
	Notes []string // what was assumed, each a sentence
}

// A Cell is one field's value.
type Cell struct {
	Field string
	Value any
}

func (c *Captured) set(field string, value any) {
	if value != nil && value != "" {
		c.Cells = append(c.Cells, Cell{field, value})
	}
}

// Get is the value of a field, or nil.
func (c Captured) Get(field string) any {
	if i := slices.IndexFunc(c.Cells, func(cell Cell) bool { return cell.Field == field }); i >= 0 {
		return c.Cells[i].Value
	}
	return nil
}

// Gesture makes the entity, with the new id, in incident. A line that marks a key moment also gives
// the incident that time.
func (c Captured) Gesture(incident, id ID) Gesture {
	g := Gesture{Label: "add " + article(string(c.Type))}.Set(c.Type, id, "incident", string(incident))
	for _, cell := range c.Cells {
		g = g.Set(c.Type, id, cell.Field, cell.Value)
	}
	if moment, ok := c.Get("moment").(string); ok {
		g = g.Set(TypeIncident, incident, moment, c.Get("at"))
	}
	return g
}

// Marks are what the leading and trailing words of a line say about it.
type marks struct{ actor, service, moment, kind string }

var (
	rangeSign = Pattern(`^ ?[-–—] ?(\d)`)
	separator = Pattern(`^\s*[-–—:|]\s+`)
	about     = Pattern(`(?i)^(~|about |approx\.? |circa |ca\. ?)\s*`)
	marked    = Pattern(`^[@#!＠＃！][\p{L}_]\S*$`)
	dueWord   = Pattern(`(?i)(?:^|[\s\x{3000}])due[:：]([^\s\x{3000}]*)`)
)

// CaptureEvent reads one line of the timeline: a time, or a range of times, then marks, then what
// happened, which stays exactly as it was typed.
//
//	14:07 @maya decision: rolling forward, looks like the CDN
//	2026-11-02 14:07:30 CET alert: p99 at 4 s #checkout !detected
//	~14:20-14:35 pool exhausted
func CaptureEvent(line string, env Env) (Captured, error) {
	c := Captured{Type: TypeEvent}
	text := PlainTime(oneLine(strings.ToValidUTF8(line, "\uFFFD")))
	guess := about().FindString(text)
	m, rest, err := readMoment(text[len(guess):], env, true)
	if err != nil {
		if f := err.(*Fault); strings.HasSuffix(f.Reason, "is not a time") {
			return c, needs("an event", "the line does not begin with a time", "write 14:07 and then what happened")
		}
		err.(*Fault).What = "an event"
		return c, err
	}
	c.note(m.note)
	if m.fold != "" {
		c.note(strings.ToUpper(m.fold[:1]) + m.fold[1:] + "; the first is taken.")
	}
	end, rest, err := c.readEnd(rest, &m, env)
	if err != nil {
		err.(*Fault).What = "an event"
		return c, err
	}
	rest = strings.TrimSpace(separator().ReplaceAllString(rest, ""))
	found, title, err := readMarks(rest, env.Taxonomy)
	if err != nil {
		return c, err
	}
	if title == "" {
		return c, needs("an event", "the line says when but not what", "write what happened after the time")
	}
	if guess != "" {
		m.precision = "about"
	}
	c.set("at", FormatTime(m.at))
	if !end.IsZero() {
		c.set("end", FormatTime(end))
	}
	c.set("precision", string(m.precision))
	c.set("source", SourceHand)
	c.set("kind", found.kind)
	c.set("actor", found.actor)
	c.set("service", found.service)
	c.set("moment", found.moment)
	c.set("title", title)
	return c, nil
}

func (c *Captured) note(s string) {
	if s != "" {
		c.Notes = append(c.Notes, s)
	}
}

func needs(what, reason, remedy string) error {
	return &Fault{Kind: FaultInput, What: what, Reason: reason, Remedy: remedy}
}

// readEnd reads the second time of a range, on the same day or, past midnight, on the next.
func (c *Captured) readEnd(rest string, m *typedMoment, env Env) (time.Time, string, error) {
	sign := rangeSign().FindString(rest)
	if sign == "" || !clock().MatchString(rest[len(sign)-1:]) {
		return time.Time{}, rest, nil
	}
	to, after, err := readClock(rest[len(sign)-1:])
	if err != nil {
		return time.Time{}, rest, err
	}
	day := civilOf(m.at)
	zone, after, err := readZone(after, m.at.Location(), func(z *time.Location) time.Time {
		at, _, _ := onClock(day, to, z)
		return at
	})
	if err != nil {
		return time.Time{}, rest, err
	}
	// "14:07-14:20 CET" means both times in that zone.
	if zone != m.at.Location() && m.at.Location() == env.zone() {
		shown := civilTime{hour: m.at.Hour(), minute: m.at.Minute(), second: m.at.Second(), nano: m.at.Nanosecond()}
		if start, _, err := onClock(day, shown, zone); err == nil {
			m.at = start
			c.note("Both times were read in " + zone.String() + ".")
		}
	}
	return c.endAfter(m.at, to, zone, after)
}

func (c *Captured) endAfter(start time.Time, to civilTime, zone *time.Location, rest string) (time.Time, string, error) {
	end, _, err := onClock(civilOf(start.In(zone)), to, zone)
	if err != nil {
		return end, rest, err
	}
	if end.Before(start) {
		next := civilOf(start.In(zone).AddDate(0, 0, 1))
		if end, _, err = onClock(next, to, zone); err != nil {
			return end, rest, err
		}
		c.note("The end was read as the next day, " + end.Format("2 January 2006") + ".")
	}
	return end, rest, nil
}

// readMarks takes the marks off both ends of a line. At the end only !moment and #service count, and
// a word with # stays where it completes a sentence ("posted in #inc-42").
func readMarks(text string, tax Taxonomy) (marks, string, error) {
	var m marks
	for {
		word, rest := leadingWord(text)
		kind, isKind := strings.CutSuffix(word, ":")
		w, known := tax.Find("event_kind", kind)
		switch {
		case isKind && known && m.kind == "":
			m.kind = w.Value
		case marked().MatchString(word) && word[0] == '@' && m.actor == "":
			m.actor = strings.TrimRight(word[1:], ",:;")
		case marked().MatchString(word) && word[0] == '#' && m.service == "":
			m.service = strings.TrimRight(word[1:], ",:;")
		case marked().MatchString(word) && word[0] == '!' && m.moment == "":
			if err := m.readMoment(word[1:], tax); err != nil {
				return m, text, err
			}
		default:
			return m.readEnd(text, tax)
		}
		text = strings.TrimLeft(rest, " ")
	}
}

// leadingWord is the first word of a line and what follows it. Blanks and marks are also those that input methods
// of East Asia write, where a name ends at the colon after it.
func leadingWord(text string) (word, rest string) {
	word = text
	if end := strings.IndexFunc(text, unicode.IsSpace); end >= 0 {
		word, rest = text[:end], strings.TrimLeftFunc(text[end:], unicode.IsSpace)
	}
	mark, size := utf8.DecodeRuneInString(word)
	plain := plainRune(mark)
	if !strings.ContainsRune("@#!", plain) || plain >= utf8.RuneSelf {
		return word, rest
	}
	if end := strings.IndexAny(word, "：，、"); end > 0 {
		_, sign := utf8.DecodeRuneInString(word[end:])
		rest = strings.TrimSpace(word[end+sign:] + " " + rest)
		word = word[:end]
	}
	return string(plain) + word[size:], rest
}

var leadsOn = []string{"in", "on", "to", "at", "via", "from", "of", "for", "by", "and", "or", "see", "with", "channel", "issue", "the"}

func (m marks) readEnd(text string, tax Taxonomy) (marks, string, error) {
	for {
		at := strings.LastIndexByte(text, ' ')
		last := text[at+1:]
		if at < 0 || !marked().MatchString(last) {
			return m, text, nil
		}
		before := strings.TrimRight(text[:at], " ")
		word := before[strings.LastIndexByte(before, ' ')+1:]
		switch {
		case last[0] == '!' && m.moment == "":
			if err := m.readMoment(last[1:], tax); err != nil {
				return m, text, err
			}
		case last[0] == '#' && m.service == "" && !slices.Contains(leadsOn, strings.ToLower(word)):
			m.service = last[1:]
		default:
			return m, text, nil
		}
		text = before
	}
}

func (m *marks) readMoment(word string, tax Taxonomy) error {
	v, err := parseChoice(Field{Label: "key moment", List: "moment"}, strings.TrimRight(word, ",:;."), tax)
	if err == nil {
		m.moment = v.(string)
	}
	return err
}

// CaptureFactor reads one condition: "process: rollback takes 20 min", "process/response: …". What
// stands before the colon may name a layer, an area and a role, in any order; anything else there is
// part of the statement.
func CaptureFactor(line string, env Env) (Captured, error) {
	c := Captured{Type: TypeFactor}
	text := oneLine(strings.ToValidUTF8(line, "\uFFFD"))
	if head, rest, ok := strings.Cut(text, ":"); ok && c.readClass(head, env.Taxonomy) {
		text = strings.TrimSpace(rest)
	}
	text, by := lastActor(text)
	if text == "" {
		return c, needs("a factor", "the condition itself is missing", "write what was true, such as process: rollback takes 20 minutes")
	}
	c.set("by", by)
	c.set("statement", text)
	return c, nil
}

func (c *Captured) readClass(head string, tax Taxonomy) bool {
	found := map[string]string{}
	for part := range strings.SplitSeq(head, "/") {
		known := false
		for field, list := range map[string]string{"layer": "layer", "area": "area", "role": "factor_role"} {
			if w, ok := tax.Find(list, part); ok && found[field] == "" {
				known, found[field] = true, w.Value
			}
		}
		if !known {
			if near := Nearest(strings.TrimSpace(part), classWords(tax)); near != "" && !strings.Contains(part, " ") {
				c.note("“" + part + "” was kept as part of the condition. If it was meant as " + near + ", write it so before the colon.")
			}
			return false
		}
	}
	if w, ok := tax.Find("area", found["area"]); ok && found["layer"] == "" {
		found["layer"] = w.Group
	}
	for _, field := range []string{"layer", "area", "role"} {
		c.set(field, found[field])
	}
	return true
}

func classWords(tax Taxonomy) []string {
	var all []string
	for _, list := range []string{"layer", "area", "factor_role"} {
		for _, w := range tax[list] {
			all = append(all, w.Value)
		}
	}
	return all
}

// CaptureAction reads one action: "Alert when pool use > 80% @dana due:2026-12-01". The owner stands
// first or last, the day anywhere.
func CaptureAction(line string, env Env) (Captured, error) {
	c := Captured{Type: TypeAction}
	text := oneLine(strings.ToValidUTF8(line, "\uFFFD"))
	due := ""
	if m := dueWord().FindStringSubmatchIndex(text); m != nil {
		v, err := parseDate(Field{Label: "an action"}, text[m[2]:m[3]])
		if err != nil {
			return c, err
		}
		due = v.(string)
		text = strings.TrimSpace(strings.TrimSpace(text[:m[0]]) + " " + strings.TrimSpace(text[m[1]:]))
	}
	text, owner := lastActor(text)
	if text == "" {
		return c, needs("an action", "the change itself is missing", "write verb and object, such as Alert when pool use > 80%")
	}
	c.set("title", text)
	c.set("owner", owner)
	c.set("due", due)
	c.set("stage", StageProposed)
	return c, nil
}

// lastActor takes "@name" off the end or, when there is none, off the beginning.
func lastActor(text string) (rest, actor string) {
	at := strings.LastIndexFunc(text, unicode.IsSpace)
	before, last := text[:max(at, 0)], strings.TrimLeftFunc(text[max(at, 0):], unicode.IsSpace)
	if last, _ = leadingWord(last); marked().MatchString(last) && last[0] == '@' {
		word := before[strings.LastIndexByte(before, ' ')+1:]
		if !slices.Contains(leadsOn, strings.ToLower(word)) {
			return strings.TrimSpace(before), last[1:]
		}
	}
	if word, after := leadingWord(text); marked().MatchString(word) && word[0] == '@' {
		return strings.TrimSpace(after), strings.TrimRight(word[1:], ",:;")
	}
	return text, ""
}
