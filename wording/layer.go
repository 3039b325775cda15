package wording

// Layers, in the words of the record.
const (
	LayerTechnical = "technical"
	LayerHuman     = "human"
	LayerProcess   = "process"
	LayerMixed     = "mixed"
)

// layer weighs where a condition lies. Parts, names in code and mechanisms say technical; what somebody knew,
// noticed or intended says human; how work is tested, released and owned says process. Two strong ones that
// a conjunction joins are mixed.
func (s *sentence) layer(people map[string]bool, blamed bool) string {
	var tech, human, process float64
	persons := 0.0
	for i, t := range s.tokens {
		if t.mark {
			continue
		}
		switch {
		case s.human(i, people) && t.low != "we" && t.low != "team":
			persons++
		case t.low == "we":
			persons += 0.3
		}
		if t.class&belief != 0 {
			human++
		}
		if t.class&wrongly != 0 && blamed {
			human += 0.5
		}
		if t.class&(fault|slip) != 0 {
			human += 1.2
		}
		if t.class&practice != 0 && t.low != "processed" && t.low != "processing" && !(t.low == "audit" && i+1 < len(s.tokens) && s.tokens[i+1].class&watch != 0) {
			process++
		}
		if t.named {
			tech += 0.3
		} else if t.class&(part|mechanism|signal) != 0 && t.class&(practice|belief) == 0 {
			tech += 0.45
		}
	}
	human += 0.6 * min(persons, 2)
	if blamed {
		human += 1.6
	}
	knew, worked := s.clauseLayers(people)
	human, process = human+knew, process+worked
	if s.saysWithin(0, len(s.tokens), "staging", "test", "dev", "preprod") && s.saysWithin(0, len(s.tokens), "production", "prod", "live") {
		process++ // tried out on something that differs from what runs
	}
	if s.says("a", "year") > 0 || s.says("every", "year") >= 0 || s.says("a", "month") > 0 {
		process += 0.8
	}
	tech = min(tech, 2.2) + 0.5
	switch top := max(tech, human, process); {
	case top == tech:
		return LayerTechnical
	case human >= 2 && process >= 2 && tech < 1.5 && (s.says("and") >= 0 || s.says("but") >= 0):
		return LayerMixed
	case top == human:
		return LayerHuman
	}
	return LayerProcess
}

// clauseLayers adds what verbs and subjects say: what somebody knew, and what is done as a practice.
func (s *sentence) clauseLayers(people map[string]bool) (knew, worked float64) {
	for _, c := range s.clauses {
		if c.verb < 0 {
			continue
		}
		v := s.tokens[c.verb]
		if v.class&practice != 0 {
			worked += 0.5
		}
		if s.personal(c, people) && (v.class&belief != 0 || (v.tag == tagHave || v.tag == tagBe) && s.has(c.verb, c.to, belief) || c.passive && informs(v.lemma)) {
			knew += 0.8
			if c.from == 0 {
				knew += 0.5
			}
		}
		if k := s.subject(c); k >= 0 && s.tokens[k].class&practice != 0 && s.tokens[k].class&(person|group|occurrence) == 0 {
			worked += 0.6
		}
	}
	return knew, worked
}

// informs are verbs that leave somebody with knowledge.
func informs(lemma string) bool {
	switch lemma {
	case "tell", "inform", "train", "teach", "warn", "show", "instruct":
		return true
	}
	return false
}
