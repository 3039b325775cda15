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
	d.say(model.Align(d.Record.Factors).Sentence)
	d.draw(newCauses(d))
	for _, layer := range d.layers() {
		d.layer(layer)
	}
	d.interactions()
}

func (d *document) layer(layer model.Word) {
	var rows [][]text
	var details []model.Factor
	for _, f := range d.Record.Factors {
		if d.layerOf(f) != layer.Value || !f.Condition() {
			continue
		}
		part := d.label("factor_role", f.Role)
		if f.Area != "" {
			part = strings.TrimPrefix(part+", "+strings.ToLower(d.label("area", f.Area)), ", ")
		}
		cells := row(d.named(f.ID, "statement", f.Statement), part, d.label("without", f.Without))
		if d.audience == Engineering {
			cells = append(cells, words(d.cited(f)), words(from(f.ID, "team", f.Team)))
		}
		rows = append(rows, cells)
		if strings.TrimSpace(f.Detail) != "" && d.audience == Engineering {
			details = append(details, f)
		}
	}
	if rows == nil {
		return
	}
	title := layer.Label
	if title == "" {
		title = "Without a layer"
	}
	d.heading(3, title)
	head := []string{"Condition", "Part", "Without it", "Evidence", "Team that can change it"}
	d.table(head[:len(rows[0])], rows, 1)
	for _, f := range details {
		d.prose(d.ShortID(f.ID), f.ID, "detail", f.Detail)
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
	var rows [][]text
	for _, l := range d.Record.Interactions {
		cause, okCause := d.factor(l.From)
		effect, okEffect := d.factor(l.To)
		if !okCause || !okEffect {
			continue
		}
		how := strings.ToLower(d.label("interaction", l.Kind))
		if how == "" {
			how = "acted on"
		}
		rows = append(rows, row(d.named(cause.ID, "statement", cause.Statement), how, d.named(effect.ID, "statement", effect.Statement)))
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
	d.prose("Technical", i.ID, "prevent_technical", i.PreventTechnical)
	d.prose("Human", i.ID, "prevent_human", i.PreventHuman)
	d.prose("Process", i.ID, "prevent_process", i.PreventProcess)
}

// fortune is what helped and what was luck, in words and as conditions.
func (d *document) fortune() {
	i := d.Record.Incident
	for _, part := range []struct{ title, field, text, role, lead string }{
		{"What went well", "went_well", i.WentWell, "mitigator", "Noted among the conditions as what helped:"},
		{"Where we got lucky", "lucky", i.Lucky, "luck", "Noted among the conditions as luck:"},
	} {
		var items []text
		for _, f := range d.Record.Factors {
			if f.Role == part.role {
				items = append(items, d.fortunate(f))
			}
		}
		if items == nil && strings.TrimSpace(part.text) == "" {
			continue
		}
		d.heading(2, part.title)
		d.prose("", i.ID, part.field, part.text)
		if items != nil {
			d.say(part.lead)
			d.list(items)
		}
	}
}

func (d *document) fortunate(f model.Factor) text {
	t := d.named(f.ID, "statement", strings.TrimRight(f.Statement, "."))
	if f.Without != "" && f.Without != "unknown" {
		t = words(t, " (without it: "+strings.ToLower(d.label("without", f.Without))+")")
	}
	if d.audience != Engineering {
		return words(t, ".")
	}
	return words(t, "; evidence: "+d.cited(f)+".")
}
