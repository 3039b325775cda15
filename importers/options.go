package importers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// Options are the answers and limits that a person gives for one reading. The zero value asks about
// everything that the data leave open.
type Options struct {
	Zone *time.Location // of times that carry none
	Date time.Time      // the day of times that carry none; only its year, month and day count
	Year int            // of dates that carry none
	From time.Time      // only what touches the window; zero means no limit
	To   time.Time

	Columns  []Column // of tables and JSON, in the place of those that would be taken
	Encoding string   // of files that are not UTF-8
	Offer    Offer    // what may be offered in a question

	// The thresholds that make events of a series of numbers, as decimal text; empty for none.
	Above, Below string

	// Queries are what the pages of a live source were asked for, by their ids. One with a threshold of its own
	// goes before Above and Below.
	Queries map[model.ID]model.Query
}

// A Column gives a role to a column of a table, or to a member of JSON records.
type Column struct{ Role, Name string }

// ParseColumn reads a column as a person types it: time=Zeitpunkt.
func ParseColumn(text string) (Column, error) {
	role, name, ok := strings.Cut(text, "=")
	role, name = strings.ToLower(strings.TrimSpace(role)), strings.TrimSpace(name)
	if _, known := roleTitled(role); !ok || !known || name == "" {
		return Column{}, fmt.Errorf("%q names no column; write it as time=Zeitpunkt, with one of %s in front", text, strings.Join(ColumnRoles, ", "))
	}
	return Column{role, name}, nil
}

// ColumnRoles are what a column can be chosen for.
var ColumnRoles = []string{"time", "date", "title", "body", "actor", "kind", "service", "end", "zone"}

func roleTitled(title string) (role, bool) {
	for r := roleTime; r < roles; r++ {
		if roleTitles[r] == title && r != roleClock {
			return r, true
		}
	}
	return roleNone, false
}

// roled is what a member of a record means, now that a person may have named members.
func (o Options) roled(path string, means []ranked) []ranked {
	if len(o.Columns) == 0 {
		return means
	}
	leaf := path[strings.LastIndexByte(path, '.')+1:]
	var kept []ranked
	for _, c := range o.Columns {
		if r, _ := roleTitled(c.Role); c.Name == path || c.Name == leaf {
			return []ranked{{r, -1}}
		}
	}
	for _, m := range means {
		if !slices.ContainsFunc(o.Columns, func(c Column) bool { return c.Role == roleTitles[m.role] }) {
			kept = append(kept, m)
		}
	}
	return kept
}

// Need is what a reading must be told.
type Need string

// What can be asked for, named as the flag that answers it.
const (
	NeedZone Need = "zone"
	NeedDate Need = "date"
	NeedYear Need = "year"

	NeedColumn   Need = "column" // which column has a role
	NeedEncoding Need = "encoding"

	NeedAbove Need = "above" // a threshold; --below answers too
)

// A Question stops a reading at the first time that cannot be known without an answer.
type Question struct {
	Need        Need
	Role        string // of the column that is asked for
	File        string
	Line        int
	Example     string // the text that raised it
	Why         string
	Suggestions []string // answers worth offering, the likeliest first
	From        string   // where they come from
}

// Error tells what is missing, where, and which flag answers it.
func (q *Question) Error() string { return q.fault().Error() }

// Unwrap makes a question a fault of the input, so that it ends a command as one.
func (q *Question) Unwrap() error { return q.fault() }

func (q *Question) fault() *model.Fault {
	remedy := fmt.Sprintf("answer with --%s", q.Need)
	example := map[Need]string{NeedZone: "Europe/London", NeedDate: "2026-03-04", NeedYear: "2026", NeedAbove: "100, or --below 100"}[q.Need]
	for i, s := range q.Suggestions {
		if strings.ContainsAny(s, " ;&()'") {
			s = "'" + strings.ReplaceAll(s, "'", `'\\''`) + "'"
		}
		if i > 0 {
			remedy += " or --" + string(q.Need)
		}
		remedy += " " + s
	}
	switch {
	case len(q.Suggestions) == 0:
		remedy += fmt.Sprintf(", for example --%s %s", q.Need, example)
	case q.From != "":
		remedy += ", " + q.From
	}
	return &model.Fault{
		Kind: model.FaultInput, What: "import", File: q.File, Line: q.Line,
		Reason: fmt.Sprintf("%q %s", q.Example, q.Why),
		Remedy: remedy,
	}
}

func isQuestion(err error) bool {
	var q *Question
	return errors.As(err, &q)
}

// quote shows a text from outside inside a sentence.
func quote(s string) string { return fmt.Sprintf("%q", cutRunes(oneLine(s), 60)) }
