package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

// inOrder is the order of every list that has no order of its own: as its entries began, by the clock of the log, and
// then by id. It never asks for a number that only this file gave, so that all copies list alike.
const inOrder = "(SELECT clock FROM born WHERE entity = e.n), e.id"

// fields reads an entity's row as the schema names its columns; what is empty is left out.
func (s *Store) fields(t model.Type, entity int64) (map[string]any, error) {
	var fields map[string]any
	err := s.eachFields(t, "t.n = ?", []any{entity}, func(_ int64, _ model.ID, row map[string]any) error {
		fields = row
		return nil
	})
	return fields, err
}

// eachFields reads the rows of a type that the condition over table t and entity e asks for.
func (s *Store) eachFields(t model.Type, condition string, args []any, yield func(n int64, id model.ID, fields map[string]any) error) error {
	var columns []string
	for _, f := range model.Schema[t] {
		if f.Kind != model.Set && f.Kind != model.Content {
			columns = append(columns, f.Name)
		}
	}
	var list strings.Builder
	for _, name := range columns {
		list.WriteString(", t." + quote(name))
	}
	query := fmt.Sprintf("SELECT t.n, e.id%s FROM %s t JOIN entity e ON e.n = t.n WHERE %s", list.String(), quote(string(t)), condition)
	values := make([]*string, len(columns))
	return s.each(query, args, func(row scanner) error {
		var n int64
		var id model.ID
		into := []any{&n, &id}
		for i := range values {
			into = append(into, &values[i])
		}
		if err := row.Scan(into...); err != nil {
			return err
		}
		fields := make(map[string]any, len(columns))
		for i, v := range values {
			if v != nil {
				fields[columns[i]] = *v
			}
		}
		return yield(n, id, fields)
	})
}

// addMembers adds the set fields of an entity, each as a sorted list.
func (s *Store) addMembers(entity int64, fields map[string]any) error {
	return s.each("SELECT field, value FROM member WHERE entity = ? ORDER BY field, value", []any{entity}, func(row scanner) error {
		var field, value string
		if err := row.Scan(&field, &value); err != nil {
			return err
		}
		list, _ := fields[field].([]string)
		fields[field] = append(list, value)
		return nil
	})
}

// fill writes fields into one of the model's structs, whose JSON names are the schema's.
func fill(id model.ID, fields map[string]any, into any) error {
	flat := make(map[string]any, len(fields)+1)
	for name, value := range fields {
		flat[name] = value
	}
	flat["id"] = id
	text, err := json.Marshal(flat)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// Entity reads any entity: its type, the incident it belongs to, and its fields. Sets are lists of texts,
// everything else is text, numbers as they were typed.
func (s *Store) Entity(ctx context.Context, id model.ID) (t model.Type, incident model.ID, fields map[string]any, err error) {
	err = s.view(ctx, "read "+string(id), func() error {
		t = id.Type()
		n, known, err := s.knownEntity(id)
		if err != nil {
			return err
		}
		if t == model.TypeEvent {
			incident, fields, err = s.eventFields(id, n)
			return err
		}
		var shown bool
		var of int64
		if known {
			if err := s.row("SELECT shown, incident FROM entity WHERE n = ?", n).Scan(&shown, &of); err != nil {
				return err
			}
		}
		if _, inSchema := model.Schema[t]; !shown || !inSchema {
			return s.missing("read an entry", string(id))
		}
		if incident, err = s.entityID(of); err != nil {
			return err
		}
		if fields, err = s.fields(t, n); err != nil {
			return err
		}
		if fields == nil {
			fields = map[string]any{}
		}
		return s.addMembers(n, fields)
	})
	return t, incident, fields, err
}

// eventFields reads an event, imported or typed, under the schema's names.
func (s *Store) eventFields(id model.ID, entity int64) (model.ID, map[string]any, error) {
	at, err := s.seatOf(id)
	if err != nil {
		return "", nil, err
	}
	if at == nil {
		return "", nil, s.missing("read an event", string(id))
	}
	reader, err := s.newEventReader(at.incident)
	if err != nil {
		return "", nil, err
	}
	if err := s.each("SELECT "+eventColumns+timelineTables+"t.incident = ? AND t.at = ? AND t.ord = ? AND t.n = ?", []any{at.incident, at.at, at.ord, at.n}, reader.add); err != nil {
		return "", nil, err
	}
	if err := reader.complete(); err != nil {
		return "", nil, err
	}
	text, err := json.Marshal(reader.events[0])
	if err != nil {
		return "", nil, err
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		return "", nil, err
	}
	fields := map[string]any{"incident": string(reader.incident)}
	for _, f := range model.Schema[model.TypeEvent] {
		switch v := all[f.Name].(type) {
		case string:
			fields[f.Name] = v
		case bool:
			fields[f.Name] = "true"
		}
	}
	return reader.incident, fields, nil
}

// Document is the text of a sealed revision, byte for byte.
func (s *Store) Document(ctx context.Context, revision model.ID) (document string, err error) {
	err = s.view(ctx, "read a revision", func() error {
		document, err = s.content(revision, "document")
		return err
	})
	return document, err
}

// content reads what only the log holds: the text of a cell that no table has.
func (s *Store) content(id model.ID, field string) (string, error) {
	entity, known, err := s.knownEntity(id)
	if err != nil {
		return "", err
	}
	word, wordKnown, err := s.knownWord(field)
	if err != nil {
		return "", err
	}
	var shown bool
	if known && wordKnown {
		if err := s.row("SELECT shown FROM entity WHERE n = ?", entity).Scan(&shown); err != nil {
			return "", err
		}
	}
	if !shown {
		return "", s.missing("read "+field, string(id))
	}
	c, err := s.cellOf(entity, word)
	if err != nil || len(c.heads) == 0 {
		return "", err
	}
	head, err := s.lookUp(c.heads[0])
	if err != nil || head == nil {
		return "", err
	}
	text, _ := head.decode().(string)
	return text, nil
}

// Record reads everything about one incident but its events.
func (s *Store) Record(ctx context.Context, incident model.ID) (*model.Record, error) {
	record := &model.Record{Factors: []model.Factor{}, Actions: []model.Action{}}
	err := s.view(ctx, "read an incident", func() error {
		n, err := s.shownIncident("read an incident", incident)
		if err != nil {
			return err
		}
		return s.record(n, incident, record)
	})
	if err != nil {
		return nil, err
	}
	return record, nil
}

func (s *Store) record(n int64, incident model.ID, r *model.Record) (err error) {
	fields, err := s.fields(model.TypeIncident, n)
	if err != nil {
		return err
	}
	if fields == nil {
		fields = map[string]any{}
	}
	if err := s.addMembers(n, fields); err != nil {
		return err
	}
	r.Incident.Services = []string{}
	if err := fill(incident, fields, &r.Incident); err != nil {
		return err
	}
	for _, list := range []func() error{
		func() error { return children(s, n, model.TypeParticipant, &r.Participants) },
		func() error { return s.importsOf(n, &r.Imports) },
		func() error { return children(s, n, model.TypeClock, &r.Clocks) },
		func() error { return children(s, n, model.TypeSweep, &r.Sweeps) },
		func() error { return children(s, n, model.TypeView, &r.Views) },
		func() error { return children(s, n, model.TypeDismissal, &r.Dismissals) },
		func() error { return children(s, n, model.TypeQuestion, &r.Questions) },
		func() error { return children(s, n, model.TypeReply, &r.Replies) },
		func() error { return children(s, n, model.TypeApproval, &r.Approvals) },
		func() error { return children(s, n, model.TypeRedaction, &r.Redactions) },
		func() error { return children(s, n, model.TypeFactor, &r.Factors) },
		func() error { return children(s, n, model.TypeInteraction, &r.Interactions) },
		func() error { return children(s, n, model.TypeAction, &r.Actions) },
		func() error { return children(s, n, model.TypeStep, &r.Steps) },
		func() error { return children(s, n, model.TypeResult, &r.Results) },
		func() error { return children(s, n, model.TypeRevision, &r.Revisions) },
	} {
		if err := list(); err != nil {
			return err
		}
	}
	slices.SortFunc(r.Revisions, model.Revision.Compare)
	for i := range r.Revisions {
		r.Revisions[i].Name = r.RevisionName(r.Revisions[i])
	}
	for i := range r.Factors {
		if r.Factors[i].Evidence == nil {
			r.Factors[i].Evidence = []model.ID{}
		}
	}
	for i := range r.Actions {
		if r.Actions[i].Factors == nil {
			r.Actions[i].Factors = []model.ID{}
		}
	}
	for _, count := range []struct {
		into *int
		mask mask
	}{{&r.Events, mask{hiding, 0}}, {&r.Evidence, mask{}}, {&r.Inbox, mask{hiding | levelUntouched, levelUntouched}}} {
		if *count.into, err = s.countAll(n, count.mask); err != nil {
			return err
		}
	}
	return s.row("SELECT count(*) FROM cell c JOIN entity e ON e.n = c.entity WHERE c.clash = 1 AND e.incident = ?", n).Scan(&r.Conflicts)
}

// children reads the entities of one type that an incident has, in the order of their positions.
func children[T any](s *Store, incident int64, t model.Type, into *[]T) error {
	type child struct {
		n      int64
		id     model.ID
		fields map[string]any
	}
	order := inOrder
	for _, f := range model.Schema[t] {
		if f.Name == "pos" {
			order = "t.pos, e.id" // without a position comes first; equal ones stand the same way on every copy
		}
	}
	var list []child
	if err := s.eachFields(t, "e.incident = ? AND e.type = ? AND e.shown = 1 ORDER BY "+order, []any{incident, string(t)}, func(n int64, id model.ID, fields map[string]any) error {
		list = append(list, child{n, id, fields})
		return nil
	}); err != nil {
		return err
	}
	for _, c := range list {
		if err := s.addMembers(c.n, c.fields); err != nil {
			return err
		}
		if number, ok := c.fields["number"].(string); ok {
			c.fields["number"] = json.Number(number)
		}
		var value T
		if err := fill(c.id, c.fields, &value); err != nil {
			return err
		}
		if pos, ok := c.fields["pos"].(string); ok {
			setPosition(&value, pos)
		}
		*into = append(*into, value)
	}
	return nil
}

// setPosition fills the one field that the JSON of a record leaves out.
func setPosition(value any, pos string) {
	switch v := value.(type) {
	case *model.Participant:
		v.Pos = pos
	case *model.Factor:
		v.Pos = pos
	case *model.Action:
		v.Pos = pos
	case *model.Step:
		v.Pos = pos
	}
}

// importsOf reads an incident's imports; who made them and when stands in the log.
func (s *Store) importsOf(incident int64, into *[]model.Import) error {
	return s.eachFields(model.TypeImport, "e.incident = ? AND e.type = 'import' AND e.shown = 1 ORDER BY "+inOrder, []any{incident}, func(n int64, id model.ID, fields map[string]any) error {
		one := model.Import{}
		if err := s.addMembers(n, fields); err != nil {
			return err
		}
		refusals, _ := fields["refusals"].(string)
		warnings, _ := fields["warnings"].(string)
		for _, name := range []string{"read", "new", "known", "refused"} {
			if v, ok := fields[name].(string); ok {
				fields[name] = json.Number(v)
			}
		}
		if err := fill(id, fields, &one); err != nil {
			return err
		}
		one.Refusals, one.Warnings = refusals, warnings
		one.Answers, _ = fields["answers"].(string)
		var site, seq int64
		known, err := found(s.row("SELECT site, seq FROM batch WHERE entity = ?", n).Scan(&site, &seq))
		if err != nil {
			return err
		}
		if known {
			list, err := s.changes("c.site = ? AND c.seq = ?", site, seq)
			if err != nil {
				return err
			}
			if len(list) > 0 {
				one.By, one.At = list[0].author, wallTime(list[0].wall)
			}
		}
		*into = append(*into, one)
		return nil
	})
}
