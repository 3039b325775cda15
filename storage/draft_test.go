package storage

import (
	"os"
	"path/filepath"
	"testing"
)

func TestDraftsArePrivateAndSurvive(t *testing.T) {
	s := open(t)
	must(t, s.SaveDraft("N-1/summary", "half a sent"))
	must(t, s.SaveDraft("N-1/summary", "half a sentence"))
	if text, ok := s.Draft("N-1/summary"); !ok || text != "half a sentence" {
		t.Errorf("%q %v", text, ok)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(s.opt.Leases), "drafts", "*", "*"))
	must(t, err)
	if len(files) != 1 {
		t.Fatal(files)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	must(t, s.Close())
	again := openAt(t, s.path, s.opt.Leases, "maya")
	if text, ok := again.Draft("N-1/summary"); !ok || text != "half a sentence" {
		t.Errorf("after a restart: %q %v", text, ok)
	}
	must(t, again.DropDraft("N-1/summary"))
	must(t, again.DropDraft("N-1/summary"))
	if _, ok := again.Draft("N-1/summary"); ok {
		t.Error("a dropped draft is there")
	}
}
