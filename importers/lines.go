package importers

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// recordLimit is the largest record that is read. A larger one is refused with its place, and the rest
// of the file goes on.
const recordLimit = 8 << 20

// lines reads a text line by line in constant memory.
type lines struct {
	r     *bufio.Reader
	n     int    // number of the line last given, from 1
	long  bool   // the line last given was longer than recordLimit and is cut there
	joint []byte // a line that did not fit the reader's buffer
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 256<<10)} }

// next is the next line without its end. The bytes are valid until the call after. At the end of the
// text err is io.EOF.
func (l *lines) next() (line []byte, err error) {
	l.n++
	l.long = false
	line, err = l.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line, err = l.rest(line)
	}
	if err != nil && (!errors.Is(err, io.EOF) || len(line) == 0) {
		return nil, err
	}
	line = bytes.TrimSuffix(line, []byte{'\n'})
	line = bytes.TrimSuffix(line, []byte{'\r'})
	if l.n == 1 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	return line, nil
}

// rest gathers a long line; what is beyond the limit is read and dropped.
func (l *lines) rest(start []byte) (line []byte, err error) {
	l.joint = append(l.joint[:0], start...)
	for {
		part, err := l.r.ReadSlice('\n')
		if len(l.joint)+len(part) > recordLimit {
			l.long = true
			part = part[:max(0, recordLimit-len(l.joint))]
		}
		l.joint = append(l.joint, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return l.joint, err
		}
	}
}

// looksBinary says whether the head of a file holds bytes that no text has.
func looksBinary(head []byte) bool {
	if bytes.IndexByte(head, 0) >= 0 {
		return true
	}
	odd := 0
	for i := 0; i < len(head); {
		r, size := utf8.DecodeRune(head[i:])
		if r == utf8.RuneError && size == 1 && len(head)-i > utf8.UTFMax || r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != 0x1b && r != '\b' {
			odd++
		}
		i += size
	}
	return odd > len(head)/10
}
