package importers

import (
	"errors"
	"fmt"
	"time"
)

// An Offer is what is known from outside of an input: answers worth offering when its times leave something open. They
// are never used without a person's word.
type Offer struct {
	Day  time.Time      // of the incident, in its zone
	Zone *time.Location // of the incident, when it names one
}

// offered puts the answers that are known into a question that has none of its own.
func (r *run) offered(err error) error {
	var q *Question
	if !errors.As(err, &q) || len(q.Suggestions) > 0 {
		return err
	}
	o := r.opt.Offer
	switch {
	case q.Need == NeedZone && o.Zone != nil:
		q.Suggestions, q.From = []string{o.Zone.String()}, "from the incident"
	case q.Need == NeedDate && !o.Day.IsZero():
		q.Suggestions, q.From = []string{o.Day.Format(time.DateOnly)}, "from the incident"
	case q.Need == NeedYear && !o.Day.IsZero():
		q.Suggestions, q.From = []string{fmt.Sprint(o.Day.Year())}, "from the incident"
	}
	return err
}
