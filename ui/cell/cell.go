// Package cell is the only place where the screen measures text: it makes outside text safe to draw,
// and fits, pads and wraps it to exact numbers of terminal cells.
package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"aftermath/safetext"
)

// Clean makes one line of outside text safe to draw: escape sequences and control characters go, so do
// bidirectional overrides, and line breaks and tabs become blanks. Variation selectors, joiners and skin
// tones go too, because terminals disagree about their width. The original stays in the file.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	s = ansi.Strip(c1.Replace(strings.ToValidUTF8(s, "\uFFFD")))
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case safetext.Unshown(r), unicode.Is(unicode.Cf, r), r == '\uFE0F', r == '\uFE0E', r >= 0x1F3FB && r <= 0x1F3FF:
			return -1 // Cf holds the joiners, too
		}
		return r
	}, safetext.FewMarks(s))
	return strings.TrimLeftFunc(s, unicode.IsMark) // a mark alone would join the cell before it
}

// c1 turns the one-character forms of the introducers into those that begin with an escape.
var c1 = strings.NewReplacer("\u009b", "\x1b[", "\u009d", "\x1b]", "\u0090", "\x1bP", "\u009c", "\x1b\\")

// CleanText does the same for text of many lines, and keeps its line breaks.
func CleanText(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, l := range lines {
		lines[i] = Clean(l)
	}
	return strings.Join(lines, "\n")
}

// plain tells whether s is printable ASCII, where every byte is one cell.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// Width is the number of cells that s takes; styles in s take none.
func Width(s string) int {
	if n, ok := countSimple(s); ok {
		return n
	}
	return ansi.StringWidth(s)
}

// countSimple counts the cells of text that is made of nothing but styles and characters of one cell that
// never join their neighbours: nearly every line of a screen. Finding the bounds of characters in the general
// way takes most of the time of drawing a large screen.
func countSimple(s string) (n int, ok bool) {
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= 0x20 && c <= 0x7e:
			i++
			n++
		case c == 0x1b:
			end := styleEnd(s, i)
			if end < 0 {
				return 0, false
			}
			i = end
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !simple(r) {
				return 0, false
			}
			i += size
			n++
		}
	}
	return n, true
}

// styleEnd is where a style such as \x1b[1;31m that begins at i ends, or -1 when another sequence does.
func styleEnd(s string, i int) int {
	if i+1 >= len(s) || s[i+1] != '[' {
		return -1
	}
	for i += 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c != ';' && c != ':' && (c < '0' || c > '9'):
			return -1
		}
	}
	return -1
}

// simple tells characters beyond ASCII that take one cell and stand alone: Latin letters, the middle dot and
// its like, dashes, quotation marks and the ellipsis, boxes, blocks, diamonds and circles.
func simple(r rune) bool {
	return r >= 0xB0 && r <= 0x17F || r >= 0x2010 && r <= 0x2027 || r >= 0x2500 && r <= 0x259F || r >= 0x25C6 && r <= 0x25CF
}

// Cut shortens s to at most w cells, with an ellipsis where something is missing.
func Cut(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if plain(s) {
		if len(s) <= w {
			return s
		}
		return s[:w-1] + "…"
	}
	if n, ok := countSimple(s); ok && n <= w {
		return s
	}
	return ansi.Truncate(s, w, "…")
}

// Fit makes s exactly w cells wide, cut or padded on the right. Styles in s are kept.
func Fit(s string, w int) string {
	s = Cut(s, w)
	return exact(s, s+Space(w-Width(s)), w)
}

// Right makes s exactly w cells wide and sets it to the right.
func Right(s string, w int) string {
	s = Cut(s, w)
	return exact(s, Space(w-Width(s))+s, w)
}

// Center makes s exactly w cells wide with its text in the middle.
func Center(s string, w int) string {
	s = Cut(s, w)
	left := (w - Width(s)) / 2
	return exact(s, Space(left)+s+Space(w-Width(s)-left), w)
}

// exact guards against the few scripts whose characters join what stands beside them: a row that is
// one cell short would shift everything after it, so such text is shown with question marks.
func exact(s, fitted string, w int) string {
	if plain(s) || Width(fitted) == max(0, w) {
		return fitted
	}
	s = Cut(strings.Map(func(r rune) rune {
		if r > 0x7e {
			return '?'
		}
		return r
	}, ansi.Strip(s)), w)
	return s + Space(w-Width(s))
}

const blanks = "                                                                                                                                "

// Space is n blanks, none when n is negative.
func Space(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blanks):
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Wrap breaks clean text into lines of at most w cells, at blanks where it can. Line breaks in s are kept.
func Wrap(s string, w int) []string {
	var out []string
	for _, line := range strings.Split(s, "\n") {
		out = append(out, wrapLine(line, max(1, w))...)
	}
	return out
}

// WrapMost wraps text to at most so many lines; what is left over is cut off the last one.
func WrapMost(s string, w, most int) []string {
	lines := Wrap(s, w)
	if len(lines) <= most {
		return lines
	}
	last := strings.Join(lines[most-1:], " ")
	return append(lines[:most-1:most-1], Cut(last, w))
}

func wrapLine(s string, w int) []string {
	if Width(s) <= w {
		return []string{s}
	}
	indent := s[:len(s)-len(strings.TrimLeft(s, " "))]
	if len(indent) > w/2 {
		indent = ""
	}
	var out []string
	line := indent
	for _, word := range strings.Fields(s) {
		switch gap := line != indent; {
		case gap && Width(line)+1+Width(word) <= w:
			line += " " + word
		case !gap && Width(line)+Width(word) <= w:
			line += word
		default:
			if gap {
				out = append(out, line)
			}
			for line = indent + word; Width(line) > w; {
				head := headOf(line, w)
				out, line = append(out, head), indent+line[len(head):]
			}
		}
	}
	return append(out, line)
}

// headOf is the longest start of s that fits into w cells, and at least one character.
func headOf(s string, w int) string {
	if head := ansi.Truncate(s, w, ""); head != "" {
		return head
	}
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// Block makes text exactly h lines of exactly w cells; longer text is cut.
func Block(lines []string, w, h int) []string {
	out := make([]string, h)
	for i := range out {
		if i < len(lines) {
			out[i] = Fit(lines[i], w)
		} else {
			out[i] = Space(w)
		}
	}
	return out
}

// Beside joins blocks of equal height line by line.
func Beside(blocks ...[]string) []string {
	out := make([]string, len(blocks[0]))
	for i := range out {
		for _, b := range blocks {
			out[i] += b[i]
		}
	}
	return out
}

// Splice lays block over line, which is w cells wide, from the cell left on.
func Splice(line, block string, left, w int) string {
	bw := Width(block)
	return Fit(ansi.Cut(line, 0, left), left) + block + Fit(ansi.Cut(line, left+bw, w), w-left-bw)
}
