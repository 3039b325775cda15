package exporters

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"aftermath/model"
)

// Leaks lists what a reader outside should perhaps not see in a document for the audience, with its place in
// the record: names, hosts, addresses, credentials, links. A text in one place is told once.
func Leaks(r Retro, audience string) ([]model.Leak, error) {
	d, err := compose(r, audience)
	if err != nil {
		return nil, err
	}
	return d.leaks(), nil
}

func (d *document) leaks() []model.Leak {
	check := d.asTyped.leakCheck(d.lines, d.mapped)
	leaks := []model.Leak{}
	seen := map[model.Leak]bool{}
	d.eachSpan(func(s span) {
		if s.of == "" {
			return
		}
		for _, l := range check.In(s.text) {
			l.Of, l.Field = s.of, s.field
			if !seen[l] {
				seen[l] = true
				l.Where = d.where(s)
				leaks = append(leaks, l)
			}
		}
	})
	slices.SortStableFunc(leaks, func(a, b model.Leak) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)))
	})
	return leaks
}

// LeaksIn lists the same of a finished document, by its lines.
func LeaksIn(r Retro, document string) ([]model.Leak, error) {
	_, t, mapped, err := r.forReaders(Public)
	if err != nil {
		return nil, err
	}
	check := r.settle().leakCheck(t, mapped)
	leaks := []model.Leak{}
	for n, line := range strings.Split(document, "\n") {
		for _, l := range check.In(line) {
			l.Where = fmt.Sprintf("line %d of the document", n+1)
			leaks = append(leaks, l)
		}
	}
	return leaks, nil
}

// leakCheck knows the names of the record, and what stands in their place.
func (r Retro) leakCheck(t timeline, mapped []model.Redaction) *model.LeakCheck {
	names, _ := r.people(t.actors)
	known := model.Known{People: slices.Clone(names), Services: slices.Concat(r.Record.Incident.Services, slices.Sorted(maps.Keys(t.services)))}
	for _, n := range names {
		known.People = append(known.People, partsOf(n)...)
	}
	if mapped == nil {
		mapped = r.Record.Redactions
	}
	return model.NewLeakCheck(known, mapped)
}

// where says in words which field of which entry says something.
func (d *document) where(s span) string {
	label := s.field
	if f, ok := model.Named(s.of.Type(), s.field); ok {
		label = strings.ToLower(f.Label)
	}
	if s.of == d.Record.Incident.ID {
		return "“" + label + "” of the incident"
	}
	return "“" + label + "” of " + d.ShortID(s.of)
}

// eachSpan gives every piece of text of a draft.
func (d *draft) eachSpan(yield func(span)) {
	each := func(t text) {
		for _, s := range t {
			yield(s)
		}
	}
	for _, b := range d.blocks {
		each(b.text)
		for _, i := range b.items {
			each(i.text)
		}
		for _, r := range b.rows {
			for _, c := range r {
				each(c)
			}
		}
	}
}
