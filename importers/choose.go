package importers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"aftermath/model"
)

// A column is what a sample of a table's rows shows of one column.
type column struct {
	header  string
	filled  int // rows in which it says something
	values  map[string]bool
	stamps  int // whole times of day with a date
	days    int // dates alone
	clocks  int // times of day alone
	serials int // days since 1899, as a spreadsheet counts them
	mails   int
	words   int // in all
	runes   int // in all, of what is no number and no time
}

// sampled looks at the rows below a header.
func sampled(header []string, rows [][]string) []column {
	columns := make([]column, len(header))
	for i := range columns {
		c := &columns[i]
		c.header, c.values = header[i], map[string]bool{}
		for _, row := range rows {
			if i < len(row) {
				c.take(strings.TrimSpace(row[i]))
			}
		}
	}
	return columns
}

func (c *column) take(value string) {
	if value == "" {
		return
	}
	c.filled++
	c.values[value] = true
	st, ok := wholeStamp(value)
	switch {
	case ok && st.timed && st.month > 0:
		c.stamps++
	case ok && st.month > 0:
		c.days++
	case ok && st.timed:
		c.clocks++
	case isSerialDate(value):
		c.serials++
	case isMail(value):
		c.mails++
	case strings.ContainsFunc(value, unicode.IsLetter) && webAddress(value) == "":
		c.runes += utf8.RuneCountInString(value)
		c.words += len(strings.Fields(value))
		if !hasBlanks(value) {
			c.words += utf8.RuneCountInString(value) / 4
		}
	}
}

func isMail(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && strings.LastIndexByte(s, '.') > at && !strings.ContainsAny(s, " \t\n,;<>/:")
}

// all reports whether every row that says something in the column says it in this form.
func (c *column) all(n int) bool { return c.filled > 0 && n == c.filled }

// small reports whether the column has so few values that it only sorts the rows.
func (c *column) small() bool {
	return speaksOf(c.header, smallWords) || c.filled >= 6 && len(c.values) <= max(2, c.filled/4)
}

// tells is how much the column says: long texts that differ from row to row.
func (c *column) tells() float64 {
	if c.filled == 0 || c.small() {
		return 0
	}
	return float64(c.runes) / float64(c.filled) * float64(len(c.values)) / float64(c.filled)
}

// wordy reports whether the texts of the column have several words.
func (c *column) wordy() bool { return c.filled > 0 && 2*c.words >= 3*c.filled }

// A chooser decides what the columns of a table mean: by their names where these are known, else by their values.
type chooser struct {
	columns []column
	layout  layout
	taken   []bool
	guessed map[role]bool // roles that were not clear from a known name
	serial  bool          // the times are days since 1899
}

// choose gives each role its column. The headless ones have no names to go by.
func choose(header []string, rows [][]string, known layout) *chooser {
	c := &chooser{columns: sampled(header, rows), layout: known, taken: make([]bool, len(header)), guessed: map[role]bool{}}
	c.time()
	c.pair()
	c.mark()
	c.end()
	c.text()
	c.named(roleActor, whoWords)
	c.named(roleService, serviceWords)
	c.named(roleKind, kindWordsOf)
	return c
}

func (c *chooser) set(r role, i int) {
	if c.layout[r] != i {
		c.layout[r], c.guessed[r] = i, true
	}
	c.taken[i] = true
}

// mark notes which columns are spoken for already.
func (c *chooser) mark() {
	for _, r := range []role{roleTime, roleClock, roleDate, roleEnd, roleZone, roleURL, roleID, roleParent, roleActor, roleService} {
		if i := c.layout[r]; i >= 0 {
			c.taken[i] = true
		}
	}
}

// time keeps the column that is named as the time when it holds times, and looks for another one when it does not, or
// when it only says when a record was changed.
func (c *chooser) time() {
	if c.layout[roleDate] >= 0 && c.layout[roleClock] >= 0 {
		return
	}
	named := c.layout[roleTime]
	if named >= 0 && (c.columns[named].filled == 0 || c.holdsTimes(named, 1) && !speaksOf(c.columns[named].header, laterWords)) {
		c.serial = c.columns[named].serials > 0
		return
	}
	best, rank := -1, 1<<30
	for i := range c.columns {
		col := &c.columns[i]
		if !c.holdsTimes(i, col.filled) {
			continue
		}
		r := 1
		switch {
		case speaksOf(col.header, laterWords):
			r = 4
		case speaksOf(col.header, endWords):
			r = 3
		case speaksOf(col.header, timeWords):
			r = 0
		case col.serials > 0:
			continue // any number may be one
		}
		if col.stamps == 0 && col.days == 0 && col.serials == 0 {
			r++ // a time of day without a date
		}
		if r < rank {
			best, rank = i, r
		}
	}
	if best >= 0 {
		c.set(roleTime, best)
		c.serial = c.columns[best].serials > 0
	}
}

// holdsTimes reports whether at least so many rows hold a time, a date or a time of day.
func (c *chooser) holdsTimes(i, least int) bool {
	col := &c.columns[i]
	return col.filled > 0 && col.stamps+col.days+col.clocks+col.serials >= least
}

// pair finds the time of day beside a column of dates, and the date beside one of times of day.
func (c *chooser) pair() {
	i := c.layout[roleTime]
	if i < 0 || c.layout[roleClock] >= 0 {
		return
	}
	switch col := &c.columns[i]; {
	case col.all(col.days):
		if j := c.first(func(o *column) bool { return o.all(o.clocks) && !speaksOf(o.header, endWords) }); j >= 0 {
			c.set(roleDate, i)
			c.set(roleClock, j)
		}
	case col.all(col.clocks):
		if j := c.first(func(o *column) bool { return o.all(o.days) && !speaksOf(o.header, laterWords) }); j >= 0 {
			c.set(roleDate, j)
			c.set(roleClock, i)
		}
	}
}

func (c *chooser) first(fits func(*column) bool) int {
	for i := range c.columns {
		if fits(&c.columns[i]) {
			return i
		}
	}
	return -1
}

// end finds the column that says when it was over.
func (c *chooser) end() {
	if c.layout[roleEnd] >= 0 {
		return
	}
	if i := c.first(func(o *column) bool {
		return o.filled > 0 && o.stamps+o.clocks == o.filled && speaksOf(o.header, endWords) && !speaksOf(o.header, laterWords)
	}); i >= 0 && !c.taken[i] {
		c.set(roleEnd, i)
	}
}

// text finds the column that says what happened. A column of a few values never does.
func (c *chooser) text() {
	if i := c.layout[roleTitle]; i >= 0 && !c.better(i) {
		c.taken[i] = true
		return
	}
	i := c.telling(func(o *column) bool { return speaksOf(o.header, textWords) })
	if i < 0 {
		i = c.telling((*column).wordy)
	}
	if i < 0 {
		if old := c.layout[roleTitle]; old >= 0 && c.columns[old].small() {
			c.layout[roleTitle] = -1
		}
		return
	}
	c.set(roleTitle, i)
	if c.layout[roleBody] == i {
		c.layout[roleBody] = -1
	}
	if j := c.telling(func(o *column) bool { return speaksOf(o.header, textWords) }); c.layout[roleBody] < 0 && j >= 0 {
		c.set(roleBody, j)
	}
}

// better reports whether another column says more than the one that is named as the text.
func (c *chooser) better(i int) bool {
	col := &c.columns[i]
	if col.filled == 0 {
		return false
	}
	other := c.telling(func(o *column) bool { return o != col && speaksOf(o.header, textWords) })
	if other < 0 {
		return col.small()
	}
	return col.small() || c.columns[other].wordy() && !col.wordy() && !isStrongTitle(col.header)
}

// isStrongTitle reports whether a name is given to nothing but titles and messages.
func isStrongTitle(header string) bool {
	name, _ := columnName(header)
	return slices.Contains([]string{"title", "summary", "subject", "headline", "short_description", "message", "msg", "text"}, name)
}

// telling is the column, of those that fit and are free, that says most.
func (c *chooser) telling(fits func(*column) bool) int {
	best, most := -1, 0.0
	for i := range c.columns {
		if o := &c.columns[i]; !c.taken[i] && fits(o) && o.tells() > most {
			best, most = i, o.tells()
		}
	}
	return best
}

// named gives a role without a column the first free one whose header speaks of it.
func (c *chooser) named(r role, list []string) {
	if c.layout[r] >= 0 {
		return
	}
	for i := range c.columns {
		if o := &c.columns[i]; !c.taken[i] && o.filled > 0 && i != c.layout[roleTitle] && i != c.layout[roleBody] && !o.all(o.mails) && speaksOf(o.header, list) {
			c.set(r, i)
			return
		}
	}
}

// chosen tells which columns were taken, for people.
func (c *chooser) chosen() string {
	var parts []string
	for _, r := range []role{roleDate, roleClock, roleTime, roleEnd, roleTitle, roleBody, roleActor, roleService, roleKind, roleZone} {
		if r == roleTime && c.layout[roleDate] >= 0 && c.layout[roleClock] >= 0 {
			continue
		}
		if i := c.layout[r]; i >= 0 && i < len(c.columns) {
			parts = append(parts, fmt.Sprintf("%s from %s", roleTitles[r], quote(c.columns[i].header)))
		}
	}
	return strings.Join(parts, ", ")
}

// roleTitles are the roles as people choose and read them.
var roleTitles = map[role]string{
	roleTime: "time", roleClock: "time", roleDate: "date", roleEnd: "end", roleZone: "zone", roleTitle: "title", roleBody: "body",
	roleActor: "actor", roleService: "service", roleKind: "kind",
}

// told puts the columns in their roles that a person named.
func (c *chooser) told(columns []Column, file string) error {
	for _, t := range columns {
		i := slices.IndexFunc(c.columns, func(o column) bool { return strings.EqualFold(oneLine(o.header), oneLine(t.Name)) })
		if n, err := strconv.Atoi(t.Name); i < 0 && err == nil && n > 0 && n <= len(c.columns) {
			i = n - 1
		}
		r, ok := roleTitled(t.Role)
		if i < 0 || !ok {
			return &model.Fault{Kind: model.FaultInput, What: "import as csv", File: file, Reason: fmt.Sprintf("there is no column %q", t.Name), Remedy: "the columns are " + c.headers()}
		}
		c.unset(r, i)
		c.layout[r] = i
		if r == roleTime {
			c.layout[roleDate], c.layout[roleClock] = -1, -1
			c.serial = c.columns[i].serials > 0
			c.pair()
		}
		if r == roleDate {
			c.layout[roleClock] = c.layout[roleTime]
		}
		c.guessed[r] = true
	}
	return nil
}

// unset takes a column out of the other roles that show it.
func (c *chooser) unset(r role, i int) {
	for o := roleTime; o < roles; o++ {
		if o != r && c.layout[o] == i {
			c.layout[o] = -1
		}
	}
}

func (c *chooser) headers() string {
	var names []string
	for i := range c.columns {
		names = append(names, c.columns[i].header)
	}
	return cutRunes(oneLine(strings.Join(names, ", ")), 200)
}

// isAlert reports whether the rows are alerts: their text is a problem, and what would be their kind only says how bad
// it is or whether it is over.
func (c *chooser) isAlert() bool {
	i, k := c.layout[roleTitle], c.layout[roleKind]
	return i >= 0 && speaksOf(c.columns[i].header, alertWords) && (k < 0 || c.columns[k].small())
}

// unknownTime asks which column holds the times, or refuses when none does.
func (c *chooser) unknownTime(file string) error {
	q := &Question{Need: NeedColumn, Role: "time", File: file, Line: 1, Example: c.headers(), Why: "names no column as the time"}
	for i := range c.columns {
		if c.holdsTimes(i, 1) {
			q.Suggestions = append(q.Suggestions, "time="+c.columns[i].header)
		}
	}
	if len(q.Suggestions) > 0 {
		return q
	}
	return &model.Fault{
		Kind: model.FaultInput, What: "import as csv", File: file, Line: 1,
		Reason: "no column is named as a time, and none holds times; the columns are " + c.headers(),
		Remedy: "name the column of the times time, and the one of the texts text",
	}
}
