package model

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// An EventSummary is what the checks need to know of a timeline, gathered in one pass over it.
type EventSummary struct {
	Shown    int                  // neither noise, housekeeping nor merged
	Moments  map[string]time.Time // the first event that marks each key moment
	Findings []Finding            // wording of hand-written lines, and credentials
	doubter  *Doubter
	wanted   map[ID]bool // evidence that factors cite: found or not
	record   Record
}

// NewEventSummary prepares the pass over the events of r.
func NewEventSummary(r Record) *EventSummary {
	s := &EventSummary{Moments: map[string]time.Time{}, wanted: map[ID]bool{}, record: r, doubter: NewDoubter(r)}
	for _, f := range r.Factors {
		for _, id := range f.Evidence {
			s.wanted[id] = false
		}
	}
	return s
}

// Add takes one more event in.
func (s *EventSummary) Add(e *Event) {
	if _, cited := s.wanted[e.ID]; cited {
		s.wanted[e.ID] = true
	}
	for _, l := range s.record.SecretsOf(e) {
		s.Findings = append(s.Findings, l.finding(s.record.Incident.ID))
	}
	if e.Noise || e.Housekeeping || e.MergedInto != "" {
		return
	}
	s.Shown++
	s.doubter.Add(e)
	if at, ok := s.Moments[e.Moment]; e.Moment != "" && (!ok || e.At.Before(at)) {
		s.Moments[e.Moment] = e.At
	}
	// What a tool or a chat recorded is what was said then; only our own words are ours to better.
	if e.Source == SourceHand {
		if m := s.record.Remark(TypeEvent, e.ID, "title", e.Title); m.Some() {
			s.Findings = append(s.Findings, m.finding())
		}
	}
}

func (r Record) people() []string {
	names := []string{r.Incident.Facilitator, r.Incident.TimelineOwner}
	for _, p := range r.Participants {
		names = append(names, p.Name)
	}
	return slices.DeleteFunc(names, func(n string) bool { return strings.TrimSpace(n) == "" })
}

// where names a cell the way `set` takes it: id and field.
func where(id ID, field string) string { return strings.TrimSpace(string(id) + " " + field) }

// DefaultRequired are the fields without which a retrospective says too little.
func DefaultRequired() []string { return []string{"title", "started", "impact"} }

// Check looks for what is missing, contradictory, orphaned or worded so that it will not help later.
// Each finding is one sentence and one better question. events may be nil when they were not read.
func Check(r Record, events *EventSummary, tax Taxonomy, required []string) []Finding {
	c := &checker{r: r, tax: tax}
	c.frame(required)
	c.moments(events)
	c.doubts(events)
	c.factors(events)
	c.interactions()
	c.actions()
	c.answers()
	for _, m := range r.Remarks() {
		c.found = append(c.found, m.finding())
	}
	for _, l := range r.Secrets() {
		c.found = append(c.found, l.finding(r.Incident.ID))
	}
	if events != nil {
		c.found = append(c.found, events.Findings...)
	}
	return c.found
}

// questions ask for what a field's help describes.
var questions = map[string]string{
	"title":            "What happened, in words that someone outside the team understands?",
	"started":          "When did users first feel it?",
	"impact":           "Who could not do what, how many of them, and for how long?",
	"severity":         "How bad was it for users?",
	"services":         "Which services were affected?",
	"detected":         "When did a person or an alert first know?",
	"mitigated":        "When did users stop feeling it?",
	"resolved":         "When was the system back to normal?",
	"facilitator":      "Who leads the retrospective?",
	"timeline_owner":   "Who rebuilds the timeline before the meeting?",
	"summary":          "What does someone need to know who was not there?",
	"context":          "What does a reader need to know first?",
	"customer_effects": "What did a customer see?",
	"business_impact":  "What did it cost in money, contracts or reputation?",
	"regulatory":       "Is there a duty to report, and by when?",
}

func ask(f Field) string {
	if q, ok := questions[f.Name]; ok {
		return q
	}
	return "What is to stand under " + quote(f.Label) + "?"
}

type checker struct {
	r     Record
	tax   Taxonomy
	found []Finding
}

func (c *checker) say(where, what, question string) {
	if what != "" {
		c.found = append(c.found, Finding{Where: where, What: what, Question: question})
	}
}

func (c *checker) frame(required []string) {
	i := c.r.Incident
	for _, name := range required {
		f, ok := Named(TypeIncident, name)
		if ok && i.Empty(name) {
			c.say(where(i.ID, name), f.Label+" is missing.", ask(f))
		}
	}
	for _, role := range []string{"facilitator", "timeline_owner"} {
		f, _ := FieldOf(TypeIncident, role)
		if i.Empty(role) && !slices.Contains(required, role) {
			c.say(where(i.ID, role), "No "+strings.ToLower(f.Label)+" is named.", ask(f))
		}
	}
	outside := func(p Participant) bool {
		return slices.Contains([]string{"product", "support", "management", "other"}, p.Discipline)
	}
	switch {
	case len(c.r.Participants) == 0:
		c.say(where(i.ID, "participants"), "Nobody is listed as taking part.", "Who was there, and who felt it?")
	case !slices.ContainsFunc(c.r.Participants, outside):
		c.say(where(i.ID, "participants"), "Everyone listed is from engineering.", "Who from support or product saw what users saw?")
	}
}

func (c *checker) moments(events *EventSummary) {
	i := c.r.Incident
	for _, f := range i.MomentDoubts() {
		c.say(where(i.ID, f.Where), f.What, f.Question)
	}
	for _, m := range i.Moments() {
		if m.At.IsZero() && slices.Contains([]string{"detected", "mitigated", "resolved"}, m.Field) {
			f, _ := FieldOf(TypeIncident, m.Field)
			c.say(where(i.ID, m.Field), quote(m.Label)+" is not known.", ask(f))
		}
		if events == nil || m.At.IsZero() {
			continue
		}
		at, marked := events.Moments[m.Field]
		if apart := at.Sub(m.At).Abs(); marked && apart >= time.Minute {
			c.say(where(i.ID, m.Field), fmt.Sprintf("%s is %s away from the event that marks it.", quote(m.Label), FormatDuration(apart)),
				"Which of the two is right?")
		}
	}
	if events != nil && events.Shown == 0 {
		c.say(where(i.ID, "timeline"), "The timeline is empty.", "What was the first sign, and who or what saw it?")
	}
}

// doubts are the times that cannot all be true. What moments says already is not said again.
func (c *checker) doubts(events *EventSummary) {
	if events == nil {
		return
	}
	for _, d := range events.doubter.Doubts(c.r) {
		if d.Contradicts() && !d.known {
			c.found = append(c.found, d.finding(c.r.Incident.ID))
		}
	}
}

func (c *checker) factors(events *EventSummary) {
	i := c.r.Incident
	if len(c.r.Factors) == 0 {
		c.say(where(i.ID, "factors"), "No contributing condition is named.", "What had to be true for this to happen?")
		return
	}
	layers := map[string]bool{}
	for _, f := range c.r.Factors {
		layers[f.Layer] = true
		if f.Layer == "" {
			c.say(where(f.ID, "layer"), quote(f.Statement)+" has no layer.", "Is it technical, human or of a process?")
		}
		if w, ok := c.tax.Find("area", f.Area); ok && w.Group != f.Layer && f.Layer != "" {
			c.say(where(f.ID, "area"), fmt.Sprintf("The area %s belongs to the %s layer.", w.Label, w.Group), "Which of the two is meant?")
		}
		for _, e := range f.Evidence {
			if events != nil && !events.wanted[e] {
				c.say(where(f.ID, "evidence"), "It cites an event that is not there: "+string(e)+".", "Which event shows it?")
			}
		}
	}
	for _, hint := range Align(c.r.Factors).Hints {
		what, question := hint, ""
		if at := strings.Index(hint, ": "); at > 0 {
			what, question = hint[:at]+".", strings.ToUpper(hint[at+2:at+3])+hint[at+3:]
		}
		c.say(where(i.ID, "factors"), what, question)
	}
	if absent := slices.DeleteFunc([]string{LayerTechnical, LayerHuman, LayerProcess}, func(l string) bool { return layers[l] }); len(absent) == 1 {
		c.say(where(i.ID, "factors"), "No condition lies in the "+absent[0]+" layer.", layerQuestion[absent[0]])
	}
}

var layerQuestion = map[string]string{
	LayerTechnical: "What in code, infrastructure or tooling let it happen, or hid it?",
	LayerHuman:     "What did people have to know, decide or notice, and what made that hard?",
	LayerProcess:   "What in delivery, response or planning let it through, or slowed recovery?",
}

func (c *checker) interactions() {
	known := map[ID]bool{}
	for _, f := range c.r.Factors {
		known[f.ID] = true
	}
	for _, l := range c.r.Interactions {
		switch {
		case l.From == l.To:
			c.say(where(l.ID, "to"), "This condition acts on itself.", "Which other condition did it act on?")
		case !known[l.From] || !known[l.To]:
			c.say(where(l.ID, ""), "This interaction names a condition that is not there.", "Which two conditions acted on each other?")
		}
	}
}

func (c *checker) answers() {
	i := c.r.Incident
	for _, name := range []string{"prevent_technical", "prevent_human", "prevent_process"} {
		if f, _ := FieldOf(TypeIncident, name); i.Empty(name) && len(c.r.Factors) > 0 {
			c.say(where(i.ID, name), "No "+lowerFirst(f.Label)+" is named.", f.Help)
		}
	}
}

// Empty tells whether a field of the incident has no value. Unknown fields are empty.
func (i Incident) Empty(field string) bool {
	switch field {
	case "title":
		return strings.TrimSpace(i.Title) == ""
	case "severity":
		return i.Severity == ""
	case "type":
		return i.Type == ""
	case "services":
		return len(i.Services) == 0
	case "teams":
		return len(i.Teams) == 0
	case "tags":
		return len(i.Tags) == 0
	case "stage":
		return i.Stage == ""
	case "key":
		return i.Key == ""
	}
	for _, m := range i.Moments() {
		if m.Field == field {
			return m.At.IsZero()
		}
	}
	return strings.TrimSpace(i.Text(field)) == ""
}

// Text is the text in a field of one or many lines; empty for any other field.
func (i Incident) Text(field string) string {
	return map[string]string{
		"environment": i.Environment, "context": i.Context, "impact": i.Impact, "customer_effects": i.CustomerEffects,
		"business_impact": i.BusinessImpact, "regulatory": i.Regulatory, "zone": i.Zone, "facilitator": i.Facilitator,
		"timeline_owner": i.TimelineOwner, "summary": i.Summary, "went_well": i.WentWell, "lucky": i.Lucky,
		"prevent_technical": i.PreventTechnical, "prevent_human": i.PreventHuman, "prevent_process": i.PreventProcess,
	}[field]
}
