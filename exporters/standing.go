package exporters

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"aftermath/model"
)

// A Standing is what a document may say of the newest revision: that it is that revision, or what has changed since.
// Approved and sealed are said of the text that they were said of and of no other.
type Standing struct {
	Revision string   `json:"revision"` // what the revision is called; empty while none is sealed
	AsSealed bool     `json:"as_sealed"`
	Since    []string `json:"since,omitempty"` // what is understood otherwise, in sentences

	last model.Revision
}

// Standing compares the record with its newest revision.
func (r Retro) Standing() (Standing, error) {
	last, ok := r.Record.LastRevision()
	if !ok {
		return Standing{}, nil
	}
	s := Standing{Revision: r.Record.RevisionName(last), last: last}
	if last.Content != "" {
		content, err := Content(r, last.At)
		if err != nil {
			return s, err
		}
		if s.AsSealed = content == last.Content; s.AsSealed {
			return s, nil
		}
	}
	since, err := r.since(last)
	s.Since = since
	s.AsSealed = last.Content == "" && len(since) == 0 // a revision of an older version kept no digest of what it says
	return s, err
}

// since tells in sentences what is understood otherwise since a revision was sealed.
func (r Retro) since(v model.Revision) (list []string, err error) {
	changes, err := r.history()
	if err != nil {
		return nil, err
	}
	titles, err := r.titlesOf(changes)
	if err != nil {
		return nil, err
	}
	words := model.Words{Taxonomy: r.Taxonomy, Zone: r.Zone, Name: func(id model.ID) string { return titles[id] }}
	then := model.Understand(changes, model.SealedAt(changes, v))
	for _, shift := range model.Understand(changes, func(model.Change) bool { return false }).Since(then, words) {
		if shift.Type != model.TypeRevision && shift.Type != model.TypeApproval && (shift.Type != model.TypeIncident || shift.Field != "stage") {
			list = append(list, shift.What)
		}
	}
	return list, nil
}

// titlesOf are the titles of the lines that changes are about.
func (r Retro) titlesOf(changes []model.Change) (map[model.ID]string, error) {
	titles := map[model.ID]string{}
	for _, c := range changes {
		if c.Type == model.TypeEvent {
			titles[c.Entity] = string(c.Entity)
		}
	}
	if len(titles) == 0 {
		return titles, nil
	}
	return titles, r.Events(func(e *model.Event) error {
		if _, wanted := titles[e.ID]; wanted {
			titles[e.ID] = e.Title
		}
		return nil
	})
}

// Content is the digest of everything that a document tells of a record, in the words of the default
// configuration, as on a day. It does not depend on who writes it, for whom or in which form, nor on what else
// the file holds.
func Content(r Retro, on time.Time) (string, error) {
	r = r.settle()
	r.Taxonomy, r.Scale, r.CutLine, r.Now = model.DefaultTaxonomy(), model.DefaultScale(), model.DefaultCutLine, on
	r.ShortID = func(id model.ID) string { return string(id) }
	t, err := r.readTimeline()
	if err != nil {
		return "", err
	}
	d := &document{Retro: r, lines: t, body: t.body(), asTyped: r, silent: true}
	d.draft = draft{title: r.Record.Incident.Title, audience: Engineering}
	d.clock = newClock(r.Zone, r.Record.Incident, d.body)
	d.opening()
	d.everything()
	var b strings.Builder
	if err := writeText(&b, &d.draft, "plain"); err != nil {
		return "", err
	}
	return hex.EncodeToString(digestOf([]byte(b.String()))), nil
}

// Seal writes the text of a revision that is being sealed, and adds it and the digest of what it says. The text
// carries no digest of its own: that of the file is the one that is kept and approved.
func Seal(r Retro, v model.Revision) (model.Revision, error) {
	r = r.settle()
	r.sealing, r.Now = &v, v.At
	var err error
	if v.Content, err = Content(r, v.At); err != nil {
		return v, err
	}
	d, err := compose(r, Engineering)
	if err != nil {
		return v, err
	}
	var b strings.Builder
	err = writeText(&b, &d.draft, v.Profile)
	return v.Sealed(b.String()), err
}

// Revision is the text of a sealed revision, byte for byte.
func (r Retro) Revision(v model.Revision) (string, error) {
	if v.Document != "" || r.Document == nil {
		return v.Document, nil
	}
	return r.Document(v.ID)
}

// maxSince is how many sentences of change stand in front of a document.
const maxSince = 3

// standing is the first line under the title: which revision this is, or that it is none.
func (d *document) standing() error {
	if d.silent {
		return nil
	}
	if v := d.sealing; v != nil {
		d.say("Revision "+d.Record.RevisionName(*v)+", sealed "+d.clock.day(v.At)+" by ", from(v.ID, "by", v.By), ".")
		return nil
	}
	s, err := d.asTyped.Standing()
	d.stands = s
	switch {
	case err != nil || s.Revision == "":
		return err
	case d.audience == Public && s.AsSealed:
		d.say("Revision " + s.Revision + ", " + d.clock.day(s.last.At) + ".")
	case d.audience == Public:
		d.say(s.said(Public))
	case s.AsSealed:
		d.say("Revision "+s.Revision+", sealed "+d.clock.day(s.last.At)+" by ", from(s.last.ID, "by", s.last.By), d.reviews(s.last), ".")
	default:
		d.say("Draft on top of revision "+s.Revision+", sealed "+d.clock.day(s.last.At)+" by ", from(s.last.ID, "by", s.last.By), ": "+s.Changes(maxSince))
	}
	return nil
}

// reviews are what people said of a revision.
func (d *document) reviews(v model.Revision) text {
	var t text
	for _, a := range d.Record.ApprovalsOf(v.ID) {
		said := " waits for changes"
		if a.Verdict == model.Approved {
			said = " approved it on " + d.clock.day(a.At)
		}
		t = words(t, "; ", from(a.ID, "by", a.By), said)
	}
	return t
}

// Changes are the first sentences of what has changed since the revision, and how many more there are.
func (s Standing) Changes(most int) string {
	if len(s.Since) == 0 {
		return "its text is put otherwise."
	}
	var shown []string
	for _, sentence := range s.Since[:min(len(s.Since), most)] {
		if !strings.HasSuffix(sentence, ".") {
			sentence += "."
		}
		shown = append(shown, sentence)
	}
	if more := len(s.Since) - len(shown); more > 0 {
		shown = append(shown, fmt.Sprintf("And %s.", model.Counted(more, "more change")))
	}
	return strings.Join(shown, " ")
}

// said is the same as a sentence for an audience.
func (s Standing) said(audience string) string {
	switch {
	case audience != Public || s.Revision == "":
		return s.Sentence()
	case s.AsSealed:
		return "Revision " + s.Revision + "."
	}
	return "Draft on top of revision " + s.Revision + ", which says something else."
}

// Sentence says the same for the screen and the shell.
func (s Standing) Sentence() string {
	switch {
	case s.Revision == "":
		return "No revision is sealed yet."
	case s.AsSealed:
		return "The text is that of revision " + s.Revision + "."
	}
	return "Draft on top of revision " + s.Revision + ": " + s.Changes(maxSince)
}
