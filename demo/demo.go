// Package demo tells a whole retrospective from an outage to its outcome three months later, so that
// the first minute with the program shows everything. All names are invented.
package demo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// A Writer is what the sample is written to.
type Writer interface {
	NewID(model.Type) model.ID
	Apply(context.Context, model.Gesture) error
	Import(ctx context.Context, incident model.ID, read model.ReadEvidence, progress func(read int)) (model.ImportReport, error)
}

// Write adds the sample: an outage of 45 minutes with its retrospective, and an older and smaller
// incident beside it.
func Write(ctx context.Context, w Writer) error {
	if err := earlier(ctx, w); err != nil {
		return err
	}
	return outage(ctx, w)
}

// A telling writes one incident, a gesture for each thing that a room does.
type telling struct {
	ctx      context.Context
	w        Writer
	incident model.ID
	day      string // "2026-06-02", in summer time of the zone below
	offset   string
	events   map[string]model.ID // by the short names of this package
	factors  map[string]model.ID
	actions  map[string]model.ID
	err      error
}

func begin(ctx context.Context, w Writer, day, offset string) *telling {
	return &telling{ctx: ctx, w: w, incident: w.NewID(model.TypeIncident), day: day, offset: offset,
		events: map[string]model.ID{}, factors: map[string]model.ID{}, actions: map[string]model.ID{}}
}

// apply saves a gesture unless something has failed before.
func (t *telling) apply(label string, g model.Gesture) {
	if t.err == nil {
		g.Label, g.Source = label, "demo"
		t.err = t.w.Apply(t.ctx, g)
	}
}

// at is an instant of the day from its clock time, as a cell has it.
func (t *telling) at(clock string) string { return t.instant(clock).Format(time.RFC3339Nano) }

func (t *telling) instant(clock string) time.Time {
	if strings.Count(clock, ":") == 1 {
		clock += ":00"
	}
	at, err := time.Parse(time.RFC3339, t.day+"T"+clock+t.offset)
	if err != nil && t.err == nil {
		t.err = err
	}
	return at.UTC()
}

// fields are names and values in turn, so that an entity reads like the form it is.
type fields []any

// entity makes one thing of the incident; empty values are left out.
func (t *telling) entity(g model.Gesture, typ model.Type, id model.ID, values fields) model.Gesture {
	if typ != model.TypeIncident {
		g = g.Set(typ, id, "incident", string(t.incident))
	}
	for i := 0; i+1 < len(values); i += 2 {
		name := values[i].(string)
		switch v := values[i+1].(type) {
		case []string:
			for _, member := range v {
				g = g.Set(typ, id, model.Member(name, member), true)
			}
		case string:
			if v != "" {
				g = g.Set(typ, id, name, v)
			}
		default:
			g = g.Set(typ, id, name, v)
		}
	}
	return g
}

// positions keep lists in the order in which they are written here.
func position(i int) string { return string(rune('b'+i/10)) + string(rune('b'+2*(i%10))) }

func (t *telling) participants(people ...[3]string) {
	var g model.Gesture
	for i, p := range people {
		g = t.entity(g, model.TypeParticipant, t.w.NewID(model.TypeParticipant), fields{"name", p[0], "discipline", p[1], "role", p[2], "pos", position(i)})
	}
	t.apply("name the participants", g)
}

// A line is one hand-written line of the timeline.
type line struct {
	name, clock, actor, kind, role, moment, title string
	signals, belief, decision, why                string
}

func (t *telling) narrate(lines ...line) {
	for _, l := range lines {
		id := t.w.NewID(model.TypeEvent)
		t.events[l.name] = id
		precision := "minute"
		if strings.Count(l.clock, ":") > 1 {
			precision = "s"
		}
		t.apply("add an event", t.entity(model.Gesture{}, model.TypeEvent, id, fields{"at", t.at(l.clock), "precision", precision, "source", model.SourceHand,
			"kind", l.kind, "actor", l.actor, "role", l.role, "moment", l.moment, "title", l.title,
			"signals", l.signals, "belief", l.belief, "decision", l.decision, "why", l.why}))
	}
}

// A condition is one factor with the names of the events that show it.
type condition struct {
	name, statement, layer, area, role, without, team, by, detail string
	evidence                                                      []string
}

func (t *telling) conditions(list ...condition) {
	for i, c := range list {
		id := t.w.NewID(model.TypeFactor)
		t.factors[c.name] = id
		t.apply("add a factor", t.entity(model.Gesture{}, model.TypeFactor, id, fields{"statement", c.statement, "layer", c.layer, "area", c.area,
			"role", c.role, "without", c.without, "team", c.team, "by", c.by, "detail", c.detail,
			"evidence", named(t.events, c.evidence), "pos", position(i)}))
	}
}

// interactions are triples: from, how, to.
func (t *telling) interactions(list ...[3]string) {
	for _, l := range list {
		t.apply("connect two conditions", t.entity(model.Gesture{}, model.TypeInteraction, t.w.NewID(model.TypeInteraction),
			fields{"from", string(t.factors[l[0]]), "kind", l[1], "to", string(t.factors[l[2]])}))
	}
}

// answers are pairs: the name of a prompt of the guide, and what the room said to it.
func (t *telling) answers(by, clock string, list ...[2]string) {
	prompts := model.DefaultPrompts()
	for _, l := range list {
		i := slices.IndexFunc(prompts, func(p model.Prompt) bool { return p.ID == l[0] })
		if i < 0 {
			t.err = errors.Join(t.err, errors.New("there is no prompt "+l[0]))
			continue
		}
		p := prompts[i]
		t.apply("answer a question", model.Asking{Prompt: p, Text: p.Ask}.Reply(t.incident, l[1], by, t.instant(clock)))
	}
}

// A change is one action with its plan and its runs.
type change struct {
	name    string
	factors []string
	fields  fields
	steps   [][2]string // do, expect
	runs    []fields
}

func (t *telling) changes(list ...change) {
	for i, c := range list {
		id := t.w.NewID(model.TypeAction)
		t.actions[c.name] = id
		g := t.entity(model.Gesture{}, model.TypeAction, id, append(fields{"factors", named(t.factors, c.factors), "pos", position(i)}, c.fields...))
		for n, s := range c.steps {
			g = t.entity(g, model.TypeStep, t.w.NewID(model.TypeStep), fields{"action", string(id), "do", s[0], "expect", s[1], "pos", position(n)})
		}
		t.apply("add an action", g)
		for _, r := range c.runs {
			t.apply("record a verification", t.entity(model.Gesture{}, model.TypeResult, t.w.NewID(model.TypeResult), append(fields{"action", string(id)}, r...)))
		}
	}
}

func named(ids map[string]model.ID, names []string) []string {
	members := make([]string, len(names))
	for i, n := range names {
		members[i] = string(ids[n])
	}
	return members
}
