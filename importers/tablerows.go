package importers

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// rows gives every row of a table with a header as an object whose keys are the names of its columns, so
// that one reader serves what a service answers and what it exports as CSV.
func (p *recorder) rows(content io.Reader, row func(o object) error) error {
	t := newTable(content)
	header, err := t.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil && !errors.Is(err, errOpenQuote) {
		return brokenFile{t.lines.n, err}
	}
	names := rowNames(header)
	for {
		fields, err := t.next()
		p.rec = jsonRecord{n: t.line, raw: []byte(t.text)}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errOpenQuote):
			p.refuse(err.Error())
			return nil
		case err != nil:
			return brokenFile{t.lines.n, err}
		case t.long:
			p.run.refuse(t.line, longRecord, t.text[:min(200, len(t.text))])
			continue
		}
		p.run.noteInvalid(utf8.ValidString(t.text), t.line)
		p.run.original = t.text
		o := object{}
		for i, v := range fields {
			if i < len(names) && o[names[i]] == nil {
				o[names[i]] = quoted(v)
			}
		}
		if err := row(o); err != nil {
			return err
		}
	}
}

func quoted(s string) json.RawMessage {
	b, _ := json.Marshal(s) // a string can always be written
	return b
}

// rowNames are the names of columns as keys: "Created At" and "createdAt" are created_at. A function of
// a column, such as P95(duration), stays as it is.
func rowNames(header []string) []string {
	names := make([]string, len(header))
	for i, h := range header {
		h = oneLine(h)
		if at := strings.IndexByte(h, '('); at > 0 && h[at-1] != ' ' {
			names[i] = h
			continue
		}
		if !strings.ContainsAny(h, " -") && strings.ToUpper(h) != h {
			h = snake(h)
		}
		names[i], _ = columnName(h)
	}
	return names
}

// headerOf is the names of the columns when a file begins like a table.
func headerOf(head []byte) []string {
	if looksBinary(head) || looksLikeJSON(head) {
		return nil
	}
	header, err := newTable(bytes.NewReader(head)).next()
	if err != nil || len(header) < 2 {
		return nil
	}
	return rowNames(header)
}
