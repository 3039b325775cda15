package importers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// titleRunes is the longest title, in runes.
const titleRunes = 300

// oneLine makes a text from outside safe to show on one line: escape sequences, control and bidi
// characters are gone, and white space is single.
func oneLine(s string) string {
	if isPlain(s) {
		return strings.TrimSpace(s)
	}
	return strings.Join(strings.Fields(strip(s)), " ")
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
	return strings.Trim(strip(s), "\n")
}

// strip removes what a terminal would obey and what reorders text: escape sequences, C0 and C1
// controls but newline and tab, bidi controls, byte order marks. Invalid UTF-8 becomes U+FFFD.
func strip(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == 0x1b || r == 0x9b:
			i += escapeLen(s[i:], size)
			continue
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r == '\u2028' || r == '\u2029' || r == '\u0085' || r == '\r':
			b.WriteByte('\n')
		case unicode.IsControl(r) || isBidi(r) || r == '\ufeff':
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

func isBidi(r rune) bool {
	return r == '\u061c' || r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// escapeLen is the length of the escape sequence at the start of s, whose introducer is size bytes long.
func escapeLen(s string, size int) int {
	i := size
	csi := size == 2 // the C1 form of ESC [
	if !csi {
		if i == len(s) {
			return i
		}
		switch s[i] {
		case '[':
			i, csi = i+1, true
		case ']', 'P', 'X', '^', '_':
			return stringSequenceLen(s)
		default:
			for i < len(s) && s[i] >= 0x20 && s[i] <= 0x2f {
				i++
			}
			if i < len(s) && s[i] >= 0x30 && s[i] <= 0x7e {
				i++
			}
			return i
		}
	}
	for i < len(s) && s[i] >= 0x20 && s[i] <= 0x3f {
		i++
	}
	if i < len(s) && s[i] >= 0x40 && s[i] <= 0x7e {
		i++
	}
	return i
}

// stringSequenceLen is the length of an operating system command or its like. One that is not closed
// on its line takes only its introducer away, so that a stray byte cannot swallow a text.
func stringSequenceLen(s string) int {
	for i := 2; i < len(s) && s[i] != '\n'; i++ {
		if s[i] == 0x07 {
			return i + 1
		}
		if s[i] == 0x1b {
			if i+1 < len(s) && s[i+1] == '\\' {
				return i + 2
			}
			return i
		}
	}
	return 2
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
