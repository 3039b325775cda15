package importers

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"aftermath/model"
)

var textSource = Source{
	Name: "text", Title: "Notes", About: "plain text and Markdown: times at the start of lines, in headings, lists and tables",
	Detect: detectText, parse: parseText,
}

// textLimit is the largest file of notes. Notes are read as a whole, because a heading far above a line
// may say its date; larger files are logs.
const textLimit = 32 << 20

func detectText(name string, head []byte) (Confidence, string) {
	trimmed := bytes.TrimSpace(head)
	if len(trimmed) == 0 || looksBinary(head) || looksLikeJSON(head) || hasExt(name, ".json", ".jsonl", ".csv", ".tsv") {
		return No, ""
	}
	times := 0
	for line := range strings.Lines(string(head)) {
		if l, ok := leadOf(unmarked(line).text); ok && l.stamp.timed && !l.loose {
			times++
		}
	}
	switch {
	case hasExt(name, ".md", ".markdown", ".txt", ".rst", ".erb", ".adoc", ".org") && times > 0:
		return Likely + 10, plural(times, "line that starts", "lines that start") + " with a time"
	case times > 1:
		return Possible + 20, plural(times, "line that starts", "lines that start") + " with a time"
	case hasExt(name, ".md", ".markdown", ".txt"):
		return Possible, "its name"
	}
	return Possible - 15, "text"
}

// An entry is one dated piece of the notes, before its instant is known.
type entry struct {
	lead   lead
	line   int
	raw    string
	body   []string
	listed bool // in the section called timeline
	date   stamp
	based  bool // its date is the one that holds for all
	item   bool
	head   bool
	indent int
	closed bool // only what is indented may follow
	ended  bool // nothing may follow
	shift  int  // days after its date, for entries past midnight
	block  int  // the list, table or run of lines that it stands in
	cells  bool

	bodyAt int    // the number of its last line
	why    string // the reason that it is refused for
}

// textReading is the reading of one file of notes.
type textReading struct {
	run      *run
	entries  []*entry
	carry    stamp // the date that holds for lines without one
	base     bool  // carry was stated for the whole text
	stated   stamp // the date of the document: in its title, or beside the word date
	outside  bool  // carry is the document's and no date of the timeline's own
	dates    []string
	section  int // the level of the timeline's heading; 0 outside of it
	fence    string
	fenced   int  // the line in which the last code block began
	open     bool // code blocks are text
	order    order
	links    []int64 // instants of the Slack messages that the notes link to
	prevLine string
	zoneAt   int

	at        int    // the line being read
	raw       string // as it is written
	datesFrom string // where the first of the dates stands
	plain     string // a line of text, which a ruler below it makes a heading, and its number
	plainAt   int
	block     int
	blockKind string
	wrapped   bool   // the line above goes on in this one
	name      string // a line that may be the name above a chat message, and its number
	nameAt    int
	nameApart bool   // an empty line stands above it
	apart     bool   // the line above is empty
	speaker   string // of the message above
}

func parseText(r *run) error {
	return r.each(func(f *File, content io.Reader) error {
		r.clock.file, r.clock.dayFirst = namedZone{}, orderUnknown
		t := &textReading{run: r}
		err := t.read(f, content)
		if err == nil && len(t.entries) == 0 && t.fenced > 0 {
			t, err = t.reread(f)
		}
		if err != nil {
			return err
		}
		return t.give()
	})
}

// reread takes code blocks for text, because nothing outside of them carries a time: some people paste
// their timeline as one.
func (t *textReading) reread(f *File) (*textReading, error) {
	content, err := f.open()
	if err != nil {
		return t, brokenFile{0, err}
	}
	defer content.Close()
	again := &textReading{run: t.run, open: true}
	return again, again.read(f, f.text(content))
}

// read gathers the entries of the notes.
func (t *textReading) read(f *File, content io.Reader) error {
	if isHTML(f.head()) {
		var err error
		if content, err = htmlLines(content); err != nil {
			return brokenFile{0, err}
		}
	}
	l := newLines(content)
	size, matter := 0, false
	for {
		raw, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return brokenFile{l.n, err}
		}
		if size += len(raw); size > textLimit {
			return &model.Fault{Kind: model.FaultInput, What: "import as text", File: f.Name, Line: l.n,
				Reason: "the file holds more than 32 MB, which are no notes", Remedy: "name the source syslog, csv or jsonl, or cut the part that matters"}
		}
		if l.long {
			t.run.refuse(l.n, longRecord, string(raw[:200]))
			continue
		}
		t.run.noteInvalid(utf8.Valid(raw), l.n)
		line := strings.ToValidUTF8(string(raw), "\ufffd")
		if l.n == 1 && frontMatter().Match(f.head()) {
			matter = true
			continue
		}
		if t.at, t.raw = l.n, line; matter {
			t.metadata(line, true)
			matter = line != "---" && line != "..."
			continue
		}
		for part := range strings.SplitSeq(line, addedBreak) {
			t.line(part, l.n)
		}
	}
}

var (
	frontMatter  = model.Pattern(`^(?:\x{feff})?---[ \t]*\r?\n["']?[A-Za-z][\w -]*["']?:\s(?s:.*?)\n(?:---|\.\.\.)[ \t]*\r?\n`)
	timelineHead = model.Pattern(`(?i)\b(?:time\s?lines?|chronology|sequence of events|event log|` + timelineWords + `)\b|タイムライン|時系列|时间线|時間軸|时间轴|타임라인|хронология`)
	documentDate = model.Pattern(`(?i)^[\s|*_>#-]*(?:incident |outage |event )?(?:date|day|datum|tag|fecha|data|jour|日付|発生日|日期|날짜|дата)(?: of (?:the )?(?:incident|outage|event))?[\s*_]*[:：|][\s*_:|]*(.+)$`)
	baseDate     = model.Pattern(`(?i)\b(?:all|unless)\b.*\b(?:on|date|day|from|for)\b\s+\**(\d{4}-\d{2}-\d{2}|[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9} \d{4})`)
	trailing     = model.Pattern(`^(.{2,100}?)[\s:–-]+((?:(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})[ T,]+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[AaPp][Mm])?\s*(?:Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2})?)\W*$`)
	pasted       = model.Pattern(`^(\p{L}[\p{L}\p{M}\d_ .'’()|/-]{0,60}?)(?:\s{1,4}|\s?[—–]\s?)\[?((?:(?:(?i:today|yesterday)(?:,? at)?|\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?) )?\d{1,2}:\d{2}(?:[\s\x{a0}\x{202f}]?[AaPp]\.?[\s\x{a0}\x{202f}]?[Mm]\.?))\]?\s*$`)
	militaryRun  = model.Pattern(`\b(?:[01]\d|2[0-4])[0-5]\d\s?(?i:hrs)\b`)
)

// timelineWords are what timelines are called in other languages, where words end as English ones do.
const timelineWords = `zeitleiste|zeitverlauf|ablauf|verlauf|chronologie|d[ée]roul[ée]|cronolog[íi]a|l[íi]nea de tiempo|linea temporale|linha do tempo|tijdlijn|tidslinje|przebieg`

// line takes in one line of the notes.
func (t *textReading) line(line string, n int) {
	trimmed := strings.TrimSpace(line)
	mark := strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~")
	if mark && t.open {
		return
	}
	if t.fence != "" || mark {
		switch {
		case t.fence == "":
			t.fence, t.fenced = trimmed[:3], n
			if strings.Count(trimmed, t.fence) > 1 {
				t.fence = ""
			}
		case strings.HasPrefix(trimmed, t.fence):
			t.fence = ""
		}
		t.more(line, markedLine{indent: 1}, trimmed == "")
		return
	}
	if z, ok := statedZone(t.prevLine + " " + line); ok && (t.run.clock.file.location == nil || t.zoneAt == n-1) {
		t.run.clock.file, t.zoneAt = z, n
	}
	t.metadata(line, false)
	for _, m := range slackLink().FindAllStringSubmatch(line, -1) {
		if n, _ := digits(m[1], 0, 10); len(t.links) < 100 {
			t.links = append(t.links, int64(n))
		}
	}
	t.prevLine = ""
	if len(trimmed) > 0 && len(trimmed) < 200 && !unmarked(line).cells {
		t.prevLine = trimmed
	}
	if runs := militaryRun().FindAllStringIndex(line, -1); len(runs) > 1 {
		for i, at := range runs {
			end := len(line)
			if i+1 < len(runs) {
				end = runs[i+1][0]
			}
			if i == 0 && at[0] > 0 {
				t.one(line[:at[0]], n)
			}
			t.one(line[at[0]:end], n)
		}
		return
	} else if len(runs) == 1 && runs[0][0] > 0 && strings.HasPrefix(strings.TrimSpace(line), "<") {
		t.one(line[:runs[0][0]], n)
		line = line[runs[0][0]:]
	}
	t.one(line, n)
}

// one takes in a line that holds at most one entry.
func (t *textReading) one(line string, n int) {
	t.at = n
	m := unmarked(line)
	blank := strings.TrimSpace(line) == "" || m.text == "" && m.quote
	if ruler().MatchString(line) && !blank {
		t.ruled(line, n)
		return
	}
	if t.startsBlock(m, blank) {
		t.block++
	}
	t.wrapped = !blank && m.heading == 0
	if b := baseDate().FindStringSubmatch(t.prevLine); b != nil && m.heading == 0 {
		var st stamp
		if _, ok := writtenDate(b[1], &st); ok {
			t.carry, t.base, t.outside = st, true, false
		}
	}
	l, ok := t.lead(m)
	ok = ok && (!l.loose || m.item || m.cells)
	if ok && l.stamp.timed && !blankAfter(l.text) {
		t.name, t.speaker, t.apart = "", "", false
	} else if t.chat(l, ok, m, blank, line, n) {
		return
	}
	switch {
	case ok && l.dated && !l.stamp.timed && !l.unknown:
		if t.day(m, l, line, n) {
			return
		}
	case ok && (l.stamp.timed || l.unknown) && (l.unknown || endsWell(l.text, m)):
		t.add(m, l, line, n)
		return
	}
	if m.heading > 0 || boldHead().MatchString(strings.TrimSpace(line)) {
		t.heading(m)
		return
	}
	if m.item {
		if s := trailing().FindStringSubmatch(m.text); s != nil {
			if l, ok := leadOf(s[2]); ok && l.stamp.timed && (l.dated || t.trails(n)) {
				l.text, l.trail = s[1], true
				t.add(m, l, line, n)
				return
			}
		}
	}
	if t.missing(m, blank) {
		t.untimed(m, line, n)
		return
	}
	if t.section == 0 && len(t.dates) == 0 && !blank {
		t.prose(m.text)
	}
	if t.plain, t.plainAt = "", n; !m.item && !m.cells && m.indent == 0 {
		t.plain = m.text
	}
	t.more(line, m, blank)
}

// blankAfter reports whether nothing but a bracket follows a time.
func blankAfter(text string) bool { return strings.Trim(text, " \t]") == "" }

// missing says whether a line that has no time that can be read stands where an entry would.
func (t *textReading) missing(m markedLine, blank bool) bool {
	if blank || strings.Trim(m.text, " |*_") == "" {
		return false
	}
	if !m.item && !m.cells {
		return timeLike().MatchString(m.text)
	}
	if _, zone := statedZone(m.text); zone {
		return false
	}
	if n := len(t.entries); n > 0 && m.item {
		above := t.entries[n-1]
		return above.ended || above.item && m.indent <= above.indent
	}
	return true
}

// lead reads the time that a line starts with. A row of a table may have it in a later cell, and in a list
// or a timeline a sentence may begin with "At 14:03".
func (t *textReading) lead(m markedLine) (lead, bool) {
	l, ok := leadOf(m.text)
	if ok {
		return l, true
	}
	if m.item || m.cells || t.section > 0 {
		at, near := atWord().FindString(m.text), nearWord().FindString(m.text)
		if l, ok := leadOf(m.text[len(at)+len(near):]); ok && l.stamp.timed {
			l.stamp.approx = l.stamp.approx || near != ""
			l.written = strings.TrimSpace(near + l.written)
			return l, true
		}
	}
	if !m.cells {
		return l, false
	}
	cells := strings.Split(strings.TrimRight(m.text, "| "), "|")
	for i := 1; i < len(cells) && i < 4; i++ {
		l, ok := leadOf(strings.TrimLeft(strings.Join(cells[i:], "|"), " *_`["))
		if ok && l.stamp.timed && !l.loose && (i > 1 || len(strings.TrimSpace(cells[0])) < 30) {
			if before := strings.Join(cells[:i], "|"); strings.Trim(before, "0123456789.# |") != "" {
				l.text += " | " + before
			}
			return l, true
		}
	}
	return l, false
}

// trails says whether the line above line n had its time at the end, as "Detected 2026-03-04 14:00" has;
// then "Resolved 15:00" is an entry too.
func (t *textReading) trails(n int) bool {
	if len(t.entries) == 0 {
		return false
	}
	above := t.entries[len(t.entries)-1]
	return above.lead.trail && above.line == n-1
}

// add begins an entry.
func (t *textReading) add(m markedLine, l lead, line string, n int) *entry {
	e := &entry{lead: l, line: n, raw: line, listed: t.section > 0, item: m.item || m.cells, head: m.heading > 0, indent: m.indent, block: t.block, cells: m.cells}
	st := l.stamp
	switch {
	case l.dated && st.year == 0:
		st.year = t.nearYear(st)
		fallthrough
	case l.dated:
		e.date = st
		if !t.base {
			t.carry, t.outside = st, false
		}
		if st.year > 0 {
			t.note(st)
		}
	case t.outside && !t.run.opt.Date.IsZero(): // the answer is about these lines, the date is about the document
		if told := t.run.opt.Date; t.carry.month > 0 && (t.carry.day != told.Day() || t.carry.month != int(told.Month())) {
			t.run.warn("day "+t.run.fileName(), "%s names the day %04d-%02d-%02d; its times are read on %s, as told",
				t.run.fileName(), t.carry.year, t.carry.month, t.carry.day, told.Format(time.DateOnly))
		}
	default:
		e.date, e.based = t.carry, t.base
	}
	e.lead.text = t.textOf(l.text, m)
	t.entries = append(t.entries, e)
	return e
}

// more takes in a line that is no entry: it goes on with the one above, if it belongs there.
func (t *textReading) more(line string, m markedLine, blank bool) {
	if len(t.entries) == 0 {
		return
	}
	e := t.entries[len(t.entries)-1]
	switch {
	case e.ended:
		return
	case e.closed && (blank || m.indent <= e.indent):
		return
	case blank && e.item:
		e.closed = true
	case e.item && m.item && m.indent <= e.indent, m.cells && !e.head:
		e.closed = true
		return
	case e.continued(m):
		e.lead.text += " " + strings.TrimSpace(line)
		return
	}
	if m.quote {
		line = m.text
	}
	e.body = append(e.body, line)
	e.bodyAt = t.at
}

// continued says whether a line is the rest of a wrapped item, which is one paragraph.
func (e *entry) continued(m markedLine) bool {
	if !e.item || e.cells || m.item || m.cells || m.quote || m.text == "" || len(e.body) > 0 || e.lead.text == "" || e.closed {
		return false
	}
	end := e.lead.text[len(e.lead.text)-1]
	return !strings.ContainsRune(".:;!?`)", rune(end)) && !strings.HasSuffix(e.raw, "  ")
}
