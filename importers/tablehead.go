package importers

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// A tableHead is what the beginning of a table shows: where its header is, and the rows below.
type tableHead struct {
	comma   byte
	skipped int      // records above the header: a title, the day of the export
	header  []string // as written; columns are counted where there is none
	bare    bool     // the first record holds values already
	rows    [][]string
}

// sampleRows is how many rows decide what the columns mean.
const sampleRows = 200

// headRecords is within how many records the header lies.
const headRecords = 30

// headOf looks at the beginning of a table.
func headOf(head []byte) (h tableHead, ok bool) {
	t := newTable(bytes.NewReader(head))
	t.comma = separatorOf(head)
	h.comma = t.comma
	var records [][]string
	for len(records) < headRecords+sampleRows {
		fields, err := t.next()
		if err != nil {
			break
		}
		records = append(records, slices.Clone(fields))
	}
	h.comma = t.comma
	if len(head) >= headSize && len(records) > 1 {
		records = records[:len(records)-1] // the last one is cut
	}
	if len(records) == 0 {
		return h, false
	}
	width := widthOf(records)
	for i, r := range records[:min(len(records), headRecords)] {
		filled := filledIn(r)
		switch {
		case isPostgresLog(r) || hasStamp(r) && len(r) == width && filled > 1 && (filled == width || filled > 2 && filled == width-1):
			h.bare, h.skipped = true, i
			h.header, h.rows = namelessColumns(r), records[i:]
			return h, true
		case i == 0 && namesTime(r), filled > 1 && 2*filled > width && len(r) >= width && !hasStamp(r) && (namesTime(r) || i+1 < len(records) && hasStamp(records[i+1])):
			h.skipped, h.header, h.rows = i, r, records[i+1:]
			return h, true
		}
	}
	h.header, h.rows = records[0], records[1:]
	return h, true
}

// widthOf is the number of fields that most records have.
func widthOf(records [][]string) int {
	count := map[int]int{}
	for _, r := range records {
		count[len(r)]++
	}
	best := 0
	for w, n := range count {
		if n > count[best] || n == count[best] && w > best {
			best = w
		}
	}
	return best
}

func filledIn(record []string) (n int) {
	for _, f := range record {
		if strings.TrimSpace(f) != "" {
			n++
		}
	}
	return n
}

// hasStamp reports whether a field of a record is a date or a time of day.
func hasStamp(record []string) bool {
	return slices.ContainsFunc(record, func(f string) bool {
		st, ok := wholeStamp(f)
		return ok && (st.month > 0 || st.timed) || isSerialDate(f)
	})
}

// namesTime reports whether a record names a column that is known as a time.
func namesTime(record []string) bool {
	names := make([]string, len(record))
	for i, f := range record {
		names[i], _ = columnName(f)
	}
	l := newLayout(names)
	return (l[roleTime] >= 0 || l[roleClock] >= 0) && !hasStamp(record)
}

// namelessColumns are the names of columns that have none: those of a log of PostgreSQL are known.
func namelessColumns(record []string) []string {
	names := make([]string, len(record))
	for i := range names {
		names[i] = "column " + strconv.Itoa(i+1)
	}
	if isPostgresLog(record) {
		copy(names, postgresColumns)
	}
	return names
}

// postgresColumns are the columns of PostgreSQL's csvlog, which has no header. Those without a name are left out.
var postgresColumns = []string{"time", "user_name", "service", "", "", "", "", "", "", "", "", "level", "sql_state", "message", "detail", "hint", "", "",
	"context", "query", "", "", "application_name", "", "", ""}

// isPostgresLog reports whether a record is a line of PostgreSQL's csvlog: at least 22 fields, the first a time, the
// twelfth a severity.
func isPostgresLog(record []string) bool {
	if len(record) < 22 {
		return false
	}
	_, ok := wholeStamp(record[0])
	return ok && slices.Contains([]string{"DEBUG", "LOG", "INFO", "NOTICE", "WARNING", "ERROR", "FATAL", "PANIC"}, strings.TrimRight(record[11], "12345"))
}

// separatorOf is what most of the first lines are parted by alike.
func separatorOf(head []byte) byte {
	best, agreed, most := byte(0), 0, 0
	for _, c := range []byte{',', ';', '\t', '|'} {
		counts := map[int]int{}
		lines := 0
		for line := range bytes.Lines(head) {
			if lines++; lines > headRecords {
				break
			}
			if rest, ok := bytes.CutPrefix(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")), []byte("sep=")); ok && len(rest) > 0 {
				return rest[0]
			}
			if n := parted(line, c); n > 0 {
				counts[n]++
			}
		}
		for n, lines := range counts {
			if lines > agreed || lines == agreed && n > most {
				best, agreed, most = c, lines, n
			}
		}
	}
	return best
}

// parted counts a separator outside of quotes.
func parted(line []byte, c byte) (n int) {
	quoted := false
	for _, b := range line {
		if b == '"' {
			quoted = !quoted
		} else if b == c && !quoted {
			n++
		}
	}
	return n
}

// even reports whether all rows have as many fields as the header.
func (h *tableHead) even() bool {
	return !slices.ContainsFunc(h.rows, func(r []string) bool { return len(r) != len(h.header) })
}

// place says where the header is, when it is not the first line.
func (h *tableHead) place() string {
	switch {
	case h.bare:
		return "it has no header; "
	case h.skipped > 0:
		return plural(h.skipped, "line stands", "lines stand") + " above the header; "
	}
	return ""
}
