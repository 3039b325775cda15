package exporters

import (
	"fmt"
	"strings"

	"aftermath/model"
)

func (d *document) summary() {
	if strings.TrimSpace(d.Record.Incident.Summary) != "" {
		d.heading(2, "Summary")
		d.text("", d.Record.Incident.Summary)
		return
	}
	composed := d.composed()
	if composed[0] == "" {
		return
	}
	d.heading(2, "Summary")
	for _, paragraph := range composed {
		d.block(lineStart(paragraph))
	}
}

// composed is an executive summary made from the record: what happened and to whom, how it came
// about, and what is being done.
func (d *document) composed() []string {
	i := d.Record.Incident
	first := d.sentence(i.Title)
	if !i.Started.IsZero() {
		first = "On " + d.clock.day(i.Started) + " at " + d.clock.timeOfDay(i.Started, "minute") + " " + d.cell(d.clock.name(i.Started)) + ": " + first
	}
	for _, s := range d.timesInWords() {
		first += " " + s
	}
	paragraphs := []string{first}
	if impact := d.prose(i.Impact); len(impact) > 0 {
		paragraphs = append(paragraphs, impact[0].text)
	}
	if a := model.Align(d.Record.Factors); a.Conditions > 0 {
		paragraphs = append(paragraphs, a.Sentence)
	}
	if s := d.actionsInWords(); s != "" {
		paragraphs = append(paragraphs, s)
	}
	return paragraphs
}

// sentence ends text with a full stop.
func (d *document) sentence(text string) string {
	s := d.cell(strings.TrimSpace(text))
	if s != "" && !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

func (d *document) timesInWords() []string {
	known := map[string]string{}
	for _, t := range d.Record.Incident.Durations() {
		if t.Known {
			known[t.Short] = model.FormatDuration(t.Value)
		}
	}
	var s []string
	if known["TTD"] != "" {
		s = append(s, "It was detected after "+known["TTD"]+".")
	}
	switch {
	case known["TTM"] != "" && known["TTR"] != "" && known["TTM"] != known["TTR"]:
		s = append(s, "Users stopped feeling it after "+known["TTM"]+", and the system was back to normal after "+known["TTR"]+".")
	case known["TTR"] != "":
		s = append(s, "The system was back to normal after "+known["TTR"]+".")
	case known["TTM"] != "":
		s = append(s, "Users stopped feeling it after "+known["TTM"]+".")
	}
	return s
}

func (d *document) actionsInWords() string {
	var committed, done []string
	for _, x := range model.Rank(d.Record.Actions, d.Scale, d.CutLine).Ranked {
		if !x.Action.Committed() {
			continue
		}
		committed = append(committed, "“"+d.cell(x.Action.Title)+"”")
		if x.Action.Stage == model.StageVerified || x.Action.Stage == model.StageEffective {
			done = append(done, x.Action.Title)
		}
	}
	if committed == nil {
		return ""
	}
	s := "The room committed to " + number(len(committed)) + plural(len(committed), " change: ", " changes: ") + and(committed) + "."
	if n := len(done); n == len(committed) && n > 1 {
		s += " All of them are verified."
	} else if n > 0 {
		s += fmt.Sprintf(" %s of them %s verified so far.", capital(number(n)), plural(n, "is", "are"))
	}
	return s
}
