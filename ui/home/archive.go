package home

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// archive puts the selected retrospective away, or brings it back.
func (s *Screen) archive() tea.Cmd {
	line, ok := s.here()
	if !ok {
		return nil
	}
	if s.stored {
		return nav.Cmd(nav.Do{Gesture: model.Unarchive(line.ID), Say: "Back in the list. u puts it away again."})
	}
	return nav.Cmd(nav.Do{Gesture: model.Archive(line.ID, s.desk.Now()), Say: "Archived. A shows the archive, u takes it back."})
}

// switchLists shows the archive instead of the list, or the list again.
func (s *Screen) switchLists() tea.Cmd {
	s.stored = !s.stored
	s.list.At, s.list.Top, s.record = 0, 0, nil
	return s.read(0)
}

// archiveKeys adds the key that goes back.
func (s *Screen) archiveKeys() []string {
	if s.stored {
		return []string{"A", "esc"}
	}
	return []string{"A"}
}

// wayOut stands in the foot while the archive is shown.
func (s *Screen) wayOut() string {
	if s.stored {
		return "leave the archive"
	}
	return ""
}

// remove asks before it takes a whole retrospective away: what is in it is hidden with it.
func (s *Screen) remove() tea.Cmd {
	line, ok := s.here()
	if !ok {
		return nil
	}
	say := fmt.Sprintf("Removed %q. u brings it back.", cell.Clean(line.Title))
	return overlay.Open(&overlay.Ask{Name: "Remove this retrospective?", Yes: "remove it", Do: nav.Cmd(nav.Do{Gesture: model.Remove(line.ID), Say: say}),
		Text: fmt.Sprintf("%q with its %s, %s and %s. The history keeps all of it, and u brings it back. To put it away only, choose a instead.", cell.Clean(line.Title),
			model.Counted(line.Events, "event"), model.Counted(line.Factors, "condition"), model.Counted(line.Actions, "action"))})
}
