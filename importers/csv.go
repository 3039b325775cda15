package importers

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"aftermath/model"
)

var csvSource = Source{
	Name: "csv", Title: "CSV", About: "tables with a header: comma, semicolon or tab; any column names that say time and text",
	Detect: detectCSV, parse: parseCSV,
}

func detectCSV(name string, head []byte) (Confidence, string) {
	if looksBinary(head) || len(head) == 0 {
		return No, ""
	}
	t := newTable(bytes.NewReader(head))
	header, err := t.next()
	if err != nil || len(header) < 2 {
		return No, ""
	}
	l := newLayout(t.names(header))
	why := "a header " + cutRunes(oneLine(strings.Join(header, ",")), 60)
	switch {
	case (l[roleTime] >= 0 || l[roleClock] >= 0) && strings.TrimSpace(header[0]) != "" && header[0][0] != '{' && header[0][0] != '|':
		if hasExt(name, ".csv", ".tsv") {
			return Sure, why
		}
		return Likely, why
	case hasExt(name, ".csv", ".tsv"):
		return Likely, "its name"
	}
	return No, ""
}

// A table reads records of separated values. It takes what real exports hold: a byte order mark, other
// separators, quoted separators and line breaks, and quotes in the middle of a field.
type table struct {
	lines *lines
	comma byte
	line  int // where the record last given began
	field []string
	text  string // the record last given, as written
	long  bool
}

func newTable(r io.Reader) *table { return &table{lines: newLines(r)} }

// next is the next record that is not empty. At the end err is io.EOF.
func (t *table) next() ([]string, error) {
	for {
		line, err := t.lines.next()
		if err != nil {
			return nil, err
		}
		t.line, t.long = t.lines.n, t.lines.long
		if len(line) == 0 || line[0] <= ' ' && len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if t.comma == 0 {
			if s, ok := bytes.CutPrefix(line, []byte("sep=")); ok && len(s) == 1 {
				t.comma = s[0]
				continue
			}
			t.comma = separator(line)
		}
		if t.text = string(line); strings.IndexByte(t.text, '"') < 0 {
			t.split()
			return t.field, nil
		}
		return t.quoted()
	}
}

// split takes a record without quotes apart.
func (t *table) split() {
	t.field = t.field[:0]
	s := t.text
	for {
		i := strings.IndexByte(s, t.comma)
		if i < 0 {
			break
		}
		t.field = append(t.field, s[:i])
		s = s[i+1:]
	}
	t.field = append(t.field, s)
}

// quoted takes a record with quotes apart, reading further lines while a quote is open.
func (t *table) quoted() ([]string, error) {
	t.field = t.field[:0]
	s, i := t.text, 0
	for {
		if i >= len(s) || s[i] != '"' {
			end := strings.IndexByte(s[min(i, len(s)):], t.comma)
			if end < 0 {
				t.field = append(t.field, s[min(i, len(s)):])
				return t.field, nil
			}
			t.field = append(t.field, s[i:i+end])
			i += end + 1
			continue
		}
		var b strings.Builder
		i++
		for {
			end := strings.IndexByte(s[i:], '"')
			if end < 0 {
				more, err := t.lines.next()
				if err != nil || len(s)+len(more) > recordLimit {
					b.WriteString(s[i:])
					t.long = t.long || err == nil
					t.field = append(t.field, b.String())
					if err != nil && !errors.Is(err, io.EOF) {
						return nil, err
					}
					if err != nil {
						return t.field, errOpenQuote
					}
					return t.field, nil
				}
				b.WriteString(s[i:])
				b.WriteByte('\n')
				s, i = string(more), 0
				t.text += "\n" + s
				if len(t.text) > recordLimit {
					t.long = true
					return t.field, nil
				}
				continue
			}
			b.WriteString(s[i : i+end])
			i += end + 1
			if i < len(s) && s[i] == '"' {
				b.WriteByte('"')
				i++
				continue
			}
			break
		}
		for i < len(s) && s[i] != t.comma { // text after a closing quote belongs to the field
			b.WriteByte(s[i])
			i++
		}
		t.field = append(t.field, b.String())
		if i >= len(s) {
			return t.field, nil
		}
		i++
	}
}

var errOpenQuote = errors.New("a quote is not closed before the end of the file")

// separator is what a header is separated with.
func separator(header []byte) byte {
	best, most := byte(','), 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		n, quoted := 0, false
		for _, b := range header {
			if b == '"' {
				quoted = !quoted
			} else if b == c && !quoted {
				n++
			}
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

// names are the column names of a header in the form that roles are known by.
func (t *table) names(header []string) []string {
	names := make([]string, len(header))
	for i, h := range header {
		names[i], _ = columnName(h)
	}
	return names
}

func parseCSV(r *run) error {
	return r.each(func(f *File, content io.Reader) error {
		c := &csvReading{run: r, table: newTable(content), maker: maker{run: r, other: "note"}, watch: newWatch(r, "csv")}
		if err := c.read(f); err != nil {
			return err
		}
		return c.watch.close()
	})
}

// csvReading is the reading of one table.
type csvReading struct {
	run      *run
	table    *table
	maker    maker
	header   []string
	layout   layout
	roleAt   []role // of each column; roleNone goes to the body
	readable bool
	event    model.Event
	row      row
	watch    *watch // of the columns of numbers, when a threshold was told
}

func (c *csvReading) read(f *File) error {
	c.run.clock.file, c.run.clock.dayFirst = namedZone{}, orderUnknown
	first, err := c.table.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil && !errors.Is(err, errOpenQuote) {
		return brokenFile{c.table.lines.n, err}
	}
	if err := c.columns(f, first); err != nil {
		if len(c.run.in.Files) > 1 { // one table of another sort must not keep the others out
			c.run.refuse(c.table.line, "no column is named as a time", c.table.text)
			return nil
		}
		return err
	}
	for {
		fields, err := c.table.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errOpenQuote):
			c.run.refuse(c.table.line, err.Error(), c.table.text)
			return nil
		case err != nil:
			return brokenFile{c.table.lines.n, err}
		case c.table.long:
			c.run.refuse(c.table.line, longRecord, c.table.text[:min(200, len(c.table.text))])
			continue
		}
		if err := c.record(f, fields); err != nil {
			return err
		}
	}
}

const longRecord = "the record is longer than 8 MB"

// columns decides what each column means.
func (c *csvReading) columns(f *File, header []string) error {
	c.header = append([]string(nil), header...)
	names := c.table.names(header)
	c.layout = newLayout(names)
	for i, h := range header {
		if _, zone := columnName(h); zone != "" && (i == c.layout[roleTime] || i == c.layout[roleClock]) {
			if z, ok := zoneWord(zone); ok {
				c.run.clock.file = z
			}
		}
	}
	if c.layout[roleTime] < 0 && c.layout[roleClock] < 0 {
		return &model.Fault{
			Kind: model.FaultInput, What: "import as csv", File: f.Name, Line: c.table.line,
			Reason: "no column is named as a time; the columns are " + cutRunes(oneLine(strings.Join(header, ", ")), 200),
			Remedy: "name the column of the times time, and the one of the texts text",
		}
	}
	c.roleAt = make([]role, len(header))
	for r := roleTime; r < roles; r++ {
		if i := c.layout[r]; i >= 0 && (c.roleAt[i] == roleNone || r == roleTime) {
			c.roleAt[i] = r
		}
	}
	if c.layout[roleTime] >= 0 {
		c.maker.timeName = oneLine(header[c.layout[roleTime]])
	}
	return nil
}

// record makes an event of one record.
func (c *csvReading) record(f *File, fields []string) error {
	w := &c.row
	w.reset(c.table.line)
	if c.run.plain = isPlain(c.table.text); !c.run.plain {
		c.run.noteInvalid(utf8.ValidString(c.table.text), w.line)
	}
	for r := roleTime; r < roles; r++ {
		if i := c.layout[r]; i >= 0 && i < len(fields) {
			w.value[r] = fields[i]
		}
	}
	for i, v := range fields {
		if i >= len(c.roleAt) {
			w.rest = append(w.rest, "column "+fmt.Sprint(i+1), v)
		} else if c.roleAt[i] == roleNone && v != "" {
			w.rest = append(w.rest, c.header[i], v)
		}
	}
	c.run.original = c.table.text
	if c.run.clock.dayFirst == orderUnknown && !c.readable {
		if err := c.decideOrder(f, w); err != nil {
			return err
		}
	}
	if len(c.watch.bounds) > 0 {
		return c.numbers(fields, w)
	}
	return c.maker.event(&c.event, w)
}

// decideOrder reads the whole column once, when its dates are written like 4/3/2026, to see whether the
// day or the month comes first. A column that does not tell is refused.
func (c *csvReading) decideOrder(f *File, w *row) error {
	at := c.layout[roleTime]
	if w.value[roleDate] != "" {
		at = c.layout[roleDate]
	}
	var st stamp
	if _, ok := slashDate(strings.TrimSpace(c.rowText(w, at)), &st); !ok || !st.slashed {
		c.readable = !ok
		return nil
	}
	content, err := f.open()
	if err != nil {
		return brokenFile{0, err}
	}
	defer content.Close()
	t := newTable(utf8Reader(content))
	order := orderUnknown
	for {
		fields, err := t.next()
		if err != nil {
			break
		}
		var st stamp
		if at >= len(fields) {
			continue
		}
		if _, ok := slashDate(strings.TrimSpace(fields[at]), &st); !ok || !st.slashed {
			continue
		}
		order = order.with(&st)
	}
	if order == orderUnknown {
		return &model.Fault{
			Kind: model.FaultInput, What: "import as csv", File: f.Name, Line: w.line,
			Reason: fmt.Sprintf("every date in the column %q, such as %s, can be read with the day or the month first", oneLine(c.header[at]), quote(c.rowText(w, at))),
			Remedy: "write the dates as 2026-03-04",
		}
	}
	if order == orderMixed {
		c.run.warn("order "+f.Name, "%s: some dates in %q have the day first and some the month; those that can be read both ways are refused", f.Name, oneLine(c.header[at]))
	}
	c.run.clock.dayFirst = order
	return nil
}

func (c *csvReading) rowText(w *row, at int) string {
	if at == c.layout[roleDate] && w.value[roleDate] != "" {
		return w.value[roleDate]
	}
	return w.value[roleTime]
}

// with is the order that is known after one more date.
func (o order) with(st *stamp) order {
	var seen order
	switch {
	case st.dayFirst:
		seen = orderDayFirst
	case st.day > 12:
		seen = orderMonthFirst
	default:
		return o
	}
	if o == orderUnknown || o == seen {
		return seen
	}
	return orderMixed
}
