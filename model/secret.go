package model

import (
	"reflect"
	"strings"

	"aftermath/disclose"
)

// Secrets lists the credentials that stand in a record, but those that were set aside. Its events are looked at
// by SecretsOf, one by one.
func (r Record) Secrets() (found []Leak) {
	look := func(entity reflect.Value, t Type) {
		id, _ := entity.FieldByName("ID").Interface().(ID)
		for i := range entity.NumField() {
			name, _, _ := strings.Cut(entity.Type().Field(i).Tag.Get("json"), ",")
			if f, known := Named(t, name); !known || f.Kind == Content {
				continue
			}
			switch v := entity.Field(i); {
			case v.Kind() == reflect.String:
				found = append(found, r.SecretsIn(id, name, v.String())...)
			case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String:
				for n := range v.Len() {
					found = append(found, r.SecretsIn(id, name, v.Index(n).String())...)
				}
			}
		}
	}
	look(reflect.ValueOf(r.Incident), TypeIncident)
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		list := v.Field(i)
		if list.Kind() != reflect.Slice || list.Type().Elem().Kind() != reflect.Struct || list.Type().Elem() == reflect.TypeFor[Redaction]() {
			continue // what is mapped stands there to be recognised
		}
		for n := range list.Len() {
			look(list.Index(n), Type(strings.ToLower(list.Type().Elem().Name())))
		}
	}
	return found
}

// SecretsOf lists the credentials that stand in an event of a record.
func (r Record) SecretsOf(e *Event) (found []Leak) {
	for _, f := range [...]struct{ name, text string }{{"title", e.Title}, {"body", e.Body}, {"url", e.URL}, {"actor", e.Actor}, {"signals", e.Signals}, {"belief", e.Belief}, {"decision", e.Decision}, {"why", e.Why},
		{"original_title", e.OriginalTitle}, {"reason", e.Reason}} {
		if f.text != "" && (f.name != "original_title" || f.text != e.Title) {
			found = append(found, r.SecretsIn(e.ID, f.name, f.text)...)
		}
	}
	return found
}

// SecretsIn lists the credentials in a text that stands in a field, but those that were set aside.
func (r Record) SecretsIn(of ID, field, text string) (found []Leak) {
	for _, s := range disclose.Secrets(text) {
		l := Leak{Kind: s.Kind, Text: text[s.From:s.To], Of: of, Field: field}
		if !r.LetStand(l) {
			entry := string(of)
			if of == r.Incident.ID {
				entry = "the incident"
			}
			l.Where = Place(of, field, entry)
			found = append(found, l)
		}
	}
	return found
}

// Place says in words which field of which entry says something.
func Place(of ID, field, entry string) string {
	label := field
	if f, ok := Named(of.Type(), field); ok {
		label = strings.ToLower(f.Label)
	}
	return "“" + label + "” of " + entry
}
