package importers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// A namedZone is an abbreviation as people write it. It is a fixed offset, except for the few that mean
// a region's time whatever the season.
type namedZone struct {
	name     string
	location *time.Location
	region   string // where it is used, to notice that the season contradicts it
}

// zoneWords are the abbreviations that mean one thing. IST and the like mean several and are asked for.
var zoneWords = func() map[string]namedZone {
	table := map[string]namedZone{}
	for line := range strings.Lines(`UTC 0
GMT 0 Europe/London
Z 0
WET 0 Europe/Lisbon
WEST 3600 Europe/Lisbon
BST 3600 Europe/London
CET 3600 Europe/Berlin
MEZ 3600 Europe/Berlin
CEST 7200 Europe/Berlin
MESZ 7200 Europe/Berlin
EET 7200 Europe/Helsinki
EEST 10800 Europe/Helsinki
MSK 10800
WAT 3600
CAT 7200
SAST 7200
EAT 10800
SGT 28800
HKT 28800
AWST 28800
JST 32400
KST 32400
AEST 36000 Australia/Sydney
AEDT 39600 Australia/Sydney
NZST 43200 Pacific/Auckland
NZDT 46800 Pacific/Auckland
EST -18000 America/New_York
EDT -14400 America/New_York
CST -21600 America/Chicago
CDT -18000 America/Chicago
MST -25200
MDT -21600 America/Denver
PST -28800 America/Los_Angeles
PDT -25200 America/Los_Angeles
AKST -32400 America/Anchorage
AKDT -28800 America/Anchorage
HST -36000
BRT -10800
ART -10800`) {
		var name, region string
		var seconds int
		fmt.Sscan(line, &name, &seconds, &region)
		table[name] = namedZone{name, time.FixedZone(name, seconds), region}
	}
	table["UTC"] = namedZone{name: "UTC", location: time.UTC}
	table["Z"] = namedZone{name: "Z", location: time.UTC}
	table["GMT"] = namedZone{name: "GMT", location: time.FixedZone("GMT", 0), region: "Europe/London"}
	for name, region := range map[string]string{"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"} {
		if l, err := time.LoadLocation(region); err == nil {
			table[name] = namedZone{name: name, location: l}
		}
	}
	return table
}()

// zoneWord is the zone that a word names: an abbreviation, UTC+2, or Europe/London.
func zoneWord(word string) (namedZone, bool) {
	word = strings.Trim(word, "()[].,;: ")
	if z, ok := zoneWords[strings.ToUpper(word)]; ok && (word == z.name || strings.EqualFold(word, "utc")) {
		return z, true
	}
	for _, prefix := range []string{"UTC", "GMT"} {
		if rest, ok := strings.CutPrefix(strings.ToUpper(word), prefix); ok {
			return offsetZone(word, rest)
		}
	}
	if strings.HasPrefix(word, "+") || strings.HasPrefix(word, "-") {
		return offsetZone(word, word)
	}
	if strings.Count(word, "/") >= 1 && len(word) < 40 && !strings.Contains(word, "..") && !strings.HasPrefix(word, "/") {
		if l, err := time.LoadLocation(word); err == nil {
			return namedZone{name: word, location: l}, true
		}
	}
	if region, ok := regionWords[strings.ToLower(word)]; ok {
		if l, err := time.LoadLocation(region); err == nil {
			return namedZone{name: word, location: l}, true
		}
	}
	return namedZone{}, false
}

// regionWords are the zones that people write out.
var regionWords = map[string]string{
	"pacific": "America/Los_Angeles", "mountain": "America/Denver", "eastern": "America/New_York",
	"central european": "Europe/Berlin", "us central": "America/Chicago", "us pacific": "America/Los_Angeles", "us eastern": "America/New_York",
}

var offsetForm = model.Pattern(`^([+-])(\d{1,2})(?::?(\d{2}))?$`)

func offsetZone(name, text string) (namedZone, bool) {
	m := offsetForm().FindStringSubmatch(strings.ReplaceAll(strings.TrimSpace(text), " ", ""))
	if m == nil {
		return namedZone{}, false
	}
	h, _ := digits(m[2], 0, 2)
	mins, _ := digits(m[3], 0, 2)
	if h > 14 || mins > 59 {
		return namedZone{}, false
	}
	return namedZone{name: name, location: fixedZone(m[1][0], h, mins)}, true
}

// ParseZone reads a zone as a person types it: Europe/London, UTC, +02:00, CET. The zone of the machine
// is not a zone that a file was written in, so Local is refused.
func ParseZone(text string) (*time.Location, error) {
	text = strings.TrimSpace(text)
	if z, ok := zoneWord(text); ok {
		return z.location, nil
	}
	if text != "" && !strings.EqualFold(text, "local") {
		if l, err := time.LoadLocation(text); err == nil {
			return l, nil
		}
	}
	return nil, fmt.Errorf("%q is not a time zone; write one like Europe/London, UTC or +02:00", text)
}

// zoneLine finds the zone that a text states for all of its times, as in "All times in CET (GMT+1)",
// "Timeline (all times PST)" or "times are in\nUTC".
var zoneLine = model.Pattern(`(?i)\b(?:times?|timestamps?|timezone|time zone|tz|clocks?|hours?)\b[^.\n|]{0,60}?(?:\b(?:in|is|are)\b|[:=(]|\ball\b|\s)\s*\**` + "`?" + `((?:US )?(?:Pacific|Mountain|Eastern)\b|Central European\b|US Central\b|(?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d{2})?|[A-Z][A-Za-z_]+/[A-Za-z_/]+|[+-]\d{2}:?\d{2}\b|(?-i:[A-Z]{2,5})\b)`)

// headingZone finds the zone in the heading of a timeline, as in "## Timeline (PST) 4/21/23".
var headingZone = model.Pattern(`(?i)^#{1,6}\s.*(?:\btime(?:line|s)?\b|\b(?:` + timelineWords + `)\b|タイムライン|時系列|时间线|時間軸|时间轴|타임라인).*?[(\[,:（]\s*(?:all times\s+)?((?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d{2})?|[A-Z][A-Za-z_]+/[A-Za-z_/]+|(?-i:[A-Z]{2,5})\b)`)

// zoneElsewhere finds the same in other languages: "Toutes les heures en UTC", "Alle Zeiten in UTC", "時刻はすべて JST".
var zoneElsewhere = model.Pattern(`(?:(?i:\b(?:heures?|horaires|horas?|horarios?|zeiten|uhrzeiten|orari|tijden|tider)\b)[^.\n|]{0,40}?[\s(:]|(?:時刻|時間|时间|时刻|시간|시각)[^。\n|]{0,30}?)((?:UTC|GMT)\s?[+-]\s?\d{1,2}(?::?\d{2})?|[A-Z][A-Za-z_]+/[A-Za-z_/]+|[A-Z]{3,5}\b)`)

// statedZone is the zone that a line states for a whole text.
func statedZone(line string) (namedZone, bool) {
	if len(line) > 400 {
		return namedZone{}, false
	}
	low := strings.ToLower(line)
	speaks := func(words ...string) bool { // a word costs less than a pattern, and most lines hold none
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(low, w) })
	}
	var forms []*regexp.Regexp
	if line != "" && line[0] == '#' {
		forms = append(forms, headingZone())
	}
	if speaks("time", "tz", "clock", "hour") {
		forms = append(forms, zoneLine())
	}
	if speaks("heure", "horai", "hora", "zeit", "orari", "tijden", "tider", "時", "时", "시간", "시각") {
		forms = append(forms, zoneElsewhere())
	}
	for _, form := range forms {
		for _, m := range form.FindAllStringSubmatch(line, 4) {
			if z, ok := zoneWord(m[1]); ok {
				return z, true
			}
		}
	}
	return namedZone{}, false
}
