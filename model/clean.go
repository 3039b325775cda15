package model

import (
	"strings"
	"unicode/utf8"
)

// CleanText is text that is safe to show: without control characters, terminal escape sequences and
// marks that reorder what stands beside them. Line ends stay, a tab becomes a space. The file keeps
// the original.
func CleanText(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unshown) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if n := escapeLen(s[i:]); n > 0 {
			i += n
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == '\n' || !unshown(r):
			b.WriteRune(r)
		case r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// CleanLine is CleanText on one line.
func CleanLine(s string) string {
	s = CleanText(s)
	if strings.ContainsRune(s, '\n') {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

// unshown tells characters that a terminal or a page would act on instead of showing.
func unshown(r rune) bool {
	return r < 0x20 && r != '\n' || r >= 0x7F && r < 0xA0 ||
		r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C ||
		r == 0x2028 || r == 0x2029 || r == 0xFEFF
}

// escapeLen is the length of the escape sequence at the start of s, or 0. A sequence without an end is
// only its introducer, so that text after it is never swallowed.
func escapeLen(s string) int {
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
