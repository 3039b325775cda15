package entry

import (
	"aftermath/model"
	"aftermath/ui/desk"
)

// NewFactor is the gesture that makes a condition of a captured line, at the end of the list. The layer is that
// of the line, else the one that is given.
func NewFactor(d *desk.Desk, r *model.Record, c model.Captured, layer string) (model.ID, model.Gesture) {
	id := d.NewID(model.TypeFactor)
	g := c.Gesture(r.Incident.ID, id).
		Set(model.TypeFactor, id, "by", d.Author).
		Set(model.TypeFactor, id, "pos", d.Between(LastPos(r.Factors, func(f model.Factor) string { return f.Pos }), ""))
	if c.Get("layer") == nil && layer != "" {
		g = g.Set(model.TypeFactor, id, "layer", layer)
	}
	return id, g
}

// NewAction is the gesture that makes an action of a captured line, at the end of the list, for the conditions that
// it answers.
func NewAction(d *desk.Desk, r *model.Record, c model.Captured, stage string, answers ...model.ID) (model.ID, model.Gesture) {
	id := d.NewID(model.TypeAction)
	g := c.Gesture(r.Incident.ID, id).
		Set(model.TypeAction, id, "stage", stage).
		Set(model.TypeAction, id, "pos", d.Between(LastPos(r.Actions, func(a model.Action) string { return a.Pos }), ""))
	for _, f := range answers {
		g = g.Set(model.TypeAction, id, model.Member("factors", string(f)), true)
	}
	return id, g
}
