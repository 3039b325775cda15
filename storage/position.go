package storage

import (
	"io"
	"strings"
)

const positionDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// Between is a position in a list after a and before b; "" means its beginning or its end. Two people who
// insert at the same place at once will hardly draw the same one: its last two digits are random.
func (s *Store) Between(a, b string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Between(s.opt.Random, a, b)
}

// Between is a position after a and before b, with its chance from random, which must not fail. Positions
// compare as texts. Inserts at the ends, the usual ones, take the nearest digit instead of the middle, so
// that positions stay short.
func Between(random io.Reader, a, b string) string {
	base := len(positionDigits)
	digit := func(s string, i, otherwise int) int {
		if i < len(s) {
			return max(0, strings.IndexByte(positionDigits, s[i]))
		}
		return otherwise
	}
	var position []byte
	bounded := b != ""
	for i := 0; ; i++ {
		low, high := digit(a, i, 0), base
		if bounded {
			high = digit(b, i, base)
		}
		if high-low > 1 {
			middle := (low + high) / 2
			switch {
			case b == "":
				middle = low + 1
			case a == "":
				middle = high - 1
			}
			return string(append(append(position, positionDigits[middle]), tail(random)...))
		}
		position = append(position, positionDigits[low])
		bounded = bounded && low == high
	}
}

// tail is two random digits, the last of them never the lowest, which would leave no room before it.
func tail(random io.Reader) []byte {
	b := make([]byte, 2)
	if _, err := io.ReadFull(random, b); err != nil {
		panic("storage: no randomness for a position: " + err.Error())
	}
	base := len(positionDigits)
	return []byte{positionDigits[int(b[0])%base], positionDigits[1+int(b[1])%(base-1)]}
}
