package importers

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"aftermath/model"
)

// A bound is a number that a series may go beyond. It is kept as it was written.
type bound struct {
	text  string
	value *big.Float
	below bool
}

func (b bound) word() string {
	if b.below {
		return "below"
	}
	return "above"
}

// beyond says whether v lies on the far side of the bound. The bound itself is on the near side.
func (b bound) beyond(v *big.Float) bool {
	if b.below {
		return v.Cmp(b.value) < 0
	}
	return v.Cmp(b.value) > 0
}

// number reads a decimal number or an infinity. NaN is none.
func number(text string) (*big.Float, bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 64 || strings.ContainsAny(text, "xXpP_") {
		return nil, false
	}
	v, _, err := big.ParseFloat(text, 10, 256, big.ToNearestEven)
	return v, err == nil
}

// IsNumber says whether a text can be a threshold, as in 0.5, -3 or 1e6.
func IsNumber(text string) bool {
	v, ok := number(text)
	return ok && !v.IsInf()
}

// A watch makes events of the stretches in which series of numbers lie beyond a bound. It keeps nothing
// of a series but where it stands.
type watch struct {
	run    *run
	source string
	zone   string // where the zone of the times comes from
	bounds []bound
	query  model.Query // that the numbers answer
	found  bool        // a stretch, in what is being read
	series map[string]*series
	order  []*series
}

// A series is one metric with one set of labels.
type series struct {
	id        string // the same whatever people call it
	name      string
	service   string
	labels    [][2]string
	unit      string
	first     time.Time
	last      time.Time
	stretches []*stretch // one for each bound; nil while on the near side
	span      *span      // where no bound is known
}

// A stretch is a time that a series spends beyond a bound.
type stretch struct {
	event model.Event
	peak  *big.Float
	text  string // the peak as written
}

func newWatch(r *run, source string) *watch {
	w := &watch{run: r, source: source, zone: "data", series: map[string]*series{}}
	w.look(model.Query{Above: r.opt.Above, Below: r.opt.Below})
	return w
}

// look takes the bounds of the series that come next.
func (w *watch) look(q model.Query) {
	w.query, w.bounds = q, nil
	for _, b := range []bound{{text: q.Above}, {text: q.Below, below: true}} {
		if v, ok := number(b.text); ok {
			b.value = v
			w.bounds = append(w.bounds, b)
		}
	}
}

// of is the series with the name and labels. Which numbers matter cannot be known without a bound: a file is asked
// about, and of a live source the series is told as a whole.
func (w *watch) of(name, service, unit string, labels [][2]string, line int) (*series, error) {
	if len(w.bounds) == 0 && !w.run.in.fetched {
		return nil, &Question{
			Need: NeedAbove, File: w.run.fileName(), Line: line, Example: excerpt(name),
			Why: "is a series of numbers; an event is made where it crosses a threshold, and none was told",
		}
	}
	key := name + "\x00" + pairLines(labels)
	s, ok := w.series[key]
	if !ok {
		s = &series{id: w.id(name, labels), name: name, service: service, unit: unit, labels: labels, stretches: make([]*stretch, len(w.bounds))}
		if len(w.bounds) == 0 {
			s.span = &span{}
		}
		w.series[key] = s
		w.order = append(w.order, s)
	}
	return s, nil
}

// id tells the series from all others: two queries may give series of one name with the same labels.
func (w *watch) id(name string, labels [][2]string) string {
	parts := append([][2]string{{"", name}}, labels...)
	if w.query.Query != "" {
		parts = append(parts, [2]string{"query", w.query.Query})
	}
	return fingerprint(parts)
}

// point takes the next value of a series. One that is not later than the last is left out.
func (w *watch) point(s *series, at time.Time, text, written string, p model.Precision, line int) error {
	v, ok := number(text)
	if !ok {
		if !strings.EqualFold(text, "nan") {
			w.run.refuse(line, "the value is no number: "+quote(text), written)
		}
		return nil
	}
	if s.first.IsZero() {
		s.first = at
	} else if !at.After(s.last) {
		w.run.warn("order "+s.name, "%s has values that are not later than those before them; they were left out", s.name)
		return nil
	}
	s.last = at
	if s.span != nil {
		s.span.add(v, text, at, written, p, line)
	}
	for i, b := range w.bounds {
		open := s.stretches[i]
		switch {
		case b.beyond(v) && open == nil:
			s.stretches[i] = w.begin(s, b, at, written, p, line)
			s.stretches[i].peak, s.stretches[i].text = v, text
		case b.beyond(v):
			if further := v.Cmp(open.peak); further > 0 && !b.below || further < 0 && b.below {
				open.peak, open.text = v, text
			}
		case open != nil:
			open.event.End = at
			s.stretches[i] = nil
			if err := w.give(s, b, open, ""); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *watch) begin(s *series, b bound, at time.Time, written string, p model.Precision, line int) *stretch {
	st := &stretch{event: model.Event{
		At: at, TimeText: written, ZoneSource: w.zone, Precision: p, Line: line, Kind: "metric", Service: s.service,
		ExternalID: fmt.Sprintf("%s:crossing:%s:%s:%s:%s", w.source, s.id, b.word(), b.text, at.UTC().Format(time.RFC3339Nano)),
	}}
	if at.Equal(s.first) {
		st.event.Body = "It was there already at the first value of the file."
	}
	return st
}

func (w *watch) give(s *series, b bound, st *stretch, remark string) error {
	extreme := "peak"
	if b.below {
		extreme = "lowest"
	}
	e := &st.event
	e.Title = fmt.Sprintf("%s %s %s: %s %s", s.name, b.word(), b.text, extreme, strings.TrimSpace(st.text+" "+s.unit))
	e.Body = joinLines(pairLines(s.labels), e.Body, remark)
	w.found = true
	return w.run.eventAsOf(e, s.asOf(e))
}

// asOf is when the last thing was known of a stretch. One that went on is told anew by later data.
func (s *series) asOf(e *model.Event) time.Time {
	if e.End.IsZero() {
		return s.last
	}
	return e.End
}

// close gives the stretches that lasted to the end of the data. They have no end.
func (w *watch) close() error {
	if len(w.order) > 0 && len(w.bounds) > 0 && !w.found && !w.anyOpen() {
		w.run.nothing = "no value lies " + w.sought()
		w.run.warn("none"+w.run.fileName(), "no value in %s lies %s", w.run.fileName(), w.sought())
	}
	for _, s := range w.order {
		if s.span != nil {
			if err := w.whole(s); err != nil {
				return err
			}
		}
		for i, open := range s.stretches {
			if open == nil {
				continue
			}
			if err := w.give(s, w.bounds[i], open, "It was still there at the last value of the file."); err != nil {
				return err
			}
		}
	}
	w.series, w.order, w.found = map[string]*series{}, nil, false
	return nil
}

func (w *watch) anyOpen() bool {
	for _, s := range w.order {
		for _, open := range s.stretches {
			if open != nil {
				return true
			}
		}
	}
	return false
}

// sought names the bounds.
func (w *watch) sought() string {
	var words []string
	for _, b := range w.bounds {
		words = append(words, b.word()+" "+b.text)
	}
	return strings.Join(words, " or ")
}
