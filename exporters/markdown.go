package exporters

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"aftermath/model"
)

// Markdown writes the whole retrospective in one of the Profiles. Its last line carries the key and
// the digest of everything above it, so that Unedited can tell whether somebody changed the page.
func Markdown(w io.Writer, r Retro, profile string) error {
	return Write(w, r, Form{Format: "markdown", Profile: profile, Audience: Engineering})
}

func writeMarkdown(w io.Writer, d *draft, profile string) error {
	var b bytes.Buffer
	if err := writeText(&b, d, profile); err != nil {
		return err
	}
	b.WriteString(sealLine(styles[profile].hidden, d.key, b.Bytes()))
	_, err := w.Write(b.Bytes())
	return err
}

// writeText writes the Markdown without the digest under it.
func writeText(w io.Writer, d *draft, profile string) error {
	st, ok := styles[profile]
	if !ok {
		return &model.Fault{Kind: model.FaultUsage, What: "export", Reason: fmt.Sprintf("there is no profile %q", profile),
			Remedy: "choose one of " + strings.Join(Profiles, ", ")}
	}
	p := &page{style: st}
	for i := range d.blocks {
		p.write(&d.blocks[i])
	}
	_, err := w.Write(p.b.Bytes())
	return err
}

func (p *page) write(b *block) {
	switch b.kind {
	case heading:
		p.heading(b.level, p.ready(b.text, "|"))
	case paragraph:
		p.block(p.lines(b.text))
	case bullets, steps, tasks:
		p.items(b)
	case table:
		p.rows(b)
	case drawing:
		p.mermaid(b.chart.mermaid())
	}
}

func (p *page) items(b *block) {
	lines := make([]string, len(b.items))
	for n, i := range b.items {
		switch {
		case b.kind == steps:
			lines[n] = fmt.Sprintf("%d. %s", n+1, p.lines(i.text))
		case b.kind == tasks:
			lines[n] = "- " + p.box(i.done) + p.ready(i.text, "|")
		default:
			lines[n] = "- " + p.lines(i.text)
		}
	}
	p.block(strings.Join(lines, "\n"))
}

func (p *page) box(done bool) string {
	switch {
	case p.boxes && done:
		return "[x] "
	case p.boxes:
		return "[ ] "
	case done:
		return "☑ "
	}
	return "☐ "
}

func (p *page) rows(b *block) {
	rows := make([][]string, len(b.rows))
	for n, cells := range b.rows {
		for _, c := range cells {
			rows[n] = append(rows[n], p.ready(c, p.pipe))
		}
	}
	if !p.align || !b.story {
		p.table(b.head, rows, b.lead)
		return
	}
	var items []string
	for _, row := range rows {
		facts := slices.DeleteFunc(row[2:], func(c string) bool { return c == "" })
		item := row[0] + " " + row[1]
		if len(facts) > 0 {
			item += " (" + strings.Join(facts, ", ") + ")"
		}
		items = append(items, p.lineStart(item))
	}
	p.list(items)
}

// lines is a text that begins a line, or several.
func (p *page) lines(t text) string {
	var lines []string
	var line text
	flush := func() {
		ready := p.ready(line, "|")
		if len(line) > 0 && !line[0].strong && !line[0].link {
			ready = p.lineStart(ready)
		}
		lines, line = append(lines, ready), nil
	}
	for _, s := range t {
		if s.text == "\n" {
			flush()
		} else {
			line = append(line, s)
		}
	}
	flush()
	return strings.Join(lines, "\n")
}

// ready is a text on one line as Markdown. Pieces without emphasis are joined before they are escaped, so
// that nothing can form across their seam.
func (p *page) ready(t text, pipe string) string {
	var b, plain strings.Builder
	flush := func() {
		b.WriteString(p.words(spaced(plain.String()), pipe))
		plain.Reset()
	}
	for _, s := range t {
		switch {
		case s.link:
			flush()
			b.WriteString(p.link(s.text))
		case s.strong:
			flush()
			b.WriteString("**" + p.words(strings.TrimSpace(spaced(s.text)), pipe) + "**")
		default:
			plain.WriteString(s.text)
		}
	}
	flush()
	return strings.TrimSpace(b.String())
}

// spaced is text on one line, with one space for each run of them.
func spaced(s string) string {
	s = model.CleanLine(s)
	t := strings.Join(strings.Fields(s), " ")
	if t == "" {
		return t
	}
	if s[0] == ' ' {
		t = " " + t
	}
	if s[len(s)-1] == ' ' {
		t += " "
	}
	return t
}
