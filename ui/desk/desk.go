// Package desk is what every screen has at hand: who works here, the words, the scale, the clock. It is
// set once at the start and never written by a screen.
package desk

import (
	"sync"
	"time"

	"aftermath/model"
	"aftermath/ui/cell"
)

// A Desk is shared by all screens. Its functions are pure but for NewID.
type Desk struct {
	Author   string
	Taxonomy model.Taxonomy
	Zone     *time.Location // where an incident names none
	Required []string       // fields of an incident that a publication needs
	Scale    model.Scale
	CutLine  int
	Editor   string         // the command of the person's editor; empty: $VISUAL, $EDITOR
	Profile  string         // of exports
	Step     string         // the step that an incident opens on
	Prompts  []model.Prompt // of the guided analysis
	Now      func() time.Time
	NewID    func(model.Type) model.ID
	Between  func(a, b string) string // a list position after a and before b
}

// ZoneFor is the zone that a screen writes its times in: that of the open incident, as long as there is one.
func (d *Desk) ZoneFor(r *model.Record) *time.Location {
	if r == nil {
		return d.Zone
	}
	return d.ZoneOf(r.Incident)
}

// ZoneOf is the zone in which an incident's times are typed and shown.
func (d *Desk) ZoneOf(i model.Incident) *time.Location { return d.ZoneNamed(i.Zone) }

// ZoneNamed is the zone of an incident by its name, and this machine's where there is none.
func (d *Desk) ZoneNamed(name string) *time.Location {
	if name == "" {
		return d.Zone
	}
	if z, known := zones.Load(name); known {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return d.Zone
	}
	zones.Store(name, z)
	return z
}

// zones are those that were looked up: every drawing of a screen asks, and the answer lies in a file.
var zones sync.Map

// Word is what people read for a value of a taxonomy list. A copy of the file may hold any text there, so
// it is made safe like all outside text.
func (d *Desk) Word(list, value string) string { return cell.Clean(d.Taxonomy.Label(list, value)) }
