package storage


// refold drops every table that is folded from the log and folds it again: this is the migration, and the
// repair.
func (s *Store) refold() error {
	for _, stmt := range s.stmts {
		if err := stmt.Close(); err != nil {
			return err
		}
	}
	clear(s.stmts)
	for _, name := range foldedNames() {
		if err := s.script("DROP TABLE IF EXISTS " + quote(name)); err != nil {
			return err
		}
	}
	if err := s.script(foldedTables()...); err != nil {
		return err
	}
	if err := s.script("UPDATE entity SET incident = 0, holds = 0, gone = 0, shown = 0", "UPDATE batch SET shown = 0", "UPDATE place SET incident = NULL, at = NULL",
		"INSERT INTO evidence_words(evidence_words) VALUES('rebuild')"); err != nil {
		return err
	}
	f := s.newFold()
	type cellKey struct{ entity, field int64 }
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

