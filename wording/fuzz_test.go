package wording

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

var seeds = []string{"", " ", "Improve monitoring", "We should have rolled back, had we known.", "**Title**: text", "`", `"`, "“a", "n't", "'s 's",
	"❌ **Diagnosis took too long** It took a day", "A/B/C a/b", "14:02–15:03", "$1,200.50 lost", "\x00\xff\xfe", "Investigate and fix", "?", "to to to to",
	"to be sure to make sure that", "Ünïcödé İ ſ", "3% of", "by by by", "if only", "ensure", "no", "(4)", "Always", "HTTP 503 errors", "'d 'll 've"}

// Any bytes are judged: no panic, only values that the contract knows, a question for every remark, and the
// same again on the second call.
func FuzzJudge(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		around := Around{People: []string{"Ana Ruiz"}, Terms: []string{"pos"}, Texts: []string{text}}
		a, c, e, i := Action(text, around), Factor(text, around), Event(text, around), Impact(text, around)
		for _, m := range []Remark{a.Remark, c.Remark, e.Remark, i.Remark} {
			if (m.What == "") != (m.Question == "") || (m.What == "") != (m.Reason == "") {
				t.Errorf("half a remark: %+v", m)
			}
			if !utf8.ValidString(m.What + m.Question) {
				t.Errorf("not UTF-8: %q", m)
			}
		}
		if a.Weak != (len(a.Reasons) > 0) || !member(a.Aim, AimDetect, AimLimit, AimAutomate, AimEase, AimPrevent, AimOther) {
			t.Errorf("%+v", a)
		}
		if !member(c.Layer, LayerTechnical, LayerHuman, LayerProcess, LayerMixed) || !member(e.Stance, Fact, Opinion) {
			t.Errorf("%+v %+v", c, e)
		}
		if !reflect.DeepEqual(a, Action(text, around)) || !reflect.DeepEqual(c, Factor(text, around)) {
			t.Error("judged differently the second time")
		}
	})
}

func member(s string, of ...string) bool {
	for _, x := range of {
		if s == x {
			return true
		}
	}
	return false
}

// Nothing depends on whether the line ends in blanks or in a full stop.
func TestAFullStopChangesNothing(t *testing.T) {
	for _, file := range []string{"actions.txt", "causes.txt", "events.txt", "impacts.txt"} {
		cases(t, file, func(_ []string, text string) {
			bare := strings.TrimRight(text, ". ")
			if strings.HasSuffix(bare, "?") {
				return
			}
			for _, other := range []string{bare + ".", bare + "  ", " " + bare + ". \t"} {
				for i, same := range []bool{
					reflect.DeepEqual(Action(bare, Around{}), Action(other, Around{})), reflect.DeepEqual(Factor(bare, Around{}), Factor(other, Around{})),
					reflect.DeepEqual(Event(bare, Around{}), Event(other, Around{})), reflect.DeepEqual(Impact(bare, Around{}), Impact(other, Around{})),
				} {
					if !same {
						t.Errorf("%q and %q are judged differently (%d)", bare, other, i)
					}
				}
			}
		})
	}
}

// A very long text costs no more than a page: only its beginning is judged.
func TestLongTextsAreCutShort(t *testing.T) {
	long := strings.Repeat("and we should have looked ", 1<<16)
	if n := len(parse(long).tokens); n > mostTokens {
		t.Errorf("%d tokens", n)
	}
}

func BenchmarkSentence(b *testing.B) {
	var lines []string
	for _, file := range []string{"actions.txt", "causes.txt", "events.txt"} {
		cases(&testing.T{}, file, func(_ []string, text string) { lines = append(lines, text) })
	}
	for i := 0; b.Loop(); i++ {
		switch text := lines[i%len(lines)]; i % 3 {
		case 0:
			Action(text, Around{})
		case 1:
			Factor(text, Around{})
		default:
			Event(text, Around{})
		}
	}
}
