package exporters

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"aftermath/model"
)

// A page's pictures stay under 2,000 characters together: GitLab draws no more without a click.
const (
	ganttRoom = 900
	flowRoom  = 1080
)

// plainWords keeps of text what no release of Mermaid trips over: letters, digits and a few signs. In
// a gantt task a colon or # ends the name, in a label quotes and brackets do.
func plainWords(text string, most int) string {
	var b strings.Builder
	for _, r := range model.CleanLine(text) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), strings.ContainsRune("-.,/+=", r):
			b.WriteRune(r)
		case r == '%':
			b.WriteString(" percent")
		case r == '\'' || r == '’':
			b.WriteRune('’')
		default:
			b.WriteByte(' ')
		}
	}
	words := []rune(strings.ReplaceAll(strings.Join(strings.Fields(b.String()), " "), "--", "-"))
	if len(words) > most {
		cut := strings.TrimRight(string(words[:most-1]), " ,.-/")
		if at := strings.LastIndexByte(cut, ' '); at > len(cut)/2 {
			cut = cut[:at]
		}
		return strings.TrimRight(cut, " ,.-/") + "…"
	}
	return string(words)
}

// gantt draws the phases between the key moments and the marked lines. Tasks begin with their time,
// so that none begins with a word of Mermaid's own.
func gantt(i model.Incident, body []model.Event, zone *time.Location) string {
	const layout = "2006-01-02T15:04:05"
	var b strings.Builder
	b.WriteString("gantt\n  dateFormat YYYY-MM-DDTHH:mm:ss\n  axisFormat %H:%M\n")
	head := b.Len()
	phase := func(state, name string, from, to time.Time) {
		if !from.IsZero() && to.After(from) {
			fmt.Fprintf(&b, "  %s %s : %s%s, %s\n", from.In(zone).Format("15.04"), name, state, from.In(zone).Format(layout), to.In(zone).Format(layout))
		}
	}
	b.WriteString("  section Phases\n")
	phase("crit, ", "Impact", i.Started, later(i.Mitigated, i.Resolved))
	phase("", "Until detected", i.Started, i.Detected)
	phase("active, ", "Until mitigated", i.Detected, i.Mitigated)
	phase("done, ", "Until resolved", i.Mitigated, i.Resolved)
	if b.Len() == head+len("  section Phases\n") {
		return ""
	}
	if room := ganttRoom - b.Len(); room > 0 {
		b.WriteString(milestones(body, zone, layout, room))
	}
	return b.String()
}

// milestones are as many lines of the story as there is room for: decisions first, since the phases
// show the key moments already, then what else has a part; drawn in time.
func milestones(body []model.Event, zone *time.Location, layout string, room int) string {
	const head = "  section Events\n"
	room -= len(head)
	lines := make([]string, len(body))
	for _, fits := range []func(model.Event) bool{
		func(e model.Event) bool { return e.Role == "decision" || e.Decision != "" },
		func(e model.Event) bool { return e.Role == "trigger" || hasNotes(&e) },
		func(e model.Event) bool { return e.Role != "" || e.Moment != "" },
	} {
		for i, e := range body {
			if lines[i] != "" || !fits(e) {
				continue
			}
			line := fmt.Sprintf("  %s %s : milestone, %s, 0s\n", e.At.In(zone).Format("15.04"), plainWords(e.Title, 30), e.At.In(zone).Format(layout))
			if len(line) <= room {
				lines[i] = line
				room -= len(line)
			}
		}
	}
	if drawn := strings.Join(lines, ""); drawn != "" {
		return head + drawn
	}
	return ""
}

func later(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

// flowchart draws the conditions in their layers with the arrows between them, with labels as long as
// there is room for; nothing when there is none.
func flowchart(r Retro) string {
	if len(r.Record.Interactions) == 0 || len(r.Record.Factors)*len(`    f1["x"]`) > flowRoom {
		return ""
	}
	for _, most := range []int{60, 44, 32, 22} {
		if code := flowchartWith(r, most); len(code) <= flowRoom {
			return code
		}
	}
	return ""
}

func flowchartWith(r Retro, most int) string {
	var b strings.Builder
	b.WriteString("flowchart TB\n")
	names := map[model.ID]string{}
	for i, f := range r.Record.Factors {
		names[f.ID] = fmt.Sprintf("f%d", i+1)
	}
	hollow := false
	for _, layer := range r.layers() {
		opened := false
		for _, f := range r.Record.Factors {
			if r.layerOf(f) != layer.Value {
				continue
			}
			if !opened && layer.Value != "" {
				fmt.Fprintf(&b, "  subgraph %s[\"%s\"]\n", "layer_"+identifier(layer.Value), plainWords(layer.Label, 24))
				opened = true
			}
			class := ""
			if len(f.Evidence) == 0 {
				class, hollow = ":::h", true
			}
			fmt.Fprintf(&b, "    %s[\"%s\"]%s\n", names[f.ID], plainWords(f.Statement, most), class)
		}
		if opened {
			b.WriteString("  end\n")
		}
	}
	for _, l := range r.Record.Interactions {
		if names[l.From] != "" && names[l.To] != "" && l.From != l.To {
			how := ""
			if l.Kind != "" {
				how = "|" + plainWords(strings.ToLower(r.Taxonomy.Label("interaction", l.Kind)), 20) + "|"
			}
			fmt.Fprintf(&b, "  %s -->%s %s\n", names[l.From], how, names[l.To])
		}
	}
	if hollow {
		b.WriteString("  classDef h stroke-dasharray:4 3\n")
	}
	return b.String()
}

func identifier(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && isWord(r) {
			return r
		}
		return '_'
	}, s)
}
