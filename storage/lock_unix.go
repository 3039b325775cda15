//go:build unix

package storage

import (
	"fmt"
	"os"
	"syscall"
)

// lockFile fails when another process, or another store of this one, has the file locked. The system lets
// go of the lock when the process ends.
func lockFile(file *os.File) error {
	return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}

// fileNumber is the number of a file on its disk, which a copy does not share.
func fileNumber(info os.FileInfo) string {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return fmt.Sprintf("%d:%d", stat.Dev, stat.Ino)
	}
	return "0:0"
}
