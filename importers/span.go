package importers

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"aftermath/model"
)

// A span is a series as a whole: between which values it lay, and from when on.
type span struct {
	event           model.Event
	low, high       *big.Float
	lowest, highest string // as written
	n               int
}

func (s *span) add(v *big.Float, text string, at time.Time, written string, p model.Precision, line int) {
	if s.n++; s.n == 1 {
		s.event = model.Event{At: at, TimeText: written, Precision: p, Line: line}
		s.low, s.high, s.lowest, s.highest = v, v, text, text
		return
	}
	if v.Cmp(s.low) < 0 {
		s.low, s.lowest = v, text
	}
	if v.Cmp(s.high) > 0 {
		s.high, s.highest = v, text
	}
}

// whole gives one event for a series of a live source that has no bound. Its points stay in the kept page, which the
// event leads to.
func (w *watch) whole(s *series) error {
	if s.span.n == 0 {
		return nil
	}
	e, span := &s.span.event, s.span
	e.Kind, e.Service, e.ZoneSource = "metric", s.service, w.zone
	e.ExternalID = fmt.Sprintf("%s:series:%s:%s", w.source, s.id, s.first.UTC().Format(time.RFC3339Nano))
	between := span.lowest + " to " + span.highest
	if span.lowest == span.highest {
		between = span.lowest + " throughout"
	}
	e.Title = s.name + ": " + strings.TrimSpace(between+" "+s.unit)
	e.Body = joinLines(pairLines(s.labels), named("query", w.query.Query), named("values", fmt.Sprint(span.n)))
	if s.last.After(s.first) {
		e.End = s.last
	}
	return w.run.eventAsOf(e, s.last)
}
