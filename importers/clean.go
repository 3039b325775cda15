package importers

import (
	"strings"
	"unicode/utf8"

	"aftermath/safetext"
)

// titleRunes is the longest title, in runes.
const titleRunes = 300

// oneLine makes a text from outside safe to show on one line: escape sequences, control and bidi
// characters are gone, and white space is single.
func oneLine(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.Fields(safetext.Lines(s)), " ")
}

// isPlain says whether s is printable ASCII, which is nearly always so and needs no work.
func isPlain(s string) bool {
	const each, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 { // eight bytes at a time: every text of every record passes here
		x := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		if x&high != 0 || ((x|high)-each*' ')&high != high || (x+each)&high != 0 {
			return false
		}
	}
	for ; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// manyLines makes a text from outside safe to show, keeping its lines and tabs.
func manyLines(s string) string {
	if isPlain(s) {
		return strings.TrimRight(s, " ")
	}
	return strings.Trim(safetext.Lines(s), "\n")
}

// titleAndBody splits a human text: the first line that says something is the title, the rest is the
// body. A title that had to be cut leaves the whole text in the body.
func titleAndBody(text string) (title, body string) {
	if isPlain(text) && len(text) <= titleRunes {
		return strings.TrimSpace(text), ""
	}
	text = strings.TrimLeft(manyLines(text), " \t\n")
	first, rest, _ := strings.Cut(text, "\n")
	title = strings.Join(strings.Fields(first), " ")
	if cut := cutRunes(title, titleRunes); cut != title {
		return cut, text
	}
	return title, strings.Trim(rest, "\n")
}

// cutRunes is s with at most n runes, the last one an ellipsis when something was cut.
func cutRunes(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	for i := range s {
		if n--; n == 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// excerpt is the beginning of a refused record, as people may see it.
func excerpt(s string) string {
	if len(s) > 1000 {
		s = s[:1000]
	}
	return cutRunes(oneLine(s), 160)
}
