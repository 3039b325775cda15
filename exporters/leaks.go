package exporters

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"aftermath/disclose"
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
	for _, f := range d.fieldTexts() {
		for _, l := range check.In(f.text) {
			l.Of, l.Field = f.of, f.field
			if !seen[l] && !d.Record.LetStand(l) {
				seen[l] = true
				l.Where = d.where(f)
				leaks = append(leaks, l)
			}
		}
	}
	slices.SortStableFunc(leaks, func(a, b model.Leak) int {
		return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(strings.ToLower(a.Text), strings.ToLower(b.Text)))
	})
	return leaks
}

// fieldTexts are what a draft says of each field, in one piece: a key of several lines is found only whole.
func (d *draft) fieldTexts() (list []span) {
	type place struct {
		of    model.ID
		field string
	}
	at := map[place]int{}
	said := map[span]bool{}
	d.eachSpan(func(s span) {
		if s.of == "" || said[s] {
			return
		}
		said[s] = true
		p := place{s.of, s.field}
		n, known := at[p]
		if !known {
			at[p] = len(list)
			list = append(list, span{text: s.text, of: s.of, field: s.field})
			return
		}
		list[n].text += "\n" + s.text
	})
	return list
}

// LeaksIn lists the same of a finished document, by its lines.
func LeaksIn(r Retro, audience, document string) ([]model.Leak, error) {
	_, t, mapped, err := r.forReaders(audience)
	if err != nil {
		return nil, err
	}
	r = r.settle()
	check := r.leakCheck(t, mapped)
	leaks := []model.Leak{}
	at, line := 0, 1
	for _, l := range check.In(document) {
		n := strings.Index(document[at:], l.Text)
		line += strings.Count(document[at:at+n], "\n")
		l.Where = fmt.Sprintf("line %d of the document", line)
		at += n + len(l.Text)
		line += strings.Count(l.Text, "\n")
		if !r.Record.LetStand(l) {
			leaks = append(leaks, l)
		}
	}
	return leaks, nil
}

// Secrets lists the credentials that a document of a form would hold. Those that hold everything are looked
// through field by field, with what the fields held before.
func Secrets(r Retro, f Form) ([]model.Leak, error) {
	switch f.Format {
	case "calibration":
		return nil, nil
	case "json", "audit":
		return r.settle().secrets(f.Format == "audit")
	}
	leaks, err := Leaks(r, f.Audience)
	return OnlySecrets(leaks), err
}

// OnlySecrets are the leaks that no reason for a whole document lets out. A word that is a digest as well as a
// credential is none to people who see the record anyway.
func OnlySecrets(leaks []model.Leak) []model.Leak {
	return slices.DeleteFunc(slices.Clone(leaks), func(l model.Leak) bool { return !l.Secret() || l.Bare })
}

func (r Retro) secrets(withHistory bool) ([]model.Leak, error) {
	seen := map[model.Leak]bool{}
	leaks := []model.Leak{}
	add := func(found []model.Leak) {
		for _, l := range found {
			if !seen[l] {
				seen[l] = true
				leaks = append(leaks, l)
			}
		}
	}
	add(r.Record.Secrets())
	if err := r.Events(func(e *model.Event) error { add(r.Record.SecretsOf(e)); return nil }); err != nil {
		return nil, err
	}
	if !withHistory {
		return leaks, nil
	}
	history, err := r.history()
	for _, c := range history {
		if f, known := model.FieldOf(c.Type, c.Field); !known || f.Kind == model.Content || c.Type == model.TypeRedaction {
			continue
		}
		for _, v := range []any{c.Old, c.New} {
			if text, plain := v.(string); plain {
				add(r.Record.SecretsIn(c.Entity, c.Field, text))
			}
		}
	}
	return leaks, err
}

// leakCheck knows the names of the record, and what stands in their place.
func (r Retro) leakCheck(t timeline, mapped []model.Redaction) *model.LeakCheck {
	names, _ := r.people(t.actors)
	known := model.Known{People: slices.Clone(names), Services: slices.Concat(r.Record.Incident.Services, slices.Sorted(maps.Keys(t.services)))}
	for _, n := range names {
		known.People = append(known.People, disclose.Parts(n)...)
		known.Perhaps = append(known.Perhaps, disclose.Short(n)...)
	}
	if mapped == nil {
		return model.NewLeakCheck(known, r.Record.Redactions)
	}
	for _, x := range r.Record.Redactions {
		if disclose.Fold(x.Text) != disclose.Fold(x.Instead) {
			known.Mapped = append(known.Mapped, x.Text)
		}
	}
	return model.NewLeakCheck(known, mapped)
}

// where says in words which field of which entry says something.
func (d *document) where(s span) string {
	if s.of == d.Record.Incident.ID {
		return model.Place(s.of, s.field, "the incident")
	}
	return model.Place(s.of, s.field, d.ShortID(s.of))
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
