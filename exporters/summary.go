package exporters

import (
	"fmt"
	"strings"

	"aftermath/model"
)

func (d *document) summary() {
	i := d.Record.Incident
	if strings.TrimSpace(i.Summary) != "" {
		d.heading(2, "Summary")
		d.prose("", i.ID, "summary", i.Summary)
		return
	}
	composed := d.composed()
	if composed[0].empty() {
		return
	}
	d.heading(2, "Summary")
	for _, p := range composed {
		d.say(p)
	}
}

// composed is a summary made from the record: what happened and to whom, how it came about, and what is
// being done.
func (d *document) composed() []text {
	i := d.Record.Incident
	list := []text{d.whenAndWhat()}
	if impact := paragraphs(i.Impact); len(impact) > 0 {
		list = append(list, words(d.incident("impact", strings.Join(impact[0].lines, " "))))
	}
	if a := model.Align(d.Record.Factors); a.Conditions > 0 {
		list = append(list, words(a.Sentence))
	}
	if s := d.actionsInWords(); !s.empty() {
		list = append(list, s)
	}
	return list
}

// whenAndWhat is the title and the times in sentences.
func (d *document) whenAndWhat() text {
	i := d.Record.Incident
	first := sentence(i.ID, "title", i.Title)
	if !i.Started.IsZero() {
		first = words("On "+d.clock.day(i.Started)+" at "+d.clock.timeOfDay(i.Started, "minute")+" "+d.clock.name(i.Started)+": ", first)
	}
	for _, s := range d.timesInWords() {
		first = words(first, " "+s)
	}
	return first
}

// sentence ends a piece of the record with a full stop.
func sentence(of model.ID, field, written string) text {
	s := from(of, field, written)
	if s.text == "" || strings.HasSuffix(s.text, ".") {
		return words(s)
	}
	return words(s, ".")
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

// mostQuoted is how many changes a sentence may name.
const mostQuoted = 8

func (d *document) actionsInWords() text {
	var committed []text
	done := 0
	for _, x := range model.Rank(d.Record.Actions, d.Scale, d.CutLine).Ranked {
		if !x.Action.Committed() {
			continue
		}
		committed = append(committed, words("“", from(x.Action.ID, "title", x.Action.Title), "”"))
		if x.Action.Stage == model.StageVerified || x.Action.Stage == model.StageEffective {
			done++
		}
	}
	n := len(committed)
	if n == 0 {
		return nil
	}
	if n > mostQuoted {
		committed = append(committed[:mostQuoted-1], words(fmt.Sprintf("%d more", n-mostQuoted+1)))
	}
	s := words("The room committed to "+number(n)+plural(n, " change: ", " changes: "), listed(committed), ".")
	if done == n && done > 1 {
		return words(s, " All of them are verified.")
	}
	if done > 0 {
		return words(s, fmt.Sprintf(" %s of them %s verified so far.", capital(number(done)), plural(done, "is", "are")))
	}
	return s
}
