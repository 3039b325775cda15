package importers

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Text that is not UTF-8 is never guessed at in silence: what its bytes look most like is proposed, with the words that
// come out, and a person answers.

// ParseEncoding reads the name of an encoding: windows-1252, latin1, shift_jis, euc-kr, gb18030, koi8-r. UTF-8 stands
// for text that is taken as it is.
func ParseEncoding(name string) (encoding.Encoding, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if e, err := htmlindex.Get(strings.ReplaceAll(name, "cp125", "windows-125")); err == nil {
		return e, nil
	}
	return nil, fmt.Errorf("%q is no encoding that is known; write one like windows-1252, shift_jis, euc-kr, gb18030 or koi8-r", name)
}

// encodeAs lets the file be read in the encoding that was told.
func (f *File) encodeAs(name string) {
	if name == f.encoding {
		return
	}
	f.encoding, f.looked = name, false
}

// text is the content of the file as UTF-8, when it was told what it is in.
func (f *File) text(content io.Reader) io.Reader {
	r := utf8Reader(content)
	if e, err := ParseEncoding(f.encoding); f.encoding != "" && err == nil && e != unicode.UTF8 && !f.marked {
		return transform.NewReader(r, e.NewDecoder())
	}
	return r
}

// lookAtBytes keeps the head of a file, decoded for recognising it when it is not UTF-8.
func (f *File) lookAtBytes(raw []byte, more bool) {
	f.first, f.guess = raw, ""
	if f.encoding != "" || utf8.Valid(raw) || looksZero(raw) {
		return
	}
	if more {
		raw = raw[:bytes.LastIndexByte(raw, '\n')+1]
	}
	if f.guess = guessEncoding(raw); f.guess != "" {
		f.first = decoded(raw, f.guess)
	}
}

// looksZero reports whether bytes hold what no text has.
func looksZero(b []byte) bool { return bytes.IndexByte(b, 0) >= 0 }

func decoded(raw []byte, name string) []byte {
	e, err := ParseEncoding(name)
	if err != nil {
		return raw
	}
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return raw
	}
	return text
}

// askEncoding asks what a file is in that is not UTF-8. Sources whose formats are UTF-8 by definition do not ask.
func (r *run) askEncoding(f *File) error {
	f.head()
	if f.guess == "" || !slices.Contains([]string{"text", "csv", "jsonl", "syslog", "jira"}, r.src.Name) {
		return nil
	}
	n, words := 0, ""
	for line := range bytes.Lines(f.first) {
		if n++; bytes.ContainsFunc(line, func(c rune) bool { return c >= utf8.RuneSelf }) {
			words = excerpt(string(line))
			break
		}
	}
	return &Question{Need: NeedEncoding, File: f.Name, Line: n, Example: words, Why: "is how the line reads as " + f.guess + "; the file is not UTF-8", Suggestions: []string{f.guess}}
}

// guessEncoding names the encoding that the bytes of a text look most like, or nothing when they look like UTF-8 that
// was damaged.
func guessEncoding(raw []byte) string {
	good, bad := 0, 0
	for i := 0; i < len(raw); {
		c, size := utf8.DecodeRune(raw[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		i += size
	}
	if bad == 0 || good > bad {
		return ""
	}
	s := surveyOf(raw)
	fits := func(name string) bool { return !bytes.Contains(decoded(raw, name), []byte("\ufffd")) }
	switch {
	case s.lead(0x82, 0x83) > 0.1 && fits("shift_jis"):
		return "shift_jis"
	case s.alone > 0.6 && s.lowTrails < 0.9*s.leads || s.alone > 0.9:
		return latin(raw, s)
	case s.share(0xe0, 0xff) > 0.7:
		return "windows-1251"
	case s.share(0xc0, 0xdf) > 0.7:
		return "koi8-r"
	case s.lead(0xa4, 0xa5) > 0.1 && fits("euc-jp") && s.lowTrails == 0:
		return "euc-jp"
	case s.lead(0x81, 0x9f) > 0.4 && fits("shift_jis"):
		return "shift_jis"
	case s.lowTrails > 0.02*s.leads && fits("big5"):
		return "big5"
	case s.lead(0xb0, 0xc8) > 0.9 && fits("euc-kr"):
		return "euc-kr"
	case fits("gb18030"):
		return "gb18030"
	}
	return latin(raw, s)
}

// latin names the encoding of a western text, in which most of what is not ASCII belongs to words. Bytes that stand
// alone are damage.
func latin(raw []byte, s byteSurvey) string {
	if !inWords(raw) {
		return ""
	}
	if s.share(0x80, 0x9f) == 0 && slices.ContainsFunc([]byte{0xa4, 0xa6, 0xa8, 0xbd, 0xbe}, func(c byte) bool { return bytes.IndexByte(raw, c) >= 0 }) {
		return "iso-8859-15"
	}
	return "windows-1252"
}

// inWords reports whether at least half of the runs of bytes that are not ASCII touch a letter.
func inWords(raw []byte) bool {
	runs, touching := 0, 0
	for i := 0; i < len(raw); i++ {
		if raw[i] < 0x80 {
			continue
		}
		from := i
		for i+1 < len(raw) && raw[i+1] >= 0x80 {
			i++
		}
		runs++
		if from > 0 && isLetter(raw[from-1]) || i+1 < len(raw) && isLetter(raw[i+1]) {
			touching++
		}
	}
	return 2*touching >= runs
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// A byteSurvey counts the bytes of a text that are not ASCII.
type byteSurvey struct {
	high      [256]float64 // by value
	first     [256]float64 // of those taken in pairs, the first
	all       float64
	leads     float64
	lowTrails float64 // pairs whose second byte is ASCII
	alone     float64 // the share that has no other beside it
}

func surveyOf(raw []byte) (s byteSurvey) {
	for i, c := range raw {
		if c < 0x80 {
			continue
		}
		s.high[c]++
		s.all++
		if (i == 0 || raw[i-1] < 0x80) && (i+1 == len(raw) || raw[i+1] < 0x80) {
			s.alone++
		}
	}
	for i := 0; i < len(raw); i++ {
		if raw[i] < 0x80 {
			continue
		}
		s.first[raw[i]]++
		s.leads++
		if i++; i < len(raw) && raw[i] < 0x80 {
			s.lowTrails++
		}
	}
	s.alone /= max(1, s.all)
	return s
}

// share is how many of the bytes lie in a range, from 0 to 1.
func (s *byteSurvey) share(from, to int) float64 { return sum(s.high[from:to+1]) / max(1, s.all) }

// lead is the same for the first bytes of pairs.
func (s *byteSurvey) lead(from, to int) float64 { return sum(s.first[from:to+1]) / max(1, s.leads) }

func sum(counts []float64) (n float64) {
	for _, c := range counts {
		n += c
	}
	return n
}
