//go:build !unix

package storage

func isReadOnlyDisk(error) bool { return false }
