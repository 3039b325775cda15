package storage

import (
	"bytes"
	"context"
	"fmt"

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
		if err := s.proveChanges(n, &p); err != nil {
			return err
		}
		if err := s.proveFields(n, &p); err != nil || !lines {
			return err
		}
		return s.proveLines(n, &p)
	})
	return p, err
}

// proveChanges recomputes the hash of every change that was made to an incident.
func (s *Store) proveChanges(incident int64, p *model.Integrity) error {
	changes, err := s.changes("c.entity IN (SELECT n FROM entity WHERE incident = ?1 OR n = ?1)", incident)
	if err != nil {
		return err
	}
	for _, c := range changes {
		before, err := s.hashAt(ref{c.site, c.seq - 1})
		if err != nil {
			return err
		}
		if !bytes.Equal(c.chain(before), c.hash) || c.redacted() && c.value != nil {
			p.Broken = append(p.Broken, breach{c.ref(), "it does not match its hash"}.String())
		}
	}
	return nil
}

// proveFields compares the tables that people read with the log.
func (s *Store) proveFields(incident int64, p *model.Integrity) error {
	type key struct {
		cellKey
		id model.ID
	}
	var keys []key
	if err := s.each(`SELECT k.entity, k.field, e.id FROM cell k JOIN entity e ON e.n = k.entity WHERE e.incident = ?1 OR e.n = ?1 ORDER BY 1, 2`, []any{incident}, func(row scanner) error {
		var k key
		err := row.Scan(&k.entity, &k.field, &k.id)
		keys = append(keys, k)
		return err
	}); err != nil {
		return err
	}
	for _, k := range keys {
		same, name, err := s.followsFromLog(k.cellKey, k.id.Type())
		if err != nil {
			return err
		}
		if !same {
			p.Broken = append(p.Broken, fmt.Sprintf("%s of %s is not what the log says", name, k.id))
		}
	}
	return nil
}

// followsFromLog reports whether a field has the value that its newest change gave it.
func (s *Store) followsFromLog(k cellKey, t model.Type) (same bool, name string, err error) {
	log, err := s.cellLog(k.entity, k.field)
	if err != nil || len(log) == 0 {
		return false, "a field", err
	}
	name = log[0].field
	def, known := model.FieldOf(t, name)
	if !known || def.Kind == model.Content {
		return true, name, nil // only the log has it
	}
	shown := headsOf(log)[0]
	if def.Kind == model.Set {
		set, value, _ := model.CutMember(name)
		var has bool
		err = s.row("SELECT EXISTS(SELECT 1 FROM member WHERE entity = ? AND field = ? AND value = ?)", k.entity, set, value).Scan(&has)
		return has == !shown.isNull(), name, err
	}
	var has any
	if _, err = found(s.row("SELECT "+quote(name)+" FROM "+quote(string(t))+" WHERE n = ?", k.entity).Scan(&has)); err != nil {
		return false, name, err
	}
	return has == column(def, shown.decode()), name, nil
}

// proveLines recomputes the hashes of the imports of an incident.
func (s *Store) proveLines(incident int64, p *model.Integrity) error {
	var count int
	if err := s.row("SELECT coalesce(sum(count), 0) FROM batch WHERE incident = ?", incident).Scan(&count); err != nil {
		return err
	}
	if count > maxProven {
		p.Unchecked = count
		return nil
	}
	imports, err := s.changes("c.entity IN (SELECT n FROM entity WHERE incident = ? AND type = 'import')", incident)
	if err != nil {
		return err
	}
	for _, c := range imports {
		if c.kind != kindImport {
			continue
		}
		if err := s.verifyRows(c, func(b breach) { p.Broken = append(p.Broken, b.String()) }); err != nil {
			return err
		}
	}
	return nil
}
