package model

import (
	"crypto/sha256"
	"strings"
	"unicode"
	"unicode/utf8"

	"aftermath/disclose"
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

// A Redactor replaces words in text, in whatever form they stand there. Words that are mapped to themselves stay.
type Redactor struct {
	names *disclose.Names
	list  []Redaction
}

// NewRedactor makes one of mappings; of two for one text the first counts.
func NewRedactor(list []Redaction) *Redactor {
	r := &Redactor{}
	var names []disclose.Name
	for _, x := range list {
		if strings.TrimSpace(x.Text) != "" && x.Instead != "" {
			r.list = append(r.list, x)
			names = append(names, disclose.Name{Text: x.Text, Person: x.Exact})
		}
	}
	r.names = disclose.NewNames(names)
	return r
}

// Text is s with the mapped words replaced: as they are, with the endings that a name carries, and where they
// touch words of a script without blanks. What could be another word stays, and a LeakCheck tells it.
func (r *Redactor) Text(s string) string {
	var b strings.Builder
	done := 0
	for _, p := range r.names.In(s) {
		if p.Perhaps {
			continue
		}
		x := r.list[p.Names[0]]
		for _, n := range p.Names {
			if r.list[n].Text == s[p.From:p.To] {
				x = r.list[n]
				break
			}
		}
		if disclose.Fold(x.Text) == disclose.Fold(x.Instead) {
			continue
		}
		from := p.From
		if p.Handle && done < from {
			from = done + strings.LastIndexAny(s[done:from], "@＠")
		}
		b.WriteString(s[done:from])
		b.WriteString(inPlace(x, s[:from], s[p.From:p.To]))
		done = p.To
	}
	return b.String() + s[done:]
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
