package exporters

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"aftermath/model"
)

// writeStorage writes what Confluence keeps of a page: XHTML with its macros, for its API and its source
// editor. The drawings are left out; the tables after them tell the same.
func writeStorage(w io.Writer, d *draft) error {
	var b bytes.Buffer
	c := &storagePage{b: &b}
	for i := range d.blocks {
		c.write(&d.blocks[i])
		if i == 1 && d.audience != Executive {
			c.macro("toc", `<ac:parameter ac:name="maxLevel">2</ac:parameter>`)
		}
	}
	above := b.Bytes()
	if _, err := w.Write(above); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n<p>"+sealText(d.key, digestOf(above))+"</p>\n")
	return err
}

// A storagePage is a page of Confluence being written.
type storagePage struct {
	b     *bytes.Buffer
	facts bool // what follows the title stands in a panel
	tasks int
}

func (c *storagePage) macro(name, inside string) {
	fmt.Fprintf(c.b, "<ac:structured-macro ac:name=\"%s\">%s</ac:structured-macro>\n", name, inside)
}

func (c *storagePage) write(b *block) {
	facts := c.facts
	c.facts = b.kind == heading && b.level == 1
	switch b.kind {
	case heading:
		fmt.Fprintf(c.b, "<h%d>%s</h%d>\n", b.level, storageText(b.text), b.level)
	case paragraph:
		p := "<p>" + storageText(b.text) + "</p>"
		if facts {
			c.macro("info", "<ac:rich-text-body>"+p+"</ac:rich-text-body>")
		} else {
			c.b.WriteString(p + "\n")
		}
	case bullets, steps:
		tag := map[blockKind]string{bullets: "ul", steps: "ol"}[b.kind]
		c.b.WriteString("<" + tag + ">\n")
		for _, i := range b.items {
			c.b.WriteString("<li>" + storageText(i.text) + "</li>\n")
		}
		c.b.WriteString("</" + tag + ">\n")
	case tasks:
		c.b.WriteString("<ac:task-list>\n")
		for _, i := range b.items {
			c.tasks++
			status := "incomplete"
			if i.done {
				status = "complete"
			}
			fmt.Fprintf(c.b, "<ac:task><ac:task-id>%d</ac:task-id><ac:task-status>%s</ac:task-status><ac:task-body>%s</ac:task-body></ac:task>\n", c.tasks, status, storageText(i.text))
		}
		c.b.WriteString("</ac:task-list>\n")
	case table:
		c.table(b)
	}
}

func (c *storagePage) table(b *block) {
	c.b.WriteString("<table><tbody>\n<tr>")
	for _, h := range b.head {
		c.b.WriteString("<th>" + xmlText(capital(h)) + "</th>")
	}
	c.b.WriteString("</tr>\n")
	for _, row := range b.rows {
		c.b.WriteString("<tr>")
		for _, cell := range row {
			c.b.WriteString("<td>" + storageText(cell) + "</td>")
		}
		c.b.WriteString("</tr>\n")
	}
	c.b.WriteString("</tbody></table>\n")
}

func storageText(t text) string {
	var b strings.Builder
	for _, s := range t {
		safe := xmlText(s.text)
		switch {
		case s.link:
			b.WriteString(`<a href="` + safe + `">` + safe + `</a>`)
		case s.strong:
			b.WriteString("<strong>" + safe + "</strong>")
		default:
			b.WriteString(safe)
		}
	}
	return b.String()
}

// xmlText is text that XML may hold: no mark-up, and none of the characters that it has no place for.
func xmlText(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, model.CleanText(s))
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}
