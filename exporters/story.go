package exporters

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

func (d *document) times() {
	i := d.Record.Incident
	var moments, measures [][]text
	for _, m := range i.Moments() {
		if !m.At.IsZero() {
			moments = append(moments, row(m.Label, d.clock.moment(m.At)))
		}
	}
	if moments == nil {
		return
	}
	var doubts []string
	remarks := false
	for _, t := range i.Durations() {
		switch {
		case t.Known:
			measures = append(measures, row(t.Name, model.FormatDuration(t.Value), t.Definition, t.Doubt))
			remarks = remarks || t.Doubt != ""
		case t.Doubt != "":
			doubts = append(doubts, t.Name+" is not known: "+t.Doubt)
		}
	}
	d.heading(2, "Times")
	d.say("All times are in " + d.clock.name(later(i.Started, i.Detected)) + ".")
	d.table([]string{"Moment", "Time"}, moments, 2)
	head := []string{"Measure", "Length", "Definition", "Remark"}
	if !remarks {
		head = head[:3]
		for n := range measures {
			measures[n] = measures[n][:3]
		}
	}
	d.table(head, measures, 2)
	for _, f := range i.MomentDoubts() {
		if !slices.ContainsFunc(doubts, func(known string) bool { return strings.HasSuffix(known, f.What) }) {
			doubts = append(doubts, f.What)
		}
	}
	var items []text
	for _, doubt := range doubts {
		items = append(items, words(doubt))
	}
	d.list(items)
}

func (d *document) happened() {
	i := d.Record.Incident
	if i.Context == "" && len(d.body) == 0 {
		return
	}
	d.heading(2, "What happened")
	d.prose("", i.ID, "context", i.Context)
	d.draw(newPicture(d))
	d.timelineTable(d.body)
	if n := len(d.lines.unmarked) + d.lines.rest; n > mostUnmarked {
		how := "listed"
		if d.lines.rest > 0 {
			how = "counted"
		}
		d.say(fmt.Sprintf("%d more lines are %s under Evidence and provenance.", n, how))
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
			head += ", " + from(e.ID, "actor", e.Actor).text
		}
		d.say(span{text: head + ".", strong: true, of: e.ID, field: "actor"}, " ", from(e.ID, "title", e.Title))
		var items []text
		for _, n := range []struct{ label, field, text string }{{"Signals", "signals", e.Signals}, {"Belief", "belief", e.Belief},
			{"Decision", "decision", e.Decision}, {"Why it made sense", "why", e.Why}} {
			if n.text != "" {
				items = append(items, words(n.label+": ", from(e.ID, n.field, n.text)))
			}
		}
		d.list(items)
	}
}

func (d *document) timelineTable(events []model.Event) {
	several := slices.ContainsFunc(events, func(e model.Event) bool { return e.Source != events[0].Source }) // one is told under the evidence
	var rows [][]text
	for _, e := range events {
		part := d.label("event_role", e.Role)
		if part == "" {
			part = d.label("event_kind", e.Kind)
		}
		source := ""
		if several {
			source = sourceName(e.Source)
		}
		rows = append(rows, row(d.clock.event(e), d.told(e), part, from(e.ID, "actor", e.Actor), source))
	}
	d.tableAs(block{head: []string{"Time", "What happened", "Part", "Who or what", "Source"}, rows: rows, lead: 2, story: true})
}

// told is what a line says, after the key moment that it marks.
func (d *document) told(e model.Event) text {
	title := from(e.ID, "title", e.Title)
	t := words(title)
	if moment := d.label("moment", e.Moment); moment != "" {
		t = words(strong(moment))
		if set := d.setApart(e); set != "" {
			t = words(t, " (counted from "+set+")")
		}
		if !strings.EqualFold(moment, title.text) {
			t = words(t, ": ", title)
		}
	}
	if e.Merged > 0 {
		t = words(t, fmt.Sprintf(" (told by %s more)", model.Counted(e.Merged, "line")))
	}
	return t
}

// setApart is the time that the measures count a key moment from, where the line that marks it has another one.
func (d *document) setApart(e model.Event) string {
	for _, m := range d.Record.Incident.Moments() {
		if set := d.clock.moment(m.At); m.Field == e.Moment && !m.At.IsZero() && !m.At.Equal(e.At) && set != d.clock.at(e.At, e.Precision) {
			return set
		}
	}
	return ""
}

// sourceName names where a line comes from; what people wrote is told apart from what was recorded.
func sourceName(name string) string {
	if name == model.SourceHand {
		return "by hand"
	}
	return name
}
