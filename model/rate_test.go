package model

import (
	"math"
	"strings"
	"testing"
	"time"
)

// The limits are those of the χ² tables that Garwood's are read from: χ²(0.1; 2n) ÷ 2 and χ²(0.9; 2n + 2) ÷ 2.
func TestPoissonInterval(t *testing.T) {
	for _, c := range []struct {
		n         int
		low, high float64
	}{{0, 0, 2.3026}, {1, 0.1054, 3.8897}, {3, 1.1021, 6.6808}, {10, 6.2213, 15.4066}, {100, 87.42, 114.07}, {2000, 1942.8, 2058.5}} {
		low, high := PoissonInterval(c.n)
		if math.Abs(low-c.low) > 0.001*(1+c.low) || math.Abs(high-c.high) > 0.001*(1+c.high) {
			t.Errorf("%d: %.4f to %.4f instead of %v to %v", c.n, low, high, c.low, c.high)
		}
	}
}

func TestFrequencyIsSuggestedFromTheFile(t *testing.T) {
	now := instant("2026-11-02T12:00:00Z")
	ago := func(months int) time.Time { return now.AddDate(0, -months, 0) }
	r := Record{Incident: Incident{ID: "N-01", Type: "capacity", Services: []string{"checkout"}},
		Factors: []Factor{{ID: "F-01", Statement: "Retries are unlimited when the pool is exhausted", Layer: "technical", Area: "code"}}}
	mine := PastIncident{ID: "N-01", Key: "mine", Type: "capacity", Services: []string{"checkout"}, Started: ago(1)}
	other := func(id ID, months int, kind string, services ...string) PastIncident {
		return PastIncident{ID: id, Key: string(id), Type: kind, Services: services, Started: ago(months)}
	}
	like := other("N-05", 5, "latency", "search")
	like.Factors = []Factor{{Statement: "Unlimited retries exhausted the pool", Layer: "technical", Area: "code"}}
	unlike := other("N-06", 5, "latency", "search")
	unlike.Factors = []Factor{{Statement: "The pool of reviewers is small", Layer: "process", Area: "delivery"}}
	answers := Action{ID: "A-01", Factors: []ID{"F-01"}}
	for _, c := range []struct {
		what   string
		action Action
		past   []PastIncident
		want   string
	}{
		{"the services", Action{}, []PastIncident{mine, other("N-02", 14, "latency", "checkout"), other("N-03", 6, "data_loss", "checkout", "cart"), other("N-04", 3, "latency", "search")},
			"3 incidents in 14 months in this file touch checkout: about 2.6 a year; few, so 0.9–3–6."},
		{"type and service come before the service alone", Action{}, []PastIncident{mine, other("N-02", 12, "capacity", "checkout"), other("N-03", 6, "latency", "checkout")},
			"2 incidents in 12 months in this file touch checkout and are about capacity: about 2 a year; few, so 0.5–2–5."},
		{"conditions like it come first", answers, []PastIncident{mine, other("N-02", 24, "capacity", "checkout"), like, unlike},
			"2 incidents in 24 months in this file have a condition like those that it answers: about 1 a year; few, so 0.3–1–3."},
		{"this one alone", answers, []PastIncident{mine, other("N-02", 12, "latency", "search")}, "1 incident in 12 months in this file touches checkout: about 1 a year; few, so 0.1–1–4."},
	} {
		if got := SuggestFrequency(r, c.action, c.past, now); got.Text != c.want || len(got.Keys) != got.Count {
			t.Errorf("%s: %s", c.what, got.Text)
		}
	}
	for _, past := range [][]PastIncident{nil, {mine}, {{ID: "N-01", Services: []string{"checkout"}}}, {other("N-02", 20, "latency", "search")}} {
		if got := SuggestFrequency(r, answers, past, now); got.Count != 0 || got.Range != (Range{}) || got.Text == "" {
			t.Errorf("%v gave %+v", past, got)
		}
	}
}

// A suggestion says that it is one for as long as its range stands.
func TestAnAcceptedSuggestionKeepsItsGround(t *testing.T) {
	s := Suggestion{Range: Range{1, 3, 6}, Text: "3 incidents touch checkout."}
	g := s.Accept("A-01", "dana", instant("2026-11-02T12:00:00Z"))
	a := Action{Occurrences: g.Edits[0].Value.(string), OccurrencesBy: g.Edits[1].Value.(string)}
	if got := SuggestedFrom(a); got != "3 incidents touch checkout; accepted by dana on 2026-11-02" {
		t.Error(got)
	}
	a.Occurrences = "1–4–6"
	if got := SuggestedFrom(a); got != "" {
		t.Errorf("another range still says %q", got)
	}
	if f, _ := Named(TypeAction, "occurrences_source"); !strings.Contains(f.Help, "begins with the range") {
		t.Error(f.Help)
	}
}
