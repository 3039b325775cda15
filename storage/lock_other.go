//go:build !unix

package storage

import "os"

// lockFile does nothing where there are no advisory locks: every other site then counts as ended, which
// only matters to undo.
func lockFile(*os.File) error { return nil }

// fileNumber is unknown here: the path and the machine have to do.
func fileNumber(os.FileInfo) string { return "0:0" }
