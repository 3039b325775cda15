package exporters

import (
	"slices"

	"aftermath/model"
)

// A picture is the timeline as a drawing.
type picture struct{ d *document }

func newPicture(d *document) figure {
	if d.Record.Incident.Started.IsZero() && len(d.body) == 0 {
		return nil
	}
	return &picture{d}
}

func (p *picture) mermaid() string { return gantt(p.d.Record.Incident, p.d.body, p.d.Zone) }

func (p *picture) caption() string {
	return "The timeline: phases between the key moments, and what happened in them"
}

// The causes are the map of how conditions acted on one another.
type causes struct{ d *document }

func newCauses(d *document) figure {
	if len(d.Record.Interactions) == 0 {
		return nil
	}
	return &causes{d}
}

func (c *causes) mermaid() string { return flowchart(c.d.Retro) }

func (c *causes) caption() string {
	if c.crowded() {
		return model.Counted(len(c.d.Record.Factors), "condition") + " and " + model.Counted(len(c.d.Record.Interactions), "arrow") + " are too many for a drawing; the tables below tell how they acted on one another"
	}
	return "How the conditions acted on one another, from cause to effect"
}

// The stakes are impact against effort, and the scores.
type stakes struct {
	d *document
	r model.Ranking
}

func newStakes(d *document, r model.Ranking) figure {
	if !slices.ContainsFunc(r.Ranked, func(x model.Ranked) bool { return x.Known }) {
		return nil
	}
	return &stakes{d, r}
}

func (s *stakes) mermaid() string { return "" }

func (s *stakes) caption() string { return "What each change is worth against what it costs" }
