package storage

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"

	"modernc.org/sqlite"

	"aftermath/leftover"
	"aftermath/model"
)

// A scratch is a copy of a data file, page by page, in which the doctor tries things out. The file itself is only
// read, and other programs go on with it.
type scratch struct {
	*Store
	dir  string
	free func() error
	made []string // folders that were not there, the innermost first
}

// copyPages is how many pages are copied between two moments in which others may write; with pages of 4 KiB 16 MiB.
const copyPages = 4096

// openScratch copies the file. It needs as much room as the file takes; without it the error says so, see isFull.
func (s *Store) openScratch(ctx context.Context) (*scratch, error) {
	parent, made := "", []string(nil)
	if s.opt.Leases != "" { // private like the leases, and never among what a person keeps or syncs
		parent = filepath.Dir(s.opt.Leases)
		made = missing(parent)
		if err := os.MkdirAll(parent, 0o700); err != nil {
			return nil, err
		}
		// Only here: in a folder that others share, the name could be theirs.
		leftover.Sweep(filepath.Join(parent, "doctor-*"), s.opt.Now(), os.FileInfo.IsDir)
	}
	dir, err := os.MkdirTemp(parent, "doctor-")
	if err != nil {
		return nil, err
	}
	c := &scratch{dir: dir, made: made}
	if c.free, err = leftover.Hold(dir); err != nil {
		return nil, errors.Join(err, c.close())
	}
	path := filepath.Join(dir, "copy.db")
	if err := s.copyPagesTo(ctx, path); err != nil {
		return nil, errors.Join(err, c.close())
	}
	c.Store = &Store{path: path, opt: Options{Now: s.opt.Now, Random: s.opt.Random}, stmts: map[string]*sql.Stmt{}, horizon: noHorizon, scratch: true,
		firstVersion: s.firstVersion, keepsTails: s.keepsTails}
	c.words.reset()
	c.sites.reset()
	c.tails.reset()
	if err := c.connect(); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

func (c *scratch) close() error {
	var err error
	if c.Store != nil {
		err = c.release()
	}
	if c.free != nil {
		err = errors.Join(err, c.free())
	}
	err = errors.Join(err, os.RemoveAll(c.dir))
	for _, folder := range c.made {
		os.Remove(folder) // one that somebody uses meanwhile stays
	}
	return err
}

// missing are the folders of a path that are not there, the innermost first.
func missing(path string) (list []string) {
	for {
		if _, err := os.Stat(path); err == nil {
			return list
		}
		list = append(list, path)
		up := filepath.Dir(path)
		if up == path {
			return list
		}
		path = up
	}
}

// copyPagesTo copies the file as it stands, damage included, which no copy by SQL would do. When another program
// writes meanwhile SQLite begins again, so that the copy is of one moment.
func (s *Store) copyPagesTo(ctx context.Context, path string) error {
	return s.view(ctx, "copy the file", func() error {
		return s.conn.Raw(func(driver any) error {
			from, ok := driver.(interface {
				NewBackup(string) (*sqlite.Backup, error)
			})
			if !ok {
				return errors.New("the driver makes no copies")
			}
			b, err := from.NewBackup(path)
			if err != nil {
				return err
			}
			for more := true; more && err == nil; {
				if err = ctx.Err(); err == nil {
					more, err = b.Step(copyPages)
				}
			}
			return errors.Join(err, b.Finish())
		})
	})
}

// isFull reports whether an error says that there was no room on a disk.
func isFull(err error) bool {
	var cause *sqlite.Error
	return errors.As(err, &cause) && cause.Code()&0xff == codeFull || isFullDisk(err)
}

// noRoom is what was not looked at because there was no room to do it.
func (s *Store) noRoom(dir string, err error) error {
	return &model.Fault{Kind: model.FaultSealed, What: "doctor", File: s.path, Err: err,
		Reason: "the tables were not compared with the log: " + dir + " has no room for a copy of the file", Remedy: "make room there, or set XDG_STATE_HOME to a larger disk, and run it again"}
}
