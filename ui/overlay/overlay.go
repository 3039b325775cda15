// Package overlay holds what opens over a screen: fields to type into, lists to pick from, questions,
// the list of keys. An overlay either docks at the foot, so that what is being talked about stays in
// sight, or stands in the middle.
package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/ui/cell"
	"aftermath/ui/nav"
	"aftermath/ui/theme"
)

// An Overlay takes all keys while it is open.
type Overlay interface {
	Update(tea.Msg) tea.Cmd
	// View gives the lines to draw: each exactly w cells, at most h of them.
	View(th *theme.Theme, w, h int) []string
	Docked() bool
}

// Show asks the root to open an overlay; Close to close the topmost one.
type (
	Show  struct{ Overlay Overlay }
	Close struct{}
)

// Open makes a command that opens an overlay.
func Open(o Overlay) tea.Cmd { return nav.Cmd(Show{o}) }

func closeThen(cmd tea.Cmd) tea.Cmd { return nav.Seq(nav.Cmd(Close{}), cmd) }

// box draws lines in a frame with a title.
func box(th *theme.Theme, title string, lines []string, w int) []string {
	g := th.Glyph
	title = " " + cell.Cut(title, w-6) + " "
	rule := strings.Repeat(g.Line, max(0, w-3-cell.Width(title)))
	out := []string{th.Faint.Paint(g.TopLeft+g.Line) + th.Strong.Paint(title) + th.Faint.Paint(rule+g.TopRight)}
	for _, l := range lines {
		out = append(out, th.Faint.Paint(g.Vertical)+" "+cell.Fit(l, w-4)+" "+th.Faint.Paint(g.Vertical))
	}
	return append(out, th.Faint.Paint(g.BottomLeft+strings.Repeat(g.Line, max(0, w-2))+g.BottomRight))
}

// sheet draws lines under a rule with a title, for an overlay that docks at the foot.
func sheet(th *theme.Theme, title string, lines []string, w int) []string {
	head := cell.Cut(" "+title+" ", w-2)
	out := []string{th.Faint.Paint(strings.Repeat(th.Glyph.Line, 2)) + th.Strong.Paint(head) +
		th.Faint.Paint(strings.Repeat(th.Glyph.Line, max(0, w-2-cell.Width(head))))}
	for _, l := range lines {
		out = append(out, cell.Fit(" "+l, w))
	}
	return out
}

// hints writes "key what" pairs for the last line of an overlay.
func hints(th *theme.Theme, pairs ...string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteString("   ")
		}
		b.WriteString(th.Key.Paint(pairs[i]) + " " + th.Soft.Paint(pairs[i+1]))
	}
	return b.String()
}
