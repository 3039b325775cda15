package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"aftermath/disclose"
)

// A Leak is a piece of a document that a reader outside should perhaps not see.
type Leak struct {
	Kind    string `json:"kind"` // one of the kinds below
	Text    string `json:"text"`
	Of      ID     `json:"id"`                // the entry that says it
	Field   string `json:"field"`             // and its field there
	Where   string `json:"where"`             // the same in words
	Perhaps bool   `json:"perhaps,omitempty"` // it could be another word
	Bare    bool   `json:"-"`                 // a word that is a digest as well as a credential, by its looks
}

// The kinds of leaks.
const (
	LeakPerson  = "person"
	LeakService = "service"
	LeakMapped  = "mapped"
	LeakHost    = disclose.Host
	LeakIP      = disclose.IP
	LeakEmail   = disclose.Email
	LeakPhone   = disclose.Phone
	LeakToken   = disclose.Credential
	LeakCard    = disclose.Card
	LeakAccount = disclose.Account
	LeakURL     = disclose.URL
)

// looks says of a kind what such a text is.
var looks = map[string]string{LeakPerson: "is the name of a person", LeakService: "is the name of a service", LeakHost: "looks like the name of a host",
	LeakIP: "is an IP address", LeakEmail: "is an e-mail address", LeakToken: "looks like a credential", LeakURL: "is a web address", LeakMapped: "holds words that are mapped",
	LeakPhone: "looks like a telephone number", LeakCard: "looks like the number of a payment card", LeakAccount: "is the number of a bank account"}

// Sentence says what was found and where. Of a credential it shows only the beginning.
func (l Leak) Sentence() string {
	look := looks[l.Kind]
	if l.Perhaps {
		look = strings.Replace(look, "is the name", "may be the name", 1)
	}
	return "“" + l.Shown() + "” " + look + ": " + l.Where + "."
}

// Secret reports whether the text gives access to something. No reason for a whole document lets it out: it is
// mapped, or set aside for itself.
func (l Leak) Secret() bool { return disclose.Span{Kind: l.Kind}.Secret() }

// mostOfSecret is how many characters of a credential are shown, so that it is recognised and not told.
const mostOfSecret = 4

// Shown is the text as a terminal may show it.
func (l Leak) Shown() string {
	s := CleanLine(l.Text)
	if r := []rune(s); l.Secret() {
		return string(r[:min(mostOfSecret, len(r)/3)]) + "…"
	}
	return s
}

// DoubtSecret is the kind of a dismissal that says of a text that it is no credential, or one that may stand.
const DoubtSecret = "credential"

// secretAbout names a text without telling it.
func secretAbout(incident ID, text string) string {
	sum := sha256.Sum256([]byte("secret\x00" + string(incident) + "\x00" + text))
	return hex.EncodeToString(sum[:8])
}

// SetSecretAside says that a text is no credential, or that it may stand, for a reason that stays in the record.
func (l Leak) SetSecretAside(incident ID, reason string) Gesture {
	g := SetAside(incident, Doubt{Kind: DoubtSecret, About: secretAbout(incident, l.Text), What: "“" + l.Shown() + "” " + looks[l.Kind] + "."}, reason)
	g.Label = "set a credential aside"
	return g
}

// LetStand reports whether somebody has set the text of a leak aside as no credential.
func (r Record) LetStand(l Leak) bool {
	return l.Secret() && len(r.Dismissals) > 0 && r.dismissed(Doubt{Kind: DoubtSecret, About: secretAbout(r.Incident.ID, l.Text)})
}

func (l Leak) finding(incident ID) Finding {
	question := "Was it replaced since? Map it with `aftermath redact`, or set it aside with --dismiss and a reason."
	return Finding{Where: where(l.Of, l.Field), What: "“" + l.Shown() + "” " + looks[l.Kind] + ".", Question: question, Kind: DoubtSecret, About: secretAbout(incident, l.Text)}
}

// Known are the names that a leak check cannot find by their form.
type Known struct {
	People   []string
	Perhaps  []string // parts of people's names that could be another's
	Services []string
	Mapped   []string // texts that were replaced: where they still stand, the mapping did not reach
}

// A LeakCheck finds leaks in texts.
type LeakCheck struct {
	names   *disclose.Names
	kinds   []string // of the names
	texts   []string // the names, folded
	allowed map[string]bool
	letOut  map[string]bool // credentials that were let out for a reason
}

// NewLeakCheck looks for what is known and for what has the form of a leak. What a mapping puts in the place
// of words may stand; a credential that is mapped to itself may only when a reason says why.
func NewLeakCheck(k Known, allowed []Redaction) *LeakCheck {
	c := &LeakCheck{allowed: map[string]bool{}, letOut: map[string]bool{}}
	for _, x := range allowed {
		c.allowed[disclose.Fold(x.Instead)] = true
		if x.Text == x.Instead && strings.TrimSpace(x.Reason) != "" {
			c.letOut[x.Text] = true
		}
	}
	var list []disclose.Name
	add := func(kind string, texts []string, person, perhaps bool) {
		for _, t := range texts {
			list = append(list, disclose.Name{Text: t, Person: person, Perhaps: perhaps})
			c.kinds, c.texts = append(c.kinds, kind), append(c.texts, disclose.Fold(t))
		}
	}
	add(LeakPerson, k.People, true, false)
	add(LeakPerson, k.Perhaps, true, true)
	add(LeakService, k.Services, false, false)
	add(LeakMapped, k.Mapped, false, false)
	c.names = disclose.NewNames(list)
	return c
}

// In lists the leaks of a text in the order in which they stand. Each piece is told once, as the first of the
// kinds that it fits: an address is not also the name of its host.
func (c *LeakCheck) In(text string) []Leak {
	var list []disclose.Span
	add := func(s disclose.Span) {
		at, _ := slices.BinarySearchFunc(list, s.From, func(x disclose.Span, from int) int { return cmp.Compare(x.To, from+1) })
		if at == len(list) || list[at].From >= s.To {
			list = slices.Insert(list, at, s)
		}
	}
	forms := disclose.Find(text)
	for _, s := range forms {
		if s.Kind != LeakHost || !s.Perhaps {
			add(s)
		}
	}
	for _, p := range c.names.In(text) {
		s := disclose.Span{From: p.From, To: p.To, Kind: c.kinds[p.Names[0]], Perhaps: p.Perhaps}
		if c.allowed[c.texts[p.Names[0]]] {
			s.Kind = "" // what stands inside it may stand, too
		}
		add(s)
	}
	for _, s := range disclose.Handles(text) {
		add(disclose.Span{From: s.From, To: s.To, Kind: LeakPerson})
	}
	for _, s := range forms {
		add(s)
	}
	var leaks []Leak
	for _, s := range list {
		l := Leak{Kind: s.Kind, Text: text[s.From:s.To], Perhaps: s.Perhaps && s.Kind != LeakHost, Bare: s.Bare}
		if l.Kind != "" && (l.Secret() && !c.letOut[l.Text] || !l.Secret() && !c.allowed[disclose.Fold(l.Text)]) {
			leaks = append(leaks, l)
		}
	}
	return leaks
}
