package imports

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
)

// A Store gives the timeline that evidence was brought into.
type Store interface {
	EachEvent(context.Context, model.EventQuery, func(*model.Event) error) error
}

// doubted says how many doubts there are about the times, now that something came in.
type doubted struct{ count int }

// lookLimit is how long looking for doubts may take: they are an offer, and nobody waits for it.
const lookLimit = 30 * time.Second

// countDoubts counts the doubts about the whole timeline, because a clock shows itself only beside others.
func (s *Screen) countDoubts(r *model.Record) tea.Cmd {
	s.Leave()
	ctx, end := context.WithTimeout(context.Background(), lookLimit)
	s.endLook = end
	store, record := s.store, *r
	return func() tea.Msg {
		defer end()
		found, _, _, err := model.FindDoubts(record, func(yield func(*model.Event) error) error {
			return store.EachEvent(ctx, model.EventQuery{Incident: record.Incident.ID}, func(e *model.Event) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				return yield(e)
			})
		})
		if err != nil {
			return nil // the screen of doubts tells of the fault
		}
		return doubted{len(found)}
	}
}

// Leave calls the count off.
func (s *Screen) Leave() {
	if s.endLook != nil {
		s.endLook()
	}
}

func (s *Screen) noDoubts() string {
	if s.stage != done || s.doubts == 0 {
		return "nothing contradicts"
	}
	return ""
}

func (s *Screen) doubtLine() string {
	if s.doubts == 1 {
		return "One thing about the times does not fit together. d looks at it."
	}
	return fmt.Sprintf("%d things about the times do not fit together. d looks at them.", s.doubts)
}
