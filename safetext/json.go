package safetext

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"
)

// JSON is encoded JSON with what Unshown tells written as numbers: it reads the same, and does nothing to the
// terminal that it is printed on.
func JSON(encoded []byte) []byte {
	from := 0
	var out []byte
	for i := 0; i < len(encoded); {
		c := encoded[i]
		if c < utf8.RuneSelf && c != 0x7F {
			i++
			continue
		}
		r, size := utf8.DecodeRune(encoded[i:])
		if Unshown(r) {
			out = AppendNumber(append(out, encoded[from:i]...), r)
			from = i + size
		}
		i += size
	}
	if out == nil {
		return encoded
	}
	return append(out, encoded[from:]...)
}

// AppendNumber appends a character of the first plane as JSON's \u and its number.
func AppendNumber(b []byte, r rune) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}

// Marshal is json.Marshal without anything that acts on a terminal, and without the detour that turns < and & into
// numbers: nobody puts it into a page of HTML, and people read it.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	err := (&Encoder{w: &b}).Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// An Encoder writes JSON for people and programs, one value a line.
type Encoder struct {
	w      io.Writer
	indent string
}

// NewEncoder writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

// Indented is the encoder with each member on a line of its own.
func (e *Encoder) Indented() *Encoder { return &Encoder{e.w, "  "} }

// Encode writes one value.
func (e *Encoder) Encode(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", e.indent)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := e.w.Write(JSON(b.Bytes()))
	return err
}
