package model

import (
	"crypto/sha256"
	"strings"
	"time"
)

// An Asked is one of the four things that are asked of a moment, as it looked then.
type Asked struct {
	Field    string // of the event
	Label    string
	Question string
}

// FourQuestions are asked of each moment: how and what, and why only of what made sense.
var FourQuestions = []Asked{
	{"signals", "Signals", "Which signals were in view, and what did each of them say?"},
	{"belief", "Belief", "What did people believe was going on?"},
	{"decision", "Decision", "What was decided, and what else was on the table?"},
	{"why", "Why it made sense", "What made that the sensible thing to do then?"},
}

// AskedFor finds one of the four by its field.
func AskedFor(field string) Asked {
	for _, q := range FourQuestions {
		if q.Field == field {
			return q
		}
	}
	return Asked{Field: field}
}

// Note is what the event says on one of the four.
func (e Event) Note(field string) string {
	switch field {
	case "signals":
		return e.Signals
	case "belief":
		return e.Belief
	case "decision":
		return e.Decision
	case "why":
		return e.Why
	}
	return ""
}

// IsMoment tells whether a line of the timeline is a moment of the narrative: somebody wrote it, kept it, or
// worked on it.
func (e *Event) IsMoment() bool {
	return !e.Noise && !e.Housekeeping && e.MergedInto == "" && (e.Source == SourceHand || e.Kind == "decision" || hasStory(e))
}

// Tells lists the kinds of lines that stand in for moments while there is no narrative yet.
var Tells = []string{"alert", "page", "ack", "comms", "decision", "deploy"}

// InView tells whether a line is something that could be seen at the time: what tools and chats recorded, and
// the signals that people wrote down. What people noted of themselves is no signal.
func (e *Event) InView() bool {
	if e.Noise || e.Housekeeping || e.MergedInto != "" {
		return false
	}
	switch e.Kind {
	case "alert", "page", "ack", "metric", "signal", "deploy", "change", "comms", "status", "log":
		return true
	}
	return e.Source != SourceHand
}

// ViewWindow is how far back a moment's view reaches unless it is widened.
const ViewWindow = 15 * time.Minute

// QuestionID is the id of the question that is put to somebody about one of the four of a moment. It is the
// same for everybody, so that nobody is asked the same twice.
func QuestionID(about ID, asks, to string) ID {
	sum := sha256.Sum256([]byte("question\x00" + string(about) + "\x00" + asks + "\x00" + strings.ToLower(strings.TrimSpace(to))))
	return IDFrom(TypeQuestion, [8]byte(sum[:8]))
}

// Ask puts a question about a moment to a person or role. day is the day on which it is asked.
func Ask(g Gesture, incident, about ID, asks, to, text string, day time.Time) Gesture {
	id := QuestionID(about, asks, to)
	if g.Label == "" {
		g.Label = "ask " + to
	}
	return g.Set(TypeQuestion, id, "incident", string(incident)).
		Set(TypeQuestion, id, "about", string(about)).
		Set(TypeQuestion, id, "asks", asks).
		Set(TypeQuestion, id, "to", strings.TrimSpace(to)).
		Set(TypeQuestion, id, "text", text).
		Set(TypeQuestion, id, "asked", day.Format(time.DateOnly))
}

// Answered adds to the edit of a moment's field that the question which asked for it has its answer. Where
// several people were asked the same, each keeps a question of their own: what they saw may differ.
func (r Record) Answered(g Gesture, about ID, field string, answer any, day time.Time) Gesture {
	var asked []Question
	for _, q := range r.OpenQuestions() {
		if q.About == about && q.Asks == field {
			asked = append(asked, q)
		}
	}
	if len(asked) != 1 || answer == nil {
		return g
	}
	return g.Set(TypeQuestion, asked[0].ID, "answer", answer).Set(TypeQuestion, asked[0].ID, "answered_on", day.Format(time.DateOnly))
}

// AnswerWith adds to the edit of a question's answer the day on which it came, and gives it to the moment where
// that says nothing yet.
func (q Question) AnswerWith(g Gesture, e Event, answer any, day time.Time) Gesture {
	if answer == nil {
		return g.Set(TypeQuestion, q.ID, "answered_on", nil)
	}
	g = g.Set(TypeQuestion, q.ID, "answered_on", day.Format(time.DateOnly))
	if e.ID == q.About && AskedFor(q.Asks).Question != "" && e.Note(q.Asks) == "" {
		g = g.Set(TypeEvent, e.ID, q.Asks, answer)
	}
	return g
}

// OpenQuestions are those without an answer.
func (r Record) OpenQuestions() (open []Question) {
	for _, q := range r.Questions {
		if strings.TrimSpace(q.Answer) == "" {
			open = append(open, q)
		}
	}
	return open
}
