package disclose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A view is a text in another form that is easier to search, and the way back: byte i of the form comes from
// the character of the text that begins at starts[i] and ends at ends[i].
type view struct {
	text         string // as it came
	form         string
	starts, ends []int32 // nil when the form is the text itself
}

// original is the part of the text that form[from:to] comes from.
func (v *view) original(from, to int) (int, int) {
	if v.starts == nil || from >= to {
		return from, to
	}
	return int(v.starts[from]), int(v.ends[to-1])
}

// whole reports whether form[from:to] begins and ends between two characters of the text.
func (v *view) whole(from, to int) bool {
	return v.starts == nil || (from == 0 || v.starts[from] != v.starts[from-1]) && (to == len(v.form) || v.starts[to] != v.starts[to-1])
}

// compatible is a text with its full-width and other compatible forms made plain, so that one rule finds all of
// them. Its letters keep their case, and its marks.
func compatible(text string) *view {
	if isASCII(text) {
		return &view{text: text, form: text}
	}
	return mapped(text, func(out []byte, cluster string) []byte {
		if len(cluster) == 1 {
			return append(out, cluster...)
		}
		for _, r := range norm.NFKC.String(cluster) {
			switch {
			case hidden(r):
			case r >= utf8.RuneSelf && unicode.IsDigit(r):
				out = append(out, asciiDigit(r))
			default:
				out = utf8.AppendRune(out, r)
			}
		}
		return out
	})
}

// folded is a text without what does not tell one name from another: case, accents, width, kana, invisible
// characters, the number and the kind of its blanks.
func folded(text string) *view {
	if isASCII(text) && !strings.ContainsAny(text, "\t\n\v\f\r") && !strings.Contains(text, "  ") {
		return &view{text: text, form: strings.ToLower(text)}
	}
	return mapped(text, foldCluster)
}

// Fold is the form in which two spellings of one name are equal.
func Fold(name string) string { return strings.TrimSpace(folded(name).form) }

// asciiDigit is a decimal digit of any script as one of ours: each script has its ten in a row.
func asciiDigit(r rune) byte {
	for _, d := range unicode.Nd.R16 {
		if uint16(r) >= d.Lo && r <= rune(d.Hi) {
			return '0' + byte((uint16(r)-d.Lo)%10)
		}
	}
	for _, d := range unicode.Nd.R32 {
		if uint32(r) >= d.Lo && uint32(r) <= d.Hi {
			return '0' + byte((uint32(r)-d.Lo)%10)
		}
	}
	return '0'
}

func mapped(text string, write func([]byte, string) []byte) *view {
	v := &view{text: text, starts: make([]int32, 0, len(text)), ends: make([]int32, 0, len(text))}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		size := clusterLen(text[i:])
		was := len(out)
		out = write(out, text[i:i+size])
		if was == len(out) && was > 0 { // what has no shape belongs to what is before it
			for k := was - 1; k >= 0 && v.starts[k] == v.starts[was-1]; k-- {
				v.ends[k] = int32(i + size)
			}
		}
		for range len(out) - was {
			v.starts, v.ends = append(v.starts, int32(i)), append(v.ends, int32(i+size))
		}
		i += size
	}
	v.form = string(out)
	return v
}

// clusterLen is the length of the character at the start of s with the marks, or the parts of a syllable, that join it.
func clusterLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) && s[n] >= utf8.RuneSelf {
		next, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.Is(unicode.Mn, next) && !(next >= 0x1160 && next <= 0x11FF) && !(next == 0xFF9E || next == 0xFF9F) || n > 64 {
			break
		}
		n += size
	}
	return n
}

func foldCluster(out []byte, cluster string) []byte {
	for _, r := range cluster {
		out = foldRune(out, r)
	}
	return out
}

// foldRune appends what one character is in the folded form.
func foldRune(out []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		if r == ' ' || r >= '\t' && r <= '\r' {
			return blank(out)
		}
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(out, byte(r))
	case hidden(r):
		return out
	}
	var buf [utf8.UTFMax]byte
	for _, p := range string(norm.NFKD.Bytes(buf[:utf8.EncodeRune(buf[:], r)])) {
		switch to, alike := foldedAs[unicode.ToLower(p)]; {
		case alike:
			out = append(out, to...)
		case accent(p):
		case unicode.IsSpace(p):
			out = blank(out)
		case unicode.Is(unicode.Pd, p):
			out = append(out, '-')
		case p >= 'ァ' && p <= 'ヶ': // katakana as hiragana
			out = utf8.AppendRune(out, p-('ァ'-'ぁ'))
		default:
			out = utf8.AppendRune(out, unicode.ToLower(p))
		}
	}
	return out
}

func blank(out []byte) []byte {
	if len(out) > 0 && out[len(out)-1] == ' ' {
		return out
	}
	return append(out, ' ')
}

// foldedAs are letters that NFKD leaves whole and that are written in other ways, too.
var foldedAs = map[rune]string{'ß': "ss", 'ø': "o", 'æ': "ae", 'œ': "oe", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ı': "i", 'ς': "σ", 'ħ': "h",
	'ى': "ي", 'ة': "ه", 'ـ': "", 'ی': "ي", 'ک': "ك", 'ё': "е", '\u3099': "\u3099", '\u309A': "\u309A", '’': "'", '‘': "'", 'ʼ': "'", '〜': "-", '゠': "-"}

// accent reports marks that a name may be written with or without. Vowel signs and the voicing of kana are letters.
func accent(r rune) bool {
	return r >= 0x300 && r <= 0x36F || r >= 0x591 && r <= 0x5C7 || r >= 0x610 && r <= 0x61A || r >= 0x64B && r <= 0x65F || r == 0x670 || r >= 0x6D6 && r <= 0x6ED ||
		r >= 0x1AB0 && r <= 0x1AFF || r >= 0x1DC0 && r <= 0x1DFF || r >= 0xFE00 && r <= 0xFE0F || r >= 0xFE20 && r <= 0xFE2F
}

// hidden reports characters without a shape of their own, which could be put into a name unseen.
func hidden(r rune) bool { return r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r) }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// wordRune reports what a word is made of, in any script.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_'
}

func runeBefore(s string, at int) rune {
	if at <= 0 {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return r
}

func runeAt(s string, at int) rune {
	if at >= len(s) {
		return ' '
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	return r
}
