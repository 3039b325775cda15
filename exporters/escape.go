package exporters

import (
	"strings"
	"unicode"

	"aftermath/model"
)

// joiner is an invisible character of no width. Wikis look for @name, #12 and :word: in the finished
// page, where a backslash has already gone; with a joiner inside they find none.
const joiner = '\u2060'

// A style is how a profile writes the few characters that its readers treat differently.
type style struct {
	mermaid bool
	less    string // <
	pipe    string // | in a cell
	dollar  string
	align   bool // pad the cells of tables
}

var styles = map[string]style{
	"github": {mermaid: true, less: "&lt;", pipe: "&#124;", dollar: `\$`},
	"plain":  {less: `\<`, pipe: `\|`, dollar: "$", align: true},
}

// inline is text as text: on one line, with nothing in it that Markdown or a wiki would act on.
func (s style) inline(text string) string { return s.escape(model.CleanLine(text), "|") }

// cell is text as text in a table.
func (s style) cell(text string) string {
	return s.escape(strings.Join(strings.Fields(model.CleanLine(text)), " "), s.pipe)
}

func (s style) escape(text, pipe string) string {
	var b strings.Builder
	b.Grow(len(text) + 16)
	runes := []rune(text)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	for i, r := range runes {
		before, after := at(i-1), at(i+1)
		switch r {
		case '`', '[', '~':
			b.WriteByte('\\')
		case '\\':
			b.WriteByte('\\')
		case '*':
			if before != ' ' || after != ' ' {
				b.WriteByte('\\')
			}
		case '_':
			if !isWord(before) || !isWord(after) {
				b.WriteByte('\\')
			}
		case '&':
			if after == '#' || unicode.IsLetter(after) {
				b.WriteByte('\\')
			}
		case ':':
			if after == '/' && at(i+2) == '/' {
				b.WriteByte('\\')
			}
		case '.':
			if i >= 3 && strings.EqualFold(string(runes[i-3:i]), "www") {
				b.WriteByte('\\')
			}
		case '<':
			b.WriteString(s.less)
			continue
		case '|':
			b.WriteString(pipe)
			continue
		case '$':
			b.WriteString(s.dollar)
			continue
		}
		b.WriteRune(r)
		if r == '@' && isWord(after) || r == '#' && unicode.IsDigit(after) || r == ':' && startsEmoji(runes[i+1:]) {
			b.WriteRune(joiner)
		}
	}
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// startsEmoji tells whether "name:" follows a colon, or a name that ends the text, since a colon may be
// written after it. Clock times have no letters between colons.
func startsEmoji(rest []rune) bool {
	letters := false
	for i, r := range rest {
		switch {
		case r == ':':
			return i > 0 && (letters || string(rest[:i]) == "100" || string(rest[:i]) == "1234")
		case unicode.IsLetter(r) || r == '+' || r == '_':
			letters = true
		case !unicode.IsDigit(r) && r != '-':
			return false
		}
	}
	return letters
}

var ordinal = model.Pattern(`^\d{1,9}[.)]`)

// lineStart escapes what would make a heading, list, quote, rule or table of a line that begins with
// escaped text.
func lineStart(escaped string) string {
	if escaped == "" {
		return escaped
	}
	if strings.ContainsRune("#>+-=|:*", rune(escaped[0])) {
		return `\` + escaped
	}
	if m := ordinal().FindString(escaped); m != "" {
		return m[:len(m)-1] + `\` + escaped[len(m)-1:]
	}
	return escaped
}

var listItem = model.Pattern(`^(?:[-*+•]|\d{1,3}[.)])\s+(.*)$`)

// prose is the blocks of a text of any number of lines: paragraphs, and list items that a person
// began with a dash or a number. Each block is ready to be written; items keep their order.
func (s style) prose(text string) []block {
	var blocks []block
	var lines []string
	flush := func() {
		if lines != nil {
			blocks = append(blocks, block{text: strings.Join(lines, "\n")})
			lines = nil
		}
	}
	for line := range strings.SplitSeq(model.CleanText(text), "\n") {
		line = strings.TrimSpace(line)
		item := listItem().FindStringSubmatch(line)
		switch {
		case line == "":
			flush()
		case item != nil && strings.TrimSpace(item[1]) != "":
			flush()
			blocks = append(blocks, block{text: lineStart(s.inline(strings.TrimSpace(item[1]))), item: true})
		default:
			lines = append(lines, lineStart(s.inline(line)))
		}
	}
	flush()
	return blocks
}

// A block is one paragraph or one item of a list.
type block struct {
	text string
	item bool
}

var plainURL = model.Pattern(`^https?://[A-Za-z0-9][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*$`)

// link is a link where text is a web address without surprises, and text otherwise.
func (s style) link(text string) string {
	text = strings.TrimSpace(text)
	if plainURL().MatchString(text) {
		return "<" + text + ">"
	}
	return s.cell(text)
}
