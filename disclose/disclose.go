// Package disclose finds in a text what must not get out with it: credentials, addresses of people and machines,
// and names that it was told. It imports nothing of ours. What it finds are spans of the text as it came, although
// it looks at other forms of it: full width, decomposed, in capitals, in any script.
//
// A check that asks once too often costs a second, one that asks once too little cannot be taken back. What is
// uncertain is found, and marked so.
package disclose

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
)

// The kinds of what is found.
const (
	Credential = "credential"
	Card       = "card"
	Account    = "account"
	Phone      = "phone"
	Email      = "email"
	IP         = "ip"
	Host       = "host"
	URL        = "url"
)

// A Span is a part of a text that tells something, without the words that only announce it: of
// "password: hunter2" the last word.
type Span struct {
	From, To int
	Kind     string
	Perhaps  bool // by its looks alone
	Bare     bool // a word that could be a credential or a digest, and nothing beside it says which
}

// Secret reports whether what is found gives access to something: no reason for a whole document lets it out.
func (s Span) Secret() bool { return s.Kind == Credential || s.Kind == Card || s.Kind == Account }

// Find lists everything in a text that has a form of its own, in order and without overlaps.
func Find(text string) []Span {
	if len(text) < 3 {
		return nil
	}
	f := &finder{view: compatible(text)}
	f.secrets()
	f.bareWords()
	f.addresses()
	return f.result()
}

// Secrets lists only what gives access, and leaves out words that could as well be digests.
func Secrets(text string) []Span {
	if len(text) < 3 {
		return nil
	}
	f := &finder{view: compatible(text)}
	f.secrets()
	return f.result()
}

// Mask puts a mark in the place of everything that Find finds, but of web addresses only in that of their hosts.
func Mask(text, mark string) string {
	f := &finder{view: compatible(text), noURLs: true}
	f.secrets()
	f.bareWords()
	f.addresses()
	spans := f.result()
	if spans == nil {
		return text
	}
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s.From] + mark)
		at = s.To
	}
	return b.String() + text[at:]
}

// A finder gathers the spans of one text. Its positions are those of the view's form.
type finder struct {
	*view
	found  []Span
	taken  []uint64 // a bit for each byte that a span covers
	read   *tool    // whose arguments were read last, and how far
	readTo int
	noURLs bool
}

// add keeps a span unless an earlier one covers a part of it: those that say more are looked for first.
func (f *finder) add(s Span) bool {
	if s.From >= s.To || f.firstTaken(s.From, s.To) < s.To {
		return false
	}
	if f.taken == nil {
		f.taken = make([]uint64, len(f.form)/64+1)
	}
	for i := s.From; i < s.To; i++ {
		f.taken[i/64] |= 1 << (i % 64)
	}
	f.found = append(f.found, s)
	return true
}

// firstTaken is the first byte of a stretch that a span covers, or its end.
func (f *finder) firstTaken(from, to int) int {
	if f.taken == nil {
		return to
	}
	for i := from; i < to; {
		if rest := f.taken[i/64] >> (i % 64); rest != 0 {
			return min(to, i+bits.TrailingZeros64(rest))
		}
		i += 64 - i%64
	}
	return to
}

// result is what was found, in order, as parts of the text as it came.
func (f *finder) result() []Span {
	slices.SortFunc(f.found, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	for i := range f.found {
		f.found[i].From, f.found[i].To = f.original(f.found[i].From, f.found[i].To)
	}
	return f.found
}

// longLine is how far a rule looks on for the end of a line: what costs more with each find must not grow with the text.
const longLine = 2048

// restOfLine is what follows on the line of a byte.
func restOfLine(s string, at int) string {
	s = s[at:min(len(s), at+longLine)]
	if end := strings.IndexByte(s, '\n'); end >= 0 {
		return s[:end]
	}
	return s
}
