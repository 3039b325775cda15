package model

import (
	"cmp"
	"slices"
	"time"
)

// mostImpact is how long the impact is taken to have been on while nobody has said when it ended.
const mostImpact = 6 * time.Hour

// ImpactSpan is from when to when the impact was on: until it was resolved, or else mitigated. Both are zero
// when its start is not known.
func (i Incident) ImpactSpan() Span {
	if i.Started.IsZero() {
		return Span{}
	}
	for _, end := range []time.Time{i.Resolved, i.Mitigated} {
		if !end.IsZero() {
			return Span{i.Started, end}
		}
	}
	return Span{i.Started, i.Started.Add(mostImpact)}
}

// LeastSilence is how long nothing has to be heard, at the least, while the impact was on before it is pointed
// out.
const LeastSilence = 5 * time.Minute

// silentPart is which part of the impact a silence has to last to stand out in it: in an hour five minutes do,
// in a day, where every other line comes ten minutes after the one before, they do not.
const silentPart = 24

// Silence is how long nothing was heard between two events that follow each other, where that fell into the
// impact and is long enough to ask about; else nothing.
func (impact Span) Silence(before, after time.Time) time.Duration {
	d := after.Sub(before)
	if d < max(LeastSilence, impact.Last.Sub(impact.First)/silentPart) || impact.First.IsZero() || !after.After(impact.First) || !before.Before(impact.Last) || after.After(impact.Last) {
		return 0
	}
	return d
}

// Silences are the silences while the impact was on, exact whatever the slices. One that is shorter than a
// slice can hide within it.
func (l Lanes) Silences(impact Span) (list []Span) {
	var before time.Time
	for _, s := range l.Spans {
		if s.First.IsZero() {
			continue
		}
		if !before.IsZero() && impact.Silence(before, s.First) > 0 {
			list = append(list, Span{before, s.First})
		}
		before = s.Last
	}
	return list
}

// A Burst is a short time in which a lane holds far more than it usually does.
type Burst struct {
	Lane   string
	Count  int
	From   time.Time
	Length time.Duration
	Times  float64 // how many times the usual number
}

// What makes a burst: so many events, so many times the mean of the lane, in no more than a part of the time.
const (
	leastBurst     = 8
	burstTimes     = 5
	mostBurstParts = 8
)

// Bursts are the bursts of all lanes, the strongest first. Slices that follow each other are one burst.
func (l Lanes) Bursts() (list []Burst) {
	for _, lane := range l.Lanes {
		n := len(lane.Counts)
		sum := 0
		for _, c := range lane.Counts {
			sum += c
		}
		usual := float64(sum) / float64(max(1, n))
		for i := 0; i < n; i++ {
			from, count := i, 0
			for i < n && float64(lane.Counts[i]) >= max(leastBurst, burstTimes*usual) {
				count += lane.Counts[i]
				i++
			}
			if count > 0 && i-from <= max(1, n/mostBurstParts) {
				long := l.Slice * time.Duration(i-from)
				list = append(list, Burst{lane.Name, count, l.From.Add(l.Slice * time.Duration(from)), long, float64(count) / float64(i-from) / usual})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Burst) int { return cmp.Or(cmp.Compare(b.Times, a.Times), b.Count-a.Count) })
	return list
}
