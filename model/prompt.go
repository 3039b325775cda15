package model

import (
	"crypto/sha256"
	"slices"
	"strings"
	"time"
)

// A Prompt is a question of the guided analysis. It asks how and what, and concludes nothing.
type Prompt struct {
	ID    string   // names it for good, in replies and in the configuration
	Pack  string   // the heading under which it stands
	Ask   string   // the question; for one event or condition with {time}, {who} and {what} in it
	Check bool     // an item of a checklist: looked at is an answer
	When  []string // facts that have to hold; "not " in front turns one round. See FactNames
	After string   // another prompt, whose answer leads here
	Each  string   // asked once for each event of a role ("decision") or of each condition ("condition")
	Field string   // the field of the incident, or of the condition, that keeps the answer, where it has one
	Leads string   // what an answer may become: TypeFactor or TypeAction
	Layer string   // of that condition
	Area  string
}

// An Asking is a prompt that fits the record, put about one thing.
type Asking struct {
	Prompt  Prompt
	About   ID     // an event or a condition; empty for the incident
	Text    string // the question as it is put
	Short   string // the same for a list: without the words of the line that it is about
	Because string // what on the record leads to it, as the end of a sentence
	Answer  string // empty while it is open
	By      string
	At      time.Time
	Depth   int // how many answers led to it
}

// Open tells whether nothing was answered yet.
func (a Asking) Open() bool { return strings.TrimSpace(a.Answer) == "" }

// Key names the asking among those of an incident.
func (a Asking) Key() string { return a.Prompt.ID + " " + string(a.About) }

// ReplyID is the id of the answer to a prompt about one thing: two people who answer the same question apart
// meet in one entry, and the record shows what both wrote.
func ReplyID(incident ID, prompt string, about ID) ID {
	sum := sha256.Sum256([]byte("reply\x00" + string(incident) + "\x00" + prompt + "\x00" + string(about)))
	return IDFrom(TypeReply, [8]byte(sum[:8]))
}

// Reply is the gesture that keeps an answer, with who wrote it and when. An empty answer takes it back.
func (a Asking) Reply(incident ID, answer, by string, at time.Time) Gesture {
	answer = strings.TrimSpace(answer)
	if t, of, ok := a.Kept(incident); ok {
		g := Gesture{Label: "answer a question"}
		if answer == "" {
			return g.Set(t, of, a.Prompt.Field, nil)
		}
		return g.Set(t, of, a.Prompt.Field, answer)
	}
	id := ReplyID(incident, a.Prompt.ID, a.About)
	if answer == "" {
		return Remove(id)
	}
	g := Gesture{Label: "answer a question"}.
		Set(TypeReply, id, "incident", string(incident)).
		Set(TypeReply, id, "prompt", a.Prompt.ID).
		Set(TypeReply, id, "text", a.Text).
		Set(TypeReply, id, "answer", answer).
		Set(TypeReply, id, "by", by).
		Set(TypeReply, id, "at", FormatTime(at))
	if a.About != "" {
		g = g.Set(TypeReply, id, "about", string(a.About))
	}
	return g
}

// Kept tells which entity keeps the answer in a field of its own, where one does.
func (a Asking) Kept(incident ID) (t Type, id ID, ok bool) {
	if a.About.Type() == TypeFactor {
		return TypeFactor, a.About, a.Prompt.Field != ""
	}
	return TypeIncident, incident, a.Prompt.Field != ""
}

// LookedAt is the answer to an item of a checklist that gave nothing to note.
const LookedAt = "Looked at, nothing to note."

// A Guide asks about one incident.
type Guide struct {
	record  *Record
	prompts []Prompt
	events  []Event // the narrative
	facts   map[string]bool
	replies map[ID]Reply
	zone    *time.Location
}

// NewGuide prepares the questions. events are the narrative, oldest first; times are written in zone.
func NewGuide(r *Record, events []Event, prompts []Prompt, zone *time.Location) *Guide {
	g := &Guide{record: r, prompts: prompts, events: events, facts: Facts(r, events), replies: map[ID]Reply{}, zone: zone}
	for _, x := range r.Replies {
		g.replies[x.ID] = x
		if strings.TrimSpace(x.Answer) != "" {
			g.facts["answered:"+x.Prompt] = true
		}
	}
	return g
}

// Askings are the prompts that fit the record now, pack by pack, each followed by those that its answer leads
// to. What was answered stays, even when the record has moved on.
func (g *Guide) Askings() []Asking {
	var list []Asking
	for _, p := range g.prompts {
		if p.After == "" {
			list = g.put(list, p, 0)
		}
	}
	g.byMoment(list)
	return list
}

// byMoment puts what is asked about one line of the timeline side by side, in the order of time: the room stays
// with a moment until it is done with it.
func (g *Guide) byMoment(list []Asking) {
	at := map[ID]int{}
	for i, e := range g.events {
		at[e.ID] = i
	}
	ofEvent := func(a Asking) bool { return a.About.Type() == TypeEvent && a.Depth == 0 }
	for i := 0; i < len(list); i++ {
		end := i
		for end < len(list) && ofEvent(list[end]) {
			end++
		}
		slices.SortStableFunc(list[i:end], func(a, b Asking) int { return at[a.About] - at[b.About] })
		i = max(i, end)
	}
}

// put adds a prompt about each thing that it is about, and then what follows from it.
func (g *Guide) put(list []Asking, p Prompt, depth int) []Asking {
	answered := false
	for _, a := range g.about(p) {
		g.answer(&a)
		if a.Open() && !g.holds(p) {
			continue
		}
		answered = answered || !a.Open()
		a.Depth = depth
		list = append(list, a)
	}
	if !answered || depth > 3 { // a pack of the configuration may lead in a circle
		return list
	}
	for _, next := range g.prompts {
		if next.After == p.ID {
			list = g.put(list, next, depth+1)
		}
	}
	return list
}

func (g *Guide) answer(a *Asking) {
	switch t, id, kept := a.Kept(g.record.Incident.ID); {
	case kept && t == TypeIncident:
		a.Answer = g.record.Incident.Text(a.Prompt.Field)
		return
	case kept:
		for _, f := range g.record.Factors {
			if f.ID == id {
				a.Answer = map[string]string{"without": f.Without, "team": f.Team, "detail": f.Detail}[a.Prompt.Field]
			}
		}
		return
	}
	if x, ok := g.replies[ReplyID(g.record.Incident.ID, a.Prompt.ID, a.About)]; ok {
		a.Answer, a.By, a.At = x.Answer, x.By, x.At
	}
}

// about is a prompt with what it is asked about: the incident, or each event or condition that it fits.
func (g *Guide) about(p Prompt) (list []Asking) {
	because := reasons(p)
	switch p.Each {
	case "":
		return []Asking{{Prompt: p, Text: p.Ask, Short: p.Ask, Because: because}}
	case "condition":
		for _, f := range g.record.Factors {
			if f.Condition() && (p.Layer == "" || f.Layer == p.Layer) {
				text := strings.ReplaceAll(p.Ask, "{what}", quote(f.Statement))
				list = append(list, Asking{Prompt: p, About: f.ID, Text: text, Short: text, Because: because})
			}
		}
		return list
	}
	for i := range g.events {
		e := &g.events[i]
		if e.Role != p.Each && e.Kind != p.Each || len(list) == mostAbout {
			continue
		}
		who := strings.TrimPrefix(e.Actor, "@")
		if who == "" {
			who = "somebody"
		}
		clock := e.At.In(g.zone).Format("15:04")
		list = append(list, Asking{Prompt: p, About: e.ID, Because: "the timeline has " + withArticle(eventWord(p.Each)),
			Text:  strings.NewReplacer("{time}", clock, "{who}", who, "{what}", quote(cutTitle(e.Title))).Replace(p.Ask),
			Short: strings.NewReplacer("{time}, {what}", clock+" "+strings.ReplaceAll(p.Each, "_", " "), "{time}", clock, "{who}", who, "{what}", "this").Replace(p.Ask)})
	}
	return list
}

// MostGuided is how many lines of the narrative the guide looks at.
const MostGuided = 2000

// mostAbout is how many events of one role a prompt is put about: a room has an hour.
const mostAbout = 4

func (g *Guide) holds(p Prompt) bool {
	for _, w := range p.When {
		fact, negated := strings.CutPrefix(w, "not ")
		if g.facts[fact] == negated {
			return false
		}
	}
	return true
}

// Next is the first open question that is not to be skipped.
func Next(list []Asking, skipped func(key string) bool) (Asking, bool) {
	i := slices.IndexFunc(list, func(a Asking) bool { return a.Open() && !skipped(a.Key()) })
	if i < 0 {
		return Asking{}, false
	}
	return list[i], true
}
