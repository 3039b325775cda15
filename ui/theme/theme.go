// Package theme turns a few named colours into the styles and glyphs of every screen.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// A Style paints text. It holds the sequences of a Lip Gloss style made once, because a screen paints
// hundreds of short pieces on every key.
type Style struct{ open, shut string }

func style(s lipgloss.Style) Style {
	open, shut, found := strings.Cut(s.Render("x"), "x")
	if !found {
		return Style{}
	}
	return Style{open, shut}
}

// Paint styles s, which must not hold line breaks.
func (s Style) Paint(text string) string {
	if text == "" || s.open == "" {
		return text
	}
	return s.open + text + s.shut
}

// A Theme is everything that a screen needs to draw: styles by what they mean, and glyphs.
type Theme struct {
	Name   string
	Glyph  Glyphs
	Glyphs bool // unicode glyphs, not ascii

	Text     Style // ordinary text: the terminal's own colour
	Strong   Style // titles and what is selected
	Soft     Style // second rank: still at least 4.5:1
	Faint    Style // rules and borders, never text that has to be read
	Accent   Style // the product's colour: the current step, keys
	Key      Style // keys in the footer
	Select   Style // the selected row
	Column   Style // the column of a cursor: bars in it keep their shape
	Good     Style
	Warn     Style
	Bad      Style
	Layer    map[string]Style // technical, human, process
	Source   []Style          // told apart by hue and by word
	Question Style            // the question that opens a step
}

// A palette is the few colours that a theme is made of; nil is the terminal's own.
type palette struct {
	text, soft, faint, accent, good, warn, bad color.Color
	technical, human, process                  color.Color
	selectText, selectBack                     color.Color
	sources                                    []color.Color
}

// Names lists the themes in the order of the palette command.
var Names = []string{"auto", "dark", "light", "contrast", "colourblind", Mono}

// Mono is the theme without colours: what is selected stands in reverse video.
const Mono = "mono"

// New makes a theme. "auto" follows the terminal's background once that is known (dark tells which);
// until then its colours read on both.
func New(name string, unicode bool, background Background) *Theme {
	p, bold := palettes["both"], true
	switch {
	case name == Mono:
		p = palette{}
	case name == "auto" && background == Dark:
		p = palettes["dark"]
	case name == "auto" && background == Light:
		p = palettes["light"]
	case name == "contrast" && background == Light:
		p = palettes["contrast-light"]
	case name == "colourblind" && background == Light:
		p = palettes["colourblind-light"]
	case name != "auto":
		p = palettes[name]
	}
	t := &Theme{Name: name, Glyphs: unicode, Glyph: asciiGlyphs}
	if unicode {
		t.Glyph = unicodeGlyphs
	}
	ink := func(c color.Color) lipgloss.Style {
		s := lipgloss.NewStyle()
		if c != nil {
			s = s.Foreground(c)
		}
		return s
	}
	t.Text, t.Soft, t.Faint = style(ink(p.text)), style(ink(p.soft)), style(ink(p.faint))
	t.Strong, t.Accent = style(ink(p.text).Bold(bold)), style(ink(p.accent).Bold(bold))
	t.Key, t.Question = style(ink(p.accent)), style(ink(p.accent).Italic(true))
	t.Good, t.Warn, t.Bad = style(ink(p.good)), style(ink(p.warn)), style(ink(p.bad).Bold(bold))
	t.Layer = map[string]Style{"technical": style(ink(p.technical)), "human": style(ink(p.human)), "process": style(ink(p.process))}
	for _, c := range p.sources {
		t.Source = append(t.Source, style(ink(c)))
	}
	if len(t.Source) == 0 {
		t.Source = []Style{t.Text}
	}
	if p.selectBack == nil {
		t.Select, t.Column = style(lipgloss.NewStyle().Reverse(true)), style(lipgloss.NewStyle().Bold(bold))
	} else {
		t.Column = style(lipgloss.NewStyle().Foreground(p.selectText).Background(p.selectBack))
		t.Select = style(lipgloss.NewStyle().Foreground(p.selectText).Background(p.selectBack).Bold(bold))
	}
	return t
}

// SourceStyle gives each source of evidence the same colour on every screen.
func (t *Theme) SourceStyle(source string) Style {
	sum := 0
	for i := range len(source) {
		sum = sum*31 + int(source[i])
	}
	return t.Source[(sum&0x7fffffff)%len(t.Source)]
}

// Background is what is known about the terminal's background.
type Background int

// What the terminal answered, if it did.
const (
	Unknown Background = iota
	Dark
	Light
)
