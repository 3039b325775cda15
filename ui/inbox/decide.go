package inbox

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/entry"
	"aftermath/ui/evidence"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// An outcome is what becomes of lines that were decided on.
type outcome int

const (
	kept outcome = iota
	dismissed
	merged
)

// of counts what an outcome changes. A line in hand was in the narrative already.
func (o outcome) of(lines []line) (t tally) {
	for _, l := range lines {
		if l.Untouched {
			t.left--
		} else {
			t.kept--
		}
		if l.Untouched && l.Housekeeping {
			t.left, t.housekeeping = t.left+1, t.housekeeping-1
		}
	}
	switch n := len(lines); o {
	case kept:
		t.kept += n
	case dismissed:
		t.dismissed += n
	case merged:
		t.merged += n
	}
	return t
}

// A decision was made and is shown, and may not be written yet.
type decision struct {
	seq     int
	lines   map[model.ID]bool
	shapes  map[likeness]bool
	change  tally
	kept    []line // what it added to the narrative
	written bool
}

// wrote tells that a decision is in the file, or that it could not be written.
type wrote struct {
	of     *Screen
	seq    int
	failed bool
}

// written is the last decision up to which all are in the file.
func (s *Screen) written() int {
	for _, d := range s.made {
		if !d.written {
			return d.seq - 1
		}
	}
	return s.seq
}

func (s *Screen) isMade(id model.ID) bool {
	return slices.ContainsFunc(s.made, func(d decision) bool { return d.lines[id] })
}

func (s *Screen) settle(w wrote) tea.Cmd {
	if w.of != s {
		return nil
	}
	for i := range s.made {
		s.made[i].written = s.made[i].written || s.made[i].seq == w.seq
	}
	if w.failed { // the lines come back as they were
		s.made = slices.DeleteFunc(s.made, func(d decision) bool { return d.seq == w.seq })
		s.stale, s.echo, s.offer = true, "", offer{}
	}
	var cmds []tea.Cmd
	if o := s.offer; o.seq == w.seq && o.line.ID != "" && model.IsBot(o.line.Actor) {
		cmds = append(cmds, s.countBot(o))
	}
	if s.stale && s.written() == s.seq {
		cmds = append(cmds, s.refresh(s.focus, w.failed || s.regroup))
	}
	return tea.Batch(cmds...)
}

// begin makes a decision: its lines are gone at once and the cursor is on the next one.
func (s *Screen) begin(lines []line, change tally, add []line, gone func(model.Event) bool) int {
	s.seq++
	d := decision{seq: s.seq, lines: map[model.ID]bool{}, change: change, kept: add}
	for _, l := range lines {
		d.lines[l.ID] = true
	}
	for _, e := range s.Page.Events { // of what is held it is known which lines go too
		if gone != nil && gone(e) {
			d.lines[e.ID] = true
		}
	}
	s.made = append(s.made, d)
	s.forget(lines)
	s.endSelection()
	s.inHand, s.offer = "", offer{}
	s.Drop(func(e model.Event) bool { return d.lines[e.ID] })
	s.tell(d)
	s.setForm()
	return d.seq
}

// do has a decision written behind.
func (s *Screen) do(seq int, g model.Gesture) tea.Cmd {
	do := nav.Cmd(nav.Do{Gesture: g, Then: wrote{of: s, seq: seq}, Else: wrote{of: s, seq: seq, failed: true}})
	if on := s.with(s.Follow()); on != nil {
		return nav.Seq(do, on)
	}
	return do
}

// decide is a decision on lines that are selected.
func (s *Screen) decide(o outcome, g model.Gesture, lines []line) tea.Cmd {
	var add []line
	if o == kept {
		add = lines
	}
	return s.do(s.begin(lines, o.of(lines), add, nil), g)
}

// tell adds what a decision kept to the narrative, so that the next line can be merged into it at once, and
// takes out what it did not.
func (s *Screen) tell(d decision) {
	s.story = slices.DeleteFunc(slices.Clone(s.story), func(l line) bool { return d.lines[l.ID] })
	for _, l := range d.kept {
		i, _ := slices.BinarySearchFunc(s.story, l, func(a, b line) int {
			if evidence.Earlier(a.place, b.place) {
				return -1
			}
			return 1
		})
		l.Untouched = false
		s.story = slices.Insert(s.story, i, l)
	}
}

// shown are the counts with what was decided and is not in the file yet.
func (s *Screen) shown() tally {
	t := s.count
	for _, d := range s.made {
		t = t.plus(d.change)
	}
	return t
}

// selection is what a decision is about: the selected lines, or the one under the cursor.
func (s *Screen) selection() []line {
	from := s.At - s.Page.Offset
	to := from
	if s.anchor != "" {
		i := s.index(s.anchor)
		if i < 0 {
			return nil
		}
		from, to = min(from, i), max(to, i)
	}
	if from < 0 || to >= len(s.Page.Events) {
		return nil
	}
	var lines []line
	for i := from; i <= to; i++ {
		lines = append(lines, line{s.Page.Events[i], s.Page.Cursors[i]})
	}
	return lines
}

func ids(lines []line) (list []model.ID) {
	for _, l := range lines {
		list = append(list, l.ID)
	}
	return list
}

// what names lines in few words.
func what(lines []line) string {
	if len(lines) == 1 {
		return cell.Clean(lines[0].Title)
	}
	return fmt.Sprintf("%d lines", len(lines))
}

func (s *Screen) selecting() bool { return s.anchor != "" }

func (s *Screen) selectLines() tea.Cmd {
	if s.selecting() {
		s.endSelection()
		return nil
	}
	s.anchor, s.Still, s.offer, s.echo = s.Focus, true, offer{}, ""
	return nil
}

func (s *Screen) endSelection() { s.anchor, s.Still = "", false }

func (s *Screen) play(role, label string) tea.Cmd {
	if s.grouping {
		return s.standForAll(func(id model.ID) model.Gesture { return model.Play(role, label, id) }, label)
	}
	lines := s.selection()
	cmd := s.decide(kept, model.Play(role, label, ids(lines)...), lines)
	s.echo = label + ": " + what(lines)
	return cmd
}

// pickRole offers all roles, for those that have no key.
func (s *Screen) pickRole() tea.Cmd {
	p := &overlay.Pick{Name: "Role", Help: "The part that it played in the response."}
	for _, w := range s.desk.Taxonomy["event_role"] {
		p.Options = append(p.Options, overlay.Option{Value: w.Value, Label: w.Label, Help: w.Help})
	}
	p.Done = func(v []string) tea.Cmd { return s.play(v[0], s.desk.Word("event_role", v[0])) }
	return p.Open()
}

func (s *Screen) keep() tea.Cmd {
	lines := s.selection()
	cmd := s.decide(kept, model.Keep(ids(lines)...), lines)
	s.echo = "Kept: " + what(lines)
	return cmd
}

func (s *Screen) noise() tea.Cmd {
	if s.grouping {
		return s.sweepGroup()
	}
	lines := s.selection()
	next := offer{}
	if len(lines) == 1 {
		next = s.offerFor(lines[0].Event)
	}
	cmd := s.decide(dismissed, model.Dismiss(ids(lines)...), lines)
	next.seq = s.seq
	s.echo, s.offer = "Noise: "+what(lines), next
	return cmd
}

// above is the last line of the narrative before the selected ones.
func (s *Screen) above() (line, bool) {
	lines := s.selection()
	if len(lines) == 0 {
		return line{}, false
	}
	return s.before(lines[0].place)
}

func (s *Screen) before(at model.Cursor) (line, bool) {
	for _, l := range slices.Backward(s.story) {
		if evidence.Earlier(l.place, at) {
			return l, true
		}
	}
	return line{}, false
}

func (s *Screen) after(at model.Cursor) (line, bool) {
	for _, l := range s.story {
		if evidence.Earlier(at, l.place) {
			return l, true
		}
	}
	return line{}, false
}

func (s *Screen) merge() tea.Cmd {
	up, _ := s.above()
	lines := s.selection()
	cmd := s.decide(merged, model.Merge(up.ID, ids(lines)...), lines)
	s.echo = fmt.Sprintf("Merged into %s %s", up.Event.At.In(s.zone()).Format("15:04"), cell.Clean(up.Title))
	return cmd
}

// note opens a field of the line. The line stays in hand, so that a role or another note can follow.
func (s *Screen) note(field string) tea.Cmd {
	s.setForm()
	return s.form.Open(field)
}

func (s *Screen) setForm() {
	e, ok := s.Here()
	if !ok {
		s.form.ID = ""
		return
	}
	env := entry.Env(s.desk, s.record)
	if env.From.IsZero() {
		env.Day = e.At.In(env.Zone)
	}
	s.form.Words, s.form.Given = s.record, evidence.Given(e)
	s.form.After = func(field string, g model.Gesture) model.Gesture {
		i := model.Incident{ID: s.incident}
		if s.record != nil {
			i = s.record.Incident
		}
		return evidence.Moment(field, i, e, g)
	}
	s.form.Bind(e, model.TypeEvent, e.ID, env)
}

// An offer is to dismiss all lines that are like one that was dismissed just now.
type offer struct {
	line  model.Event
	alike int // how many are left that have its shape
	bots  int // how many are left of the bot that wrote it; 0 while they are not counted
	seq   int // the decision that it follows
}

func (s *Screen) offerFor(e model.Event) offer {
	n := s.like(e).Count
	if e.Untouched && !e.Housekeeping {
		n-- // itself
	}
	if n < 1 && !model.IsBot(e.Actor) {
		return offer{}
	}
	return offer{line: e, alike: max(0, n)}
}

type botRead struct {
	of    *Screen
	offer offer
	count int
}

func (s *Screen) countBot(o offer) tea.Cmd {
	store, q := s.store, everything(s.incident)
	q.Sources, q.Actors, q.Limit = []string{o.line.Source}, []string{o.line.Actor}, 1
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), evidence.ReadLimit)
		defer cancel()
		page, err := store.Events(ctx, q)
		if err != nil {
			return nil // the offer stands without the number
		}
		return botRead{s, o, page.Total}
	}
}
