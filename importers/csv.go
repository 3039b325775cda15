package importers

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"aftermath/model"
)

var csvSource = Source{
	Name: "csv", Title: "CSV", About: "tables with a header: comma, semicolon or tab; any column names that say time and text",
	Detect: detectCSV, parse: parseCSV,
}

func detectCSV(name string, head []byte) (Confidence, string) {
	if looksBinary(head) || len(head) == 0 || looksLikeJSON(head) {
		return No, ""
	}
	h, ok := headOf(head)
	if !ok || len(h.header) < 2 {
		return No, ""
	}
	named := hasExt(name, ".csv", ".tsv")
	first := strings.TrimSpace(h.header[0])
	if first == "" && !named || strings.HasPrefix(first, "{") || strings.HasPrefix(first, "|") {
		return No, ""
	}
	why := "a header " + cutRunes(oneLine(strings.Join(h.header, ",")), 60)
	switch {
	case h.bare && len(h.rows) > 0 && isPostgresLog(h.rows[0]):
		return Sure, "the columns of a PostgreSQL csvlog"
	case h.bare && named:
		return Likely, "rows without a header"
	case h.bare:
		return No, ""
	case h.skipped == 0 && namesTime(h.header) && named:
		return Sure, why
	case h.skipped == 0 && namesTime(h.header):
		return Likely, why
	}
	c := choose(h.header, h.rows, newLayout(columnNames(h.header)))
	switch found := c.layout[roleTime] >= 0 || c.layout[roleClock] >= 0; {
	case found && named:
		return Sure, why
	case found && h.even() && len(h.rows) > 1:
		return Likely, why
	case named:
		return Likely, "its name"
	}
	return No, ""
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
	serial   bool // the times are days since 1899
	decimal  bool // numbers have a decimal comma
	event    model.Event
	row      row
	watch    *watch // of the columns of numbers, when a threshold was told
}

func (c *csvReading) read(f *File) error {
	c.run.clock.file, c.run.clock.dayFirst = namedZone{}, orderUnknown
	h, ok := headOf(f.head())
	if !ok {
		return nil
	}
	c.table.comma, c.decimal = h.comma, h.comma == ';' || h.comma == '\t'
	if err := c.columns(f, h); err != nil {
		if len(c.run.in.Files) > 1 { // one table of another sort must not keep the others out
			c.run.refuse(1, "no column is known as a time", strings.Join(h.header, ", "))
			return nil
		}
		return err
	}
	above := h.skipped
	if !h.bare {
		above++
	}
	for n := 0; ; n++ {
		fields, err := c.table.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errOpenQuote) && n >= above:
			c.run.refuse(c.table.line, err.Error(), c.table.text)
			return nil
		case err != nil && !errors.Is(err, errOpenQuote):
			return brokenFile{c.table.lines.n, err}
		case n < above:
			continue
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

// columns decides what each column means: as it was told, as its name says, or as its values look.
func (c *csvReading) columns(f *File, h tableHead) error {
	r := c.run
	c.header = slices.Clone(h.header)
	names := columnNames(h.header)
	known := newLayout(names)
	pick := choose(h.header, h.rows, known)
	if err := pick.told(r.opt.Columns, f.Name); err != nil {
		return err
	}
	c.layout, c.serial = pick.layout, pick.serial
	for i, header := range h.header {
		if _, zone := columnName(header); zone != "" && (i == c.layout[roleTime] || i == c.layout[roleClock]) {
			if z, ok := zoneWord(zone); ok {
				r.clock.file = z
			}
		}
	}
	r.reading.Columns = h.header
	if c.layout[roleTime] < 0 && c.layout[roleClock] < 0 {
		return pick.unknownTime(f.Name)
	}
	if pick.isAlert() {
		c.maker.other, pick.layout[roleKind] = "alert", -1
	}
	c.layout, r.reading.Chosen = pick.layout, pick.chosen()
	if len(pick.guessed) > 0 || h.bare || h.skipped > 0 {
		r.warn("columns "+f.Name, "%s: %s%s; --column names others", f.Name, h.place(), r.reading.Chosen)
	}
	c.roleAt = make([]role, len(h.header))
	for i := range c.roleAt {
		if col := &pick.columns[i]; h.header[i] == "" && h.bare || col.all(col.mails) {
			c.roleAt[i] = roleUnkept
		}
	}
	for r := roleTime; r < roles; r++ {
		if i := c.layout[r]; i >= 0 && (c.roleAt[i] <= roleNone || r == roleTime) {
			c.roleAt[i] = r
		}
	}
	if i := c.layout[roleKind]; i >= 0 {
		c.row.levels = isLevelName(names[i])
	}
	if c.layout[roleTime] >= 0 {
		c.maker.timeName = oneLine(h.header[c.layout[roleTime]])
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
	if c.serial {
		c.spell(w)
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

// spell writes days since 1899 as dates and times.
func (c *csvReading) spell(w *row) {
	for _, r := range []role{roleTime, roleEnd} {
		if at, ok := serialDate(w.value[r]); ok {
			w.value[r] = at.Format(time.DateTime)
			c.run.warn("serial "+c.run.fileName(), "%s: %q holds days since the end of 1899, as spreadsheets count them; %s is %s", c.run.fileName(), c.maker.timeName, quote(c.table.field[c.layout[r]]), w.value[r])
		}
	}
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
	t := newTable(f.text(content))
	t.comma = c.table.comma
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
