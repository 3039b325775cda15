package uitest

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// The size of one cell of a picture, in its own units.
const cellWidth, cellHeight = 8.4, 18

// Picture draws a styled screen of w by h cells as SVG, where text stays text. The pictures of the README
// are made so, from the running program.
func Picture(styled string, w, h int) string {
	term := vt.NewEmulator(w, h)
	defer term.Close()
	fmt.Fprint(term, "\x1b[20h", styled)
	var b strings.Builder
	width, height := float64(w)*cellWidth+24, h*cellHeight+24
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" width="%.0f" height="%d">`+"\n", width, height, width, height)
	fmt.Fprintf(&b, `<rect width="%.0f" height="%d" rx="8" fill="#16181d"/>`+"\n", width, height)
	b.WriteString(`<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" xml:space="preserve">` + "\n")
	for y := range h {
		row(&b, term, y, w)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

// row draws stretches of equal style, first what lies behind them.
func row(b *strings.Builder, term *vt.Emulator, y, w int) {
	for x := 0; x < w; {
		c := term.CellAt(x, y)
		from, text := x, ""
		for x < w {
			n := term.CellAt(x, y)
			if n == nil || c == nil || !n.Style.Equal(&c.Style) {
				break
			}
			text += n.Content
			x += max(1, n.Width)
		}
		if x == from {
			x++
			continue
		}
		stretch(b, c.Style, text, from, x, y)
	}
}

func stretch(b *strings.Builder, s uv.Style, text string, from, to, y int) {
	ink, back := hex(s.Fg, "#e6e8ea"), hex(s.Bg, "")
	if s.Attrs&uv.AttrReverse != 0 {
		ink, back = "#16181d", ink
	}
	left, top := 12+float64(from)*cellWidth, 12+y*cellHeight
	if back != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", left, top, float64(to-from)*cellWidth, cellHeight, back)
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	extra := ""
	if s.Attrs&uv.AttrBold != 0 {
		extra += ` font-weight="bold"`
	}
	if s.Attrs&uv.AttrItalic != 0 {
		extra += ` font-style="italic"`
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
		left, top+14, float64(to-from)*cellWidth, ink, extra, html.EscapeString(text))
}

func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
