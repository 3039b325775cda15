package exporters

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"aftermath/disclose"
	"aftermath/model"
)

// rolesOf is what people are called where their names do not belong, by their discipline.
var rolesOf = map[string]string{"dev": "an engineer", "ops": "an operations engineer", "test": "a test engineer", "security": "a security engineer",
	"product": "a product manager", "support": "a support engineer", "management": "a manager"}

// people are the names of all who have a part in the record, in the order in which it names them, with what
// each is called instead as far as the record tells. The actors are those of its timeline.
func (r Retro) people(actors map[string]bool) (names []string, roles map[string]string) {
	roles = map[string]string{}
	add := func(name, role string) {
		name = strings.TrimSpace(strings.TrimPrefix(name, "@"))
		low := disclose.Fold(name)
		if name == "" || r.machine(name) {
			return
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		if roles[low] == "" {
			roles[low] = role
		}
	}
	rec := &r.Record
	for _, p := range rec.Participants {
		role := rolesOf[p.Discipline]
		if p.Role != "" && !r.namesSomeone(p.Role) {
			role = "the " + strings.TrimPrefix(strings.ToLower(p.Role), "the ")
		}
		add(p.Name, role)
	}
	add(rec.Incident.Facilitator, "the facilitator")
	add(rec.Incident.TimelineOwner, "the timeline owner")
	for _, a := range rec.Actions {
		add(a.Owner, "")
		add(a.Verifier, "")
	}
	for _, f := range rec.Factors {
		add(f.By, "")
	}
	for _, x := range rec.Results {
		add(x.By, "")
	}
	for _, x := range rec.Revisions {
		add(x.By, "")
	}
	for _, m := range rec.Imports {
		add(m.By, "")
	}
	for _, q := range rec.Questions {
		add(q.To, "")
	}
	for _, n := range slices.Sorted(maps.Keys(actors)) {
		add(n, "")
	}
	return names, roles
}

// mostActors is how many names of a timeline are looked for in documents.
const mostActors = 2000

// isPerson tells lines whose actor is somebody and not a system, as far as their kind tells.
func isPerson(e *model.Event) bool {
	return e.Actor != "" && (e.Source == model.SourceHand || slices.Contains([]string{"ack", "comms", "decision", "action"}, e.Kind))
}

// machine tells names that are no person's: a service, a bot, or words that a role is made of.
func (r Retro) machine(name string) bool {
	low := strings.ToLower(name)
	if strings.Contains(low, "bot") || utf8.RuneCountInString(name) < 2 || !strings.ContainsFunc(name, unicode.IsLetter) {
		return true
	}
	for _, s := range slices.Concat(r.Record.Incident.Services, r.Record.Incident.Teams) {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	for _, word := range strings.FieldsFunc(low, func(c rune) bool { return !unicode.IsLetter(c) }) {
		if ordinaryRole[word] {
			return true
		}
	}
	return false
}

var ordinaryRole = map[string]bool{"on": true, "call": true, "oncall": true, "engineer": true, "team": true, "responder": true, "commander": true, "support": true,
	"facilitator": true, "developer": true, "manager": true, "system": true, "monitor": true, "pipeline": true, "ci": true, "everyone": true}

func (r Retro) namesSomeone(role string) bool {
	for _, p := range r.Record.Participants {
		if p.Name != "" && strings.Contains(strings.ToLower(role), strings.ToLower(p.Name)) {
			return true
		}
	}
	return false
}

// roles are what stands instead of names: what people mapped by hand, then a role for each other name. Those
// who share one are numbered in the order in which the record names them.
func (r Retro) roles(actors map[string]bool) []model.Redaction {
	names, called := r.people(actors)
	mapped := map[string]string{}
	for _, x := range r.Record.Redactions {
		mapped[disclose.Fold(x.Text)] = x.Instead
	}
	whole := wholeNames(names)
	role := func(low string) string { return cmp.Or(called[low], "a responder") }
	shared, told := map[string]int{}, map[string]string{}
	for _, n := range names {
		if low := whole[disclose.Fold(n)]; told[low] == "" {
			told[low] = role(low)
			shared[role(low)]++
		}
	}
	list := slices.Clone(r.Record.Redactions)
	counted := map[string]int{}
	done := map[string]bool{}
	for _, n := range names {
		low := whole[disclose.Fold(n)]
		if !done[low] && shared[role(low)] > 1 {
			counted[role(low)]++
			_, bare, _ := strings.Cut(role(low), " ")
			told[low] = fmt.Sprintf("%s %d", bare, counted[role(low)])
		}
		done[low] = true
		for _, text := range append([]string{n}, disclose.Parts(n)...) {
			if whole[disclose.Fold(text)] == low && mapped[disclose.Fold(text)] == "" {
				list = append(list, model.Redaction{Text: text, Instead: cmp.Or(mapped[low], told[low]), Exact: true})
			}
		}
	}
	return list
}

// wholeNames are the names that names, and the words of names, are short for, folded. A word that two
// people share is short for neither.
func wholeNames(names []string) map[string]string {
	whole := map[string]string{}
	for _, n := range names {
		for _, p := range disclose.Parts(n) {
			low := disclose.Fold(p)
			if was, known := whole[low]; known && was != disclose.Fold(n) {
				whole[low] = low
			} else {
				whole[low] = disclose.Fold(n)
			}
		}
	}
	for _, n := range names {
		if low := disclose.Fold(n); whole[low] == "" {
			whole[low] = low
		}
	}
	return whole
}

// A replacer puts mapped words into the place of others, in every field that people or tools wrote.
type replacer struct {
	words    *model.Redactor
	taxonomy model.Taxonomy
}

// record is a record with its words replaced. The original stays as it is.
func (x replacer) record(rec model.Record) model.Record {
	v := reflect.ValueOf(&rec).Elem()
	for i := range v.NumField() {
		list := v.Field(i)
		if list.Kind() != reflect.Slice || list.Len() == 0 {
			continue
		}
		own := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
		reflect.Copy(own, list)
		t := model.Type(strings.ToLower(list.Type().Elem().Name()))
		for n := range own.Len() {
			x.fields(own.Index(n), t)
		}
		list.Set(own)
	}
	x.fields(reflect.ValueOf(&rec.Incident).Elem(), model.TypeIncident)
	return rec
}

func (x replacer) fields(entity reflect.Value, t model.Type) {
	for i := range entity.NumField() {
		name, _, _ := strings.Cut(entity.Type().Field(i).Tag.Get("json"), ",")
		f, known := model.Named(t, name)
		v := entity.Field(i)
		switch {
		case !known:
		case v.Kind() == reflect.String && x.free(f, v.String()):
			v.SetString(x.words.Text(v.String()))
		case f.Kind == model.Set && f.To == "" && v.Len() > 0:
			own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			for n := range v.Len() {
				own.Index(n).SetString(x.words.Text(v.Index(n).String()))
			}
			v.Set(own)
		}
	}
}

// free tells whether a value is anybody's words: a word of the vocabulary is not.
func (x replacer) free(f model.Field, value string) bool {
	switch f.Kind {
	case model.Line, model.Text, model.Date, model.Number:
		return true
	case model.Choice:
		_, known := x.taxonomy.Find(f.List, value)
		return !known
	}
	return false
}

// timeline replaces in what a document tells of events.
func (x replacer) timeline(t *timeline) {
	replace := func(e *model.Event) { x.fields(reflect.ValueOf(e).Elem(), model.TypeEvent) }
	for i := range t.marked {
		replace(&t.marked[i])
	}
	for i := range t.unmarked {
		replace(&t.unmarked[i])
	}
	for id, e := range t.cited {
		replace(&e)
		t.cited[id] = e
	}
}

// forReaders is the record and the timeline as an audience may see them, and what was put in the place of words.
func (r Retro) forReaders(audience string) (Retro, timeline, []model.Redaction, error) {
	r = r.settle()
	t, err := r.readTimeline()
	if err != nil || audience != Public {
		return r, t, nil, err
	}
	roles := r.roles(t.actors)
	x := replacer{model.NewRedactor(roles), r.Taxonomy}
	r.Record = x.record(r.Record)
	x.timeline(&t)
	return r, t, roles, nil
}
