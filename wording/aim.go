package wording

import "slices"

// Aims, in the words of the command's contract.
const (
	AimDetect   = "detect-faster"
	AimLimit    = "limit-blast-radius"
	AimAutomate = "automate-decision"
	AimEase     = "reduce-cognitive-load"
	AimPrevent  = "prevent"
	AimOther    = "other"
)

// aimed are the meanings that sort actions and say nothing of how definite they are.
const aimed = seesSooner | limitsBlast | decides | eases | talks | prevents

// aim weighs the aim words. The noun that the object is about counts most, then the verb that leads the line
// and what stands before that noun; what a purpose or an example says counts least. Most fixes prevent, so
// that needs no word of its own.
func (s *sentence) aim(reasons []Reason) string {
	d := s.deed()
	head := s.head(d)
	best, top := AimPrevent, 0.6+0.4*s.weight(d, head, prevents)+s.undone(d)
	for _, a := range []struct {
		name string
		w    float64
	}{
		{AimEase, s.weight(d, head, eases) + s.documentary(d)},
		{AimDetect, s.weight(d, head, seesSooner) + s.told(d)},
		{AimLimit, s.weight(d, head, limitsBlast) + s.doubled(d) + s.restrains(d)},
		{AimAutomate, s.automates(d, head)},
		{AimOther, s.weight(d, head, talks) + s.amongPeople(d, head)},
	} {
		if a.w > top {
			best, top = a.name, a.w
		}
	}
	if best == AimPrevent && len(reasons) > 0 && (reasons[0] == Nag || reasons[0] == Training || head >= 0 && s.tokens[head].class&rule != 0) && s.touchesNothing(head) {
		return AimOther
	}
	return best
}

// lifts tells whether the line asks for more of something.
func (s *sentence) lifts(d deed) bool {
	if d.verb < 0 {
		return false
	}
	switch s.tokens[d.verb].lemma {
	case "increase", "raise", "bump", "double", "lift", "extend", "expand":
		return true
	}
	return false
}

// bound are the words for how much of something there may be.
func bound(lemma string) bool {
	switch lemma {
	case "limit", "max", "maximum", "quota", "cap", "timeout", "concurrency":
		return true
	}
	return false
}

// tidies are the verbs that put right or take away what is there.
func tidies(lemma string) bool {
	switch lemma {
	case "fix", "repair", "correct", "remove", "delete", "drop", "upgrade", "patch", "pin", "bump", "rename", "clean", "reindex", "revise", "retire", "decommission":
		return true
	}
	return false
}

// atPlace tells whether "on" or "in" leads the word.
func (s *sentence) atPlace(i int) bool {
	for k := i - 1; k >= i-2 && k > 0; k-- {
		if s.tokens[k].low == "on" || s.tokens[k].low == "in" {
			return true
		}
		if s.tokens[k].tag != tagDeterminer && s.tokens[k].tag != tagAdjective {
			return false
		}
	}
	return false
}

// catchesInCode: an exception that is caught is not noticed by anybody.
func (s *sentence) catchesInCode(i int) bool {
	return s.tokens[i].lemma == "catch" && i+1 < len(s.tokens) && (s.tokens[i+1].named || s.saysWithin(i+1, i+4, "exception", "exceptions"))
}

// touchesNothing tells meetings, rules and talks that no part of the system and no kind of check is about.
func (s *sentence) touchesNothing(head int) bool {
	if head >= 0 && s.tokens[head].class&prevents != 0 {
		return false // "stricter code reviews"
	}
	return s.specific(0, len(s.tokens)) < 0.5 && !s.all(occurrence|part|mechanism)
}

// weight adds up the words that carry an aim, by where they stand.
func (s *sentence) weight(d deed, head int, c class) float64 {
	w := 0.0
	for i, t := range s.tokens {
		if t.class&c == 0 || s.catchesInCode(i) || i > 1 && (s.tokens[i-1].low == "without" || s.tokens[i-2].low == "without") {
			continue
		}
		switch {
		case c == seesSooner && watcher(t.low) && d.verb >= 0 && handles(s.tokens[d.verb].lemma):
			w += 0.3 // a watcher that is moved or upgraded watches what it did before
		case c == limitsBlast && s.lifts(d) && bound(t.lemma):
			w += 0.2 // a limit that is raised limits less
		case i == head && i >= d.from && d.to > d.from:
			w += 1.9
		case c == limitsBlast && i < head && i >= d.from && d.verb >= 0 && tidies(s.tokens[d.verb].lemma):
			w += 0.4 // "drop the unused replication slots" only tidies what limits
		case i == d.verb, i <= head && i >= d.from, i < s.label:
			w += 1.5
		case c == limitsBlast && i > 1 && i > head && i < d.to && s.atPlace(i):
			w += 0.4 // "on the standby" tells where
		case i >= d.from && i < d.to:
			w += 0.8
		default:
			w += 0.7
		}
	}
	return w
}

// automates weighs what a machine will do that a person did. "Automated alerts" are alerts, and a cron job
// or a CI server that is repaired, removed or looked at was there before.
// tells: a message to people is what the line is about.
// letsMachine: "let the scheduler restart the relay": a part of the system is made the doer.
// endsInMachine: the machine is where the work goes to: "move the check into CI", "renew it by a cron job".
// repairs are the verbs that presuppose what they act on.
// place tells whether CI is only where something is: "the CI environment", "CI runners".
// gates: a machine refuses a release or a merge: "block pull requests that …", "fail the build when …".
// replacesHands: what people did by hand goes away: "replace the manual failover", "eliminate manual steps".
func (s *sentence) saysWithin(from, to int, words ...string) bool {
	for i := max(from, 0); i < min(to, len(s.tokens)); i++ {
		for _, w := range words {
			if s.tokens[i].low == w {
				return true
			}
		}
	}
	return false
}

// undone: a change that did harm is taken back for good, which is a fix and no safety net.
// restrains: what goes beyond a number is refused: "cut off clients that send more than 1000 a minute".
// doubled: a second one of what must not fail: "another uplink", "three name servers at two providers".
// sparable are the things of which a second one keeps a service alive.
// amongPeople adds what is arranged between people: who is told, asked, paired or made responsible.
func (s *sentence) amongPeople(d deed, head int) float64 {
	if d.verb < 0 {
		return 0
	}
	v := s.tokens[d.verb]
	switch v.lemma {
	case "decide", "agree", "clarify", "define", "establish", "assign", "appoint", "name", "nominate", "document":
		if s.saysWithin(d.from, len(s.tokens), "owner", "owns", "own", "ownership", "owners", "responsibility", "responsibilities", "responsible", "role", "roles", "accountable") && !s.has(d.from, d.to, seesSooner) {
			return 1.6
		}
	case "find", "send", "add", "put", "offer", "hire":
		if head >= 0 && s.human(head, nil) {
			return 1.6 // "find a second person who knows the mainframe"
		}
	case "pair", "thank", "invite", "apologise", "apologize", "congratulate", "interview", "onboard", "reward", "schedule", "attend", "publicise":
		if head >= 0 && (s.tokens[head].class&(person|group|rule|trains|talks) != 0) {
			return 1.6
		}
	}
	if head >= 0 && s.tokens[head].class&talks != 0 && s.tokens[head].class&(trains|rule) != 0 {
		return 1.5 // "disaster recovery drills" are drills
	}
	if v.class&trains != 0 && s.has(d.from, min(d.from+4, len(s.tokens)), person|group|harmed) && !s.has(d.from, len(s.tokens), enforced) {
		return 0.7
	}
	return 0
}

// told adds what a signal that somebody watches is for.
func (s *sentence) told(d deed) float64 {
	if d.verb >= 0 && (s.tokens[d.verb].lemma == "page" || (s.tokens[d.verb].lemma == "text" || s.tokens[d.verb].lemma == "call" || s.tokens[d.verb].lemma == "phone") && s.has(d.from, min(d.from+3, len(s.tokens)), person)) {
		return 2
	}
	if s.lead(d)&changes != 0 && s.has(d.from, d.to, prevents) && s.monitored() {
		return 1 // "a check in Icinga"
	}
	if s.watches(d) && s.has(d.from, len(s.tokens), signal) {
		return 0.7
	}
	return 0
}

// handles are the verbs by which a program is run, and not what it does.
func handles(lemma string) bool {
	switch lemma {
	case "upgrade", "move", "migrate", "relocate", "scale", "resize", "restart", "downgrade", "redeploy", "reinstall", "rehost", "shrink", "give", "assign", "prioritise", "prioritize":
		return true
	}
	return tidies(lemma)
}

// monitored tells whether a product that watches systems is named.
func (s *sentence) monitored() bool {
	return slices.ContainsFunc(s.tokens, func(t token) bool { return watcher(t.low) })
}

// watcher tells the products that watch systems.
func watcher(word string) bool {
	switch word {
	case "icinga", "nagios", "zabbix", "prometheus", "alertmanager", "datadog", "grafana", "pagerduty", "opsgenie", "cloudwatch", "pingdom", "statuscake", "sentry", "sensu", "checkmk", "munin", "dynatrace":
		return true
	}
	return false
}

// documentary adds what a line of documentation is for, whatever it is about.
func (s *sentence) documentary(d deed) float64 {
	head := s.head(d)
	if head >= 0 && (s.tokens[head].class&mechanism != 0 || s.tokens[head].named) && s.tokens[head].class&(manual|rule) == 0 && d.verb >= 0 && s.tokens[d.verb].lemma == "write" {
		return 0 // tests and scripts are written too
	}
	if s.lead(d)&documents != 0 && (head < 0 || s.tokens[head].class&rule == 0) || s.says("how", "to") >= 0 && s.has(d.from, d.to, manual|documents) {
		return 2
	}
	return 0
}
