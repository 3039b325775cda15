package importers

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"
)

// errNotObject is the reason to refuse a line that is not a JSON object.
var (
	errNotObject = errors.New("the record is not a JSON object")
	errCutJSON   = errors.New("the JSON breaks off")
	errBadJSON   = errors.New("the JSON is not well formed")
)

// members calls fn with the key and the value, as written, of each member of the JSON object s. It is
// many times faster than decoding into a map, and keeps numbers as they are written.
func members(s string, fn func(key, value string)) error {
	i := skipSpace(s, 0)
	if i >= len(s) || s[i] != '{' {
		return errNotObject
	}
	if i = skipSpace(s, i+1); i < len(s) && s[i] == '}' {
		return closed(s, i+1)
	}
	for {
		if i >= len(s) {
			return errCutJSON
		}
		end, err := stringEnd(s, i)
		if err != nil {
			return err
		}
		key := unquote(s[i:end])
		if i = skipSpace(s, end); i >= len(s) {
			return errCutJSON
		}
		if s[i] != ':' {
			return errBadJSON
		}
		i = skipSpace(s, i+1)
		if end, err = valueEnd(s, i); err != nil {
			return err
		}
		fn(key, s[i:end])
		if i = skipSpace(s, end); i >= len(s) {
			return errCutJSON
		}
		switch s[i] {
		case ',':
			i = skipSpace(s, i+1)
		case '}':
			return closed(s, i+1)
		default:
			return errBadJSON
		}
	}
}

func closed(s string, i int) error {
	if skipSpace(s, i) < len(s) {
		return errBadJSON
	}
	return nil
}

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		i++
	}
	return i
}

// stringEnd is the end of the JSON string that starts at i.
func stringEnd(s string, i int) (int, error) {
	if i >= len(s) {
		return 0, errCutJSON
	}
	if s[i] != '"' {
		return 0, errBadJSON
	}
	for i++; ; {
		j := strings.IndexByte(s[i:], '"')
		if j < 0 {
			return 0, errCutJSON
		}
		slashes := 0
		for k := i + j - 1; k >= i && s[k] == '\\'; k-- {
			slashes++
		}
		i += j + 1
		if slashes%2 == 0 {
			return i, nil
		}
	}
}

// valueEnd is the end of the JSON value that starts at i.
func valueEnd(s string, i int) (int, error) {
	if i >= len(s) {
		return 0, errCutJSON
	}
	switch s[i] {
	case '"':
		return stringEnd(s, i)
	case '{', '[':
		return nestedEnd(s, i)
	}
	end := i
	for end < len(s) && strings.IndexByte(",}] \t\r\n", s[end]) < 0 {
		end++
	}
	if end == i || !json.Valid([]byte(s[i:end])) {
		return 0, errBadJSON
	}
	return end, nil
}

func nestedEnd(s string, i int) (int, error) {
	depth := 0
	for k := i; k < len(s); k++ {
		switch s[k] {
		case '"':
			end, err := stringEnd(s, k)
			if err != nil {
				return 0, err
			}
			k = end - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				if !json.Valid([]byte(s[i : k+1])) {
					return 0, errBadJSON
				}
				return k + 1, nil
			}
		}
	}
	return 0, errCutJSON
}

// unquote is the text of a JSON string, or the value as written when it is no string. null is no text.
func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' {
		if s == "null" {
			return ""
		}
		return s
	}
	if strings.IndexByte(s, '\\') < 0 && utf8.ValidString(s) {
		return s[1 : len(s)-1]
	}
	var text string
	if err := json.Unmarshal([]byte(s), &text); err == nil {
		return text
	}
	return strings.ToValidUTF8(s[1:len(s)-1], "\ufffd")
}
