package model

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// The kinds of doubts, the worst first: what moves a whole source comes before what concerns one line.
const (
	DoubtClock   = "clock"   // a source sits a constant offset from another
	DoubtZone    = "zone"    // a link in a line knows its own time, and the line's zone disagrees
	DoubtOrder   = "order"   // an answer comes before what it answers
	DoubtMoment  = "moment"  // a key moment contradicts another, or the evidence
	DoubtDate    = "date"    // a line stands between lines of another day
	DoubtOutside = "outside" // a line lies far from the rest of its own import
	DoubtSpan    = "span"    // an end before its start
	DoubtFold    = "fold"    // a time that the clock showed twice
	DoubtSkipped = "skipped" // a time that the clock left out
	DoubtTwin    = "twin"    // the same alert from two sources
	DoubtSilence = "silence" // nothing is written while the impact was on
)

var doubtOrder = []string{DoubtClock, DoubtZone, DoubtOrder, DoubtMoment, DoubtDate, DoubtOutside, DoubtSpan, DoubtFold, DoubtSkipped, DoubtTwin, DoubtSilence}

// A Doubt is something about the times of a timeline that does not fit together, with the question that
// would settle it.
type Doubt struct {
	Kind     string `json:"kind"`
	About    string `json:"about"` // what it is about; the same whenever it is found, see DismissalID
	Source   string `json:"source,omitempty"`
	Where    []ID   `json:"where,omitempty"` // lines that show it
	Lines    []Told `json:"lines,omitempty"` // the same lines, where not every fix shows them
	Field    string `json:"field,omitempty"` // the key moment of the incident, for kind moment
	What     string `json:"what"`
	Question string `json:"question"`
	Fixes    []Fix  `json:"fixes"` // the likeliest first; there may be none

	known bool      // Check says it already
	at    time.Time // for the order among doubts of a kind
}

// A Fix is one gesture that would settle a doubt, with what it would do.
type Fix struct {
	Label   string  `json:"label"` // "move syslog by -37s"
	Events  int     `json:"events"`
	Moves   []Move  `json:"moves,omitempty"` // the first of them
	Joins   []Join  `json:"joins,omitempty"`
	Gesture Gesture `json:"-"`
}

// A Move takes a line, or a key moment, from one time to another.
type Move struct {
	ID     ID        `json:"id,omitempty"`
	Source string    `json:"source,omitempty"`
	Title  string    `json:"title"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
}

// A Join merges a line into another one that tells the same.
type Join struct {
	From Told `json:"from"`
	Into Told `json:"into"`
}

// A Told is a line as a preview shows it.
type Told struct {
	ID     ID        `json:"id"`
	Source string    `json:"source"`
	Title  string    `json:"title"`
	At     time.Time `json:"at"`
}

// mostShown is how many lines a preview holds, and mostOfAKind how many doubts of one kind are told.
const (
	mostShown   = 50
	mostOfAKind = 20
)

// A Doubter looks for doubts in one pass over every event of an incident, in the order of time. It holds a
// bounded part of what it sees, whatever the length of the timeline.
type Doubter struct {
	incident Incident
	clocks   map[string]time.Duration
	sources  map[string]*sourceSeen
	imports  map[ID]*importSeen
	episodes map[uint64]*episode
	zones    zoneDoubts
	folds    map[string]*foldSeen
	quiet    silences
	spans    []Doubt
	first    firsts
	seen     int
}

// NewDoubter prepares the pass over the events of r.
func NewDoubter(r Record) *Doubter {
	d := &Doubter{incident: r.Incident, clocks: map[string]time.Duration{}, sources: map[string]*sourceSeen{}, imports: map[ID]*importSeen{},
		episodes: map[uint64]*episode{}, zones: zoneDoubts{}, folds: map[string]*foldSeen{}}
	for _, c := range r.Clocks {
		d.clocks[c.Source], _ = ParseOffset(c.Offset)
	}
	return d
}

// Add takes one more event in. What was set aside as noise, housekeeping or merged is no evidence of time.
func (d *Doubter) Add(e *Event) {
	if e.Noise || e.Housekeeping || e.MergedInto != "" {
		return
	}
	d.seen++
	d.addSource(e)
	d.addEpisode(e)
	d.addImport(e)
	d.addZone(e)
	d.addFold(e)
	d.addSpan(e)
	d.quiet.add(d.incident, e)
}

// FindDoubts looks through the whole timeline that each gives, and tells how many events of how many sources
// it has seen. It stops with the error that each stops with.
func FindDoubts(r Record, each func(yield func(*Event) error) error) (found []Doubt, events, sources int, err error) {
	d := NewDoubter(r)
	err = each(func(e *Event) error { d.Add(e); return nil })
	if err != nil {
		return nil, d.seen, len(d.sources), err
	}
	return d.Doubts(r), d.seen, len(d.sources), nil
}

// Doubts are what was found, the worst first, without those that were set aside.
func (d *Doubter) Doubts(r Record) []Doubt {
	clocks := d.clockDoubts()
	off := map[string]bool{} // sources whose clock is in doubt already: what follows from it is not said again
	for _, c := range clocks {
		off[c.Source] = true
	}
	zones := d.zoneDoubts(off)
	for _, z := range zones {
		off[z.Source] = true
	}
	all := slices.Concat(clocks, zones, d.orderDoubts(off), d.momentDoubts(off), d.dateDoubts(), d.spans, d.foldDoubts(), d.twinDoubts(), d.quiet.doubts(d.incident, off))
	count := map[string]int{}
	all = slices.DeleteFunc(all, func(x Doubt) bool {
		count[x.Kind]++
		return count[x.Kind] > mostOfAKind || r.dismissed(x)
	})
	slices.SortStableFunc(all, func(a, b Doubt) int {
		return cmp.Or(cmp.Compare(slices.Index(doubtOrder, a.Kind), slices.Index(doubtOrder, b.Kind)), a.at.Compare(b.at))
	})
	return all
}

// Contradicts tells whether the doubt is that two things cannot both be true. Twins and silence are no
// contradictions: they ask for more, not for which of two is right.
func (d Doubt) Contradicts() bool { return d.Kind != DoubtTwin && d.Kind != DoubtSilence }

// finding is the doubt as a check tells it.
func (d Doubt) finding(incident ID) Finding {
	f := Finding{Where: where(incident, "timeline"), What: d.What, Question: d.Question, Kind: d.Kind, About: d.About}
	switch {
	case d.Field != "":
		f.Where = where(incident, d.Field)
	case len(d.Where) > 0:
		f.Where = where(d.Where[0], "at")
	}
	return f
}

// told is what a preview says of an event. Titles are cut, so that what is held stays bounded.
func told(e *Event) Told {
	return Told{ID: e.ID, Source: e.Source, Title: cutTitle(e.Title), At: e.At}
}

func cutTitle(s string) string {
	const most = 120
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// linesOf counts lines of a source: “3 lines of syslog lie”, “1 typed line lies”.
func linesOf(n int, source, verb string) string {
	if n == 1 {
		verb += "s"
	}
	if source == SourceHand {
		return Counted(n, "typed line") + " " + verb
	}
	return Counted(n, "line") + " of " + source + " " + verb
}

func moved(t Told, to time.Time) Move {
	return Move{ID: t.ID, Source: t.Source, Title: t.Title, From: t.At, To: to}
}

// corrected tells whether somebody has given the event a time of its own, so that neither the clock of its
// source nor the file that it came from speaks for it any more.
func (d *Doubter) corrected(e *Event) bool {
	return !e.OriginalAt.IsZero() && !e.At.Equal(e.OriginalAt.Add(d.clocks[e.Source])) || e.Source == SourceHand && e.Reason != ""
}

// moveSource moves a source by another d on top of what its clock is moved by already.
func (d *Doubter) moveSource(source string, by time.Duration, reason string) Fix {
	g := ShiftClock(d.incident.ID, source, d.clocks[source]+by, reason)
	f := Fix{Label: "move " + source + " by " + FormatOffset(by), Gesture: g}
	s := d.sources[source]
	f.Events = s.count
	for _, t := range s.head {
		f.Moves = append(f.Moves, moved(t, t.At.Add(by)))
	}
	return f
}

// setTime gives one line a time of its own, and says why.
func setTime(label string, t Told, to time.Time, reason string) Fix {
	return Fix{Label: label, Events: 1, Moves: []Move{moved(t, to)},
		Gesture: Gesture{Label: "correct a time"}.Set(TypeEvent, t.ID, "at", FormatTime(to)).Set(TypeEvent, t.ID, "reason", reason)}
}

// grain is how far a time can be from what it says, because it was written in minutes or less exactly.
func grain(p Precision) time.Duration {
	switch p {
	case "", "s", "ms", "ns":
		return time.Second
	case "minute":
		return time.Minute
	case "day":
		return 24 * time.Hour
	}
	return time.Hour
}
