package exporters

import (
	"slices"
	"strings"

	"aftermath/model"
)

// A draft is a document as blocks, before any profile or format has written it: what it says is decided
// once, and how a reader's tool wants it written is decided by the writer.
type draft struct {
	key      string
	title    string
	audience string
	blocks   []block
}

// blockKind says what a block is.
type blockKind int

// The kinds of blocks.
const (
	heading   blockKind = iota
	paragraph           // lines of it are told apart by spans that hold only a line's end
	bullets
	steps // a numbered list
	tasks // bullets that can be ticked off
	table
	drawing
)

// A block is one piece of a draft.
type block struct {
	kind  blockKind
	level int // of a heading
	text  text
	items []item
	head  []string // of a table
	rows  [][]text
	lead  int    // so many columns stand without their heading where a table becomes a list
	story bool   // a table whose rows read as sentences where a table becomes a list
	chart figure // of a drawing
}

// An item is one line of a list.
type item struct {
	text text
	done bool
}

// A figure is a picture of the record. Mermaid draws it where a wiki can; a page of its own has it as SVG.
type figure interface {
	mermaid() string
	svg() string
	caption() string
}

// A text is what people read, in pieces.
type text []span

// A span is one piece of text. What comes from the record knows its place there.
type span struct {
	text   string
	strong bool
	link   bool // a web address
	of     model.ID
	field  string
}

func lit(s string) span { return span{text: s} }

func strong(s string) span { return span{text: s, strong: true} }

// words joins pieces: strings of our own, spans and texts.
func words(parts ...any) text {
	var t text
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			t = append(t, lit(p))
		case span:
			t = append(t, p)
		case text:
			t = append(t, p...)
		}
	}
	return t.whole()
}

// whole leaves out empty pieces.
func (t text) whole() text {
	kept := t[:0:0]
	for _, s := range t {
		if s.text != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

func (t text) empty() bool { return strings.TrimSpace(t.plain()) == "" }

// plain is the text without emphasis.
func (t text) plain() string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.text)
	}
	return b.String()
}

// joined puts a separator between texts.
func joined(parts []text, separator string) text {
	var t text
	for i, p := range parts {
		if i > 0 {
			t = append(t, lit(separator))
		}
		t = append(t, p...)
	}
	return t.whole()
}

// row makes the cells of a table.
func row(cells ...any) []text {
	r := make([]text, len(cells))
	for i, c := range cells {
		r[i] = words(c)
	}
	return r
}

func (d *draft) heading(level int, t ...any) {
	d.blocks = append(d.blocks, block{kind: heading, level: level, text: words(t...)})
}

func (d *draft) say(t ...any) {
	if w := words(t...); !w.empty() {
		d.blocks = append(d.blocks, block{kind: paragraph, text: w})
	}
}

func (d *draft) list(items []text) { d.listAs(bullets, items) }

func (d *draft) listAs(kind blockKind, items []text) {
	if len(items) == 0 {
		return
	}
	b := block{kind: kind}
	for _, t := range items {
		b.items = append(b.items, item{text: t})
	}
	d.blocks = append(d.blocks, b)
}

// withoutEmptyColumns leaves out the columns behind the lead in which no row says anything: a reader would look
// for what they hold.
func (b *block) withoutEmptyColumns() {
	var keep []int
	for i := range b.head {
		if i < b.lead || slices.ContainsFunc(b.rows, func(r []text) bool { return i < len(r) && !r[i].empty() }) {
			keep = append(keep, i)
		}
	}
	if len(keep) == len(b.head) {
		return
	}
	head := make([]string, len(keep))
	for n, i := range keep {
		head[n] = b.head[i]
	}
	rows := make([][]text, len(b.rows))
	for n, r := range b.rows {
		for _, i := range keep {
			rows[n] = append(rows[n], r[i])
		}
	}
	b.head, b.rows = head, rows
}

// mostRows is how long a table may be before nobody reads it to its end.
const mostRows = 200

// table adds rows; without rows it adds nothing.
func (d *draft) table(head []string, rows [][]text, lead int) {
	d.tableAs(block{head: head, rows: rows, lead: lead})
}

func (d *draft) tableAs(b block) {
	if len(b.rows) == 0 {
		return
	}
	b.kind = table
	b.withoutEmptyColumns()
	more := len(b.rows) - mostRows
	if more > 0 {
		b.rows = b.rows[:mostRows]
	}
	d.blocks = append(d.blocks, b)
	if more > 0 {
		d.say(model.Counted(more, "more row"), " of this table ", plural(more, "is", "are"), " left out here. The JSON export holds every one.")
	}
}

func (d *draft) draw(f figure) {
	if f != nil {
		d.blocks = append(d.blocks, block{kind: drawing, chart: f})
	}
}

// prose adds what somebody wrote on any number of lines: paragraphs, and list items that they began with a
// dash or a number, with a label in front of the first paragraph.
func (d *draft) prose(label any, of model.ID, field, written string) {
	name := words(label)
	var items []text
	flush := func() {
		d.list(items)
		items = nil
	}
	for i, p := range paragraphs(written) {
		t := text{}
		for n, line := range p.lines {
			if n > 0 {
				t = append(t, lit("\n"))
			}
			t = append(t, span{text: line, of: of, field: field})
		}
		if !p.item {
			flush()
		}
		switch {
		case i > 0 || name.empty():
		case p.item:
			d.say(strong(name.plain()))
		default:
			t = words(strong(name.plain()+"."), " ", t)
		}
		if p.item {
			items = append(items, t)
		} else {
			d.say(t)
		}
	}
	flush()
}

// A part of prose is one paragraph or one item of a list.
type part struct {
	lines []string
	item  bool
}

func paragraphs(written string) []part {
	var parts []part
	var lines []string
	flush := func() {
		if lines != nil {
			parts = append(parts, part{lines: lines})
			lines = nil
		}
	}
	for line := range strings.SplitSeq(model.CleanText(written), "\n") {
		line = strings.TrimSpace(line)
		found := listItem().FindStringSubmatch(line)
		switch {
		case line == "":
			flush()
		case found != nil && strings.TrimSpace(found[1]) != "":
			flush()
			parts = append(parts, part{lines: []string{strings.TrimSpace(found[1])}, item: true})
		default:
			lines = append(lines, line)
		}
	}
	flush()
	return parts
}
