package importers

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// A table reads records of separated values. It takes what real exports hold: a byte order mark, other
// separators, quoted separators and line breaks, and quotes in the middle of a field.
type table struct {
	lines *lines
	comma byte
	line  int // where the record last given began
	field []string
	text  string // the record last given, as written
	long  bool
}

func newTable(r io.Reader) *table { return &table{lines: newLines(r)} }

// next is the next record that is not empty. At the end err is io.EOF.
func (t *table) next() ([]string, error) {
	for {
		line, err := t.lines.next()
		if err != nil {
			return nil, err
		}
		t.line, t.long = t.lines.n, t.lines.long
		if len(line) == 0 || line[0] <= ' ' && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if s, ok := bytes.CutPrefix(line, []byte("sep=")); ok && len(s) == 1 && t.lines.n == 1 {
			t.comma = s[0]
			continue
		}
		if t.comma == 0 {
			if t.comma = separatorOf(line); t.comma == 0 {
				t.comma = ','
			}
		}
		if t.text = string(line); strings.IndexByte(t.text, '"') < 0 {
			t.split()
			return t.field, nil
		}
		return t.quoted()
	}
}

// split takes a record without quotes apart.
func (t *table) split() {
	t.field = t.field[:0]
	s := t.text
	for {
		i := strings.IndexByte(s, t.comma)
		if i < 0 {
			break
		}
		t.field = append(t.field, s[:i])
		s = s[i+1:]
	}
	t.field = append(t.field, s)
}

// quoted takes a record with quotes apart, reading further lines while a quote is open.
func (t *table) quoted() ([]string, error) {
	t.field = t.field[:0]
	s, i := t.text, 0
	for {
		if i >= len(s) || s[i] != '"' {
			end := strings.IndexByte(s[min(i, len(s)):], t.comma)
			if end < 0 {
				t.field = append(t.field, s[min(i, len(s)):])
				return t.field, nil
			}
			t.field = append(t.field, s[i:i+end])
			i += end + 1
			continue
		}
		var b strings.Builder
		i++
		for {
			end := strings.IndexByte(s[i:], '"')
			if end < 0 {
				more, err := t.lines.next()
				if err != nil || len(s)+len(more) > recordLimit {
					b.WriteString(s[i:])
					t.long = t.long || err == nil
					t.field = append(t.field, b.String())
					if err != nil && !errors.Is(err, io.EOF) {
						return nil, err
					}
					if err != nil {
						return t.field, errOpenQuote
					}
					return t.field, nil
				}
				b.WriteString(s[i:])
				b.WriteByte('\n')
				s, i = string(more), 0
				t.text += "\n" + s
				if len(t.text) > recordLimit {
					t.long = true
					return t.field, nil
				}
				continue
			}
			b.WriteString(s[i : i+end])
			i += end + 1
			if i < len(s) && s[i] == '"' {
				b.WriteByte('"')
				i++
				continue
			}
			break
		}
		for i < len(s) && s[i] != t.comma { // text after a closing quote belongs to the field
			b.WriteByte(s[i])
			i++
		}
		t.field = append(t.field, b.String())
		if i >= len(s) {
			return t.field, nil
		}
		i++
	}
}

var errOpenQuote = errors.New("a quote is not closed before the end of the file")
