package wording

// Stances.
const (
	Fact    = "fact"
	Opinion = "opinion"
)

// Event judges how a line of the timeline is said.
func Event(text string, a Around) EventVerdict {
	s := parse(text)
	people := a.names()
	v := EventVerdict{Hindsight: s.hindsight(people), Blame: s.blames(people)}
	v.Stance = s.stance(v.Hindsight)
	switch {
	case v.Hindsight:
		v.Remark = s.backThen()
	case v.Blame:
		v.Remark = Remark{Reason: Blame, What: "This reads as somebody's fault.", Question: "What did they see and believe at that moment?"}
	}
	return v
}

// hindsight: past conduct, design or response measured against what was known later or against a standard.
func (s *sentence) hindsight(people map[string]bool) bool {
	if s.all(later) {
		return true
	}
	wished := false
	for _, c := range s.clauses {
		switch {
		case s.normative(c, people), s.counterfactual(c, people), s.judged(c, people):
			return true
		case c.lead == "if" && c.perfect && c.past:
			wished = true
		}
	}
	return wished && s.conditional() && !s.all(attacker) || s.inverted()
}

// normative: "should have", "ought to have" of people and of what people built; "failed to" of people. What
// the software should have done is an expectation, and "should be" is a recommendation.
func (s *sentence) normative(c clause, people map[string]bool) bool {
	personal := s.personal(c, people)
	switch {
	case (c.modal == "should" || c.modal == "ought") && c.perfect:
		if personal || s.asked(c) || s.they(c) || s.says("should", "never", "have") >= 0 {
			return true
		}
		if c.verb >= 0 && !c.passive && onlyPeopleDo(s.tokens[c.verb].lemma) {
			return true // "the provider ought to have told us"
		}
		return !s.expected(c)
	case c.verb < 0:
		return false
	case s.tokens[c.verb].lemma == "fail" && c.verb+1 < len(s.tokens) && s.tokens[c.verb+1].low == "to":
		return personal
	case s.tokens[c.verb].class&omission != 0 && c.past && personal && !c.negated:
		switch s.tokens[c.verb].lemma {
		case "forget", "neglect", "overlook", "misjudge", "miss":
			return true
		case "ignore":
			return !s.explained(c)
		}
	}
	if s.tokens[c.verb].lemma == "need" && c.past && personal && s.saysWithin(c.verb, c.to, "earlier", "sooner", "faster", "quicker", "better") {
		return true // "we needed to escalate earlier"
	}
	at := s.says("to", "have")
	return at > c.from && at < c.to && personal && (s.tokens[at-1].is("need") || s.tokens[at-1].is("suppose"))
}

// explained tells whether the sentence goes on to say why: "we ignored the second alert, as it was a duplicate".
func (s *sentence) explained(c clause) bool {
	for _, next := range s.clauses {
		if next.from >= c.to && (next.lead == "as" || next.lead == "because" || next.lead == "since") {
			return true
		}
	}
	return false
}

// they stands for people where the verb is an act: "they shouldn't have restarted it".
func (s *sentence) they(c clause) bool {
	return c.aux > c.from && s.tokens[c.aux-1].low == "they" && c.verb >= 0 && s.tokens[c.verb].tag == tagPast && !c.passive
}

// expected tells what software was meant to do by itself: a machine as the doer, a bare "this should not have
// happened", or what was believed.
func (s *sentence) expected(c clause) bool {
	for _, t := range s.tokens[c.from:c.to] {
		if t.low == "automatically" || t.low == "itself" || t.low == "themselves" {
			return true
		}
	}
	subject := s.tokens[max(c.aux-1, c.from)]
	bare := subject.tag == tagPronoun
	switch {
	case s.has(0, c.from, uncertain):
		return true
	case c.passive:
		return false
	case c.verb >= 0 && designed(s.tokens[c.verb].lemma): // how it was built, and not what it did one day
		return false
	case c.verb >= 0 && s.tokens[c.verb].tag == tagBe:
		return bare && !s.has(c.verb, c.to, practice|belief|watch|helpful)
	}
	return true
}

// onlyPeopleDo are acts that no machine is the doer of, whatever the subject is called.
func onlyPeopleDo(lemma string) bool {
	switch lemma {
	case "inform", "tell", "communicate", "announce", "escalate", "decide", "plan", "review", "rehearse", "ask", "coordinate", "consult", "agree", "document", "think", "anticipate", "foresee", "prioritise", "prioritize", "investigate", "insist", "hire", "train":
		return true
	}
	return false
}

func designed(lemma string) bool {
	switch lemma {
	case "use", "check", "validate", "verify", "include", "handle", "limit", "require", "enforce":
		return true
	}
	return false
}

// asked tells a question with the subject after its modal: "what could they have done".
func (s *sentence) asked(c clause) bool {
	return c.aux >= 0 && c.aux+1 < len(s.tokens) && s.question && (s.tokens[c.aux+1].tag == tagPronoun || s.tokens[c.aux+1].tag == tagNoun || s.tokens[c.aux+1].tag == tagDeterminer)
}

// counterfactual: "would have helped", "could have been prevented", "if we had". What an attacker or more
// load could have done is a risk, and what would have been difficult is no verdict.
func (s *sentence) counterfactual(c clause, people map[string]bool) bool {
	if c.modal != "would" && c.modal != "could" && c.modal != "might" || c.aux < 0 {
		return false
	}
	if !c.perfect {
		return s.asked(c) && s.has(c.aux, c.to, helpful) && s.says("have") > c.aux
	}
	if s.has(c.from, c.aux, attacker) || s.has(0, len(s.tokens), attacker) && !s.personal(c, people) {
		return false
	}
	if c.modal != "would" && (s.personal(c, people) || s.they(c) && !s.onlyDifficult(c)) || s.asked(c) {
		return true
	}
	if c.negated && c.verb >= 0 && s.tokens[c.verb].class&harms != 0 {
		return true // "the typo would not have slipped through"
	}
	if s.tokens[c.from].class&comparative != 0 && !s.saysWithin(c.from, c.to, "load", "traffic", "users", "requests", "down", "harm", "damage", "failed", "lost") {
		return true // "more memory would have bought us enough time"
	}
	return s.has(c.aux, c.to, helpful) && !s.onlyDifficult(c)
}

// onlyDifficult: "would have had delays", "would have been hard": the course of things, and no helper in it.
func (s *sentence) onlyDifficult(c clause) bool {
	for i := c.aux; i < c.to; i++ {
		switch s.tokens[i].low {
		case "difficult", "hard", "worse", "continued", "delays", "unlikely", "lost", "affected", "exposed", "failed", "attacker", "down", "caused", "overwhelmed", "crashed", "corrupted", "stolen", "drained":
			return true
		}
	}
	return c.verb >= 0 && s.tokens[c.verb].class&helpful == 0 && !s.has(c.verb+1, min(c.verb+6, c.to), helpful)
}

// judged: a verdict on people's conduct, on a response or a design: too long, too late, inadequate. The speed
// or the size of a part of the system is a fact.
func (s *sentence) judged(c clause, people map[string]bool) bool {
	i := s.find(c.from, c.to, verdict)
	if i < 0 {
		i = s.excess(c)
	}
	if i < 0 || c.modal != "" && !c.perfect && c.modal != "could" || s.insideQuotes(i) {
		return false
	}
	if c.aux < 0 || s.personal(c, people) {
		return true
	}
	for _, t := range s.tokens[i:min(i+3, len(s.tokens))] {
		if t.low == "late" { // late is said of deeds, whatever did them
			return true
		}
	}
	k := s.subject(c)
	if k < 0 {
		return true
	}
	t := s.tokens[k]
	return t.class&physical == 0 && !t.named || t.class&(practice|belief) != 0 || k > c.from && s.tokens[k-1].class&practice != 0
}

// excess finds "too" before a word of time, speed or number.
func (s *sentence) excess(c clause) int {
	for i := c.from; i+1 < c.to; i++ {
		if c.negated && i+1 > c.aux {
			switch s.tokens[i+1].low {
			case "enough", "seriously", "well", "properly", "clearly", "sufficiently", "adequately", "effectively", "promptly":
				return i + 1
			}
		}
		if s.tokens[i].low == "too" {
			switch s.tokens[i+1].low {
			case "hastily", "lightly", "confident", "trusting", "complacent", "conservative", "lenient", "easily", "soon", "readily", "ambitious", "long", "slow", "slowly", "late", "much", "many", "few", "little", "quickly", "early", "narrow", "narrowly", "complicated", "noisy", "cautious", "hasty", "far", "often", "broad", "optimistic", "aggressive", "eager", "focused", "reliant":
				return i
			}
			if c.aux >= 0 && s.tokens[i+1].class&physical == 0 && !s.saysWithin(i+2, c.to, "to", "for") && s.tokens[i+1].tag != tagDeterminer && i+2 >= c.to {
				return i // "our reaction was too hesitant"
			}
		}
	}
	return -1
}

// insideQuotes tells a message in single quotes, as in 'took too long to launch'.
func (s *sentence) insideQuotes(i int) bool {
	open := false
	for k, t := range s.tokens {
		if t.mark && t.text == "'" {
			open = !open
		}
		if k == i {
			return open
		}
	}
	return false
}

// conditional tells whether a main clause answers an "if we had".
func (s *sentence) conditional() bool {
	for _, c := range s.clauses {
		if (c.modal == "would" || c.modal == "could" || c.modal == "might") && c.lead != "if" {
			return true
		}
	}
	return false
}

// inverted finds "had we known" and "if only".
func (s *sentence) inverted() bool {
	if s.says("if", "only") >= 0 {
		return true
	}
	for i, t := range s.tokens {
		if i+2 < len(s.tokens) && s.tokens[i+2].tag == tagNot {
			continue // "had we not looked" tells what was spared
		}
		if t.low == "had" && (i == 0 || s.tokens[i-1].mark || s.tokens[i-1].tag == tagConjunction) && s.conditional() {
			return true
		}
	}
	return false
}

// stance: what a log, a chat or a ticket could show is a fact; guesses, verdicts, feelings and luck are not.
func (s *sentence) stance(hindsight bool) string {
	if hindsight || s.says("great", "job") >= 0 {
		return Opinion
	}
	for _, c := range s.clauses {
		switch c.modal {
		case "should", "might", "may", "ought":
			return Opinion
		case "would", "could": // "would not start" is how it went; "would have started" is a guess
			if c.perfect {
				return Opinion
			}
		}
	}
	if s.all(uncertain) || s.all(praise) || s.appraised() {
		return Opinion
	}
	return Fact
}

// appraised tells a verdict on anything but the size or speed of a part of the system: "the request was too
// long for the parser" could be read in a log.
func (s *sentence) appraised() bool {
	for i, t := range s.tokens {
		if t.class&verdict == 0 {
			continue
		}
		for _, c := range s.clauses {
			if i < c.from || i >= c.to {
				continue
			}
			if k := s.subject(c); k < 0 || s.tokens[k].class&physical == 0 {
				return true
			}
		}
	}
	return false
}
