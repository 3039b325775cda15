package exporters

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"aftermath/model"
)

// auditPage is the part of an audit pack that people read first.
func (r Retro) auditPage(w io.Writer, history []model.Change, sealed []sealing, profile string) error {
	t, err := r.readTimeline()
	if err != nil {
		return err
	}
	d := &document{Retro: r, lines: t, body: t.body()}
	d.draft = draft{key: r.Record.Incident.Key, title: r.Record.Incident.Title, audience: Engineering}
	d.clock = newClock(r.Zone, r.Record.Incident, d.body)
	d.heading(1, "Audit record: ", d.incident("title", d.title))
	d.say("What was known, by whom, from which evidence, and what was done about it. record.json holds the whole record, history.csv every change, SHA256SUMS the digests of these files. All times are in ",
		d.clock.name(later(r.Record.Incident.Started, r.Record.Incident.Detected)), ".")
	if d.stands, err = r.Standing(); err != nil {
		return err
	}
	d.say(d.stands.Sentence())
	d.auditEvidence()
	d.auditDecisions()
	d.auditProof()
	d.outcomes()
	d.auditRevisions(sealed)
	d.auditHistory(history)
	return writeMarkdown(w, &d.draft, profile)
}

func (d *document) auditEvidence() {
	d.heading(2, "Evidence")
	var rows, zones [][]text
	for _, m := range d.Record.Imports {
		rows = append(rows, row(from(m.ID, "source", m.Source), from(m.ID, "name", m.Name), fmt.Sprintf("%d read, %d new, %d known, %d refused", m.Read, m.New, m.Known, m.Refused),
			words(d.clock.stamp(m.At), " ", from(m.ID, "by", m.By)), from(m.ID, "digest", m.Digest)))
		zone := words(from(m.ID, "zone", m.Zone))
		if m.Zone == "" || m.Zone == "data" {
			zone = words("as the data says")
		}
		zones = append(zones, row(from(m.ID, "name", m.Name), zone, from(m.ID, "answers", m.Answers), from(m.ID, "parser", m.Parser)))
	}
	if rows == nil {
		d.say("Nothing was imported; the timeline was written by hand.")
		return
	}
	d.table([]string{"Source", "File", "Records", "Imported", "SHA-256"}, rows, 1)
	d.heading(3, "How times were read")
	d.table([]string{"File", "Time zone", "Answers", "Parser"}, zones, 1)
	var clocks [][]text
	for _, c := range d.Record.Clocks {
		clocks = append(clocks, row(from(c.ID, "source", c.Source), from(c.ID, "offset", c.Offset), from(c.ID, "reason", c.Reason)))
	}
	d.table([]string{"Source", "Clock moved by", "Reason"}, clocks, 1)
}

// auditDecisions are what people left out, and why.
func (d *document) auditDecisions() {
	var rows [][]text
	for _, x := range d.Record.Sweeps {
		rows = append(rows, row("Lines dismissed", words(from(x.ID, "source", x.Source), " ", from(x.ID, "sample", x.Sample)), from(x.ID, "reason", x.Reason)))
	}
	for _, x := range d.Record.Dismissals {
		rows = append(rows, row("Doubt set aside", from(x.ID, "what", x.What), from(x.ID, "reason", x.Reason)))
	}
	for _, x := range d.Record.Redactions {
		rows = append(rows, row("Words mapped for readers outside", words(from(x.ID, "text", x.Text), " → ", from(x.ID, "instead", x.Instead)), from(x.ID, "reason", x.Reason)))
	}
	if rows != nil {
		d.heading(2, "Decisions about the evidence")
		d.table([]string{"Decision", "About", "Reason"}, rows, 1)
	}
}

func (d *document) auditProof() {
	d.heading(2, "Verification record")
	if len(d.Record.Results) == 0 {
		d.say("No verification was run.")
		return
	}
	titles := map[model.ID]string{}
	for _, a := range d.Record.Actions {
		titles[a.ID] = a.Title
	}
	var rows [][]text
	for _, x := range d.Record.Results {
		rows = append(rows, row(d.clock.stamp(x.At), d.named(x.Action, "title", titles[x.Action]), from(x.ID, "environment", x.Environment), d.label("result_status", x.Status), d.note(x)))
	}
	d.table([]string{"Run", "Action", "Environment", "Result", "Note"}, rows, 2)
}

func (d *document) auditRevisions(sealed []sealing) {
	d.heading(2, "Revisions")
	if len(sealed) == 0 {
		d.say("Nothing is sealed yet.")
		return
	}
	var rows [][]text
	for _, s := range sealed {
		holds := "yes"
		if !s.holds() {
			holds = "no"
		}
		rows = append(rows, row(d.Record.RevisionName(s.Revision), words(d.clock.stamp(s.At), " ", from(s.ID, "by", s.By)), from(s.ID, "reason", s.Reason), from(s.ID, "digest", s.Digest), holds))
	}
	d.table([]string{"Number", "Sealed", "What is new", "SHA-256", "Document fits"}, rows, 1)
	d.say("A local file shows tampering; it cannot prevent it.")
	d.approvals()
}

// auditHistory counts the changes by who made them and from where.
func (d *document) auditHistory(history []model.Change) {
	d.heading(2, "History")
	if len(history) == 0 {
		d.say("The history is empty.")
		return
	}
	type maker struct{ who, from string }
	counts := map[maker]int{}
	first, last := map[maker]string{}, map[maker]string{}
	for _, c := range history {
		m := maker{c.Author, c.Source}
		counts[m]++
		if first[m] == "" {
			first[m] = d.clock.stamp(c.At)
		}
		last[m] = d.clock.stamp(c.At)
	}
	var rows [][]text
	for _, m := range slices.SortedFunc(maps.Keys(counts), func(a, b maker) int { return strings.Compare(a.who+"\x00"+a.from, b.who+"\x00"+b.from) }) {
		rows = append(rows, row(m.who, m.from, fmt.Sprint(counts[m]), first[m], last[m]))
	}
	d.say(model.Counted(len(history), "change"), ", each in history.csv with its old and its new value.")
	d.table([]string{"Who", "From", "Changes", "First", "Last"}, rows, 2)
}
