package model

import (
	"cmp"
	"crypto/sha256"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// RedactionID is the id of the mapping of a text: two people who map the same words meet in one statement.
func RedactionID(incident ID, text string) ID {
	sum := sha256.Sum256([]byte(string(incident) + "\x00" + strings.ToLower(text)))
	return IDFrom(TypeRedaction, [8]byte(sum[:8]))
}

// Redact is the gesture that says which words stand in documents for readers outside instead of a text.
// The text itself stays in the file. The same words instead say that the text may stand.
func Redact(incident ID, text, instead, reason string) Gesture {
	text = strings.TrimSpace(text)
	id := RedactionID(incident, text)
	g := Gesture{Label: "map words for readers outside"}.
		Set(TypeRedaction, id, "incident", string(incident)).
		Set(TypeRedaction, id, "text", text).
		Set(TypeRedaction, id, "instead", strings.TrimSpace(instead))
	if reason != "" {
		g = g.Set(TypeRedaction, id, "reason", reason)
	}
	return g
}

// A Redactor replaces words in text. Words that are mapped to themselves stay.
type Redactor struct {
	find    *regexp.Regexp
	instead map[string]Redaction // by the text, in lower case where its case does not count
	handles map[string]Redaction // by the text in lower case: after an @ its case never counts
	firsts  map[string]bool      // the first words of the texts, in lower case
}

// NewRedactor makes one of mappings; of two for one text the first counts.
func NewRedactor(list []Redaction) *Redactor {
	r := &Redactor{instead: map[string]Redaction{}, handles: map[string]Redaction{}, firsts: map[string]bool{}}
	var texts []string
	for _, x := range list {
		key := strings.TrimSpace(x.Text)
		low := strings.ToLower(key)
		if !x.Exact {
			key = low
		}
		if _, known := r.instead[key]; known || low == "" || x.Instead == "" {
			continue
		}
		r.instead[key] = x
		if _, known := r.handles[low]; !known {
			r.handles[low] = x
		}
		texts = append(texts, low)
		r.firsts[firstWord(low)] = true
	}
	if texts == nil {
		return r
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	for i, t := range texts {
		texts[i] = regexp.QuoteMeta(t)
	}
	r.find = regexp.MustCompile(`(?i)@?(?:` + strings.Join(texts, "|") + `)`)
	return r
}

// Text is s with the mapped words replaced, where they stand as words of their own.
func (r *Redactor) Text(s string) string {
	if !r.may(s) {
		return s
	}
	var b strings.Builder
	done := 0
	for at := 0; at < len(s); {
		m := r.find.FindStringIndex(s[at:])
		if m == nil {
			break
		}
		from, to := at+m[0], at+m[1]
		found := strings.TrimPrefix(s[from:to], "@")
		x, known := r.lookUp(s[from:to])
		if !known || !standsAlone(s, from, to) {
			_, size := utf8.DecodeRuneInString(s[from:])
			at = from + size
			continue
		}
		b.WriteString(s[done:from])
		b.WriteString(inPlace(x, s[:from], found))
		done, at = to, to
	}
	return b.String() + s[done:]
}

// may tells quickly that none of the texts stands in s: most of a record names nobody.
func (r *Redactor) may(s string) bool {
	if r.find == nil || s == "" {
		return false
	}
	if r.firsts[""] {
		return true
	}
	for word := range strings.FieldsFuncSeq(s, func(c rune) bool { return !inWord(c) }) {
		if r.firsts[strings.ToLower(word)] {
			return true
		}
	}
	return false
}

// firstWord is the word that a text begins with; empty when it begins with something else.
func firstWord(s string) string {
	if end := strings.IndexFunc(s, func(c rune) bool { return !inWord(c) }); end >= 0 {
		return s[:end]
	}
	return s
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

func (r *Redactor) lookUp(found string) (Redaction, bool) {
	if handle, is := strings.CutPrefix(found, "@"); is {
		if x, ok := r.handles[strings.ToLower(handle)]; ok {
			return x, true
		}
	}
	if x, ok := r.instead[strings.ToLower(found)]; ok && !x.Exact {
		return x, true
	}
	x, ok := r.instead[found]
	return x, ok
}

// inPlace is what stands instead: with a capital where a sentence begins, unless the words are the same.
func inPlace(x Redaction, before, found string) string {
	if strings.EqualFold(x.Instead, found) {
		return found
	}
	before = strings.TrimRight(before, " \n“\"(")
	if before != "" && !strings.ContainsAny(before[len(before)-1:], ".!?:") {
		return x.Instead
	}
	first, size := utf8.DecodeRuneInString(x.Instead)
	return string(unicode.ToUpper(first)) + x.Instead[size:]
}

// standsAlone tells whether s[from:to] is no part of a longer word.
func standsAlone(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	first, _ := utf8.DecodeRuneInString(s[from:])
	last, _ := utf8.DecodeLastRuneInString(s[:to])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return !(inWord(before) && inWord(first)) && !(inWord(after) && inWord(last))
}
