package importers

import (
	"bufio"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// utf8Reader gives a stream as UTF-8. One that begins with the byte order mark of UTF-16, as spreadsheets
// and some shells write it, is converted; any other is passed on as it is.
func utf8Reader(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 64<<10)
	mark, _ := b.Peek(2)
	switch {
	case len(mark) < 2:
		return b
	case mark[0] == 0xff && mark[1] == 0xfe:
		b.Discard(2)
		return &utf16Reader{r: b, low: 0}
	case mark[0] == 0xfe && mark[1] == 0xff:
		b.Discard(2)
		return &utf16Reader{r: b, low: 1}
	}
	return b
}

// utf16Reader converts UTF-16 to UTF-8.
type utf16Reader struct {
	r    *bufio.Reader
	low  int    // which byte of a unit is the low one
	unit uint16 // a unit that was read too far
	has  bool
	out  []byte
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	var err error
	for len(u.out) < len(p) && err == nil {
		var r rune
		if r, err = u.rune(); err == nil {
			u.out = utf8.AppendRune(u.out, r)
		}
	}
	n := copy(p, u.out)
	u.out = u.out[:copy(u.out, u.out[n:])]
	if n > 0 {
		return n, nil
	}
	return 0, err
}

func (u *utf16Reader) next() (uint16, error) {
	if u.has {
		u.has = false
		return u.unit, nil
	}
	var b [2]byte
	if _, err := io.ReadFull(u.r, b[:]); err != nil {
		return 0, io.EOF
	}
	return uint16(b[u.low]) | uint16(b[1-u.low])<<8, nil
}

func (u *utf16Reader) rune() (rune, error) {
	a, err := u.next()
	if err != nil || !utf16.IsSurrogate(rune(a)) {
		return rune(a), err
	}
	b, err := u.next()
	if err != nil {
		return utf8.RuneError, nil
	}
	r := utf16.DecodeRune(rune(a), rune(b))
	if r == utf8.RuneError {
		u.unit, u.has = b, true
	}
	return r, nil
}
