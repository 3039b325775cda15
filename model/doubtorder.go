package model

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// A phase is what a line says of an alert: that it fired, that somebody took it, that it is over.
type phase int

const (
	phaseFired phase = iota
	phaseTaken
	phaseOver
)

var phaseWord = Pattern(`(?i)\b(acknowledged|ack(?:ed)?|resolved|recovered|closed|firing|fired|triggered|re-?triggered|opened|alert)\b`)

// phaseOf takes the words for a phase off the edges of a title, in brackets or before a colon, as in
// “[Recovered] p99 is high”, “Resolved: p99 is high” and “p99 is high: Acknowledged”. What is left names
// the alert itself.
func phaseOf(e *Event) (phase, string) {
	p := phaseFired
	if e.Kind == "ack" {
		p = phaseTaken
	}
	core := strings.TrimSpace(e.Title)
	take := func(text string) bool {
		if len(text) > 24 {
			return false
		}
		switch word := strings.ToLower(phaseWord().FindString(text)); {
		case word == "":
			return false
		case strings.HasPrefix(word, "ack"):
			p = phaseTaken
		case word == "resolved" || word == "recovered" || word == "closed":
			p = phaseOver
		}
		return true
	}
	if rest, found := strings.CutPrefix(core, "["); found {
		if tag, after, closed := strings.Cut(rest, "]"); closed && take(tag) {
			core = strings.TrimSpace(after)
		}
	}
	if head, rest, found := strings.Cut(core, ":"); found && take(head) {
		core = strings.TrimSpace(rest)
	} else if at := strings.LastIndex(core, ":"); at > 0 && take(core[at+1:]) {
		core = strings.TrimSpace(core[:at])
	}
	return p, core
}

// phasedKey is the key of a title in its phase, so that an alert and its end are two things.
func phasedKey(e *Event) (uint64, bool) {
	switch e.Kind {
	case "alert", "page", "ack", "status", "comms":
		p, core := phaseOf(e)
		hash, ok := titleKey(core)
		return mix(hash + uint64(p)), ok
	}
	return titleKey(e.Title)
}

// An episode is one alert from its first line to its last, by whatever names it.
type episode struct {
	exact              bool // named by an address
	paged              bool // by a page, whose address is that of one incident
	fired, taken, over told3
}

// told3 is the first and the last line of a phase.
type told3 struct {
	count       int
	first, last Told
	lastEnd     time.Time
}

func (t *told3) add(e *Event, end time.Time) {
	t.last = told(e)
	if t.count == 0 {
		t.first = t.last
	}
	t.count++
	if end.After(t.lastEnd) {
		t.lastEnd = end
	}
}

// mostEpisodes is how many alerts are followed.
const mostEpisodes = 4096

func (d *Doubter) addEpisode(e *Event) {
	switch e.Kind {
	case "alert", "page", "ack", "status":
	default:
		return
	}
	p, core := phaseOf(e)
	if e.Kind == "status" && p == phaseFired {
		return
	}
	d.first.add(e, p)
	if hash, ok := titleKey(core); ok {
		d.episode(hash, false).add(e, p)
	}
	if e.URL != "" {
		sum := uint64(fnvOffset)
		for i := range len(e.URL) {
			sum = (sum ^ uint64(e.URL[i])) * fnvPrime
		}
		d.episode(mix(sum^0x75), true).add(e, p)
	}
}

func (d *Doubter) episode(hash uint64, exact bool) *episode {
	x := d.episodes[hash]
	if x == nil {
		x = &episode{exact: exact}
		if len(d.episodes) < mostEpisodes {
			d.episodes[hash] = x
		}
	}
	return x
}

func (x *episode) add(e *Event, p phase) {
	switch p {
	case phaseFired:
		x.fired.add(e, e.End)
		x.paged = x.paged || e.Kind == "page"
	case phaseTaken:
		x.taken.add(e, time.Time{})
	case phaseOver:
		x.over.add(e, time.Time{})
	}
}

// firsts are the first lines of each phase over the whole incident.
type firsts struct {
	page, fired, taken Told
	takenLater         Told // the first acknowledgement from the first page on
}

func (f *firsts) add(e *Event, p phase) {
	switch {
	case p == phaseFired && f.fired.ID == "":
		f.fired = told(e)
	case p == phaseTaken && f.taken.ID == "":
		f.taken = told(e)
	}
	if e.Kind == "page" && f.page.ID == "" {
		f.page = told(e)
	}
	if p == phaseTaken && f.page.ID != "" && f.takenLater.ID == "" {
		f.takenLater = told(e)
	}
}

// farthest is how far apart an answer and what it answers may lie; what is farther apart is another alert
// of the same name.
const farthest = 26 * time.Hour

// orderDoubts are answers that come before what they answer. A title alone names many alerts in turn, so
// that only one alert with one answer from another source counts; within one source the answer may be to
// an alert before the window that was imported. The address of a page names one incident.
func (d *Doubter) orderDoubts(off map[string]bool) []Doubt {
	var found []Doubt
	said := map[ID]bool{}
	for _, hash := range slices.Sorted(maps.Keys(d.episodes)) {
		x := d.episodes[hash]
		for _, answer := range []struct {
			name string
			told told3
		}{{"An acknowledgement", x.taken}, {"The end of an alert", x.over}} {
			a, f := answer.told.first, x.fired.first
			same := x.exact && x.paged || x.fired.count == 1 && answer.told.count == 1 && a.Source != f.Source
			before := f.At.Sub(a.At)
			if answer.told.count == 0 || x.fired.count == 0 || before < 2*time.Second || before > farthest || said[a.ID] ||
				off[a.Source] || off[f.Source] || !same {
				continue
			}
			said[a.ID] = true
			what := map[bool]string{true: "its page", false: "it fired"}[answer.name == "An acknowledgement"]
			found = append(found, d.orderDoubt(a, f, fmt.Sprintf("%s comes %s before %s: “%s”.", answer.name, FormatDuration(before), what, CleanLine(a.Title))))
		}
	}
	if t, f := d.first.taken, d.first.fired; len(found) == 0 && t.ID != "" && f.ID != "" && t.Source != f.Source && !off[t.Source] && !off[f.Source] {
		if before := f.At.Sub(t.At); before >= time.Minute && before <= farthest {
			found = append(found, d.orderDoubt(t, f, fmt.Sprintf("The first acknowledgement comes %s before the first alert or page.", FormatDuration(before))))
		}
	}
	return found
}

func (d *Doubter) orderDoubt(answer, fired Told, what string) Doubt {
	x := Doubt{Kind: DoubtOrder, About: string(answer.ID) + " " + string(fired.ID), Source: answer.Source, Where: []ID{answer.ID, fired.ID}, at: answer.At,
		What: what, Question: "Which of the two times is right, and is one of them in another time zone?"}
	if answer.Source == fired.Source {
		x.Lines = []Told{answer, fired}
		return x
	}
	by := fired.At.Sub(answer.At)
	if by < 10*time.Minute {
		by = by.Truncate(time.Second) + time.Second
	} else {
		by = (by + 30*time.Minute - 1).Truncate(30 * time.Minute)
	}
	const reason = "an answer cannot come before what it answers"
	if answer.Source != SourceHand {
		x.Fixes = append(x.Fixes, d.moveSource(answer.Source, by, reason))
	}
	if fired.Source != SourceHand {
		x.Fixes = append(x.Fixes, d.moveSource(fired.Source, -by, reason))
	}
	return x
}
