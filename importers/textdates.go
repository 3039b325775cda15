package importers

import (
	"fmt"
	"strings"
	"time"

	"aftermath/model"
)

// metadata reads the date of the document from a line such as "**Date:** 2026-03-04". What only the front matter
// says is when the text was published, and is offered alone.
func (t *textReading) metadata(line string, offer bool) {
	if t.section > 0 || t.stated.month > 0 {
		return
	}
	m := documentDate().FindStringSubmatch(line)
	if m == nil {
		return
	}
	var st stamp
	if _, ok := writtenDate(model.PlainTime(strings.Trim(m[1], `"'* `)), &st); !ok || st.year == 0 {
		return
	}
	t.note(st)
	if !offer && !st.slashed {
		t.stated = st
		if t.carry.month == 0 {
			t.carry, t.outside = st, true
		}
	}
}

// heading notes which section begins. A section called timeline holds the entries, if there is one.
func (t *textReading) heading(m markedLine) {
	level := m.heading
	if level == 0 {
		level = 7
	}
	switch {
	case timelineHead().MatchString(m.text):
		t.enter(level)
	case t.section > 0 && level <= t.section:
		t.section = 0
	}
	for i := range len(m.text) {
		var st stamp
		if i > 0 && m.text[i-1] != ' ' && m.text[i-1] != '(' && m.text[i-1] != '_' {
			continue
		}
		if _, ok := writtenDate(model.PlainTime(m.text[i:]), &st); ok && st.year > 0 {
			t.note(st)
			if !t.base && (t.section > 0 || m.heading == 1 && t.carry.month == 0) {
				t.carry, t.outside = st, t.section == 0
			}
			if m.heading == 1 && t.stated.month == 0 {
				t.stated = st
			}
			break
		}
	}
	t.close()
	t.leave()
}

// enter begins the timeline. A date that was told before it, of something else, does not hold in it.
func (t *textReading) enter(level int) {
	t.section = level
	if !t.base {
		t.carry, t.outside = t.stated, true
	}
}

// leave lets nothing more follow the entry above.
func (t *textReading) leave() {
	if n := len(t.entries); n > 0 && !t.entries[n-1].head {
		t.entries[n-1].ended = true
	}
}

// note remembers a date that the notes name, to offer it when one is missing.
func (t *textReading) note(st stamp) {
	if st.check() == nil && len(t.dates) < 3 {
		t.dates = append(t.dates, fmt.Sprintf("%04d-%02d-%02d", st.year, st.month, st.day))
		if t.datesFrom == "" {
			t.datesFrom = fmt.Sprintf("from line %d: %s", t.at, cutRunes(oneLine(t.raw), 60))
		}
	}
}

// onDate finds a day in a sentence: "On 5 March 2024 the shop was down".
var onDate = model.Pattern(`(?i)(?:^|[\s(])(?:on|of|since|am|vom|le|du|el|del|il|op|em|den)\s+(\S.{5,40})`)

// prose notes the day that a sentence above the timeline names, to offer it.
func (t *textReading) prose(text string) {
	for _, m := range onDate().FindAllStringSubmatch(text, 3) {
		var st stamp
		if _, ok := writtenDate(model.PlainTime(m[1]), &st); ok && st.year > 0 && !st.slashed {
			t.note(st)
			return
		}
	}
}

// close ends the entry above.
func (t *textReading) close() {
	if n := len(t.entries); n > 0 {
		t.entries[n-1].closed = true
	}
}

// day takes in a line that starts with a date and no time. It says whether that was all there is to it.
func (t *textReading) day(m markedLine, l lead, line string, n int) bool {
	text := strings.Trim(l.text, " \t*_:-–—.,)]|#")
	plain := text == "" || m.heading > 0
	if !plain && (m.item || m.cells) && t.section > 0 {
		e := t.add(m, l, line, n)
		e.date = l.stamp
		return true
	}
	if !plain {
		return false
	}
	if l.stamp.year == 0 {
		l.stamp.year = t.nearYear(l.stamp)
	}
	t.note(l.stamp)
	t.carry, t.base, t.outside = l.stamp, false, false
	if m.heading == 1 && t.stated.month == 0 && l.stamp.year > 0 {
		t.stated = l.stamp
	}
	t.close()
	if m.heading > 0 && timelineHead().MatchString(m.text) {
		t.section = m.heading
	} else if m.heading == 1 {
		t.section = 0
	}
	return true
}

// nearYear is the year of a date without one beside the date that holds so far, or 0.
func (t *textReading) nearYear(st stamp) int {
	if t.carry.year == 0 {
		return 0
	}
	return nearestYear(time.Date(t.carry.year, time.Month(t.carry.month), t.carry.day, 0, 0, 0, 0, time.UTC), st.month, st.day)
}

// ruled takes the row above a ruler for the names of the columns, and a line of text above it for a heading.
func (t *textReading) ruled(line string, n int) {
	mark := strings.TrimSpace(line)
	if strings.Trim(mark, "-") == "" || strings.Trim(mark, "=") == "" {
		if t.plainAt == n-1 && t.plain != "" && len(mark) > 2 {
			t.unsay(n - 1)
			level := map[byte]int{'=': 1, '-': 2}[mark[0]]
			t.heading(markedLine{heading: level, text: t.plain})
		}
		return
	}
	if last := len(t.entries) - 1; last >= 0 && strings.ContainsAny(line, "-=") && t.entries[last].cells && t.entries[last].line == n-1 && t.entries[last].why != "" {
		t.entries = t.entries[:last]
	}
}
