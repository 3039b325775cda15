package exporters

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"aftermath/model"
)

// A sketch is a drawing being made. It names itself for those who cannot see it, and takes its colours from
// the page.
type sketch struct {
	b strings.Builder
}

// finish gives the drawing with its size and its name.
func (s *sketch) finish(id string, w, h int, title, describes string) string {
	return fmt.Sprintf("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\" xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"%s-t\">%s</title>\n<desc id=\"%s-d\">%s</desc>\n%s</svg>\n",
		w, h, id, id, id, xmlText(title), id, xmlText(describes), s.b.String())
}

func (s *sketch) rect(class string, x, y, w, h, round int) {
	fmt.Fprintf(&s.b, "<rect class=%q x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n", class, x, y, w, h, round)
}

func (s *sketch) line(class string, x1, y1, x2, y2 int) {
	fmt.Fprintf(&s.b, "<path class=%q d=\"M%d %dL%d %d\"/>\n", class, x1, y1, x2, y2)
}

// anchored is where a word stands beside its place.
type anchored string

// The anchors of words.
const (
	begins anchored = "start"
	middle anchored = "middle"
	ends   anchored = "end"
)

func (s *sketch) word(class string, at anchored, x, y int, text string) {
	fmt.Fprintf(&s.b, "<text class=%q x=\"%d\" y=\"%d\" text-anchor=%q>%s</text>\n", class, x, y, string(at), xmlText(model.CleanLine(text)))
}

// wide estimates the width of text in a font of 12 pixels.
func wide(text string) int {
	n := 0.0
	for _, r := range text {
		switch {
		case r >= 0x1100 && (r <= 0x115f || r >= 0x2e80):
			n += 12.5
		case strings.ContainsRune("ilj.,:;'|!()[] ", r):
			n += 3.8
		case r >= 'A' && r <= 'Z' || r == 'm' || r == 'w' || r == '%':
			n += 8.6
		default:
			n += 6.9
		}
	}
	return int(n + 0.5)
}

// fitted is as much of text as there is room for, in pixels; nothing where that would say nothing.
func fitted(text string, room int) string {
	text = strings.Join(strings.Fields(model.CleanLine(text)), " ")
	if wide(text) <= room {
		return text
	}
	for text != "" && wide(text+"…") > room {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	if utf8.RuneCountInString(text) < 4 {
		return ""
	}
	return strings.TrimRight(text, " ,.-–(") + "…"
}
