package model

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRangesAreReadAsTheyAreTyped(t *testing.T) {
	for _, c := range []struct{ field, text, want string }{
		{"occurrences", "2 4 9", "2–4–9"},
		{"occurrences", "2-4-9", "2–4–9"},
		{"occurrences", "2 – 4 – 9", "2–4–9"},
		{"occurrences", "2/4/9", "2–4–9"},
		{"occurrences", "2..9", "2–5.5–9"},
		{"occurrences", "2 to 9", "2–5.5–9"},
		{"occurrences", "about 4", "2–4–8"},
		{"occurrences", "~4", "2–4–8"},
		{"occurrences", "4", "4"},
		{"occurrences", "0.5", "0.5"},
		{"occurrences", ".5 1 1.5", "0.5–1–1.5"},
		{"occurrences", "3 3 3", "3"},
		{"occurrences", "0 0 2", "0–0–2"},
		{"removes", "50% 60% 80%", "50–60–80"},
		{"removes", "100", "100"},
		{"days", "0.5-1-3", "0.5–1–3"},
	} {
		f, _ := Named(TypeAction, c.field)
		got, err := ParseValue(f, TypeAction, c.text, testEnv())
		if err != nil || got != c.want {
			t.Errorf("%s %q: got %v, %v; want %s", c.field, c.text, got, err, c.want)
		}
	}
}

func TestWhatIsNoRangeIsRefusedInASentence(t *testing.T) {
	for _, c := range []struct{ field, text, says string }{
		{"occurrences", "9 4 2", "not in order"},
		{"occurrences", "-3", "below zero"},
		{"occurrences", "−3", "below zero"},
		{"occurrences", "1e308", "not a number that can be used"},
		{"occurrences", "9999999999", "more than a thousand million"},
		{"occurrences", "NaN", "not a range"},
		{"occurrences", "Inf", "not a range"},
		{"occurrences", "1 2 3 4", "not a range"},
		{"occurrences", "1,5", "two ways"},
		{"occurrences", "often", "not a range"},
		{"occurrences", "about", "holds no number"},
		{"occurrences", "about 2 4", "about a range"},
		{"removes", "20 50 120", "more than 100%"},
		{"days", "0 1 2", "begins below 0.1 person-days"},
	} {
		f, _ := Named(TypeAction, c.field)
		got, err := ParseValue(f, TypeAction, c.text, testEnv())
		if err == nil || !strings.Contains(err.Error(), c.says) || KindOf(err) != FaultInput || !strings.HasPrefix(err.Error(), f.Label) {
			t.Errorf("%s %q: got %v, %v; want a refusal that says %q", c.field, c.text, got, err, c.says)
		}
	}
}

// What a range prints is read again as the same range, and is then its own canonical text.
func TestARangeIsReadAgainAsItIsWritten(t *testing.T) {
	f, _ := Named(TypeAction, "occurrences")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`(about )?[0-9]{1,5}(\.[0-9]{1,6})?([ -][0-9]{1,5}(\.[0-9]{1,6})?){0,2}`).Draw(t, "text")
		v, err := ParseValue(f, TypeAction, text, Env{})
		if err != nil {
			return
		}
		again, err := ParseValue(f, TypeAction, v.(string), Env{})
		if err != nil || again != v {
			t.Fatalf("%q is %v, which is read as %v, %v", text, v, again, err)
		}
	})
}

func FuzzRange(f *testing.F) {
	for _, s := range []string{"2 4 9", "about 4", "2..9", "1e308", "NaN", "–––", "~~4", "0x10", "١ ٢ ٣", "4…9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ReadRange(text)
		if err != nil {
			return
		}
		if !(0 <= r.Low && r.Low <= r.Likely && r.Likely <= r.High && r.High <= rangeMost) {
			t.Errorf("%q gave %+v", text, r)
		}
		if again, err := ReadRange(r.String()); err != nil || again != r {
			t.Errorf("%q is written as %s and read as %+v, %v", text, r, again, err)
		}
	})
}
