package storage

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMergeRefuses(t *testing.T) {
	dir := t.TempDir()
	a, b := openAt(t, filepath.Join(dir, "a.db"), "", "maya"), openAt(t, filepath.Join(dir, "b.db"), "", "sam")
	newIncident(t, a, "one")
	newIncident(t, b, "two")
	want := dump(t, a)
	must(t, b.script(`UPDATE change SET value = '"forged"' WHERE seq = 2`))
	must(t, b.Close())
	text := filepath.Join(dir, "text.db")
	must(t, os.WriteFile(text, bytes.Repeat([]byte("text "), 100), 0o600))
	for path, says := range map[string]string{b.path: "change 2 of site", text: "not a data file", a.path: "open file itself", filepath.Join(dir, "none.db"): "no such file"} {
		if _, err := a.Merge(bg, path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if got := dump(t, a); got != want {
		t.Error(difference(want, got))
	}
}
