// Package widget holds the parts that screens are made of. A widget knows nothing of the file.
package widget

// A List is the cursor and the scroll of a list of any length; it never holds the items.
type List struct {
	At  int // the selected row
	Top int // the first row on the screen
}

// Key moves the cursor for the keys that every list knows, and tells whether it knew this one. n is the
// number of rows, h the number on the screen.
func (l *List) Key(k string, n, h int) bool {
	page := max(1, h-1)
	switch k {
	case "up", "k":
		l.At--
	case "down", "j":
		l.At++
	case "pgup":
		l.At -= page
	case "pgdown", "space":
		l.At += page
	case "home":
		l.At = 0
	case "end":
		l.At = n - 1
	default:
		return false
	}
	l.Clamp(n, h)
	return true
}

// Clamp keeps the cursor inside n rows and on a screen of h.
func (l *List) Clamp(n, h int) {
	l.At = max(0, min(l.At, n-1))
	l.Top = max(0, min(l.Top, l.At, n-h))
	if l.At >= l.Top+h {
		l.Top = l.At - h + 1
	}
}

// Window is the range of rows to draw on a screen of h rows. It does not move the list, so that drawing
// stays pure: the height may differ from the one of the last key.
func (l List) Window(n, h int) (from, to int) {
	l.Clamp(n, h)
	return l.Top, min(n, l.Top+h)
}
