package model

import "strings"

// Hashes are FNV-1a with a last mixing step, since samples are cut by the highest bits.
func mix(sum uint64) uint64 {
	sum ^= sum >> 33
	sum *= 0xff51afd7ed558ccd
	sum ^= sum >> 33
	return sum&^1 | 1 // never zero
}

const fnvOffset, fnvPrime = 14695981039346656037, 1099511628211

// titleKey is the key of a title: its letters and digits, whatever their case and what stands between them.
// A title of one word says too little.
func titleKey(title string) (uint64, bool) {
	sum, words, chars, inWord := uint64(fnvOffset), 0, 0, false
	for i := range len(title) {
		c := title[i]
		if !wordByte(c) {
			inWord = false
			continue
		}
		if !inWord {
			words++
			sum = (sum ^ ' ') * fnvPrime
			inWord = true
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		sum = (sum ^ uint64(c)) * fnvPrime
		chars++
	}
	return mix(sum), words > 1 && chars >= 8
}

// scanned is how much of a text is searched for ids.
const scanned = 1024

// eachID gives the key of each id in a text: traces, revisions, numbers of alerts and incidents. They are
// hexadecimal with letters and digits, or upper case with both, and long enough to be nobody's word.
func eachID(text string, yield func(uint64)) {
	text = text[:min(len(text), scanned)]
	for i := 0; i < len(text); {
		end := i
		var is idLetters
		for end < len(text) && (wordByte(text[end]) || text[end] == '-') {
			is.see(text[end])
			end++
		}
		if is.id(end - i) {
			sum := uint64(fnvOffset)
			for _, c := range []byte(strings.ToLower(text[i:end])) {
				if c != '-' {
					sum = (sum ^ uint64(c)) * fnvPrime
				}
			}
			yield(mix(sum ^ 0x1d))
		}
		i = max(end, i+1)
	}
}

// idLetters counts what a word is made of.
type idLetters struct{ digits, hex, upper, other, dashes int }

func (w *idLetters) see(c byte) {
	switch {
	case isDigit(c):
		w.digits++
	case c == '-':
		w.dashes++
	case c >= 'a' && c <= 'f':
		w.hex++
	case c >= 'A' && c <= 'F':
		w.hex++
		w.upper++
	case c >= 'G' && c <= 'Z':
		w.other++
		w.upper++
	default:
		w.other++
	}
}

func (w *idLetters) id(length int) bool {
	switch letters := w.hex + w.other; {
	case w.digits < 2 || letters == 0:
		return false
	case w.other == 0 && w.dashes == 0:
		return length >= 7
	case w.other == 0:
		return length == 36 && w.dashes == 4
	default:
		return length >= 10 && w.dashes == 0 && w.upper == letters
	}
}
