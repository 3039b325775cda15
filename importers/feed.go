package importers

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

// feedUpdate is one update in the HTML that a status page writes into its feed: a time without a year,
// a word for the state, and the text.
var feedUpdate = model.Pattern(`(?is)<small>(.*?)</small>\s*(?:<br\s*/?>)?\s*(?:<strong>(.*?)</strong>)?\s*-?\s*(.*?)(?:</p>|\z)`)

var (
	htmlBreak = model.Pattern(`(?i)<br\s*/?>|</p>|</li>|</div>|</h\d>|</tr>`)
	anyTag    = model.Pattern(`<[^<>]*>`)
	feedRange = model.Pattern(`^(.*\d{1,2}:\d{2})\s*[-–]\s*(?:[A-Z][a-z]{2} \d{1,2}, )?\d{1,2}:\d{2}(.*)$`)
)

func detectFeed(head []byte) (Confidence, string) {
	feed := bytes.Contains(head, []byte("<feed")) && bytes.Contains(head, []byte("Atom"))
	if !feed && !bytes.Contains(head, []byte("<rss")) {
		return No, ""
	}
	if bytes.Contains(head, []byte("data-var=")) || bytes.Contains(head, []byte("/history")) || bytes.Contains(head, []byte("Incident/")) {
		return Sure, "the feed of a status page"
	}
	return Likely, "a feed of entries"
}

// feedEntry is an entry of an Atom feed or an item of an RSS channel.
type feedEntry struct {
	ID          string `xml:"id"`
	GUID        string `xml:"guid"`
	Title       string `xml:"title"`
	Published   string `xml:"published"`
	Updated     string `xml:"updated"`
	PubDate     string `xml:"pubDate"`
	Content     string `xml:"content"`
	Summary     string `xml:"summary"`
	Description string `xml:"description"`
	Links       []struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
		Text string `xml:",chardata"`
	} `xml:"link"`
}

// feed reads an Atom or an RSS feed entry by entry.
func (s *statuspageReading) feed(content io.Reader) error {
	d := xml.NewDecoder(content)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for depth := 0; ; {
		token, err := d.Token()
		line, _ := d.InputPos()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			s.run.refuse(line, "the feed breaks off here: it is not well formed XML", "")
			return nil
		}
		switch t := token.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			if depth++; depth <= 3 && t.Name.Local == "title" {
				var title string
				if d.DecodeElement(&title, &t) == nil {
					s.page = pageOf(title)
				}
				depth--
			}
			if t.Name.Local != "entry" && t.Name.Local != "item" {
				continue
			}
			depth--
			var e feedEntry
			if err := d.DecodeElement(&e, &t); err != nil {
				s.run.refuse(line, "the entry is not well formed XML", "")
				return nil
			}
			s.rec = jsonRecord{n: line, raw: []byte(e.Title)}
			if err := s.entry(&e); err != nil {
				return err
			}
		}
	}
}

// pageOf is the name of a page in the title of its feed, as in "Example Status - Incident History".
func pageOf(title string) string {
	name, _, _ := strings.Cut(title, " - ")
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(name), "Status"))
}

func (e *feedEntry) link() string {
	for _, l := range e.Links {
		if l.Rel == "" || l.Rel == "alternate" {
			return firstOf(l.Href, strings.TrimSpace(l.Text))
		}
	}
	return ""
}

// entry gives the updates of an entry, the oldest first because the feed has them newest first and to the
// minute. An entry without any is one event.
func (s *statuspageReading) entry(f *feedEntry) error {
	text := firstOf(f.Content, f.Description, f.Summary)
	id := firstOf(f.ID, f.GUID, f.link(), f.Title)
	published := firstOf(f.Published, f.PubDate, f.Updated)
	s.run.original = text
	updates := feedUpdate().FindAllStringSubmatch(text, -1)
	if len(updates) == 0 {
		e := s.begin("status", "entry", id)
		e.Title, e.Body, e.URL, e.Service = f.Title, htmlText(text), f.link(), s.page
		return s.give(published, f.Updated)
	}
	near := s.run.fieldInstant(published)
	slices.Reverse(updates)
	times := map[string]int{}
	for _, u := range updates {
		written, word := htmlText(u[1]), firstOf(htmlText(u[2]), "Update")
		e := s.begin(firstOf(kindOf(word), "status"), "entry", id)
		e.Title, e.Body, e.URL, e.Service = f.Title+": "+word, htmlText(u[3]), f.link(), s.page
		ok, err := s.feedTime(written, near)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		e.ExternalID += ":" + e.At.Format("2006-01-02T15:04Z") + ":" + strings.ToLower(word)
		if times[e.ExternalID]++; times[e.ExternalID] > 1 {
			e.ExternalID += "-" + strconv.Itoa(times[e.ExternalID])
		}
		if err := s.run.eventAsOf(e, s.run.fieldInstant(f.Updated)); err != nil {
			return err
		}
	}
	return nil
}

// feedTime reads "Aug 21, 00:37 UTC". The year is the one that brings it nearest to near, the time that
// the entry states in full.
func (s *statuspageReading) feedTime(written string, near time.Time) (bool, error) {
	text := written
	if m := feedRange().FindStringSubmatch(text); m != nil {
		text = m[1] + m[2]
	}
	var st stamp
	n, ok := writtenDate(text, &st)
	if !ok {
		return s.run.fieldTime(&s.event, written, s.rec)
	}
	rest := strings.TrimLeft(text[n:], ", ")
	m, ok := clockTime(rest, &st)
	if !ok {
		return s.run.fieldTime(&s.event, written, s.rec)
	}
	rest = rest[m:]
	meridiem(&st, &rest)
	if z, ok := zoneWord(rest); ok {
		st.zone = z.location
	}
	if st.year == 0 && !near.IsZero() {
		st.year = nearestYear(near, st.month, st.day)
	}
	at, source, err := s.run.clock.at(st, s.rec.n, written)
	if isQuestion(err) {
		return false, err
	}
	if err != nil {
		return false, s.refuse(err.Error())
	}
	s.event.At, s.event.ZoneSource, s.event.Precision, s.event.TimeText = at, source, st.precision, written
	return true, nil
}

// htmlText is the text of a piece of HTML, its paragraphs and breaks as lines.
func htmlText(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	s = htmlBreak().ReplaceAllString(strings.ReplaceAll(s, "\n", " "), "\n")
	s = html.UnescapeString(anyTag().ReplaceAllString(s, ""))
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
