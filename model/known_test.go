package model

import (
	"testing"
	"time"
)

func TestMomentsOfTheNarrative(t *testing.T) {
	for _, c := range []struct {
		name         string
		e            Event
		moment, view bool
	}{
		{"an alert", Event{Source: "datadog", Kind: "alert"}, false, true},
		{"a typed line", Event{Source: SourceHand, Kind: "action"}, true, false},
		{"a typed signal", Event{Source: SourceHand, Kind: "signal"}, true, true},
		{"a kept message", Event{Source: "slack", Kind: "comms", Kept: true}, true, true},
		{"an alert with a role", Event{Source: "datadog", Kind: "alert", Role: "detection"}, true, true},
		{"noise with a role", Event{Source: "datadog", Kind: "alert", Role: "detection", Noise: true}, false, false},
		{"a merged line", Event{Source: SourceHand, MergedInto: "E-1"}, false, false},
		{"somebody joined", Event{Source: "slack", Kind: "comms", Housekeeping: true}, false, false},
	} {
		if got := c.e.IsMoment(); got != c.moment {
			t.Errorf("%s: moment %v", c.name, got)
		}
		if got := c.e.InView(); got != c.view {
			t.Errorf("%s: in view %v", c.name, got)
		}
	}
}

func TestQuestionsAreAskedOnce(t *testing.T) {
	if QuestionID("E-1", "belief", "Maya ") != QuestionID("E-1", "belief", "maya") || QuestionID("E-1", "belief", "maya") == QuestionID("E-1", "why", "maya") {
		t.Error("a question is not told by its moment, what it asks for and whom it asks")
	}
	day := noonUTC
	r := Record{Questions: []Question{{ID: "U-1", About: "E-1", Asks: "belief", To: "maya"}, {ID: "U-2", About: "E-1", Asks: "why", To: "maya"}, {ID: "U-3", About: "E-1", Asks: "why", To: "jonas"}}}
	if g := r.Answered(Gesture{}, "E-1", "belief", "the CDN", day); len(g.Edits) != 2 || g.Edits[0].ID != "U-1" || g.Edits[1].Value != "2026-11-02" {
		t.Errorf("the one question is not answered: %+v", g)
	}
	if g := r.Answered(Gesture{}, "E-1", "why", "it was quick", day); len(g.Edits) != 0 {
		t.Errorf("two people who were asked the same are answered by one: %+v", g)
	}
	if g := r.Answered(Gesture{}, "E-1", "belief", nil, day); len(g.Edits) != 0 {
		t.Errorf("an empty answer is one: %+v", g)
	}
	r.Questions[0].Answer = "x"
	if n := len(r.OpenQuestions()); n != 2 {
		t.Errorf("%d are open", n)
	}
}

func TestAnAnswerGoesToItsMomentWhereThatIsEmpty(t *testing.T) {
	q := Question{ID: "U-1", About: "E-1", Asks: "belief", To: "maya"}
	for _, c := range []struct {
		e    Event
		want int
	}{{Event{ID: "E-1"}, 2}, {Event{ID: "E-1", Belief: "said before"}, 1}, {Event{ID: "E-2"}, 1}} {
		if g := q.AnswerWith(Gesture{}, c.e, "the CDN", noonUTC); len(g.Edits) != c.want {
			t.Errorf("%+v: %+v", c.e, g.Edits)
		}
	}
	if g := q.AnswerWith(Gesture{}, Event{ID: "E-1"}, nil, time.Time{}); len(g.Edits) != 1 || g.Edits[0].Value != nil {
		t.Errorf("clearing it leaves its day: %+v", g.Edits)
	}
}
