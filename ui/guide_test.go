package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

func TestTheGuideIsShown(t *testing.T) {
	for _, size := range [][2]int{{60, 16}, {80, 24}, {120, 36}} {
		m, id := sample(t)
		d := open(t, options(m), id, nav.Guide, size[0], size[1])
		uitest.Golden(t, fmt.Sprintf("guide-filled-%dx%d", size[0], size[1]), d.Screen())
		check(t, d, size[0], size[1], "guide")
	}
}

// selected is the question under the cursor.
func selected(t *testing.T, d *uitest.Driver) string {
	t.Helper()
	for _, l := range strings.Split(d.Screen(), "\n") {
		if at := strings.Index(l, "▌ "); at >= 0 {
			text, _, _ := strings.Cut(l[at+len("▌ "):], "│")
			return strings.TrimSpace(text)
		}
	}
	t.Fatalf("nothing is selected:\n%s", d.Screen())
	return ""
}

func TestAnAnswerIsKeptAndAskedOn(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Guide, 160, 40)
	for range 80 {
		if strings.Contains(selected(t, d), "What did it reach beyond") {
			break
		}
		d.Keys("n")
	}
	d.Keys("enter").Type("The pool was shared by two services.").Keys("tab")
	if screen := d.Screen(); !strings.Contains(screen, "✓ What did it reach beyond") || !strings.Contains(screen, "What could have stopped it on that path") || !strings.Contains(screen, "dana, 20") {
		t.Fatalf("the answer leads nowhere:\n%s", screen)
	}
	d.Keys("f")
	if screen := d.Screen(); !strings.Contains(screen, "The pool was shared by two services.") {
		t.Fatalf("the condition does not begin with the answer:\n%s", screen)
	}
	before, said := len(recordOf(t, m, id).Factors), len(recordOf(t, m, id).Replies)
	d.Keys("enter")
	r := recordOf(t, m, id)
	if len(r.Factors) != before+1 || r.Factors[len(r.Factors)-1].Layer != model.LayerTechnical || len(r.Replies) != said {
		t.Fatalf("%d conditions, %d replies", len(r.Factors), len(r.Replies))
	}
	d.Keys("u u")
	if r := recordOf(t, m, id); len(r.Factors) != before || len(r.Replies) != said-1 {
		t.Errorf("after undo %d conditions, %d replies", len(r.Factors), len(r.Replies))
	}
}

// Passing over a question is kept nowhere, and n goes on to the next one.
func TestPassingOverIsFree(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Guide, 120, 36)
	first, changes := selected(t, d), recordOf(t, m, id)
	d.Keys("s")
	if selected(t, d) == first || !strings.Contains(d.Screen(), "1 passed over") {
		t.Errorf("it was not passed over:\n%s", d.Screen())
	}
	for range 200 {
		if !strings.Contains(d.Screen(), ", 0 to choose from") {
			d.Keys("n s")
		}
	}
	if !strings.Contains(d.Screen(), ", 0 to choose from") {
		t.Errorf("something is still open:\n%s", d.Screen())
	}
	if after := recordOf(t, m, id); len(after.Replies) != len(changes.Replies) {
		t.Error("passing over was written down")
	}
}

func TestAnItemIsLookedAtWithOneKey(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Guide, 120, 36)
	for range 120 {
		if strings.HasPrefix(selected(t, d), "·") {
			break
		}
		d.Keys("n")
	}
	before := len(recordOf(t, m, id).Replies)
	d.Keys("space")
	r := recordOf(t, m, id)
	if last := r.Replies[len(r.Replies)-1]; len(r.Replies) != before+1 || last.Answer != model.LookedAt || last.By != "dana" {
		t.Errorf("%+v", r.Replies)
	}
}

func recordOf(t *testing.T, m *uitest.Memory, id model.ID) *model.Record {
	t.Helper()
	r, err := m.Record(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
