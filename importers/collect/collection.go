package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"aftermath/model"
)

// A Collection is a job under way. Each of its sources can be stopped and started again alone.
type Collection struct {
	ctx context.Context
	job Job

	mu     sync.Mutex
	ended  sync.Cond
	going  int
	states []*sourceState
}

// A sourceState is one source of a collection.
type sourceState struct {
	source  Source
	cancel  context.CancelFunc // nil when it is not under way
	outcome Outcome
}

// Start begins a job and returns at once.
func Start(ctx context.Context, job Job) *Collection {
	c := &Collection{ctx: ctx, job: job}
	c.ended.L = &c.mu
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range job.Sources {
		state := &sourceState{source: s}
		c.states = append(c.states, state)
		c.begin(state)
	}
	return c
}

// begin sets one source going; the lock is held.
func (c *Collection) begin(s *sourceState) {
	ctx, cancel := context.WithCancel(c.ctx)
	s.cancel = cancel
	c.going++
	report := newReporter(s.source.Name, &c.job)
	report.tell(Progress{State: Waiting})
	go func() {
		outcome := collectSource(ctx, &c.job, s.source, report)
		cancel()
		c.mu.Lock()
		s.outcome, s.cancel = outcome, nil
		c.going--
		c.ended.Broadcast()
		c.mu.Unlock()
	}()
}

// Cancel stops a source. What it has kept so far stays, for the next time.
func (c *Collection) Cancel(source string) {
	c.with(source, func(s *sourceState) {
		if s.cancel != nil {
			s.cancel()
		}
	})
}

// Retry starts a source again that has ended; one that is under way goes on as it is.
func (c *Collection) Retry(source string) {
	c.with(source, func(s *sourceState) {
		if s.cancel == nil {
			c.begin(s)
		}
	})
}

func (c *Collection) with(source string, do func(*sourceState)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.states, func(s *sourceState) bool { return s.source.Name == source }); i >= 0 {
		do(c.states[i])
	}
}

// Ended gives what came of a source that is not under way any more.
func (c *Collection) Ended(source string) (o Outcome, ended bool) {
	c.with(source, func(s *sourceState) { o, ended = s.outcome, s.cancel == nil })
	return o, ended
}

// Wait returns when no source is under way any more.
func (c *Collection) Wait() []Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.going > 0 {
		c.ended.Wait()
	}
	var all []Outcome
	for _, s := range c.states {
		all = append(all, s.outcome)
	}
	return all
}

// ending is the state that an error stands for.
func ending(err error) State {
	switch {
	case err == nil:
		return Done
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Cancelled
	}
	return Failed
}

// together is one error for all that failed: the only one, or a sentence that names each.
func (s Source) together(failed []error) error {
	switch len(failed) {
	case 0:
		return nil
	case 1:
		return failed[0]
	}
	const told = 5
	var reasons []string
	for _, err := range failed[:min(told, len(failed))] {
		var f *model.Fault
		switch {
		case !errors.As(err, &f):
			reasons = append(reasons, err.Error())
		case f.File == "":
			reasons = append(reasons, f.Reason)
		default:
			reasons = append(reasons, f.File+": "+f.Reason)
		}
	}
	if more := len(failed) - told; more > 0 {
		reasons = append(reasons, fmt.Sprintf("and %d more", more))
	}
	var first *model.Fault
	if !errors.As(failed[0], &first) {
		return errors.Join(failed...)
	}
	return s.fault(first.Kind, fmt.Sprintf("%d pages did not come or could not be read: %s", len(failed), strings.Join(reasons, "; ")), first.Remedy)
}

// fault is a fault of a source whose cause is not the network.
func (s Source) fault(kind model.FaultKind, reason, remedy string) *model.Fault {
	return &model.Fault{Kind: kind, What: "collect from " + s.title(), Reason: reason, Remedy: remedy}
}
