package importers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// give makes events of the entries: it settles their dates, then asks, refuses or gives.
func (t *textReading) give() error {
	if t.fence != "" {
		t.run.warn("fence "+t.run.fileName(), "%s: the code block is not closed, so times in it are not read", t.run.place(t.fenced))
	}
	t.keepTimelines()
	t.choose()
	t.settleOrder()
	newest := t.newestFirst()
	t.halves(newest)
	t.passMidnight(newest)
	var last time.Time
	for _, e := range t.entries {
		at, err := t.event(e)
		if err != nil {
			return err
		}
		if !at.IsZero() {
			if !last.IsZero() && at.Before(last) && !newest {
				t.run.warn(fmt.Sprintf("back %s %d", t.run.fileName(), e.line), "%s: %q is earlier than the line before it; it is kept as written", t.run.place(e.line), oneLine(e.lead.written))
			}
			last = at
		}
	}
	return nil
}

// choose keeps to the section called timeline, when there is one with entries. What else carries a time
// repeats it or tells of it.
func (t *textReading) choose() {
	listed, rest := 0, 0
	for _, e := range t.entries {
		switch {
		case e.why != "":
		case e.listed:
			listed++
		default:
			rest++
		}
	}
	if listed < 2 || rest == 0 {
		return
	}
	t.entries = slices.DeleteFunc(t.entries, func(e *entry) bool { return !e.listed })
	t.run.warn("outside section "+t.run.fileName(), "%s: %s outside the timeline's section and left out", t.run.fileName(), plural(rest, "line with a time lies", "lines with a time lie"))
}

// settleOrder decides how dates like 4/3/2026 are meant, from all of them.
func (t *textReading) settleOrder() {
	for _, e := range t.entries {
		if e.date.slashed {
			t.order = t.order.with(&e.date)
		}
	}
	t.run.clock.dayFirst = t.order
}

// minutes is the entry's place in time for comparisons, as far as it is written.
func (e *entry) minutes() int {
	d := e.date
	return (d.year*372+d.month*31+d.day)*1440 + e.lead.stamp.hour*60 + e.lead.stamp.min
}

// newestFirst says whether the list runs from the newest entry to the oldest.
func (t *textReading) newestFirst() bool {
	up, down := 0, 0
	var last *entry
	for _, e := range t.entries {
		if !e.lead.stamp.timed {
			continue
		}
		if last != nil {
			switch a, b := last.minutes(), e.minutes(); {
			case b > a:
				up++
			case b < a:
				down++
			}
		}
		last = e
	}
	return down > 2*up && down >= 2
}

// halves gives hours that stand without AM or PM among hours that have one the half of the day that keeps their
// order: chats leave the mark off below the first message.
func (t *textReading) halves(newest bool) {
	var last *entry
	for _, e := range t.entries {
		st := &e.lead.stamp
		if !st.timed {
			continue
		}
		if last != nil && !st.marked && st.zone == nil && st.hour >= 1 && st.hour <= 12 && (!e.lead.dated || last.sameBase(e)) {
			st.marked = true
			st.hour = nearHalf(st.hour%12, st.min, last.lead.stamp.hour*60+last.lead.stamp.min, newest)
			if end := &e.lead.end; end.timed && !end.marked && end.hour <= 12 {
				end.hour = nearHalf(end.hour%12, end.min, st.hour*60+st.min, false)
			}
		}
		if last = e; !st.marked {
			last = nil
		}
	}
}

// nearHalf is the hour of the half of the day in which it follows a minute of the day, or comes before it.
func nearHalf(hour, minute, from int, before bool) int {
	at := hour*60 + minute
	later := at < from
	if before {
		later = at+12*60 <= from
	}
	if later && hour < 12 {
		return hour + 12
	}
	return hour
}

// passMidnight moves entries without a date of their own to the next day when the clock starts anew:
// an evening is followed by a morning.
func (t *textReading) passMidnight(newest bool) {
	if newest {
		return
	}
	shift := 0
	var last *entry
	for _, e := range t.entries {
		if !e.lead.stamp.timed {
			continue
		}
		if e.lead.dated || last != nil && !last.sameBase(e) {
			shift = 0
		}
		if last != nil && !e.lead.dated && last.lead.stamp.hour >= 18 && e.lead.stamp.hour < 12 && (last.sameBase(e) || last.lead.dated && !e.based) {
			shift++
			t.run.warn(fmt.Sprintf("midnight %s %d", t.run.fileName(), e.line), "%s: %q follows %q and is taken as the day after", t.run.place(e.line), oneLine(e.lead.written), oneLine(last.lead.written))
		}
		last = &entry{lead: e.lead, date: e.date, based: e.based}
		e.shift = shift
	}
}

func (e *entry) sameBase(o *entry) bool {
	return e.date.year == o.date.year && e.date.month == o.date.month && e.date.day == o.date.day
}

// event gives one entry. It returns the instant, zero for a refused one.
func (t *textReading) event(e *entry) (time.Time, error) {
	r := t.run
	r.original = e.raw
	text := e.lead.text
	if e.why != "" {
		r.refuse(e.line, e.why, e.raw)
		return time.Time{}, nil
	}
	if e.lead.unknown {
		r.refuse(e.line, "the time is not known: "+quote(e.lead.written), e.raw)
		return time.Time{}, nil
	}
	st := e.lead.stamp
	st.year, st.month, st.day = e.date.year, e.date.month, e.date.day
	st.slashed, st.dayFirst = e.date.slashed, e.date.dayFirst
	if e.lead.dated && st.month == 0 {
		st.year, st.month, st.day = e.lead.stamp.year, e.lead.stamp.month, e.lead.stamp.day
	}
	t.carryZone(&st, e)
	at, source, err := r.clock.at(st, e.line, e.lead.written)
	if err != nil {
		return time.Time{}, t.trouble(err, e)
	}
	at = t.shifted(at, e.shift-e.lead.ago, &st)
	ev := model.Event{At: at, ZoneSource: source, Precision: st.precision, TimeText: e.lead.written, Line: e.line, Kind: "note", Source: r.src.Name}
	if st.approx {
		ev.Precision = "about"
	}
	if e.lead.end.timed {
		ev.End = t.end(e, &st, at)
	}
	if m := chatExport().FindStringSubmatch(e.raw); m != nil && strings.Contains(text, ": ") {
		ev.Actor, ev.Kind = m[1], "comms"
		_, text, _ = strings.Cut(text, ": ")
	} else if text = t.heard(&ev, text); e.lead.actor != "" {
		ev.Actor, ev.Kind = strings.TrimSuffix(e.lead.actor, " APP"), "comms"
	}
	body := strings.TrimSpace(strings.Join(e.body, "\n"))
	if remark := strings.Trim(strings.TrimSpace(text), "()"); e.head && (text == "" || strings.HasPrefix(text, "(")) {
		text = body
		if remark != "" {
			body = text
			text, _, _ = strings.Cut(body, "\n")
			text = strings.TrimSpace(text) + " (" + remark + ")"
			_, body, _ = strings.Cut(body, "\n")
		} else {
			body = ""
		}
	}
	title, rest := titleAndBody(markless(text))
	if ev.Title = title; title == "" {
		ev.Title, rest = titleAndBody(markless(body))
		body = ""
	}
	ev.Body = joinBlocks(rest, body)
	ev.URL = linkOf(text)
	ev.ExternalID = r.hashID("text", true, r.written(&ev), ev.Actor, ev.Title, ev.Body)
	return at, r.event(&ev)
}

// carryZone lets the zone beside the first time hold for those after it, when nothing else says one.
func (t *textReading) carryZone(st *stamp, e *entry) {
	r := t.run
	if st.zone == nil || r.clock.file.location != nil || r.opt.Zone != nil || e != t.entries[0] {
		return
	}
	r.clock.file = namedZone{name: st.zone.String(), location: st.zone}
	for _, later := range t.entries[1:] {
		if later.lead.stamp.timed && later.lead.stamp.zone == nil {
			r.warn("carry "+r.fileName(), "%s: only some times have a zone; the others are read in that of the first, %s", r.fileName(), st.zone)
		}
	}
}

// shifted is at some days later by the calendar of its zone.
func (t *textReading) shifted(at time.Time, days int, st *stamp) time.Time {
	if days == 0 {
		return at
	}
	zone := st.zone
	if zone == nil {
		zone, _, _ = t.run.clock.zone(st, 0, "")
	}
	if zone == nil {
		return at
	}
	return at.In(zone).AddDate(0, 0, days).UTC()
}

// end is the end of a range: on the same day, or on the next when the clock starts anew.
func (t *textReading) end(e *entry, start *stamp, at time.Time) time.Time {
	st := e.lead.end
	if st.month == 0 {
		st.year, st.month, st.day = start.year, start.month, start.day
		st.slashed, st.dayFirst = start.slashed, start.dayFirst
	}
	if st.year == 0 {
		st.year = start.year
	}
	if st.zone == nil {
		st.zone = start.zone
	}
	end, _, err := t.run.clock.at(st, e.line, e.lead.written)
	if err != nil {
		return time.Time{}
	}
	if end = t.shifted(end, e.shift, &st); end.Before(at) && e.lead.end.month == 0 {
		end = t.shifted(end, 1, &st)
	}
	return end
}

// trouble passes a question on, with the dates that the notes name as suggestions, and refuses
// otherwise.
func (t *textReading) trouble(err error, e *entry) error {
	if q, ok := err.(*Question); ok {
		if q.Need == NeedDate && len(q.Suggestions) == 0 {
			q.Suggestions, q.From = t.dates, t.datesFrom
		}
		if q.Need == NeedZone && len(q.Suggestions) == 0 {
			if q.Suggestions = t.zoneOfLinks(); len(q.Suggestions) > 0 {
				q.From = "from the messages that it links to"
			}
		}
		if q.Need == NeedYear && len(q.Suggestions) == 0 && len(t.dates) > 0 {
			q.Suggestions, q.From = []string{t.dates[0][:4]}, t.datesFrom
		}
		return q
	}
	t.run.refuse(e.line, err.Error(), e.raw)
	return nil
}

var slackLink = model.Pattern(`/archives/[A-Z0-9]+/p(\d{10})\d{6}\b`)

// zoneOfLinks compares the minutes that the notes name with the Slack messages that they link to, whose
// addresses hold their instants. When a time stands a whole number of quarters of an hour beside a
// message, that distance is likely the notes' offset from UTC.
func (t *textReading) zoneOfLinks() []string {
	found := map[int]int{}
	for _, seconds := range t.links {
		message := time.Unix(seconds, 0).UTC().Truncate(time.Minute)
		for _, e := range t.entries {
			st := e.lead.stamp
			st.year, st.month, st.day = e.date.year, e.date.month, e.date.day
			if e.date.slashed || st.check() != nil || !st.timed {
				continue
			}
			if off := unixUTC(&st).Truncate(time.Minute).Sub(message); off.Abs() <= 14*time.Hour && off%(15*time.Minute) == 0 {
				found[int(off.Seconds())]++
			}
		}
	}
	best, count := 0, 0
	for off, n := range found {
		if n > count || n == count && off < best {
			best, count = off, n
		}
	}
	if count == 0 {
		return nil
	}
	return []string{offsetName(best)}
}

var (
	mdLink = model.Pattern(`\[([^\[\]]*)\]\((https?://[^()\s]*)\)`)
	mdRef  = model.Pattern(`\[([^\[\]]+)\]\[[^\[\]]*\]`)
	mdBold = model.Pattern(`\*\*([^*]+)\*\*|__([^_]+)__`)
)

// markless is a text without the Markdown that only shapes it: links show their labels.
func markless(s string) string {
	if !strings.ContainsAny(s, "*[<_") {
		return s
	}
	s = mdLink().ReplaceAllString(s, "$1")
	s = mdRef().ReplaceAllString(s, "$1")
	s = mdBold().ReplaceAllString(s, "$1$2")
	return htmlTag().ReplaceAllString(s, " ")
}

// linkOf is the first link of a text.
func linkOf(s string) string {
	if m := mdLink().FindStringSubmatch(s); m != nil {
		return m[2]
	}
	return ""
}
