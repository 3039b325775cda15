package picture

import (
	"strings"

	"aftermath/ui/theme"
)

// A strip is one line of cells over the columns, each with its own ink.
type strip struct {
	text []string
	ink  []theme.Style
}

func newStrip(cols int, ink theme.Style) strip {
	s := strip{make([]string, cols), make([]theme.Style, cols)}
	for i := range cols {
		s.text[i], s.ink[i] = " ", ink
	}
	return s
}

// write puts text of one-cell characters from a column on, and cuts what goes beyond the last one.
func (s strip) write(col int, text string, ink theme.Style) {
	for _, r := range text {
		if col >= 0 && col < len(s.text) {
			s.text[col], s.ink[col] = string(r), ink
		}
		col++
	}
}

// String paints cells of one ink together.
func (s strip) String() string {
	var b strings.Builder
	for i := 0; i < len(s.text); {
		from := i
		for i < len(s.text) && s.ink[i] == s.ink[from] {
			i++
		}
		b.WriteString(s.ink[from].Paint(strings.Join(s.text[from:i], "")))
	}
	return b.String()
}

// bar is the part of a bar that a line shows: count of most in tall lines, line 0 being the lowest. What is
// there at all is seen.
func bar(levels []string, count, most, tall, line int) string {
	top := len(levels) - 1
	height := 0
	if count > 0 {
		height = max(1, count*top*tall/max(1, most))
	}
	return levels[max(0, min(height-line*top, top))]
}
