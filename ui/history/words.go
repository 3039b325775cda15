package history

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// words are what is understood otherwise since a point.
type words struct {
	since  string
	shifts []model.Shift
	list   widget.List
}

type (
	allRead struct{ changes []model.Change } // oldest first

	wordsRead struct {
		since  string
		shifts []model.Shift
	}
)

// readAll reads the whole history of the incident, for the points that can be chosen.
func (s *Screen) readAll() tea.Cmd {
	store, id := s.store, s.query.Incident
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		var list []model.Change
		if err := store.History(ctx, model.HistoryQuery{Incident: id}, func(c model.Change) error {
			list = append(list, c)
			return nil
		}); err != nil {
			return nav.Fail{Err: err}
		}
		slices.Reverse(list)
		return allRead{list}
	}
}

// A point is a place in the history to compare with.
type point struct {
	name  string
	after func(model.Change) bool
}

// points are the sealed revisions, the days on which something was changed, and the start.
func (s *Screen) points(changes []model.Change) (list []point) {
	for _, v := range slices.Backward(s.record.Revisions) {
		list = append(list, point{fmt.Sprintf("revision %s, %s", s.record.RevisionName(v), v.At.In(s.zone()).Format("2006-01-02 15:04")), model.SealedAt(changes, v)})
	}
	day := ""
	for _, c := range slices.Backward(changes) {
		if d := c.At.In(s.zone()).Format(time.DateOnly); d != day {
			day = d
			list = append(list, point{"before " + d, func(c model.Change) bool { return c.At.In(s.zone()).Format(time.DateOnly) >= d }})
		}
	}
	return append(list, point{"the start", func(model.Change) bool { return true }})
}

func (s *Screen) pickPoint(m allRead) tea.Cmd {
	list := s.points(m.changes)
	p := &overlay.Pick{Name: "Since when?", Help: "What is understood otherwise since then, in words."}
	for _, x := range list {
		p.Options = append(p.Options, overlay.Option{Value: x.name, Label: x.name})
	}
	p.Done = func(v []string) tea.Cmd {
		i := slices.IndexFunc(list, func(x point) bool { return x.name == v[0] })
		return s.compare(m.changes, list[i])
	}
	return p.Open()
}

func (s *Screen) compare(changes []model.Change, since point) tea.Cmd {
	store, taxonomy, zone := s.store, s.desk.Taxonomy, s.desk.ZoneOf(s.record.Incident)
	return func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		then, now := model.Understand(changes, since.after), model.Understand(changes, func(model.Change) bool { return false })
		shifts := now.Since(then, model.Words{Taxonomy: taxonomy, Zone: zone, Name: func(id model.ID) string {
			e, err := store.Event(ctx, id)
			if err != nil {
				return string(id)
			}
			return e.Title
		}})
		return wordsRead{since.name, shifts}
	}
}

func (s *Screen) wordsActions() []key.Action {
	return []key.Action{
		{ID: "history.words", Title: "Since another point", Short: "since", Keys: []string{"w"}, Do: s.readAll},
		{ID: "history.log", Title: "Back to the log", Short: "log", Keys: []string{"esc"}, Do: func() tea.Cmd { s.words = nil; return nil }},
	}
}

// view draws the sentences; the selected one is shown whole.
func (d *words) view(th *theme.Theme, w, h int) []string {
	head := " " + th.Soft.Paint(cell.Cut(fmt.Sprintf("%s understood otherwise since %s", model.Counted(len(d.shifts), "thing"), d.since), w-2))
	if len(d.shifts) == 0 {
		return append([]string{cell.Fit(head, w)}, widget.Nothing(th, w, h-1, "Nothing is understood otherwise since then")...)
	}
	var lines []string
	at, end := 0, 0
	for i, x := range d.shifts {
		here := i == d.list.At
		if here {
			at = len(lines)
		}
		text := cell.Clean(x.What)
		if !here {
			lines = append(lines, "  "+th.Text.Paint(cell.Cut(text, w-3)))
			continue
		}
		for j, l := range cell.Wrap(text, w-3) {
			lead := "  "
			if j == 0 {
				lead = th.Glyph.Cursor + " "
			}
			lines = append(lines, th.Select.Paint(cell.Fit(lead+l, w)))
		}
		end = len(lines)
	}
	top := max(0, min(at-h/3, len(lines)-h+1))
	if end-top > h-1 {
		top = end - h + 1
	}
	return cell.Block(append([]string{head}, lines[top:]...), w, h)
}
