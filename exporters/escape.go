package exporters

import (
	"fmt"
	"strings"
	"unicode"

	"aftermath/model"
)

// joiner is an invisible character of no width. Wikis look for @name, #12 and :word: in the finished
// page, where a backslash has already gone; with a joiner inside they find none.
const joiner = '\u2060'

// inline is text as text: on one line, with nothing in it that Markdown or a wiki would act on.
func (s style) inline(written string) string { return s.words(model.CleanLine(written), "|") }

// cell is text as text in a table.
func (s style) cell(written string) string {
	return s.words(strings.Join(strings.Fields(model.CleanLine(written)), " "), s.pipe)
}

// words is text of one line; what the reader's tool would rewrite stands in code, where it has such a habit.
func (s style) words(line, pipe string) string {
	if s.rewrites == nil || !s.rewrites().MatchString(line) {
		return s.escape(line, pipe)
	}
	var b strings.Builder
	rest := line
	for rest != "" {
		end := strings.IndexAny(rest, " |")
		if end < 0 {
			end = len(rest)
		}
		token := rest[:end]
		if s.rewrites().MatchString(token) && !strings.Contains(token, "`") {
			bare := strings.TrimRight(token, ".,;:")
			if !strings.Contains(bare, "(") {
				bare = strings.TrimRight(bare, ")")
			}
			b.WriteString("`" + untemplated.Replace(bare) + "`" + token[len(bare):])
		} else {
			b.WriteString(s.escape(token, pipe))
		}
		if end < len(rest) {
			b.WriteString(s.escape(rest[end:end+1], pipe))
			end++
		}
		rest = rest[end:]
	}
	return b.String()
}

// untemplated keeps Jinja out of code, where a backslash would be seen.
var untemplated = strings.NewReplacer("{{", "{"+string(joiner)+"{", "{%", "{"+string(joiner)+"%", "{#", "{"+string(joiner)+"#")

func (s style) escape(line, pipe string) string {
	var b strings.Builder
	b.Grow(len(line) + 16)
	runes := []rune(line)
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	for i, r := range runes {
		before, after := at(i-1), at(i+1)
		apart := r == '@' && isWord(after) || r == '#' && unicode.IsDigit(after) || r == ':' && startsEmoji(runes[i+1:])
		switch r {
		case '`', '[', '~', '\\':
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
				b.WriteString(s.and)
				if s.and != `\` {
					continue
				}
			}
		case ':':
			if after == '/' && at(i+2) == '/' {
				if s.python {
					apart = true
				} else {
					b.WriteByte('\\')
				}
			}
		case '.':
			if i >= 3 && strings.EqualFold(string(runes[i-3:i]), "www") {
				b.WriteByte('\\')
			}
		case '{':
			b.WriteString(strings.TrimSuffix(s.brace, "{"))
		case '%':
			switch {
			case before != '{' || s.brace == "{":
			case s.python: // which knows no backslash before it
				b.WriteRune(joiner)
			default:
				b.WriteByte('\\')
			}
		case '#':
			if before == '{' && s.brace != "{" {
				b.WriteByte('\\')
			}
		case '^', '=':
			if s.python && (r != '=' || before == '=' || after == '=') {
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
			if strings.ContainsRune(s.marks, r) && isWord(after) {
				b.WriteRune(joiner)
			}
			continue
		}
		b.WriteRune(r)
		if apart || strings.ContainsRune(s.marks, r) && (isWord(after) || strings.ContainsRune("+-{[", r) && strings.ContainsRune("+-[_", after)) {
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
func (s style) lineStart(escaped string) string {
	if escaped == "" {
		return escaped
	}
	switch first := rune(escaped[0]); {
	case s.python && strings.ContainsRune(":?", first): // no backslash reaches these
		return fmt.Sprintf("&#%d;", first) + escaped[1:]
	case s.python && first == '!', strings.ContainsRune("#>+-=|:*", first):
		return `\` + escaped
	}
	if m := ordinal().FindString(escaped); m != "" {
		return m[:len(m)-1] + `\` + escaped[len(m)-1:]
	}
	return escaped
}

var listItem = model.Pattern(`^(?:[-*+•]|\d{1,3}[.)])\s+(.*)$`)

var plainURL = model.Pattern(`^https?://[A-Za-z0-9][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*$`)

// link is a web address that can be followed.
func (s style) link(url string) string {
	if s.angles {
		return "<" + url + ">"
	}
	return "[" + s.inline(url) + "](" + strings.NewReplacer("(", "%28", ")", "%29").Replace(url) + ")"
}
