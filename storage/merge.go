package storage

import (
	"context"
	"os"

	"aftermath/model"
)

// Merge takes everything from another copy into this file that it does not have yet, in one transaction;
// the other file stays as it is. A file that is damaged or not ours is refused as a whole.
func (s *Store) Merge(ctx context.Context, path string) (report model.MergeReport, err error) {
	if s.sealed != "" {
		return report, s.sealedFault("merge")
	}
	if err := s.refuseItself(path); err != nil {
		return report, err
	}
	other, err := Open(ctx, path, Options{ReadOnly: true, Now: s.opt.Now, Random: s.opt.Random, logOnly: true})
	if err != nil {
		return report, err
	}
	defer other.Close()
	if err := other.sound(ctx); err != nil {
		return report, err
	}
	if err := s.view(ctx, "merge", s.makeIncoming); err != nil {
		return report, err
	}
	err = s.update(ctx, "merge", func() error {
		in := s.newIntake()
		if err := in.takeFrom(ctx, other); err != nil {
			return err
		}
		if err := in.conclude(); err != nil {
			return err
		}
		report = in.report
		return s.disown()
	})
	return report, err
}

func (s *Store) refuseItself(path string) error {
	mine, err := os.Stat(s.path)
	if err != nil {
		return s.cannotMake(err)
	}
	theirs, err := os.Stat(path)
	if err == nil && os.SameFile(mine, theirs) {
		return &model.Fault{Kind: model.FaultUsage, What: "merge", File: path, Reason: "it is the open file itself", Remedy: "name another copy"}
	}
	return nil // what else is wrong with it, Open tells
}

// sound checks a whole file before anything is taken from it.
func (s *Store) sound(ctx context.Context) error {
	return s.view(ctx, "check", func() error {
		if err := s.quickCheck(); err != nil {
			return err
		}
		var first *breach
		if err := s.verify(func(b breach) {
			if first == nil {
				first = &b
			}
		}); err != nil {
			return err
		}
		if first != nil {
			return s.damaged("check", first.String())
		}
		return nil
	})
}

// cancelStride is how many changes are taken between two looks at the context.
const cancelStride = 1000

// takeFrom streams from another file, site by site, what comes after the end of each chain here.
func (in *intake) takeFrom(ctx context.Context, other *Store) error {
	other.acquire()
	defer other.mu.Unlock()
	m, err := in.meet(other)
	if err != nil {
		return err
	}
	taken := 0
	for _, site := range m.sites {
		in.report.Known += int(m.common[site.name] - m.pieces[site.name][0].from + 1)
		if err := other.each("SELECT "+changeColumns+" WHERE c.site = ? AND c.seq > ? ORDER BY c.seq", []any{site.n, m.common[site.name]}, func(row scanner) error {
			if taken++; taken%cancelStride == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			c, err := other.scanChange(row)
			if err != nil {
				return other.fault("merge", err)
			}
			return in.take(m.translate(c), other.rowsOf(c))
		}); err != nil {
			return err
		}
	}
	return m.tell()
}

// rowsOf gives the rows that an import change of this file brought.
func (s *Store) rowsOf(c *change) rowsOf {
	return func(yield func(*evidenceRow) error) error {
		var first, count int64
		if err := s.row("SELECT b.first, b.count FROM batch b JOIN site s ON s.n = b.site WHERE s.id = ? AND b.seq = ?", c.site, c.seq).Scan(&first, &count); err != nil {
			return err
		}
		return s.eachEvidence(first, first+count, yield)
	}
}
