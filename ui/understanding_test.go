package ui_test

import (
	"strings"
	"testing"

	"aftermath/ui/nav"
)

func TestTheHistoryIsToldInWords(t *testing.T) {
	m, id := sample(t)
	d := open(t, options(m), id, nav.Factors, 120, 36)
	d.Keys("a").Type("process: nobody owns the limit").Keys("enter").Keys("g y w end enter")
	screen := d.Screen()
	if !strings.Contains(screen, "understood otherwise since the start") || !strings.Contains(screen, "▌ ") {
		t.Fatalf("nothing is told:\n%s", screen)
	}
	for range 400 {
		if strings.Contains(d.Screen(), "Named: “nobody owns the limit” (process)") {
			break
		}
		d.Keys("down")
	}
	if !strings.Contains(d.Screen(), "Named: “nobody owns the limit” (process)") {
		t.Errorf("the new condition is not told:\n%s", d.Screen())
	}
	check(t, d, 120, 36, "words")
	d.Keys("esc")
	if !strings.Contains(d.Screen(), "before") {
		t.Errorf("esc does not lead back to the log:\n%s", d.Screen())
	}
}
