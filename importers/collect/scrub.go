package collect

import (
	"encoding/base64"
	"html"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"aftermath/model"
)

// leastSecret is how long a token must be to be looked for: one of a few letters stands in a text by chance.
const leastSecret = 8

// forms are the ways in which the secrets can stand in a text, once its own encoding is undone.
func forms(user string, secrets []secret) []string {
	var all []string
	for _, s := range secrets {
		if s.value == "" {
			continue
		}
		all = append(all, s.value, url.QueryEscape(s.value), basic(user, s.value))
		if len(s.value) >= leastSecret {
			all = append(all, inBase64(s.value)...)
		}
	}
	return all
}

// inBase64 are the parts of an encoded text that a secret within it decides, wherever it begins.
func inBase64(s string) (all []string) {
	for shift := range 3 {
		first := (shift*8 + 5) / 6       // what holds bits of what comes before
		last := (shift + len(s)) * 8 / 6 // what holds bits of what comes after
		for _, code := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			all = append(all, code.EncodeToString([]byte(strings.Repeat("x", shift) + s))[first:last])
		}
	}
	return all
}

var escapes = model.Pattern(`\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\/|%[0-9a-fA-F]{2}`)

// decoded undoes the escapes of addresses, of JSON and of pages, which may stand within each other.
func decoded(text string) string {
	for range 4 {
		was := text
		if strings.ContainsAny(text, "\\%") {
			text = escapes().ReplaceAllStringFunc(text, func(e string) string {
				if e == `\/` {
					return "/"
				}
				n, _ := strconv.ParseUint(strings.TrimLeft(e, `\ux%`), 16, 16)
				if e[0] == '%' {
					return string([]byte{byte(n)})
				}
				return string(rune(n))
			})
		}
		if strings.Contains(text, "&") {
			text = html.UnescapeString(text)
		}
		if text == was {
			break
		}
	}
	return text
}

// scrub takes the secrets out of a text, and every word that hides one in an encoding.
func (l *line) scrub(text string) string {
	for _, f := range l.forms {
		text = strings.ReplaceAll(text, f, "…")
	}
	if !l.leaks([]byte(text)) {
		return text
	}
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(text, unicode.IsSpace) {
		if l.leaks([]byte(word)) {
			word = "…"
		}
		b.WriteString(" " + word)
	}
	return strings.TrimPrefix(b.String(), " ")
}

// leaks reports whether a text holds a secret, as it is or encoded.
func (l *line) leaks(text []byte) bool {
	plain := string(text)
	if l.holdsSecret(plain) {
		return true
	}
	clear := decoded(plain)
	return clear != plain && l.holdsSecret(clear)
}

func (l *line) holdsSecret(text string) bool {
	for _, f := range l.forms {
		if len(f) >= leastSecret && strings.Contains(text, f) {
			return true
		}
	}
	return false
}
