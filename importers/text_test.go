package importers

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestNotations(t *testing.T) {
	opt := Options{Zone: time.UTC, Date: day("2026-03-04")}
	for _, c := range []struct{ line, want string }{
		{"14:03 alice: the queue grows", "2026-03-04T14:03:00Z alice the queue grows"},
		{"[14:03] <alice> the queue grows", "2026-03-04T14:03:00Z alice the queue grows"},
		{"* 4:22 alice : the queue grows", "2026-03-04T04:22:00Z alice the queue grows"},
		{"2:03 PM the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"12:10am - the queue grows", "2026-03-04T00:10:00Z  the queue grows"},
		{"2 pm: the queue grows", "2026-03-04T14:00:00Z  the queue grows"},
		{"~14:03 the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"approx. 14:03 UTC+2 – the queue grows", "2026-03-04T12:03:00Z  the queue grows"},
		{"- **14:03** the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"1. 14:03 — the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"| 14:03| the queue grows |", "2026-03-04T14:03:00Z  the queue grows"},
		{"| 14:03 | ada | the queue grows |", "2026-03-04T14:03:00Z  ada — the queue grows"},
		{"> 14:03:05 the queue grows", "2026-03-04T14:03:05Z  the queue grows"},
		{"1403hrs: the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"14:03Z the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"14:03 (CET) the queue grows", "2026-03-04T13:03:00Z  the queue grows"},
		{"14:03 PST: the queue grows", "2026-03-04T22:03:00Z  the queue grows"},
		{"2026-03-05T14:03:00+02:00 the queue grows", "2026-03-05T12:03:00Z  the queue grows"},
		{"Mar 5, 14:03 - the queue grows", "2026-03-05T14:03:00Z  the queue grows"},
		{"5 March 2026 at 14:03: the queue grows", "2026-03-05T14:03:00Z  the queue grows"},
		{"19. April, 11:00 the queue grows", "2026-04-19T11:00:00Z  the queue grows"},
		{"Thursday, March 5th 2026, 2:03pm: the queue grows", "2026-03-05T14:03:00Z  the queue grows"},
		{"05.03.2026 14:03 the queue grows", "2026-03-05T14:03:00Z  the queue grows"},
		{"[03-05 14:03] the queue grows", "2026-03-05T14:03:00Z  the queue grows"},
		{"13:55 PM UTC Thursday March 5th: the queue grows", "2026-03-05T13:55:00Z  the queue grows"},
		{"- First detected 2026-03-05 14:03", "2026-03-05T14:03:00Z  First detected"},
		{"14:03 [the queue](https://x.example/q) **grows**", "2026-03-04T14:03:00Z  the queue grows"},
		{"- 14:03 - **the queue** grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"- [14:03](https://x.example/q) the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"14h03 the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"±14:03 the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"Wednesday 14:03 the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"- At 14:03 UTC, the queue grows", "2026-03-04T14:03:00Z  the queue grows"},
		{"| 7 | 14:03 | the queue grows |", "2026-03-04T14:03:00Z  the queue grows"},
		{"| 2026-03-05 | 14:03 | the queue grows |", "2026-03-05T14:03:00Z  the queue grows"},
		{"| the queue grows | 14:03 |", "2026-03-04T14:03:00Z  the queue grows"},
		{"<li>14:03 the queue grows</li>", "2026-03-04T14:03:00Z  the queue grows"},
	} {
		g := gather(t, "text", opt, write(t, "n.md", c.line+"\n")...)
		got := fmt.Sprint(g.err)
		if len(g.events) == 1 {
			e := g.events[0]
			got = fmt.Sprintf("%s %s %s", e.At.Format(time.RFC3339), e.Actor, e.Title)
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q %v", c.line, got, c.want, g.reading.Refusals)
		}
	}
}

func TestLinesThatAreNoEntries(t *testing.T) {
	opt := Options{Zone: time.UTC, Date: day("2026-03-04")}
	for _, line := range []string{"1st wave: 1071900 - 1072525", "The ratio was 14:3", "version 2.14:03", "| --- | --- |", "| Time | Event |", "Started at 14:03 or so", "3 March was fine", "```", "10.0.0.1:8080 answered", "2 people came"} {
		if g := gather(t, "text", opt, write(t, "n.md", line+"\n")...); len(g.events)+g.reading.Refused > 0 {
			t.Errorf("%q became %v %v", line, g.lines(), g.reading.Refusals)
		}
	}
}

func TestNotesOfADay(t *testing.T) {
	notes := `---
title: 2025-01-01 00:00 not me
---
# Queue outage

- **Key events**
  - First detected 2026-03-04 14:00

## Timeline

All times in CET (GMT+1)

### Mar 4 2026 15:00

The queue grows.
It doubles each minute.

` + "```\n15:01 in a block\n```" + `

### ~15:10-15:20

Restarted.

### 2X:XX (not sure)

Somebody noticed.

### 23:50 (maybe earlier?)

Down again.

### 00:10

Up.

## March 6, 10:00

Reviewed.

## Lessons

- 11:00 is too late for lunch
`
	g := gather(t, "text", Options{}, write(t, "n.md", notes)...)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||The queue grows.\n2026-03-04T14:10:00Z note|||Restarted.\n2026-03-04T22:50:00Z note|||Down again. (maybe earlier?)\n"+
		"2026-03-04T23:10:00Z note|||Up.\n2026-03-06T09:00:00Z note|||Reviewed.\n")
	if g.reading.Refused != 1 || g.reading.Refusals[0].Line != 26 || !strings.Contains(g.reading.Refusals[0].Excerpt, "2X:XX") {
		t.Errorf("got %+v", g.reading.Refusals)
	}
	if r := g.events[1]; r.Precision != "about" || r.End.Format("15:04") != "14:20" {
		t.Errorf("got %+v", r)
	}
	if body := g.events[0].Body; !strings.Contains(body, "doubles") || !strings.Contains(body, "15:01 in a block") {
		t.Errorf("got %q", body)
	}
	warned := fmt.Sprint(g.reading.Warnings)
	if !strings.Contains(warned, "2 lines with a time lie outside") || !strings.Contains(warned, "day after") {
		t.Errorf("got %s", warned)
	}
}

func TestNewestFirst(t *testing.T) {
	notes := "All times are UTC\n\n## 2026-03-05\n* 01:10 ada: third\n\n## 2026-03-04\n* 23:00 ada: second\n* 22:00 ada: first\n"
	g := gather(t, "text", Options{}, write(t, "n.md", notes)...)
	wantLines(t, g, "2026-03-05T01:10:00Z note|ada||third\n2026-03-04T23:00:00Z note|ada||second\n2026-03-04T22:00:00Z note|ada||first\n")
	if len(g.reading.Warnings) != 0 {
		t.Errorf("got %v", g.reading.Warnings)
	}
}

func TestStepBackIsKeptAndTold(t *testing.T) {
	g := gather(t, "text", Options{Zone: time.UTC, Date: day("2026-03-04")}, write(t, "n.txt", "14:00 one\n14:10 two\n14:05 three\n14:20 four\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||one\n2026-03-04T14:10:00Z note|||two\n2026-03-04T14:05:00Z note|||three\n2026-03-04T14:20:00Z note|||four\n")
	if w := g.reading.Warnings; len(w) != 1 || !strings.Contains(w[0], "line 3") {
		t.Errorf("got %v", w)
	}
}

func TestDateForAll(t *testing.T) {
	notes := "Unless otherwise noted all events happened on 2026-03-04, and all times are in\nUTC.\n\n- 2026-03-03 23:00: early\n- 01:00: later\n"
	g := gather(t, "text", Options{}, write(t, "n.md", notes)...)
	wantLines(t, g, "2026-03-03T23:00:00Z note|||early\n2026-03-04T01:00:00Z note|||later\n")
}

func TestDateWithoutAClock(t *testing.T) {
	g := gather(t, "text", Options{Zone: time.UTC}, write(t, "n.md", "## Timeline\n\n- 2026-03-04: something happened\n- 2026-03-04 14:00: something else\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||something else\n")
	if g.reading.Refused != 1 || !strings.Contains(g.reading.Refusals[0].Reason, "no time of day") {
		t.Errorf("got %+v", g.reading.Refusals)
	}
}

func TestDateIsOffered(t *testing.T) {
	g := gather(t, "text", Options{Zone: time.UTC}, write(t, "n.md", "# Outage\n\n14:00 up\n\n## Published 2026-03-09\n")...)
	if q, ok := g.err.(*Question); !ok || len(q.Suggestions) != 1 || q.Suggestions[0] != "2026-03-09" {
		t.Errorf("got %v", g.err)
	}
}

func TestZones(t *testing.T) {
	for text, want := range map[string]string{"Europe/London": "Europe/London", "UTC": "UTC", "utc": "UTC", "+02:00": "+02:00", "UTC-5": "-05:00", "CET": "CET", "PT": "America/Los_Angeles"} {
		if l, err := ParseZone(text); err != nil || l.String() != want {
			t.Errorf("%s: got %v, %v", text, l, err)
		}
	}
	for _, text := range []string{"", "Local", "local", "IST", "Europe/Atlantis", "../../etc/passwd", "+25:00"} {
		if l, err := ParseZone(text); err == nil {
			t.Errorf("%q: got %v", text, l)
		}
	}
	for line, want := range map[string]string{
		"All times in CET (GMT+1)": "CET", "All times are in UTC.": "UTC", "## Timeline (PST) 4/21/23": "PST", "(all times PDT)": "PDT", "Times: Europe/Paris": "Europe/Paris",
		"Timezone: UTC+2": "UTC+2", "**Times are in `UTC`**": "UTC", "times are in OK state": "", "All times are US Pacific time": "US Pacific", "| Time (UTC) | What |": "UTC", "By the time the PR was in": "",
	} {
		if z, _ := statedZone(line); z.name != want {
			t.Errorf("%q: got %q", line, z.name)
		}
	}
}

func TestSlackLinksTellTheZone(t *testing.T) {
	notes := "- Detected 2026-07-04 15:00\n- Declared 2026-07-04 15:07\n\nSee https://x.slack.com/archives/C01/p1783173605000100\n"
	g := gather(t, "text", Options{}, write(t, "n.md", notes)...)
	if q, ok := g.err.(*Question); !ok || q.Need != NeedZone || fmt.Sprint(q.Suggestions) != "[+01:00]" {
		t.Errorf("got %v", g.err)
	}
}

func TestCodeBlocks(t *testing.T) {
	opt := Options{Zone: time.UTC, Date: day("2026-03-04")}
	g := gather(t, "text", opt, write(t, "n.md", "# Timeline\n\n```\n14:03 <ada> up\n14:05 <bo> down\n```\n")...)
	wantLines(t, g, "2026-03-04T14:03:00Z comms|ada||up\n2026-03-04T14:05:00Z comms|bo||down\n")
	g = gather(t, "text", opt, write(t, "n.md", "14:00 first\n\n```\n14:03 inside\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||first\n")
	if !strings.Contains(fmt.Sprint(g.reading.Warnings), "line 3: the code block is not closed") {
		t.Errorf("got %v", g.reading.Warnings)
	}
}

func TestARulerIsNoFrontMatter(t *testing.T) {
	g := gather(t, "text", Options{Zone: time.UTC, Date: day("2026-03-04")}, write(t, "n.md", "---\n14:00 first\n---\n14:01 second\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||first\n2026-03-04T14:01:00Z note|||second\n")
}

func TestTimesAtTheEnd(t *testing.T) {
	g := gather(t, "text", Options{Zone: time.UTC}, write(t, "n.md", "- **Key events**\n  - First detected 2026-03-04 14:00\n  - Repaired 14:20\n  - Resolved: 2026-03-05 09:00\n- tea\n- nap at 15:00\n")...)
	wantLines(t, g, "2026-03-04T14:00:00Z note|||First detected\n2026-03-04T14:20:00Z note|||Repaired\n2026-03-05T09:00:00Z note|||Resolved\n")
}

func TestPastedChat(t *testing.T) {
	g := gather(t, "text", Options{Zone: time.UTC, Date: day("2026-03-04")}, write(t, "n.txt", "Ada L  2:03 PM\nthe queue grows\nfast\n\nbo  2:04 PM\nlooking\n")...)
	wantLines(t, g, "2026-03-04T14:03:00Z comms|Ada L||the queue grows\n2026-03-04T14:04:00Z comms|bo||looking\n")
	if g.events[0].Body != "fast" {
		t.Errorf("got %q", g.events[0].Body)
	}
}

// What contradicts itself is read in the only way that is possible, and pointed out.
func TestContradictionsArePointedOut(t *testing.T) {
	g := gather(t, "text", Options{}, write(t, "n.md", "## 30 Oct 2021\n- 13:55 PM PST: first\n- 23:00 AM PST: second\n- 23:30 PST: third\n")...)
	if g.err != nil || len(g.events) != 3 || g.events[0].At.Format("15:04") != "21:55" {
		t.Fatalf("%v %v", g.events, g.err)
	}
	said := strings.Join(g.reading.Warnings, "\n")
	for _, want := range []string{"says PST, but on 30 October 2021 it was PDT", `line 2 says PM beside an hour above 12`, `line 3 says AM beside an hour above 12`, "it is read as 23:00"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q:\n%s", want, said)
		}
	}
	if n := len(g.reading.Warnings); n != 3 {
		t.Errorf("%d warnings, want 3:\n%s", n, said)
	}
}
