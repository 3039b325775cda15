//go:build unix

package storage

import (
	"os"
	"syscall"
)

// lockFile fails when another process, or another store of this one, has the file locked. The system lets
// go of the lock when the process ends.
func lockFile(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
