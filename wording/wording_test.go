package wording

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"
)

// cases reads "labels | text" lines; "?" is a label that can be argued either way.
func cases(t *testing.T, file string, each func(labels []string, text string)) {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for in := bufio.NewScanner(f); in.Scan(); {
		labels, text, ok := strings.Cut(in.Text(), " | ")
		if !ok || strings.HasPrefix(labels, "#") {
			continue
		}
		each(strings.Fields(labels), text)
	}
}

func TestActions(t *testing.T) {
	aims, wrong := 0, 0
	cases(t, "actions.txt", func(labels []string, text string) {
		v := Action(text, Around{})
		if v.Weak != (labels[0] != "-") {
			t.Errorf("%q: weak is %v %v", text, v.Weak, v.Reasons)
		} else if v.Weak && labels[0] != "weak" && !slices.Contains(v.Reasons, Reason(labels[0])) {
			t.Errorf("%q: reasons are %v, not %s", text, v.Reasons, labels[0])
		}
		if aims++; labels[1] != "?" && v.Aim != labels[1] {
			wrong++
			t.Logf("%q: aim is %s, not %s", text, v.Aim, labels[1])
		}
	})
	if wrong*10 > aims {
		t.Errorf("%d of %d aims differ", wrong, aims)
	}
}

func TestCauses(t *testing.T) {
	layers, wrong := 0, 0
	cases(t, "causes.txt", func(labels []string, text string) {
		v := Factor(text, Around{People: []string{"Maria Okafor"}})
		if labels[0] != "?" && v.Shallow != (labels[0] == "shallow") {
			t.Errorf("%q: shallow is %v", text, v.Shallow)
		}
		if v.Blame != (labels[1] == "blame") {
			t.Errorf("%q: blame is %v", text, v.Blame)
		}
		if layers++; labels[2] != "?" && v.Layer != labels[2] {
			wrong++
			t.Logf("%q: layer is %s, not %s", text, v.Layer, labels[2])
		}
	})
	if wrong*10 > layers {
		t.Errorf("%d of %d layers differ", wrong, layers)
	}
}

func TestEvents(t *testing.T) {
	cases(t, "events.txt", func(labels []string, text string) {
		v := Event(text, Around{})
		if v.Hindsight != (labels[0] == "hindsight") {
			t.Errorf("%q: hindsight is %v", text, v.Hindsight)
		}
		if v.Stance != labels[1] {
			t.Errorf("%q: stance is %s", text, v.Stance)
		}
	})
}

func TestImpacts(t *testing.T) {
	cases(t, "impacts.txt", func(labels []string, text string) {
		if v := Impact(text, Around{}); v.Measurable != (labels[0] == "amount") {
			t.Errorf("%q: measurable is %v", text, v.Measurable)
		}
	})
}

// On a timeline what somebody did, or did not do, is a plain fact; a slip or a fault word is not.
func TestATimelineTellsWhatPeopleDid(t *testing.T) {
	around := Around{People: []string{"Ana Ruiz", "Ben"}}
	for text, blame := range map[string]bool{
		"Ben did not answer the page": false, "Ana deletes the stuck job": false, "Ana restarted the wrong host": true,
		"Ben forgot to page the vendor": true, "Ana rolls back by hand": false, "The broker failed to elect a leader": false,
		"Ben mistakenly drained the healthy node": true,
	} {
		if v := Event(text, around); v.Blame != blame {
			t.Errorf("%q: blame is %v", text, v.Blame)
		}
	}
	if !Factor("Ana deleted the table", around).Blame || Factor("Ana deleted the table", Around{}).Blame {
		t.Error("a name counts as a person only where the record knows it")
	}
}
