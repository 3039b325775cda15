package model

import "strings"

// LineShape is a line without what differs from one occurrence to the next: numbers, addresses and ids
// become #, so that "took 31 ms" and "took 47 ms" have one shape. A word keeps its letters around a number,
// as web# does, unless letters and digits alternate as they do in ids. Two lines of one shape are alike; it
// is no judgement of what they mean.
func LineShape(title string) string {
	var b strings.Builder
	b.Grow(len(title))
	for i := 0; i < len(title); {
		end := i
		for end < len(title) && wordByte(title[end]) {
			end++
		}
		if end == i {
			b.WriteByte(title[i])
			i++
			continue
		}
		writeShape(&b, title[i:end])
		i = end
	}
	return b.String()
}

func writeShape(b *strings.Builder, word string) {
	if isID(word) {
		b.WriteByte('#')
		return
	}
	number := false
	for i := range len(word) {
		if !isDigit(word[i]) {
			b.WriteByte(word[i])
			number = false
		} else if !number {
			b.WriteByte('#')
			number = true
		}
	}
}

// isID tells whether a word is a random one: its letters and digits alternate, or it is long and hexadecimal.
func isID(word string) bool {
	turns, digits, hex := 0, 0, true
	for i := range len(word) {
		if isDigit(word[i]) {
			digits++
		} else if c := word[i] | 0x20; c < 'a' || c > 'f' {
			hex = false
		}
		if i > 0 && isDigit(word[i]) != isDigit(word[i-1]) {
			turns++
		}
	}
	return turns > 1 || hex && digits > 0 && len(word) >= 8
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func wordByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 || c == '_'
}
