package inbox

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/evidence"
)

// A line stands in the narrative.
type line struct {
	model.Event
	place model.Cursor
}

// A tally counts the lines of an incident by what became of them.
type tally struct{ left, housekeeping, kept, dismissed, merged int }

func (t tally) plus(o tally) tally {
	return tally{t.left + o.left, t.housekeeping + o.housekeeping, t.kept + o.kept, t.dismissed + o.dismissed, t.merged + o.merged}
}

// take reads the counts. They follow from the filters alone, so that undo and colleagues are counted in.
func take(ctx context.Context, r evidence.Reader, incident model.ID) (t tally, err error) {
	total := func(q model.EventQuery) int {
		q.Incident, q.Limit = incident, 1
		page, failed := r.Events(ctx, q)
		if failed != nil {
			err = failed
		}
		return page.Total
	}
	plain := total(model.EventQuery{})
	t.left = total(model.EventQuery{Untouched: true})
	t.kept = total(model.EventQuery{Narrative: true})
	t.housekeeping = total(model.EventQuery{Untouched: true, WithHousekeeping: true}) - t.left
	t.dismissed = total(model.EventQuery{WithNoise: true}) - plain
	t.merged = total(model.EventQuery{WithMerged: true}) - plain
	return t, err
}

type (
	// read is a stretch with the counts and the narrative around it.
	read struct {
		evidence.Read
		count tally
		story []line
		hand  *line
		upTo  int // decisions up to here were written before it was read
	}
	alikeRead struct {
		of          *Screen
		asked       int
		groups, all []model.Alike
		err         error
	}
)

// with adds to a reading of a stretch what the header and the details need, so that they change together.
func (s *Screen) with(page tea.Cmd) tea.Cmd {
	if page == nil {
		return nil
	}
	store, incident, focus, hand, upTo := s.store, s.incident, s.Focus, s.inHand, s.written()
	return func() tea.Msg {
		r := read{Read: page().(evidence.Read), upTo: upTo}
		if r.Err != nil {
			return r
		}
		ctx, cancel := context.WithTimeout(context.Background(), evidence.ReadLimit)
		defer cancel()
		if r.count, r.Err = take(ctx, store, incident); r.Err == nil {
			r.Err = r.around(ctx, store, incident, focus, hand)
		}
		return r
	}
}

// around reads the narrative around the cursor, and the line that is in hand.
func (r *read) around(ctx context.Context, store evidence.Reader, incident, focus, hand model.ID) error {
	if n := len(r.Page.Events); focus == "" && n > 0 {
		focus = r.Page.Events[0].ID
		if r.Page.Offset > 0 {
			focus = r.Page.Events[n-1].ID
		}
	}
	page, err := store.Events(ctx, model.EventQuery{Incident: incident, Narrative: true, AtEvent: focus, Limit: evidence.Limit})
	for i, e := range page.Events {
		r.story = append(r.story, line{e, page.Cursors[i]})
	}
	for i := range r.story {
		if hand != "" && r.story[i].ID == hand {
			r.hand = &r.story[i]
		}
	}
	return err
}

// readAlike groups what is left, and what the filters let through of it.
func (s *Screen) readAlike() tea.Cmd {
	s.alikeAsked++
	asked, store, q, all := s.alikeAsked, s.store, s.Query, everything(s.incident)
	if s.inside != nil {
		q = s.outside
	}
	narrowed := evidence.Unfiltered(filters(q)) == ""
	ctx := s.alikeTurn.Next()
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, evidence.ReadLimit)
		defer cancel()
		r := alikeRead{of: s, asked: asked}
		if r.all, r.err = store.Alike(ctx, all); r.err == nil && narrowed {
			r.groups, r.err = store.Alike(ctx, q)
		} else {
			r.groups = r.all
		}
		return r
	}
}
