package exporters

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

func (d *document) times() {
	i := d.Record.Incident
	var moments, measures [][]string
	for _, m := range i.Moments() {
		if !m.At.IsZero() {
			moments = append(moments, []string{m.Label, d.clock.moment(m.At)})
		}
	}
	if moments == nil {
		return
	}
	var doubts []string
	for _, t := range i.Durations() {
		switch {
		case t.Known:
			measures = append(measures, []string{t.Name, model.FormatDuration(t.Value), t.Definition, d.cell(t.Doubt)})
		case t.Doubt != "":
			doubts = append(doubts, t.Name+" is not known: "+d.cell(t.Doubt))
		}
	}
	d.heading(2, "Times")
	d.block("All times are in " + d.cell(d.clock.name(later(i.Started, i.Detected))) + ".")
	d.table([]string{"Moment", "Time"}, moments, 2)
	head := []string{"Measure", "Length", "Definition", "Remark"}
	if !slices.ContainsFunc(measures, func(row []string) bool { return row[3] != "" }) {
		head = head[:3]
		for n := range measures {
			measures[n] = measures[n][:3]
		}
	}
	d.table(head, measures, 2)
	for _, f := range i.MomentDoubts() {
		if !slices.ContainsFunc(doubts, func(known string) bool { return strings.HasSuffix(known, d.cell(f.What)) }) {
			doubts = append(doubts, d.cell(f.What))
		}
	}
	d.list(doubts)
}

func (d *document) happened() {
	i := d.Record.Incident
	if i.Context == "" && len(d.body) == 0 {
		return
	}
	d.heading(2, "What happened")
	d.text("", i.Context)
	d.mermaid(gantt(i, d.body, d.Zone))
	d.timelineTable(d.body)
	if n := len(d.lines.unmarked) + d.lines.rest; n > mostUnmarked {
		how := "listed"
		if d.lines.rest > 0 {
			how = "counted"
		}
		d.block(fmt.Sprintf("%d more lines are %s under Evidence and provenance.", n, how))
	}
	var noted []model.Event
	for _, e := range d.body {
		if hasNotes(&e) {
			noted = append(noted, e)
		}
	}
	if noted == nil {
		return
	}
	d.heading(3, "What people saw, believed and decided")
	for _, e := range noted {
		head := d.clock.event(e)
		if e.Actor != "" {
			head += ", " + d.cell(e.Actor)
		}
		d.block("**" + head + ".** " + d.cell(e.Title))
		var items []string
		for _, n := range []struct{ label, text string }{{"Signals", e.Signals}, {"Belief", e.Belief}, {"Decision", e.Decision}, {"Why it made sense", e.Why}} {
			if n.text != "" {
				items = append(items, n.label+": "+d.cell(n.text))
			}
		}
		d.list(items)
	}
}

func (d *document) timelineTable(events []model.Event) {
	var rows [][]string
	for _, e := range events {
		what := d.cell(e.Title)
		if moment := d.label("moment", e.Moment); moment != "" && !strings.EqualFold(moment, what) {
			what = "**" + moment + "**: " + what
		} else if moment != "" {
			what = "**" + moment + "**"
		}
		if e.Merged > 0 {
			what += fmt.Sprintf(" (told by %s more)", model.Counted(e.Merged, "line"))
		}
		part := d.label("event_role", e.Role)
		if part == "" {
			part = d.label("event_kind", e.Kind)
		}
		rows = append(rows, []string{d.clock.event(e), what, part, d.cell(e.Actor), d.source(e.Source)})
	}
	if !d.align {
		d.table([]string{"Time", "What happened", "Part", "Who or what", "Source"}, rows, 2)
		return
	}
	var items []string
	for _, row := range rows {
		facts := slices.DeleteFunc(row[2:], func(c string) bool { return c == "" })
		items = append(items, row[0]+" "+row[1]+" ("+strings.Join(facts, ", ")+")")
	}
	d.list(items)
}

// source names where a line comes from; what people wrote is told apart from what was recorded.
func (d *document) source(name string) string {
	if name == model.SourceHand {
		return "by hand"
	}
	return d.cell(name)
}
