package importers

import (
	"errors"
	"fmt"
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

	// The thresholds that make events of a series of numbers, as decimal text; empty for none.
	Above, Below string

	// Queries are what the pages of a live source were asked for, by their ids. One with a threshold of its own
	// goes before Above and Below.
	Queries map[model.ID]model.Query
}

// Need is what a reading must be told.
type Need string

// What can be asked for, named as the flag that answers it.
const (
	NeedZone Need = "zone"
	NeedDate Need = "date"
	NeedYear Need = "year"

	NeedAbove Need = "above" // a threshold; --below answers too
)

// A Question stops a reading at the first time that cannot be known without an answer.
type Question struct {
	Need        Need
	File        string
	Line        int
	Example     string // the text that raised it
	Why         string
	Suggestions []string // answers worth offering, the likeliest first
}

// Error tells what is missing, where, and which flag answers it.
func (q *Question) Error() string { return q.fault().Error() }

// Unwrap makes a question a fault of the input, so that it ends a command as one.
func (q *Question) Unwrap() error { return q.fault() }

func (q *Question) fault() *model.Fault {
	example := map[Need]string{NeedZone: "Europe/London", NeedDate: "2026-03-04", NeedYear: "2026", NeedAbove: "100, or --below 100"}[q.Need]
	if len(q.Suggestions) > 0 {
		example = strings.Join(q.Suggestions, " or --"+string(q.Need)+" ")
	}
	return &model.Fault{
		Kind: model.FaultInput, What: "import", File: q.File, Line: q.Line,
		Reason: fmt.Sprintf("%q %s", q.Example, q.Why),
		Remedy: fmt.Sprintf("answer with --%s, for example --%s %s", q.Need, q.Need, example),
	}
}

func isQuestion(err error) bool {
	var q *Question
	return errors.As(err, &q)
}

// quote shows a text from outside inside a sentence.
func quote(s string) string { return fmt.Sprintf("%q", cutRunes(oneLine(s), 60)) }
