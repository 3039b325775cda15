package model

import (
	"strings"

	"aftermath/safetext"
)

// CleanText is text that is safe to show: without control characters, terminal escape sequences and
// marks that reorder what stands beside them. Line ends stay, a tab becomes a space. The file keeps
// the original.
func CleanText(s string) string { return safetext.Text(s) }

// CleanLine is CleanText on one line.
func CleanLine(s string) string {
	s = CleanText(s)
	if strings.ContainsRune(s, '\n') {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}
