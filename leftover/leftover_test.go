package leftover

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestSweepRemovesWhatNobodyHolds(t *testing.T) {
	dir := t.TempDir()
	folder := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		return path
	}
	living, killed, bare, other := folder("demo-1"), folder("demo-2"), folder("demo-3"), folder("other")
	release, err := Hold(living)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(killed, mark), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	all := func(os.FileInfo) bool { return true }
	Sweep(filepath.Join(dir, "demo-*"), time.Now(), all)
	for path, stays := range map[string]bool{living: true, killed: false, bare: true, other: true} {
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("at once, %s: %v, want stays %v", path, err, stays)
		}
	}
	later := time.Now().Add(2 * unmarked)
	Sweep(filepath.Join(dir, "demo-*"), later, all)
	for path, stays := range map[string]bool{living: true, killed: false, bare: false, other: true} {
		if _, err := os.Stat(path); (err == nil) != stays {
			t.Errorf("%s: %v, want stays %v", path, err, stays)
		}
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	Sweep(filepath.Join(dir, "demo-*"), later, all)
	if _, err := os.Stat(living); err == nil {
		t.Error("what was released stays")
	}
}
