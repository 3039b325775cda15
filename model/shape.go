package model

import "strings"

// LineShape is a line without what differs from one occurrence to the next: numbers, addresses and ids
// become #, so that "took 31 ms" and "took 47 ms" have one shape. A word keeps its letters around a number,
// as web# does, unless letters and digits alternate as they do in ids. A number that says what happened, such as a
// status or an exit code, stays. Two lines of one shape are alike; it
// is no judgement of what they mean.
func LineShape(title string) string {
	var b strings.Builder
	b.Grow(len(title))
	before := "" // the last word that holds letters
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
		word := title[i:end]
		switch {
		case saysWhat(word, before):
			b.WriteString(word)
			before = ""
		default:
			writeShape(&b, word)
			if !isNumber(word) && !linking[word] {
				before = word
			}
		}
		i = end
	}
	return b.String()
}

// codeWords stand before a number that says what happened and not how much or which: a status, an exit code.
var codeWords = map[string]bool{"status": true, "code": true, "exit": true, "exited": true, "errno": true, "error": true, "signal": true, "rc": true,
	"returned": true, "http": true, "sev": true, "severity": true, "priority": true, "level": true, "sqlstate": true, "retcode": true, "status_code": true, "exit_code": true}

// linking words may stand between such a word and its number.
var linking = map[string]bool{"with": true, "is": true, "was": true, "of": true, "by": true}

// saysWhat reports whether a number carries the meaning of its line, so that lines with another one are not alike.
func saysWhat(word, before string) bool {
	if len(word) == 2 && (word[0]|0x20 == 'p') && isDigit(word[1]) || len(word) == 4 && strings.EqualFold(word[:3], "sev") && isDigit(word[3]) {
		return true
	}
	if before == "" || !isNumber(word) || len(word) > 5 || !codeWords[strings.ToLower(before)] {
		return false
	}
	return !strings.EqualFold(before, "http") || len(word) == 3 && word[0] >= '1' && word[0] <= '5' // HTTP/1.1 200
}

func isNumber(word string) bool {
	for i := range len(word) {
		if !isDigit(word[i]) {
			return false
		}
	}
	return true
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
