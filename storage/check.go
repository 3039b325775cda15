package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
// more types and fields, which the fold brings by itself. When it fails, the file is as it was and needs no copy.
func (s *Store) upgrade(version uint32) error {
	kept, err := s.keepAs(version)
	if err != nil {
		return err
	}
	err = s.transact(func() error {
		if version == 1 { // it found imported lines by an index
			if err := s.script("DROP INDEX IF EXISTS evidence_id"); err != nil {
				return err
			}
			s.firstVersion = false
		}
		if err := s.addColumns(); err != nil {
			return err
		}
		if err := s.refold(true); err != nil {
			return err
		}
		if err := s.noteSchema(); err != nil {
			return err
		}
		return s.script(fmt.Sprintf("PRAGMA user_version = %d", fileVersion))
	})
	if err != nil {
		return errors.Join(err, os.Remove(kept))
	}
	return nil
}

// mostKept is how many copies of one version may lie beside a file: it was put back and upgraded so often.
const mostKept = 99

// keepAs copies the file as it is beside itself, under the first name of its version that is free.
func (s *Store) keepAs(version uint32) (string, error) {
	name := fmt.Sprintf("%s.v%d", s.path, version)
	kept := name
	for n := 2; n <= mostKept; n++ {
		if _, err := os.Lstat(kept); errors.Is(err, fs.ErrNotExist) {
			break
		}
		kept = fmt.Sprintf("%s-%d", name, n)
	}
	return kept, s.copyTo(kept)
}

// addColumns adds to the rows of evidence and to their places what some files of versions 1 and 2 lack: neither
// knew versions of a record nor an order beside time from its beginning.
func (s *Store) addColumns() error {
	for _, c := range []struct{ table, column string }{{"evidence", "updated"}, {"evidence", "tie"}, {"place", "ord"}} {
		var there int
		if err := s.row("SELECT count(*) FROM pragma_table_info(?) WHERE name = ?", c.table, c.column).Scan(&there); err != nil {
			return err
		}
		if there > 0 {
			continue
		}
		if err := s.script("ALTER TABLE " + c.table + " ADD COLUMN " + c.column + " INTEGER"); err != nil {
			return err
		}
	}
	return nil
}
