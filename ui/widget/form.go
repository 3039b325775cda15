package widget

import (
	"strings"

	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// A Row is one line of a form: a label and a value, or a heading.
type Row struct {
	Name    string // of the field; empty for a heading
	Label   string
	Value   string // clean text, may have many lines
	Empty   string // what to show softly when there is no value
	Note    string // a doubt, shown under the value
	Remark  string // what is said about the words of the value, shown under it too
	Heading bool
	Need    bool // required and missing
}

// A Form is a list of rows with a cursor. Long values show their first lines.
type Form struct {
	List
	Rows  []Row
	Quiet bool // something else has the keys: no row is drawn as selected
}

// Key moves over the rows and skips headings.
func (f *Form) Key(k string, h int) bool {
	was := f.At
	if !f.List.Key(k, len(f.Rows), max(1, h)) {
		return false
	}
	d := 1
	if f.At < was {
		d = -1
	}
	for f.At >= 0 && f.At < len(f.Rows) && f.Rows[f.At].Heading {
		f.At += d
	}
	if f.At < 0 || f.At >= len(f.Rows) {
		f.At = was
	}
	f.rest()
	return true
}

// rest keeps the cursor off a heading.
func (f *Form) rest() {
	f.At = max(0, min(f.At, len(f.Rows)-1))
	for i := f.At; i < len(f.Rows); i++ {
		if !f.Rows[i].Heading {
			f.At = i
			return
		}
	}
}

// Set replaces the rows and keeps the cursor on the same field.
func (f *Form) Set(rows []Row) {
	name := f.Here().Name
	f.Rows = rows
	if name != "" {
		f.Find(name)
	}
	f.rest()
}

// Find moves the cursor to a field.
func (f *Form) Find(name string) {
	for i, r := range f.Rows {
		if r.Name == name {
			f.At = i
		}
	}
}

// Here is the row of the cursor.
func (f *Form) Here() Row {
	if f.At < len(f.Rows) && f.At >= 0 {
		return f.Rows[f.At]
	}
	return Row{}
}

// labelWidth is the column of the labels.
const labelWidth = 24

// View draws the form in w cells and h lines; each value takes at most three.
func (f *Form) View(th *theme.Theme, w, h int) []string {
	lines, at, end := f.lines(th, w, false)
	if airy, a, e := f.lines(th, w, true); len(airy) <= h { // where there is room, sections stand apart
		lines, at, end = airy, a, e
	}
	top := max(0, min(at-2, len(lines)-h))
	if end-top > h {
		top = end - h
	}
	if at < h-2 && end <= h {
		top = 0
	}
	return cell.Block(lines[top:], w, h)
}

// lines draws every row, and tells where the selected one begins and ends.
func (f *Form) lines(th *theme.Theme, w int, airy bool) (lines []string, at, end int) {
	for i, r := range f.Rows {
		if airy && r.Heading && i > 0 {
			lines = append(lines, cell.Space(w))
		}
		here := i == f.At && !f.Quiet
		if i == f.At {
			at = len(lines)
		}
		lines = append(lines, f.row(th, r, here, w)...)
		if i == f.At {
			end = len(lines)
		}
	}
	return lines, at, end
}

func (f *Form) row(th *theme.Theme, r Row, here bool, w int) []string {
	if r.Heading {
		return []string{cell.Fit(" "+th.Strong.Paint(r.Label), w)}
	}
	label := min(labelWidth, w/3)
	mark := "  "
	if r.Need {
		mark = th.Glyph.Warn + " "
	}
	if here {
		mark = th.Glyph.Cursor + " "
	}
	value, ink := r.Value, th.Text
	if value == "" {
		value, ink = r.Empty, th.Soft
	}
	parts := cell.Wrap(value, max(8, w-label-3))
	if len(parts) > 3 {
		parts = append(parts[:2:2], cell.Cut(parts[2]+" "+parts[3], max(8, w-label-3)))
	}
	var out []string
	for i, p := range parts {
		head := cell.Fit(mark+r.Label, label) + " "
		if i > 0 {
			head = cell.Space(label + 1)
		}
		switch {
		case here:
			out = append(out, th.Select.Paint(cell.Fit(head+p, w-1))+" ")
		default:
			out = append(out, cell.Fit(th.Soft.Paint(head)+ink.Paint(p), w))
		}
	}
	if r.Remark != "" {
		for i, l := range cell.Wrap(r.Remark, max(8, w-label-4)) {
			lead := "  "
			if i == 0 {
				lead = th.Glyph.Note + " "
			}
			out = append(out, cell.Fit(cell.Space(label+1)+th.Warn.Paint(lead+l), w))
		}
	}
	if r.Note != "" {
		out = append(out, cell.Fit(cell.Space(label+1)+th.Warn.Paint(cell.Cut(th.Glyph.Warn+" "+r.Note, w-label-2)), w))
	}
	return out
}

// Nothing draws an empty state in the middle of w by h cells: what is missing, and the key that helps.
func Nothing(th *theme.Theme, w, h int, title string, text ...string) []string {
	lines := []string{th.Strong.Paint(title), ""}
	for _, t := range text {
		for _, l := range cell.Wrap(t, min(w-4, 64)) {
			lines = append(lines, th.Soft.Paint(l))
		}
	}
	out := make([]string, max(0, (h-len(lines))/2))
	for _, l := range lines {
		out = append(out, cell.Center(l, w))
	}
	return cell.Block(out, w, h)
}

// Gutter is the upright rule between two blocks of h lines, with a blank to its right.
func Gutter(th *theme.Theme, h int) []string {
	out := make([]string, h)
	for i := range out {
		out[i] = th.Faint.Paint(th.Glyph.Vertical) + " "
	}
	return out
}

// Text joins lines into a screen's view.
func Text(lines []string) string { return strings.Join(lines, "\n") }
