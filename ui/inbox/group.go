package inbox

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/evidence"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/widget"
)

// A likeness is what lines of one group have in common.
type likeness struct{ source, shape string }

func likenessOf(e model.Event) likeness { return likeness{e.Source, model.LineShape(e.Title)} }

// like is what is left of the lines that are like one.
func (s *Screen) like(e model.Event) model.Alike { return s.alike[likenessOf(e)] }

// forget counts lines that were decided on out of what is alike.
func (s *Screen) forget(lines []line) {
	for _, l := range lines {
		if g, ok := s.alike[likenessOf(l.Event)]; ok && l.Untouched && !l.Housekeeping {
			g.Count--
			s.alike[likenessOf(l.Event)] = g
		}
	}
}

// tookAlike takes what was grouped, without what was decided since.
func (s *Screen) tookAlike(r alikeRead) {
	if r.err != nil {
		s.Err = r.err
		return
	}
	s.alike = make(map[likeness]model.Alike, len(r.all))
	for _, g := range r.all {
		s.alike[likeness{g.Source, g.Shape}] = g
	}
	s.groups, s.grouped = slices.DeleteFunc(r.groups, func(g model.Alike) bool {
		return slices.ContainsFunc(s.made, func(d decision) bool {
			return d.shapes[likeness{g.Source, g.Shape}] || g.Count == 1 && d.lines[g.Event]
		})
	}), true
	for i, g := range s.groups {
		if g.Event == s.inHand {
			s.list.At = i
		}
	}
	s.list.Clamp(len(s.groups), s.rows())
}

// group is the group under the cursor.
func (s *Screen) group() (model.Alike, bool) {
	if s.grouping && s.list.At < len(s.groups) {
		return s.groups[s.list.At], true
	}
	return model.Alike{}, false
}

// toggle goes between the lines and groups of lines that are alike.
func (s *Screen) toggle() tea.Cmd {
	s.endSelection()
	s.echo, s.offer = "", offer{}
	if s.inside != nil {
		return s.leaveGroup()
	}
	s.grouping = !s.grouping
	if s.grouping {
		s.list, s.grouped, s.inHand = widget.List{}, false, ""
		return s.readAlike()
	}
	return nil
}

// look shows the lines of a group.
func (s *Screen) look() tea.Cmd {
	g, _ := s.group()
	s.inside, s.outside, s.grouping = &g, s.Query, false
	q := s.Query
	q.Sources, q.Like = []string{g.Source}, g.Shape
	s.Query, s.Focus, s.At = q, "", 0
	return s.with(s.Read(q))
}

// leaveGroup goes back to the groups.
func (s *Screen) leaveGroup() tea.Cmd {
	s.Query, s.inside, s.grouping, s.inHand = s.outside, nil, true, ""
	s.endSelection()
	return tea.Batch(s.with(s.Reload("")), s.readAlike())
}

func (s *Screen) leaveWhenEmpty() tea.Cmd {
	if s.inside != nil && s.Page.Total == 0 && s.Err == nil {
		return s.leaveGroup()
	}
	return nil
}

// allLike dismisses all lines like those that are selected, or like the one that was dismissed just now.
func (s *Screen) allLike() tea.Cmd {
	if s.grouping {
		return s.sweepGroup()
	}
	lines := s.selection()
	if s.offer.line.ID != "" {
		lines = []line{{Event: s.offer.line}}
	}
	var sweeps []model.Sweep
	for _, l := range lines {
		k := likenessOf(l.Event)
		if k.shape != "" && !slices.ContainsFunc(sweeps, func(w model.Sweep) bool { return likeness{w.Source, w.Shape} == k }) {
			sweeps = append(sweeps, model.Sweep{Source: k.source, Shape: k.shape, Sample: l.Title})
		}
	}
	n := 0
	for _, w := range sweeps {
		n += s.alike[likeness{w.Source, w.Shape}].Count
	}
	return s.sweep(sweeps, n, fmt.Sprintf("Dismissed: %d lines like “%s”", n, cell.Clean(lines[0].Title)))
}

// allOfBot dismisses everything that one program wrote.
func (s *Screen) allOfBot() tea.Cmd {
	e, n := s.botLine(), s.offer.bots
	w := model.Sweep{Source: e.Source, Actor: e.Actor, Sample: e.Title}
	if n == 0 {
		for _, x := range s.Page.Events {
			if x.Untouched && !x.Housekeeping && w.Hides(x) {
				n++
			}
		}
	}
	s.regroup = true
	return s.sweep([]model.Sweep{w}, n, "Dismissed: all lines of "+cell.Clean(e.Actor))
}

// botLine is the line whose author allOfBot speaks of.
func (s *Screen) botLine() model.Event {
	if s.offer.line.ID != "" {
		return s.offer.line
	}
	e, _ := s.Here()
	return e
}

// sweep dismisses n lines that are left by rules that hold for later lines too.
func (s *Screen) sweep(sweeps []model.Sweep, n int, say string) tea.Cmd {
	shapes := map[likeness]bool{}
	for i := range sweeps {
		sweeps[i].ID = s.desk.NewID(model.TypeSweep)
		s.sweeps[sweeps[i].ID] = s.Focus
		if g, ok := s.group(); ok {
			s.sweeps[sweeps[i].ID] = g.Event
		}
		if sweeps[i].Actor == "" {
			shapes[likeness{sweeps[i].Source, sweeps[i].Shape}] = true
		}
	}
	gone := func(e model.Event) bool {
		return e.Untouched && slices.ContainsFunc(sweeps, func(w model.Sweep) bool { return w.Hides(e) })
	}
	seq := s.begin(nil, tally{left: -n, dismissed: n}, nil, gone)
	s.swept(shapes)
	s.echo = say
	return s.do(seq, model.SweepAway(s.incident, sweeps...))
}

// swept takes groups out of what is shown and counted.
func (s *Screen) swept(shapes map[likeness]bool) {
	s.made[len(s.made)-1].shapes = shapes
	for k := range shapes {
		delete(s.alike, k)
	}
	s.groups = slices.DeleteFunc(slices.Clone(s.groups), func(g model.Alike) bool { return shapes[likeness{g.Source, g.Shape}] })
	s.list.Clamp(len(s.groups), s.rows())
}

// sweepGroup dismisses the group under the cursor. A line that is alone is marked as noise: nothing else is
// like it, and a later one may matter.
func (s *Screen) sweepGroup() tea.Cmd {
	g, _ := s.group()
	k := likeness{g.Source, g.Shape}
	if g.Count == 1 {
		seq := s.begin(nil, tally{left: -1, dismissed: 1}, nil, func(e model.Event) bool { return e.ID == g.Event })
		s.swept(map[likeness]bool{k: true})
		s.echo = "Noise: " + cell.Clean(g.Sample)
		return s.do(seq, model.Dismiss(g.Event))
	}
	n := max(g.Count, s.alike[k].Count)
	return s.sweep([]model.Sweep{{Source: g.Source, Shape: g.Shape, Sample: g.Sample}}, n, fmt.Sprintf("Dismissed: %d lines like “%s”", n, cell.Clean(g.Sample)))
}

// groupRead brings the lines of a group for which one is to stand.
type groupRead struct {
	of    *Screen
	seq   int
	group model.Alike
	first model.Gesture
	lines []model.ID
	err   error
}

// standForAll lets the first line of the group under the cursor stand for all. What is said of that line
// comes first in the gesture, so that an undo leads back to it.
func (s *Screen) standForAll(first func(model.ID) model.Gesture, label string) tea.Cmd {
	g, _ := s.group()
	k := likeness{g.Source, g.Shape}
	change := tally{left: -g.Count, kept: 1, merged: g.Count - 1}
	if g.Count > model.MostMerged {
		g.Count = max(g.Count, s.alike[k].Count)
		change = tally{left: -g.Count, kept: 1, dismissed: g.Count - 1}
	}
	seq := s.begin(nil, change, nil, func(e model.Event) bool { return likenessOf(e) == k })
	s.swept(map[likeness]bool{k: true})
	s.echo = fmt.Sprintf("%s: %s", label, cell.Clean(g.Sample))
	switch {
	case g.Count == 1:
		return s.do(seq, first(g.Event))
	case g.Count > model.MostMerged:
		s.echo += fmt.Sprintf(", and %d like it swept away", g.Count-1)
		rest := model.Sweep{ID: s.desk.NewID(model.TypeSweep), Source: g.Source, Shape: g.Shape, Sample: g.Sample}
		return s.do(seq, model.StandFor(first(g.Event), g.Event, nil, s.incident, rest))
	}
	s.echo += fmt.Sprintf(", with %d like it under it", g.Count-1)
	store, q := s.store, s.Query
	q.Sources, q.Like, q.Limit = []string{g.Source}, g.Shape, model.MostMerged
	r := groupRead{of: s, seq: seq, group: g, first: first(g.Event)}
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), evidence.ReadLimit)
		defer cancel()
		page, err := store.Events(ctx, q)
		for _, e := range page.Events {
			if e.ID != g.Event {
				r.lines = append(r.lines, e.ID)
			}
		}
		r.err = err
		return r
	}
}

// standFor writes what was decided about a group once its lines are known.
func (s *Screen) standFor(r groupRead) tea.Cmd {
	if r.err != nil || len(r.lines) == 0 {
		failed := s.settle(wrote{of: s, seq: r.seq, failed: true})
		if r.err == nil {
			return failed
		}
		return nav.Seq(nav.Cmd(nav.Fail{Err: r.err}), failed)
	}
	return s.do(r.seq, model.StandFor(r.first, r.group.Event, r.lines, s.incident, model.Sweep{}))
}

// sweepsRead tells how many lines each sweep in force hides.
type sweepsRead struct {
	of     *Screen
	counts map[model.ID]int
}

// listSweeps counts what the sweeps in force hide, and shows them.
func (s *Screen) listSweeps() tea.Cmd {
	store, q, sweeps := s.store, everything(s.incident), s.record.Sweeps
	q.WithNoise, q.WithHousekeeping = true, true
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), evidence.ReadLimit)
		defer cancel()
		groups, err := store.Alike(ctx, q)
		counts := map[model.ID]int{}
		for _, w := range sweeps {
			if w.Actor != "" && err == nil {
				of := q
				of.Sources, of.Actors, of.Like, of.Limit = []string{w.Source}, []string{w.Actor}, w.Shape, 1
				var page model.EventPage
				page, err = store.Events(ctx, of)
				counts[w.ID] = page.Total
				continue
			}
			for _, g := range groups {
				if g.Source == w.Source && g.Shape == w.Shape {
					counts[w.ID] += g.Count
				}
			}
		}
		if err != nil {
			return nav.Fail{Err: err}
		}
		return sweepsRead{s, counts}
	}
}

// pickSweep offers to take a sweep back.
func (s *Screen) pickSweep(counts map[model.ID]int) tea.Cmd {
	p := &overlay.Pick{Name: "Dismissed as a group: which comes back?", Help: "Enter brings its lines back into the inbox. Lines that were worked on stay as they are."}
	for _, w := range s.record.Sweeps {
		label := "like “" + w.Sample + "”"
		if w.Actor != "" {
			label = "all of " + w.Actor
		}
		p.Options = append(p.Options, overlay.Option{Value: string(w.ID), Label: fmt.Sprintf("%-6d %s  %s", counts[w.ID], w.Source, label)})
	}
	p.Done = func(v []string) tea.Cmd {
		id := model.ID(v[0])
		g := model.Remove(id)
		return nav.Cmd(nav.Do{Gesture: g, Say: fmt.Sprintf("%d lines are back in the inbox.", counts[id])})
	}
	return p.Open()
}
