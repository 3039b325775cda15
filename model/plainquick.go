package model

import (
	"strings"
	"unicode/utf8"
)

// plainAlready reports cheaply, for most texts, that PlainTime has nothing to spell: they begin with no time, or with
// one in the common form. Every line of an import passes here.
func plainAlready(text string) bool {
	head := text[:min(len(text), 48)]
	if !isASCII(head) {
		return false
	}
	s := strings.TrimLeft(head, " \t[(*_`")
	if s == "" {
		return true
	}
	if !isDigit(s[0]) {
		return !opensTime(s)
	}
	n := digitsAt(s)
	if n == 4 && len(s) > 10 && s[4] == '-' && s[7] == '-' {
		s = strings.TrimLeft(s[10:], " ,T")
		n = digitsAt(s)
	} else if n == 4 && len(s) > 4 && s[4] == '-' {
		return false
	}
	switch {
	case n == 0:
		return !opensTime(s)
	case len(s) == n:
		return true
	case n == 4:
		return s[4] != '/' && s[4] != '.'
	case n > 4:
		return true
	case s[n] != ':':
		return n > 2
	}
	s = strings.TrimLeft(s, "0123456789:.,")
	s = strings.TrimPrefix(s, " ")
	return s == "" || isDigit(s[0]) || s[0] != '-' && s[0] != '~' && !closesTime(s)
}

func digitsAt(s string) (n int) {
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// opensTime reports whether a text begins with a word that may stand before a time in another language.
func opensTime(s string) bool {
	end := strings.IndexAny(s, " ,.")
	return end > 0 && end <= 14 && strings.Contains(wordsBeforeTimes, "|"+strings.ToLower(s[:end])+"|")
}

const wordsBeforeTimes = "|gegen|vers|environ|hacia|circa|ca|um|alle|om|kl|klo|at|a|as|le|el|den|il|op|" + weekdays + "|"

// closesTime reports whether a text begins with a word or a sign that belongs to the time before it.
func closesTime(s string) bool {
	end := strings.IndexFunc(s, func(r rune) bool { return r < utf8.RuneSelf && (r|0x20 < 'a' || r|0x20 > 'z') })
	if end < 0 {
		end = len(s)
	}
	switch strings.ToLower(s[:end]) {
	case "uhr", "uur", "h", "hs", "hrs", "a", "p", "to", "bis", "hasta":
		return true
	}
	return false
}
