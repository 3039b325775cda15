package disclose

import (
	"math/big"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// cards finds the numbers of payment cards, with blanks or dashes: an issuer's beginning and Luhn's sum.
func (f *finder) cards() {
	s := f.form
	if !hasDigits(s, 13) {
		return
	}
	for at := 0; at < len(s); {
		if s[at] < '0' || s[at] > '9' || at > 0 && isDigitOrSign(s[at-1]) {
			at++
			continue
		}
		var number []byte
		end, next := at, at
		gap := byte(0)
		for next < len(s) && len(number) < 20 {
			c := s[next]
			if c >= '0' && c <= '9' {
				number = append(number, c)
				end = next + 1
			} else if (c == ' ' || c == '-') && (gap == 0 || gap == c) && next+1 < len(s) && s[next+1] >= '0' && s[next+1] <= '9' {
				gap = c
			} else {
				break
			}
			next++
		}
		after := runeAt(s, end)
		if isCard(string(number)) && !(after < utf8.RuneSelf && (wordRune(after) || after == '.' && hasDigit(string(runeAt(s, end+1))))) {
			f.add(Span{From: at, To: end, Kind: Card})
		}
		at = max(next, end)
		if at < len(s) && s[at] >= '0' && s[at] <= '9' { // too long a number: all of it is none
			for at < len(s) && s[at] >= '0' && s[at] <= '9' {
				at++
			}
		}
	}
}

func isDigitOrSign(c byte) bool {
	return c < utf8.RuneSelf && (wordRune(rune(c)) || c == '.' || c == '-' || c == '+' || c == '#' || c == '/')
}

var issuers = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14}|(?:50|5[6-9]|6[37])\d{14})$`)
})

func isCard(number string) bool {
	if len(number) < 14 || len(number) > 16 || !issuers().MatchString(number) {
		return false
	}
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0 && strings.Trim(number, number[:1]) != ""
}

var ibanForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?`)
})

// accounts finds international bank account numbers, by their own check.
func (f *finder) accounts() {
	s := f.form
	if !hasDigits(s, 10) || len(s) < 15 {
		return
	}
	for at := 0; at+15 <= len(s); at++ {
		if c := s[at]; c < 'A' || c > 'Z' || s[at+1] < 'A' || s[at+1] > 'Z' || !hasDigit(s[at+2:at+3]) || !hasDigit(s[at+3:at+4]) || at > 0 && s[at-1] < utf8.RuneSelf && wordRune(rune(s[at-1])) {
			continue
		}
		m := ibanForm().FindStringIndex(s[at:min(len(s), at+45)])
		if m == nil || m[0] != 0 {
			continue
		}
		for end := at + m[1]; end >= at+15; end-- { // a word that follows may have joined it
			if (end == len(s) || !(s[end] < utf8.RuneSelf && wordRune(rune(s[end])))) && isIBAN(s[at:end]) {
				f.add(Span{From: at, To: end, Kind: Account})
				break
			}
		}
	}
}

func isIBAN(s string) bool {
	s = strings.NewReplacer(" ", "", "-", "").Replace(s)
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	var number strings.Builder
	for _, c := range []byte(s[4:] + s[:4]) {
		if c >= 'A' && c <= 'Z' {
			number.WriteByte('1' + (c-'A'+10)/10 - 1)
			number.WriteByte('0' + (c-'A'+10)%10)
		} else {
			number.WriteByte(c)
		}
	}
	n, ok := new(big.Int).SetString(number.String(), 10)
	return ok && n.Mod(n, big.NewInt(97)).Int64() == 1
}

var (
	phoneForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:` +
			`\+[1-9]\d{0,2}[ .\-/]?(?:\(0?\d{0,4}\)[ .\-/]?)?\d{1,5}(?:[ .\-/]?\d{2,5}){1,5}` + // E.164, as it is written
			`|00[1-9]\d{0,2}[ /\-]\d{2,4}(?:[ /\-]?\d{2,4}){1,4}` + // the same, as it is dialled
			`|\(0\d{1,5}\) ?\d{3,8}(?:[ \-]\d{1,4})?` +
			`|\(\d{3}\) ?\d{3}[\-. ]\d{4}` +
			`|\d{3}-\d{3}-\d{4}|\d{3}\.\d{3}\.\d{4}` + // North America
			`|0\d{1,4}[ \-/]\d{2,8}(?:[ \-]\d{2,4}){0,4}` + // most others
			`)`)
	})
	phoneWords = []string{"tel", "phone", "mobile", "mobil", "handy", "call ", "fax", "sms", "whatsapp", "电话", "手机", "電話", "携帯", "전화", "휴대", "тел", "هاتف", "טלפון", "โทร"}
)

// phones finds telephone numbers in their written forms, and plain ones after a word that announces them.
func (f *finder) phones() {
	s := f.form
	announced := -1
	for at := 0; at < len(s); {
		c := s[at]
		if c != '+' && c != '(' && (c < '0' || c > '9') || at > 0 && (isDigitOrSign(s[at-1]) || s[at-1] == ':' && hasDigit(s[max(0, at-2):at-1])) {
			at++
			for at < len(s) && c >= '0' && c <= '9' && s[at] >= '0' && s[at] <= '9' {
				at++
			}
			continue
		}
		window := s[at:min(len(s), at+32)]
		var m []int
		if c == '+' || c == '(' || c == '0' || len(window) > 3 && (window[3] == '-' || window[3] == '.') {
			m = phoneForm().FindStringIndex(window)
		}
		if m != nil {
			end := at + len(strings.TrimRight(window[:m[1]], " -./"))
			n := countDigits(s[at:end])
			after := runeAt(s, end)
			loose := !(after < utf8.RuneSelf && (wordRune(after) || after == ':' || after == '-' && hasDigit(string(runeAt(s, end+1))) || after == '.' && hasDigit(string(runeAt(s, end+1)))))
			if n >= 9 && n <= 15 && loose && !strings.HasPrefix(window, "+0") {
				f.add(Span{From: at, To: end, Kind: Phone, Perhaps: c != '+'})
				at = end
				continue
			}
		}
		end := at
		for end < len(s) && s[end] >= '0' && s[end] <= '9' {
			end++
		}
		if end-at >= 7 && end-at <= 13 {
			if announced < 0 {
				announced = 0
				low := strings.ToLower(s)
				for _, w := range phoneWords {
					if strings.Contains(low, w) {
						announced = 1
					}
				}
			}
			before := strings.ToLower(s[max(0, at-24):at])
			for _, w := range phoneWords {
				if announced == 1 && strings.Contains(before, w) {
					f.add(Span{From: at, To: end, Kind: Phone, Perhaps: true})
				}
			}
		}
		at = max(end, at+1)
	}
}

func countDigits(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// bareWords finds long words of letters and digits in turn that nothing announces: tokens of a kind that no rule
// knows, and digests.
func (f *finder) bareWords() {
	s := f.form
	if len(s) < 20 || !hasDigits(s, 4) {
		return
	}
	for at := 0; at < len(s); {
		if !wordByte[s[at]] {
			at++
			continue
		}
		end := at
		for end < len(s) && wordByte[s[end]] {
			end++
		}
		word := strings.TrimRight(s[at:end], ".-")
		if len(word) >= 20 {
			if len(word) == 40 && looksRandom(word) && word[0] != '/' { // AWS's secrets have slashes, as paths do
				f.bare(at, at+40)
			}
			for from, to := 0, 0; to <= len(word); to++ {
				if to == len(word) || word[to] == '.' || word[to] == '/' {
					if to-from >= 20 && looksRandom(word[from:to]) {
						f.bare(at+from, at+to)
					}
					from = to + 1
				}
			}
		}
		at = end
	}
}

func (f *finder) bare(from, to int) {
	f.add(Span{From: from, To: to, Kind: Credential, Perhaps: true, Bare: true})
}

var wordByte = func() (set [256]bool) {
	for _, c := range []byte(dotted + "+/=") {
		set[c] = true
	}
	return set
}()
