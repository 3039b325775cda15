package publish

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
	"aftermath/ui/theme"
)

// unsealed tells why nothing can be approved yet.
func (s *Screen) unsealed() string {
	if s.record == nil {
		return "the record is still being read"
	}
	if _, ok := s.record.LastRevision(); !ok {
		return "no revision is sealed yet"
	}
	return ""
}

// review says of the newest revision that it is approved, or which changes are waited for.
func (s *Screen) review() tea.Cmd {
	v, _ := s.record.LastRevision()
	p := &overlay.Pick{Name: "What do you say of it?", Help: s.record.ReviewSentence(), Options: []overlay.Option{
		{Value: model.Approved, Label: s.desk.Word("verdict", model.Approved), Help: "This revision, with its digest. A later one is to be approved anew."},
		{Value: model.ChangesAwaited, Label: s.desk.Word("verdict", model.ChangesAwaited), Help: "Say which."},
	}}
	p.Done = func(verdict []string) tea.Cmd {
		if verdict[0] == model.Approved {
			return s.said(v, model.Approved, "")
		}
		e := &overlay.Edit{Name: "What is to be changed first?", Multi: true, Draft: string(model.ApprovalID(v.ID, s.desk.Author))}
		e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
		e.Save = func(text string) tea.Cmd { return s.said(v, model.ChangesAwaited, strings.TrimSpace(text)) }
		return e.Open()
	}
	return p.Open()
}

func (s *Screen) said(v model.Revision, verdict, note string) tea.Cmd {
	return nav.Cmd(nav.Do{Gesture: model.Approve(s.record, v, verdict, note, s.desk.Author, s.desk.Now())})
}

// reviewed lists what people said of the newest revision.
func (s *Screen) reviewed(th *theme.Theme, w int) (lines []string) {
	v, ok := s.record.LastRevision()
	if !ok {
		return nil
	}
	for _, l := range cell.Wrap(s.record.ReviewSentence(), w-4) {
		lines = append(lines, "   "+th.Soft.Paint(l))
	}
	for _, a := range s.record.ApprovalsOf(v.ID) {
		if a.Note != "" {
			for _, l := range cell.Wrap(cell.Clean(a.By)+": "+cell.CleanText(a.Note), w-6) {
				lines = append(lines, "     "+th.Text.Paint(l))
			}
		}
	}
	return lines
}
