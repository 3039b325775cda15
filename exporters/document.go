package exporters

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// A document is one retrospective being put into words.
type document struct {
	draft
	Retro
	lines timeline
	body  []model.Event
	clock clock

	asTyped Retro             // before words were replaced
	mapped  []model.Redaction // what was
	silent  bool              // nothing is said of revisions
	stands  Standing
}

// compose puts a retrospective into words for an audience.
func compose(r Retro, audience string) (*document, error) {
	asTyped := r.settle()
	r, t, mapped, err := r.forReaders(audience)
	if err != nil {
		return nil, err
	}
	d := &document{Retro: r, lines: t, body: t.body(), asTyped: asTyped, mapped: mapped}
	d.draft = draft{key: r.Record.Incident.Key, title: r.Record.Incident.Title, audience: audience}
	if audience == Public {
		d.body = forPublic(d.body)
		d.key = string(r.Record.Incident.ID) // the readable one is made of the title as it was typed
	}
	d.clock = newClock(r.Zone, r.Record.Incident, d.body)
	d.opening()
	if err := d.standing(); err != nil {
		return nil, err
	}
	switch audience {
	case Executive:
		d.executive()
	case Public:
		d.public()
	default:
		d.everything()
		d.revisions()
	}
	return d, nil
}

// everything is what engineers read, but for what is said of revisions.
func (d *document) everything() {
	d.summary()
	d.impact()
	d.times()
	d.happened()
	d.conditions()
	d.prevention()
	d.fortune()
	d.actions()
	d.priorities()
	d.verification()
	d.outcomes()
	d.replies()
	d.people()
	d.evidence()
}

// from is a piece of the record, on one line.
func from(of model.ID, field, written string) span {
	return span{text: strings.Join(strings.Fields(model.CleanLine(written)), " "), of: of, field: field}
}

// incident is a piece of the incident itself.
func (d *document) incident(field, written string) span {
	return from(d.Record.Incident.ID, field, written)
}

func (d *document) label(list, value string) string {
	if value == "" {
		return ""
	}
	return d.Taxonomy.Label(list, value)
}

// layers are the layers of the taxonomy, and one without a name for factors outside them.
func (r Retro) layers() []model.Word { return slices.Concat(r.Taxonomy["layer"], []model.Word{{}}) }

func (r Retro) layerOf(f model.Factor) string {
	if w, ok := r.Taxonomy.Find("layer", f.Layer); ok {
		return w.Value
	}
	return ""
}

func (d *document) factor(id model.ID) (model.Factor, bool) {
	i := slices.IndexFunc(d.Record.Factors, func(f model.Factor) bool { return f.ID == id })
	if i < 0 {
		return model.Factor{}, false
	}
	return d.Record.Factors[i], true
}

// named is an id and a title. Only those who work with the record have a use for the id.
func (d *document) named(id model.ID, field, title string) text {
	if d.audience != Engineering {
		return words(from(id, field, title))
	}
	return words(d.ShortID(id), " ", from(id, field, title))
}

func (d *document) opening() {
	i := d.Record.Incident
	title := d.incident("title", i.Title)
	if title.text == "" {
		title.text = "Untitled incident"
	}
	d.heading(1, title)
	var facts []text
	add := func(t ...any) {
		if w := words(t...); !w.empty() {
			facts = append(facts, w)
		}
	}
	add(d.label("severity", i.Severity))
	add(d.label("incident_type", i.Type))
	if !i.Started.IsZero() {
		add(d.clock.day(i.Started))
	}
	add(d.length())
	if d.audience != Public {
		if len(i.Services) > 0 {
			add(plural(len(i.Services), "service", "services")+": ", d.incident("services", strings.Join(i.Services, ", ")))
		}
		add(d.incident("environment", i.Environment))
		if _, sealed := d.Record.LastRevision(); !sealed && !d.silent && d.sealing == nil { // else the next line says what it is
			add(strings.ToLower(d.label("incident_stage", i.Stage)))
		}
	}
	d.say(joined(facts, " · "))
}

// length is how long it was: as users felt it, and until everything was back to normal.
func (d *document) length() string {
	var felt, whole model.Duration
	for _, t := range d.Record.Incident.Durations() {
		switch t.Short {
		case "TTM":
			felt = t
		case "TTR":
			whole = t
		}
	}
	switch {
	case felt.Known && whole.Known && felt.Value != whole.Value:
		return model.FormatDuration(felt.Value) + " felt by users (" + model.FormatDuration(whole.Value) + " until resolved)"
	case felt.Known:
		return model.FormatDuration(felt.Value) + " felt by users"
	case whole.Known:
		return model.FormatDuration(whole.Value) + " until resolved"
	}
	return ""
}

func (d *document) impact() {
	i := d.Record.Incident
	if i.Impact+i.CustomerEffects+i.BusinessImpact+i.Regulatory == "" {
		return
	}
	d.heading(2, "Impact")
	d.prose("", i.ID, "impact", i.Impact)
	d.prose("What customers saw", i.ID, "customer_effects", i.CustomerEffects)
	d.prose("Business", i.ID, "business_impact", i.BusinessImpact)
	d.prose("Regulatory", i.ID, "regulatory", i.Regulatory)
}

func (d *document) people() {
	i := d.Record.Incident
	var rows [][]text
	for _, p := range d.Record.Participants {
		rows = append(rows, row(from(p.ID, "name", p.Name), d.label("discipline", p.Discipline), from(p.ID, "role", p.Role)))
	}
	if rows == nil && i.Facilitator == "" && i.TimelineOwner == "" {
		return
	}
	d.heading(2, "Who took part")
	var led []text
	if i.Facilitator != "" {
		led = append(led, words(d.incident("facilitator", i.Facilitator), " led the retrospective"))
	}
	if i.TimelineOwner != "" {
		led = append(led, words(d.incident("timeline_owner", i.TimelineOwner), " rebuilt the timeline"))
	}
	if led != nil {
		d.say(joined(led, ", and "), ".")
	}
	d.table([]string{"Name", "Discipline", "Role"}, rows, 1)
}

func (d *document) evidence() {
	var rows [][]text
	for _, m := range d.Record.Imports {
		rows = append(rows, row(from(m.ID, "source", m.Source), from(m.ID, "name", m.Name),
			fmt.Sprintf("%d read, %d new, %d known, %d refused", m.Read, m.New, m.Known, m.Refused),
			words(d.clock.stamp(m.At), " ", from(m.ID, "by", m.By)), from(m.ID, "digest", short(m.Digest))))
	}
	var sources []string
	for s := range d.lines.shown {
		sources = append(sources, s)
	}
	for s := range d.lines.aside {
		if d.lines.shown[s] == 0 {
			sources = append(sources, s)
		}
	}
	if sources == nil && rows == nil {
		return
	}
	slices.Sort(sources)
	var counts [][]text
	for _, s := range sources {
		counts = append(counts, row(sourceName(s), fmt.Sprint(d.lines.shown[s]), fmt.Sprint(d.lines.aside[s])))
	}
	d.heading(2, "Evidence and provenance")
	d.table([]string{"Source", "On the timeline", "Set aside"}, counts, 1)
	if len(d.lines.aside) > 0 {
		d.say("Set aside are noise, housekeeping and lines that tell the same as another. Nothing of the evidence is deleted.")
	}
	d.table([]string{"Source", "File", "Records", "Imported", "SHA-256 begins"}, rows, 1)
	if listed := d.lines.listed(); len(listed) > 0 {
		d.heading(3, "Other lines of evidence")
		d.timelineTable(listed)
	}
}

func short(digest string) string {
	if len(digest) > 16 {
		return digest[:16]
	}
	return digest
}

func (d *document) revisions() {
	var rows [][]text
	for _, v := range d.Record.Revisions {
		rows = append(rows, row(d.Record.RevisionName(v), d.clock.stamp(v.At), from(v.ID, "by", v.By), from(v.ID, "reason", v.Reason), from(v.ID, "digest", short(v.Digest))))
	}
	if rows != nil {
		d.heading(2, "Revisions")
		d.table([]string{"Number", "Sealed", "By", "What is new", "SHA-256 begins"}, rows, 1)
		d.say("A digest is the SHA-256 of the file that ", "aftermath export "+d.key+" --revision NUMBER", " writes.")
		d.approvals()
	}
}

// approvals are what people said of the revisions, each of the one that it was said of.
func (d *document) approvals() {
	var rows [][]text
	for _, v := range d.Record.Revisions {
		for _, a := range d.Record.ApprovalsOf(v.ID) {
			rows = append(rows, row(d.Record.RevisionName(v), d.label("verdict", a.Verdict), words(d.clock.stamp(a.At), " ", from(a.ID, "by", a.By)), from(a.ID, "note", a.Note), from(a.ID, "digest", short(a.Digest))))
		}
	}
	d.table([]string{"Revision", "Verdict", "Said", "Note", "Of the digest"}, rows, 2)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// number writes small numbers as words, as a good writer does.
func number(n int) string {
	if n >= 1 && n <= 10 {
		return strings.Fields("one two three four five six seven eight nine ten")[n-1]
	}
	return fmt.Sprint(n)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// listed reads as "a, b and c".
func listed(names []text) text {
	if len(names) < 2 {
		return joined(names, "")
	}
	n := len(names) - 1
	return words(joined(names[:n], ", "), " and ", names[n])
}

// dayText writes a day of a Date field for a sentence; what is no day stays as it is.
func dayText(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.Format("2 January 2006")
}
