package wording

// omitted: a person forgot, missed, failed to, did not bother.
func (s *sentence) omitted(c clause, people map[string]bool) bool {
	if c.verb < 0 || c.modal != "" && c.modal != "should" {
		return s.gerundOmission(c, people)
	}
	v := s.tokens[c.verb]
	if c.modal == "should" && c.perfect && s.they(c) && (v.class&belief != 0 || onlyPeopleDo(v.lemma)) {
		return true
	}
	if !s.personal(c, people) {
		return s.gerundOmission(c, people) || c.passive && !c.subordinate() && passedOver(v.lemma) && !s.byMachine(c)
	}
	switch {
	case v.lemma == "fail" && c.verb+1 < len(s.tokens) && s.tokens[c.verb+1].low == "to":
		return true
	case c.modal == "should" && c.perfect:
		return true
	case v.lemma == "dismiss" && s.third(c) && !s.explained(c) && !s.has(c.verb, c.to, uncertain):
		return true
	case v.lemma == "assume" || v.lemma == "dismiss" || v.lemma == "delay" || v.lemma == "skip" && s.tokens[c.aux].low == "we":
		return s.has(c.from, c.to, slip)
	case v.class&omission != 0 && v.class&fault == 0:
		return !c.negated || v.lemma == "forget"
	case c.negated && c.past && (v.lemma == "follow" || v.lemma == "bother"):
		return true
	}
	return s.gerundOmission(c, people)
}

// passedOver are the omissions that a passive lays at somebody's door although nobody is named.
func passedOver(lemma string) bool {
	switch lemma {
	case "forget", "overlook", "neglect", "miss", "ignore", "disregard", "misjudge", "mistype", "misread", "misinterpret", "miscalculate", "misdiagnose",
		"mishandle", "mismanage", "botch", "bungle", "fumble":
		return true
	}
	return false
}

// accused: somebody other than "we" did a thing, and the sentence goes on to what it caused.
func (s *sentence) accused(c clause, people map[string]bool) bool {
	if c.verb < 0 || c.modal != "" || c.passive || !s.personal(c, people) || !s.third(c) {
		return false
	}
	v := s.tokens[c.verb]
	if c.negated {
		// What a named role did not do is held against it; what it did not know or get, and does not do as a rule, is not.
		known := v.class&belief != 0 && v.lemma != "notice" || v.tag == tagBe || v.tag == tagHave || v.tag == tagDo
		return (c.past || c.perfect) && !known && !befalls(v.lemma)
	}
	if v.class&happening == 0 {
		return false
	}
	for i := c.verb + 1; i < len(s.tokens); i++ {
		switch s.tokens[i].low {
		case "causing", "caused", "breaking", "broke", "resulting", "leading", "crashing", "deleting", "instead":
			return true
		}
	}
	return false
}

// third tells whether the subject is somebody other than us, everyone or no one.
func (s *sentence) third(c clause) bool {
	for i := c.from; i < c.aux; i++ {
		switch s.tokens[i].low {
		case "we", "i", "they", "it", "this", "that", "nobody", "anyone", "anybody", "everyone", "everybody", "who", "no", "nor", "you", "people":
			return false
		}
	}
	return true
}

// gerundOmission finds "having failed to rotate" and "forgetting to" after a person.
func (s *sentence) gerundOmission(c clause, people map[string]bool) bool {
	for i := c.from; i < c.to; i++ {
		t := s.tokens[i]
		if t.low == "forgetting" || t.low == "forgot" || t.low == "forgotten" || t.low == "neglecting" {
			return !s.byMachine(c)
		}
		if t.lemma == "fail" && i+1 < len(s.tokens) && s.tokens[i+1].low == "to" {
			for k := i - 1; k >= max(c.from, i-4); k-- {
				if s.tokens[k].tag == tagNoun || s.tokens[k].tag == tagPronoun {
					return s.human(k, people)
				}
			}
		}
		if t.low == "failure" && i > c.from && s.tokens[i-1].possessive && s.human(i-1, people) {
			return true
		}
		if (t.lemma == "failure") && i+2 < len(s.tokens) && s.tokens[i+1].low == "of" && s.has(i+2, i+5, person|group) {
			return true
		}
	}
	return false
}

// befalls are verbs of what reaches a person or not: no one is at fault for not having received a page.
func befalls(lemma string) bool {
	switch lemma {
	case "receive", "get", "hear", "see", "expect", "anticipate", "foresee", "suspect", "need", "want", "intend", "find", "exist", "manage", "succeed", "belong", "work", "recognise", "recognize", "look", "investigate", "search", "wait", "focus":
		return true
	}
	return false
}

// mechanical tells whether the word at i is a thing that machines hand to one another, and not one that is
// put before people to be read.
func (s *sentence) mechanical(i int) bool {
	t := s.tokens[i]
	switch t.lemma {
	case "alert", "alarm", "warning", "page", "email", "notification", "message", "ticket", "report", "log", "dashboard", "graph", "metric", "test", "backup":
		return false
	}
	return t.class&(part|mechanism|signal) != 0 && t.class&(person|group) == 0
}

// byMachine tells whether the clause's subject or its doer ("by the parser") is a part of the system.
func (s *sentence) byMachine(c clause) bool {
	if k := s.subject(c); k >= 0 && (s.mechanical(k) || k > c.from && s.tokens[k-1].tag == tagNoun && s.mechanical(k-1)) {
		return true
	}
	for i := c.from; i+1 < c.to; i++ {
		if s.tokens[i].low == "by" && s.has(i+1, min(i+4, c.to), part|mechanism) && !s.has(i+1, min(i+4, c.to), person|group) {
			return true
		}
	}
	return false
}
