//go:build unix

package storage

import (
	"errors"
	"syscall"
)

func isReadOnlyDisk(err error) bool { return errors.Is(err, syscall.EROFS) }
