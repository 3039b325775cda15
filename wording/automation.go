package wording

func (s *sentence) automates(d deed, head int) float64 {
	w := 2*s.weight(d, head, decides) + s.gates(d)
	if head >= 0 && s.tokens[head].class&watch != 0 {
		w /= 3
	}
	if (d.verb >= 0 && repairs(s.tokens[d.verb].lemma) || s.says("get", "rid") >= 0) && !s.endsInMachine(d) || s.place() {
		w /= 6
	}
	if d.verb >= 0 && (s.automatically(d.verb-1) || s.automatically(d.verb+1)) {
		w += 1.5
	}
	if s.tells() {
		w /= 3 // a bot that posts a warning warns
	}
	if s.letsMachine(d) || s.refusedByMachine(d) {
		w += 2
	}
	if s.replacesHands(d) {
		w += 2.5
	}
	return w
}

func (s *sentence) tells() bool {
	for i, t := range s.tokens {
		switch t.lemma {
		case "post", "notify", "ping", "remind", "warn", "message", "alert", "page", "announce", "tell":
			if i < 4 || i > 0 && (s.tokens[i-1].low == "that" || s.tokens[i-1].low == "which" || s.tokens[i-1].tag == tagTo) {
				return true
			}
		}
	}
	return false
}

func (s *sentence) letsMachine(d deed) bool {
	if d.verb < 0 || s.tokens[d.verb].lemma != "let" && s.tokens[d.verb].lemma != "have" {
		return false
	}
	for i := d.from; i < min(d.from+4, len(s.tokens)-1); i++ {
		if t := s.tokens[i]; (t.named || t.class&(part|mechanism) != 0 && t.tag == tagNoun) && s.tokens[i+1].class&actionVerb != 0 {
			return true
		}
	}
	return false
}

func (s *sentence) endsInMachine(d deed) bool {
	for i := d.from; i < len(s.tokens); i++ {
		if t := s.tokens[i]; t.class&decides == 0 || t.tag == tagTo || t.tag == tagSubordinator {
			continue
		}
		if i >= d.to {
			return true
		}
		for k := i - 1; k >= max(d.from, i-3); k-- {
			if t := s.tokens[k]; t.tag == tagPreposition || t.tag == tagTo {
				return t.low != "from" && t.low != "of" && t.low != "for"
			}
		}
	}
	return false
}

func (s *sentence) automatically(i int) bool {
	return i >= 0 && i < len(s.tokens) && (s.tokens[i].low == "automatically" || s.tokens[i].low == "programmatically")
}

func repairs(lemma string) bool {
	switch lemma {
	case "fix", "repair", "correct", "remove", "delete", "drop", "disable", "stop", "retire", "decommission", "audit", "review", "investigate", "upgrade", "rotate", "revoke", "patch", "pin", "bump", "move", "migrate", "document", "rename", "clean", "restart", "inspect", "reindex", "revise":
		return true
	}
	return false
}

func (s *sentence) place() bool {
	for i, t := range s.tokens {
		if t.low != "ci" && t.low != "cron" {
			continue
		}
		if i+1 >= len(s.tokens) {
			return false
		}
		switch s.tokens[i+1].lemma {
		case "environment", "runner", "agent", "server", "host", "machine", "worker", "namespace", "cluster", "secret", "token", "system", "service", "box", "expression", "syntax", "node", "cache", "account", "image":
			return true
		}
	}
	return false
}

func (s *sentence) gates(d deed) float64 {
	for i := d.from - 1; i < len(s.tokens); i++ {
		if i < 0 {
			continue
		}
		switch s.tokens[i].lemma {
		case "block", "fail", "reject", "refuse", "stop", "halt", "disallow", "forbid", "deny", "abort":
		default:
			continue
		}
		for k := i + 1; k < min(i+5, len(s.tokens)); k++ {
			switch s.tokens[k].lemma {
			case "merge", "merging", "pr", "mr", "deploy", "deployment", "deploying", "release", "build", "commit", "push", "rollout", "pipeline", "promotion", "pull", "publish", "publication":
				return 2
			}
			if s.tokens[k].mark || s.tokens[k].tag == tagPreposition {
				break
			}
		}
	}
	return 0
}

func (s *sentence) replacesHands(d deed) bool {
	if d.verb < 0 {
		return false
	}
	switch s.tokens[d.verb].lemma {
	case "replace", "eliminate", "remove", "retire", "abolish", "avoid", "drop", "rid", "reduce", "minimise", "minimize":
		return s.saysWithin(d.from, d.from+4, "manual", "hand-run", "manually", "human")
	}
	return false
}

// refusedByMachine: "force pushes are rejected by the server", "purging is triggered by the deploy job".
func (s *sentence) refusedByMachine(d deed) bool {
	for _, c := range s.clauses {
		if c.verb < 0 || c.verb != d.verb || !c.passive {
			continue
		}
		switch s.tokens[c.verb].lemma {
		case "reject", "trigger", "block", "refuse", "start", "enforce", "run", "create", "renew", "close", "approve", "merge", "deny":
			i := c.verb + 1
			return i < c.to && s.tokens[i].low == "by" && s.has(i+1, min(i+5, c.to), part|mechanism|decides)
		}
	}
	return false
}
