package timeline

import (
	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/evidence"
	"aftermath/ui/nav"
)

// search narrows the timeline as it is typed.
func (s *Screen) search() tea.Cmd {
	return evidence.Words(s.Query.Text, func(text string) tea.Cmd {
		s.Query.Text = text
		return tea.Batch(s.Read(s.Query), s.readStrip())
	})
}

// filter picks what is shown, once it is counted what there is to pick from.
func (s *Screen) filter() tea.Cmd {
	if s.counted == nil {
		return evidence.Count(s.store, s.Query.Incident, s.record, s)
	}
	return s.pick()
}

func (s *Screen) pick() tea.Cmd {
	return evidence.Filter{Counted: s.counted, Taxonomy: s.desk.Taxonomy, Parts: true, Hidden: []string{"noise", "housekeeping", "merged"}, Env: s.env(), Done: s.narrow}.Open(s.Query)
}

func (s *Screen) stretchOfTime() tea.Cmd { return evidence.Time(s.Query, s.env(), s.narrow) }

// narrow shows what a query lets through.
func (s *Screen) narrow(q model.EventQuery) tea.Cmd {
	q.Incident, q.Limit = s.Query.Incident, evidence.Limit
	s.Query = q
	return s.reload("")
}

func (s *Screen) unfiltered() string { return evidence.Unfiltered(s.Query) }

func (s *Screen) clear() tea.Cmd { return s.narrow(model.EventQuery{}) }

func (s *Screen) views() evidence.Views {
	v := evidence.Views{Desk: s.desk, Incident: s.Query.Incident, Env: s.env(), Use: s.narrow}
	if s.record != nil {
		v.Saved = s.record.Views
	}
	return v
}

// picture shows the same events as a picture of their time, with the cursor where it is here.
func (s *Screen) picture() tea.Cmd {
	e, _ := s.Here()
	return nav.Cmd(nav.Go{To: nav.Picture, Query: s.Query, At: e.At})
}
