package storage

import (
	"context"
	"errors"

	"modernc.org/sqlite"

	"aftermath/model"
)

var errClosed = errors.New("the file is closed")

// SQLite's primary result codes that people can do something about.
const (
	codeBusy     = 5
	codeLocked   = 6
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCannot   = 14
	codeNotOurs  = 26
)

// fault says in words what SQLite refused. Faults and cancellations pass as they are.
func (s *Store) fault(what string, err error) error {
	var already *model.Fault
	if err == nil || errors.As(err, &already) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	f := &model.Fault{Kind: model.FaultDamaged, What: what, File: s.path, Err: err}
	var cause *sqlite.Error
	if !errors.As(err, &cause) {
		return f
	}
	switch cause.Code() & 0xff {
	case codeBusy, codeLocked:
		f.Kind, f.Reason, f.Remedy = model.FaultBusy, "another program is writing to it", "try again in a moment"
	case codeReadOnly:
		f.Kind, f.Reason, f.Remedy = model.FaultSealed, "it cannot be written", "look at its permissions and at the disk"
	case codeFull:
		f.Kind, f.Reason, f.Remedy = model.FaultSealed, "the disk is full", "make room; nothing was changed"
	case codeIO:
		f.Kind, f.Reason, f.Remedy = model.FaultDamaged, "the disk could not be read or written", "look at the disk; the last change was not kept"
	case codeCannot:
		f.Kind, f.Reason, f.Remedy = model.FaultInput, "it cannot be opened", "look at the path and its permissions"
	case codeCorrupt, codeNotOurs:
		f.Kind, f.Reason, f.Remedy = model.FaultDamaged, "the file is damaged", "run `aftermath doctor`, or go back to a backup"
	}
	return f
}

// isCorrupt reports whether SQLite met damage.
func isCorrupt(err error) bool {
	var cause *sqlite.Error
	return errors.As(err, &cause) && (cause.Code()&0xff == codeCorrupt || cause.Code()&0xff == codeNotOurs)
}

// damaged is the fault of a file whose contents contradict each other.
func (s *Store) damaged(what, reason string) error {
	return &model.Fault{Kind: model.FaultDamaged, What: what, File: s.path, Reason: reason,
		Remedy: "run `aftermath doctor`, or go back to a backup"}
}
