package widget

import "fmt"

// A Scroll is where a text stands that is longer than its room. It stops at the end, so that every key moves something
// that is seen. Keys come between two drawings, so it remembers the end from the last of them.
type Scroll struct{ top, end, page, total int }

// Key moves, and reports whether the key was one that does.
func (s *Scroll) Key(k string) bool {
	page := max(1, s.page-2)
	switch k {
	case "up", "k":
		s.top--
	case "down", "j":
		s.top++
	case "pgup":
		s.top -= page
	case "pgdown", "space":
		s.top += page
	case "home":
		s.top = 0
	case "end":
		s.top = s.end
	default:
		return false
	}
	s.top = max(0, min(s.top, s.end))
	return true
}

// Reset goes back to the beginning.
func (s *Scroll) Reset() { s.top = 0 }

// Window is the first line that is seen in h rows, and the one after the last.
func (s *Scroll) Window(total, h int) (from, to int) {
	s.page, s.total, s.end = h, total, max(0, total-h)
	s.top = min(s.top, s.end)
	return s.top, min(total, s.top+max(0, h))
}

// Place says where it stands: "line 12 of 80".
func (s *Scroll) Place() string { return fmt.Sprintf("line %d of %d", min(s.top+1, s.total), s.total) }
