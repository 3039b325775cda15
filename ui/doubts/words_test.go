package doubts

import (
	"testing"

	"aftermath/model"
)

// A sentence begins with a capital where it begins with a letter of the alphabet.
func TestCapital(t *testing.T) {
	for s, want := range map[string]string{"": "", "a": "A", "z": "Z", "move it": "Move it", "Move": "Move", "`a": "`a", "{a": "{a", "éa": "éa", "1a": "1a"} {
		if got := capital(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// How much a fix does is told, and how much of it is shown where that is less.
func TestTheScopeOfAFix(t *testing.T) {
	moves := func(n int) []model.Move { return make([]model.Move, n) }
	for _, c := range []struct {
		fix  model.Fix
		want string
	}{
		{model.Fix{}, "enter does it; u takes it back"}, {model.Fix{Events: 1, Moves: moves(1)}, "1 line; enter does it, u takes it back"},
		{model.Fix{Events: 3, Moves: moves(2)}, "3 lines, the first 2 are shown; enter does it, u takes it back"}, {model.Fix{Events: 3}, "3 lines; enter does it, u takes it back"},
		{model.Fix{Events: 3, Moves: moves(2), Joins: make([]model.Join, 1)}, "3 lines; enter does it, u takes it back"},
	} {
		if got := (&Screen{}).scope(c.fix); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}
