package overlay

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/nav"
)

// Words says whose words a field holds, so that they are judged while they are typed. Every field that is
// judged says so here and nowhere else, and a remark is set aside here in one way for all of them.
type Words struct {
	Record *model.Record
	Type   model.Type
	ID     model.ID // empty for what is not in the file yet
	Field  string
	Part   func(text string) string // what of the typed line is judged; nil for all of it
}

// Remark is what there is to say about the text.
func (w *Words) Remark(text string) model.Remark {
	if w == nil || w.Record == nil {
		return model.Remark{}
	}
	if w.Part != nil {
		text = w.Part(text)
	}
	return w.Record.Remark(w.Type, w.ID, w.Field, text)
}

// Aside asks why the words are right as they stand, and sets the remark aside.
func Aside(incident model.ID, m model.Remark) tea.Cmd {
	e := &Edit{Name: "Why is it right as it stands?", Verb: "set it aside", Help: m.What + " One sentence. The remark stays away; undo brings it back."}
	e.Check = func(text string) (string, bool) { return "", strings.TrimSpace(text) != "" }
	e.Save = func(text string) tea.Cmd {
		return nav.Cmd(nav.Do{Gesture: m.Aside(incident, strings.TrimSpace(text)), Focus: m.Of, Say: "Set aside. u brings the remark back."})
	}
	return e.Open()
}
