package doubts

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/nav"
	"aftermath/ui/theme"
)

// endless is a timeline that never ends of its own accord.
type endless struct{ began chan struct{} }

func (e endless) EachEvent(ctx context.Context, _ model.EventQuery, yield func(*model.Event) error) error {
	at := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	for i := 0; ; i++ {
		if i == 5000 {
			close(e.began)
		}
		if err := yield(&model.Event{ID: "E-1", At: at.Add(time.Duration(i) * time.Second), Source: "app", Title: "tick tock"}); err != nil {
			return err
		}
	}
}

func searching(t *testing.T) (*Screen, chan found) {
	t.Helper()
	store := endless{make(chan struct{})}
	s := New(&desk.Desk{Zone: time.UTC}, store, "N-1")
	cmd := s.Update(nav.Loaded{Record: &model.Record{Incident: model.Incident{ID: "N-1"}, Events: 9_000_000}})
	answers := make(chan found, 1)
	for _, c := range cmd().(tea.BatchMsg) {
		if _, instant := nav.Instant(c); !instant {
			go func() { answers <- c().(found) }()
		}
	}
	<-store.began
	return s, answers
}

func TestASearchCanBeStopped(t *testing.T) {
	s, answers := searching(t)
	th := theme.New("mono", true, theme.Dark)
	if view := s.View(th, 80, 20); !strings.Contains(view, "of 9000000") || !strings.Contains(view, "esc stops") {
		t.Errorf("it does not say how far it is:\n%s", view)
	}
	for _, a := range s.Actions() {
		if a.ID == "doubts.stop" {
			a.Do()
		}
	}
	answer := <-answers
	if !errors.Is(answer.err, context.Canceled) {
		t.Errorf("it ended with %v", answer.err)
	}
	s.Update(answer)
	if view := s.View(th, 80, 20); !strings.Contains(view, "Stopped") || !strings.Contains(view, "r looks") {
		t.Errorf("it says:\n%s", view)
	}
}

func TestLeavingStopsTheSearch(t *testing.T) {
	s, answers := searching(t)
	s.Leave()
	if answer := <-answers; !errors.Is(answer.err, context.Canceled) {
		t.Errorf("it ended with %v", answer.err)
	}
}

// A late answer cannot overwrite a newer one.
func TestALateAnswerIsForgotten(t *testing.T) {
	s, answers := searching(t)
	s.Leave()
	<-answers
	s.asked = 7
	s.Update(found{asked: 6, doubts: []model.Doubt{{Kind: model.DoubtClock, What: "old"}}})
	if s.ready {
		t.Error("an old answer is shown")
	}
	s.Update(found{asked: 7, events: 3, sources: 1})
	if !s.ready || len(s.doubts) != 0 {
		t.Error("the answer is not shown")
	}
}
