package picture

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/evidence"
	"aftermath/ui/key"
	"aftermath/ui/nav"
)

// Actions of the picture.
func (s *Screen) Actions() []key.Action {
	none := ""
	if !s.ready || s.seen.total == 0 {
		none = "there is nothing in the picture"
	}
	all, close, impact, marks := none, none, none, none
	if all == "" && s.whole {
		all = "all of it is in sight"
	}
	if close == "" && s.win.step <= leastStep {
		close = "a column is a tenth of a second already"
	}
	if impact == "" && s.impact().First.IsZero() {
		impact = "nobody has said yet when the impact began; m on the timeline does"
	}
	if marks == "" && s.seen.marks[0].total+s.seen.marks[1].total == 0 {
		marks = "no deploy and no alert is in sight"
	}
	list := []key.Action{
		{ID: "picture.open", Title: "Go to the timeline at this time, or to what is selected", Short: "timeline", Keys: []string{"enter"}, Off: none, Do: s.open},
		{ID: "picture.zoom_in", Title: "Look closer, at the cursor or at what is selected", Short: "closer", Keys: []string{"+", "="}, Off: close, Do: s.closer},
		{ID: "picture.zoom_out", Title: "Look from farther away", Short: "farther", Keys: []string{"-"}, Off: all, Do: func() tea.Cmd { return s.zoom(false, s.column()) }},
		{ID: "picture.all", Title: "Show the whole time", Short: "all", Keys: []string{"0"}, Off: all, Do: s.showAll},
		{ID: "picture.impact", Title: "Show the impact", Short: "impact", Keys: []string{"i"}, Off: impact, Do: s.showImpact},
		{ID: "picture.lanes", Title: "Lanes by source, by kind, or by service", Short: "lanes by", Keys: []string{"tab", "b"}, Off: none, Do: s.turnLanes},
		{ID: "picture.select", Title: "Begin or end a selection of time", Short: "select", Keys: []string{"v"}, Off: none, Do: s.toggle},
		{ID: "picture.next_mark", Title: "To the next deploy or alert", Short: "next mark", Keys: []string{"n"}, Off: marks, Do: func() tea.Cmd { return s.toMark(1) }},
		{ID: "picture.previous_mark", Title: "To the deploy or alert before", Keys: []string{"N"}, Off: marks, Do: func() tea.Cmd { return s.toMark(-1) }},
		{ID: "picture.earlier", Title: "Earlier, by a third of what is in sight", Keys: []string{"pgup", "shift+left"}, Off: all, Do: func() tea.Cmd { return s.pan(-s.win.cols / 3) }},
		{ID: "picture.later", Title: "Later, by a third of what is in sight", Keys: []string{"pgdown", "shift+right"}, Off: all, Do: func() tea.Cmd { return s.pan(s.win.cols / 3) }},
		{ID: "picture.only", Title: "Only this lane, or all lanes again", Keys: []string{"o"}, Off: none, Do: s.only},
		{ID: "picture.search", Title: "Show only lines with these words", Short: "filter", Keys: []string{"/"}, Do: s.search},
		{ID: "picture.filter", Title: "Filter by source, kind, role, person, service, time; show what is hidden", Keys: []string{"F"}, Do: s.filter},
		{ID: "picture.during", Title: "Show only what fell into a stretch of time", Keys: []string{"T"}, Do: func() tea.Cmd { return evidence.Time(s.query, s.env(), s.narrow) }},
		{ID: "picture.save_filter", Title: "Save the filter under a name", Keys: []string{"S"}, Off: evidence.NoneToSave(s.query), Do: func() tea.Cmd { return s.views().Save(s.query) }},
		{ID: "picture.filters", Title: "Saved filters: use, rename or delete one", Keys: []string{"V"}, Do: func() tea.Cmd { return s.views().Open(s.query) }},
		{ID: "picture.everything", Title: "Show everything again", Keys: []string{"A"}, Off: evidence.Unfiltered(s.query), Do: func() tea.Cmd { return s.narrow(model.EventQuery{}) }},
	}
	if s.selecting() {
		list = append(list, key.Action{ID: "picture.leave", Title: "End the selection", Keys: []string{"esc"}, Do: s.toggle})
	}
	return list
}

func (s *Screen) impact() model.Span {
	if s.record == nil {
		return model.Span{}
	}
	return s.record.Incident.ImpactSpan()
}

// move moves the cursor by columns, and to another lane.
func (s *Screen) move(k string) tea.Cmd {
	if !s.ready || s.seen.total == 0 {
		return nil
	}
	s.placed = true
	switch k {
	case "left", "h":
		return s.step(-1)
	case "right", "l":
		return s.step(1)
	case "home":
		return s.goTo(s.seen.all.from)
	case "end":
		return s.goTo(s.seen.all.end().Add(-1))
	case "up", "k", "down", "j":
		s.lanes.Key(k, len(s.seen.lanes.Lanes), s.layout(s.h).lanes)
	}
	return nil
}

// step moves the cursor; past an edge it takes the window along by a third.
func (s *Screen) step(d int) tea.Cmd {
	col := s.column() + d
	s.at = s.win.at(col)
	if col == s.win.inside(col) {
		return nil
	}
	return s.show(s.win.pan(d*s.win.cols/3, s.seen.all))
}

func (s *Screen) pan(cols int) tea.Cmd {
	col := s.column()
	s.win = s.win.pan(cols, s.seen.all)
	s.at = s.win.at(col)
	return s.show(s.win)
}

// goTo puts the cursor on a time, and brings that into sight.
func (s *Screen) goTo(t time.Time) tea.Cmd {
	s.at = t
	if col := s.win.col(t); col == s.win.inside(col) {
		return nil
	}
	return s.show(window{t, s.win.step, s.win.cols}.pan(-s.win.cols/2, s.seen.all))
}

// show reads a window.
func (s *Screen) show(w window) tea.Cmd {
	s.placed = true
	s.win, s.whole = w, w == s.seen.all
	s.hold()
	return s.read()
}

func (s *Screen) closer() tea.Cmd {
	if s.selecting() {
		from, to := s.selected()
		w := fit(from, to, s.win.cols)
		s.anchor = time.Time{}
		return s.show(w.within(s.seen.all))
	}
	return s.zoom(true, s.column())
}

func (s *Screen) zoom(in bool, col int) tea.Cmd {
	w := s.win.zoom(in, col, s.seen.all)
	if w == s.win {
		return nil
	}
	return s.show(w)
}

func (s *Screen) showAll() tea.Cmd { return s.show(s.seen.all) }

// showImpact shows the impact with a part of the time before and after it.
func (s *Screen) showImpact() tea.Cmd {
	i := s.impact()
	part := i.Last.Sub(i.First) / 6
	s.at = i.First
	return s.show(fit(i.First.Add(-part), i.Last.Add(part), s.win.cols).within(s.seen.all))
}

func (s *Screen) turnLanes() tea.Cmd {
	s.by = sorts[(slices.Index(sorts, s.by)+1)%len(sorts)]
	s.lanes.At, s.lanes.Top = 0, 0
	return s.read()
}

func (s *Screen) toggle() tea.Cmd {
	if s.selecting() {
		s.anchor = time.Time{}
		return nil
	}
	s.anchor = s.win.at(s.column())
	return nil
}

// toMark moves the cursor to the next column with a mark, or to the one before.
func (s *Screen) toMark(d int) tea.Cmd {
	for col := s.win.col(s.at) + d; col >= 0 && col < s.win.cols; col += d {
		if s.seen.win == s.win && s.seen.marks[0].counts[col]+s.seen.marks[1].counts[col] > 0 {
			s.at, s.placed = s.win.at(col), true
			return nil
		}
	}
	return nav.Cmd(nav.Say{Text: "No deploy and no alert stands on that side of what is in sight."})
}

// open goes to the timeline: to the time of the cursor, or to what is selected and nothing else.
func (s *Screen) open() tea.Cmd {
	at, to := s.selected()
	q := s.query
	if s.selecting() {
		q.From, q.To = later(q.From, at), to
		if end := s.query.To; !end.IsZero() && end.Before(q.To) {
			q.To = end
		}
	}
	return nav.Cmd(nav.Go{To: nav.Timeline, Query: q, At: at})
}

// only narrows to the selected lane, or widens to all of them.
func (s *Screen) only() tea.Cmd {
	q := s.query
	list := map[string]*[]string{"source": &q.Sources, "kind": &q.Kinds, "service": &q.Services}[s.by]
	if len(*list) > 0 {
		*list = nil
	} else if l := s.seen.lanes.Lanes; s.lanes.At < len(l) && l[s.lanes.At].Name != model.OtherLanes {
		*list = []string{l[s.lanes.At].Name}
	}
	return s.narrow(q)
}

// narrow shows what a query lets through.
func (s *Screen) narrow(q model.EventQuery) tea.Cmd {
	q.Incident = s.query.Incident
	if !q.From.Equal(s.query.From) || !q.To.Equal(s.query.To) {
		s.whole = true // another stretch of time is shown whole
	}
	s.query = q
	return s.read()
}

func (s *Screen) search() tea.Cmd {
	return evidence.Words(s.query.Text, func(text string) tea.Cmd {
		q := s.query
		q.Text = text
		return s.narrow(q)
	})
}

// filter picks what is shown, once it is counted what there is to pick from.
func (s *Screen) filter() tea.Cmd {
	if s.counted == nil {
		return evidence.Count(s.store, s.query.Incident, s.record, s)
	}
	return s.pick()
}

func (s *Screen) pick() tea.Cmd {
	return evidence.Filter{Counted: s.counted, Taxonomy: s.desk.Taxonomy, Parts: true, Hidden: []string{"noise", "housekeeping", "merged"}, Env: s.env(), Done: s.narrow}.Open(s.query)
}

func (s *Screen) views() evidence.Views {
	v := evidence.Views{Desk: s.desk, Incident: s.query.Incident, Env: s.env(), Use: s.narrow}
	if s.record != nil {
		v.Saved = s.record.Views
	}
	return v
}
