package model

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Two sources that tell of the same things know how far their clocks are apart. What they share is found by
// key: a title, a trace, a revision. Each source keeps a sample of its keys, those with the smallest hashes,
// so that two samples hold the same part of what the sources share and neither grows with the timeline.

// sampleSize is how many keys a sample holds, mostTimes how often a key may come before it says nothing
// about any one time, mostSources how many sources are compared.
const (
	sampleSize  = 2048
	mostTimes   = 8
	mostSources = 64
)

// A sight is one key as one source has it.
type sight struct {
	count int
	id    bool // a trace or revision: its first time counts, however many lines carry it
	seen  []seenEvent
}

// A seenEvent is what is kept of an event that has a key.
type seenEvent struct {
	Told
	stage stage
	grain time.Duration
	kind  string
	story bool // somebody worked on it
}

// A stage is where an event stands in how an incident becomes known. What stands later may honestly come
// later: an alert waits for its threshold, a page for its group, a message for a person.
type stage int

const (
	stageTold  stage = iota // logs, metrics, changes as they happen
	stageAlert              // alerts and deploys, which are evaluated or polled
	stagePage
	stageTalk // what people or bots said of it
)

func stageOf(kind string) stage {
	switch kind {
	case "log", "metric", "signal":
		return stageTold
	case "alert", "deploy", "change", "action":
		return stageAlert
	case "page":
		return stagePage
	}
	return stageTalk
}

// A sample holds the keys of a source with the smallest hashes.
type sample struct {
	below uint64 // only hashes below are kept; 0 keeps all
	keys  map[uint64]*sight
}

// add takes a key in. The event is only copied when its key is one of the sample.
func (s *sample) add(hash uint64, id bool, make func() seenEvent) {
	if s.below != 0 && hash >= s.below {
		return
	}
	k := s.keys[hash]
	if k == nil {
		k = &sight{id: id}
		s.keys[hash] = k
	}
	k.count++
	if len(k.seen) < mostTimes {
		k.seen = append(k.seen, make())
	}
	if len(s.keys) > sampleSize {
		if s.below == 0 {
			s.below = 1 << 63
		}
		for ; len(s.keys) > sampleSize; s.below /= 2 {
			maps.DeleteFunc(s.keys, func(h uint64, _ *sight) bool { return h >= s.below/2 })
		}
	}
}

// A sourceSeen is what is kept of one source.
type sourceSeen struct {
	count  int
	logs   int // of kind log
	told   int // in a zone that somebody told
	head   []Told
	public sample // alerts, pages, deploys: few, and told by many
	plain  sample // everything else
}

func (d *Doubter) addSource(e *Event) {
	s := d.sources[e.Source]
	if s == nil {
		if len(d.sources) == mostSources {
			return
		}
		s = &sourceSeen{public: sample{keys: map[uint64]*sight{}}, plain: sample{keys: map[uint64]*sight{}}}
		d.sources[e.Source] = s
	}
	s.count++
	if e.Kind == "log" {
		s.logs++
	}
	if strings.HasPrefix(e.ZoneSource, "told") {
		s.told++
	}
	if len(s.head) < mostShown && !d.corrected(e) {
		s.head = append(s.head, told(e))
	}
	if e.Source == SourceHand || d.corrected(e) || grain(e.Precision) > time.Minute {
		return
	}
	to := &s.plain
	if st := stageOf(e.Kind); st == stageAlert || st == stagePage {
		to = &s.public
	}
	make := func() seenEvent {
		return seenEvent{told(e), stageOf(e.Kind), grain(e.Precision), e.Kind, !e.Untouched && hasStory(e)}
	}
	if hash, ok := phasedKey(e); ok {
		to.add(hash, false, make)
	}
	eachID(e.Title, func(hash uint64) { to.add(hash, true, make) })
	eachID(e.Body, func(hash uint64) { to.add(hash, true, make) })
}

func hasStory(e *Event) bool {
	return e.Kept || e.Role != "" || e.Moment != "" || e.Signals != "" || e.Belief != "" || e.Decision != "" || e.Why != "" || e.Merged > 0
}

// all is every key of a source.
func (s *sourceSeen) all() map[uint64]*sight {
	both := maps.Clone(s.plain.keys)
	for h, k := range s.public.keys {
		if other := both[h]; other != nil {
			merged := &sight{count: k.count + other.count, id: k.id && other.id, seen: append(slices.Clone(k.seen), other.seen...)}
			slices.SortStableFunc(merged.seen, func(a, b seenEvent) int { return a.At.Compare(b.At) })
			k = merged
		}
		both[h] = k
	}
	return both
}

// A match is one thing that two sources tell.
type match struct {
	a, b seenEvent
	key  uint64
}

func (m match) apart() time.Duration { return m.b.At.Sub(m.a.At) }

// traceSpan is how long the lines of one trace may last for its first line to be its time.
const traceSpan = time.Minute

// matches pairs what two sources share: a title where both have it equally often, in order, and the first
// line of a trace. Each pair of lines counts once.
func matches(a, b map[uint64]*sight) []match {
	var list []match
	for h, x := range a {
		y := b[h]
		if y == nil || x.count > mostTimes || y.count > mostTimes {
			continue
		}
		switch {
		case x.id && y.id:
			brief := func(s *sight) bool { return s.seen[len(s.seen)-1].At.Sub(s.seen[0].At) <= traceSpan }
			if brief(x) && brief(y) {
				list = append(list, match{x.seen[0], y.seen[0], h})
			}
		case !x.id && !y.id && x.count == y.count && len(x.seen) == len(y.seen):
			for i := range x.seen {
				list = append(list, match{x.seen[i], y.seen[i], h})
			}
		}
	}
	slices.SortFunc(list, func(x, y match) int {
		return cmp.Or(x.a.At.Compare(y.a.At), cmp.Compare(x.a.ID, y.a.ID), cmp.Compare(x.b.ID, y.b.ID), cmp.Compare(x.key, y.key))
	})
	return slices.CompactFunc(list, func(x, y match) bool { return x.a.ID == y.a.ID && x.b.ID == y.b.ID })
}

// fewest is how many pairs it takes to speak of a clock.
const fewest = 3

// A gap is how far the clock of b is ahead of that of a.
type clockGap struct {
	a, b   string
	by     time.Duration // the median
	pairs  []match       // those that agree
	zone   time.Duration // what is off by a time zone, if that leaves no more than happens on the way
	honest bool          // no farther than what happens to signals on their way
}

// gapOf measures how far two sources are apart; ok is false when they share too little to tell, or do not
// agree with themselves.
func gapOf(a, b string, list []match) (g clockGap, ok bool) {
	if len(list) < fewest {
		return g, false
	}
	slices.SortStableFunc(list, func(x, y match) int { return cmp.Compare(x.apart(), y.apart()) })
	g = clockGap{a: a, b: b, by: list[len(list)/2].apart()}
	width := time.Duration(0)
	for _, m := range list {
		width = max(width, 2*m.a.grain, 2*m.b.grain)
	}
	keys, strange, zoned, zone := map[uint64]bool{}, 0, 0, g.by.Round(quarter)
	for _, m := range list {
		if (m.apart() - g.by).Abs() > width {
			continue
		}
		g.pairs = append(g.pairs, m)
		keys[m.key] = true
		if !honest(m, 0) {
			strange++
		}
		if honest(m, zone) {
			zoned++
		}
	}
	if len(g.pairs) < fewest || len(keys) < 2 || 3*len(g.pairs) < 2*len(list) {
		return g, false
	}
	if 2*zoned > len(g.pairs) && zone.Abs() <= farthest {
		g.zone = zone
	}
	g.honest = 2*strange <= len(g.pairs) || strange < fewest
	return g, true
}

// quarter is what time zones are multiples of.
const quarter = 15 * time.Minute

// policy is how long a rule may hold a page or a message back: some are sent after exactly a quarter of an hour.
const policy = 29 * time.Minute

// honest tells whether the time between two lines, but for an offset, may have passed in earnest.
func honest(m match, but time.Duration) bool {
	least, most := -5*time.Second, 5*time.Second
	switch {
	case m.a.stage == m.b.stage && m.a.stage > stageTold:
		least, most = -time.Minute, time.Minute
	case m.a.stage < m.b.stage:
		most = policy
	case m.a.stage > m.b.stage:
		least = -policy
	}
	coarse := max(m.a.grain, m.b.grain)
	if coarse < time.Minute {
		coarse = 0
	}
	apart := m.apart() - but
	return apart >= least-coarse && apart <= most+coarse
}

// clockDoubts names the fewest sources that explain why some do not agree.
func (d *Doubter) clockDoubts() []Doubt {
	names := slices.Sorted(maps.Keys(d.sources))
	keys := map[string]map[uint64]*sight{}
	for _, n := range names {
		keys[n] = d.sources[n].all()
	}
	var gaps []clockGap
	for i, a := range names {
		for _, b := range names[i+1:] {
			if g, ok := gapOf(a, b, matches(keys[a], keys[b])); ok {
				gaps = append(gaps, g)
			}
		}
	}
	var found []Doubt
	for {
		source := d.suspect(gaps)
		if source == "" {
			return found
		}
		found = append(found, d.clockDoubt(source, gaps))
		gaps = slices.DeleteFunc(gaps, func(g clockGap) bool { return g.a == source || g.b == source })
	}
}

// suspect is the source whose clock explains most of the gaps that are left: the one that disagrees with
// most others and agrees with fewest. Between two, it is the one whose zone was told, then the one that
// writes logs on a host of its own.
func (d *Doubter) suspect(gaps []clockGap) string {
	score := map[string]int{}
	strange := map[string]bool{}
	for _, g := range gaps {
		for _, n := range []string{g.a, g.b} {
			if g.honest {
				score[n]--
			} else {
				score[n]++
				strange[n] = true
			}
		}
	}
	return slices.MinFunc(append(slices.Sorted(maps.Keys(strange)), ""), func(a, b string) int {
		if a == "" || b == "" {
			return cmp.Compare(b, a) // the empty name only when there is no other
		}
		return cmp.Or(score[b]-score[a], d.trust(a)-d.trust(b), cmp.Compare(b, a))
	})
}

func (d *Doubter) trust(source string) int {
	switch s := d.sources[source]; {
	case 2*s.told > s.count:
		return 0
	case 2*s.logs > s.count:
		return 1
	}
	return 2
}

func (d *Doubter) clockDoubt(source string, gaps []clockGap) Doubt {
	var best clockGap
	alone := true
	for _, g := range gaps {
		if g.honest || g.a != source && g.b != source {
			continue
		}
		if len(g.pairs) > len(best.pairs) {
			if best.pairs != nil {
				alone = false
			}
			best = g
		}
	}
	other, ahead, looks := best.a, best.by.Round(time.Second), best.zone != 0
	if looks {
		ahead = best.zone
	}
	if best.a == source {
		other, ahead = best.b, -ahead
	}
	for _, g := range gaps { // others that know the other source would disagree with it, too
		if (g.a == other || g.b == other) && g.a != source && g.b != source {
			alone = false
		}
	}
	way, size := "ahead of", ahead
	if ahead < 0 {
		way, size = "behind", -ahead
	}
	doubt := Doubt{Kind: DoubtClock, About: source + " " + way, Source: source, at: best.pairs[0].a.At,
		What:     fmt.Sprintf("%s is %s %s %s, by %d lines that both tell.", source, FormatDuration(size), way, other, len(best.pairs)),
		Question: "Which of the two clocks was right?"}
	if looks {
		doubt.About = source + " " + FormatOffset(ahead)
		doubt.What = strings.TrimSuffix(doubt.What, ".") + ": that looks like a time zone."
		doubt.Question = fmt.Sprintf("In which time zone did %s write its times?", source)
	}
	first := best.pairs[0]
	doubt.Where = []ID{first.a.ID, first.b.ID}
	if best.b == source {
		doubt.Where = []ID{first.b.ID, first.a.ID}
	}
	reason := func(way, than string) string {
		return fmt.Sprintf("%d lines that both tell lie %s %s those of %s", len(best.pairs), FormatDuration(size), way, than)
	}
	doubt.Fixes = []Fix{d.moveSource(source, -ahead, reason(map[bool]string{true: "after", false: "before"}[ahead > 0], other))}
	if alone {
		doubt.Fixes = append(doubt.Fixes, d.moveSource(other, ahead, reason(map[bool]string{true: "before", false: "after"}[ahead > 0], source)))
	}
	return doubt
}
