//go:build !unix

package storage

func isFullDisk(error) bool { return false }

func isReadOnlyDisk(error) bool { return false }
