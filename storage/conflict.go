package storage

import (
	"context"

	"aftermath/model"
)

// Conflicts lists the cells that people changed at once, of one incident or, with "", of the file. All
// values are kept; the first one is shown.
func (s *Store) Conflicts(ctx context.Context, incident model.ID) (list []model.Conflict, err error) {
	err = s.view(ctx, "read the conflicts", func() error {
		var only int64
		if incident != "" {
			if only, err = s.shownIncident("read the conflicts", incident); err != nil {
				return err
			}
		}
		list, err = s.conflicts(only)
		return err
	})
	return list, err
}

func (s *Store) conflicts(only int64) (list []model.Conflict, err error) {
	type clash struct{ entity, incident, field int64 }
	var clashes []clash
	if err := s.each(`SELECT c.entity, e.incident, c.field FROM cell c JOIN entity e ON e.n = c.entity LEFT JOIN entity o ON o.n = e.incident JOIN word w ON w.n = c.field
		WHERE c.clash = 1 AND coalesce(o.shown, 1) AND (?1 = 0 OR e.incident = ?1) ORDER BY e.id, w.text`,
		[]any{only}, func(row scanner) error {
			var c clash
			err := row.Scan(&c.entity, &c.incident, &c.field)
			clashes = append(clashes, c)
			return err
		}); err != nil {
		return nil, err
	}
	for _, c := range clashes {
		one, err := s.conflict(c.entity, c.incident, c.field)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

func (s *Store) conflict(entity, incident, field int64) (c model.Conflict, err error) {
	if c.Entity, err = s.entityID(entity); err != nil {
		return c, err
	}
	if c.Incident, err = s.entityID(incident); err != nil {
		return c, err
	}
	if _, err = found(s.row("SELECT coalesce(zone, '') FROM incident WHERE n = ?", incident).Scan(&c.Zone)); err != nil {
		return c, err
	}
	if c.Field, err = s.spell(field); err != nil {
		return c, err
	}
	c.Type = c.Entity.Type()
	if c.What, err = s.titleOf(entity, c.Entity); err != nil {
		return c, err
	}
	now, err := s.cellOf(entity, field)
	if err != nil {
		return c, err
	}
	if c.Field == deletedField {
		c.Values, err = s.deleteChoices(entity, now)
		return c, err
	}
	for _, r := range now.heads {
		head, err := s.lookUp(r)
		if err != nil {
			return c, err
		}
		if head != nil {
			c.Values = append(c.Values, choice(head, head.decode()))
		}
	}
	return c, nil
}

func choice(c *change, value any) model.ConflictChoice {
	return model.ConflictChoice{Value: value, Author: c.author, At: wallTime(c.wall), Site: c.site, Seq: c.seq}
}

// The choices of a delete against an edit, in this order.
const (
	keptText    = "kept"
	deletedText = "deleted"
)

// deleteChoices are the newest edit, which keeps the entity, and the delete that had not seen it.
func (s *Store) deleteChoices(entity int64, now cell) (choices []model.ConflictChoice, err error) {
	set, err := s.word(kindSet)
	if err != nil {
		return nil, err
	}
	edits, err := s.changes("c.entity = ? AND c.kind = ? ORDER BY c.clock DESC, "+siteOf+" DESC, c.seq LIMIT 1", entity, set)
	if err != nil {
		return nil, err
	}
	for _, edit := range edits {
		choices = append(choices, choice(edit, keptText))
	}
	for _, r := range now.heads {
		head, err := s.lookUp(r)
		if err != nil {
			return nil, err
		}
		if head != nil && !head.isNull() {
			return append(choices, choice(head, deletedText)), nil
		}
	}
	return choices, nil
}

// Settle ends a conflict: the chosen value is written over all others. Of "(deleted)", choice 0 keeps the
// entity and 1 deletes it.
func (s *Store) Settle(ctx context.Context, c model.Conflict, choice int) error {
	if choice < 0 || choice >= len(c.Values) {
		return &model.Fault{Kind: model.FaultUsage, What: "settle a conflict", Reason: "there is no such choice"}
	}
	return s.update(ctx, "settle a conflict", func() error {
		w := s.newWriter("settle a conflict", "ui")
		kind := kindSet
		var value []byte
		chosen, err := w.lookUp(ref{c.Values[choice].Site, c.Values[choice].Seq})
		switch {
		case err != nil:
			return err
		case c.Field == deletedField:
			kind = kindDelete
			value, err = w.verdict(c.Entity, choice == 1)
		case chosen == nil:
			return &model.Fault{Kind: model.FaultInput, What: "settle a conflict", Reason: "the chosen change is not in this file", Remedy: "look at the conflicts again"}
		case chosen.redacted():
			return &model.Fault{Kind: model.FaultInput, What: "settle a conflict", Reason: "the chosen value was redacted", Remedy: "choose another one"}
		default:
			value = chosen.value
		}
		if err != nil {
			return err
		}
		if err := w.set(kind, c.Type, c.Entity, c.Field, value, true); err != nil {
			return err
		}
		return w.settle()
	})
}
