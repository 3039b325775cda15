package exporters

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// mostViewed is how many lines of what was in view stand beside a question.
const mostViewed = 8

// Calibration writes the sheet that goes out before the meeting: for each person or role the moments that
// they are asked about, what was in view then, and the open questions with room to answer. What happened
// later is left out, and so is what others have answered.
func Calibration(w io.Writer, r Retro) error {
	r = r.settle()
	open := r.Record.OpenQuestions()
	moments, err := r.viewed(open)
	if err != nil {
		return err
	}
	open = slices.DeleteFunc(open, func(q model.Question) bool { _, there := moments[q.About]; return !there })
	s := &sheet{page: page{style: styles["github"]}, Retro: r, moments: moments}
	var body []model.Event
	for _, m := range moments {
		body = append(append(body, m.event), m.view...)
	}
	slices.SortStableFunc(body, func(a, b model.Event) int { return a.At.Compare(b.At) })
	s.clock = newClock(r.Zone, r.Record.Incident, body)
	s.write(open)
	above := s.b.Bytes()
	if _, err := w.Write(above); err != nil {
		return err
	}
	_, err = io.WriteString(w, sealLine(true, r.Record.Incident.Key, above))
	return err
}

// A moment is one line with what could be seen in the minutes before it, oldest first.
type moment struct {
	event model.Event
	view  []model.Event
	more  int // lines that were in view, too
}

// viewed reads the timeline once and keeps the moments that questions are about.
func (r Retro) viewed(open []model.Question) (map[model.ID]moment, error) {
	wanted := map[model.ID]bool{}
	for _, q := range open {
		wanted[q.About] = true
	}
	moments := map[model.ID]moment{}
	var last []model.Event // the last lines that could be seen
	var times []time.Time  // of all of them in the window, so that the rest can be counted
	err := r.Events(func(e *model.Event) error {
		from := e.At.Add(-model.ViewWindow)
		times = slices.DeleteFunc(times, func(t time.Time) bool { return t.Before(from) })
		if wanted[e.ID] {
			m := moment{event: *e}
			for _, v := range last {
				if !v.At.Before(from) {
					m.view = append(m.view, v)
				}
			}
			m.more = len(times) - len(m.view)
			moments[e.ID] = m
		}
		if e.InView() {
			if len(last) == mostViewed {
				last = append(last[:0:0], last[1:]...)
			}
			last, times = append(last, *e), append(times, e.At)
		}
		return nil
	})
	return moments, err
}

// A sheet is one calibration sheet being written.
type sheet struct {
	page
	Retro
	clock   clock
	moments map[model.ID]moment
}

func (s *sheet) write(open []model.Question) {
	i := s.Record.Incident
	title := s.cell(i.Title)
	if title == "" {
		title = "Untitled incident"
	}
	s.heading(1, "Before we meet: "+title)
	s.block("Please answer from what you saw and knew at the time, not from what is known now. A few words are enough, and “I do not know” is an answer." +
		" All times are in " + s.cell(s.clock.name(later(i.Started, i.Detected))) + ".")
	if len(open) == 0 {
		s.block("No question is open.")
		return
	}
	for _, to := range s.people(open) {
		var theirs []model.Question
		for _, q := range open {
			if q.To == to {
				theirs = append(theirs, q)
			}
		}
		s.person(to, theirs)
	}
}

// people are those who are asked, in the order of their first moment.
func (s *sheet) people(open []model.Question) []string {
	first := map[string]time.Time{}
	for _, q := range open {
		at := s.moments[q.About].event.At
		if was, known := first[q.To]; !known || at.Before(was) {
			first[q.To] = at
		}
	}
	var names []string
	for n := range first {
		names = append(names, n)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := first[a].Compare(first[b]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return names
}

func (s *sheet) person(to string, open []model.Question) {
	name := s.cell(to)
	if name == "" {
		name = "Whoever was there"
	}
	s.heading(2, name)
	slices.SortStableFunc(open, func(a, b model.Question) int {
		x, y := s.moments[a.About].event, s.moments[b.About].event
		if d := x.At.Compare(y.At); d != 0 {
			return d
		}
		if d := strings.Compare(string(x.ID), string(y.ID)); d != 0 {
			return d
		}
		return rank(a.Asks) - rank(b.Asks)
	})
	for n, q := range open {
		if n == 0 || open[n-1].About != q.About {
			s.moment(s.moments[q.About])
		}
		s.block("**" + s.inline(q.Text) + "**")
		s.block(">\n>\n>")
	}
}

func rank(field string) int {
	return slices.IndexFunc(model.FourQuestions, func(a model.Asked) bool { return a.Field == field })
}

func (s *sheet) moment(m moment) {
	e := m.event
	head := []string{s.clock.at(e.At, e.Precision)} // when it ended was not known then
	if start := s.Record.Incident.Started; !start.IsZero() {
		head = append(head, into(e.At.Sub(start)))
	}
	if e.Actor != "" {
		head = append(head, s.cell(e.Actor))
	}
	s.heading(3, strings.Join(head, " · "))
	s.block(s.lineStart(s.inline(e.Title)))
	if len(m.view) == 0 {
		s.block("Nothing is recorded of what was in view in the " + minutes(model.ViewWindow) + " before.")
		return
	}
	text := "In view in the " + minutes(model.ViewWindow) + " before:"
	if m.more > 0 {
		text = fmt.Sprintf("In view in the %s before, the last %d of %d lines:", minutes(model.ViewWindow), len(m.view), len(m.view)+m.more)
	}
	s.block(text)
	var items []string
	for _, v := range m.view {
		from := s.source(v.Source)
		if v.Actor != "" {
			from += ", " + s.cell(v.Actor)
		}
		items = append(items, s.clock.at(v.At, v.Precision)+" "+s.cell(v.Title)+" ("+from+")")
	}
	s.list(items)
}

// source names where a line comes from, as the retrospective does.
func (s *sheet) source(name string) string {
	if name == model.SourceHand {
		return "by hand"
	}
	return s.cell(name)
}

func minutes(d time.Duration) string { return model.Counted(int(d/time.Minute), "minute") }

// into is how far into the impact a moment was.
func into(d time.Duration) string {
	if d < 0 {
		return model.FormatDuration(-d) + " before the impact"
	}
	return model.FormatDuration(d) + " in"
}
