// Package wording judges single lines of a retrospective as they are typed: whether an action says what
// will be different, whether a condition names a fault or ends at an event, whether a line of the timeline
// speaks with later knowledge, whether an impact carries an amount. It reads grammar and meaning from word
// lists and a few rules, knows nothing of records and screens, and answers within microseconds.
//
// What is weak or shallow follows published practice: an action names a thing that a stranger could check
// (RCA2's hierarchy of strength, the SRE workbook on action items), a cause is a condition and not an event
// or a person (Etsy's debriefing guide, Howie), and hindsight is what no one could have known then.
package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Longest is the part of a text that is judged: far more than a line, little enough for every key press.
const Longest = 4000

// mostTokens bounds the work for one text, whatever it is made of.
const mostTokens = 700

// A token is one word, number, name or mark of a sentence.
type token struct {
	text, low, lemma string
	class            class // what it means, alone or in a phrase
	own              class // what it means alone
	tag              tag   // what it does in the sentence
	named            bool  // it points at one particular thing: code, a quoted text, a product
	number           bool
	mark             bool // punctuation
	possessive       bool
}

// contractions are written out, so that negation and auxiliaries are words like others.
var contractions = []struct{ ending, first, second string }{
	{"can't", "can", "not"}, {"won't", "will", "not"}, {"shan't", "shall", "not"}, {"cannot", "can", "not"}, {"n't", "", "not"},
	{"'ve", "", "have"}, {"'ll", "", "will"}, {"'re", "", "are"}, {"'m", "", "am"}, {"let's", "let", "us"},
	{"it's", "it", "is"}, {"that's", "that", "is"}, {"there's", "there", "is"}, {"what's", "what", "is"}, {"'d", "", "had"},
}

// tokenise cuts a text into tokens. Mark-up around words is dropped; what stands in backticks or quotes is
// one name.
func tokenise(text string) []token {
	text = plain(text)
	out := make([]token, 0, 48)
	for i := 0; i < len(text) && len(out) < mostTokens; {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsSpace(r) || r == '*' || r == '#' || r == '~' || r == utf8.RuneError:
			i += size
		case r == '`' || r == '"':
			if end := strings.IndexRune(text[i+size:], r); end > 0 && end <= 120 {
				out = append(out, token{text: text[i+size : i+size+end], named: true})
				i += 2*size + end
				continue
			}
			i += size
		case wordRune(r) || strings.ContainsRune("$€£@", r):
			end := i + wordEnd(text[i:])
			out = appendWord(out, strings.Trim(text[i:end], "_"))
			i = end
		case i > 0 && text[i-1] == ' ' && leadsName(text[i:]): // "/health", "--force", ".env"
			end := i + size + wordEnd(text[i+size:])
			out = append(out, token{text: text[i:end], low: strings.ToLower(text[i:end]), named: true})
			i = end
		default:
			out = append(out, token{text: text[i : i+size], mark: true})
			i += size
		}
	}
	return out
}

// leadsName tells whether a slash, a dash or a dot begins a path, a flag or a file's name.
func leadsName(s string) bool {
	rest := strings.TrimPrefix(s[1:], "-")
	return (s[0] == '/' || s[0] == '-' || s[0] == '.') && rest != "" && rest[0] >= 'a' && rest[0] <= 'z'
}

// plain bounds a text and makes one kind of quote of many.
func plain(text string) string {
	if len(text) > Longest {
		text = strings.ToValidUTF8(text[:Longest], "")
	}
	return quotes.Replace(strings.TrimSpace(text))
}

var quotes = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "–", " - ", "—", " - ")

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// wordEnd is where the word that begins s ends: marks inside a name, a number or a path belong to it.
func wordEnd(s string) int {
	end := 0
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if wordRune(r) || r == '%' || end == 0 {
			end += size
			continue
		}
		if strings.ContainsRune("-'./_:,@+", r) {
			next, _ := utf8.DecodeRuneInString(s[end+size:])
			prev, _ := utf8.DecodeLastRuneInString(s[:end])
			inside := wordRune(next) && wordRune(prev)
			if (r == ',' || r == ':') && !(unicode.IsDigit(next) && unicode.IsDigit(prev)) {
				inside = false
			}
			if inside {
				end += size
				continue
			}
		}
		return end
	}
	return end
}

func appendWord(out []token, w string) []token {
	if w == "" {
		return out
	}
	low := strings.ToLower(w)
	for _, c := range contractions {
		if !strings.HasSuffix(low, c.ending) {
			continue
		}
		first := c.first
		if first == "" {
			first = strings.TrimSuffix(low, c.ending)
		}
		if first == "" {
			break
		}
		return append(out, token{text: w[:min(len(first), len(w))], low: first}, token{text: c.second, low: c.second})
	}
	// "and/or" and "liveness/readiness" are two words; a path or a repository is one name.
	if a, b, ok := strings.Cut(low, "/"); ok && lowercase(w) && !strings.ContainsAny(b, "/.-_") && len(a) > 1 && len(b) > 1 {
		return append(out, token{text: a, low: a}, token{text: "/", mark: true}, token{text: b, low: b})
	}
	t := token{text: w, low: low}
	if base, ok := strings.CutSuffix(low, "'s"); ok && base != "" {
		t.low, t.text, t.possessive = base, w[:len(base)], true
	}
	return append(out, t)
}

func lowercase(s string) bool {
	for _, r := range s {
		if !unicode.IsLower(r) && r != '/' {
			return false
		}
	}
	return true
}

// shape tells numbers and names by how they are written. first is whether the word opens the sentence,
// where a capital says nothing.
func (t *token) shape(first bool) {
	var upper, lower, digit, inner int
	for i, r := range t.text {
		switch {
		case unicode.IsUpper(r):
			upper++
			if i > 0 {
				inner++
			}
		case unicode.IsLower(r):
			lower++
		case unicode.IsDigit(r):
			digit++
		}
	}
	t.number = digit > 0 && (lower+upper == 0 || leadsWithDigit(t.text))
	switch {
	case t.named || t.number:
	case strings.ContainsAny(t.text, "_/@") || digit > 0 && lower+upper > 0 || strings.Contains(t.text, ".") && lower > 0:
		t.named = true
	case upper > 1 && lower == 0, inner > 0 && lower > 0 && !strings.Contains(t.text, "-"):
		t.named = true
	case upper > 0 && !first && t.low != "i":
		t.named = true
	}
}

func leadsWithDigit(s string) bool {
	s = strings.TrimLeft(s, "$€£~")
	return s != "" && s[0] >= '0' && s[0] <= '9'
}
