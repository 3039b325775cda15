package model

import (
	"strings"
	"time"
	"unicode"
)

// maxKey keeps a key typeable; it is longer than most titles.
const maxKey = 50

// letters that people expect to find under another one in a key.
var plainLetters = map[rune]string{
	'ä': "ae", 'ö': "oe", 'ü': "ue", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'å': "a", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th",
	'ı': "i",
}

// rows of letters that lose their accent: the first is what the others become.
var accents = []string{"aàáâãāăą", "cçćĉċč", "dď", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭį", "jĵ", "kķ", "lĺļľ",
	"nñńņň", "oòóôõōŏő", "rŕŗř", "sśŝşšș", "tţťŧț", "uùúûũūŭůűų", "wŵ", "yýÿŷ", "zźżž"}

func init() {
	for _, row := range accents {
		letters := []rune(row)
		for _, l := range letters[1:] {
			plainLetters[l] = string(letters[0])
		}
	}
}

// Key makes the readable name of an incident from its day and title: "2026-11-02-checkout-latency".
// It holds lower-case letters, digits and hyphens, at most 50. A day of zero is left out. The caller
// makes it unique in the file.
func Key(day time.Time, title string) string {
	prefix := ""
	if !day.IsZero() {
		prefix = day.Format("2006-01-02") + "-"
	}
	var words strings.Builder
	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			words.WriteRune(r)
		case plainLetters[r] != "":
			words.WriteString(plainLetters[r])
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
		default:
			words.WriteByte(' ')
		}
	}
	slug := ""
	for _, w := range strings.Fields(words.String()) {
		if len(prefix)+len(slug)+1+len(w) > maxKey {
			if slug == "" {
				slug = w[:maxKey-len(prefix)]
			}
			break
		}
		slug = strings.TrimPrefix(slug+"-"+w, "-")
	}
	if slug == "" {
		slug = "incident"
	}
	return prefix + slug
}
