package disclose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A value is what follows a key word.
type value struct {
	f        *finder
	from, to int
	sign     byte // what announces it: '=', ':' or ' '
	quoted   bool
	last     bool // nothing but punctuation follows it on its line
}

// announced is the value that an identifier is given.
func (f *finder) announced(k *keyWord, start, end int) (value, bool) {
	s := f.form
	flag := start > 0 && s[start] == '-' || start > 0 && s[start-1] == '-'
	if start == 0 && strings.HasPrefix(s, "-") {
		flag = true
	}
	opened := start > 0 && s[start-1] == '<'
	at := end
	for at < len(s) && strings.IndexByte("\\\"'`]*", s[at]) >= 0 && at-end < 6 {
		at++
	}
	blanks := at
	at = skipBlanks(s, at)
	v := value{f: f, sign: ' '}
	switch rest := s[at:]; {
	case strings.HasPrefix(rest, ":="), strings.HasPrefix(rest, "=>"), strings.HasPrefix(rest, "=="):
		v.sign, at = '=', at+2
	case strings.HasPrefix(rest, "="):
		v.sign, at = '=', at+1
	case strings.HasPrefix(rest, "::"), strings.HasPrefix(rest, "://"):
		return v, false
	case strings.HasPrefix(rest, ":"):
		v.sign, at = ':', at+1
	case opened && strings.HasPrefix(rest, ">"):
		v.sign, at = '=', at+1
	case strings.HasPrefix(rest, "→"), strings.HasPrefix(rest, "->"):
		v.sign, at = ':', at+len("->")
		if rest[0] != '-' {
			at++
		}
	default:
		if n := namedValue(rest); n > 0 { // {"name": "DB_PASSWORD", "value": "…"}
			v.sign, at = '=', at+n
			break
		}
		if v.sign = ' '; flag {
			v.sign = '='
		}
		for _, is := range []string{"is ", "was ", "ist ", "lautet ", "est ", "es ", "é ", "è ", "это ", "là "} {
			if strings.HasPrefix(rest, is) {
				at += len(is)
			}
		}
		if at == blanks && !scriptOf(runeBefore(s, end)).unspaced() {
			return v, false
		}
	}
	at = skipBlanks(s, at)
	if v.sign == ':' && at < len(s) && s[at] == '\n' { // YAML's indented value, and a key of a list
		return v, false
	}
	v.from, v.to, v.quoted = quotedOrWord(s, at, start > 0 && (s[start-1] == '?' || s[start-1] == '&'))
	if k.sort == headerKey || k.sort == cookieKey {
		v.to = headerEnd(s, at, v)
	}
	v.last = !strings.ContainsFunc(restOfLine(s, v.to), wordRune)
	return v, v.from < v.to
}

// namedValue is the length of what stands between a name and its value in lists of names and values.
func namedValue(s string) int {
	i := 0
	for i < len(s) && i < 40 && strings.IndexByte(" \t\r\n,\"'\\", s[i]) >= 0 {
		i++
	}
	if i == 0 || len(s) < i+6 || !strings.EqualFold(s[i:i+5], "value") {
		return 0
	}
	for i += 5; i < len(s) && strings.IndexByte("\"'\\ ", s[i]) >= 0; i++ {
	}
	if i < len(s) && (s[i] == ':' || s[i] == '=') {
		return i + 1
	}
	return 0
}

func skipBlanks(s string, at int) int {
	for n := 0; at < len(s) && n < 20 && (s[at] == ' ' || s[at] == '\t'); n++ {
		at++
	}
	return at
}

// quotes are the signs that open a quoted value, with those that close it.
var quotes = map[rune]string{'"': "\"", '\'': "'", '`': "`", '“': "”“", '„': "“”", '«': "»", '‘': "’", '「': "」", '『': "』", '»': "«"}

// quotedOrWord is the value that begins at at: what quotes enclose, or a word.
func quotedOrWord(s string, at int, inQuery bool) (from, to int, quoted bool) {
	for at < len(s) && s[at] == '\\' && at+1 < len(s) && (s[at+1] == '"' || s[at+1] == '\'') {
		at++
	}
	if at >= len(s) {
		return at, at, false
	}
	open, size := utf8.DecodeRuneInString(s[at:])
	if closing := quotes[open]; closing != "" {
		rest := restOfLine(s, at+size)
		if end := strings.IndexAny(rest, closing); end >= 0 {
			return at + size, at + size + len(strings.TrimRight(rest[:end], "\\")), true
		}
		at += size
	}
	to = at
	foreign := scriptOf(runeAt(s, at)) != joined
	for to < len(s) && to-at < longLine {
		r, size := utf8.DecodeRuneInString(s[to:])
		if foreign && scriptOf(r) == joined || unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(",;\"'`<>|。、，；」』”«»“", r) || r == '&' && (inQuery || isParameter(s[to+1:])) {
			break
		}
		to += size
	}
	for to > at {
		switch last := s[to-1]; {
		case strings.IndexByte(".:\\", last) >= 0,
			last == ')' && !strings.Contains(s[at:to], "("), last == ']' && !strings.Contains(s[at:to], "["), last == '}' && !strings.Contains(s[at:to], "{"):
			to--
			continue
		}
		break
	}
	return at, to, false
}

// isParameter reports whether s begins with name=, as a parameter of an address does.
func isParameter(s string) bool {
	for i := range min(len(s), 40) {
		if s[i] == '=' {
			return i > 0
		}
		if s[i] >= utf8.RuneSelf || !wordRune(rune(s[i])) && s[i] != '-' && s[i] != '.' {
			return false
		}
	}
	return false
}

// schemes are the words with which the value of a header for authorization begins.
var schemes = set(`
		basic bearer token digest negotiate ntlm apikey api-key key oauth geniekey splunk ssws hawk hmac
		aws4-hmac-sha256 sharedkey sharedaccesssignature bot jwt dpop scram-sha-256 discovery`)

// headerEnd is where the value of a header ends: with its quote, or its line.
func headerEnd(s string, at int, v value) int {
	if v.quoted {
		return v.to
	}
	line := restOfLine(s, at)
	if end := strings.IndexAny(line, "\"'`<>|"); end >= 0 {
		line = line[:end]
	}
	return at + len(strings.TrimRight(line, " \t\r\\"))
}

// parts are the spans of a value that are to be hidden: of a header without the scheme.
func (v value) parts(k *keyWord) [][2]int {
	if k.sort != headerKey {
		return [][2]int{{v.from, v.to}}
	}
	text := v.f.form[v.from:v.to]
	first, rest, several := strings.Cut(text, " ")
	at := v.from
	if schemes[strings.ToLower(first)] {
		if !several {
			return nil
		}
		at += len(first) + 1 + len(rest) - len(strings.TrimLeft(rest, " "))
		text = v.f.form[at:v.to]
		if low := strings.ToLower(first); low == "digest" || strings.HasPrefix(low, "aws4") || low == "oauth" || low == "hawk" || low == "token" && strings.Contains(text, "=") {
			return [][2]int{{at, v.to}}
		}
	}
	word, _, _ := strings.Cut(text, " ")
	word = strings.TrimRight(word, ".,;:)")
	return [][2]int{{at, at + len(word)}}
}

// judged reports whether a value is one, and how sure that is.
func (v value) judged(k *keyWord) (perhaps, ok bool) {
	text := v.f.form[v.from:v.to]
	switch k.sort {
	case cookieKey:
		return false, v.sign != ' ' && strings.Contains(text, "=") && !placeholder(text)
	case headerKey:
		parts := v.parts(k)
		if parts == nil {
			return false, false
		}
		word := v.f.form[parts[0][0]:parts[0][1]]
		schemed := parts[0][0] > v.from
		switch {
		case placeholder(word) || isCode(word) || len(word) < 6:
			return false, false
		case schemed && v.sign != ' ':
			return false, hasDigit(word) || len(word) >= 16 || strings.ContainsAny(word, upper) && strings.ContainsAny(word[1:], upper)
		}
		return false, hasDigit(word) && len(word) >= 7 || len(word) >= 24
	}
	if placeholder(text) || isCode(text) || strings.Contains(text, "://") && k.sort != passwordKey || !v.quoted && strings.HasPrefix(text, "(") {
		return false, false
	}
	n := utf8.RuneCountInString(text)
	if strings.Contains(text, " ") && (k.sort != passwordKey || v.sign == ':' && !hasDigit(text)) {
		return false, false // a sentence in quotes
	}
	plain := !hasDigit(text) && !strings.ContainsFunc(text, unicode.IsUpper) && !strings.ContainsAny(text, "!#$%^&*@+=/?~")
	number := strings.Trim(text, digits+".,%ms") == ""
	switch {
	case k.sort == randomKey:
		return true, v.sign != ' ' && looksRandom(text) && !isUUID(text) && !strings.HasPrefix(text, "0x")
	case k.sort == passwordKey && strings.HasPrefix(text, "/") && n > 1 && strings.Count(text, "/") > 1: // the working directory
		return false, false
	case number && (n < 5 || k.sort == tokenKey && n < 16):
		return false, false
	case v.sign == ' ' && !v.quoted:
		mixed := hasDigit(text) && strings.ContainsFunc(text, unicode.IsLetter) || strings.ContainsAny(text, "!#$%^&*@")
		return true, n >= 6 && mixed && !isWhen(text)
	case k.sort == passwordKey && v.sign == ':' && !v.quoted && plain:
		return true, n >= 4 && v.last
	case k.sort == passwordKey:
		return false, n >= 3
	case plain && n < 20:
		return true, v.quoted && n >= 8 && v.sign == '='
	case v.sign == ':' && !v.quoted && !v.last && !hasDigit(text):
		return true, n >= 16
	}
	return false, n >= 6
}

func hasDigit(s string) bool { return strings.ContainsAny(s, digits) }

// isWhen reports a day, a version, a number with its unit: words with digits that follow a word in a sentence.
func isWhen(s string) bool {
	return len(s) < 8 && strings.Trim(s, digits) != s || strings.HasPrefix(s, "20") && strings.ContainsAny(s, "-:") && strings.Trim(s, digits+"-:TZ.+") == ""
}

// looksRandom reports a word as machines make them: long, and of letters and digits in turn.
func looksRandom(s string) bool {
	if len(s) < 16 || strings.ContainsAny(s, " (){}") {
		return false
	}
	letters, numbers, turns, was := 0, 0, 0, 0
	for _, r := range s {
		kind := 0
		switch {
		case unicode.IsDigit(r):
			kind = 1
			numbers++
		case unicode.IsUpper(r):
			kind = 2
			letters++
		case unicode.IsLetter(r):
			kind = 3
			letters++
		}
		if kind != 0 {
			if was != 0 && was != kind {
				turns++
			}
			was = kind
		}
	}
	return letters > 3 && numbers > 3 && turns >= 6
}

// isUUID reports ids and digests, which name something and open nothing.
func isUUID(s string) bool {
	return len(s) == 36 && strings.Count(s, "-") == 4 && strings.Trim(s, hex+"-") == ""
}

// blankWords stand where a value would be and say that it is not here.
var blankWords = set(`
		null none nil true false undefined required optional missing empty unset set yes no ok n/a na unknown
		redacted hidden masked removed secret password passwort token changed string str bytes text number int
		integer bool boolean object any invalid expired valid incorrect wrong here your value the a an and or is was
		not for from in of to via with rotated revoked bearer basic failed failure unauthorized denied error inherit
		example placeholder todo tbd`)

// placeholder reports what stands for a value: ***, <token>, xxxx, $TOKEN, ${{ secrets.X }}, [REDACTED].
func placeholder(s string) bool {
	s = strings.Trim(s, "\"'`")
	low := strings.ToLower(s)
	switch {
	case s == "", blankWords[strings.TrimRight(low, ".,;:!?)")]:
		return true
	case s[0] == '<' || s[0] == '[' || strings.HasPrefix(s, "{{") || strings.HasPrefix(s, "%{") || strings.HasPrefix(s, "!Ref") || strings.HasPrefix(s, "op://") || strings.HasPrefix(s, "vault:") ||
		strings.HasPrefix(s, "arn:aws") || strings.HasPrefix(low, "your-") || strings.HasPrefix(low, "your_") || strings.HasPrefix(low, "my-") && strings.HasSuffix(low, "-here"):
		return true
	case s[0] == '$' && len(s) > 1 && (s[1] == '{' || s[1] == '(' || isName(strings.Trim(s, "$"))):
		return true
	case s[0] == '%' && (len(s) <= 3 || s[len(s)-1] == '%' && isName(s[1:len(s)-1])):
		return true
	case strings.Contains(low, "redacted") || strings.Contains(low, "[hidden]") || strings.Contains(s, "***") || strings.Contains(s, "…") || strings.Contains(s, "...") || strings.Contains(low, "xxxx") ||
		strings.Contains(s, "•••"):
		return true
	}
	return strings.Trim(s, "xX") == "" || strings.Trim(s, "*•●.#-_?0") == ""
}

// isName reports the name of a variable.
func isName(s string) bool {
	return s != "" && strings.Trim(s, word) == "" && strings.ToUpper(s) == s || strings.Trim(s, lower+"_") == ""
}

// isCode reports an expression that a program reads a value with: os.Getenv("X"), secrets.TOKEN, config.password.
func isCode(s string) bool {
	if at := strings.IndexAny(s, "(["); at > 0 && strings.Trim(s[:at], word+".:") == "" && (strings.HasSuffix(s, ")") || strings.HasSuffix(s, "]") || s[at:] == "(" || s[at:] == "[") {
		return true
	}
	head, tail, ok := strings.Cut(s, ".")
	return ok && head != "" && tail != "" && strings.Trim(s, alnum+"_.") == "" && !hasDigit(s) && strings.Trim(head, lower+"_") == ""
}
