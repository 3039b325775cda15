package ui_test

import (
	"path/filepath"
	"testing"

	"aftermath/ui/nav"
	"aftermath/ui/uitest"
)

// TestPictures keeps the pictures of the README true: each is made from the program as it is.
func TestPictures(t *testing.T) {
	for _, p := range []struct {
		name  string
		place nav.Place
		keys  string
		w, h  int
	}{
		{"frame", nav.Frame, "", 120, 34},
		{"timeline", nav.Timeline, "pgdown down down down down down down", 120, 34},
		{"picture", nav.Picture, "i n", 120, 30},
		{"inbox", nav.Inbox, "down down down down down x", 120, 34},
		{"factors", nav.Factors, "", 120, 30},
		{"map", nav.Factors, "m", 120, 44},
		{"guide", nav.Guide, "n n n n", 120, 30},
		{"actions", nav.Actions, "", 120, 28},
		{"priorities", nav.Priorities, "", 120, 22},
		{"ranges", nav.Priorities, "v v", 120, 30},
		{"verification", nav.Verification, "", 120, 34},
		{"publish", nav.Publish, "", 120, 30},
		{"present", nav.Present, "right right right right right", 120, 26},
	} {
		m, id := sample(t)
		d := open(t, options(m), id, p.place, p.w, p.h)
		d.Keys(p.keys)
		uitest.File(t, filepath.Join("..", "docs", "pictures", p.name+".svg"), uitest.Picture(d.Styled(), p.w, p.h))
	}
}
