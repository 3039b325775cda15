package widget

import (
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// An Input is a text field of one line or of many, with its own undo. It works on the line that is
// edited only, so that a long text costs no more than a short one.
type Input struct {
	Multi    bool
	lines    [][]rune
	row, col int
	undo     []edit
	redo     []edit
}

// An edit replaced the lines from row on.
type edit struct {
	row         int
	was, is     [][]rune
	wasAt, isAt [2]int
	typing      bool // one letter after another is one edit
}

// NewInput holds text with the cursor at its end.
func NewInput(text string, multi bool) *Input {
	in := &Input{Multi: multi}
	for _, l := range strings.Split(tidy(text, multi), "\n") {
		in.lines = append(in.lines, []rune(l))
	}
	in.row = len(in.lines) - 1
	in.col = len(in.lines[in.row])
	return in
}

// tidy keeps a pasted text's words and lines, and drops what a text field cannot hold.
func tidy(s string, multi bool) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	if !multi {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' }), " ")
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
}

// Value is the text.
func (in *Input) Value() string {
	var b strings.Builder
	for i, l := range in.lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(string(l))
	}
	return b.String()
}

// Update takes a key or a paste and tells whether the text changed.
func (in *Input) Update(msg tea.Msg) (changed bool) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return in.insert(tidy(msg.Content, in.Multi), false)
	case tea.KeyPressMsg:
		if msg.Text != "" && msg.Mod&^tea.ModShift == 0 {
			return in.insert(tidy(msg.Text, false), true)
		}
		return in.key(msg.String())
	}
	return false
}

func (in *Input) key(k string) bool {
	line := in.lines[in.row]
	switch k {
	case "left", "ctrl+b":
		in.left()
	case "right", "ctrl+f":
		in.right()
	case "up":
		in.to(in.row-1, in.col)
	case "down":
		in.to(in.row+1, in.col)
	case "home":
		in.col = 0
	case "end":
		in.col = len(line)
	case "ctrl+left", "alt+left", "alt+b":
		in.col = wordBefore(line, in.col)
	case "ctrl+right", "alt+right", "alt+f":
		in.col = wordAfter(line, in.col)
	case "enter":
		return in.Multi && in.insert("\n", false)
	case "backspace":
		if in.col == 0 {
			return in.joinAbove()
		}
		return in.remove(clusterStart(line, in.col), in.col)
	case "delete":
		if in.col < len(line) {
			return in.remove(in.col, clusterEnd(line, in.col))
		}
		if in.row+1 < len(in.lines) {
			in.to(in.row+1, 0)
			return in.joinAbove()
		}
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		return in.remove(wordBefore(line, in.col), in.col)
	case "ctrl+u":
		return in.remove(0, in.col)
	case "ctrl+k":
		return in.remove(in.col, len(line))
	case "ctrl+z":
		return in.back(&in.undo, &in.redo)
	case "ctrl+y":
		return in.back(&in.redo, &in.undo)
	}
	return false
}

// left and right go over one character, and over the end of a line to the next.
func (in *Input) left() {
	switch {
	case in.col > 0:
		in.col = clusterStart(in.lines[in.row], in.col)
	case in.row > 0:
		in.to(in.row-1, len(in.lines[in.row-1]))
	}
}

func (in *Input) right() {
	switch line := in.lines[in.row]; {
	case in.col < len(line):
		in.col = clusterEnd(line, in.col)
	case in.row+1 < len(in.lines):
		in.to(in.row+1, 0)
	}
}

func (in *Input) to(row, col int) {
	in.row = max(0, min(row, len(in.lines)-1))
	in.col = snapped(in.lines[in.row], max(0, min(col, len(in.lines[in.row]))))
}

func wordBefore(line []rune, col int) int {
	for col > 0 && unicode.IsSpace(line[col-1]) {
		col--
	}
	for col > 0 && !unicode.IsSpace(line[col-1]) {
		col--
	}
	return col
}

func wordAfter(line []rune, col int) int {
	for col < len(line) && unicode.IsSpace(line[col]) {
		col++
	}
	for col < len(line) && !unicode.IsSpace(line[col]) {
		col++
	}
	return col
}

func (in *Input) insert(text string, typing bool) bool {
	if text == "" {
		return false
	}
	line := in.lines[in.row]
	parts := strings.Split(text, "\n")
	is := make([][]rune, len(parts))
	for i, p := range parts {
		is[i] = []rune(p)
	}
	end := [2]int{in.row + len(is) - 1, len(is[len(is)-1])}
	if len(is) == 1 {
		end[1] += in.col
	}
	is[0] = append(slices.Clone(line[:in.col]), is[0]...)
	is[len(is)-1] = append(is[len(is)-1], line[in.col:]...)
	in.replace(in.row, 1, is, end, typing)
	return true
}

func (in *Input) remove(from, to int) bool {
	if from == to {
		return false
	}
	line := slices.Delete(slices.Clone(in.lines[in.row]), from, to)
	in.replace(in.row, 1, [][]rune{line}, [2]int{in.row, from}, false)
	return true
}

func (in *Input) joinAbove() bool {
	if in.row == 0 {
		return false
	}
	above := in.lines[in.row-1]
	in.replace(in.row-1, 2, [][]rune{append(slices.Clone(above), in.lines[in.row]...)}, [2]int{in.row - 1, len(above)}, false)
	return true
}

func (in *Input) replace(row, n int, is [][]rune, at [2]int, typing bool) {
	e := edit{row: row, was: slices.Clone(in.lines[row : row+n]), is: is, wasAt: [2]int{in.row, in.col}, isAt: at, typing: typing}
	in.redo = nil
	last := len(in.undo) - 1
	if typing && last >= 0 && in.undo[last].typing && in.undo[last].isAt == e.wasAt && len(is) == 1 {
		in.undo[last].is, in.undo[last].isAt = e.is, e.isAt
	} else {
		in.undo = append(in.undo, e)
	}
	in.put(row, n, is, at)
}

func (in *Input) put(row, n int, is [][]rune, at [2]int) {
	in.lines = slices.Replace(in.lines, row, row+n, is...)
	in.row, in.col = at[0], at[1]
	if line := in.lines[in.row]; snapped(line, in.col) != in.col { // a mark has come to stand on what is before it
		in.col = clusterEnd(line, snapped(line, in.col))
	}
}

func (in *Input) back(from, to *[]edit) bool {
	last := len(*from) - 1
	if last < 0 {
		return false
	}
	e := (*from)[last]
	*from = (*from)[:last]
	in.put(e.row, len(e.is), e.was, e.wasAt)
	*to = append(*to, edit{row: e.row, was: e.is, is: e.was, wasAt: e.isAt, isAt: e.wasAt})
	return true
}

// View draws the text in w cells and h lines, with a painted cursor. Only what is seen is wrapped.
func (in *Input) View(th *theme.Theme, w, h int) []string {
	if !in.Multi {
		return []string{in.viewLine(th, w)}
	}
	for top := max(0, in.row-h+1); ; top++ {
		out, cursor := in.wrapFrom(th, top, w, h)
		if cursor < h {
			return cell.Block(out[:min(len(out), h)], w, h)
		}
		if top == in.row { // one line that alone is higher than the field
			return cell.Block(out[cursor-h+1:], w, h)
		}
	}
}

// wrapFrom draws from a line on until h rows are full and the cursor has been drawn.
func (in *Input) wrapFrom(th *theme.Theme, top, w, h int) (out []string, cursor int) {
	cursor = -1
	for i := top; i < len(in.lines) && (len(out) < h || cursor < 0); i++ {
		for from := 0; ; {
			to := fitRunes(in.lines[i], from, w-1)
			part := in.lines[i][from:to]
			if i == in.row && in.col >= from && (in.col < to || to == len(in.lines[i])) {
				cursor = len(out)
				out = append(out, withCursor(th, part, in.col-from, w))
			} else {
				out = append(out, cell.Fit(visible(part), w))
			}
			if from = to; from >= len(in.lines[i]) {
				break
			}
		}
	}
	return out, cursor
}

// fitRunes is the end of the stretch from from that fits into w cells, broken at a blank if there is one.
func fitRunes(line []rune, from, w int) int {
	width, blank := 0, -1
	for i := from; i < len(line); {
		end := clusterEnd(line, i)
		if width += cell.Width(visible(line[i:end])); width > max(1, w) && i > from {
			if blank > from {
				return blank
			}
			return i
		}
		if line[i] == ' ' {
			blank = i + 1
		}
		i = end
	}
	return len(line)
}

func (in *Input) viewLine(th *theme.Theme, w int) string {
	line := in.lines[0]
	from := 0
	for from < in.col && cell.Width(visible(line[from:in.col])) > w-2 {
		from = min(in.col, clusterEnd(line, from))
	}
	return withCursor(th, line[from:], in.col-from, w)
}

func withCursor(th *theme.Theme, part []rune, at, w int) string {
	under, rest := " ", ""
	if at < len(part) {
		end := clusterEnd(part, at)
		under, rest = visible(part[at:end]), visible(part[end:])
	}
	head := visible(part[:at])
	return head + th.Select.Paint(under) + cell.Fit(rest, w-cell.Width(head)-cell.Width(under))
}
