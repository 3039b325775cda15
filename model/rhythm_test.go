package model

import (
	"fmt"
	"testing"
	"time"
)

var two = time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)

func minutes(n int) time.Time { return two.Add(time.Duration(n) * time.Minute) }

func TestSilencesFallIntoTheImpact(t *testing.T) {
	spans := func(at ...int) (list []Span) {
		list = make([]Span, 60)
		for _, m := range at {
			list[m] = Span{minutes(m), minutes(m).Add(10 * time.Second)} // the length of a silence counts from its last event
		}
		return list
	}
	for _, c := range []struct {
		incident Incident
		at       []int
		want     string
	}{
		{Incident{Started: minutes(10), Resolved: minutes(40)}, []int{0, 12, 13, 20, 39}, "[0 12 13 20 20 39]"},
		{Incident{Started: minutes(10), Resolved: minutes(40)}, []int{12, 16, 20}, "[]"},
		{Incident{Started: minutes(10), Resolved: minutes(40)}, []int{12, 50}, "[]"},
		{Incident{Started: minutes(10), Mitigated: minutes(30)}, []int{12, 18, 26, 40, 50}, "[12 18 18 26]"},
		{Incident{Started: minutes(10)}, []int{12, 40}, "[12 40]"},
		{Incident{}, []int{12, 40}, "[]"},
	} {
		got := []int{}
		for _, s := range (Lanes{From: two, Slice: time.Minute, Spans: spans(c.at...)}).Silences(c.incident.ImpactSpan()) {
			got = append(got, int(s.First.Sub(two)/time.Minute), int(s.Last.Sub(two)/time.Minute))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%+v with events at %v: %v, want %s", c.incident, c.at, got, c.want)
		}
	}
}

func TestBursts(t *testing.T) {
	lane := func(name string, n, each int, more map[int]int) Lane {
		l := Lane{Name: name, Counts: make([]int, n)}
		for i := range l.Counts {
			l.Counts[i] = each + more[i]
			l.Total += l.Counts[i]
		}
		return l
	}
	for _, c := range []struct {
		lane Lane
		want string
	}{
		{lane("alone", 60, 0, map[int]int{6: 42}), "[42 in 1m at 14:06]"},
		{lane("joined", 60, 1, map[int]int{6: 42, 7: 30}), "[74 in 2m at 14:06]"},
		{lane("two, the stronger first", 60, 1, map[int]int{6: 20, 30: 40}), "[41 in 1m at 14:30 21 in 1m at 14:06]"},
		{lane("steady", 60, 100, map[int]int{6: 40}), "[]"},
		{lane("few", 60, 0, map[int]int{6: 7}), "[]"},
		{lane("nothing", 60, 0, nil), "[]"},
		{lane("no slices", 0, 0, nil), "[]"},
		{lane("a long time", 60, 0, map[int]int{1: 50, 2: 50, 3: 50, 4: 50, 5: 50, 6: 50, 7: 50, 8: 50}), "[]"},
	} {
		got := []string{}
		for _, b := range (Lanes{From: two, Slice: time.Minute, Lanes: []Lane{c.lane}}).Bursts() {
			got = append(got, fmt.Sprintf("%d in %s at %s", b.Count, FormatDuration(b.Length), b.From.Format("15:04")))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v, want %s", c.lane.Name, got, c.want)
		}
	}
}

// A silence stands out against the length of the impact: what is long in an hour is the pace of a day.
func TestASilenceStandsOutAgainstTheImpact(t *testing.T) {
	from := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ impact, silence, want time.Duration }{
		{45 * time.Minute, 4 * time.Minute, 0},
		{45 * time.Minute, 5 * time.Minute, 5 * time.Minute},
		{2 * time.Hour, 5 * time.Minute, 5 * time.Minute},
		{24 * time.Hour, 30 * time.Minute, 0},
		{24 * time.Hour, time.Hour, time.Hour},
	} {
		impact := Span{from, from.Add(c.impact)}
		if got := impact.Silence(from, from.Add(c.silence)); got != c.want {
			t.Errorf("%v of %v: %v, want %v", c.silence, c.impact, got, c.want)
		}
	}
	if got := (Span{from, from.Add(time.Hour)}).Silence(from.Add(-2*time.Hour), from); got != 0 {
		t.Errorf("%v before the impact is told as silence in it", got)
	}
}
