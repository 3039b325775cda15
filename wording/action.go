package wording

import "strings"

// A deed is what an action's line tells somebody to do: its head verb and what the verb acts on.
type deed struct {
	verb     int  // index of the head verb, or -1 where the line is a noun phrase
	from, to int  // the object: up to the purpose or the next clause
	wish     bool // "make sure", "ensure": the line names a state
	habit    bool // "always", "regularly"
}

// Action judges what a line says will be different.
func Action(text string, a Around) ActionVerdict {
	s := parse(text)
	v := ActionVerdict{Aim: AimPrevent}
	if len(s.tokens) == 0 {
		return v
	}
	v.Reasons = s.weaknesses()
	v.Aim = s.aim(v.Reasons)
	v.Weak = len(v.Reasons) > 0
	v.Acronyms = s.acronyms(text, a)
	v.Remark = spell(v.Acronyms)
	if v.Weak {
		v.Remark = s.betterAction(v.Reasons)
	}
	return v
}

// weaknesses are the reasons why a stranger could not tell what will be different, the weightiest first.
func (s *sentence) weaknesses() []Reason {
	d := s.deed()
	switch {
	case s.onlyAsks(d):
		return []Reason{Investigate}
	case s.restsOnMemory(d):
		return []Reason{Memory}
	case s.onlyTells(d):
		return []Reason{Training}
	case s.onlyGoverns(d):
		return []Reason{Nag}
	}
	if s.documents(d) {
		return nil
	}
	var out []Reason
	if s.onlyCompares(d) {
		out = append(out, NoMeasure)
	}
	if s.vague(d) {
		out = append(out, Vague)
	}
	return out
}

// openers stand before the head verb and change nothing of it.
func opener(t token) bool {
	switch t.low {
	case "we", "us", "do", "not", "please", "should", "must", "will", "would", "need", "needs", "to", "have", "also", "therefore", "plan", "going", "are", "is", "want",
		"i", "they", "then", "now", "next", "further", "the", "team", "teams", "can", "could", "be", "so", "and", "more", "continue", "start", "keep", "begin", "try", "had", "has", "been", "did", "action", "todo", "better", "like", "it":
		return true
	}
	return t.tag == tagAdverb || t.number && t.class == 0
}

// deed finds the head verb. Subordinate clauses that come first ("Until X, …", "As part of Y, …") are
// stepped over; "make sure that" and "ensure" are looked through.
func (s *sentence) deed() deed {
	start := s.label
	if start > 0 && !s.has(start, len(s.tokens), actionVerb) {
		start = 0
	}
	for start < len(s.tokens) && s.tokens[start].mark {
		start++
	}
	if start < len(s.tokens) && s.fronted(start) {
		for i := start; i < len(s.tokens); i++ {
			if s.tokens[i].mark && s.tokens[i].text == "," {
				start = i + 1
				break
			}
		}
	}
	start = s.beyondTicket(start)
	d := deed{verb: -1, from: start}
	for i := start; i < len(s.tokens); i++ {
		t := s.tokens[i]
		switch {
		case t.low == "ensure" || t.low == "ensuring" || (t.lemma == "make" || t.lemma == "be") && i+1 < len(s.tokens) && (s.tokens[i+1].low == "sure" || s.tokens[i+1].low == "certain"):
			d.wish = true
			if t.lemma != "ensure" {
				i++
			}
			if i+1 < len(s.tokens) && s.tokens[i+1].low == "that" {
				i++
			}
			d.from = i + 1
			return s.object(d)
		case t.low == "always" || t.low == "regularly" || t.low == "periodically" || t.low == "manually" || t.low == "never":
			d.habit = true
		case i > start && opener(t), i == start && opener(t) && (t.class&(compares|comparative) == 0), t.low == "let" && i+1 < len(s.tokens) && s.tokens[i+1].low == "us":
		case s.acts(i, i == start):
			d.verb, d.from = i, i+1
			return s.object(d)
		default:
			return s.passiveDeed(d)
		}
	}
	return s.object(d)
}

// beyondTicket steps over "create a ticket to …": what the ticket is for is what will be done.
func (s *sentence) beyondTicket(at int) int {
	for i := at; i < min(at+5, len(s.tokens)-1); i++ {
		if t := s.tokens[i]; t.lemma != "ticket" && t.lemma != "issue" && t.lemma != "story" {
			continue
		}
		if next := s.tokens[i+1].low; i > at && (next == "to" || next == "for") {
			switch s.tokens[at].lemma {
			case "create", "open", "file", "raise", "write", "add":
				return i + 2
			}
		}
	}
	return at
}

// acts tells whether the word at i can be the head verb of a line: a base form, an -ing or an -ed form of a
// verb the lexicons know. A noun of the same form followed by a verb is none ("test results are stored").
func (s *sentence) acts(i int, opens bool) bool {
	t := s.tokens[i]
	if opens && t.class&^(aimed|harms) == 0 && !t.named && i+1 < len(s.tokens) && s.tokens[i+1].tag == tagDeterminer {
		return true // a verb that no list has, before its object: "Quiesce the replica"
	}
	if t.class&(actionVerb&^happening) == 0 && (t.class&happening == 0 || t.tag == tagNoun && !opens) {
		return false
	}
	if t.low == "setup" || t.low == "cleanup" || t.low == "backup" {
		return true
	}
	switch t.tag {
	case tagVerb, tagIng, tagPast:
		// "Monitoring dashboards …" names a thing, "Adding dashboards …" a change.
		return t.class&watch == 0 || t.tag != tagIng
	}
	return false
}

func (s *sentence) fronted(at int) bool {
	t := s.tokens[at]
	if t.tag == tagSubordinator {
		return true
	}
	return t.tag == tagPreposition && s.commaWithin(at, 14)
}

func (s *sentence) commaWithin(at, n int) bool {
	for i := at; i < min(at+n, len(s.tokens)); i++ {
		if s.tokens[i].mark {
			return s.tokens[i].text == ","
		}
	}
	return false
}

// passiveDeed finds "thresholds should be lowered", "timeouts moved to X", "X will do Y": the object comes first.
func (s *sentence) passiveDeed(d deed) deed {
	for _, c := range s.clauses {
		if c.to <= d.from || c.subordinate() {
			continue
		}
		if c.verb >= 0 && (c.passive || c.past || c.modal != "") && c.from <= d.from+1 {
			d.verb, d.from = c.verb, c.from
			if s.tokens[d.verb].lemma == "need" || s.tokens[d.verb].tag == tagHave {
				for i := d.verb + 1; i < min(d.verb+4, c.to); i++ {
					if s.tokens[i].tag == tagVerb && s.tokens[i-1].tag == tagTo {
						d.verb, d.from = i, i+1
						break
					}
				}
			}
			return s.object(d)
		}
		break
	}
	return s.object(d)
}

// object sets where the object ends: at a purpose ("to catch …", "so that …") or the next clause.
func (s *sentence) object(d deed) deed {
	d.to = len(s.tokens)
	for i := d.from; i < len(s.tokens); i++ {
		t := s.tokens[i]
		purpose := t.tag == tagTo && i+1 < len(s.tokens) && s.tokens[i+1].tag == tagVerb && i > d.from
		stop := t.mark && strings.ContainsAny(t.text, ".;!?:")
		if i > d.from && i > d.verb && (purpose || stop || t.tag == tagSubordinator && t.low != "that" && t.low != "which" && t.low != "how") {
			d.to = i
			break
		}
	}
	return d
}

// lead is the class of the head verb.
func (s *sentence) lead(d deed) class {
	if d.verb < 0 {
		return 0
	}
	return s.tokens[d.verb].class
}

// second finds a verb joined to the head by "and": "check and fix", "document and think about".
func (s *sentence) second(d deed, c class) bool {
	if d.verb < 0 {
		return false
	}
	for i := d.verb + 1; i < len(s.tokens)-1; i++ {
		t := s.tokens[i]
		if t.tag == tagConjunction && t.low != "but" && (s.tokens[i+1].tag == tagVerb || s.tokens[i+1].tag == tagIng) && s.tokens[i+1].class&c != 0 {
			return true
		}
		if t.mark && t.text == "." {
			break
		}
	}
	return false
}

// commits finds "investigate and fix the leak in X": the question ends in a change to a named thing.
func (s *sentence) commits(d deed) bool {
	for i := d.verb + 1; i < len(s.tokens)-1; i++ {
		if s.tokens[i].tag != tagConjunction || s.tokens[i].low == "or" {
			continue
		}
		switch s.tokens[i+1].lemma {
		case "fix", "repair", "correct", "patch", "add", "remove", "replace", "implement", "resolve", "disable", "upgrade", "set", "automate":
			return s.specific(d.verb+1, len(s.tokens)) >= 0.8
		}
	}
	return false
}

// onlyAsks: the line ends in knowing more.
func (s *sentence) onlyAsks(d deed) bool {
	if s.question {
		return true
	}
	if at := s.find(d.from, d.to, investigates); d.verb < 0 && at >= 0 && !(at > 0 && s.tokens[at].lemma == "ask" && (s.tokens[at-1].named || s.tokens[at-1].class&part != 0)) && !s.has(d.from, d.to, mechanism|changes) {
		return true
	}
	if p := s.find(s.label, min(d.from+6, len(s.tokens)), investigates); p >= 0 && (s.tokens[p].low == "option" || s.tokens[p].low == "something" || s.says("be", "an", "option") >= 0) {
		return true
	}
	asks := s.lead(d)&investigates != 0
	if d.verb >= 0 && s.tokens[d.verb].lemma == "clarify" {
		return false
	}
	if !asks && d.verb >= 0 {
		return s.second(d, investigates) && s.lead(d)&(documents|generic) != 0 && s.lead(d)&changes == 0
	}
	return asks && !s.commits(d)
}

// documents: a text about a named procedure is a change that can be checked.
func (s *sentence) documents(d deed) bool {
	about := d.from
	head := s.head(d)
	if s.has(0, s.label, manual) && s.says("how", "to") >= 0 {
		return s.specific(0, len(s.tokens)) >= 0.4 // "Runbook: how to drain a zone"
	}
	switch {
	case s.lead(d)&documents != 0 && s.lead(d)&investigates == 0:
	case head >= 0 && s.tokens[head].class&manual != 0 || s.has(d.from, d.to, manual):
		if s.lead(d)&(compares|generic) != 0 && s.lead(d)&changes == 0 {
			return false
		}
	default:
		return false
	}
	if s.has(d.from, len(s.tokens), remembers) && s.says("how", "to") < 0 {
		return false
	}
	if s.says("how") >= 0 {
		return s.specific(about, len(s.tokens)) >= 0.4
	}
	procedure := s.says("step") >= 0 || s.has(about, len(s.tokens), manual) || s.says("procedure") >= 0
	return procedure && s.specific(about, len(s.tokens)) >= 0.8
}

// head is the noun that the object is about: the last noun before a preposition, a clause or the end.
func (s *sentence) head(d deed) int {
	head := -1
	for i := d.from; i < d.to; i++ {
		t := s.tokens[i]
		if head >= 0 && (t.tag == tagPreposition || t.mark || t.tag == tagTo || t.tag == tagConjunction || t.tag == tagSubordinator || t.tag == tagBe || t.tag == tagModal || t.tag == tagPast || i == d.verb) {
			break
		}
		if t.tag == tagNoun || t.tag == tagIng {
			head = i
		}
	}
	return head
}
