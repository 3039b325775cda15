// Package safetext says once what a terminal, a page or a reader's eye would be misled by in a text from outside,
// and makes text safe from it. It imports nothing of ours.
package safetext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unshown reports characters that a terminal or a page would act on instead of showing: control characters of both
// sets, those that reorder what stands beside them, separators of lines, and marks of the order of bytes. A line
// feed is none.
func Unshown(r rune) bool {
	return r < 0x20 && r != '\n' || r >= 0x7F && r < 0xA0 || IsBidi(r) || r == 0x2028 || r == 0x2029 || r == 0xFEFF || r >= 0xFFF9 && r <= 0xFFFB
}

// IsBidi reports characters that change the direction of what follows.
func IsBidi(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// MaxMarks is how many marks a character may carry. Every script needs fewer; a pile of them covers other lines.
const MaxMarks = 8

// safe reports whether s needs no work: nothing unshown, no pile of marks, nothing but UTF-8.
func safe(s string) bool {
	marks := 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < 0x20 && c != '\n' || c == 0x7F {
				return false
			}
			marks = 0
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || Unshown(r) {
			return false
		}
		if marks = countMarks(marks, r); marks > MaxMarks {
			return false
		}
		i += size
	}
	return true
}

// countMarks goes on counting the marks of a character.
func countMarks(n int, r rune) int {
	if unicode.Is(unicode.M, r) {
		return n + 1
	}
	return 0
}

// Text is text that is safe to show: without escape sequences, unshown characters and piles of marks. Line ends
// stay, a tab becomes a blank.
func Text(s string) string {
	if safe(s) {
		return s
	}
	return clean(s, func(r rune) rune {
		switch {
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case Unshown(r):
			return -1
		}
		return r
	})
}

// Lines is Text that keeps tabs, and makes a line end of everything that is meant as one.
func Lines(s string) string {
	return clean(s, func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r == '\r' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case Unshown(r):
			return -1
		}
		return r
	})
}

// clean takes escape sequences and piles of marks away, and gives every other character to keep.
func clean(s string, keep func(rune) rune) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	marks := 0
	for i := 0; i < len(s); {
		if n := EscapeLen(s[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if marks = countMarks(marks, r); marks > MaxMarks {
			continue
		}
		if r = keep(r); r >= 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// FewMarks is s without the marks that pile up.
func FewMarks(s string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if marks = countMarks(marks, r); marks > MaxMarks {
			return -1
		}
		return r
	}, s)
}

// EscapeLen is the length of the escape sequence at the start of s, or 0. A sequence without an end is
// only its introducer, so that text after it is never swallowed.
func EscapeLen(s string) int {
	var kind byte
	n := 0
	switch {
	case len(s) >= 2 && s[0] == 0x1B:
		kind, n = s[1], 2
	case len(s) >= 2 && s[0] == 0xC2 && s[1] >= 0x80 && s[1] < 0xA0: // C1 in UTF-8
		kind, n = s[1]-0x40, 2
	default:
		return 0
	}
	switch kind {
	case '[':
		for i := n; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7E {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x7E {
				break
			}
		}
		return n
	case ']', 'P', 'X', '^', '_':
		for i := n; i < len(s) && s[i] != '\n'; i++ {
			switch {
			case s[i] == 0x07:
				return i + 1
			case s[i] == 0x1B && i+1 < len(s) && s[i+1] == '\\':
				return i + 2
			case s[i] == 0xC2 && i+1 < len(s) && s[i+1] == 0x9C:
				return i + 2
			}
		}
		return n
	}
	if s[0] == 0x1B && (s[1] < 0x20 || s[1] > 0x7E) {
		return 1
	}
	if s[0] == 0x1B && s[1] >= 0x20 && s[1] <= 0x2F && len(s) >= 3 { // a character set: ESC ( B
		return 3
	}
	return n
}
