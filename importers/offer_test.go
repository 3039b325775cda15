package importers

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// An answer that is known stands in the question, with where it comes from.
func TestOffers(t *testing.T) {
	incident := Offer{Day: day("2026-11-29"), Zone: zone("Europe/Berlin")}
	for _, c := range []struct {
		name, source, text, answer, from string
		opt                              Options
	}{
		{"the incident's zone", "csv", "time,text\n2026-03-04 14:00,one\n", "--zone Europe/Berlin", "from the incident", Options{Offer: incident}},
		{"the incident's day", "text", "- 14:00 one\n- 14:05 two\n", "--date 2026-11-29", "from the incident", Options{Offer: incident, Zone: time.UTC}},
		{"the incident's year", "syslog", "Nov 29 14:00:00 alpha app[1]: up\n", "--year 2026", "from the incident", Options{Offer: incident, Zone: time.UTC}},
		{"front matter", "text", "---\ntitle: x\ndate: 2024-03-06\n---\n\n- 14:00 one\n", "--date 2024-03-06", "from line 3: date: 2024-03-06", Options{Offer: incident, Zone: time.UTC}},
		{"a sentence above", "text", "The outage\n\nOn 5 March 2024 the queue was full for an hour.\n\n- 14:00 one\n- 14:05 two\n", "--date 2024-03-05", "from line 3: On 5 March 2024", Options{Offer: incident, Zone: time.UTC}},
		{"a sentence in German", "text", "Am 5. März 2024 war die Warteschlange voll.\n\n- 14:00 eins\n- 14:05 zwei\n", "--date 2024-03-05", "from line 1: Am 5. März", Options{Offer: incident, Zone: time.UTC}},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gather(t, c.source, c.opt, write(t, "x."+c.source, c.text)...)
			var q *Question
			if !errors.As(g.err, &q) || !strings.Contains(q.Error(), "answer with "+c.answer+", "+c.from) || len(q.Suggestions) != 1 {
				t.Errorf("got %v %v", g.err, fmt.Sprint(q))
			}
		})
	}
}
