package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestOnlyOldEmptyReportsAreSwept(t *testing.T) {
	dir, now := t.TempDir(), time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	for name, f := range map[string]struct {
		text string
		age  time.Duration
	}{
		"crash-1.txt": {"", 8 * 24 * time.Hour}, "crash-2.txt": {"", time.Hour}, "crash-3.txt": {"panic", 80 * 24 * time.Hour}, "notes.txt": {"", 80 * 24 * time.Hour},
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(f.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-f.age), now.Add(-f.age)); err != nil {
			t.Fatal(err)
		}
	}
	sweepReports(dir, now)
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, f := range files {
		left = append(left, f.Name())
	}
	if want := []string{"crash-2.txt", "crash-3.txt", "notes.txt"}; !slices.Equal(left, want) {
		t.Errorf("%q are left, want %q", left, want)
	}
}
