package publish

import (
	"fmt"
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
	"aftermath/ui/widget"
)

// View draws what is missing beside the preview, or the preview alone.
func (s *Screen) View(th *theme.Theme, w, h int) string {
	switch {
	case s.record == nil:
		return widget.Text(widget.Nothing(th, w, h, "Reading the record"))
	case s.err != nil:
		return widget.Text(widget.Nothing(th, w, h, "The document could not be made", s.err.Error()))
	case s.reading:
		return widget.Text(s.preview(th, w, h))
	case w >= 100:
		side := 44
		gutter := widget.Gutter(th, h)
		return widget.Text(cell.Beside(cell.Block(s.missing(th, side), side, h), gutter, s.preview(th, w-side-2, h)))
	}
	lines := s.missing(th, w)
	from, to := s.scroll.Window(len(lines), h)
	return widget.Text(cell.Block(lines[from:to], w, h))
}

// mostLeaks is how many texts stand in the list beside the preview.
const mostLeaks = 6

// missing tells for whom it is written, what readers outside would see, and what each step still lacks.
// Nothing of it is demanded.
func (s *Screen) missing(th *theme.Theme, w int) []string {
	how := s.form.Format
	if how == markdown {
		how = "Markdown for " + s.form.Profile
	}
	lines := []string{" " + th.Strong.Paint("For ") + th.Accent.Paint(s.form.Audience) + th.Soft.Paint("  "+how), "   " + th.Soft.Paint("a audience, f format, o profile"), ""}
	if s.form.Audience == public {
		lines = append(s.outside(th, w, lines), "")
	}
	lines = append(lines, " "+th.Strong.Paint("What a reader would miss"))
	for _, p := range s.progress {
		mark, ink := th.Glyph.Done, th.Good
		if !p.Complete() {
			mark, ink = th.Glyph.Todo, th.Soft
		}
		lines = append(lines, " "+ink.Paint(mark+" "+cell.Fit(strings.ToUpper(p.Step[:1])+p.Step[1:], 14))+th.Soft.Paint(fmt.Sprintf("%d of %d", p.Done, p.Total)))
		for _, l := range cell.Wrap(strings.Join(p.Missing, ", "), w-6) {
			if l != "" {
				lines = append(lines, "     "+th.Text.Paint(l))
			}
		}
	}
	lines = append(lines, s.worded(th, w)...)
	if s.form.Audience != public {
		lines = s.outside(th, w, append(lines, ""))
	}
	lines = append(lines, "", " "+th.Strong.Paint("Revisions"))
	if len(s.record.Revisions) > 0 {
		for _, l := range cell.Wrap(cell.Clean(s.standing), w-4) {
			lines = append(lines, "   "+th.Text.Paint(l))
		}
	}
	if len(s.record.Revisions) == 0 {
		none := "None sealed yet. S seals what is shown."
		if !s.sealable() {
			none = "None sealed yet."
		}
		lines = append(lines, "   "+th.Soft.Paint(none))
	}
	for _, r := range s.record.Revisions {
		lines = append(lines, "   "+th.Glyph.Seal+" "+th.Text.Paint(fmt.Sprintf("%s  %s  %s", s.record.RevisionName(r), r.At.In(s.desk.ZoneOf(s.record.Incident)).Format("2006-01-02 15:04"), cell.Clean(r.By))),
			"     "+th.Soft.Paint("SHA-256 "+cut(r.Digest, 16)+" "+cell.Clean(r.Reason)))
	}
	return append(lines, s.reviewed(th, w)...)
}

// outside lists the names, hosts and addresses that stand in the document.
func (s *Screen) outside(th *theme.Theme, w int, lines []string) []string {
	lines = append(lines, " "+th.Strong.Paint("Names and addresses in it"))
	switch {
	case !s.looked:
		return append(lines, "   "+th.Soft.Paint("Looking for them"))
	case len(s.leaks) == 0:
		return append(lines, " "+th.Good.Paint(th.Glyph.Done)+" "+th.Soft.Paint("None was found."))
	case s.form.Audience != public:
		for _, g := range s.secrets() {
			lines = append(lines, " "+th.Warn.Paint(th.Glyph.Warn)+" "+th.Text.Paint(cell.Cut(cell.Clean(g.Shown()), max(8, w-8-len(g.Kind))))+"  "+th.Soft.Paint(g.Kind))
		}
		return append(lines, "   "+th.Soft.Paint(cell.Cut(fmt.Sprintf("%s in %s. Our own people may see them.", model.Counted(len(s.leaks), "text"), places(s.leaks)), w-4)))
	}
	for _, g := range s.leaks[:min(len(s.leaks), mostLeaks)] {
		note := g.Kind
		if n := len(g.where); n > 1 {
			note += fmt.Sprintf(", %d places", n)
		}
		lines = append(lines, " "+th.Warn.Paint(th.Glyph.Warn)+" "+th.Text.Paint(cell.Cut(cell.Clean(g.Shown()), max(8, w-8-len(note))))+"  "+th.Soft.Paint(note))
	}
	if more := len(s.leaks) - mostLeaks; more > 0 {
		lines = append(lines, "   "+th.Soft.Paint(fmt.Sprintf("and %d more", more)))
	}
	return append(lines, "   "+th.Soft.Paint("r says what stands instead."))
}

// mostWords are the remarks that are shown at once: a list of ten would be a scolding.
const mostWords = 3

// worded lists what is remarked on in the words, each with the better question.
func (s *Screen) worded(th *theme.Theme, w int) []string {
	if len(s.remarks) == 0 {
		return nil
	}
	lines := []string{"", " " + th.Strong.Paint("Words worth another look") + th.Soft.Paint("  d sets one aside")}
	for i, m := range s.remarks {
		if i == mostWords {
			lines = append(lines, "   "+th.Soft.Paint(fmt.Sprintf("and %d more; d lists all of them", len(s.remarks)-mostWords)))
			break
		}
		lines = append(lines, " "+th.Warn.Paint(th.Glyph.Note)+" "+th.Text.Paint(cell.Cut(cell.Clean(m.Text), w-4)))
		for _, l := range cell.Wrap(m.String(), w-6) {
			lines = append(lines, "     "+th.Soft.Paint(l))
		}
	}
	return lines
}

func cut(s string, n int) string { return s[:min(len(s), n)] }

// preview draws the Markdown as it will be pasted, with its headings, lists and tables told apart. Only
// the lines on the screen are styled.
func (s *Screen) preview(th *theme.Theme, w, h int) []string {
	lines := s.wrapped.of(s.lines, w-2)
	from, to := s.scroll.Window(len(lines), h-1)
	out := []string{" " + th.Soft.Paint(fmt.Sprintf("%s · %s", s.title(), s.scroll.Place()))}
	for _, l := range lines[from:to] {
		out = append(out, " "+ink(th, l.of).Paint(l.text))
	}
	return cell.Block(out, w, h)
}

// wrapped are the lines of a document as they were wrapped last: a long one is not wrapped again for every key.
type wrapped struct {
	lines []line
	from  []string
	w     int
}

// A line is one row, and the line of the document that it is of.
type line struct{ text, of string }

func (c *wrapped) of(document []string, w int) []line {
	if c.w == w && len(c.from) == len(document) && len(document) > 0 && &c.from[0] == &document[0] {
		return c.lines
	}
	*c = wrapped{from: document, w: w}
	for _, of := range document {
		for _, text := range cell.Wrap(of, w) {
			c.lines = append(c.lines, line{text, of})
		}
	}
	return c.lines
}

// title says what the preview shows. A page for a machine is shown by its words.
func (s *Screen) title() string {
	if s.form.Format == markdown {
		return s.form.Profile
	}
	return "the words of the " + s.form.Format
}

func ink(th *theme.Theme, line string) theme.Style {
	switch {
	case strings.HasPrefix(line, "#"):
		return th.Accent
	case strings.HasPrefix(line, "|"), strings.HasPrefix(line, "```"), strings.HasPrefix(line, "<!--"):
		return th.Soft
	case strings.HasPrefix(line, "**"):
		return th.Strong
	}
	return th.Text
}
