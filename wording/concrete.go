package wording

// enough is how concrete a line must be for a stranger to look for the thing it names: one named part or
// mechanism that some verb changes.
const enough = 0.8

// specific weighs what the words from..to point at. Each kind counts once or twice, so that a long line is
// not specific for its length.
func (s *sentence) specific(from, to int) float64 {
	var names, mechanisms, parts, signals, numbers float64
	for i := max(from, 0); i < min(to, len(s.tokens)); i++ {
		t := s.tokens[i]
		switch {
		case t.mark:
		case t.named:
			names++
		case t.number:
			numbers++
		case t.class&mechanism != 0 && t.class&vague == 0:
			mechanisms++
		case t.class&part != 0 && t.class&vague == 0:
			parts++
		case t.class&signal != 0 && t.class&vague == 0:
			signals++
		}
	}
	return 0.8*min(names, 2) + 0.8*min(mechanisms, 2) + 0.5*min(parts, 2) + 0.4*min(signals, 2) + 0.6*min(numbers, 1)
}

// concreteness weighs a line: what it points at, how definite its verb is, and what blurs it. The weights
// say: a changing verb with one part, or with one name, is enough; a general verb needs a mechanism; a vague
// head noun takes away what a part gives.
func (s *sentence) concreteness(d deed) float64 {
	w := s.specific(d.from, d.to)
	// What a purpose names helps to find the thing, but is not the change.
	w += 0.6 * min(s.specific(d.to, len(s.tokens)), 1.2)
	lead := s.lead(d)
	if s.has(d.from, len(s.tokens), enforced) {
		w += 0.4
	}
	switch {
	case lead&changes != 0 && lead&(generic|governs) == 0:
		w += 0.5 + 0.2*min(s.otherThings(d), 2)
	case lead&changes != 0, d.verb >= 0 && lead == 0, lead&trains != 0: // a machine that is trained, once people are ruled out
		w += 0.5
	case lead&compares != 0 && s.counted(d):
		w += 0.3
	case lead&compares != 0:
		w -= 0.3
	}
	head := s.head(d)
	if head < 0 {
		return w
	}
	if t := s.tokens[head]; t.class&vague != 0 && !t.named && s.undone(d) == 0 {
		w -= 0.4
	}
	for _, t := range s.tokens[d.from:head] {
		if blurs(t.low) {
			w -= 0.5
		}
	}
	return w
}

// counted tells whether a plain number follows the verb: "raise the limit to 65535".
func (s *sentence) counted(d deed) bool {
	for _, t := range s.tokens[d.from:] {
		if t.number && !t.named {
			return true
		}
	}
	return false
}

// bare tells an object that is one kind of mechanism and nothing else: "add validation", "write tests".
func (s *sentence) bare(d deed) bool {
	if d.verb < 0 || s.label > 0 || s.lead(d)&changes == 0 {
		return false
	}
	nouns := 0
	for _, t := range s.tokens[d.from:] {
		switch {
		case t.mark && t.text == ".", t.tag == tagDeterminer:
		case t.tag == tagNoun && !t.named && !t.number && t.class&mechanism != 0:
			nouns++
		default:
			return false
		}
	}
	return nouns == 1
}

// otherThings counts nouns that no list has and that are not vague either: things of a trade of its own.
func (s *sentence) otherThings(d deed) float64 {
	n := 0.0
	for _, t := range s.tokens[d.from:d.to] {
		if t.tag == tagNoun && !t.mark && !t.named && !t.number && len(t.low) > 3 && t.class&^(condition|soft|belief|practice|happening|occurrence|harmed|aimed) == 0 {
			n++
		}
	}
	return n
}

// blurs are the words that stand for a decision still to be taken.
func blurs(low string) bool {
	switch low {
	case "some", "any", "various", "certain", "appropriate", "necessary", "proper", "better", "relevant", "suitable", "adequate", "several", "good", "general", "overall", "further", "formal":
		return true
	}
	return false
}

// vague: neither the thing nor the mechanism is named. An alert is judged by what it watches.
func (s *sentence) vague(d deed) bool {
	if s.watches(d) && s.namesEvent(d) {
		return false
	}
	if i := s.says("something"); i >= d.from && i < d.to || s.says("some", "kind", "of") >= 0 || s.says("some", "sort", "of") >= 0 || s.says("some", "form", "of") >= 0 {
		return true
	}
	return s.bare(d) || s.oneWord() || s.onlyWell(d) || s.concreteness(d) < enough
}

// oneWord tells "TBD" and "Monitoring".
func (s *sentence) oneWord() bool {
	words := 0
	for _, t := range s.tokens {
		if !t.mark {
			words++
		}
	}
	return words == 1
}

// onlyWell: "handle expired tokens gracefully" says that something will be good, and not how.
func (s *sentence) onlyWell(d deed) bool {
	if s.says("where", "possible") > 0 || s.says("where", "appropriate") > 0 || s.says("if", "possible") > 0 || s.says("as", "needed") > 0 || s.says("when", "possible") > 0 || s.says("as", "appropriate") > 0 {
		return true
	}
	return d.verb >= 0 && s.lead(d)&generic != 0 && s.lead(d)&changes == 0 && d.verb < len(s.tokens) &&
		s.saysWithin(d.from, len(s.tokens), "gracefully", "properly", "correctly", "appropriately", "better", "well", "cleanly", "adequately") && !s.counted(d)
}

// watches tells whether the line is about being told: the verb or what it acts on is an alert, a log, a graph.
func (s *sentence) watches(d deed) bool {
	return d.verb >= 0 && s.lead(d)&watch != 0 || s.has(d.from, d.to, watch) || s.second(d, watch)
}

// onlyCompares: more or better of a thing, without how much or by what means. Better alerts for a named
// event, or with a threshold, say what will be seen.
func (s *sentence) onlyCompares(d deed) bool {
	lead := s.lead(d)
	compared := lead&compares != 0 && lead&documents == 0
	if !compared && d.verb >= 0 && lead&changes != 0 || d.verb < 0 || d.wish || lead&generic != 0 {
		compared = compared || s.comparesObject(d)
	}
	if !compared || s.measured(d) {
		return false
	}
	if s.watches(d) {
		return !s.namesEvent(d)
	}
	return true
}

// comparesObject finds "a quicker rollback", "more tests" in the object, "more X than Y" and plain counts aside.
func (s *sentence) comparesObject(d deed) bool {
	head := s.head(d)
	if s.says("as", "possible") > 0 || s.says("as", "many", "as") >= 0 || s.says("as", "much", "as") >= 0 {
		return true
	}
	for i := d.from; i < d.to && i <= max(head, d.from); i++ {
		t := s.tokens[i]
		if t.class&comparative != 0 && t.tag != tagNoun && t.low != "further" && !(t.low == "longer" && i > 0 && s.tokens[i-1].low == "no") {
			return true
		}
	}
	// "make the console clearer"
	return d.verb >= 0 && s.tokens[d.verb].lemma == "make" && d.to-1 > d.from && s.tokens[d.to-1].class&comparative != 0 && s.tokens[d.to-1].tag != tagNoun
}

// measured tells whether the line says how much, or by what means.
func (s *sentence) measured(d deed) bool {
	for i := d.from; i < len(s.tokens); i++ {
		t := s.tokens[i]
		if (t.number && !t.named || t.class&quantity != 0 && t.low != "one") && i > d.verb {
			return true
		}
		if i > d.verb && i+1 < len(s.tokens) && (t.low == "by" || t.low == "via" || t.low == "using" || t.low == "with" || t.text == "(") &&
			s.specific(i+1, min(i+9, len(s.tokens))) >= 0.8 && s.has(i+1, min(i+9, len(s.tokens)), changes|mechanism) {
			return true
		}
	}
	return false
}

// namesEvent tells whether an alert line says what is watched: a signal and a part, a condition ("when …"),
// or a name in code.
func (s *sentence) namesEvent(d deed) bool {
	for i := d.from; i < len(s.tokens); i++ {
		if t := s.tokens[i]; t.low == "when" || t.low == "if" || t.low == "so" && i+1 < len(s.tokens) && s.tokens[i+1].low == "that" {
			if t.low != "so" && i+3 < len(s.tokens) && s.has(i+1, len(s.tokens), verb) && !s.saysWithin(i+1, len(s.tokens), "something", "anything", "wrong", "issue", "issues", "problem", "problems", "it", "things", "we", "they") {
				return true
			}
			return s.specific(i+1, len(s.tokens)) >= 0.4 || t.low != "so" && s.has(i+1, len(s.tokens), happening|condition|signal)
		}
	}
	at := s.find(d.from, len(s.tokens), watch)
	var signals, parts bool
	for i := at + 1; i < len(s.tokens); i++ {
		t := s.tokens[i]
		switch {
		case t.mark || t.class&(watch|vague) != 0 && t.class&signal == 0 || t.low == "usage" || t.low == "resource" || t.low == "status":
		case t.class&signal != 0:
			signals = true
		case t.named || t.class&part != 0:
			parts = true
		}
		if t.named && len(t.text) > 8 {
			signals = true
		}
	}
	return signals && parts
}
