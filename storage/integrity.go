package storage

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"aftermath/model"
)

// maxProven is how many imported lines are held to their hash before they are printed: half a second's work. Of more
// it is said that they were not.
const maxProven = 50_000

// Prove holds what the file tells of an incident to the log: every change to its hash, every field to the change that
// it follows from and, with lines, the imported lines to the hash of their import.
func (s *Store) Prove(ctx context.Context, incident model.ID, lines bool) (p model.Integrity, err error) {
	err = s.view(ctx, "check what is printed", func() error {
		n, err := s.shownIncident("check what is printed", incident)
		if err != nil {
			return err
		}
		log, err := s.changes("c.entity IN (SELECT n FROM entity WHERE incident = ?1 OR n = ?1) ORDER BY c.site, c.seq", n)
		if err != nil {
			return err
		}
		if err := s.proveChanges(log, &p); err != nil {
			return err
		}
		if err := s.proveFields(n, log, &p); err != nil || !lines {
			return err
		}
		return s.proveLines(n, log, &p)
	})
	return p, err
}

// proveChanges recomputes the hash of every change, in the order of their chains.
func (s *Store) proveChanges(log []*change, p *model.Integrity) error {
	var before siteHead
	site := ""
	for _, c := range log {
		if c.site != site || c.seq != before.seq+1 {
			hash, err := s.hashAt(ref{c.site, c.seq - 1})
			if err != nil {
				return err
			}
			before.hash = hash
		}
		if !bytes.Equal(c.chain(before.hash), c.hash) || c.redacted() && c.value != nil {
			p.Broken = append(p.Broken, breach{c.ref(), "it does not match its hash"}.String())
		}
		site, before = c.site, siteHead{c.seq, c.hash}
	}
	return nil
}

// A told is a field as the tables have it.
type told struct {
	of    model.ID
	field string
}

// proveFields compares the tables that people read with the log.
func (s *Store) proveFields(incident int64, log []*change, p *model.Integrity) error {
	has, err := s.toldOf(incident)
	if err != nil {
		return err
	}
	cells := map[told][]*change{}
	var order []told
	for _, c := range log {
		at := told{c.entity, c.field}
		if def, known := model.FieldOf(c.entity.Type(), c.field); !known || def.Kind == model.Content {
			continue // only the log has it
		}
		if cells[at] == nil {
			order = append(order, at)
		}
		cells[at] = append(cells[at], c)
	}
	for _, at := range order {
		def, _ := model.FieldOf(at.of.Type(), at.field)
		shown, want := headsOf(cells[at])[0], any(nil)
		switch {
		case def.Kind == model.Set && !shown.isNull():
			want = true
		case def.Kind != model.Set:
			want = column(def, shown.decode())
		}
		if has[at] != want {
			p.Broken = append(p.Broken, fmt.Sprintf("%s of %s is not what the log says", at.field, at.of))
		}
		delete(has, at)
	}
	for _, at := range slices.SortedFunc(maps.Keys(has), func(a, b told) int {
		return cmp.Or(cmp.Compare(a.of, b.of), cmp.Compare(a.field, b.field))
	}) {
		p.Broken = append(p.Broken, fmt.Sprintf("%s of %s is not in the log", at.field, at.of))
	}
	return nil
}

// toldOf reads every field of an incident and of what is in it.
func (s *Store) toldOf(incident int64) (map[told]any, error) {
	has := map[told]any{}
	for _, t := range types() {
		if err := s.eachFields(t, "e.incident = ?1 OR e.n = ?1", []any{incident}, func(_ int64, id model.ID, fields map[string]any) error {
			for name, v := range fields {
				has[told{id, name}] = v
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	err := s.each("SELECT e.id, m.field, m.value FROM member m JOIN entity e ON e.n = m.entity WHERE e.incident = ?1 OR e.n = ?1", []any{incident}, func(row scanner) error {
		var id model.ID
		var field, value string
		err := row.Scan(&id, &field, &value)
		has[told{id, model.Member(field, value)}] = true
		return err
	})
	return has, err
}

// proveLines recomputes the hashes of the imports of an incident.
func (s *Store) proveLines(incident int64, log []*change, p *model.Integrity) error {
	var count int
	if err := s.row("SELECT coalesce(sum(count), 0) FROM batch WHERE incident = ?", incident).Scan(&count); err != nil {
		return err
	}
	if count > maxProven {
		p.Unchecked = count
		return nil
	}
	for _, c := range log {
		if c.kind != kindImport {
			continue
		}
		if err := s.verifyRows(c, func(b breach) { p.Broken = append(p.Broken, b.String()) }); err != nil {
			return err
		}
	}
	return nil
}
