package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"aftermath/model"
)

const ordinaryPage = 200

// Events reads one stretch of an incident's timeline, oldest first. From is part of it, To is not.
func (s *Store) Events(ctx context.Context, q model.EventQuery) (page model.EventPage, err error) {
	err = s.view(ctx, "read the timeline", func() error {
		f, err := s.filter(q)
		if err != nil {
			return err
		}
		page, err = s.page(f, q)
		return err
	})
	return page, err
}

func (s *Store) page(f *filter, q model.EventQuery) (page model.EventPage, err error) {
	limit := q.Limit
	if limit <= 0 {
		limit = ordinaryPage
	}
	if page.Total, err = s.total(f); err != nil {
		return page, err
	}
	var events []model.Event
	var places []model.Cursor
	first := false
	switch {
	case q.AtEvent != "":
		events, places, err = s.around(f, q.AtEvent, limit)
	case q.After != nil:
		events, places, err = s.stretch(f, afterPlace, q.After, false, limit)
	case q.Before != nil:
		events, places, err = s.stretch(f, beforePlace, q.Before, true, limit)
	case q.Last:
		events, places, err = s.stretch(f, "", nil, true, limit)
	default:
		first = true
		events, places, err = s.stretch(f, "", nil, false, limit)
	}
	if err != nil {
		return page, err
	}
	page.Events, page.Cursors = events, places
	switch {
	case first:
	case q.Last:
		page.Offset = page.Total - len(events)
	case len(places) > 0:
		page.Offset, err = s.before(f, places[0])
	case q.After != nil:
		page.Offset = page.Total
	}
	return page, err
}

// The sides of a place. They come before a filter's own times, so that a read begins at the place.
const (
	afterPlace  = "(t.at, t.ord, t.n) > (?, ?, ?) AND "
	fromPlace   = "(t.at, t.ord, t.n) >= (?, ?, ?) AND "
	beforePlace = "(t.at, t.ord, t.n) < (?, ?, ?) AND "
)

// stretch reads up to limit events on one side of a place; backwards means the last ones of that side.
func (s *Store) stretch(f *filter, side string, from *model.Cursor, backwards bool, limit int) ([]model.Event, []model.Cursor, error) {
	order := " ORDER BY t.at, t.ord, t.n LIMIT "
	if backwards {
		order = " ORDER BY t.at DESC, t.ord DESC, t.n DESC LIMIT "
	}
	args := f.args
	if from != nil {
		args = append([]any{clamp(from.At), from.Order, from.N}, args...)
	}
	reader, err := s.newEventReader(f.incident)
	if err != nil {
		return nil, nil, err
	}
	reader.events = make([]model.Event, 0, min(limit, eachChunk))
	reader.places = make([]model.Cursor, 0, min(limit, eachChunk))
	if err := s.each("SELECT "+eventColumns+timelineTables+side+f.where.String()+order+fmt.Sprint(limit), args, reader.add); err != nil {
		return nil, nil, err
	}
	if err := reader.complete(); err != nil {
		return nil, nil, err
	}
	if backwards {
		slices.Reverse(reader.events)
		slices.Reverse(reader.places)
	}
	return reader.events, reader.places, nil
}

// around reads the page that has an event in its middle, whether the filter lets it through or not.
func (s *Store) around(f *filter, id model.ID, limit int) ([]model.Event, []model.Cursor, error) {
	at, err := s.seatOf(id)
	if err != nil {
		return nil, nil, err
	}
	if at == nil || at.incident != f.incident {
		return s.stretch(f, "", nil, false, limit)
	}
	here := &model.Cursor{At: time.Unix(0, at.at).UTC(), Order: at.ord, N: at.n}
	events, places, err := s.stretch(f, beforePlace, here, true, limit/2)
	if err != nil {
		return nil, nil, err
	}
	later, laterPlaces, err := s.stretch(f, fromPlace, here, false, limit-len(events))
	if err != nil {
		return nil, nil, err
	}
	events, places = append(events, later...), append(places, laterPlaces...)
	if missing := limit - len(events); missing > 0 && len(places) > 0 {
		earlier, earlierPlaces, err := s.stretch(f, beforePlace, &places[0], true, missing)
		return append(earlier, events...), append(earlierPlaces, places...), err
	}
	return events, places, nil
}

// seatOf finds an event's place in the timeline; nil when it has none.
func (s *Store) seatOf(id model.ID) (*seat, error) {
	var at seat
	placed, err := found(s.row("SELECT p.incident, p.at, p.ord, p.n FROM place p JOIN entity e ON e.n = p.entity WHERE e.id = ? AND p.at IS NOT NULL", string(id)).
		Scan(&at.incident, &at.at, &at.ord, &at.n))
	if placed || err != nil {
		return &at, err
	}
	n, b, err := s.evidenceOf(id)
	if err != nil || !b.shown {
		return nil, err
	}
	at.n, at.incident = n, b.incident
	moved, err := s.movedTime(b.incident)
	if err != nil {
		return nil, err
	}
	seated, err := found(s.row("SELECT t.at, t.ord FROM timeline t JOIN evidence v ON v.n = ?1 AND t.incident = ?2 AND t.at = "+moved+" AND t.ord = "+lineOrder+" AND t.n = v.n", n, b.incident).Scan(&at.at, &at.ord))
	if !seated || err != nil {
		return nil, err
	}
	return &at, nil
}

// Event reads one event, also one that is noise, housekeeping or merged away.
func (s *Store) Event(ctx context.Context, id model.ID) (event model.Event, err error) {
	err = s.view(ctx, "read an event", func() error {
		at, err := s.seatOf(id)
		if err != nil {
			return err
		}
		if at == nil {
			return s.missing("read an event", string(id))
		}
		reader, err := s.newEventReader(at.incident)
		if err != nil {
			return err
		}
		if err := s.each("SELECT "+eventColumns+timelineTables+"t.incident = ? AND t.at = ? AND t.ord = ? AND t.n = ?", []any{at.incident, at.at, at.ord, at.n}, reader.add); err != nil {
			return err
		}
		if err := reader.complete(); err != nil {
			return err
		}
		event = reader.events[0]
		return nil
	})
	return event, err
}

// EachEvent reads so many events at first, for those who stop early, and then more and more at a time,
// until it lets others at the file after each chunk.
const (
	firstChunk = 64
	eachChunk  = 1000
)

// EachEvent gives all events of a query to yield, oldest first, without holding them in memory. It stops
// with the error that yield returns. The query's cursors and limit do not matter.
func (s *Store) EachEvent(ctx context.Context, q model.EventQuery, yield func(*model.Event) error) error {
	var after *model.Cursor
	for chunk := firstChunk; ; chunk = min(4*chunk, eachChunk) {
		var events []model.Event
		err := s.view(ctx, "read the timeline", func() error {
			f, err := s.filter(q)
			if err != nil {
				return err
			}
			side := ""
			if after != nil {
				side = afterPlace
			}
			var places []model.Cursor
			events, places, err = s.stretch(f, side, after, false, chunk)
			if len(places) > 0 {
				after = &places[len(places)-1]
			}
			return err
		})
		if err != nil {
			return err
		}
		for i := range events {
			if err := yield(&events[i]); err != nil {
				return err
			}
		}
		if len(events) < chunk {
			return nil
		}
	}
}
