//go:build linux || darwin

package e2e

import "testing"

func TestCutSequencesWait(t *testing.T) {
	for text, whole := range map[string]int{"": 0, "ab": 2, "a\x1b[3": 1, "a\x1b": 1, "a\xe2\x96": 1, "a▌": 4, "\x1b[1mx": 5, "\x1b]2;ti": 0} {
		if got := wholeSequences([]byte(text)); got != whole {
			t.Errorf("%q: %d bytes are whole, want %d", text, got, whole)
		}
	}
}
