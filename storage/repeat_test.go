package storage

import (
	"bytes"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// The same history gives the same files, byte for byte: nothing hangs on the order of a map or on a clock.
func TestSameHistoryGivesSameBytes(t *testing.T) {
	t.Parallel()
	empty, dir := blank(t), t.TempDir()
	for seed := range int64(often(10)) {
		choices := make([]byte, 1<<18)
		rand.New(rand.NewSource(seed)).Read(choices)
		var runs [2]map[string][]byte
		for i := range runs {
			rapid.MakeFuzz(func(t *rapid.T) {
				runs[i] = play(t, empty, dir, map[string]int{}).files()
			})(t, choices)
		}
		if !maps.EqualFunc(runs[0], runs[1], bytes.Equal) {
			t.Errorf("history %d differs when it is played again", seed)
		}
	}
}

// files closes the copies and reads them whole.
func (w *world) files() map[string][]byte {
	files := map[string][]byte{}
	for _, s := range w.sites {
		if err := s.Close(); err != nil {
			w.t.Fatal(err)
		}
		data, err := os.ReadFile(s.path)
		if err != nil {
			w.t.Fatal(err)
		}
		files[filepath.Base(s.path)] = data
	}
	return files
}
