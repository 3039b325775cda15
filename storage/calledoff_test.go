package storage

import (
	"context"
	"errors"
	"runtime"
	"testing"

	"aftermath/model"
)

// A read that is not wanted any more must not take its turn at the file.
func TestReadThatIsCalledOffWhileItWaits(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	ctx, callOff := context.WithCancel(bg)
	answer := make(chan error)
	s.mu.Lock()
	go func() {
		_, err := s.Events(ctx, model.EventQuery{Incident: id})
		answer <- err
	}()
	for s.waiting.Load() == 0 {
		runtime.Gosched()
	}
	callOff()
	s.mu.Unlock()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("it read all the same: %v", err)
	}
}
