package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Silence is how long nothing has to be written while the impact was on before it is asked about.
const Silence = 5 * time.Minute

// MostImpact is how long the impact is taken to have been on while nobody has said when it ended.
const MostImpact = 6 * time.Hour

// Over is when the impact is taken to have ended; zero when it is not known to have started.
func (i Incident) Over() time.Time {
	switch {
	case !i.Resolved.IsZero():
		return i.Resolved
	case !i.Mitigated.IsZero():
		return i.Mitigated
	case i.Started.IsZero():
		return time.Time{}
	}
	return i.Started.Add(MostImpact)
}

// mostSilences is how many silences are asked about, the longest ones.
const mostSilences = 3

// silences are the longest times without a line while the impact was on.
type silences struct {
	before Told
	over   time.Time
	gaps   []silent
	others int
}

type silent struct{ before, after Told }

func (s silent) length() time.Duration { return s.after.At.Sub(s.before.At) }

func (s *silences) add(i Incident, e *Event) {
	if over := i.Over(); over.IsZero() || e.At.Before(i.Started) || grain(e.Precision) > time.Hour || e.At.After(over) && s.before.ID == "" {
		return
	}
	if s.before.ID != "" && !s.before.At.After(i.Over()) {
		s.keep(silent{s.before, told(e)})
	}
	s.before, s.over = told(e), i.Over()
}

func (s *silences) keep(gap silent) {
	if gap.length() <= Silence || gap.after.At.After(s.over.Add(Silence)) {
		return
	}
	s.gaps = append(s.gaps, gap)
	slices.SortStableFunc(s.gaps, func(a, b silent) int { return cmp.Compare(b.length(), a.length()) })
	if len(s.gaps) > mostSilences {
		s.gaps = s.gaps[:mostSilences]
		s.others++
	}
}

// doubts leaves out what lies at a line whose clock is in doubt: moving the clock moves the silence.
func (s *silences) doubts(off map[string]bool) (found []Doubt) {
	for n, g := range s.gaps {
		if off[g.before.Source] || off[g.after.Source] {
			continue
		}
		x := Doubt{Kind: DoubtSilence, About: string(g.before.ID) + " " + string(g.after.ID), Where: []ID{g.before.ID, g.after.ID}, Lines: []Told{g.before, g.after}, at: g.before.At,
			What:     fmt.Sprintf("Nothing is written for %s while the impact was on, after “%s”.", FormatDuration(g.length()), CleanLine(g.before.Title)),
			Question: "Who was doing what in that time?"}
		if n == len(s.gaps)-1 && s.others > 0 {
			x.What += fmt.Sprintf(" %d shorter silences are not listed.", s.others)
		}
		found = append(found, x)
	}
	return found
}
