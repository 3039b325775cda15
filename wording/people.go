package wording

import "strings"

// restsOnMemory: the effect needs people to remember, watch or repeat something.
func (s *sentence) restsOnMemory(d deed) bool {
	machine := s.has(d.from, len(s.tokens), enforced) || s.lead(d)&enforced != 0 || s.letsMachine(d)
	if d.habit && !machine && !s.inCode(d) && d.verb >= 0 && s.lead(d)&documents == 0 {
		return true
	}
	if !machine && d.wish && s.askedOf(d.from) {
		return true // "ensure the on-call checks …"
	}
	if !machine && (s.dutyOf() || s.prohibits(d)) {
		return true
	}
	if !machine && s.checksByHand(d) {
		return true
	}
	at := s.find(s.label, d.to, remembers)
	if at < 0 || machine && s.lead(d)&changes != 0 {
		return false
	}
	// What a document or a script tells how to do by hand is not itself done by hand.
	return s.lead(d)&documents == 0
}

// inCode tells whether the line names a function or a setting: "always close the cursor in `fetch_all`" is code.
func (s *sentence) inCode(d deed) bool {
	for _, t := range s.tokens[d.from:] {
		if t.named && strings.ContainsAny(t.text, "_(") {
			return true
		}
	}
	return false
}

// askedOf tells whether a wish is put to a person: the first noun after it.
func (s *sentence) askedOf(from int) bool {
	for i := from; i < min(from+4, len(s.tokens)); i++ {
		switch t := s.tokens[i]; t.tag {
		case tagDeterminer, tagAdjective:
		case tagNoun:
			return t.class&(person|group) != 0 && s.human(i, nil)
		default:
			return false
		}
	}
	return false
}

// dutyOf: "maintainers should protect their accounts": a duty of people, and nothing that holds them to it.
func (s *sentence) dutyOf() bool {
	for _, c := range s.clauses {
		if c.subordinate() || c.verb < 0 {
			continue
		}
		if c.modal != "should" && c.modal != "must" || c.passive || !s.personal(c, nil) {
			return false
		}
		switch s.tokens[max(c.aux-1, 0)].low {
		case "we", "i", "team", "us", "engineering", "who":
			return false
		}
		return s.tokens[c.verb].class&(governs|documents|investigates) == 0 && s.tokens[c.verb].tag != tagBe
	}
	return false
}

// prohibits: "do not deploy on Fridays": what people shall not do, with nothing that stops them.
func (s *sentence) prohibits(d deed) bool {
	if d.verb < 1 || d.verb > 4 || s.tokens[d.verb-1].low != "not" && s.tokens[d.verb-1].low != "never" {
		return false
	}
	switch s.tokens[d.verb].lemma {
	case "deploy", "release", "merge", "push", "run", "edit", "touch", "trust", "click", "restart", "upgrade", "delete", "copy", "paste", "share", "work", "reboot", "make", "start", "assume", "rely":
		return true
	}
	return false
}

// checksByHand: looking at something again and again, with nothing that does it by itself.
func (s *sentence) checksByHand(d deed) bool {
	if d.verb < 0 {
		return false
	}
	switch s.tokens[d.verb].lemma {
	case "check", "verify", "watch", "monitor", "inspect", "confirm", "test":
	default:
		return false
	}
	for i := d.verb; i < len(s.tokens)-1; i++ {
		switch t, next := s.tokens[i], s.tokens[i+1]; {
		case t.low == "manually" || t.low == "regularly" || next.low == "manually" || next.low == "regularly":
			return true
		case (t.low == "every" || t.low == "each") && (next.class&(timeUnit|occurrence|happening) != 0):
			return true
		}
	}
	return false
}

// onlyTells: teach, inform, advise, drill.
func (s *sentence) onlyTells(d deed) bool {
	if s.has(d.from, len(s.tokens), enforced) || s.says("when") > d.from && s.has(d.to, len(s.tokens), part|signal|mechanism) {
		return false // whoever is told when something happens is told by a machine
	}
	if d.verb >= 0 && onlyUrges(s.tokens[d.verb].lemma) {
		return true
	}
	if s.lead(d)&trains != 0 {
		// A program that informs its user is a change to the program.
		return s.has(d.from, d.to, person|group|trains|vague) || !s.has(d.from, d.to, mechanism|signal|watch)
	}
	head := s.head(d)
	if head > 0 && s.tokens[head].class&trains != 0 && s.tokens[head].class&(part|mechanism|watch) == 0 {
		return true // "run a tabletop exercise", "create awareness"
	}
	if d.verb >= 0 && s.lead(d)&changes != 0 && s.lead(d)&(governs|generic) == 0 {
		return false
	}
	return head >= 0 && s.tokens[head].class&trains != 0 || d.verb < 0 && s.has(d.from, d.to, trains)
}

// onlyUrges are verbs that only people do, and only to people.
func onlyUrges(lemma string) bool {
	switch lemma {
	case "encourage", "promote", "foster", "coach", "educate", "teach", "emphasise", "emphasize", "reiterate", "upskill", "socialise", "urge", "motivate":
		return true
	}
	return false
}

// onlyGoverns: a rule, meeting, review or paper that nothing enforces.
func (s *sentence) onlyGoverns(d deed) bool {
	if s.lead(d)&changes != 0 && s.lead(d)&governs == 0 && s.has(d.from, d.to, enforced) {
		return false
	}
	if d.verb >= 0 && s.tokens[d.verb].lemma == "track" && s.has(d.from, d.to, signal) && (s.second(d, watch|seesSooner) || s.monitored()) {
		return false // "track the lag and page at 30 s"
	}
	head := s.head(d)
	if d.verb >= 0 && s.lead(d)&documents != 0 && head >= 0 && s.tokens[head].class&talks != 0 && s.tokens[head].class&(part|mechanism) == 0 {
		return true // "document the learnings"
	}
	if s.lead(d)&documents != 0 && s.specific(d.from, d.to) >= 0.8 {
		return false // the procedure of a named thing is written down
	}
	ruled := head >= 0 && s.tokens[head].class&rule != 0 && s.tokens[head].class&manual == 0
	if !ruled && head > 0 && s.tokens[head-1].class&rule != 0 && s.tokens[head].class&(mechanism|watch|manual) == 0 && !s.has(d.from, d.to, manual) {
		ruled = true
	}
	if ruled && s.tokens[head].lemma == "rule" && s.lead(d)&changes != 0 && !brings(s.tokens[d.verb].lemma) {
		ruled = false // "the parser rejects rules with more than 20 fields"
	}
	if ruled && (s.has(d.from, len(s.tokens), enforced) || s.deedWithin(d)) {
		ruled = false
	}
	if ruled {
		return true
	}
	if s.says("sign", "off") >= 0 && d.verb >= 0 && !s.has(d.from, len(s.tokens), enforced) {
		return true
	}
	if d.verb >= 0 && s.lead(d)&governs != 0 && s.lead(d)&changes == 0 {
		return !s.has(d.from, d.to, manual) && !s.has(d.from, len(s.tokens), enforced) || s.has(d.from, d.to, rule)
	}
	return false
}

// brings are the verbs by which a rule comes into being.
func brings(lemma string) bool {
	switch lemma {
	case "introduce", "add", "create", "make", "write", "set", "put", "establish", "implement", "build", "publish", "change", "update", "apply", "use", "give":
		return true
	}
	return false
}

// deedWithin finds a relative clause that says what a machine will do: "a process that removes the addresses".
func (s *sentence) deedWithin(d deed) bool {
	for i := d.from; i < len(s.tokens)-1; i++ {
		if t := s.tokens[i]; (t.low == "that" || t.low == "which") && s.tokens[i+1].class&changes != 0 && s.has(i+2, min(i+7, len(s.tokens)), part|mechanism) {
			return true
		}
	}
	return false
}
