package inbox

import (
	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/entry"
	"aftermath/ui/evidence"
)

// search narrows the inbox as it is typed.
func (s *Screen) search() tea.Cmd {
	return evidence.Words(s.Query.Text, func(text string) tea.Cmd {
		s.Query.Text = text
		return s.narrow(s.Query)
	})
}

// filter picks what is shown, once it is counted what there is to pick from.
func (s *Screen) filter() tea.Cmd {
	if s.tallied == nil {
		return evidence.Count(s.store, s.incident, s.record, s)
	}
	return s.pick()
}

func (s *Screen) pick() tea.Cmd {
	return evidence.Filter{Counted: s.tallied, Taxonomy: s.desk.Taxonomy, Hidden: []string{"housekeeping"}, Env: entry.Env(s.desk, s.record), Done: s.narrow}.Open(filters(s.Query))
}

// filters are what a query asks for beside being in the inbox.
func filters(q model.EventQuery) model.EventQuery {
	q.Untouched = false
	return q
}

// views are the saved filters; of what they let through only what is left is shown here.
func (s *Screen) views() tea.Cmd {
	v := evidence.Views{Desk: s.desk, Incident: s.incident, Env: entry.Env(s.desk, s.record), Use: s.narrow}
	if s.record != nil {
		v.Saved = s.record.Views
	}
	return v.Open(filters(s.Query))
}

// narrow shows what a query lets through.
func (s *Screen) narrow(q model.EventQuery) tea.Cmd {
	q.Incident, q.Untouched, q.Narrative, q.Limit = s.incident, true, false, evidence.Limit
	s.endSelection()
	s.Query, s.inHand, s.offer, s.echo, s.grouped = q, "", offer{}, "", false
	page := s.with(s.Reload(""))
	if s.grouping {
		return tea.Batch(page, s.readAlike())
	}
	return page
}

func (s *Screen) unfiltered() string { return evidence.Unfiltered(filters(s.Query)) }

func (s *Screen) clear() tea.Cmd { return s.narrow(everything(s.incident)) }

func (s *Screen) housekeeping() tea.Cmd {
	q := s.Query
	q.WithHousekeeping = !q.WithHousekeeping
	return s.narrow(q)
}
