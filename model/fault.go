package model

import (
	"errors"
	"fmt"
)

// FaultKind says what sort of trouble it is; main turns it into the exit status.
type FaultKind int

// The kinds of faults and, in cli, their exit status.
const (
	FaultUsage   FaultKind = iota + 1 // the command was called wrongly: 2
	FaultInput                        // the input is not what it should be: 3
	FaultDamaged                      // the data file is damaged or not ours: 3
	FaultRemote                       // a remote or the network failed: 4
	FaultBusy                         // the data file is in use: 5
	FaultSealed                       // read-only, or from a newer version: 5
)

// A Fault is a refusal in words: what could not be done, where, why, and what to do about it.
type Fault struct {
	Kind   FaultKind
	What   string // what was tried: "import notes.csv"
	File   string // where, as far as it is known
	Line   int    // 1 for the first line; 0 when there is none
	Reason string // why it was refused, without a full stop
	Remedy string // what to do, as a sentence without a full stop
	Err    error  // the cause, for errors.Is
}

// ErrKept is the cause of a refusal to write over a file that a person may still insist on.
var ErrKept = errors.New("the file is kept")

// Error is one line: what failed, where, why, and what to do.
func (f *Fault) Error() string {
	s := f.What
	if f.File != "" {
		s += ": " + f.File
		if f.Line > 0 {
			s += fmt.Sprintf(", line %d", f.Line)
		}
	}
	if f.Reason != "" {
		s += ": " + f.Reason
	} else if f.Err != nil {
		s += ": " + f.Err.Error()
	}
	if f.Remedy != "" {
		s += "; " + f.Remedy
	}
	return s
}

func (f *Fault) Unwrap() error { return f.Err }

// KindOf is the kind of a fault anywhere in the chain of err, or 0.
func KindOf(err error) FaultKind {
	var f *Fault
	if errors.As(err, &f) {
		return f.Kind
	}
	return 0
}
