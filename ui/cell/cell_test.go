package cell

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestCleanIsSafe(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                     "plain",
		"a\tb\nc":                   "a b c",
		"\x1b[31mred\x1b[0m":        "red",
		"\x1b]8;;http://x\x07y":     "y",
		"left\u202Eright":           "leftright",
		"c1\u009b31mz":              "c1z",
		"wave \U0001F44B\U0001F3FD": "wave \U0001F44B",
		"heart \u2764\uFE0F":        "heart \u2764",
		"bell\x07 back\x08":         "bell back",
		"bad \xff byte":             "bad \uFFFD byte",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFitIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Clean(rapid.String().Draw(t, "text"))
		w := rapid.IntRange(0, 60).Draw(t, "width")
		for _, got := range []string{Fit(s, w), Right(s, w), Center(s, w)} {
			if Width(got) != w {
				t.Fatalf("%q is %d cells wide, not %d", got, Width(got), w)
			}
		}
		if strings.ContainsFunc(s, unicode.IsControl) {
			t.Fatalf("control characters stay in %q", s)
		}
	})
}

func TestWrapKeepsEveryWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.StringMatching(`[a-zäß日]{1,12}`)).Draw(t, "words"), " ")
		w := rapid.IntRange(2, 40).Draw(t, "width")
		lines := Wrap(s, w)
		for _, l := range lines {
			if Width(l) > w {
				t.Fatalf("%q is wider than %d", l, w)
			}
		}
		join := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if join(strings.Join(lines, "")) != join(s) {
			t.Fatalf("%q became %q", s, lines)
		}
	})
}

// The quick count of a line agrees with the general one, whatever characters stand beside each other.
func TestQuickWidthAgreesWithTheGeneralOne(t *testing.T) {
	pieces := []string{"a", " ", "é", "ß", "–", "…", "“", "│", "▄", "█", "\x1b[1;31m", "\x1b[m", "\x1b[38:5:9m", "\x1b[2K", "\x1b", "\u0301", "\u200d", "漢", "🙂", "\ufe0f", "‐", "‧", "ſ", "À", "·", "×", "◆", "●", "◦"}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
		if got, want := Width(s), ansi.StringWidth(s); got != want {
			t.Fatalf("%q: %d cells, want %d", s, got, want)
		}
		if got, want := Cut(s, 7), ansi.Truncate(s, 7, "…"); !plain(s) && got != want {
			t.Fatalf("%q cut to 7 cells: %q, want %q", s, got, want)
		}
	})
}

func TestWrapMostCutsWhatIsLeftOver(t *testing.T) {
	for _, c := range []struct {
		most int
		want string
	}{{1, "one two…"}, {2, "one two|three f…"}, {3, "one two|three|four"}} {
		if got := strings.Join(WrapMost("one two three four", 8, c.most), "|"); got != c.want {
			t.Errorf("%d lines: %q, want %q", c.most, got, c.want)
		}
	}
}
