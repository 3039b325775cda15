package evidence

import (
	"strings"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/theme"
)

// Moment adds to the gesture that names the key moment of an event: the incident gets its time. It loses the one
// that it had from this event when the event marks that moment no longer.
func Moment(field string, i model.Incident, e model.Event, g model.Gesture) model.Gesture {
	if field != "moment" {
		return g
	}
	m, _ := g.Edits[0].Value.(string)
	for _, was := range i.Moments() {
		if was.Field == e.Moment && was.Field != m && was.At.Equal(e.At) {
			g = g.Set(model.TypeIncident, i.ID, was.Field, nil)
		}
	}
	if m == "" {
		return g
	}
	g.Label = "mark a key moment"
	return g.Set(model.TypeIncident, i.ID, m, model.FormatTime(e.At))
}

// Who is the name of who acted, as it is written before the text of an event; empty when nobody is named.
func Who(e model.Event, w int) string {
	who := cell.Clean(e.Actor)
	if who == "" {
		return ""
	}
	return cell.Cut("@"+strings.TrimPrefix(who, "@"), w) + " "
}

// Notes are the marks of what is noted on an event: the key moment, and s b d w for what is filled in.
func Notes(th *theme.Theme, e model.Event) string {
	out := ""
	if e.Moment != "" {
		out += th.Glyph.Moment + cell.Clean(e.Moment) + " "
	}
	for _, n := range []struct{ mark, text string }{{"s", e.Signals}, {"b", e.Belief}, {"d", e.Decision}, {"w", e.Why}} {
		if n.text != "" {
			out += th.Glyph.Note + n.mark
		}
	}
	return out
}

// Given names the field of an event that holds somebody else's words: what a tool or a chat recorded is what
// was said then, until it is corrected here.
func Given(e model.Event) string {
	if e.Source == model.SourceHand || e.OriginalTitle != "" {
		return ""
	}
	return "title"
}
