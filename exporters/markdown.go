package exporters

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// Markdown writes the whole retrospective in one of the Profiles. Its last line carries the key and
// the digest of everything above it, so that Unedited can tell whether somebody changed the page.
func Markdown(w io.Writer, r Retro, profile string) error {
	st, ok := styles[profile]
	if !ok {
		return &model.Fault{Kind: model.FaultUsage, What: "export", Reason: fmt.Sprintf("there is no profile %q", profile),
			Remedy: "choose one of " + strings.Join(Profiles, ", ")}
	}
	r = r.settle()
	t, err := r.readTimeline()
	if err != nil {
		return err
	}
	d := &document{page: page{style: st}, Retro: r, lines: t, body: t.body()}
	d.clock = newClock(r.Zone, r.Record.Incident, d.body)
	d.write()
	text := d.b.Bytes()
	if _, err := w.Write(text); err != nil {
		return err
	}
	_, err = io.WriteString(w, sealLine(profile, r.Record.Incident.Key, text))
	return err
}

// A document is one retrospective being written.
type document struct {
	page
	Retro
	lines timeline
	body  []model.Event
	clock clock
}

func (d *document) write() {
	d.opening()
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
	d.people()
	d.evidence()
	d.revisions()
}

var keyCharacters = model.Pattern(`[^a-z0-9-]+`)

func sealLine(profile, key string, text []byte) string {
	sum := sha256.Sum256(text)
	key = strings.ReplaceAll(keyCharacters().ReplaceAllString(strings.ToLower(key), "-"), "--", "-")
	seal := fmt.Sprintf("aftermath: %s sha256:%s", key, hex.EncodeToString(sum[:]))
	if profile == "plain" {
		return "\n" + seal + "\n"
	}
	return "\n<!-- " + seal + " -->\n"
}

var sealPattern = model.Pattern(`\n(?:<!-- )?aftermath: ([a-z0-9-]*) sha256:([0-9a-f]{64})(?: -->)?\s*$`)

// Unedited tells whether a Markdown document is as it was written: found is false when it carries no
// digest, and key names its incident.
func Unedited(text []byte) (key string, unedited, found bool) {
	m := sealPattern().FindSubmatchIndex(text)
	if m == nil {
		return "", false, false
	}
	sum := sha256.Sum256(text[:m[0]])
	return string(text[m[2]:m[3]]), hex.EncodeToString(sum[:]) == string(text[m[4]:m[5]]), true
}

func (d *document) label(list, value string) string {
	if value == "" {
		return ""
	}
	return d.cell(d.Taxonomy.Label(list, value))
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

// named is an id and a title, in a cell.
func (d *document) named(id model.ID, title string) string {
	return strings.TrimSpace(d.cell(d.ShortID(id)) + " " + d.cell(title))
}

func (d *document) opening() {
	i := d.Record.Incident
	title := d.cell(i.Title)
	if title == "" {
		title = "Untitled incident"
	}
	d.heading(1, title)
	var facts []string
	add := func(s string) {
		if s != "" {
			facts = append(facts, s)
		}
	}
	add(d.label("severity", i.Severity))
	add(d.label("incident_type", i.Type))
	if !i.Started.IsZero() {
		add(d.clock.day(i.Started))
	}
	for _, t := range i.Durations() {
		if t.Short == "TTR" && t.Known {
			add(model.FormatDuration(t.Value) + " until resolved")
		}
	}
	if len(i.Services) > 0 {
		add(plural(len(i.Services), "service", "services") + ": " + d.cell(strings.Join(i.Services, ", ")))
	}
	add(d.cell(i.Environment))
	add(strings.ToLower(d.label("incident_stage", i.Stage)))
	if len(facts) > 0 {
		d.block(lineStart(strings.Join(facts, " · ")))
	}
}

func (d *document) impact() {
	i := d.Record.Incident
	if i.Impact+i.CustomerEffects+i.BusinessImpact+i.Regulatory == "" {
		return
	}
	d.heading(2, "Impact")
	d.text("", i.Impact)
	d.text("What customers saw", i.CustomerEffects)
	d.text("Business", i.BusinessImpact)
	d.text("Regulatory", i.Regulatory)
}

func (d *document) people() {
	i := d.Record.Incident
	var rows [][]string
	for _, p := range d.Record.Participants {
		rows = append(rows, []string{d.cell(p.Name), d.label("discipline", p.Discipline), d.cell(p.Role)})
	}
	if rows == nil && i.Facilitator == "" && i.TimelineOwner == "" {
		return
	}
	d.heading(2, "Who took part")
	var led []string
	if i.Facilitator != "" {
		led = append(led, d.cell(i.Facilitator)+" led the retrospective")
	}
	if i.TimelineOwner != "" {
		led = append(led, d.cell(i.TimelineOwner)+" rebuilt the timeline")
	}
	if led != nil {
		d.block(lineStart(strings.Join(led, ", and ") + "."))
	}
	d.table([]string{"Name", "Discipline", "Role"}, rows, 1)
}

func (d *document) evidence() {
	var rows [][]string
	for _, m := range d.Record.Imports {
		rows = append(rows, []string{d.cell(m.Source), d.cell(m.Name),
			fmt.Sprintf("%d read, %d new, %d known, %d refused", m.Read, m.New, m.Known, m.Refused),
			d.cell(strings.TrimSpace(d.clock.stamp(m.At) + " " + m.By)), d.cell(short(m.Digest))})
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
	var counts [][]string
	for _, s := range sources {
		counts = append(counts, []string{d.source(s), fmt.Sprint(d.lines.shown[s]), fmt.Sprint(d.lines.aside[s])})
	}
	d.heading(2, "Evidence and provenance")
	d.table([]string{"Source", "On the timeline", "Set aside"}, counts, 1)
	if len(d.lines.aside) > 0 {
		d.block("Set aside are noise, housekeeping and lines that tell the same as another. Nothing of the evidence is deleted.")
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
	var rows [][]string
	for _, v := range d.Record.Revisions {
		rows = append(rows, []string{fmt.Sprint(v.Number), d.clock.stamp(v.At), d.cell(v.By), d.cell(v.Reason), d.cell(short(v.Digest))})
	}
	if rows != nil {
		d.heading(2, "Revisions")
		d.table([]string{"Number", "Sealed", "By", "What is new", "SHA-256 begins"}, rows, 1)
	}
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

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	n := len(names) - 1
	return strings.Join(names[:n], ", ") + " and " + names[n]
}

// dayText writes a day of a Date field for a sentence; what is no day stays as it is.
func dayText(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.Format("2 January 2006")
}
