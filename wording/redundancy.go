package wording

func (s *sentence) undone(d deed) float64 {
	if d.verb < 0 || d.from >= d.to {
		return 0
	}
	switch s.tokens[d.verb].lemma {
	case "revert", "undo":
		if s.has(d.from, d.to, occurrence) && !s.all(decides) {
			return 2
		}
	case "replace", "remove", "swap", "exchange":
		for i := d.from; i < min(d.from+4, d.to); i++ {
			switch s.tokens[i].low {
			case "faulty", "broken", "defective", "failed", "old", "ageing", "aging", "damaged", "worn", "expired":
				return 1.5
			}
		}
	}
	return 0
}

func (s *sentence) restrains(d deed) float64 {
	if s.decouples(d) || s.inTurn() {
		return 1.2
	}
	if d.verb < 0 || !s.counted(d) || !s.saysWithin(d.from, len(s.tokens), "more", "above", "over", "beyond", "exceeding", "most", "per") {
		return 0
	}
	switch s.tokens[d.verb].lemma {
	case "cut", "drop", "reject", "refuse", "limit", "restrict", "throttle", "ban", "deny", "disconnect", "block", "delay", "slow", "shed", "pause", "allow", "keep", "hold":
		return 1.5
	}
	return 0
}

func (s *sentence) doubled(d deed) float64 {
	for i := d.from; i+1 < len(s.tokens); i++ {
		t := s.tokens[i]
		switch {
		case t.low == "second", t.low == "another", t.low == "additional", t.low == "third", t.low == "different", t.low == "multiple", t.low == "two", t.low == "three", t.low == "secondary", t.low == "own", t.low == "separate":
		default:
			continue
		}
		for k := i + 1; k < min(i+4, len(s.tokens)); k++ {
			if place := s.tokens[k]; sparable(place.lemma) || (t.low == "own" || t.low == "separate") && place.class&(part|mechanism) != 0 {
				return 1.5
			} else if place.mark || place.tag == tagPreposition {
				break
			}
		}
	}
	return 0
}

func sparable(lemma string) bool {
	switch lemma {
	case "uplink", "carrier", "provider", "region", "zone", "datacenter", "datacentre", "centre", "site", "rack", "cloud", "line", "link", "node", "replica", "server", "resolver", "nameserver", "router", "switch", "feed", "isp", "vendor", "supplier", "generator", "cluster", "registrar", "registry", "instance", "az", "location", "path", "route", "pool", "queue", "database", "account", "copy":
		return true
	}
	return false
}

// decouples: fewer things that take others down with them.
func (s *sentence) decouples(d deed) bool {
	if d.verb < 0 {
		return false
	}
	switch s.tokens[d.verb].lemma {
	case "reduce", "remove", "eliminate", "cut", "avoid", "break", "minimise", "minimize", "invest", "drop", "loosen":
		return s.saysWithin(d.from, d.from+9, "dependence", "reliance", "coupling") || s.says("dependency", "on") > 0 || s.says("dependency", "between") > 0
	}
	return false
}

// inTurn: "internal machines first, then the rest".
func (s *sentence) inTurn() bool {
	for i := 1; i+1 < len(s.tokens); i++ {
		if next := s.tokens[i+1]; s.tokens[i].low == "first" && (next.text == "," || next.low == "then" || next.low == "and") {
			return true
		}
	}
	return false
}
