// Package leftover removes what programs that were killed left behind. Whatever a program makes for itself, it
// holds by a lock that ends with the process, however that ends; the next program removes what nobody holds.
package leftover

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// mark is the file in a held folder that carries the lock.
const mark = "held"

// Hold marks a file or folder as in use until release is called or the process ends. It fails when another program
// swept the file before it was held.
func Hold(path string) (release func() error, err error) {
	mine, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	lock := flock.New(lockOf(path), flock.SetPermissions(0o600))
	if _, err := lock.TryLock(); err != nil {
		return nil, err
	}
	if there, err := os.Stat(path); err != nil || !os.SameFile(mine, there) {
		return nil, errors.Join(fs.ErrNotExist, lock.Unlock())
	}
	return lock.Unlock, nil
}

func lockOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return filepath.Join(path, mark)
	}
	return path
}

// unmarked is how old a folder without its mark must be: another program may just be making it.
const unmarked = time.Hour

// Sweep removes the files and folders of a pattern that nobody holds and that remove allows. What cannot be removed
// stays: it does no harm.
func Sweep(pattern string, now time.Time, remove func(os.FileInfo) bool) {
	paths, _ := filepath.Glob(pattern)
	for _, path := range paths {
		info, err := os.Lstat(path)
		if err != nil || !info.IsDir() && !info.Mode().IsRegular() || !remove(info) {
			continue
		}
		if _, err := os.Stat(lockOf(path)); err != nil && now.Sub(info.ModTime()) < unmarked {
			continue
		}
		if !held(lockOf(path)) {
			os.RemoveAll(path)
		}
	}
}

// held reports whether another process holds the lock of a file. Without the file, nobody does.
func held(path string) bool {
	if _, err := os.Stat(path); err != nil {
		return false
	}
	lock := flock.New(path)
	free, err := lock.TryLock()
	if free {
		lock.Unlock()
	}
	return !free || err != nil
}
