package model

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A permalink of Slack names its message by the time at which it was sent, to the microsecond. A line that
// cites one was written after it, so that the link checks the clock of the line.

// linkSeen is one line with such a link.
type linkSeen struct {
	Told
	link  time.Time
	zone  string
	typed bool
}

// zoneDoubts holds the first lines with links of each source.
type zoneDoubts map[string][]linkSeen

// mostLinks is how many links of a source are compared.
const mostLinks = 256

func (d *Doubter) addZone(e *Event) {
	if e.Source == "slack" || d.corrected(e) || grain(e.Precision) > time.Minute {
		return
	}
	for _, text := range []string{e.Title, e.Body, e.URL} {
		if link, ok := permalinkTime(text); ok && len(d.zones[e.Source]) < mostLinks {
			d.zones[e.Source] = append(d.zones[e.Source], linkSeen{told(e), link, strings.TrimPrefix(e.ZoneSource, "told: "), e.Import == ""})
			return
		}
	}
}

// permalinkTime finds the time in …/archives/C024BE91L/p1626101058045600.
func permalinkTime(text string) (time.Time, bool) {
	for {
		at := strings.Index(text, "/archives/")
		if at < 0 {
			return time.Time{}, false
		}
		text = text[at+len("/archives/"):]
		_, name, _ := strings.Cut(text, "/")
		end := 1
		for end < len(name) && isDigit(name[end]) {
			end++
		}
		if end != 17 || name[0] != 'p' {
			continue
		}
		micros, err := strconv.ParseInt(name[1:17], 10, 64)
		return time.UnixMicro(micros).UTC(), err == nil
	}
}

// promptly is how long after a message a line about it is still taken to be of the same minute or two.
const promptly = 5 * time.Minute

func (d *Doubter) zoneDoubts(off map[string]bool) (found []Doubt) {
	for _, source := range slices.Sorted(maps.Keys(d.zones)) {
		lines := d.zones[source]
		by, agree, ok := zoneOff(lines)
		if !ok || off[source] {
			continue
		}
		first := agree[0]
		x := Doubt{Kind: DoubtZone, About: source + " " + FormatOffset(by), Source: source, at: first.At,
			Question: fmt.Sprintf("In which time zone did %s write its times?", source)}
		for _, l := range agree[:min(len(agree), mostShown)] {
			x.Where = append(x.Where, l.ID)
		}
		if first.link.After(first.At) {
			x.What = fmt.Sprintf("%s a Slack message that was sent %s after it.", linesOf(1, source, "cite"), FormatDuration(first.link.Sub(first.At)))
		} else {
			x.What = fmt.Sprintf("%s %s from the Slack messages that they cite.", linesOf(len(agree), source, "lie"), FormatDuration(first.At.Sub(first.link)))
		}
		if z, err := time.LoadLocation(first.zone); err == nil && first.zone != "" && z != time.Local && first.zone != "data" && first.zone != "typed" {
			_, seconds := first.At.In(z).Zone()
			x.What += fmt.Sprintf(" Its times were read as %s; as UTC%s they would fit.", z, first.At.In(time.FixedZone("", seconds-int(by.Seconds()))).Format("-07:00"))
		}
		if first.typed {
			x.Question = "In which time zone was it typed?"
		}
		const reason = "a Slack link in it carries its own time"
		if first.typed {
			for _, l := range agree[:min(len(agree), 3)] {
				x.Fixes = append(x.Fixes, setTime("move it by "+FormatOffset(by), l.Told, l.At.Add(by), reason))
			}
		} else {
			x.Fixes = []Fix{d.moveSource(source, by, reason)}
		}
		found = append(found, x)
	}
	return found
}

// zoneOff is what has to be added to the times of lines so that each comes promptly after the message that
// it cites. A line may cite an old message, and a link may have been added to it later, so that two lines have
// to agree on what can only be a time zone. One line is enough where it stands whole hours before its message.
func zoneOff(lines []linkSeen) (by time.Duration, agree []linkSeen, ok bool) {
	votes, sure := map[time.Duration][]linkSeen{}, map[time.Duration]bool{}
	for _, l := range lines {
		diff := l.link.Sub(l.At)                       // what is missing at least
		zone := (diff + quarter - 1).Truncate(quarter) // rounded up
		if diff <= 0 {
			zone = diff.Truncate(quarter)
		}
		if zone == 0 || zone.Abs() > farthest || zone-diff > promptly {
			continue
		}
		votes[zone] = append(votes[zone], l)
		sure[zone] = sure[zone] || zone > 0 && zone%time.Hour == 0 && zone-diff <= 3*time.Minute
	}
	for _, zone := range slices.Sorted(maps.Keys(votes)) {
		if v := votes[zone]; (sure[zone] || len(v) > 1) && 2*len(v) > len(lines) && len(v) > len(agree) {
			by, agree = zone, v
		}
	}
	return by, agree, agree != nil
}
