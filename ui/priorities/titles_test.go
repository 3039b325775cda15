package priorities

import (
	"testing"

	"aftermath/ui/theme"
)

// A title stands where nothing is drawn, with a free cell on either side that lies in the picture.
func TestWhereATitleStands(t *testing.T) {
	for _, c := range []struct {
		name string
		x    int
		at   []int // what is drawn before
		want bool
	}{
		{"free", 3, nil, true}, {"at the left edge", 0, nil, true}, {"over the left edge", -1, nil, false}, {"at the right edge", 7, nil, true}, {"over the right edge", 8, nil, false},
		{"something before", 3, []int{2}, false}, {"a cell between before", 3, []int{1}, true}, {"something behind", 3, []int{6}, false}, {"a cell between behind", 3, []int{7}, true},
		{"something under the first", 3, []int{3}, false}, {"something under the last", 3, []int{5}, false},
	} {
		cv := newCanvas(10, 1)
		for _, x := range c.at {
			*cv.at(x, 0) = dot{"-", theme.Style{}, false}
		}
		if got := cv.title(c.x, 0, "abc", theme.Style{}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	th := theme.New("mono", true, theme.Dark)
	for text, want := range map[string]bool{"pool": true, "プール": false, "pöl": true, "e\u0301": false} {
		if got := (&Screen{}).paintTitle(th, newCanvas(40, 5), text, 10, 2); got != want {
			t.Errorf("%q is written: %v", text, got)
		}
	}
}
