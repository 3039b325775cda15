package imports

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// head is how many lines stand over the list.
const head = 4

// View draws the stage that the import is in.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.stage == asking:
		return widget.Text(widget.Nothing(th, w, h, "Evidence comes from files", "Notes, tables, JSON lines and logs; a Slack export; what PagerDuty, GitHub, Datadog, Alertmanager, Kubernetes and some twenty others save. It is recognised by looking at it.",
			"o names a file. Nothing is kept before you have seen it."))
	case s.stage == looking:
		return widget.Text(widget.Nothing(th, w, h, "Looking at the file"))
	case s.stage == running:
		return widget.Text(widget.Nothing(th, w, h, fmt.Sprintf("%d records read", s.read.Load()), "esc cancels, and then nothing is kept."))
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "It could not be read", cell.CleanText(s.err.Error()), "", "o names another file, s reads it as another kind."))
	case s.stage == done:
		return widget.Text(s.done(th, w, h))
	}
	return widget.Text(s.preview(th, w, h))
}

func (s *Screen) preview(th *theme.Theme, w, h int) []string {
	lines := []string{
		" " + th.Strong.Paint(cell.Cut(s.named(), w-2)),
		" " + th.Soft.Paint(cell.Cut(s.recognised(), w-2)),
		" " + th.Soft.Paint(cell.Cut(s.told(), w-2)),
		th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)),
	}
	if s.look.Question != nil {
		return cell.Block(append(lines, widget.Nothing(th, w, h-len(lines)-1, "One question first", s.look.Question.sentence(), "w answers it.")...), w, h)
	}
	if len(s.look.Samples) == 0 {
		return cell.Block(append(lines, widget.Nothing(th, w, h-len(lines)-1, "No event in it", "s reads it as another kind of file.")...), w, h)
	}
	shown := s.fileRows(th, s.look.Files, w)
	if room := max(1, (h-len(lines)-3)/3); len(shown) > room {
		shown = append(shown[:room-1], th.Soft.Paint(fmt.Sprintf("and %d more files; the report names them all", len(shown)-room+1)))
	}
	for _, row := range shown {
		lines = append(lines, " "+row)
	}
	named := slices.ContainsFunc(s.look.Samples, func(x Sample) bool { return x.Event.Actor != "" })
	from, to := s.list.Window(len(s.look.Samples), h-len(lines)-3)
	for i := from; i < to; i++ {
		e := s.look.Samples[i].Event
		who := ""
		if named {
			who = cell.Fit(cell.Clean(e.Actor), 12) + " "
		}
		row := e.At.In(s.zone).Format("2006-01-02 15:04:05") + "  " + cell.Fit(cell.Clean(e.Kind), 8) + " " + who + cell.Clean(e.Title)
		if i == s.list.At {
			lines = append(lines, th.Select.Paint(cell.Fit(th.Glyph.Cursor+row, w)))
		} else {
			lines = append(lines, " "+th.Text.Paint(cell.Cut(row, w-2)))
		}
	}
	body := cell.Block(lines, w, h-3)
	here := s.look.Samples[min(s.list.At, len(s.look.Samples)-1)]
	return append(body, cell.Block([]string{
		th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)),
		" " + th.Soft.Paint(cell.Cut("written as  "+cell.Clean(here.Original), w-2)),
		" " + th.Soft.Paint(cell.Cut(fmt.Sprintf("in UTC      %s, zone from %s", model.FormatTime(here.Event.At), here.Event.ZoneSource), w-2)),
	}, w, 3)...)
}

func (s *Screen) recognised() string {
	text := "Read as " + s.source
	if s.look.Why != "" {
		text += ": " + s.look.Why
	}
	return text
}

// named is what is read.
func (s *Screen) named() string {
	if s.answers.Pasted != "" {
		return "The text that you pasted"
	}
	return strings.Join(s.paths, " ")
}

// fileRows tells what becomes of each of several files.
func (s *Screen) fileRows(th *theme.Theme, files []model.FileReading, w int) (rows []string) {
	for _, f := range files {
		name := cell.Fit(cell.Clean(f.Name), min(32, w/2))
		switch {
		case f.Left != "":
			rows = append(rows, th.Warn.Paint(cell.Cut(name+"  left out: "+cell.Clean(f.Left), w-2)))
		default:
			rows = append(rows, th.Soft.Paint(cell.Cut(fmt.Sprintf("%s  %s, %s, %d refused", name, f.Source, model.Counted(f.Events, "event"), f.Refused), w-2)))
		}
	}
	return rows
}

// told is what a person answered and what the reader doubts.
func (s *Screen) told() string {
	parts := []string{fmt.Sprintf("the first %d events", len(s.look.Samples))}
	if s.look.Events > 0 {
		parts[0] = model.Counted(s.look.Events, "event")
	}
	if s.look.Known > 0 {
		parts[0] += fmt.Sprintf(", %d known", s.look.Known)
	}
	if s.look.Chosen != "" {
		parts = append(parts, s.look.Chosen)
	}
	if n := max(s.look.Refused, len(s.look.Refusals)); n > 0 {
		parts = append(parts, fmt.Sprintf("%d refused, first: line %d: %s", n, s.look.Refusals[0].Line, s.look.Refusals[0].Reason))
	}
	if s.answers.Zone != "" {
		parts = append(parts, "zone told: "+s.answers.Zone)
	}
	if len(s.look.Warnings) > 0 {
		parts = append(parts, s.look.Warnings[0])
	}
	return cell.Clean(strings.Join(parts, " · "))
}

func (s *Screen) done(th *theme.Theme, w, h int) []string {
	r := s.report
	lines := []string{
		" " + th.Strong.Paint(fmt.Sprintf("%d read: %d new, %d known, %d refused", r.Read, r.New, r.Known, r.Refused)),
		" " + th.Soft.Paint("first  "+edge(r.First, s)),
		" " + th.Soft.Paint("last   "+edge(r.Last, s)),
		th.Faint.Paint(strings.Repeat(th.Glyph.Line, w)),
	}
	var rows []string
	if s.doubts > 0 {
		rows = append(rows, th.Warn.Paint(th.Glyph.Warn+" "+s.doubtLine()))
	}
	rows = append(rows, s.fileRows(th, r.Files, w)...)
	for _, x := range r.Refusals {
		rows = append(rows, th.Warn.Paint(fmt.Sprintf("%s %s, line %d: ", th.Glyph.Warn, cell.Clean(x.File), x.Line))+th.Text.Paint(cell.Clean(x.Reason)))
	}
	for _, x := range r.Warnings {
		rows = append(rows, th.Soft.Paint(th.Glyph.Note+" "+cell.Clean(x)))
	}
	if len(r.Refusals)+len(r.Warnings) == 0 {
		rows = append(rows, th.Good.Paint(th.Glyph.Done+" Everything in it became an event."))
	}
	from, to := s.list.Window(len(rows), h-head)
	for i := from; i < to; i++ {
		lines = append(lines, " "+rows[i])
	}
	return cell.Block(lines, w, h)
}

func edge(e model.Edge, s *Screen) string {
	if e.At.IsZero() {
		return "none"
	}
	return e.At.In(s.zone).Format("2006-01-02 15:04:05") + "  " + cell.Clean(e.Title)
}
