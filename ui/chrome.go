package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// The smallest terminal that the screens are made for.
const leastWidth, leastHeight = 60, 16

var stepNames = []struct{ long, short, key string }{
	{"Frame", "Frame", "r"}, {"Timeline", "Timeline", "t"}, {"Factors", "Factors", "f"}, {"Actions", "Actions", "a"},
	{"Priorities", "Priority", "o"}, {"Verification", "Verify", "v"}, {"Publish", "Publish", "p"},
}

// View draws the whole screen: header, steps, question, the topmost screen, the foot.
func (a *App) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.WindowTitle = "aftermath"
	if a.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	switch {
	case a.w == 0 || len(a.stack) == 0:
	case a.small():
		v.SetContent(a.tooSmall())
	default:
		v.SetContent(strings.Join(a.draw(), "\n"))
	}
	return v
}

// small reports whether the terminal has no room for a screen. Nothing is drawn then, and no key acts but those
// that leave: what is not seen takes no keys.
func (a *App) small() bool { return a.w < leastWidth || a.h < leastHeight }

func (a *App) tooSmall() string {
	text := fmt.Sprintf("This needs %d x %d; here are %d x %d. Nothing is lost: enlarge it, or press q.", leastWidth, leastHeight, a.w, a.h)
	return strings.Join(cell.Block(cell.Wrap(text, max(1, a.w)), a.w, a.h), "\n")
}

func (a *App) draw() []string {
	foot := a.foot()
	var head []string
	if !a.full() {
		head = a.head()
	}
	h := a.h - len(head) - len(foot)
	body := strings.Split(a.top().View(a.theme, a.w, h), "\n")
	lines := append(append(head, body...), foot...)
	for _, o := range a.overlays {
		if !o.Docked() {
			lines = a.over(lines, o.View(a.theme, a.w-4, a.h-2))
		}
	}
	return lines
}

func (a *App) full() bool {
	f, ok := a.top().Screen.(Fuller)
	return ok && f.Full()
}

// bodySize is the room that the topmost screen has now.
func (a *App) bodySize() tea.WindowSizeMsg {
	if a.w == 0 || len(a.stack) == 0 {
		return tea.WindowSizeMsg{}
	}
	if a.small() {
		return tea.WindowSizeMsg{Width: leastWidth, Height: leastHeight}
	}
	return tea.WindowSizeMsg{Width: a.w, Height: max(1, a.h-a.bodyTop()-len(a.foot()))}
}

func (a *App) bodyTop() int {
	if a.full() {
		return 0
	}
	return len(a.head())
}

// head is the name of the place and, in a retro, the steps and the question.
func (a *App) head() []string {
	th := a.theme
	lines := []string{a.titleLine()}
	if a.incident != "" {
		lines = append(lines, a.stepLine())
	}
	lines = append(lines, th.Faint.Paint(strings.Repeat(th.Glyph.Line, a.w)))
	if q, ok := a.top().Screen.(Questioner); ok && a.h >= 20 {
		lines = append(lines, cell.Fit(" "+th.Question.Paint(cell.Cut(q.Question(), a.w-2)), a.w))
		if a.h >= 30 {
			lines = append(lines, cell.Space(a.w))
		}
	}
	return lines
}

func (a *App) titleLine() string {
	th := a.theme
	left := " " + th.Accent.Paint("aftermath") + "   "
	right := ""
	title := a.top().Title()
	if a.record != nil {
		i := a.record.Incident
		title = i.Title
		parts := []string{a.Desk.Word("severity", i.Severity), "", a.zoneName(i)}
		if !i.Started.IsZero() && i.Resolved.After(i.Started) {
			parts[1] = model.FormatDuration(i.Resolved.Sub(i.Started))
		}
		right = strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
		if n := a.record.Conflicts; n > 0 {
			right = fmt.Sprintf("%s %d changed at once · %s", th.Glyph.Warn, n, right)
		}
		if !isStep(a.top().place) {
			title = a.top().Title() + " · " + title
		}
	}
	room := a.w - cell.Width(left) - cell.Width(right) - 2
	return left + th.Strong.Paint(cell.Fit(cell.Clean(title), room)) + " " + th.Soft.Paint(right) + " "
}

// zoneName is the zone of every time on the screen, said once: by its name where there is room for it.
func (a *App) zoneName(i model.Incident) string {
	zone := a.Desk.ZoneOf(i)
	if a.w >= 100 {
		return cell.Clean(zone.String())
	}
	at := i.Started
	if at.IsZero() {
		at = a.Desk.Now()
	}
	return at.In(zone).Format("MST")
}

// stepLine draws the seven steps with what is done and what is missing; narrow screens shorten the names.
func (a *App) stepLine() string {
	th := a.theme
	line := " "
	for i := range nav.Steps {
		text, here, done := a.stepText(i)
		switch {
		case here:
			text = th.Accent.Paint(text)
		case done:
			text = th.Good.Paint(text)
		default:
			text = th.Soft.Paint(text)
		}
		line += text + a.stepGap()
	}
	return cell.Fit(line, a.w)
}

func (a *App) stepGap() string {
	if a.w >= 112 {
		return "   "
	}
	return " "
}

func (a *App) stepText(i int) (text string, here, done bool) {
	g := a.theme.Glyph
	here = a.top().place == nav.Steps[i]
	count, done := a.progress(nav.Steps[i])
	mark := g.Todo
	if done {
		mark = g.Done
	}
	if here {
		mark = g.Now
	}
	switch name := stepNames[i]; {
	case a.w >= 112:
		return fmt.Sprintf("%s %d %s%s", mark, i+1, name.long, count), here, done
	case a.w >= 80 || here:
		return fmt.Sprintf("%s%d %s", mark, i+1, name.short), here, done
	}
	return fmt.Sprintf("%s%d", mark, i+1), here, done
}

// stepAt is the step that a click on the step line means.
func (a *App) stepAt(x, y int) (nav.Place, bool) {
	if a.incident == "" || a.full() || y != 1 {
		return "", false
	}
	at := 1
	for i, p := range nav.Steps {
		text, _, _ := a.stepText(i)
		w := cell.Width(text) + len(a.stepGap())
		if x >= at && x < at+w {
			return p, true
		}
		at += w
	}
	return "", false
}

// foot is the docked overlay if one is open, what may follow the keys pressed, or the keys that work here.
func (a *App) foot() []string {
	for i := len(a.overlays) - 1; i >= 0; i-- {
		if o := a.overlays[i]; o.Docked() {
			return o.View(a.theme, a.w, max(4, a.h-8))
		}
	}
	if len(a.pressed) > 0 {
		return overlay.WhichKey(a.theme, a.actions(), a.pressed, a.w)
	}
	if a.toast != "" {
		return []string{cell.Fit(" "+a.theme.Strong.Paint(cell.Cut(cell.Clean(a.toast), a.w-2)), a.w)}
	}
	if a.full() {
		return nil
	}
	return a.keyLines()
}

// keyLines name the keys that work here, as many as there is room for.
func (a *App) keyLines() []string {
	th, rows := a.theme, 1
	if f, ok := a.top().Screen.(Wordy); ok && a.h >= 20 {
		rows = f.FootLines()
	}
	end := th.Key.Paint("?") + " " + th.Soft.Paint("keys")
	lines, line := []string(nil), " "
	for _, act := range a.actions() {
		if act.Short == "" || act.Off != "" || len(act.Keys) == 0 {
			continue
		}
		name := key.Name(act.Keys[0], th.Glyphs)
		w, room := cell.Width(name)+cell.Width(act.Short)+3, a.w
		if len(lines) == rows-1 {
			room -= cell.Width(end) + 2
		}
		if cell.Width(line)+w > room {
			if len(lines) == rows-1 {
				break
			}
			lines, line = append(lines, cell.Fit(line, a.w)), " "
		}
		line += th.Key.Paint(name) + " " + th.Soft.Paint(act.Short) + "  "
	}
	return append(lines, cell.Fit(line+end, a.w))
}

// over lays a block over the middle of the screen.
func (a *App) over(lines, block []string) []string {
	if len(block) == 0 {
		return lines
	}
	w := cell.Width(block[0])
	top, left := max(0, (len(lines)-len(block))/2), max(0, (a.w-w)/2)
	for i, b := range block {
		if y := top + i; y < len(lines) {
			lines[y] = cell.Splice(lines[y], b, left, a.w)
		}
	}
	return lines
}
