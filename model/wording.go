package model

import (
	"slices"
	"strings"

	"aftermath/wording"
)

// A Remark is what the judgement of wording has to say about one field of one entity: one calm sentence and
// the better question. It speaks only where the words leave little doubt, because a false alarm in front of a
// meeting costs more trust than a weak line that nobody remarked on; and it never says again what somebody
// looked at and set aside.
type Remark struct {
	Of             ID // empty for what is not in the file yet
	Field          string
	Text           string // the words themselves
	Kind           string // the reason, as `aftermath judge` names it
	What, Question string
	term           string
}

// Some tells whether there is anything to say.
func (m Remark) Some() bool { return m.What != "" }

// String is the remark on one line.
func (m Remark) String() string { return strings.TrimSpace(m.What + " " + m.Question) }

// DoubtWording is the kind of a dismissal that sets a remark on wording aside.
const DoubtWording = "wording"

// about names the remark so that it stays away after small edits: by entity, field and reason. Vague and
// unmeasured are one reason here, since an edit that moves a line from one to the other answers neither; an
// acronym is explained, or known, for the whole record.
func (m Remark) about() string {
	switch m.Kind {
	case string(wording.Acronym):
		return m.Kind + " " + m.term
	case string(wording.NoMeasure):
		return string(m.Of) + " " + m.Field + " " + string(wording.Vague)
	}
	return string(m.Of) + " " + m.Field + " " + m.Kind
}

// Aside sets the remark aside for a reason. Undoing the gesture brings it back.
func (m Remark) Aside(incident ID, reason string) Gesture {
	g := SetAside(incident, Doubt{Kind: DoubtWording, About: m.about(), What: m.What}, reason)
	g.Label = "set a remark aside"
	return g
}

// Remark judges a text that stands, or is about to stand, in a field of an entity. What is not in the file
// yet has no id.
func (r Record) Remark(t Type, id ID, field, text string) Remark {
	said := judge(t, field, text, r.around())
	m := Remark{Of: id, Field: field, Text: text, Kind: string(said.Reason), What: said.What, Question: said.Question, term: said.Term}
	if m.Some() && r.dismissed(Doubt{Kind: DoubtWording, About: m.about()}) {
		return Remark{}
	}
	return m
}

// judge knows which fields are judged, and as what.
func judge(t Type, field, text string, a wording.Around) wording.Remark {
	if strings.TrimSpace(text) == "" {
		return wording.Remark{}
	}
	switch {
	case t == TypeAction && field == "title":
		return wording.Action(text, a).Remark
	case t == TypeFactor && field == "statement":
		return wording.Factor(text, a).Remark
	case t == TypeEvent && slices.Contains([]string{"title", "signals", "belief", "decision", "why"}, field), t == TypeQuestion && field == "answer":
		return wording.Event(text, a).Remark
	case t == TypeQuestion && field == "text", t == TypeReply && field == "answer":
		// A question, and what the room says to one, may be about an event; it may not blame.
		if m := wording.Factor(text, a).Remark; m.Reason == wording.Blame {
			return m
		}
	case t == TypeIncident && field == "impact":
		return wording.Impact(text, a).Remark
	}
	return wording.Remark{}
}

// around is what a reader of this record knows besides a line of it.
func (r Record) around() wording.Around {
	i := r.Incident
	a := wording.Around{People: r.people(), Terms: slices.Concat(i.Services, i.Teams, i.Tags),
		Texts: []string{i.Title, i.Context, i.Impact, i.CustomerEffects, i.BusinessImpact, i.Summary}}
	for _, p := range r.Participants {
		a.Terms = append(a.Terms, p.Name, p.Role)
	}
	for _, f := range r.Factors {
		a.Texts = append(a.Texts, f.Detail)
		a.Terms = append(a.Terms, f.Team)
	}
	return a
}

// Remarks are what there is to say about the words of the record itself: impact, conditions and actions. An
// acronym is asked after once.
func (r Record) Remarks() []Remark {
	var out []Remark
	asked := map[string]bool{}
	add := func(id ID, field, text string) {
		m := r.Remark(id.Type(), id, field, text)
		if !m.Some() || asked[m.about()] {
			return
		}
		asked[m.about()] = true
		out = append(out, m)
	}
	add(r.Incident.ID, "impact", r.Incident.Impact)
	for _, f := range r.Factors {
		add(f.ID, "statement", f.Statement)
	}
	for _, x := range r.Actions {
		if x.Answers() {
			add(x.ID, "title", x.Title)
		}
	}
	return out
}

// finding is the remark as a check tells it.
func (m Remark) finding() Finding {
	return Finding{Where: where(m.Of, m.Field), What: m.What, Question: m.Question, Kind: DoubtWording, About: m.about()}
}

// JudgedAim is what an action's wording aims at, and whether it is weak.
func JudgedAim(title string) (aim string, weak bool) {
	v := wording.Action(title, wording.Around{})
	return v.Aim, v.Weak
}
