package entry

import (
	"aftermath/model"
	"aftermath/ui/desk"
)

// Further says why a key that commits leaves an action alone: it is past being promised.
func Further(d *desk.Desk, a model.Action) string {
	return "It is committed and further: " + d.Word("action_stage", a.Stage) + "."
}
