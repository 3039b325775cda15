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
	before Told // the last line within the impact
	gaps   []silent
	others int
}

// A silent is a silence; it has no line after it when it lasted to the end of the timeline.
type silent struct {
	before, after Told
	length        time.Duration
}

func (s *silences) add(i Incident, e *Event) {
	over := i.Over()
	if over.IsZero() || e.At.Before(i.Started) || grain(e.Precision) > time.Hour {
		return
	}
	if s.before.ID != "" {
		s.keep(i, silent{before: s.before, after: told(e)})
	}
	s.before = Told{}
	if !e.At.After(over) {
		s.before = told(e)
	}
}

// keep takes a silence in if it is one of the longest. Where nobody has said when the impact ended, what
// reaches beyond the time that it is taken to have lasted says nothing.
func (s *silences) keep(i Incident, gap silent) {
	end, known := i.Over(), !i.Resolved.IsZero() || !i.Mitigated.IsZero()
	if after := gap.after.At; gap.after.ID != "" && after.Before(end) {
		end = after
	} else if !known {
		return
	}
	if gap.length = end.Sub(gap.before.At); gap.length <= Silence {
		return
	}
	s.gaps = append(s.gaps, gap)
	slices.SortStableFunc(s.gaps, func(a, b silent) int { return cmp.Compare(b.length, a.length) })
	if len(s.gaps) > mostSilences {
		s.gaps = s.gaps[:mostSilences]
		s.others++
	}
}

// doubts leaves out what lies at a line whose clock is in doubt: moving the clock moves the silence.
func (s silences) doubts(i Incident, off map[string]bool) (found []Doubt) {
	s.gaps = slices.Clone(s.gaps)
	if s.before.ID != "" {
		s.keep(i, silent{before: s.before})
	}
	for n, g := range s.gaps {
		if off[g.before.Source] || off[g.after.Source] {
			continue
		}
		x := Doubt{Kind: DoubtSilence, About: string(g.before.ID) + " " + string(g.after.ID), Where: []ID{g.before.ID}, Lines: []Told{g.before}, at: g.before.At,
			What:     fmt.Sprintf("Nothing is written for %s while the impact was on, after “%s”.", FormatDuration(g.length), CleanLine(g.before.Title)),
			Question: "Who was doing what in that time?"}
		if g.after.ID != "" {
			x.Where, x.Lines = append(x.Where, g.after.ID), append(x.Lines, g.after)
		}
		if n == len(s.gaps)-1 && s.others > 0 {
			x.What += fmt.Sprintf(" %d shorter silences are not listed.", s.others)
		}
		found = append(found, x)
	}
	return found
}
