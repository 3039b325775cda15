package storage

import (
	"context"
	"fmt"
	"strings"
)

// checkedAtOnce is the size up to which a file that was not closed cleanly is checked while it opens. A
// larger one opens at once and says that a check is due.
const checkedAtOnce = 2 << 20

// checkUnclean looks at a file that comes without proof of a clean close: a copy, a backup, or what a crash
// left.
func (s *Store) checkUnclean(state fileState) error {
	if state.size > checkedAtOnce {
		s.due = true
		return nil
	}
	return s.quickCheck()
}

func (s *Store) quickCheck() error {
	var verdict string
	if err := s.row("PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return s.damaged("check", firstLine(verdict))
	}
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// CheckDue tells whether the file was opened without a check although it was not closed cleanly, because
// checking takes about a second for 150 MB. Check makes up for it.
func (s *Store) CheckDue() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.due
}

// Check looks whether SQLite can read every page of the file.
func (s *Store) Check(ctx context.Context) error {
	return s.view(ctx, "check", func() error {
		err := s.quickCheck()
		s.due = s.due && err != nil
		return err
	})
}

// upgrade folds the tables of a file that an older version wrote, after keeping a copy of it. Version 3 has
// more types and fields, which the fold brings by itself.
func (s *Store) upgrade(version uint32) error {
	kept := fmt.Sprintf("%s.v%d", s.path, version)
	if err := s.copyTo(kept); err != nil {
		return err
	}
	return s.transact(func() error {
		if version == 1 { // it found imported lines by an index, and knew neither versions of a record nor an order beside time
			if err := s.script("DROP INDEX IF EXISTS evidence_id", "ALTER TABLE evidence ADD COLUMN updated INTEGER", "ALTER TABLE evidence ADD COLUMN tie INTEGER", "ALTER TABLE place ADD COLUMN ord INTEGER"); err != nil {
				return err
			}
			s.firstVersion = false
		}
		if err := s.refold(true); err != nil {
			return err
		}
		return s.script(fmt.Sprintf("PRAGMA user_version = %d", fileVersion))
	})
}
