//go:build unix

package storage

import (
	"errors"
	"syscall"
)

func isFullDisk(err error) bool { return errors.Is(err, syscall.ENOSPC) }

func isReadOnlyDisk(err error) bool { return errors.Is(err, syscall.EROFS) }
