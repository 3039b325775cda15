package widget

import (
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// written are words as people type them, with how many characters a person sees in each.
var written = []struct {
	text string
	seen int
}{
	{"cafe\u0301", 4}, {"kê\u0301t nô\u0301i", 7}, {"ขีดจำกัด", 5}, {"कनेक्शन", 4}, {"حُدُود", 4}, {"한글", 2}, {"\u1112\u1161\u11ab", 1},
	{"👨\u200d👩\u200d👧\u200d👦", 1}, {"👍🏽z", 2}, {"🇩🇪🇫🇷", 2}, {"❤\ufe0f", 1}, {"日本語", 3},
}

func shown(in *Input, w int) string {
	return strings.TrimRight(ansi.Strip(strings.Join(in.View(theme.New("mono", true, theme.Dark), w, 3), "\n")), " \n")
}

// What a person sees as one character is shown, moved over and deleted as one, in fields of one line and of many.
func TestFieldsWorkOnWhatPeopleSee(t *testing.T) {
	for _, multi := range []bool{false, true} {
		for _, c := range written {
			in := NewInput("", multi)
			for _, r := range c.text {
				in.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
			}
			if got, want := shown(in, 40), cell.Clean(c.text); !strings.HasPrefix(got, want) || strings.Contains(got, "·") {
				t.Errorf("%q is shown as %q, want %q", c.text, got, want)
			}
			for n := range c.seen {
				if in.col == 0 {
					t.Errorf("%q: at the beginning after %d steps, want %d", c.text, n, c.seen)
				}
				in.Update(tea.KeyPressMsg{Code: tea.KeyLeft})
			}
			if in.col != 0 {
				t.Errorf("%q: at %d after %d steps to the left", c.text, in.col, c.seen)
			}
			for range c.seen {
				in.Update(tea.KeyPressMsg{Code: tea.KeyRight})
			}
			if in.col != len(in.lines[0]) {
				t.Errorf("%q: at %d after %d steps to the right", c.text, in.col, c.seen)
			}
			for range c.seen {
				in.Update(tea.KeyPressMsg{Code: tea.KeyBackspace})
			}
			if in.Value() != "" {
				t.Errorf("%q: %q is left after %d deletions", c.text, in.Value(), c.seen)
			}
			if in.Update(tea.KeyPressMsg{Code: 'z', Mod: tea.ModCtrl}); in.Value() == "" {
				t.Errorf("%q: undo brings nothing back", c.text)
			}
		}
	}
}

// What would hide or reorder the rest is shown as a dot.
func TestFieldsShowWhatIsHidden(t *testing.T) {
	for text, want := range map[string]string{"a\u202eb": "a·b", "\u0301a": "·a", "a\u2066b\u2069": "a·b·", "\u200d": "·", "x\ufeffy": "x·y"} {
		if got := shown(NewInput(text, false), 40); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// Whatever is typed and pasted in whatever room, a field draws exactly its cells, and its cursor stands between characters.
func TestFieldsHoldTheirWidth(t *testing.T) {
	th := theme.New("mono", true, theme.Dark)
	rapid.Check(t, func(t *rapid.T) {
		in := NewInput(rapid.StringOfN(rapid.RuneFrom([]rune("aé \u0301\u200d👍🏽ขี界\n\u202e")), 0, 30, -1).Draw(t, "text"), rapid.Bool().Draw(t, "many"))
		for range 10 {
			k := rapid.SampledFrom([]string{"left", "right", "up", "down", "home", "end", "backspace", "delete", "ctrl+w", "ctrl+u", "ctrl+z", "ctrl+y"}).Draw(t, "key")
			in.key(k)
			w, h := rapid.IntRange(1, 30).Draw(t, "w"), rapid.IntRange(1, 4).Draw(t, "h")
			lines := in.View(th, w, h)
			for _, l := range lines {
				if got := ansi.StringWidth(l); got != w && w > 4 {
					t.Fatalf("%q is %d cells in a field of %d", ansi.Strip(l), got, w)
				}
			}
			if line := in.lines[in.row]; in.col > 0 && in.col < len(line) && unicode.Is(unicode.Mn, line[in.col]) && !unicode.IsControl(line[in.col-1]) && snapped(line, in.col) != in.col {
				t.Fatalf("the cursor stands inside a character of %q at %d", string(line), in.col)
			}
		}
	})
}
