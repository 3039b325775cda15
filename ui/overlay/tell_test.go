package overlay

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"aftermath/ui/key"
	"aftermath/ui/nav"
	"aftermath/ui/theme"
)

var plain = theme.New("mono", true, theme.Dark)

// seen is what an overlay shows, without colours.
func seen(o Overlay, w, h int) []string {
	return strings.Split(ansi.Strip(strings.Join(o.View(plain, w, h), "\n")), "\n")
}

// closes reports whether a command closes the overlay.
func closes(cmd tea.Cmd) bool {
	m, ok := nav.Instant(cmd)
	if !ok {
		return false
	}
	list, ok := m.(nav.Sequence)
	if !ok || len(list) == 0 {
		return false
	}
	first, _ := nav.Instant(list[0])
	_, ok = first.(Close)
	return ok
}

func code(k rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: k} }

// A text that is longer than its box is read by scrolling, and every box is as wide as it may be and no wider.
func TestATellIsReadToItsEnd(t *testing.T) {
	var lines []string
	for i := range 20 {
		lines = append(lines, fmt.Sprintf("line %d", i+1))
	}
	for _, c := range []struct{ w, h, shown, wide int }{{80, 24, 20, 76}, {76, 14, 10, 76}, {40, 10, 6, 40}, {40, 5, 1, 40}, {40, 2, 1, 40}} {
		tell := &Tell{Name: "That did not work", Text: strings.Join(lines, "\n\n\n")}
		tell.Text = strings.Join(lines, "\n")
		first := seen(tell, c.w, c.h)
		if len(first) != c.shown+4 {
			t.Errorf("%dx%d: %d lines are shown, want %d", c.w, c.h, len(first)-4, c.shown)
		}
		for _, l := range first {
			if ansi.StringWidth(l) != c.wide {
				t.Errorf("%dx%d: %q is %d wide", c.w, c.h, l, ansi.StringWidth(l))
			}
		}
		tell.Update(code(tea.KeyEnd))
		if last := strings.Join(seen(tell, c.w, c.h), "\n"); !strings.Contains(last, "line 20 ") {
			t.Errorf("%dx%d: the end shows\n%s", c.w, c.h, last)
		}
	}
	tell := &Tell{Text: "x"}
	for _, k := range []tea.KeyPressMsg{code(tea.KeyEscape), code(tea.KeyEnter), {Code: 'q', Text: "q"}} {
		if !closes(tell.Update(k)) {
			t.Errorf("%s does not close it", k)
		}
	}
	for _, k := range []tea.KeyPressMsg{code(tea.KeyDown), {Code: 'y', Text: "y"}} {
		if tell.Update(k) != nil {
			t.Errorf("%s does something", k)
		}
	}
	if tell.Docked() || tell.Update(tea.PasteMsg{Content: "x"}) != nil {
		t.Error("a tell is docked or takes a paste")
	}
}

// Only y says yes; n, esc and q leave it, and nothing else does anything.
func TestOnlyYSaysYes(t *testing.T) {
	did := 0
	ask := &Ask{Name: "Seal", Text: strings.Repeat("Nothing can change it then. ", 30), Yes: "seal it", Do: func() tea.Msg { did++; return nil }}
	for k, leaves := range map[string]bool{"y": true, "n": true, "q": true, "x": false, "Y": false} {
		if got := closes(ask.Update(tea.KeyPressMsg{Code: []rune(k)[0], Text: k})); got != leaves {
			t.Errorf("%s closes it: %v", k, got)
		}
	}
	if !closes(ask.Update(code(tea.KeyEscape))) || closes(ask.Update(code(tea.KeyEnter))) || ask.Docked() {
		t.Error("esc has to leave it, and enter must not")
	}
	for _, h := range []int{24, 8, 5, 1} {
		if got := seen(ask, 80, h); len(got) > max(h, 5) || ansi.StringWidth(got[0]) != 66 || !strings.Contains(strings.Join(got, "\n"), "seal it") {
			t.Errorf("at %d lines:\n%s", h, strings.Join(got, "\n"))
		}
	}
}

// The palette narrows to what is typed, runs what is chosen, and runs nothing that cannot be done now.
func TestThePaletteRunsWhatIsChosen(t *testing.T) {
	ran := ""
	var actions []key.Action
	for i := range 30 {
		name := fmt.Sprintf("turn number %d", i+1)
		actions = append(actions, key.Action{ID: name, Title: name, Keys: []string{"x"}, Do: func() tea.Cmd { ran = name; return nil }})
	}
	actions = append(actions, key.Action{ID: "off", Title: "merge the lines", Off: "there is one line", Do: func() tea.Cmd { ran = "off"; return nil }})
	opened := func(keys ...tea.Msg) *Palette {
		p := &Palette{Name: "What can be done", Actions: actions}
		p.Open()
		for _, k := range keys {
			p.Update(k)
		}
		return p
	}
	typed := func(s string) (all []tea.Msg) {
		for _, r := range s {
			all = append(all, tea.KeyPressMsg{Code: r, Text: string(r)})
		}
		return all
	}
	for _, c := range []struct {
		keys   []tea.Msg
		ran    string
		closes bool
	}{
		{nil, "turn number 1", true}, {[]tea.Msg{code(tea.KeyDown)}, "turn number 2", true}, {[]tea.Msg{code(tea.KeyPgDown), code(tea.KeyUp)}, "turn number 15", true},
		{typed("number 30"), "turn number 30", true}, {append([]tea.Msg{code(tea.KeyDown), code(tea.KeyDown)}, typed("number 30")...), "turn number 30", true},
		{typed("merge"), "", false}, {typed("nothing like that"), "", false}, {[]tea.Msg{tea.PasteMsg{Content: "number 7"}}, "turn number 7", true},
	} {
		ran = ""
		p := opened(c.keys...)
		if got := closes(p.Update(code(tea.KeyEnter))); got != c.closes || ran != c.ran {
			t.Errorf("%v: ran %q, want %q; closes: %v", c.keys, ran, c.ran, got)
		}
		if !closes(p.Update(code(tea.KeyEscape))) {
			t.Error("esc does not close it")
		}
	}
	for _, c := range []struct{ w, h, wide, rows int }{{100, 40, 78, paletteRows}, {60, 12, 60, 7}, {60, 6, 60, 1}, {60, 3, 60, 1}} {
		got := seen(opened(), c.w, c.h)
		if len(got) != c.rows+4 || ansi.StringWidth(got[0]) != c.wide || !strings.Contains(got[1], "Type to search") {
			t.Errorf("%dx%d: %d rows, want %d\n%s", c.w, c.h, len(got)-4, c.rows, strings.Join(got, "\n"))
		}
	}
	page := strings.Join(seen(opened(typed("nothing like that")...), 78, 30), "\n")
	if !strings.Contains(page, "Nothing like that here") || strings.Contains(page, "Type to search") {
		t.Error(page)
	}
	if page := strings.Join(seen(opened(typed("merge")...), 78, 30), "\n"); !strings.Contains(page, "merge the lines  (there is one line)") || strings.Contains(page, "Nothing like") {
		t.Error(page)
	}
}

// A draft is kept whenever twenty letters were typed, for somebody who never pauses, and else when typing rests.
func TestEachTwentyLettersAreKept(t *testing.T) {
	e := &Edit{Name: "Title", Text: "", Draft: "d"}
	e.Open()
	kept := 0
	for i := range 65 {
		m, ok := nav.Instant(e.Update(tea.KeyPressMsg{Code: 'x', Text: "x"}))
		if !ok {
			t.Fatalf("letter %d keeps nothing", i+1)
		}
		switch m := m.(type) {
		case KeepDraft:
			if kept++; (i+1)%20 != 0 || m.Name != "d" || len(m.Text) != i+1 {
				t.Errorf("letter %d: %+v", i+1, m)
			}
		case nav.Later:
			due := m.Msg.(draftDue)
			if keep, _ := nav.Instant(e.Update(due)); m.After != draftPause || keep != (KeepDraft{"d", strings.Repeat("x", i+1)}) {
				t.Errorf("letter %d: after %v %+v", i+1, m.After, keep)
			}
			if late := e.Update(draftDue{due.version - 1}); late != nil {
				t.Errorf("letter %d: a pause that is over keeps it", i+1)
			}
		default:
			t.Errorf("letter %d: %T", i+1, m)
		}
	}
	if kept != 3 {
		t.Errorf("kept %d times of 65", kept)
	}
	for range 65 {
		e.Update(code(tea.KeyBackspace))
	}
	if cmd := e.Keep(); cmd != nil {
		t.Error("what it began with is kept as a draft")
	}
	if bare := (&Edit{Name: "Filter"}); bare.Open() == nil || bare.Update(tea.KeyPressMsg{Code: 'x', Text: "x"}) != nil {
		t.Error("a field without a draft keeps one")
	}
}
