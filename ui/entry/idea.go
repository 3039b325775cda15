package entry

import (
	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/desk"
	"aftermath/ui/nav"
)

// Idea parks an idea from wherever one is, so that nobody has to leave what the room is at. say is told then.
func Idea(d *desk.Desk, r *model.Record, say string) tea.Cmd {
	env := Env(d, r)
	return Line{
		Name: "An idea, parked until the timeline is agreed", Help: ActionHelp, Draft: string(r.Incident.ID) + "." + model.StageIdea,
		Record: r, Type: model.TypeAction,
		Read: func(text string) (model.Captured, error) { return model.CaptureAction(text, env) },
		Save: func(c model.Captured) nav.Do {
			_, g := NewAction(d, r, c, model.StageIdea)
			return nav.Do{Gesture: g, Say: say}
		},
	}.Open()
}
