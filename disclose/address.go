package disclose

import (
	"net/netip"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// addresses finds where people and machines are reached: e-mail, web and IP addresses, hosts, telephones.
func (f *finder) addresses() {
	s := f.form
	at, dot, colon, dash, digit := strings.IndexByte(s, '@') >= 0, strings.IndexByte(s, '.') >= 0, strings.IndexByte(s, ':') >= 0, strings.IndexByte(s, '-') >= 0, hasDigits(s, 1)
	if colon {
		f.webAddresses()
	}
	if at {
		f.emails()
	}
	if digit && dot {
		f.ip4()
	}
	if colon && strings.Count(s, ":") > 1 {
		f.ip6()
	}
	if dot {
		f.hosts()
	}
	if digit && hasDigits(s, 8) {
		f.phones()
	}
	if digit && dash {
		f.nodes()
	}
}

// run is the stretch of runes around at of which in is true.
func run(s string, at int, in func(rune) bool) (from, to int) {
	from, to = at, at
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:from])
		if !in(r) {
			break
		}
		from -= size
	}
	for to < len(s) {
		r, size := utf8.DecodeRuneInString(s[to:])
		if !in(r) {
			break
		}
		to += size
	}
	return from, to
}

// webAddresses finds scheme://…; where a credential stands in one, what comes before it.
func (f *finder) webAddresses() {
	s := f.form
	for at := 0; ; {
		n := strings.Index(s[at:], "://")
		if n < 0 {
			return
		}
		mid := at + n
		from := mid
		for from > 0 && (s[from-1] < utf8.RuneSelf && (wordRune(rune(s[from-1])) && s[from-1] != '_' || strings.IndexByte("+.-", s[from-1]) >= 0)) && mid-from < 30 {
			from--
		}
		_, to := run(s, mid+3, func(r rune) bool {
			return !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune("<>\"“”「」『』。、，；`|", r)
		})
		to = mid + 3 + len(strings.TrimRight(s[mid+3:to], ".,;:)!?'*_"))
		at = max(mid+3, to)
		if from == mid || to == mid+3 || f.noURLs {
			continue
		}
		if to = f.firstTaken(from, to); to > mid+3 {
			f.add(Span{From: from, To: to, Kind: URL})
		}
	}
}

// userinfo finds the password in an address: scheme://user:password@host.
func (f *finder) userinfo() {
	s := f.form
	for at := 0; ; {
		n := strings.Index(s[at:], "://")
		if n < 0 {
			return
		}
		at += n + 3
		if at == 3 || !wordRune(rune(s[at-4])) {
			continue
		}
		end := at
		for end < len(s) && end-at < longLine && s[end] > ' ' && strings.IndexByte("\"'<>`", s[end]) < 0 {
			end++
		}
		authority := s[at:end]
		last := strings.LastIndexByte(authority, '@')
		if last < 0 {
			at = end
			continue
		}
		if end := strings.IndexAny(authority, "/?#"); end >= 0 && last > end { // a page's path may have an @, a password a slash
			web := strings.HasSuffix(s[:at], "http://") || strings.HasSuffix(s[:at], "https://")
			if host := strings.LastIndexByte(authority[:end], '@'); web && host >= 0 || strings.IndexByte(authority[:end], ':') < 0 {
				last = host
			}
		}
		if last < 1 {
			continue
		}
		user := authority[:last]
		colon := strings.IndexByte(user, ':')
		switch password := user[colon+1:]; {
		case colon >= 0 && password != "" && !placeholder(password):
			f.add(Span{From: at + colon + 1, To: at + last, Kind: Credential})
		case colon < 0 && (looksRandom(user) || len(user) >= 20 && hasDigit(user)), colon > 0 && password == "" && len(user) > 12:
			f.add(Span{From: at, To: at + len(strings.TrimSuffix(user, ":")), Kind: Credential})
		}
	}
}

// emails finds addresses in any script. Of a script without blanks only the end belongs to one, or the whole.
func (f *finder) emails() {
	s := f.form
	for at := strings.IndexByte(s, '@'); at >= 0; {
		from, _ := core(s, at, func(r rune) bool { return wordRune(r) || strings.ContainsRune(".+-%'&=~!#$^", r) })
		_, to := core(s, at, hostRune)
		local, host := strings.TrimLeft(s[from:at], ".'-=&!#$^~%"), strings.TrimRight(s[at+1:to], ".-_")
		from, to = at-len(local), at+1+len(host)
		if local != "" && strings.Contains(host, ".") {
			f.add(Span{From: from, To: to, Kind: Email})
		}
		next := strings.IndexByte(s[at+1:], '@')
		if next < 0 {
			return
		}
		at += 1 + next
	}
}

func hostRune(r rune) bool { return wordRune(r) || r == '-' || r == '.' }

// core is the stretch of s around the sign at at that words of a script without blanks only touch: of
// サーバーapp.example.comが the host. Between two signs a label is of one kind.
func core(s string, at int, in func(rune) bool) (from, to int) {
	kind := func(r rune) int {
		switch {
		case r == '.' || r == '-' || r == '@':
			return 0
		case scriptOf(r) == joined:
			return 1
		}
		return 2
	}
	was := 0
	for from = at; from > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:from])
		is := kind(r)
		if !in(r) || was != 0 && is != 0 && is != was {
			break
		}
		was = is
		from -= n
	}
	was = 0
	for to = at + 1; to < len(s); {
		r, n := utf8.DecodeRuneInString(s[to:])
		is := kind(r)
		if !in(r) || was != 0 && is != 0 && is != was {
			break
		}
		was = is
		to += n
	}
	return from, to
}

func (f *finder) ip4() {
	s := f.form
	for at := 0; at < len(s); {
		if s[at] < '0' || s[at] > '9' {
			at++
			continue
		}
		end := at
		for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == '.') {
			end++
		}
		found := strings.TrimRight(s[at:end], ".")
		if strings.Count(found, ".") == 3 && !sticks(s, at, at+len(found)) && isAddress(found) {
			f.add(Span{From: at, To: at + len(found), Kind: IP})
		}
		at = end
	}
}

// sticks reports whether s[from:to] is a part of a longer word or number in ASCII.
func sticks(s string, from, to int) bool {
	before, after := runeBefore(s, from), runeAt(s, to)
	return before < utf8.RuneSelf && (wordRune(before) || before == '.' || before == '-' && wordRune(runeBefore(s, from-1))) || after < utf8.RuneSelf && wordRune(after)
}

func isAddress(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && !a.IsUnspecified()
}

func (f *finder) ip6() {
	s := f.form
	in := func(c byte) bool {
		return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' || c == ':' || c == '.'
	}
	for at := 0; at < len(s); {
		if !in(s[at]) || at > 0 && s[at-1] < utf8.RuneSelf && wordRune(rune(s[at-1])) {
			at++
			continue
		}
		end := at
		for end < len(s) && in(s[end]) {
			end++
		}
		found := strings.TrimRight(s[at:end], ".")
		if len(found) > 1 && !strings.HasSuffix(found, "::") {
			found = strings.TrimRight(found, ":")
		}
		if strings.Count(found, ":") > 1 && !(end < len(s) && s[end] < utf8.RuneSelf && wordRune(rune(s[end]))) && isAddress(found) {
			f.add(Span{From: at, To: at + len(found), Kind: IP})
		}
		at = end
	}
}

// notHosts are endings of files and of words with points, which are no hosts.
var notHosts = set(`
		go md js ts tsx jsx py rb rs java json toml yaml yml xml html css sql sh txt log csv zip gz tar conf cfg ini
		lock png svg pdf jpg jpeg gif exe dll so php kt cs cpp hpp proto tf tmpl mjs jar war deb rpm parquet db bak
		tmp pid sock service timer ps1 bat ipynb lua pl swift scala ex exs erl hs vue scss less map`)

// topLevel are the endings of hosts in other scripts than Latin.
var topLevel = set(`
		рф укр бел срб мкд мон қаз бг ею рус сайт онлайн дети 中国 中國 香港 台灣 台湾 公司 网络 網絡 集团 在线 网站 商城 我爱你 みんな コム 日本 한국
		닷컴 닷넷 ไทย السعودية مصر امارات الاردن المغرب قطر تونس عمان ایران پاکستان بھارت ישראל ελ ευ भारत ভারত বাংলা
		இந்தியா இலங்கை සිංහල ලංකා భారత్ ಭಾರತ ഭാരതം გე հայ ລາວ`)

func (f *finder) hosts() {
	s := f.form
	for at := 0; ; {
		n := strings.IndexByte(s[at:], '.')
		if n < 0 {
			return
		}
		dot := at + n
		if dot == 0 || dot+1 == len(s) || !wordRune(runeBefore(s, dot)) || !wordRune(runeAt(s, dot+1)) {
			at = dot + 1
			continue
		}
		from, to := core(s, dot, hostRune)
		at = max(to, dot+1)
		word := strings.TrimLeft(s[from:to], ".-_")
		from = to - len(word)
		word = strings.TrimRight(word, ".-_")
		if hostLike(word) {
			f.add(Span{From: from, To: from + len(word), Kind: Host})
		}
	}
}

func hostLike(s string) bool {
	first, last := strings.IndexByte(s, '.'), strings.LastIndexByte(s, '.')
	if first < 0 || utf8.RuneCountInString(s[:first]) < 2 { // not "e.g"
		return false
	}
	end := s[last+1:]
	if topLevel[end] {
		return true
	}
	return len(end) > 1 && (strings.Trim(strings.ToLower(end), lower) == "" || strings.HasPrefix(end, "xn--")) && !notHosts[strings.ToLower(end)]
}

// notNodes are words that stand before a number and make no machine of it.
var notNodes = []string{"utf", "sha", "iso", "rfc", "sev", "top", "http", "tls", "p", "v", "q", "md", "base", "cve", "ipv", "log", "x", "step", "part", "phase", "page", "figure", "id", "covid", "type", "arm", "rev"}

// nodes finds numbered machines: db-prod-03.
func (f *finder) nodes() {
	s := f.form
	for at := 0; ; {
		n := strings.IndexByte(s[at:], '-')
		if n < 0 {
			return
		}
		from, to := core(s, at+n, func(r rune) bool { return wordRune(r) && r != '_' || r == '-' })
		at = max(to, at+n+1)
		word := strings.TrimLeft(s[from:to], "-")
		from = to - len(word)
		word = strings.TrimRight(word, "-")
		if nodeLike(word) {
			f.add(Span{From: from, To: from + len(word), Kind: Host, Perhaps: true})
		}
	}
}

func nodeLike(s string) bool {
	parts := strings.Split(s, "-")
	last := parts[len(parts)-1]
	if n := len(last); n > 1 && last[n-1]|0x20 >= 'a' && last[n-1]|0x20 <= 'z' {
		last = last[:n-1]
	}
	if len(parts) < 2 || last == "" || strings.Trim(last, digits) != "" || slices.Contains(notNodes, strings.ToLower(parts[0])) || slices.Contains(parts, "") {
		return false
	}
	for i, p := range parts[:len(parts)-1] {
		r, _ := utf8.DecodeRuneInString(p)
		if i == 0 && (!unicode.IsLetter(r) || unicode.IsUpper(r)) || strings.ContainsFunc(p, unicode.IsUpper) {
			return false
		}
	}
	return true
}
