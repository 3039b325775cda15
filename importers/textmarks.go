package importers

import (
	"strings"
	"unicode/utf8"

	"aftermath/model"
)

// markedLine is a line of Markdown without its marks.
type markedLine struct {
	text    string
	indent  int
	heading int // its level; 0 for none
	item    bool
	cells   bool // a row of a table
	quote   bool
}

var (
	itemMark   = model.Pattern(`^(?:[-*+•–]|\d{1,3}[.)])\s+`)
	htmlTag    = model.Pattern(`(?i)</?(?:h[1-6]|hr|ul|ol|li|code|pre|p|br|b|i|em|strong|div|span|table|tbody|thead|tr|td|th|a|blockquote)(?:\s[^<>]*)?/?>`)
	loneDate   = model.Pattern(`^[-_*~ ]+(\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4})[-_*~: ]*$`)
	ruler      = model.Pattern(`^[\s|:+=_*-]+$`)
	linkTarget = model.Pattern(`^\]\(https?://[^()\s]*\)`) // of a time that is a link
	boldHead   = model.Pattern(`^\*\*([^*]+)\*\*:?$`)
)

// unmarked takes the Markdown around a line away: heading, quote, list and table marks, emphasis.
func unmarked(line string) markedLine {
	var m markedLine
	line = strings.TrimRight(line, " \t\r\n")
	line = htmlTag().ReplaceAllString(line, " ")
	t := line
	for { // a quoted line is as deep as what is quoted
		inner, quoted := strings.CutPrefix(strings.TrimLeft(t, " \t"), ">")
		if !quoted {
			break
		}
		m.quote, t = true, strings.TrimPrefix(inner, " ")
	}
	outer := t
	t = strings.TrimLeft(t, " \t")
	m.indent = len(outer) - len(t)
	if h := strings.TrimLeft(t, "#"); len(t) > len(h) && len(t)-len(h) <= 6 && (h == "" || h[0] == ' ' || h[0] == '\t') {
		m.heading = len(t) - len(h)
		t = strings.TrimSpace(strings.TrimRight(h, "# "))
	}
	if d := loneDate().FindStringSubmatch(t); d != nil {
		t = d[1]
	}
	if mark := itemMark().FindString(t); mark != "" && m.heading == 0 && !startsWithDay(t) {
		m.item = true
		t = t[len(mark):]
	}
	if strings.HasPrefix(t, "|") {
		m.cells = true
		t = strings.TrimLeft(t, "| ")
	}
	m.text = strings.TrimLeft(t, "*_`[( \u00a0")
	return m
}

// startsWithDay says whether the number at the start of s is a day, as in 19. April, and no list mark.
func startsWithDay(s string) bool {
	m := dayMonth().FindStringSubmatch(s)
	return m != nil && model.MonthNamed(m[2]) > 0
}

// endsWell says whether what follows a time looks like the text of an entry. It keeps a sentence that
// happens to wrap before a time out of the timeline.
func endsWell(text string, m markedLine) bool {
	if text == "" || m.heading > 0 || m.item || m.cells {
		return !strings.HasPrefix(text, "/")
	}
	return strings.ContainsRune(" \t:-–—|,.)]*_>`", firstRune(text))
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// textOf is the text of an entry: what follows the time, without the marks between them.
func (t *textReading) textOf(text string, m markedLine) string {
	text = strings.TrimSpace(text)
	text = strings.TrimPrefix(text, linkTarget().FindString(text))
	text = strings.TrimLeft(text, "*_`])")
	text = strings.TrimLeft(text, " \t\u00a0|:,;–—→")
	for _, mark := range []string{"- ", "-- ", "=> ", "-> "} {
		text = strings.TrimPrefix(text, mark)
	}
	if text = strings.TrimLeft(text, " \t|:–—"); strings.Count(text, "**")%2 == 1 || !strings.HasPrefix(text, "**") {
		text = strings.TrimLeft(text, " \t*_|:–—")
	}
	if m.cells {
		text = strings.TrimSpace(strings.TrimRight(text, "| "))
		text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == '|' }), "— ")
		text = strings.Join(strings.Fields(text), " ")
	}
	if strings.HasSuffix(text, "**") && strings.Count(text, "**")%2 == 1 {
		text = strings.TrimSuffix(text, "**")
	}
	return text
}
