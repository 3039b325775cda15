package theme

import (
	"image/color"
	"math"
	"strings"
	"testing"
)

// contrast is the ratio of WCAG 2.1, section 1.4.3.
func contrast(a, b color.Color) float64 {
	luminance := func(c color.Color) float64 {
		r, g, b, _ := c.RGBA()
		part := func(v uint32) float64 {
			x := float64(v) / 0xffff
			if x <= 0.03928 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestEveryTextColourIsLegible(t *testing.T) {
	black, night, white := hex("#000000"), hex("#1e1e2e"), hex("#ffffff")
	for name, p := range palettes {
		backs := []color.Color{black, night}
		if strings.HasSuffix(name, "light") {
			backs = []color.Color{white}
		}
		if name == "both" {
			backs = []color.Color{black, white}
		}
		inks := append([]color.Color{p.soft, p.accent, p.good, p.warn, p.bad, p.technical, p.human, p.process}, p.sources...)
		if p.text != nil {
			inks = append(inks, p.text)
		}
		for _, back := range backs {
			for i, ink := range inks {
				if c := contrast(ink, back); c < 4.45 {
					t.Errorf("%s: colour %d %v on %v has a contrast of %.2f", name, i, ink, back, c)
				}
			}
		}
		if p.selectBack != nil {
			if c := contrast(p.selectText, p.selectBack); c < 4.5 {
				t.Errorf("%s: the selected row has a contrast of %.2f", name, c)
			}
		}
	}
}

func TestMonoPaintsNoColour(t *testing.T) {
	th := New("mono", true, Dark)
	for _, s := range []Style{th.Text, th.Soft, th.Good, th.Warn, th.Layer["human"], th.SourceStyle("slack")} {
		if got := s.Paint("x"); got != "x" {
			t.Errorf("mono painted %q", got)
		}
	}
	if !strings.Contains(th.Select.Paint("x"), "7") {
		t.Error("mono does not show the selected row in reverse video")
	}
}

func TestEveryNameMakesATheme(t *testing.T) {
	for _, name := range Names {
		for _, back := range []Background{Unknown, Dark, Light} {
			if th := New(name, false, back); len(th.Source) == 0 || th.Glyph.Cursor == "" {
				t.Errorf("%s on %d is not complete", name, back)
			}
		}
	}
}
