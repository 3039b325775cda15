package wording

// Factor judges the statement of a condition.
func Factor(text string, a Around) FactorVerdict {
	s := parse(text)
	people := a.names()
	v := FactorVerdict{Blame: s.blames(people) || s.names(people)}
	v.Layer = s.layer(people, v.Blame)
	v.Shallow = s.shallow(v.Blame)
	v.Acronyms = s.acronyms(text, a)
	v.Remark = spell(v.Acronyms)
	switch {
	case v.Blame:
		v.Remark = Remark{Reason: Blame, What: "This reads as somebody's fault.", Question: "What made that the sensible thing to do then, or easy to miss?"}
	case v.Shallow:
		v.Remark = s.deeper()
	}
	return v
}

// shallow: the explanation ends at something that happened. Each clause adds to the weight of an event or
// takes from it; signs of a standing state take the most. The weights say: one past happening alone is an
// event, one named lack, defect or limit beside it makes a condition of it, and a softer sign does so where
// the happening is subordinate or the line is long.
func (s *sentence) shallow(blamed bool) bool {
	w := 0.0
	for _, c := range s.clauses {
		w += s.happens(c)
	}
	if s.verbless() {
		w += s.namedEvent()
	}
	strong, mild := s.conditions()
	w -= 0.9*float64(min(strong, 3)) + 0.35*float64(min(mild, 3))
	if blamed {
		// A fault ends the explanation at a person's act, whatever else was true.
		w += 1.4
		if s.misbelieved() {
			w -= 0.9
		}
	}
	// A long explanation seldom stops at an event.
	w -= 0.02 * float64(max(0, len(s.tokens)-14))
	return w > 0.25
}

// misbelieved: what somebody took for granted is a state of knowledge, although the words are a verdict.
func (s *sentence) misbelieved() bool {
	for _, c := range s.clauses {
		if c.verb < 0 {
			continue
		}
		switch s.tokens[c.verb].lemma {
		case "assume", "believe", "misunderstand", "presume":
			return true
		}
	}
	return false
}

// happens weighs one clause: a past happening says event, a present state says condition.
func (s *sentence) happens(c clause) float64 {
	if c.verb < 0 {
		return 0
	}
	v := s.tokens[c.verb]
	weight := 1.0
	if c.subordinate() {
		weight = 0.4
		if c.present && (c.lead == "when" || c.lead == "whenever" || c.lead == "if") { // says under which circumstances
			weight = 0.9
		}
	}
	switch {
	case s.blamesEvent(c):
		return 0.8 * weight
	case c.modal != "":
		return -0.6 * weight
	case c.negated && c.perfect && (s.says("never") >= 0 || s.says("ever") >= 0), c.passive && v.lemma == "set" && c.verb+1 < len(s.tokens) && s.tokens[c.verb+1].low == "to":
		return -0.5 * weight // "had never been rehearsed", "was set to zero"
	case c.negated && c.passive && (c.perfect || c.past && informs(v.lemma) && s.personal(c, nil)):
		return -0.5 * weight // "was not told", "had not been updated": how things stood
	case c.negated && c.passive && c.past && v.class&practice == 0 && v.class&happening == 0 && !s.has(c.from, c.aux, person|group):
		return -0.5 * weight // "were not filtered": a check that is not there
	case c.negated && (c.past || c.perfect) && v.tag != tagBe && v.class&(condition|belief) == 0 && (!s.machine(c) && !stative(v.lemma) || v.class&practice != 0):
		// What somebody did not do once is an act too.
		return 0.7 * weight
	case c.negated:
		return -0.8 * weight
	case c.present && !c.perfect:
		return -0.8 * weight
	case v.tag == tagBe && c.past && c.verb+1 < len(s.tokens) && outOfService(s.tokens[c.verb+1].low):
		return 0.8 * weight
	case v.tag == tagBe && c.past:
		return -0.3 * weight
	case v.tag == tagHave && c.past && s.has(c.verb, c.to, occurrence) && !s.has(c.verb, c.to, condition|soft):
		return 0.8 * weight
	case v.tag == tagHave:
		return -0.8 * weight
	case stative(v.lemma) || v.class&(condition|soft|belief) != 0 && v.class&happening == 0:
		return -0.2 * weight
	case v.class&happening != 0 && (c.past || c.passive || c.perfect):
		return 0.8 * weight
	}
	return 0.4 * weight
}

// stative verbs say how a thing was and not what happened to it.
func stative(lemma string) bool {
	switch lemma {
	case "configure", "base", "size", "schedule", "design", "write", "build", "mean", "store", "host", "use", "keep", "hold", "expect", "intend", "include", "consist", "know", "locate", "own", "account", "cover", "handle", "offer", "make", "disable", "enable", "exclude", "mute", "silence", "accept", "treat", "permit", "allow", "let", "interpret", "trust", "filter", "assume", "rely", "depend", "require", "need", "limit", "tolerate", "contain", "live", "reside", "share", "cache", "hardcode", "lack", "support":
		return true
	}
	return false
}

// blamesEvent finds "the cause was the upgrade": the complement says what kind of explanation it is.
func (s *sentence) blamesEvent(c clause) bool {
	if s.tokens[c.verb].tag != tagBe || !c.past || c.negated {
		return false
	}
	for i := c.from; i < c.aux; i++ {
		switch s.tokens[i].lemma {
		case "cause", "trigger", "reason", "culprit", "origin":
			return s.has(c.verb, c.to, occurrence) && !s.has(c.verb, c.to, condition)
		}
	}
	return false
}

// conditions counts the signs of a standing state; a phrase counts once.
func (s *sentence) conditions() (strong, mild int) {
	last, lastMild := -2, -2
	for i, t := range s.tokens {
		switch {
		case t.class&fault != 0: // "lack of care" lacks nothing but care
		case t.class&condition != 0:
			if i > last+1 {
				strong++
			}
			last = i
		case t.low == "without" || t.low == "no" || t.low == "because" || t.low == "since":
			strong++
		case t.class&soft != 0:
			if i > lastMild+1 {
				mild++
			}
			lastMild = i
		}
	}
	return strong, mild
}

func (s *sentence) verbless() bool {
	for _, c := range s.clauses {
		if c.verb >= 0 {
			return false
		}
	}
	return true
}

// namedEvent weighs a bare noun phrase: "high memory usage", "restart of the node".
func (s *sentence) namedEvent() float64 {
	if s.all(happening | occurrence) {
		return 0.7
	}
	return -0.2
}

// outOfService says of a part that it was not there, which is what happened and not why.
func outOfService(low string) bool {
	switch low {
	case "down", "unavailable", "unreachable", "offline", "unresponsive", "inaccessible":
		return true
	}
	return false
}
