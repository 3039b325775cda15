package wording

// Aims, in the words of the command's contract.
const (
	AimDetect   = "detect-faster"
	AimLimit    = "limit-blast-radius"
	AimAutomate = "automate-decision"
	AimEase     = "reduce-cognitive-load"
	AimPrevent  = "prevent"
	AimOther    = "other"
)

// aim weighs the aim words. What the object says counts double against what a purpose or an example says,
// and a verb that leads the line more still. Most fixes prevent, so that needs no word of its own.
func (s *sentence) aim(reasons []Reason) string {
	d := s.deed()
	head := s.head(d)
	weigh := func(c class) float64 {
		w := 0.0
		for i := range s.tokens {
			t := s.tokens[i]
			if t.class&c == 0 {
				continue
			}
			switch {
			case i == d.verb:
				w += 1.5
			case i <= head && i >= d.from || i < s.label:
				w += 1.5
			case i >= d.from && i < d.to:
				w += 0.8
			default:
				w += 0.7
			}
		}
		return w
	}
	automated := 2 * weigh(decides)
	if head >= 0 && s.tokens[head].class&watch != 0 {
		automated /= 3 // "automated alerts" are alerts
	}
	best, top := AimPrevent, 0.6+0.4*weigh(prevents)
	for _, a := range []struct {
		name string
		w    float64
	}{
		{AimEase, weigh(eases) + s.documentary(d)}, {AimDetect, weigh(seesSooner) + s.told(d)}, {AimLimit, weigh(limitsBlast)},
		{AimAutomate, automated}, {AimOther, weigh(talks)},
	} {
		if a.w > top {
			best, top = a.name, a.w
		}
	}
	if best == AimPrevent && len(reasons) > 0 && (reasons[0] == Nag || reasons[0] == Training) &&
		s.specific(0, len(s.tokens)) < 0.5 && !s.all(occurrence|part|mechanism) {
		return AimOther // meetings, rules and talks that touch no part of the system
	}
	return best
}

// told adds what a signal that somebody watches is for.
func (s *sentence) told(d deed) float64 {
	if d.verb >= 0 && s.tokens[d.verb].lemma == "page" {
		return 2
	}
	if s.watches(d) && s.has(d.from, len(s.tokens), signal) {
		return 0.7
	}
	return 0
}

// documentary adds what a line of documentation is for, whatever it is about.
func (s *sentence) documentary(d deed) float64 {
	head := s.head(d)
	if s.lead(d)&documents != 0 && (head < 0 || s.tokens[head].class&rule == 0) || s.says("how", "to") >= 0 && s.has(d.from, d.to, manual|documents) {
		return 2
	}
	return 0
}
