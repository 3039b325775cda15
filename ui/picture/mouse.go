package picture

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Mouse zooms with the wheel at the pointer, and selects what is clicked on or dragged over.
func (s *Screen) Mouse(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	col := m.X - margin(s.w)
	if !s.ready || s.seen.total == 0 {
		return nil
	}
	s.placed = true
	over := col >= 0 && col < s.win.cols
	switch msg.(type) {
	case tea.MouseWheelMsg:
		if over && (m.Button == tea.MouseWheelUp || m.Button == tea.MouseWheelDown) {
			return s.zoom(m.Button == tea.MouseWheelUp, col)
		}
	case tea.MouseClickMsg:
		if lane, ok := s.laneAt(m.Y); ok {
			s.lanes.At = lane
		}
		if over && m.Button == tea.MouseLeft {
			s.at, s.drag, s.anchor = s.win.at(col), s.win.at(col), time.Time{}
		}
	case tea.MouseMotionMsg:
		if m.Button == tea.MouseLeft && !s.drag.IsZero() {
			s.at, s.anchor = s.win.at(s.win.inside(col)), s.drag
		}
	case tea.MouseReleaseMsg:
		s.drag = time.Time{}
	}
	return nil
}
