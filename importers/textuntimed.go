package importers

import (
	"slices"
	"strings"

	"aftermath/model"
)

// What a timeline holds is an event or is refused with its line. So items and rows without a time that can be read
// are kept beside the entries until it is known which lists are a timeline.

// timeLike is a figure at the start of a line that was meant as a time.
var timeLike = model.Pattern(`^[\[(]?(?:\d{1,2}:\d{1,2}(?:[\s,.]|$)|\D{0,6}\d{1,4}年.{0,12}\d\s?[:時时]|\d{1,2}\s?[時时시](?:[^間间간]|$)|(?i:T\s?[+-]\s?\d))`)

// untimed keeps an item, a row, or a line that begins with a figure like a time.
func (t *textReading) untimed(m markedLine, line string, n int) {
	e := &entry{line: n, raw: line, listed: t.section > 0, item: m.item || m.cells, indent: m.indent, block: t.block, cells: m.cells}
	e.why = "it does not begin with a time"
	if m.cells {
		first, _, _ := strings.Cut(m.text, "|")
		m.text = strings.TrimSpace(first)
	}
	if f := strings.Fields(m.text); len(f) > 0 && strings.ContainsAny(f[0], "0123456789") {
		e.why = "the time cannot be read: " + quote(f[0])
	}
	t.entries = append(t.entries, e)
}

// startsBlock says whether a line begins another list, table or run of lines than the one above.
func (t *textReading) startsBlock(m markedLine, blank bool) bool {
	kind := "text"
	switch {
	case blank:
		return false
	case m.heading > 0:
		kind = "heading"
	case m.cells:
		kind = "cells"
	case m.item:
		kind = "item"
	case m.indent > 0 || t.wrapped:
		return false
	}
	other := kind != t.blockKind
	t.blockKind = kind
	return other
}

// keepTimelines drops what has no time outside of a timeline: the section that is called so, as far as it is written
// as one, and lists that are mostly times.
func (t *textReading) keepTimelines() {
	type form struct{ item, cells bool }
	timed, bare, forms := map[int]int{}, map[int]int{}, map[form]int{}
	for _, e := range t.entries {
		if e.why != "" {
			bare[e.block]++
			continue
		}
		timed[e.block]++
		if e.listed {
			forms[form{e.item, e.cells}]++
		}
	}
	t.entries = slices.DeleteFunc(t.entries, func(e *entry) bool {
		list := timed[e.block] >= 2 && timed[e.block] >= bare[e.block]
		timeline := e.listed && (forms[form{e.item, e.cells}] > 0 || len(timed) == 0)
		return e.why != "" && !list && !timeline
	})
}
