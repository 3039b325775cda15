package model

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"unicode"
)

// A Leak is a piece of a document that a reader outside should perhaps not see.
type Leak struct {
	Kind  string `json:"kind"` // one of the kinds below
	Text  string `json:"text"`
	Of    ID     `json:"id"`    // the entry that says it
	Field string `json:"field"` // and its field there
	Where string `json:"where"` // the same in words
}

// The kinds of leaks.
const (
	LeakPerson  = "person"
	LeakService = "service"
	LeakHost    = "host"
	LeakIP      = "ip"
	LeakEmail   = "email"
	LeakToken   = "credential"
	LeakURL     = "url"
)

// looks says of a kind what such a text is.
var looks = map[string]string{LeakPerson: "is the name of a person", LeakService: "is the name of a service", LeakHost: "looks like the name of a host",
	LeakIP: "is an IP address", LeakEmail: "is an e-mail address", LeakToken: "looks like a credential", LeakURL: "is a web address"}

// Sentence says what was found and where.
func (l Leak) Sentence() string {
	return "“" + CleanLine(l.Text) + "” " + looks[l.Kind] + ": " + l.Where + "."
}

// credentialSigns are parts of which one stands, in some case, in every credential that private knows.
var credentialSigns = []string{"akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat", "xox", "eyj", "private key", "passw", "secret", "token", "api", "authorization", "bearer", "://", "@"}

// Known are the names that a leak check cannot find by their form.
type Known struct{ People, Services []string }

var (
	leakURL   = Pattern(`(?i)\b[a-z][a-z0-9+.-]*://[^\s<>"“”]+`)
	leakEmail = Pattern(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	leakIP4   = Pattern(`\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	leakIP6   = Pattern(`(?i)(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|:)`)
	leakAt    = Pattern(`(?:^|[^\w.])(@[A-Za-z][\w.-]*\w)`)
	leakHost  = Pattern(`(?i)\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\b`)
	leakNode  = Pattern(`\b[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d+[a-z]?\b`)
	leakWord  = Pattern(`[A-Za-z0-9_+/=-]{20,}`)
)

// A LeakCheck finds leaks in texts.
type LeakCheck struct {
	people, services *Redactor
	allowed          map[string]bool
}

// NewLeakCheck looks for what is known and for what has the form of a leak. What a mapping puts in the place
// of words may stand.
func NewLeakCheck(k Known, allowed []Redaction) *LeakCheck {
	c := &LeakCheck{people: finder(k.People, true), services: finder(k.Services, false), allowed: map[string]bool{}}
	for _, x := range allowed {
		c.allowed[strings.ToLower(x.Instead)] = true
	}
	return c
}

func finder(names []string, exact bool) *Redactor {
	var list []Redaction
	for _, n := range names {
		list = append(list, Redaction{Text: n, Instead: "\x00", Exact: exact && !strings.Contains(n, " ")})
	}
	return NewRedactor(list)
}

// In lists the leaks of a text in the order in which they stand. Each piece is told once, as the first of the
// kinds that it fits: an address is not also the name of its host.
func (c *LeakCheck) In(text string) []Leak {
	type found struct {
		from, to int
		kind     string
	}
	var list []found
	add := func(kind string, from, to int) {
		if from >= to || slices.ContainsFunc(list, func(f found) bool { return from < f.to && to > f.from }) {
			return
		}
		if c.allowed[strings.ToLower(text[from:to])] {
			kind = "" // what stands inside it may stand, too
		}
		list = append(list, found{from, to, kind})
	}
	each := func(kind string, spans [][]int, fits func(string) bool) {
		for _, m := range spans {
			from, to := m[len(m)-2], m[len(m)-1]
			if fits == nil || fits(text[from:to]) {
				add(kind, from, to)
			}
		}
	}
	low := strings.ToLower(text)
	digits := strings.ContainsAny(text, "0123456789")
	inside := strings.TrimRight(text, ".")
	if strings.Contains(text, "://") {
		for _, m := range leakURL().FindAllStringIndex(text, -1) {
			add(LeakURL, m[0], m[0]+len(strings.TrimRight(text[m[0]:m[1]], ".,;:)!?'")))
		}
	}
	if strings.Contains(text, "@") {
		each(LeakEmail, leakEmail().FindAllStringIndex(text, -1), nil)
	}
	if slices.ContainsFunc(credentialSigns, func(sign string) bool { return strings.Contains(low, sign) }) {
		each(LeakToken, private().FindAllStringIndex(text, -1), nil)
	}
	if digits && len(text) >= 20 {
		each(LeakToken, leakWord().FindAllStringIndex(text, -1), tokenLike)
	}
	if digits && strings.Contains(inside, ".") {
		each(LeakIP, leakIP4().FindAllStringIndex(text, -1), isAddress)
	}
	if strings.Count(text, ":") > 1 {
		each(LeakIP, leakIP6().FindAllStringIndex(text, -1), isAddress)
	}
	if strings.Contains(inside, ".") {
		each(LeakHost, leakHost().FindAllStringIndex(text, -1), hostLike)
	}
	each(LeakPerson, c.people.places(text), nil)
	if strings.Contains(text, "@") {
		each(LeakPerson, leakAt().FindAllStringSubmatchIndex(text, -1), nil)
	}
	each(LeakService, c.services.places(text), nil)
	if digits && strings.Contains(text, "-") {
		each(LeakHost, leakNode().FindAllStringIndex(text, -1), nodeLike)
	}
	slices.SortFunc(list, func(a, b found) int { return cmp.Compare(a.from, b.from) })
	var leaks []Leak
	for _, f := range list {
		if f.kind != "" {
			leaks = append(leaks, Leak{Kind: f.kind, Text: text[f.from:f.to]})
		}
	}
	return leaks
}

// places are where the words of a redactor stand.
func (r *Redactor) places(s string) (spans [][]int) {
	if !r.may(s) {
		return nil
	}
	for _, m := range r.find.FindAllStringIndex(s, -1) {
		found := strings.TrimPrefix(s[m[0]:m[1]], "@")
		if _, known := r.lookUp(s[m[0]:m[1]]); known && standsAlone(s, m[0], m[1]) {
			spans = append(spans, []int{m[1] - len(found), m[1]})
		}
	}
	return spans
}

func isAddress(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil && s != "::"
}

// notHosts are endings of files and of words with points, which are no hosts.
var notHosts = map[string]bool{"go": true, "md": true, "js": true, "ts": true, "py": true, "rb": true, "rs": true, "java": true, "json": true, "toml": true, "yaml": true,
	"yml": true, "xml": true, "html": true, "css": true, "sql": true, "sh": true, "txt": true, "log": true, "csv": true, "zip": true, "gz": true, "conf": true, "cfg": true,
	"ini": true, "lock": true, "png": true, "svg": true, "pdf": true}

func hostLike(s string) bool {
	last := s[strings.LastIndexByte(s, '.')+1:]
	return !notHosts[strings.ToLower(last)] && strings.IndexByte(s, '.') > 1 // not "e.g"
}

// nodeLike leaves out what only looks like a numbered machine.
func nodeLike(s string) bool {
	head, _, _ := strings.Cut(s, "-")
	return !slices.Contains([]string{"utf", "sha", "iso", "rfc", "sev", "top", "http", "tls", "p", "v", "q"}, head)
}

// tokenLike tells long words of letters and digits mixed, as credentials and digests are.
func tokenLike(s string) bool {
	letters, digits, changes := 0, 0, 0
	was := 0
	for _, r := range s {
		kind := 0
		switch {
		case unicode.IsDigit(r):
			digits++
			kind = 1
		case unicode.IsUpper(r):
			letters++
			kind = 2
		case unicode.IsLetter(r):
			letters++
			kind = 3
		}
		if kind != 0 && was != 0 && kind != was {
			changes++
		}
		if kind != 0 {
			was = kind
		}
	}
	return letters > 3 && digits > 3 && changes >= 6
}
