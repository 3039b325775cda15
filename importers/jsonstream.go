package importers

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// A jsonRecord is one object of a JSON text, with what stood around it.
type jsonRecord struct {
	key  string // the list that it lies in; empty for a bare one
	raw  []byte // valid until the receiver returns
	n    int    // its line, or its number in a list
	page map[string]json.RawMessage
}

// records gives every object of a JSON text as it is read: objects one after the other, lists of them,
// lists of lists, and the members of the lists whose names lists knows, as in {"log_entries": […]}.
// What is cut off or not JSON is refused with its place, and what stands before and after it is kept.
func (r *run) records(content io.Reader, lists func(key string) bool, give func(jsonRecord) error) error {
	if lists == nil {
		lists = func(string) bool { return false }
	}
	return r.recordsUpTo(recordLimit, content, lists, give)
}

// recordsUpTo is records for a format whose records hold many events each.
func (r *run) recordsUpTo(limit int, content io.Reader, lists func(key string) bool, give func(jsonRecord) error) error {
	s := &jsonStream{run: r, r: bufio.NewReaderSize(content, 256<<10), line: 1, lists: lists, give: give, limit: limit}
	return s.read()
}

// jsonStream walks over JSON in constant memory but for one record.
type jsonStream struct {
	run    *run
	r      *bufio.Reader
	line   int
	lists  func(key string) bool
	give   func(jsonRecord) error
	buffer []byte
	limit  int
}

var (
	errLongRecord = errors.New(longRecord)
	errEnd        = errors.New("the end of a file in the middle of a record") // told already
)

func (s *jsonStream) read() error {
	if mark, _ := s.r.Peek(3); string(mark) == "\xef\xbb\xbf" {
		s.r.Discard(3)
	}
	for {
		c, err := s.peek()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return brokenFile{s.line, err}
		case c == '[':
			s.r.Discard(1)
			err = s.list("", nil, 0)
		case c == '{':
			err = s.object()
		default:
			err = s.bad()
		}
		if errors.Is(err, errEnd) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// bad refuses the rest of a line that is not JSON.
func (s *jsonStream) bad() error {
	line := s.line
	text, err := s.r.ReadSlice('\n')
	for first := text; ; {
		if err == nil {
			s.line++
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			s.run.refuse(line, errNotObject.Error(), string(first[:min(200, len(first))]))
			break
		}
		first = append([]byte(nil), first[:min(200, len(first))]...)
		_, err = s.r.ReadSlice('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return brokenFile{s.line, err}
	}
	return nil
}

// list gives the records of a list whose bracket was read.
func (s *jsonStream) list(key string, page map[string]json.RawMessage, depth int) error {
	for n := 1; ; n++ {
		c, err := s.peek()
		switch {
		case err != nil:
			return s.cut(n, err)
		case c == ']':
			s.r.Discard(1)
			return nil
		case c == ',':
			s.r.Discard(1)
			n--
			continue
		case c == '[' && depth < 4:
			s.r.Discard(1)
			if err := s.list(key, page, depth+1); err != nil {
				return err
			}
			continue
		case c == '}' || c == ':':
			return s.bad()
		}
		raw, err := s.value()
		if err := s.record(jsonRecord{key, raw, n, page}, err); err != nil {
			return err
		}
	}
}

// object reads a top-level object: a page with lists of records, or a record itself.
func (s *jsonStream) object() error {
	start, paged := s.line, false
	page := map[string]json.RawMessage{}
	whole := []byte{'{'}
	s.r.Discard(1)
	for {
		c, err := s.peek()
		switch {
		case err != nil:
			return s.cut(start, err)
		case c == ',':
			s.r.Discard(1)
			continue
		case c == '}':
			s.r.Discard(1)
			if paged {
				return nil
			}
			return s.record(jsonRecord{"", append(whole, '}'), start, nil}, nil)
		case c != '"':
			return s.bad()
		}
		key, err := s.value()
		if err != nil {
			return s.record(jsonRecord{n: start}, err)
		}
		name := unquote(string(key))
		written := append([]byte(nil), key...)
		if c, err = s.peek(); err != nil {
			return s.cut(start, err)
		}
		if c != ':' {
			return s.bad()
		}
		s.r.Discard(1)
		if c, err = s.peek(); err != nil {
			return s.cut(start, err)
		}
		if c == '[' && s.lists(name) {
			paged = true
			s.r.Discard(1)
			if err := s.list(name, page, 0); err != nil {
				return err
			}
			continue
		}
		value, err := s.value()
		if err == nil && len(whole)+len(written)+len(value) > s.limit {
			err = errLongRecord
		}
		if err != nil {
			return s.record(jsonRecord{n: start}, err)
		}
		if len(whole) > 1 {
			whole = append(whole, ',')
		}
		whole = append(append(append(whole, written...), ':'), value...)
		page[name] = append(json.RawMessage(nil), value...)
	}
}

// record gives a record that was read well, and refuses one that was not.
func (s *jsonStream) record(rec jsonRecord, err error) error {
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return s.cut(rec.n, io.EOF)
	case errors.Is(err, errLongRecord):
		s.run.refuse(rec.n, fmt.Sprintf("the record is longer than %d MB", s.limit>>20), "")
		return nil
	case err != nil:
		return brokenFile{s.line, err}
	case len(rec.raw) == 0 || rec.raw[0] != '{':
		s.run.refuse(rec.n, errNotObject.Error(), string(rec.raw[:min(200, len(rec.raw))]))
		return nil
	case !json.Valid(rec.raw):
		s.run.refuse(rec.n, errBadJSON.Error(), string(rec.raw[:min(200, len(rec.raw))]))
		return nil
	}
	s.run.noteInvalid(utf8.Valid(rec.raw), s.line)
	if s.run.previewing {
		s.run.original = string(rec.raw)
	}
	if rec.key == "" {
		if done, err := s.nested(rec); done || err != nil {
			return err
		}
	}
	return s.give(rec)
}

// nested gives the records of a page that lies in a list of pages.
func (s *jsonStream) nested(rec jsonRecord) (bool, error) {
	var keys []string
	page := map[string]json.RawMessage{}
	members(string(rec.raw), func(key, value string) {
		if s.lists(key) && value[0] == '[' && page[key] == nil {
			keys = append(keys, key)
		}
		page[key] = json.RawMessage(value)
	})
	for _, key := range keys {
		list := page[key]
		inner := &jsonStream{run: s.run, r: bufio.NewReader(bytes.NewReader(list[1:])), line: 1, lists: s.lists, give: s.give, limit: s.limit}
		if err := inner.list(key, page, 1); err != nil {
			return true, err
		}
	}
	return len(keys) > 0, nil
}

// cut refuses what the end of the file broke off, and ends the walk.
func (s *jsonStream) cut(n int, err error) error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return brokenFile{s.line, err}
	}
	s.run.refuse(n, fmt.Sprintf("the JSON breaks off in line %d, at the end of the file", s.line), "")
	return errEnd
}

// peek is the next byte that is not white space, left unread.
func (s *jsonStream) peek() (byte, error) {
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch c {
		case '\n':
			s.line++
		case ' ', '\t', '\r', 0x1e:
		default:
			return c, s.r.UnreadByte()
		}
	}
}

// value reads one value as written. It may be malformed inside; its end is found by its brackets.
func (s *jsonStream) value() ([]byte, error) {
	b := s.buffer[:0]
	defer func() { s.buffer = b }()
	depth, quoted, escaped, long := 0, false, false, false
	for first := true; ; first = false {
		c, err := s.r.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) && depth == 0 && !quoted && !first {
				break
			}
			return nil, err
		}
		if c == '\n' {
			s.line++
		}
		switch {
		case quoted:
			switch {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = true
			case c == '"':
				quoted = false
			}
		case c == '"':
			quoted = true
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 {
				s.r.UnreadByte()
				goto done
			}
			depth--
		case depth == 0 && (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ':'):
			if c == '\n' {
				s.line--
			}
			s.r.UnreadByte()
			goto done
		}
		if len(b) < s.limit {
			b = append(b, c)
		} else {
			long = true
		}
		if depth == 0 && !quoted && (c == '"' || c == '}' || c == ']') {
			break
		}
	}
done:
	if long {
		return nil, errLongRecord
	}
	return b, nil
}

// decode fills v from raw. A member of another type than expected is left empty instead of spoiling the
// record.
func decode(raw []byte, v any) error {
	err := json.Unmarshal(raw, v)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return nil
	}
	return err
}
