package wording

import "strings"

// A clause is a stretch of a sentence around one verb.
type clause struct {
	from, to int
	lead     string // the word that makes it subordinate, or empty
	verb     int    // its main verb, or -1
	modal    string
	negated  bool
	perfect  bool // have + participle
	passive  bool // be + participle
	past     bool
	present  bool
	subject  int // where the subject begins; it ends before the first of the verb's words
	aux      int // the first of the verb's words, or -1
}

func (c clause) subordinate() bool { return c.lead != "" }

// split cuts tokens into clauses at marks, subordinators, and at "and" or "but" before a new verb.
func split(tokens []token, label int) []clause {
	out := make([]clause, 0, 6)
	from, lead := 0, ""
	cut := func(to int, next string, skip int) {
		if to > from {
			out = append(out, read(tokens, from, to, lead))
		}
		from, lead = to+skip, next
	}
	for i, t := range tokens {
		switch {
		case i < from:
		case i == label && label > 0 && !t.mark:
			cut(i, "", 0)
		case t.mark && (t.text == "/" || t.text == "-" && i > 0 && i+1 < len(tokens) && tokens[i-1].tag == tokens[i+1].tag):
		case t.mark && t.text == "(":
			cut(i, "(", 1)
		case t.mark:
			cut(i, "", 1)
		case t.tag == tagSubordinator && i > from && !(t.low == "as" && i > 0 && tokens[i-1].tag == tagAdverb):
			cut(i, t.low, 1)
		case t.tag == tagSubordinator && i == from:
			from, lead = i+1, t.low
		case t.tag == tagIng && i > from && i+1 < len(tokens) && believing(t.low) && (tokens[i+1].tag == tagPronoun || tokens[i+1].tag == tagDeterminer):
			cut(i, t.low, 1) // "deleted it, thinking it was unused"
		case t.tag == tagConjunction && i+1 < len(tokens) && startsClause(tokens, i+1):
			next := lead
			if next == "(" || next == "that" || next == "which" {
				next = ""
			}
			cut(i, next, 1)
		}
	}
	cut(len(tokens), "", 0)
	return out
}

func believing(low string) bool {
	switch low {
	case "thinking", "believing", "assuming", "expecting", "hoping", "knowing":
		return true
	}
	return false
}

func startsClause(tokens []token, i int) bool {
	t := tokens[i]
	return t.tag == tagVerb || t.tag == tagModal || t.tag == tagBe || t.tag == tagDo || t.tag == tagHave || t.tag == tagNot ||
		t.tag == tagPronoun && t.low != "this" && t.low != "that" && t.low != "these" && t.low != "those" ||
		(t.tag == tagDeterminer || t.tag == tagNoun) && verbWithin(tokens, i, 5)
}

func verbWithin(tokens []token, from, n int) bool {
	for i := from; i < min(from+n, len(tokens)); i++ {
		switch tokens[i].tag {
		case tagModal, tagBe, tagHave, tagDo, tagPast:
			return true
		case tagMark, tagSubordinator, tagConjunction:
			return false
		}
	}
	return false
}

// read finds the verb of tokens[from:to] with what stands around it. A finite auxiliary wins over a bare
// past form before it, which then is a participle: "the change committed in May was never tested".
func read(tokens []token, from, to int, lead string) clause {
	c := clause{from: from, to: to, lead: lead, verb: -1, aux: -1, subject: from}
	for i := from; i < to; i++ {
		switch t := tokens[i]; t.tag {
		case tagModal, tagBe, tagHave, tagDo:
			if t.tag != tagModal && (t.low == "being" || t.low == "having" || modalFollows(tokens, i+1, to)) {
				continue
			}
			return c.auxiliary(tokens, i)
		}
	}
	for i := from; i < to; i++ {
		switch tokens[i].tag {
		case tagVerb, tagPast:
			if i > from && tokens[i-1].tag == tagTo || i == from && tokens[i].tag == tagPast && described(tokens, i, to) {
				continue
			}
			c.verb, c.aux = i, i
			c.past, c.present = tokens[i].tag == tagPast, tokens[i].tag == tagVerb
			return c
		}
	}
	return c
}

// modalFollows tells whether the clause's own verb is still to come: "the change that they are making would
// have helped" without its "that".
func modalFollows(tokens []token, from, to int) bool {
	for i := from; i < to; i++ {
		switch tokens[i].tag {
		case tagModal:
			return i+1 < to && tokens[i+1].tag == tagHave
		case tagConjunction:
			return false
		}
	}
	return false
}

// described tells whether the participle at i stands before its noun, with the verb still to come: "tired
// people deleted it".
func described(tokens []token, i, to int) bool {
	if i+1 >= to || tokens[i+1].tag != tagNoun {
		return false
	}
	for k := i + 2; k < min(i+4, to); k++ {
		if tokens[k].tag == tagPast {
			return true
		}
	}
	return false
}

func (c clause) auxiliary(tokens []token, at int) clause {
	c.aux = at
	seenBe := false
	for i := at; i < c.to; i++ {
		t := tokens[i]
		switch {
		case t.tag == tagModal:
			c.modal = t.low
		case t.tag == tagHave && i+1 < c.to && tokens[i+1].tag == tagTo: // "would have to": a duty, not a past
			c.verb = i
			c.past = c.past || t.low == "had"
			return c
		case t.tag == tagHave:
			c.perfect = c.perfect || c.modal == "" || !owns(tokens, i, c.to)
			c.past = c.past || t.low == "had"
			c.present = c.present || c.modal == "" && t.low != "had"
			c.verb = i
		case t.tag == tagBe:
			seenBe = true
			c.past = c.past || t.low == "was" || t.low == "were"
			c.present = c.present || c.modal == "" && (t.low == "is" || t.low == "are" || t.low == "am")
			c.verb = i
		case t.tag == tagDo:
			c.past = c.past || t.low == "did"
			c.present = c.present || t.low != "did"
			c.verb = i
		case t.tag == tagNot:
			c.negated = true
		case t.tag == tagAdverb, t.tag == tagTo && c.modal == "ought":
		case t.tag == tagPast:
			c.verb, c.passive = i, seenBe
			return c
		case t.tag == tagVerb && !seenBe, t.tag == tagIng && seenBe:
			c.verb = i
			return c
		case c.modal != "" && !seenBe && t.class&actionVerb != 0:
			c.verb = i
			return c
		default:
			// "have no", "is a": the auxiliary is the verb itself.
			if t.tag != tagPronoun {
				return c
			}
		}
	}
	return c
}

// owns tells "would not have enough memory" from "would have had enough": the verb is have itself.
func owns(tokens []token, have, to int) bool {
	if have+1 >= to {
		return false
	}
	t := tokens[have+1]
	return t.tag == tagDeterminer || t.tag == tagAdjective && t.low != "better" || t.number || t.low == "enough" || t.low == "no"
}

// personal tells whether the clause's subject is a person or a group of people.
func (s *sentence) personal(c clause, people map[string]bool) bool {
	if c.aux >= 0 && c.lead == "who" {
		return true
	}
	head := s.subject(c)
	return head >= 0 && s.human(head, people)
}

// subject is the head of the clause's subject: the last noun or pronoun before the verb that no preposition
// leads, or -1.
func (s *sentence) subject(c clause) int {
	end := c.aux
	head := -1
	for i := c.subject; i < end; i++ {
		t := s.tokens[i]
		if t.tag == tagPreposition && head >= 0 {
			if t.low == "of" && share(s.tokens[head]) { // "one of our administrators"
				continue
			}
			break
		}
		if (t.tag == tagNoun || t.tag == tagPronoun || t.tag == tagIng || t.tag == tagNot) && !t.number {
			head = i
		}
	}
	return head
}

// profession tells a role by its ending; "-er" and "-or" name machines as often.
func profession(lemma string) bool {
	for _, ending := range []string{"eer", "ician", "woman", "ographer", "ologist", "ist"} {
		if len(lemma) > len(ending)+4 && strings.HasSuffix(lemma, ending) {
			return true
		}
	}
	return false
}

// share are the words that take a part of what follows.
func share(t token) bool {
	switch t.low {
	case "one", "two", "some", "many", "most", "several", "member", "members", "none", "both", "each", "few":
		return true
	}
	return t.number
}

// human tells whether the word at i is a person, a group, or one of the people of the record.
func (s *sentence) human(i int, people map[string]bool) bool {
	t := s.tokens[i]
	if len(t.text) > 1 && t.text[0] == '@' || people[t.low] {
		return true
	}
	if t.low == "leads" && (t.tag == tagVerb || i+1 < len(s.tokens) && s.tokens[i+1].tag == tagTo) {
		return false
	}
	if t.class&(person|group) == 0 {
		return t.tag == tagNoun && !t.named && t.class == 0 && profession(t.lemma)
	}
	// An operator or a controller is a machine where a product or a part stands before it.
	if (t.lemma == "operator" || t.lemma == "agent" || t.lemma == "owner" || t.lemma == "lead") && i > 0 {
		b := s.tokens[i-1]
		return !b.named && b.class&(part|mechanism) == 0
	}
	return true
}
