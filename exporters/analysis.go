package exporters

import (
	"slices"
	"strings"

	"aftermath/model"
)

func (d *document) conditions() {
	if len(d.Record.Factors) == 0 {
		return
	}
	d.heading(2, "Contributing conditions")
	if s := model.Align(d.Record.Factors).Sentence; s != "" {
		d.block(s)
	}
	d.mermaid(flowchart(d.Retro))
	for _, layer := range d.layers() {
		d.layer(layer)
	}
	d.interactions()
}

func (d *document) layer(layer model.Word) {
	var rows [][]string
	var details []model.Factor
	for _, f := range d.Record.Factors {
		if d.layerOf(f) != layer.Value || !f.Condition() {
			continue
		}
		part := d.label("factor_role", f.Role)
		if f.Area != "" {
			part = strings.TrimPrefix(part+", "+strings.ToLower(d.label("area", f.Area)), ", ")
		}
		rows = append(rows, []string{d.named(f.ID, f.Statement), part, d.label("without", f.Without), d.cited(f), d.cell(f.Team)})
		if strings.TrimSpace(f.Detail) != "" {
			details = append(details, f)
		}
	}
	if rows == nil {
		return
	}
	title := d.cell(layer.Label)
	if title == "" {
		title = "Without a layer"
	}
	d.heading(3, title)
	d.table([]string{"Condition", "Part", "Without it", "Evidence", "Team that can change it"}, rows, 1)
	for _, f := range details {
		d.text(d.cell(d.ShortID(f.ID)), f.Detail)
	}
}

// cited is when the evidence of a factor was, or that it is a hypothesis.
func (d *document) cited(f model.Factor) string {
	var times []string
	for _, id := range f.Evidence {
		if e, ok := d.lines.cited[id]; ok {
			times = append(times, d.clock.event(e))
		}
	}
	if times == nil {
		return "hypothesis"
	}
	slices.Sort(times)
	return strings.Join(slices.Compact(times), ", ")
}

func (d *document) interactions() {
	var rows [][]string
	for _, l := range d.Record.Interactions {
		from, okFrom := d.factor(l.From)
		to, okTo := d.factor(l.To)
		if !okFrom || !okTo {
			continue
		}
		how := strings.ToLower(d.label("interaction", l.Kind))
		if how == "" {
			how = "acted on"
		}
		rows = append(rows, []string{d.named(from.ID, from.Statement), how, d.named(to.ID, to.Statement)})
	}
	if rows != nil {
		d.heading(3, "How they acted on one another")
		d.table([]string{"This condition", "did what", "to this one"}, rows, 3)
	}
}

func (d *document) prevention() {
	i := d.Record.Incident
	if i.PreventTechnical+i.PreventHuman+i.PreventProcess == "" {
		return
	}
	d.heading(2, "What change would have prevented or mitigated this")
	d.text("Technical", i.PreventTechnical)
	d.text("Human", i.PreventHuman)
	d.text("Process", i.PreventProcess)
}

// fortune is what helped and what was luck, in words and as conditions.
func (d *document) fortune() {
	for _, part := range []struct{ title, text, role, lead string }{
		{"What went well", d.Record.Incident.WentWell, "mitigator", "Noted among the conditions as what helped:"},
		{"Where we got lucky", d.Record.Incident.Lucky, "luck", "Noted among the conditions as luck:"},
	} {
		var items []string
		for _, f := range d.Record.Factors {
			if f.Role == part.role {
				items = append(items, d.fortunate(f))
			}
		}
		if items == nil && strings.TrimSpace(part.text) == "" {
			continue
		}
		d.heading(2, part.title)
		d.text("", part.text)
		if items != nil {
			d.block(part.lead)
			d.list(items)
		}
	}
}

func (d *document) fortunate(f model.Factor) string {
	s := d.named(f.ID, strings.TrimRight(f.Statement, "."))
	if f.Without != "" && f.Without != "unknown" {
		s += " (without it: " + strings.ToLower(d.label("without", f.Without)) + ")"
	}
	return s + "; evidence: " + d.cited(f) + "."
}
