package importers

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// An event that ends when it begins ends then; one that ends before it begins has no end, and that is told once.
func TestAnEndLiesNotBeforeItsStart(t *testing.T) {
	alert := func(n int, status, resolved string) string {
		return fmt.Sprintf(`{"id":"a%d","title":"depth %d","status":%q,"created_at":"2026-03-04T14:00:00Z","resolved_at":%q}`, n, n, status, resolved)
	}
	for _, c := range []struct {
		status, resolved string
		end              string
		warned           bool
	}{
		{"resolved", "2026-03-04T14:10:00Z", "2026-03-04T14:10:00Z", false}, {"resolved", "2026-03-04T14:00:00Z", "2026-03-04T14:00:00Z", false},
		{"resolved", "2026-03-04T13:59:59Z", "", true}, {"resolved", "2026-03-04T13:59:59.999Z", "", true}, {"resolved", "", "", false}, {"firing", "2026-03-04T14:10:00Z", "", false},
	} {
		g := gather(t, "incidentio", Options{}, write(t, "i.json", `{"alerts":[`+alert(1, c.status, c.resolved)+","+alert(2, c.status, c.resolved)+`]}`)...)
		if g.err != nil || len(g.events) != 2 {
			t.Fatalf("%v, %d events", g.err, len(g.events))
		}
		for _, e := range g.events {
			end := ""
			if !e.End.IsZero() {
				end = e.End.Format(time.RFC3339)
			}
			if end != c.end {
				t.Errorf("%s at %s: it ends %q, want %q", c.status, c.resolved, end, c.end)
			}
		}
		if warned := strings.Count(fmt.Sprint(g.reading.Warnings), "before their start"); warned > 1 || (warned == 1) != c.warned {
			t.Errorf("%s at %s: %v", c.status, c.resolved, g.reading.Warnings)
		}
	}
}

// A log without years is followed over the turn of the year, forwards and backwards, by steps of half a year and more.
func TestALogGoesOverNewYear(t *testing.T) {
	for _, c := range []struct {
		days string
		want string
	}{
		{"Dec 31,Jan  1", "2025-12-31 2026-01-01"}, {"Jan  1,Dec 31", "2025-01-01 2024-12-31"}, {"Jan  1,Jun 30", "2025-01-01 2025-06-30"}, {"Jan  1,Jul  1", "2025-01-01 2024-07-01"},
		{"Jul  1,Jan  1", "2025-07-01 2026-01-01"}, {"Jun 30,Jan  1", "2025-06-30 2025-01-01"}, {"Dec 31,Jan  1,Dec 31,Jan  1", "2025-12-31 2026-01-01 2025-12-31 2026-01-01"},
		{"Nov  2,Nov  1", "2025-11-02 2025-11-01"},
	} {
		var text strings.Builder
		for i, day := range strings.Split(c.days, ",") {
			fmt.Fprintf(&text, "%s 12:00:0%d alpha app[1]: line %d\n", day, i, i)
		}
		g := gather(t, "syslog", Options{Year: 2025, Zone: time.UTC}, write(t, "x.log", text.String())...)
		var got []string
		for _, e := range g.events {
			got = append(got, e.At.Format(time.DateOnly))
		}
		if g.err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, %v, want %s", c.days, got, g.err, c.want)
		}
	}
}

// What is hidden in a folder is left alone, folder or file; what is named is read, hidden or not.
func TestHiddenFilesOfAFolder(t *testing.T) {
	row := func(name string) string { return "time,text\n2026-03-04T14:00:00Z," + name + "\n" }
	paths := write(t, "in/a.csv", row("seen"), "in/.b.csv", row("hidden"), "in/.git/c.csv", row("inside"), "in/d/.e.csv", row("deep"), ".f/g.csv", row("named folder"))
	root := strings.TrimSuffix(paths[0], "/a.csv")
	if g := gather(t, "csv", Options{}, root); g.err != nil || len(g.events) != 1 || g.events[0].Title != "seen" {
		t.Errorf("of the folder: %s%v", g.lines(), g.err)
	}
	if g := gather(t, "csv", Options{}, paths[1]); g.err != nil || len(g.events) != 1 || g.events[0].Title != "hidden" {
		t.Errorf("a hidden file that is named: %s%v", g.lines(), g.err)
	}
	if g := gather(t, "csv", Options{}, strings.TrimSuffix(paths[4], "/g.csv")); g.err != nil || len(g.events) != 1 || g.events[0].Title != "named folder" {
		t.Errorf("a hidden folder that is named: %s%v", g.lines(), g.err)
	}
}

// A web address says more than its scheme, on one line, in what may stand in an address, within a length.
func TestWhatIsAWebAddress(t *testing.T) {
	long := "https://a.example/" + strings.Repeat("x", 4000-len("https://a.example/"))
	for s, want := range map[string]bool{
		"http://ab": true, "http://a": false, "https://a": true, "https://": false, "http://": false, "": false, "ftp://a.example": false, "javascript:alert(1)": false, "https:/a.example": false,
		"https://a b": false, "https://a<b": false, "https://a>b": false, `https://a"b`: false, "https://a\x1bb": false, "HTTPS://a.example": false, long: true, long + "x": false,
	} {
		if got := webAddress(s); (got == s) != want && s != "" || got != "" && got != s {
			t.Errorf("%.40q is shown as %.40q", s, got)
		}
	}
}

// The end of a string is the first quotation mark that no backslash takes away.
func TestTheEndOfAString(t *testing.T) {
	for s, want := range map[string]int{`""`: 2, `"a"b`: 3, `"a\"b"`: 6, `"a\\"b"`: 5, `"a\\\"b"`: 8, `"\\"`: 4, `"`: -1, `"a`: -1, `"a\"`: -1, ``: -1, `a"`: -2, `1`: -2, `{"a"`: -2} {
		end, err := stringEnd(s, 0)
		switch {
		case want >= 0 && (err != nil || end != want), want == -1 && err != errCutJSON, want == -2 && err != errBadJSON:
			t.Errorf("%s ends at %d, %v; want %d", s, end, err, want)
		}
	}
	for s, want := range map[string]bool{"": true, " \t\r\n": true, "x": false, "  }": false} {
		if got := closed(s, 0) == nil; got != want {
			t.Errorf("%q is closed: %v", s, got)
		}
	}
	for s, want := range map[string]string{"{ \"more\" :\n\ttrue\r}": `{"more":true}`, "": "", "\n\r\t ": ""} {
		if got := string(compact([]byte(s))); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

// A table is of a source when it has all columns that tell it from others.
func TestColumnsThatTellASource(t *testing.T) {
	for columns, want := range map[string]bool{
		"date,host,service,message": true, "date,host,service,content": true, "date,service,host,x,content": true, "date,host,service": false, "date,host,message": false, "date,service,content": false,
		"host,date,service,message": false, "": false, "date": false,
	} {
		list := strings.FieldsFunc(columns, func(r rune) bool { return r == ',' })
		if got := isDatadogTable(list); got != want {
			t.Errorf("%s: %v", columns, got)
		}
	}
	for head, want := range map[string]int{"a,b\n1,2\n": 2, "a\n1\n": 0, "": 0, `{"a":1,"b":2}`: 0, "a;b;c\n": 3, "a\x00b,c\n": 0} {
		if got := headerOf([]byte(head)); len(got) != want {
			t.Errorf("%q has the columns %q", head, got)
		}
	}
}

// The order of day and month is known by the first date that cannot be read both ways, and mixed by one that goes against it.
func TestTheOrderOfADate(t *testing.T) {
	first, month, either := &stamp{day: 13, month: 2, dayFirst: true}, &stamp{day: 13, month: 2}, &stamp{day: 3, month: 2}
	for _, c := range []struct {
		dates []*stamp
		want  order
	}{
		{nil, orderUnknown}, {[]*stamp{either}, orderUnknown}, {[]*stamp{{day: 12, month: 2}}, orderUnknown}, {[]*stamp{first}, orderDayFirst}, {[]*stamp{month}, orderMonthFirst}, {[]*stamp{first, either}, orderDayFirst},
		{[]*stamp{either, month, either, month}, orderMonthFirst}, {[]*stamp{first, month}, orderMixed}, {[]*stamp{month, first}, orderMixed}, {[]*stamp{month, first, first}, orderMixed},
	} {
		o := orderUnknown
		for _, d := range c.dates {
			o = o.with(d)
		}
		if o != c.want {
			t.Errorf("%d dates: %v, want %v", len(c.dates), o, c.want)
		}
	}
}

// In a table the time may stand in the second cell after a short first one, or in the third or fourth; not further on.
func TestTheCellThatATimeStandsIn(t *testing.T) {
	long := strings.Repeat("x", 30)
	for text, want := range map[string]bool{
		"| 14:03 | up": true, "1 | 14:03 | up": true, long[:29] + " | 14:03 | up": true, long + " | 14:03 | up": false, long + " | a | 14:03 | up": true, "a | b | c | 14:03 | up": true, "a | b | c | d | 14:03 | up": false,
	} {
		line := strings.TrimLeft(text, "| ")
		r := textReading{}
		if _, got := r.lead(markedLine{text: line, cells: true}); got != want {
			t.Errorf("%q begins an entry: %v", text, got)
		}
		if _, got := r.lead(markedLine{text: line}); got && !strings.HasPrefix(line, "14:03") {
			t.Errorf("%q begins an entry although it is no row", text)
		}
	}
	for _, c := range []struct {
		text    string
		section int
		item    bool
		want    bool
	}{{"At 14:03 it was full", 0, true, true}, {"At 14:03 it was full", 1, false, true}, {"At 14:03 it was full", 0, false, false}, {"At once it was full", 1, true, false}} {
		r := textReading{section: c.section}
		if _, got := r.lead(markedLine{text: c.text, item: c.item}); got != c.want {
			t.Errorf("%q, item %v, section %d: %v", c.text, c.item, c.section, got)
		}
	}
}

// A number that was counted tells a time only when both are there and something passed.
func TestWhatWasDoneAfterwards(t *testing.T) {
	const created = "1772632800000"
	r := &run{}
	p := &opsgenieReading{recorder: recorder{run: r}}
	for _, c := range [][4]string{
		{created, "90000", "ada", "closed by ada after 1m30s (2026-03-04T14:01:30Z, derived)"}, {created, "90000", "", "closed after 1m30s (2026-03-04T14:01:30Z, derived)"}, {created, "1", "", "closed after 1ms (2026-03-04T14:00:00.001Z, derived)"},
		{created, "0", "ada", ""}, {created, "-5", "ada", ""}, {created, "", "ada", ""}, {created, "soon", "ada", ""}, {"", "90000", "ada", ""},
	} {
		if got := p.after("closed", c[0], c[1], c[2]); got != c[3] {
			t.Errorf("%v: %q", c, got)
		}
	}
}
