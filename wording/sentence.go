package wording

import "strings"

// A tag is what a word does in its sentence, as far as a rule can tell.
type tag uint8

const (
	tagNoun tag = iota
	tagVerb
	tagPast // a past form or a participle
	tagIng
	tagAdjective
	tagAdverb
	tagModal
	tagBe
	tagHave
	tagDo
	tagNot
	tagTo
	tagPronoun
	tagDeterminer
	tagPreposition
	tagConjunction
	tagSubordinator
	tagMark
)

// A sentence is a line that was read: its words with meaning and role, and its clauses.
type sentence struct {
	tokens   []token
	clauses  []clause
	label    int // tokens before the colon of a "**Title**: text" line
	question bool
}

var tags = func() map[string]tag {
	out := map[string]tag{}
	for t, words := range map[tag]string{
		tagModal:        "can could will would shall should may might must ought",
		tagBe:           "be is are was were am been being",
		tagHave:         "have has had having",
		tagDo:           "do does did",
		tagNot:          "not never no nobody nothing none neither nor hardly",
		tagTo:           "to",
		tagPronoun:      "we i he she it they you us them me him who someone somebody everyone everybody anyone this that these those there itself themselves ourselves",
		tagDeterminer:   "the a an our their its my your his her some any each every all both another such",
		tagPreposition:  "in on at for from with without by into onto over under between during of through across within against about around via per upon towards toward despite due",
		tagConjunction:  "and or but & plus",
		tagSubordinator: "because since although though unless if when while whilst until till once whether where whereas so which as before after than how why what whenever wherever",
		tagAdverb:       "also only just again still already yet even too very now soon however therefore instead ever always often sometimes well back away up down off out together not first then here almost nearly please",
	} {
		for w := range strings.FieldsSeq(words) {
			if _, ok := out[w]; !ok || t != tagAdverb {
				out[w] = t
			}
		}
	}
	return out
}()

// parse reads one line.
func parse(text string) *sentence {
	d := theDictionary()
	s := &sentence{tokens: tokenise(text)}
	wouldHave(s.tokens)
	first := true
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.mark {
			t.tag = tagMark
			first = first || strings.ContainsAny(t.text, ".!?:;")
			continue
		}
		if t.low != "" {
			t.shape(first)
			t.lemma = lemma(t.low, d.known)
			t.class |= d.words[t.low] | d.words[t.lemma]
			if without(t.low) {
				t.class |= condition
			}
			if at := strings.LastIndexByte(t.low, '-'); t.class == 0 && at > 0 {
				tail := t.low[at+1:]
				t.class |= d.words[tail] | d.words[lemma(tail, d.known)]
			}
			if strings.HasPrefix(t.low, "auto-") {
				t.class |= decides | enforced
			}
		}
		t.own = t.class
		first = false
	}
	s.question = endsAsQuestion(s.tokens)
	s.mean(d)
	s.tag()
	s.label = titleOf(text, s.tokens)
	s.clauses = split(s.tokens, s.label)
	return s
}

// wouldHave corrects "we'd have found", where what was written out as "had" is "would".
func wouldHave(tokens []token) {
	for i := 0; i+1 < len(tokens); i++ {
		if tokens[i].low == "had" && (tokens[i+1].low == "have" || tokens[i+1].low == "not" && i+2 < len(tokens) && tokens[i+2].low == "have") {
			tokens[i].low = "would"
		}
	}
}

// without tells "unchecked", "unsigned", "unbounded": a state in which something is missing.
func without(low string) bool {
	if !strings.HasPrefix(low, "un") || !strings.HasSuffix(low, "ed") || len(low) < 8 {
		return false
	}
	switch low {
	case "unexpected", "unplanned", "unscheduled", "unannounced", "unrelated", "unplugged", "unloaded", "unmounted", "undeleted", "uninstalled", "unfounded", "unlocked", "unblocked", "undocked", "unaffected", "uncovered", "unintended", "unprecedented":
		return false
	}
	return true
}

// mean gives every word of a phrase the phrase's meaning.
func (s *sentence) mean(d *dictionary) {
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.mark || t.low == "" {
			continue
		}
		s.phrases(d.phrases[t.low], i)
		if t.lemma != t.low {
			s.phrases(d.phrases[t.lemma], i)
		}
	}
}

func (s *sentence) phrases(list []phrase, at int) {
	for _, p := range list {
		for k := range p.match(s.tokens, at) {
			s.tokens[at+k].class |= p.class
		}
	}
}

func endsAsQuestion(tokens []token) bool {
	for i := len(tokens) - 1; i >= 0; i-- {
		if !tokens[i].mark {
			return false
		}
		if tokens[i].text == "?" {
			return true
		}
	}
	return false
}

// titleOf counts the tokens of a bold title or of a few words before a colon that open the line.
func titleOf(text string, tokens []token) int {
	for i, t := range tokens {
		if t.mark && t.text == ":" && i > 0 && i <= 6 {
			for _, w := range tokens[:i] {
				if w.mark || w.tag == tagModal || w.tag == tagBe {
					return 0
				}
			}
			return i
		}
	}
	if before, rest, ok := strings.Cut(text, "**"); ok && len(before) < 8 && !strings.ContainsFunc(before, wordRune) {
		if end := strings.Index(rest, "**"); end > 0 {
			return min(len(tokenise(before+rest[:end])), len(tokens))
		}
	}
	return 0
}

func (s *sentence) tag() {
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.mark {
			continue
		}
		t.tag = s.role(i)
	}
}

// role decides between noun, verb and the rest from the word's form and the word before it.
func (s *sentence) role(i int) tag {
	t := s.tokens[i]
	if t.low == "that" && s.relative(i) {
		return tagSubordinator
	}
	if t.low == "who" && s.relative(i) {
		return tagSubordinator
	}
	if t.low == "since" && i > 0 && s.tokens[i-1].tag == tagHave { // "we have since patched"
		return tagAdverb
	}
	if g, ok := tags[t.low]; ok && !(t.low == "may" && t.named) { // the month
		return g
	}
	if t.named && t.own&verb == 0 || t.number {
		return tagNoun
	}
	// A phrase can make a verb of a word ("look into"), but an event never does ("power outage").
	act := t.own&actionVerb | t.class&(actionVerb&^happening)
	before := tagMark
	if i > 0 {
		before = s.tokens[i-1].tag
	}
	nominal := before == tagDeterminer || before == tagPreposition || before == tagAdjective || i > 0 && s.tokens[i-1].possessive ||
		before == tagMark && s.opensNoun(i)
	switch {
	case strings.HasSuffix(t.low, "ly") && len(t.low) > 4 && t.own&(verb|adjective) == 0:
		return tagAdverb
	case strings.HasSuffix(t.low, "ing") && len(t.low) > 4:
		return tagIng
	case t.lemma != t.low && (strings.HasSuffix(t.low, "ed") || irregularPast(t.low)) && before != tagDeterminer && before != tagTo:
		return tagPast
	case nominal && t.own&adjective != 0:
		return tagAdjective
	case nominal:
		return tagNoun
	case invariant(t.low) && s.afterAuxiliary(i), before == tagNoun && invariant(t.low) && s.objectFollows(i) && object(s.tokens[i+1].low):
		return tagPast
	case before == tagTo || before == tagModal || before == tagPronoun && act != 0:
		return tagVerb
	case before == tagNot && act != 0 && strings.HasSuffix(t.low, "s") && t.own&(part|mechanism|signal) == 0 && i > 0 && (s.tokens[i-1].low == "nothing" || s.tokens[i-1].low == "nobody"):
		return tagVerb
	case before == tagNot && i == 1 && act != 0:
		return tagVerb
	case before == tagNot && i > 1 && (s.tokens[i-2].tag == tagModal || s.tokens[i-2].tag == tagDo):
		return tagVerb
	case act != 0 && (before == tagMark || before == tagConjunction || before == tagAdverb || before == tagSubordinator):
		return tagVerb
	case before == tagNoun && strings.HasSuffix(s.tokens[i-1].low, "s") && t.lemma == t.low && t.own&(verb|happening) != 0 && t.own&(part|mechanism|signal|occurrence|adjective) == 0:
		return tagVerb
	case t.own&adjective != 0 || t.own&comparative != 0:
		return tagAdjective
	case i+1 < len(s.tokens) && finite(s.tokens[i+1].low) && before == tagNoun:
		return tagNoun // "schema changes are": a noun, although it could be a verb
	case t.own&(verb|happening) != 0 && before == tagNoun && s.objectFollows(i) && strings.HasSuffix(t.low, "s") &&
		(t.own&(part|mechanism|signal) == 0 || t.low == "fails" || t.low == "exceeds" || t.low == "reaches"):
		return tagVerb
	}
	return tagNoun
}

// opensNoun tells a noun from a command where a line begins: "deploy of 2.31", "support staff granted".
func (s *sentence) opensNoun(i int) bool {
	if i+1 >= len(s.tokens) || s.tokens[i].lemma != s.tokens[i].low {
		return false
	}
	next := s.tokens[i+1]
	return next.low == "of" && s.tokens[i].own&(occurrence|happening) != 0 || i+2 < len(s.tokens) && next.own&(person|group) != 0 && next.low != "who" && tags[next.low] != tagPronoun &&
		s.tokens[i].own&(changes|generic|governs) != 0 && strings.HasSuffix(s.tokens[i+2].low, "ed")
}

// objectFollows tells a verb from a plural noun: "drills to …" and "alerts." are nouns.
func (s *sentence) objectFollows(i int) bool {
	if i+1 >= len(s.tokens) || s.tokens[i+1].mark {
		return false
	}
	return s.tokens[i+1].low != "to"
}

// afterAuxiliary tells whether be or have stands before the word, with no more than an adverb or a negation
// between: "was cut", "had not read".
func (s *sentence) afterAuxiliary(i int) bool {
	for k := i - 1; k >= max(0, i-3); k-- {
		switch s.tokens[k].tag {
		case tagBe, tagHave:
			return true
		case tagAdverb, tagNot:
		default:
			return false
		}
	}
	return false
}

// object tells a word that begins an object or belongs to the verb before it: "shut off", "cut the".
func object(low string) bool {
	g, ok := tags[low]
	return ok && (g == tagDeterminer || g == tagAdverb || low == "through" || low == "into")
}

func finite(low string) bool {
	g, ok := tags[low]
	return ok && (g == tagBe || g == tagHave || g == tagDo || g == tagModal)
}

const actionVerb = investigates | remembers | trains | compares | generic | changes | documents | governs | verb | happening

// invariant are the verbs whose participle is their base form.
func invariant(low string) bool { return irregular[low] == low }

func irregularPast(low string) bool {
	base, ok := irregular[low]
	return ok && base != low && !strings.HasSuffix(low, "s")
}

// relative tells "the check that runs" and "ensure that" from "that check".
func (s *sentence) relative(i int) bool {
	return i > 0 && !s.tokens[i-1].mark && s.tokens[i-1].tag != tagPreposition && s.tokens[i-1].tag != tagConjunction
}

// has tells whether a word from..to carries one of the meanings c.
func (s *sentence) has(from, to int, c class) bool { return s.find(from, to, c) >= 0 }

func (s *sentence) find(from, to int, c class) int {
	for i := max(from, 0); i < min(to, len(s.tokens)); i++ {
		if s.tokens[i].class&c != 0 {
			return i
		}
	}
	return -1
}

func (s *sentence) all(c class) bool { return s.has(0, len(s.tokens), c) }

// says tells whether the words stand there one after the other, as written or by lemma.
func (s *sentence) says(words ...string) int {
	for i := 0; i+len(words) <= len(s.tokens); i++ {
		ok := true
		for k, w := range words {
			ok = ok && s.tokens[i+k].is(w)
		}
		if ok {
			return i
		}
	}
	return -1
}
