package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"aftermath/model"
)

// Apply saves a gesture whole, in one transaction. A cell that already has the value is left alone.
func (s *Store) Apply(ctx context.Context, g model.Gesture) error {
	what := g.Label
	if what == "" {
		what = "save"
	}
	edits, err := tidy(what, g.Edits)
	if err != nil || len(edits) == 0 {
		return err
	}
	if g.Source == kindUndo || g.Source == kindRedo {
		return &model.Fault{Kind: model.FaultUsage, What: what, Reason: "its source says that it is an undo"}
	}
	return s.update(ctx, what, func() error {
		w := s.newWriter(g.Label, g.Source)
		for _, e := range edits {
			if err := w.edit(e); err != nil {
				return err
			}
		}
		return w.settle()
	})
}

// tidy checks the shape of edits and keeps the last one of each cell, so that a gesture can be undone cell
// by cell.
func tidy(what string, edits []model.Edit) ([]model.Edit, error) {
	type key struct {
		id    model.ID
		field string
	}
	last := map[key]int{}
	kept := make([]model.Edit, 0, len(edits))
	for _, e := range edits {
		if reason := misshapen(e); reason != "" {
			return nil, &model.Fault{Kind: model.FaultUsage, What: what, Reason: reason}
		}
		if e.Delete {
			e.Field = deletedField
		}
		k := key{e.ID, e.Field}
		if at, twice := last[k]; twice {
			kept[at] = e
			continue
		}
		last[k] = len(kept)
		kept = append(kept, e)
	}
	return kept, nil
}

func misshapen(e model.Edit) string {
	_, whole := e.ID.Bytes()
	_, known := model.Schema[e.Type]
	switch {
	case e.Type == "" || e.ID == "":
		return "an edit names no entity"
	case known && (!whole || e.ID.Type() != e.Type):
		return string(e.ID) + " is not the id of a " + string(e.Type)
	case !e.Delete && (e.Field == "" || e.Field == deletedField):
		return "an edit of " + string(e.ID) + " names no field"
	}
	for _, f := range model.Schema[e.Type] {
		if !e.Delete && f.Kind == model.Set && f.Name == e.Field {
			return "the members of " + e.Field + " are set one by one"
		}
	}
	return ""
}

// A writer turns the edits of one gesture into changes.
type writer struct {
	*fold
	label, source string
	gesture       int64
}

func (s *Store) newWriter(label, source string) *writer {
	return &writer{fold: s.newFold(), label: label, source: source}
}

// add appends a change of this gesture to the log.
func (w *writer) add(c *change) error {
	c.label, c.source, c.gesture = w.label, w.source, w.gesture
	if err := w.append(c); err != nil {
		return err
	}
	w.gesture = c.gesture
	return nil
}

func (w *writer) edit(e model.Edit) error {
	if e.Delete {
		return w.delete(e)
	}
	value, err := encode(e.Value)
	if err != nil {
		return &model.Fault{Kind: model.FaultUsage, What: w.label, Reason: "the value of " + e.Field + " cannot be stored", Err: err}
	}
	if err := w.keep(e); err != nil {
		return err
	}
	return w.set(kindSet, e.Type, e.ID, e.Field, value, false)
}

// keep takes a delete back when somebody goes on working on the entity.
func (w *writer) keep(e model.Edit) error {
	var gone bool
	if _, err := found(w.row("SELECT gone FROM entity WHERE id = ?", string(e.ID)).Scan(&gone)); err != nil || !gone {
		return err
	}
	return w.set(kindDelete, e.Type, e.ID, deletedField, []byte("null"), false)
}

// set writes a value into a cell, over all its heads. Unless it is told to, it does not repeat the value
// that the cell has.
func (w *writer) set(kind string, t model.Type, id model.ID, field string, value []byte, again bool) error {
	if string(value) == "null" {
		if _, known, err := w.knownEntity(id); !known || err != nil {
			return err // there is nothing to clear
		}
	}
	entity, err := w.entityNumber(id)
	if err != nil {
		return err
	}
	word, err := w.word(field)
	if err != nil {
		return err
	}
	now, err := w.cellOf(entity, word)
	if err != nil {
		return err
	}
	if !again && !now.clash {
		same, err := w.isValue(now, value)
		if err != nil || same {
			return err
		}
	}
	c := &change{kind: kind, typ: string(t), entity: id, field: field, base: now.heads, value: value}
	if err := w.add(c); err != nil {
		return err
	}
	return w.show(entity, id, word, field, []*change{c}) // it has seen all heads, so it is the only one
}

func (w *writer) isValue(now cell, value []byte) (bool, error) {
	if len(now.heads) == 0 {
		return string(value) == "null", nil
	}
	shown, err := w.lookUp(now.heads[0])
	if err != nil || shown == nil || shown.redacted() {
		return false, err
	}
	return bytes.Equal(shown.value, value), nil
}

// delete says which edits of the entity its author had seen, so that one unseen elsewhere keeps it.
func (w *writer) delete(e model.Edit) error {
	entity, err := w.entityNumber(e.ID)
	if err != nil {
		return err
	}
	var gone bool
	if err := w.row("SELECT gone FROM entity WHERE n = ?", entity).Scan(&gone); err != nil || gone {
		return err
	}
	value, err := w.verdict(e.ID, true)
	if err != nil {
		return err
	}
	return w.set(kindDelete, e.Type, e.ID, deletedField, value, true)
}

// encode writes a value as the log has it: JSON, times in UTC. What is empty clears the cell.
func encode(value any) ([]byte, error) {
	switch v := value.(type) {
	case string:
		if v == "" {
			value = nil
		}
	case json.Number:
		if v == "" {
			value = nil
		}
	case bool:
		if !v {
			value = nil
		}
	case time.Time:
		value = v.UTC().Format(time.RFC3339Nano)
		if v.IsZero() {
			value = nil
		}
	}
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return []byte(strings.TrimSuffix(b.String(), "\n")), err
}
