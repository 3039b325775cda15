package widget

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// keys presses keys on a field: a name of more than one letter is a key, anything else is typed.
func keys(in *Input, names ...string) *Input {
	for _, n := range names {
		if len([]rune(n)) == 1 {
			in.Update(tea.KeyPressMsg{Code: []rune(n)[0], Text: n})
		} else {
			in.key(n)
		}
	}
	return in
}

// What was taken back can be had again until something else is written, in whichever way.
func TestWhatIsWrittenEndsRedo(t *testing.T) {
	fresh := func() *Input { return keys(NewInput("", true), "a", "ctrl+u", "b", "ctrl+z") }
	if got := keys(fresh(), "ctrl+y").Value(); got != "b" {
		t.Errorf("redo gives %q", got)
	}
	for _, after := range [][]string{{"c"}, {"c", "ctrl+z"}, {"enter"}, {"c", "backspace"}} {
		in := keys(fresh(), after...)
		want := in.Value()
		if len(after) == 2 && after[1] == "ctrl+z" {
			want = "c"
		}
		if got := keys(in, "ctrl+y").Value(); got != want {
			t.Errorf("after %v redo gives %q, want %q", after, got, want)
		}
	}
	in := fresh()
	in.Update(tea.PasteMsg{Content: "x"})
	if got := keys(in, "ctrl+y").Value(); got != "x" {
		t.Errorf("after a paste redo gives %q", got)
	}
}

// Letters that are typed one after the other are taken back together; whatever lies between parts them.
func TestLettersInARowAreOneEdit(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want string
	}{
		{[]string{"a", "b", "c", "ctrl+z"}, ""}, {[]string{"a", "b", "left", "c", "ctrl+z"}, "ab"}, {[]string{"a", "b", "left", "right", "c", "ctrl+z"}, ""},
		{[]string{"a", "enter", "b", "ctrl+z"}, "a\n"}, {[]string{"a", "enter", "b", "ctrl+z", "ctrl+z"}, "a"}, {[]string{"a", "b", "backspace", "c", "ctrl+z"}, "a"}, {[]string{"ctrl+z"}, ""},
	} {
		if got := keys(NewInput("", true), c.keys...).Value(); got != c.want {
			t.Errorf("%v: %q, want %q", c.keys, got, c.want)
		}
	}
}

// A field holds words and, where it has many lines, their ends; nothing else that a terminal would act on.
func TestWhatAFieldHolds(t *testing.T) {
	for text, want := range map[string][2]string{
		"a\nb": {"a b", "a\nb"}, "a\r\nb\rc": {"a b c", "a\nb\nc"}, "a\tb": {"a    b", "a    b"}, "a\x07b\x1b[31m": {"ab[31m", "ab[31m"}, "\n\na\n": {"a", "\n\na\n"}, "a\xffb": {"a\ufffdb", "a\ufffdb"},
	} {
		for i, multi := range []bool{false, true} {
			if got := NewInput(text, multi).Value(); got != want[i] {
				t.Errorf("%q, many lines %v: %q, want %q", text, multi, got, want[i])
			}
		}
	}
}

// Every key that edits does so at both ends of a line and in its middle.
func TestKeysThatEdit(t *testing.T) {
	for _, c := range []struct {
		text string
		keys []string
		want string
	}{
		{"one two", []string{"ctrl+w"}, "one "}, {"one two", []string{"home", "ctrl+w"}, "one two"}, {"one two ", []string{"ctrl+w"}, "one "}, {"one two", []string{"ctrl+left", "ctrl+w"}, "two"},
		{"one two", []string{"ctrl+u"}, ""}, {"one two", []string{"home", "ctrl+k"}, ""}, {"one two", []string{"ctrl+k"}, "one two"}, {"one two", []string{"ctrl+left", "ctrl+u"}, "two"}, {"one two", []string{"ctrl+left", "ctrl+k"}, "one "},
		{"one two", []string{"home", "ctrl+right", "x"}, "onex two"}, {"one two", []string{"home", "ctrl+right", "ctrl+right", "x"}, "one twox"}, {"one two", []string{"home", "delete"}, "ne two"}, {"one two", []string{"delete"}, "one two"},
		{"one two", []string{"home", "backspace"}, "one two"}, {"one two", []string{"backspace"}, "one tw"}, {"ab\ncd", []string{"home", "backspace"}, "abcd"}, {"ab\ncd", []string{"up", "delete"}, "abcd"}, {"ab\ncd", []string{"up", "end", "delete", "x"}, "abxcd"},
		{"ab\ncd", []string{"home", "left", "x"}, "abx\ncd"}, {"ab\ncd", []string{"up", "right", "x"}, "ab\nxcd"}, {"ab\ncd", []string{"up", "home", "left", "x"}, "xab\ncd"}, {"ab\ncd", []string{"right", "x"}, "ab\ncdx"},
		{"abc\nd", []string{"up", "x"}, "axbc\nd"}, {"a\nbcd", []string{"up", "x"}, "ax\nbcd"}, {"a\nb", []string{"up", "up", "x"}, "ax\nb"}, {"a\nb", []string{"down", "x"}, "a\nbx"},
	} {
		if got := keys(NewInput(c.text, true), c.keys...).Value(); got != c.want {
			t.Errorf("%q, then %v: %q, want %q", c.text, c.keys, got, c.want)
		}
	}
	if in := NewInput("a", false); in.Update(tea.KeyPressMsg{Code: tea.KeyEnter}) || in.Value() != "a" {
		t.Errorf("enter changes a field of one line to %q", in.Value())
	}
}
