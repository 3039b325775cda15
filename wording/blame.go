package wording

import "strings"

// blames tells fault words, slips of people, and things that people failed to do. What a machine failed
// to do is a fact; what somebody believed is no fault.
func (s *sentence) blames(people map[string]bool) bool {
	if i := s.find(0, len(s.tokens), fault); i >= 0 && !s.about(i) {
		return true
	}
	for _, c := range s.clauses {
		if s.slipped(c, people) || s.omitted(c, people) {
			return true
		}
	}
	return s.nobodyActed() || s.somebodysError(people) || s.knewBetter(people)
}

// knewBetter: "we did not stop it even though we were aware".
func (s *sentence) knewBetter(people map[string]bool) bool {
	left := false
	for _, c := range s.clauses {
		switch {
		case c.verb < 0 || !s.personal(c, people):
		case c.negated && c.past:
			left = true
		case left && (c.lead == "though" || c.lead == "although") && !c.negated && s.has(c.aux, c.to, belief):
			return true
		}
	}
	return false
}

// disappoints are the adjectives by which a deed of somebody is a verdict: "poor planning by the project team".
func disappoints(low string) bool {
	switch low {
	case "poor", "bad", "inadequate", "insufficient", "sloppy", "wrong", "incorrect", "faulty", "hasty", "improper", "slow", "unprofessional", "premature", "incomplete":
		return true
	}
	return false
}

// conduct are nouns for what people do.
func conduct(lemma string) bool {
	switch lemma {
	case "planning", "decision", "communication", "handling", "preparation", "judgement", "judgment", "execution", "coordination", "management", "work", "choice", "testing", "advice", "handover", "supervision", "review", "response", "plan", "call", "assumption", "assessment", "configuration", "instruction", "procedure", "maintenance", "implementation":
		return true
	}
	return false
}

// somebodysError: "the engineer's typo", "a misconfiguration by the network team".
func (s *sentence) somebodysError(people map[string]bool) bool {
	for i, t := range s.tokens {
		switch t.lemma {
		case "error", "typo", "misconfiguration", "omission", "misuse", "mishandling", "misjudgement", "slip", "mistyping", "miscalculation", "misunderstanding", "miscommunication":
		default:
			if i == 0 || !conduct(t.lemma) || !disappoints(s.tokens[i-1].low) {
				continue
			}
		}
		for k := i - 1; k >= max(0, i-3); k-- {
			if s.tokens[k].possessive && s.human(k, people) {
				return true
			}
		}
		for k := i + 1; k < min(i+9, len(s.tokens)); k++ {
			if u := s.tokens[k]; u.mark || k == i+1 && u.low != "by" && u.low != "of" && u.low != "from" {
				break
			}
			if s.human(k, people) {
				return true
			}
		}
	}
	return false
}

// about tells a fault word that accuses nobody: the subject of a rule or a denial ("no human error", "lack
// of oversight"), a part of the system that was to blame, a text that people read ("user error messages").
func (s *sentence) about(i int) bool {
	t := s.tokens[i]
	if i > 0 && (s.tokens[i-1].tag == tagNot || s.tokens[i-1].low == "potential") || s.absent(i) {
		return true
	}
	switch t.low {
	case "culprit":
		return !s.anyHuman(i)
	case "at", "to": // "the cache was at fault" is about a cache
		for _, c := range s.clauses {
			if i >= c.from && i < c.to && c.aux >= 0 && c.aux <= i {
				return !s.personal(c, nil)
			}
		}
	case "oversight":
		return i+1 < len(s.tokens) && (s.tokens[i+1].low == "of" || s.tokens[i+1].low == "over" || s.tokens[i+1].class&(group|rule) != 0)
	}
	return s.shownAsError(i)
}

// absent finds what a fault word is denied or feared by: "lack of oversight", "risk of human error".
func (s *sentence) absent(i int) bool {
	if i < 2 || s.tokens[i-1].low != "of" {
		return false
	}
	switch s.tokens[i-2].lemma {
	case "risk", "chance", "lack", "absence", "possibility", "probability", "likelihood":
		return true
	}
	return false
}

// shownAsError tells a phrase like "user error" that only names a kind of message or number.
func (s *sentence) shownAsError(i int) bool {
	for k := i; k < min(i+2, len(s.tokens)-1); k++ {
		if s.tokens[k].lemma == "error" && s.tokens[k+1].tag == tagNoun && !s.tokens[k+1].mark {
			return s.tokens[k+1].class&(part|signal|mechanism) != 0
		}
	}
	return false
}

// anyHuman tells whether the clause around i speaks of a person.
func (s *sentence) anyHuman(i int) bool {
	for _, c := range s.clauses {
		if i < c.from || i >= c.to {
			continue
		}
		for k := c.from; k < c.to; k++ {
			if s.human(k, nil) && s.third(clause{from: k, aux: k + 1}) {
				return true
			}
		}
	}
	return false
}

// slipped: an adverb of accident on what a person does, or in a passive with nobody named: "was deleted by
// accident". What a machine does "incorrectly" is a fact.
func (s *sentence) slipped(c clause, people map[string]bool) bool {
	if s.has(c.from, c.to, wrongly) && s.handled(c, people) {
		return true
	}
	i := s.find(c.from, c.to, slip)
	if i < 0 {
		return false
	}
	if s.personal(c, people) || s.agent(c, people) || s.precedes(c, people) {
		return s.tokens[i].low != "unintended"
	}
	if s.tokens[i].low == "without" && c.verb >= 0 || c.verb < 0 && i > c.from && s.mechanical(i-1) {
		return false
	}
	if c.verb >= 0 && s.tokens[c.verb].tag == tagBe && i+1 < c.to && s.tokens[i+1].class&actionVerb == 0 && strings.HasSuffix(s.tokens[i].low, "ly") { // "accidentally quadratic" says how a thing is
		return false
	}
	if s.tokens[i].low == "accidental" && (i+1 >= c.to || s.tokens[i+1].class&(occurrence|happening) == 0 && !strings.HasSuffix(s.tokens[i+1].low, "ion")) {
		return false
	}
	return s.onlyPeople(i) && (c.passive || c.verb < 0 || c.past && !s.machine(c))
}

// precedes: an adverb and a comma before what a person did: "Erroneously, the admin had marked it".
func (s *sentence) precedes(c clause, people map[string]bool) bool {
	for _, next := range s.clauses {
		if next.from == c.to+1 {
			return c.verb < 0 && c.to == c.from+1 && s.personal(next, people)
		}
	}
	return false
}

// handled tells whether a person does something with a wrong object: "ran it against the wrong cluster",
// "the wrong address was entered". Traffic that goes the wrong way is handled by machines.
func (s *sentence) handled(c clause, people map[string]bool) bool {
	if c.verb < 0 || c.modal != "" {
		return false
	}
	v := s.tokens[c.verb]
	if c.verb == c.from && c.past && v.class&(happening|changes) != 0 {
		return true
	}
	if s.personal(c, people) && s.third(c) && c.past && !c.passive && !befalls(v.lemma) && v.class&belief == 0 && v.tag == tagPast {
		return true
	}
	if s.personal(c, people) && c.past && !c.passive && v.class&(happening|changes|omission) != 0 || s.agent(c, people) {
		return true
	}
	switch v.lemma {
	case "do", "perform", "carry", "enter", "type", "select", "pick", "press", "click", "paste", "copy", "run", "execute", "choose", "dial", "unplug", "pull", "order", "book",
		"upload", "install", "deploy", "attach", "plug", "connect", "replace", "remove", "delete", "restore", "edit", "mount", "apply", "revoke":
		return c.passive
	}
	return false
}

// agent finds "by an engineer", "by the team" after a passive.
func (s *sentence) agent(c clause, people map[string]bool) bool {
	for i := c.from; i < c.to-1; i++ {
		if s.tokens[i].low != "by" {
			continue
		}
		for k := i + 1; k < min(i+5, c.to); k++ {
			if t := s.tokens[k]; t.tag == tagPreposition || t.mark {
				break
			}
			if s.human(k, people) {
				return true
			}
		}
	}
	return false
}

// onlyPeople are the slips that only a person can have; "incorrectly" is said of machines too.
func (s *sentence) onlyPeople(i int) bool {
	switch s.tokens[i].low {
	case "incorrectly", "improperly", "prematurely", "unintended", "unknowingly", "blindly", "mistaken", "inadvertently", "unintentionally", "erroneously":
		return false
	}
	return true
}

// machine tells whether the clause's subject is a part of the system.
func (s *sentence) machine(c clause) bool {
	for i := c.aux - 1; i >= c.from; i-- {
		if s.tokens[i].tag == tagNoun {
			return s.tokens[i].named || s.tokens[i].class&(part|mechanism) != 0 && s.tokens[i].class&(person|group) == 0
		}
	}
	return false
}

// names: a condition that is a person's act, or what a named role did not do: "an engineer deleted the table", "removed by a developer".
// On a timeline the same words are a plain fact.
func (s *sentence) names(people map[string]bool) bool {
	for _, c := range s.clauses {
		if s.accused(c, people) {
			return true
		}
		if c.verb < 0 || c.modal != "" || c.subordinate() || c.negated || !ruins(s.tokens[c.verb].lemma) {
			continue
		}
		if c.passive && s.agent(c, people) || !c.passive && c.past && s.personal(c, people) && s.third(c) {
			return true
		}
	}
	return false
}

// ruins are the acts that read as an accusation where a person is their subject.
func ruins(lemma string) bool {
	switch lemma {
	case "delete", "remove", "drop", "wipe", "overwrite", "truncate", "kill", "terminate", "destroy", "unplug", "revoke", "disable", "break", "erase", "shut", "stop", "bypass",
		"click", "trip", "enter", "type", "press", "copy", "push", "run", "execute", "apply", "merge", "cut", "skip", "ignore", "sleep", "paste", "leak", "expose", "reveal", "format", "reformat", "oversleep", "postpone", "misplace", "pull":
		return true
	}
	return false
}

// nobodyActed: "nothing was done", "nobody bothered".
func (s *sentence) nobodyActed() bool {
	return s.says("nothing", "was", "done") >= 0 || s.says("nobody", "bother") >= 0 || s.says("no", "one", "bother") >= 0
}
