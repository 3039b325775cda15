package safetext

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	pile := "e" + strings.Repeat("\u0301", 40)
	for in, want := range map[string]string{
		"plain\n": "plain\n", "a\tb": "a b", "\x1b[31mred\x1b[0m": "red", "\x1b]8;;http://x\x07y": "y", "left\u202Eright": "leftright", "c1\u009b31mz": "c1z", "del\x7f": "del", "bad \xff": "bad \uFFFD",
		pile + "x" + pile: "e" + strings.Repeat("\u0301", MaxMarks) + "xe" + strings.Repeat("\u0301", MaxMarks), "กำลัง क्षि": "กำลัง क्षि",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := Lines("a\tb\rc\u2028d\r\ne"); got != "a\tb\nc\nd\ne" {
		t.Errorf("%q", got)
	}
}

func TestJSONActsOnNoTerminal(t *testing.T) {
	for _, text := range []string{"\u009b31m", "\x7f", "a\u202Eb", "\u2066", "\ufeff", "\u2028", "<&>", "é 漢", "\x1b["} {
		b, err := Marshal(map[string]string{"x": text})
		if err != nil || strings.ContainsFunc(string(b), Unshown) {
			t.Errorf("%q: %q, %v", text, b, err)
		}
		var back map[string]string
		if json.Unmarshal(b, &back) != nil || back["x"] != text {
			t.Errorf("%q comes back as %q", text, back["x"])
		}
	}
	if b, _ := Marshal("<&>é"); string(b) != `"<&>é"` {
		t.Errorf("%s", b)
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"\x1b[31m", "\u009bx", "e\u0301\u0301", "\xc2", "\r\n\x1b]", "\u202E"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, got := range []string{Text(s), Lines(s)} {
			if !utf8.ValidString(got) || strings.ContainsFunc(strings.ReplaceAll(got, "\t", ""), Unshown) {
				t.Fatalf("%q: %q", s, got)
			}
		}
		if got := Text(s); Text(got) != got {
			t.Fatalf("%q is not safe at once", s)
		}
	})
}
