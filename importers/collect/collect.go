// Package collect fetches what happened in a window of time from the APIs of the tools that a team uses.
//
// Every answer is kept as it came before anything is read from it, and then the parsers of package importers
// read the kept pages; so what is collected and what is imported from files are read alike. The only hosts that
// are asked are those of the configuration, and a credential goes nowhere else: into no page, no error, no
// progress and no recording.
package collect

import (
	"context"
	"net/http"
	"os"
	"time"

	"aftermath/model"
)

// A Keeper holds the pages of an incident.
type Keeper interface {
	// Keep stores a page and gives its id. It says whether the page was there already, with the same source,
	// request and digest.
	Keep(ctx context.Context, incident model.ID, p model.Page) (id model.ID, known bool, err error)
	// Kept gives the pages of a source with their bodies, in the order in which they were kept.
	Kept(ctx context.Context, incident model.ID, source string) ([]model.Page, error)
}

// A Job is one collection: from these sources, what touches this window, for this incident.
type Job struct {
	Incident model.ID
	Window
	Sources []Source
	By      string // who asks; it stands on every page
	Keeper  Keeper

	// Import brings in the events that are read from the pages of a source. Sources that are done at the same
	// time call it side by side.
	Import func(context.Context, model.ReadEvidence) (model.ImportReport, error)

	Progress func(Progress) // is told at most some ten times a second for each source; may be nil
	// Above and Below are the thresholds of queries that have none of their own, as decimal text; empty for none.
	Above, Below string

	Record    string              // a folder into which every exchange is written; empty for none
	Clock     Clock               // the zero value is the clock of the machine
	Getenv    func(string) string // where tokens come from; nil means the environment
	Transport http.RoundTripper   // nil means the network
}

// A Window is the time that is asked for, both ends included.
type Window struct{ From, To time.Time }

// An Outcome is how it ended for one source.
type Outcome struct {
	Source string
	State  State        // Done, Failed or Cancelled
	Pages  []model.Page // that the keeper holds and that were read, without their bodies
	Known  int          // of them: pages that the keeper had before
	Report model.ImportReport
	Err    error // a *model.Fault, or context.Canceled
}

// Collect fetches from all sources side by side and returns when the last one has ended. The outcomes stand
// in the order of the sources. What was fetched before a fault is kept and read; collecting again goes on
// from there.
func Collect(ctx context.Context, job Job) []Outcome { return Start(ctx, job).Wait() }

// A Clock tells the time and waits. The zero value is the machine's.
type Clock struct {
	Now  func() time.Time
	Wait func(ctx context.Context, d time.Duration) error
}

func (c Clock) now() time.Time {
	if c.Now == nil {
		return time.Now().UTC()
	}
	return c.Now().UTC()
}

func (c Clock) wait(ctx context.Context, d time.Duration) error {
	if c.Wait != nil {
		return c.Wait(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (j *Job) getenv(name string) string {
	if j.Getenv == nil {
		return os.Getenv(name)
	}
	return j.Getenv(name)
}
