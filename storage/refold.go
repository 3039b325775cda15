package storage

import "strings"

const evidenceIndex = "evidence_words"

// refold drops every table that is folded from the log and folds it again: this is the migration, and the
// repair. The search index over imported lines, by far the largest of them, can be left alone.
func (s *Store) refold(withIndex bool) error {
	for _, stmt := range s.stmts {
		if err := stmt.Close(); err != nil {
			return err
		}
	}
	clear(s.stmts)
	for _, name := range foldedNames() {
		if name == evidenceIndex && !withIndex {
			continue
		}
		if err := s.script("DROP TABLE IF EXISTS " + quote(name)); err != nil {
			return err
		}
	}
	for _, table := range foldedTables() {
		if isIndex := strings.Contains(table, evidenceIndex); isIndex && !withIndex {
			continue
		} else if isIndex {
			table += "; INSERT INTO evidence_words(evidence_words) VALUES('rebuild')"
		}
		if err := s.script(table); err != nil {
			return err
		}
	}
	if err := s.script("INSERT INTO evidence_ids(id, n) SELECT id, n FROM evidence ORDER BY id, n",
		"INSERT INTO born(entity, clock) SELECT entity, min(clock) FROM change WHERE entity <> 0 GROUP BY entity",
		"UPDATE entity SET incident = 0, holds = 0, gone = 0, shown = 0", "UPDATE batch SET shown = 0", "UPDATE place SET incident = NULL, at = NULL"); err != nil {
		return err
	}
	f := s.newFold()
	var cells []cellKey
	if err := s.each(`SELECT DISTINCT c.entity, c.field FROM change c JOIN word k ON k.n = c.kind WHERE k.text IN ('set', 'delete')`, nil, func(row scanner) error {
		var k cellKey
		err := row.Scan(&k.entity, &k.field)
		cells = append(cells, k)
		return err
	}); err != nil {
		return err
	}
	for _, k := range cells {
		if err := f.refresh(k.entity, k.field); err != nil {
			return err
		}
	}
	return f.settle()
}
