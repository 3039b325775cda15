package exporters

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A page collects the Markdown of a document. It leaves exactly one blank line between blocks.
type page struct {
	style
	b bytes.Buffer
}

func (p *page) block(text string) {
	if text == "" {
		return
	}
	if p.b.Len() > 0 {
		p.b.WriteByte('\n')
	}
	p.b.WriteString(text)
	p.b.WriteByte('\n')
}

// heading writes ready text as a heading. A # at its end would be taken for the end of the heading.
func (p *page) heading(level int, text string) {
	if strings.HasSuffix(text, "#") {
		text = strings.TrimSuffix(text, "#") + `\#`
	}
	p.block(strings.Repeat("#", level) + " " + text)
}

// list writes items that are ready.
func (p *page) list(items []string) {
	if len(items) > 0 {
		p.block("- " + strings.Join(items, "\n- "))
	}
}

// widest is how wide a table may be where people read the source: a longer line wraps in a mail.
const widest = 100

// table writes rows of ready cells; without rows it writes nothing. Where the source is what people
// read, columns are aligned, and a table too wide for that becomes a list whose first lead columns
// stand without their heading.
func (p *page) table(head []string, rows [][]string, lead int) {
	if len(rows) == 0 {
		return
	}
	widths := make([]int, len(head))
	if p.align {
		total := 1
		for i := range head {
			for _, row := range append([][]string{head}, rows...) {
				widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
			}
			total += widths[i] + 3
		}
		if total > widest {
			p.rowList(head, rows, lead)
			return
		}
	}
	var b strings.Builder
	line := func(cells []string) {
		for i, c := range cells {
			b.WriteString("| ")
			b.WriteString(c)
			if pad := widths[i] - utf8.RuneCountInString(c); pad > 0 {
				b.WriteString(strings.Repeat(" ", pad))
			}
			if c != "" || widths[i] > 0 {
				b.WriteByte(' ')
			}
		}
		b.WriteString("|\n")
	}
	line(head)
	for i := range head {
		b.WriteString("| " + strings.Repeat("-", max(3, widths[i])) + " ")
	}
	b.WriteString("|\n")
	for _, row := range rows {
		line(row)
	}
	p.block(strings.TrimSuffix(b.String(), "\n"))
}

func (p *page) rowList(head []string, rows [][]string, lead int) {
	var items []string
	for _, row := range rows {
		var named, facts []string
		for i, c := range row {
			switch {
			case c == "":
			case i < lead:
				named = append(named, c)
			default:
				facts = append(facts, strings.ToLower(head[i][:1])+head[i][1:]+": "+strings.TrimRight(c, "."))
			}
		}
		item := strings.Join(named, " ")
		if facts != nil {
			item = strings.TrimSpace(item + " (" + strings.Join(facts, "; ") + ")")
		}
		items = append(items, p.lineStart(item))
	}
	p.list(items)
}

func (p *page) mermaid(code string) {
	if p.style.mermaid && code != "" {
		p.block("```mermaid\n" + code + "```")
	}
}
