// Package exporters turns a retrospective into documents: Markdown for a wiki and JSON for programs.
// The same record gives the same bytes on the same day, and text that people or tools wrote stays text.
package exporters

import (
	"slices"
	"time"

	"aftermath/model"
)

// A Retro is everything that a document is made of.
type Retro struct {
	Record model.Record
	// Events gives the whole timeline, oldest first, to yield and stops with yield's error. The event
	// is only good until yield returns.
	Events   func(yield func(*model.Event) error) error
	Zone     *time.Location // of the times in the document; nil means the incident's, or UTC
	Taxonomy model.Taxonomy // nil means the default
	Scale    model.Scale    // the zero scale means the default
	CutLine  int            // 0 means the default
	ShortID  func(model.ID) string

	Now time.Time // the day of the document, for what is overdue; the zero time leaves that out

	// For what is said of revisions: the changes of the record, newest first, and the text of a sealed one.
	History  func(yield func(model.Change) error) error
	Document func(model.ID) (string, error)

	sealing *model.Revision // the text is to become this revision
}

// settle fills in what was left out.
func (r Retro) settle() Retro {
	if r.Zone == nil {
		r.Zone = time.UTC
		if z, err := time.LoadLocation(r.Record.Incident.Zone); err == nil && r.Record.Incident.Zone != "Local" {
			r.Zone = z
		}
	}
	if r.Taxonomy == nil {
		r.Taxonomy = model.DefaultTaxonomy()
	}
	if r.Scale == (model.Scale{}) {
		r.Scale = model.DefaultScale()
	}
	if r.CutLine == 0 {
		r.CutLine = model.DefaultCutLine
	}
	if r.ShortID == nil {
		r.ShortID = func(id model.ID) string { return string(id) }
	}
	r.ShortID = remembered(r.ShortID)
	if r.Events == nil {
		r.Events = func(func(*model.Event) error) error { return nil }
	}
	return r
}

// remembered asks for each id once: a document names most of them often, and the file is asked for each.
func remembered(short func(model.ID) string) func(model.ID) string {
	known := map[model.ID]string{}
	return func(id model.ID) string {
		s, ok := known[id]
		if !ok {
			s = short(id)
			known[id] = s
		}
		return s
	}
}

// Lines without any mark of a person are shown as long as the body stays readable, and listed as
// evidence as long as that stays a list.
const (
	mostUnmarked = 40
	mostListed   = 200
)

// A timeline is what one pass over the events leaves for the document.
type timeline struct {
	marked   []model.Event // lines that somebody wrote, marked or cited
	unmarked []model.Event // the other lines, as long as they are few
	rest     int           // lines in neither
	shown    map[string]int
	aside    map[string]int // noise, housekeeping and merged lines
	cited    map[model.ID]model.Event
	actors   map[string]bool // names of people, as far as the kind of their lines tells
	services map[string]bool // named by lines
}

func (r Retro) readTimeline() (timeline, error) {
	t := timeline{shown: map[string]int{}, aside: map[string]int{}, cited: map[model.ID]model.Event{}, actors: map[string]bool{}, services: map[string]bool{}}
	wanted := map[model.ID]bool{}
	for _, f := range r.Record.Factors {
		for _, id := range f.Evidence {
			wanted[id] = true
		}
	}
	unmarked := 0
	err := r.Events(func(e *model.Event) error {
		if isPerson(e) && len(t.actors) < mostActors {
			t.actors[e.Actor] = true
		}
		if len(e.Service) > 3 && len(t.services) < mostActors {
			t.services[e.Service] = true
		}
		if wanted[e.ID] {
			t.cited[e.ID] = *e
		}
		if e.Noise || e.Housekeeping || e.MergedInto != "" {
			t.aside[e.Source]++
			return nil
		}
		t.shown[e.Source]++
		if isMarked(e) || wanted[e.ID] {
			t.marked = append(t.marked, *e)
		} else if unmarked++; unmarked <= mostListed {
			t.unmarked = append(t.unmarked, *e)
		}
		return nil
	})
	if unmarked > mostListed {
		t.unmarked, t.rest = nil, unmarked
	}
	return t, err
}

// isMarked tells whether a person made the line part of the narrative.
func isMarked(e *model.Event) bool {
	return e.Source == model.SourceHand || e.Role != "" || e.Moment != "" || hasNotes(e) || e.Merged > 0
}

func hasNotes(e *model.Event) bool {
	return e.Signals != "" || e.Belief != "" || e.Decision != "" || e.Why != ""
}

// body is the lines that the document tells, oldest first.
func (t timeline) body() []model.Event {
	if t.rest > 0 || len(t.unmarked) > mostUnmarked {
		return t.marked
	}
	all := append(slices.Clone(t.marked), t.unmarked...)
	slices.SortStableFunc(all, func(a, b model.Event) int { return a.At.Compare(b.At) })
	return all
}

// listed is the lines that stand under the evidence instead.
func (t timeline) listed() []model.Event {
	if len(t.unmarked) > mostUnmarked {
		return t.unmarked
	}
	return nil
}
