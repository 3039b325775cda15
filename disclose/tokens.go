package disclose

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// A tokenRule is a family of credentials that begin in a way of their own, as their issuers publish it. The rules
// follow the facts that gitleaks and the issuers list; matching is ours, because a table of beginnings is searched
// in one pass.
type tokenRule struct {
	prefixes string // in the case that is usual; any case is found unless exact
	class    string // of the bytes that follow
	least    int    // how many of them
	exact    bool   // in this case only, and no longer than least
	mixed    bool   // letters and digits must both follow
	parts    bool   // a point must be among them
}

const (
	digits = "0123456789"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lower  = "abcdefghijklmnopqrstuvwxyz"
	hex    = digits + "abcdefABCDEF"
	alnum  = digits + upper + lower
	word   = alnum + "_"
	dashed = word + "-"
	base64 = dashed + "+/="
	dotted = dashed + "."
	path   = dashed + "./@%"
	crypt  = alnum + "./$,=+"
)

var tokenRules = []tokenRule{
	{prefixes: "AKIA ASIA ABIA ACCA", class: digits + upper, least: 16, exact: true},
	{prefixes: "amzn.mws. ABSKQmVkcm9ja0 bedrock-api-key- IQoJb3JpZ2lu FwoGZXIvYXdz", class: base64, least: 20},
	{prefixes: "AIza GOCSPX- ya29. 1//0", class: dashed, least: 20},
	{prefixes: "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", class: word, least: 16},
	{prefixes: `
		glpat- gldt- glrt- glptt- glcbt- glft- glsoat- glimt- glagent- gloas- glffct- GR1348941`, class: dotted, least: 12},
	{prefixes: `
		npm_ dckr_pat_ dckr_oat_ rubygems_ CLOJARS_ oy2 pnu_ rdme_ shippo_live_ shippo_test_ tfp_ sbp_ sb_secret_`, class: dashed, least: 20, mixed: true},
	{prefixes: `
		pypi- AKCp cmVmdGtu xkeysib- xsmtpsib- tskey- CFPAT- FLWSECK ico- PMAK- PMAT- dt0c01. dt0s01. sntrys_
		sntryu_`, class: base64 + ".", least: 16, mixed: true},
	{prefixes: `
		xoxa- xoxb- xoxc- xoxd- xoxe- xoxe. xoxo- xoxp- xoxr- xoxs- xapp-`, class: base64 + "%", least: 10},
	{prefixes: `
		hooks.slack.com/services/ hooks.slack.com/workflows/ hooks.slack.com/triggers/ discord.com/api/webhooks/
		discordapp.com/api/webhooks/ hooks.zapier.com/hooks/catch/ webhook.office.com/webhookb2/
		outlook.office.com/webhook/ events.pagerduty.com/integration/`, class: path, least: 12},
	{prefixes: `
		sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ whsec_ sq0atp- sq0csp- EAAAE EAAAl`, class: base64, least: 10, mixed: true},
	{prefixes: "SK", class: digits + "abcdef", least: 32, exact: true},
	{prefixes: "SG.", class: dotted, least: 30, mixed: true},
	{prefixes: "key-", class: digits + "abcdef", least: 32, exact: true},
	{prefixes: "NRAK- NRII- NRJS- NRRA- NRIQ-", class: dashed, least: 16},
	{prefixes: "glc_ glsa_ eyJrIjoi", class: base64, least: 20},
	{prefixes: `
		sk-ant- sk-proj- sk-svcacct- sk-admin- sk-or-v1- sk- gsk_ pplx- r8_ xai- nvapi- jina_ pcsk_ tgp_v1_ lsv2_`, class: dashed, least: 20, mixed: true},
	{prefixes: `
		hf_ api_org_ secret_ ntn_ figd_ fio-u- lin_api_ lin_oauth_ napi_ nfp_ rnd_ re_ phx_ hcaik_ bkua_ ddp_ ATTA`, class: dashed, least: 24, mixed: true},
	{prefixes: "hvs. hvb. hvr.", class: dashed, least: 16},
	{prefixes: "dop_v1_ doo_v1_ dor_v1_ pul- sqp_ squ_ sqa_ sgp_", class: hex, least: 32},
	{prefixes: `
		HRKU- ATATT3 ATCTT3 ATBB CCIPAT_ CCIPRJ_ pscale_tkn_ pscale_pw_ pscale_oauth_ vercel_blob_rw_ fm1_ fm2_ fo1_`, class: base64, least: 16, mixed: true},
	{prefixes: "shpat_ shpca_ shppa_ shpss_ shptka_", class: hex, least: 20},
	{prefixes: "eyJ", class: dotted + "=", least: 17, parts: true},
	{prefixes: "AGE-SECRET-KEY-1", class: alnum, least: 20},
	{prefixes: "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. sha256~", class: dotted, least: 20, mixed: true},
	{prefixes: "dapi", class: hex + "-", least: 32},
	{prefixes: "access_token$production$ access_token$sandbox$", class: alnum + "$", least: 30},
	{prefixes: "v1.0-", class: hex + "-", least: 100},
	{prefixes: "LTAI AKID AQVN EZAK EZTK", class: dashed, least: 16, mixed: true},
	{prefixes: `
		duffel_live_ duffel_test_ s-s4t2ud- s-s4t2af- pat-na1- pat-eu1- signkey-prod- access-production-
		access-sandbox- lob_live_ 1000.`, class: dotted, least: 30, mixed: true},
	{prefixes: `
		MIIEpAIBAAKCA MIIEowIBAAKCA MIIEvQIBADAN MIIEvgIBADAN MIIEvwIBADAN MIICXAIBAAKB MIICXQIBAAKB MIIJKQIBAAKCA
		b3BlbnNzaC1rZXktdjE`, class: base64, least: 20},
	{prefixes: "$2a$ $2b$ $2y$ $argon2id$ $argon2i$ $apr1$ $5$ $6$ $y$", class: crypt, least: 20},
	{prefixes: "EAACEdEose0cBA AAAAAAAAAAAAAAAAAAAAA", class: base64 + "%", least: 20},
	{prefixes: "CfDJ8 ABSK sl.B sl.u.", class: base64, least: 60, mixed: true},
}

// A tokenShape is a credential that is known by something in its middle: the pattern is tried only around the sign.
type tokenShape struct{ sign, pattern string }

var tokenShapes = []tokenShape{
	{"q~", `[A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{31,40}`},          // Azure's client secrets
	{"-us", `[0-9a-f]{32}-us\d{1,2}`},                               // Mailchimp
	{"nral", `[0-9a-fA-F]{36}NRAL`},                                 // New Relic's licence keys
	{".atlasv1.", `[A-Za-z0-9]{10,}\.atlasv1\.[A-Za-z0-9_=-]{40,}`}, // Terraform
	{":aa", `\d{8,10}:AA[A-Za-z0-9_-]{30,36}`},                      // Telegram's bots
	{"pat", `pat[A-Za-z0-9]{14}\.[0-9a-f]{64}`},                     // Airtable
	{"sdk-", `sdk-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`},     // LaunchDarkly
	{"api-", `api-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`},     // the same
	{"s.", `s\.[A-Za-z0-9]{24}`},                                    // Vault before 1.10
	{"1/", `1/\d{10,}:[0-9a-f]{32}`},                                // Asana
	{"basic ", `(?i)basic ([A-Za-z0-9+/]{12,}={0,2})`},              // user:password
	{"{ssha", `\{SSHA(?:256|512)?\}[A-Za-z0-9+/=]{20,}`},            // LDAP
	{"ops_", `ops_eyJ[A-Za-z0-9_-]{40,}`},                           // 1Password
}

// A sign is one literal of the search with what it stands for.
type sign struct {
	rule  int // of tokenRules, or -1
	shape int // of tokenShapes, or -1
	key   *keyWord
	tool  *tool
	block bool // the beginning of a private key
}

type lexicon struct {
	*automaton
	signs []sign
	sets  [][256]bool // of the rules' classes
}

// signs are all literals by which a credential is noticed. One pass over a text finds them.
var signs = sync.OnceValue(func() *lexicon {
	l := &lexicon{}
	var words []string
	put := func(w string, s sign) {
		words = append(words, strings.ToLower(w))
		l.signs = append(l.signs, s)
	}
	for n, r := range tokenRules {
		var set [256]bool
		for i := range len(r.class) {
			set[r.class[i]] = true
		}
		l.sets = append(l.sets, set)
		for _, p := range strings.Fields(r.prefixes) {
			put(p, sign{rule: n, shape: -1})
		}
	}
	for n, s := range tokenShapes {
		put(s.sign, sign{rule: -1, shape: n})
	}
	for i := range keyWords {
		for _, w := range keyWords[i].forms() {
			words = append(words, w)
			l.signs = append(l.signs, sign{rule: -1, shape: -1, key: &keyWords[i]})
		}
	}
	for i := range tools {
		for _, name := range strings.Fields(tools[i].names) {
			put(name, sign{rule: -1, shape: -1, tool: &tools[i]})
		}
	}
	for _, b := range []string{"-----begin", "putty-user-key-file"} {
		put(b, sign{rule: -1, shape: -1, block: true})
	}
	l.automaton = newAutomaton(words, true)
	return l
})

// secrets finds credentials by the literals that announce them, those whose form says most first.
func (f *finder) secrets() {
	l := signs()
	type hit struct{ sign, from, to int }
	var tokens, keys []hit
	l.each(f.form, func(n, from, to int) {
		switch s := &l.signs[n]; {
		case s.block:
			f.block(from)
		case s.rule >= 0 || s.shape >= 0:
			tokens = append(tokens, hit{n, from, to})
		default:
			keys = append(keys, hit{n, from, to})
		}
	})
	if len(tokens)+len(keys) == 0 && !strings.Contains(f.form, "://") && !hasDigits(f.form, 12) {
		return
	}
	f.userinfo()
	for _, h := range tokens {
		if s := &l.signs[h.sign]; s.rule >= 0 {
			f.token(&tokenRules[s.rule], &l.sets[s.rule], h.from, h.to)
		} else {
			f.shaped(s.shape, h.from, h.to)
		}
	}
	done := -1 // of several key words of one identifier the first that fits counts
	for _, h := range keys {
		switch s := &l.signs[h.sign]; {
		case s.tool != nil:
			f.tool(s.tool, h.from, h.to)
		case h.from >= done:
			if end := f.keyed(s.key, h.from, h.to); end > 0 {
				done = end
			}
		}
	}
	f.botTokens()
	f.cards()
	f.accounts()
}

var botToken = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[MNO][A-Za-z0-9_-]{22,26}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{26,40}`)
})

// botTokens finds what Discord's bots sign in with: their id in base64, a time of six signs and a check.
func (f *finder) botTokens() {
	s := f.form
	for i := 23; i+33 < len(s); i++ {
		if s[i] == '.' && s[i+7] == '.' {
			start := max(0, i-30)
			if m := botToken().FindStringIndex(s[start:min(len(s), i+50)]); m != nil && !sticks(s, start+m[0], start+m[1]) {
				f.add(Span{From: start + m[0], To: start + m[1], Kind: Credential})
			}
		}
	}
}

// token keeps a credential that begins at from with a prefix that ends at to.
func (f *finder) token(r *tokenRule, set *[256]bool, from, to int) {
	s := f.form
	if before, _ := utf8.DecodeLastRuneInString(s[:from]); from > 0 && (before < utf8.RuneSelf && before != '_' && wordRune(before) || before == '_' && r.exact) {
		return
	}
	if r.exact && !strings.Contains(r.prefixes, s[from:to]) || f.firstTaken(from, to) < to {
		return
	}
	end := to
	for end < len(s) && end-to < longLine && set[s[end]] {
		end++
	}
	body := strings.TrimRight(s[to:end], ".-/")
	if end = to + len(body); len(body) < r.least || r.exact && (len(body) > r.least || end < len(s) && s[end] < utf8.RuneSelf && wordRune(rune(s[end]))) {
		return
	}
	if r.mixed && !(strings.ContainsAny(body, digits) && strings.ContainsAny(strings.ToLower(body), lower)) || r.parts && !strings.Contains(body, ".") || placeholder(s[from:end]) || placeholder(body) {
		return
	}
	for end < len(s) && end-to >= longLine && set[s[end]] { // it is one: all of it
		end++
	}
	f.add(Span{From: from, To: end, Kind: Credential})
}

var shapePatterns = sync.OnceValue(func() (all []func() *regexp.Regexp) {
	for _, s := range tokenShapes {
		all = append(all, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(s.pattern) }))
	}
	return all
})

// around is how far from its sign a shaped credential may reach.
const around = 120

func (f *finder) shaped(n, from, to int) {
	start, end := max(0, from-around), min(len(f.form), to+around)
	for start > 0 && start < from && !utf8.RuneStart(f.form[start]) {
		start++
	}
	for _, m := range shapePatterns()[n]().FindAllStringSubmatchIndex(f.form[start:end], -1) {
		m = m[len(m)-2:]
		if a, b := start+m[0], start+m[1]; a <= to && b >= from && !sticks(f.form, a, b) {
			f.add(Span{From: a, To: b, Kind: Credential})
		}
	}
}

// block keeps a private key from its first line to its last, or to the end of the text when it has none.
func (f *finder) block(from int) {
	s := f.form
	if f.firstTaken(from, from+1) == from {
		return
	}
	head := strings.ToLower(s[from:min(len(s), from+80)])
	end := len(s)
	if strings.HasPrefix(head, "-----begin") {
		close := strings.Index(head[10:], "-----")
		if !strings.Contains(head, "private key") || close >= 0 && !strings.Contains(head[:10+close], "private key") {
			return
		}
		if at := indexFold(s[from:], "-----end"); at >= 0 {
			at += from + len("-----end")
			if end = len(s); strings.Contains(s[at:], "-----") {
				end = at + strings.Index(s[at:], "-----") + len("-----")
			}
		}
	} else if at := indexFold(s[from:], "private-mac:"); at >= 0 {
		end = from + at
		if line := strings.IndexByte(s[end:], '\n'); line >= 0 {
			end += line
		} else {
			end = len(s)
		}
	}
	f.add(Span{From: from, To: end, Kind: Credential})
}

// indexFold is strings.Index for an ASCII word in any case.
func indexFold(s, sub string) int {
	for i := 0; i+len(sub) <= len(s); i++ {
		if s[i]|0x20 == sub[0]|0x20 && strings.EqualFold(s[i:i+len(sub)], sub) {
			return i
		}
	}
	return -1
}

// hasDigits reports whether a text has at least n digits.
func hasDigits(s string, n int) bool {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			if n--; n == 0 {
				return true
			}
		}
	}
	return false
}
