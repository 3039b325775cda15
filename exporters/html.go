package exporters

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"aftermath/model"
)

//go:embed page.css
var pageStyle string

// writeHTML writes a page that stands alone in one file: its style and its drawings are in it, it runs
// nothing and asks for nothing.
func writeHTML(w io.Writer, d *document) error {
	var b bytes.Buffer
	b.Grow(1 << 16)
	h := &htmlPage{b: &b}
	h.open(d)
	for i := range d.blocks {
		h.write(&d.blocks[i])
	}
	h.close()
	above := b.Bytes()
	out := bufio.NewWriter(w)
	out.Write(above)
	out.WriteString(sealLine(true, d.key, above))
	return out.Flush()
}

// An htmlPage is a page of HTML being written, one section for each heading of the second level.
type htmlPage struct {
	b       *bytes.Buffer
	section bool
	header  bool
}

// policy lets a browser use the style that stands in the page, and nothing else.
func policy() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

func (h *htmlPage) open(d *document) {
	title := from("", "title", d.title).text
	if title == "" {
		title = "Untitled incident"
	}
	fmt.Fprintf(h.b, `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="%s"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="referrer" content="no-referrer"/>
<meta name="generator" content="aftermath"/>
<title>%s</title>
<style>%s</style>
</head>
<body>
<main>
`, policy(), xmlText(title), pageStyle)
}

func (h *htmlPage) close() {
	h.endSection()
	h.b.WriteString("</main>\n</body>\n</html>\n")
}

func (h *htmlPage) endSection() {
	if h.header {
		h.b.WriteString("</header>\n")
	}
	if h.section {
		h.b.WriteString("</section>\n")
	}
	h.header, h.section = false, false
}

func (h *htmlPage) write(b *block) {
	switch b.kind {
	case heading:
		switch b.level {
		case 1:
			h.b.WriteString("<header>\n")
			h.header = true
		case 2:
			h.endSection()
			h.b.WriteString("<section>\n")
			h.section = true
		}
		fmt.Fprintf(h.b, "<h%d>%s</h%d>\n", b.level, htmlText(b.text), b.level)
	case paragraph:
		fmt.Fprintf(h.b, "<p>%s</p>\n", htmlText(b.text))
	case bullets, steps, tasks:
		h.items(b)
	case table:
		h.table(b)
	case drawing:
		if svg := b.chart.svg(); svg != "" || b.chart.caption() != "" {
			fmt.Fprintf(h.b, "<figure>\n%s<figcaption>%s.</figcaption>\n</figure>\n", svg, xmlText(b.chart.caption()))
		}
	}
}

func (h *htmlPage) items(b *block) {
	tag, class := "ul", ""
	if b.kind == steps {
		tag = "ol"
	}
	if b.kind == tasks {
		class = ` class="tasks"`
	}
	fmt.Fprintf(h.b, "<%s%s>\n", tag, class)
	for _, i := range b.items {
		box := ""
		if b.kind == tasks {
			box = `<span class="box">☐ <span class="said">open:</span></span> `
			if i.done {
				box = `<span class="box">☑ <span class="said">done:</span></span> `
			}
		}
		fmt.Fprintf(h.b, "<li>%s%s</li>\n", box, htmlText(i.text))
	}
	fmt.Fprintf(h.b, "</%s>\n", tag)
}

func (h *htmlPage) table(b *block) {
	class := "wide"
	if len(b.rows) <= 8 {
		class = "wide short"
	}
	fmt.Fprintf(h.b, "<div class=\"%s\"><table class=\"c%d\">\n<thead><tr>", class, len(b.head))
	for _, c := range b.head {
		h.b.WriteString(`<th scope="col">` + xmlText(capital(c)) + "</th>")
	}
	h.b.WriteString("</tr></thead>\n<tbody>\n")
	for _, row := range b.rows {
		h.b.WriteString("<tr>")
		for n, c := range row {
			if n == 0 {
				h.b.WriteString(`<th scope="row">` + unbroken(htmlText(c)) + "</th>")
			} else {
				h.b.WriteString("<td>" + unbroken(htmlText(c)) + "</td>")
			}
		}
		h.b.WriteString("</tr>\n")
	}
	h.b.WriteString("</tbody>\n</table></div>\n")
}

var unbreakable = model.Pattern(`\b(?:[A-Z]-[0-9a-f]{3,16}|\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2} \d\d:\d\d(?::\d\d)?)\b`)

// unbroken keeps ids, days, and a day with its time, on one line of a narrow column.
func unbroken(safe string) string {
	if strings.Contains(safe, "<a ") {
		return safe
	}
	return unbreakable().ReplaceAllString(safe, `<span class="n">$0</span>`)
}

// htmlText is a text as HTML. Nothing of the record becomes mark-up.
func htmlText(t text) string {
	var b strings.Builder
	for _, s := range t {
		safe := xmlText(s.text)
		switch {
		case s.link:
			b.WriteString(`<a href="` + safe + `" rel="noreferrer">` + safe + `</a>`)
		case s.strong:
			b.WriteString("<strong>" + safe + "</strong>")
		default:
			b.WriteString(safe)
		}
	}
	return b.String()
}
