package disclose

import (
	"unicode"
	"unicode/utf8"
)

// A script says where a word of it ends.
type script uint8

const (
	noScript script = iota // digits, marks, signs
	latin
	cyrillic
	greek
	other // scripts with blanks between words, and endings that join them
	semitic
	joined // scripts without blanks between words, or with particles that join them
)

var scripts = []struct {
	table  *unicode.RangeTable
	script script
}{
	{unicode.Latin, latin}, {unicode.Cyrillic, cyrillic}, {unicode.Greek, greek}, {unicode.Han, joined}, {unicode.Hiragana, joined}, {unicode.Katakana, joined},
	{unicode.Hangul, joined}, {unicode.Thai, joined}, {unicode.Lao, joined}, {unicode.Khmer, joined}, {unicode.Myanmar, joined}, {unicode.Tibetan, joined}, {unicode.Bopomofo, joined},
	{unicode.Arabic, semitic}, {unicode.Hebrew, semitic}, {unicode.Syriac, semitic},
}

func scriptOf(r rune) script {
	switch {
	case r < utf8.RuneSelf:
		if r|0x20 >= 'a' && r|0x20 <= 'z' {
			return latin
		}
		return noScript
	case r == 'ー' || r == '々' || r == '〆':
		return joined
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		return noScript
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.script
		}
	}
	if unicode.IsMark(r) && accent(r) {
		return noScript
	}
	return other
}

func (s script) unspaced() bool { return s == joined }
