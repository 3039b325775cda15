package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// noonUTC is when the incidents of these tests start.
var noonUTC = instant("2026-11-02T12:00:00Z")

// A timelineOf is events in any order; ask sorts them as a file has them.
type timelineOf []Event

// line adds one imported line at a clock time such as 12:07:30, or at a whole instant.
func (tl *timelineOf) line(source, kind, clock, title string, more ...func(*Event)) *timelineOf {
	if len(clock) < 10 {
		clock = "2026-11-02T" + clock + "Z"
	}
	e := Event{ID: ID(fmt.Sprintf("E-%016x", len(*tl)+1)), At: instant(clock), Precision: "s", ZoneSource: "data", Source: source, Kind: kind, Title: title,
		Import: ID("M-" + source), Line: len(*tl) + 1, Untouched: true}
	for _, f := range more {
		f(&e)
	}
	*tl = append(*tl, e)
	return tl
}

func incidentAt(from, to time.Time) Record {
	return Record{Incident: Incident{ID: "N-1", Started: from, Detected: from.Add(time.Minute), Resolved: to, Zone: "Europe/Berlin"}}
}

// plainRecord is an incident that says nothing of its times, so that only the lines do.
func plainRecord() Record { return Record{Incident: Incident{ID: "N-1", Zone: "Europe/Berlin"}} }

// moved gives the events as a file gives them that has the record's statements about clocks.
func (tl timelineOf) clocked(r Record) timelineOf {
	out := slices.Clone(tl)
	for i := range out {
		for _, c := range r.Clocks {
			if by, ok := ParseOffset(c.Offset); ok && c.Source == out[i].Source && out[i].OriginalAt.IsZero() {
				out[i].OriginalAt, out[i].At = out[i].At, out[i].At.Add(by)
				if !out[i].End.IsZero() {
					out[i].End = out[i].End.Add(by)
				}
			}
		}
	}
	return out
}

func (tl timelineOf) ask(r Record) []Doubt {
	events := tl.clocked(r)
	slices.SortStableFunc(events, func(a, b Event) int { return a.At.Compare(b.At) })
	d := NewDoubter(r)
	for i := range events {
		d.Add(&events[i])
	}
	return d.Doubts(r)
}

// apply carries a gesture out on the events and the record, as a file would.
func (tl timelineOf) apply(r Record, g Gesture) (timelineOf, Record) {
	out := slices.Clone(tl)
	clocks := map[ID]*Clock{}
	for _, e := range g.Edits {
		switch e.Type {
		case TypeEvent:
			at := slices.IndexFunc(out, func(x Event) bool { return x.ID == e.ID })
			x := &out[at]
			switch text, _ := e.Value.(string); e.Field {
			case "at":
				if x.Import != "" {
					x.OriginalAt = x.At
				}
				x.At = ParseTime(text)
			case "end":
				x.End = ParseTime(text)
			case "reason":
				x.Reason = text
			case "merged_into":
				x.MergedInto = ID(text)
			case "noise":
				x.Noise = true
			}
		case TypeIncident:
			at := ParseTime(e.Value.(string))
			switch e.Field {
			case "started":
				r.Incident.Started = at
			case "acknowledged":
				r.Incident.Acknowledged = at
			case "resolved":
				r.Incident.Resolved = at
			}
		case TypeClock:
			if clocks[e.ID] == nil {
				clocks[e.ID] = &Clock{ID: e.ID}
			}
			c := clocks[e.ID]
			text, _ := e.Value.(string)
			switch e.Field {
			case "source":
				c.Source = text
			case "offset":
				c.Offset = text
			}
			r.Clocks = slices.DeleteFunc(slices.Clone(r.Clocks), func(x Clock) bool { return x.ID == e.ID })
			if !e.Delete && c.Offset != "" {
				r.Clocks = append(r.Clocks, *c)
			}
		case TypeDismissal:
			if !slices.ContainsFunc(r.Dismissals, func(x Dismissal) bool { return x.ID == e.ID }) {
				r.Dismissals = append(slices.Clone(r.Dismissals), Dismissal{ID: e.ID})
			}
		}
	}
	return out, r
}

func tells(doubts []Doubt) string {
	var out []string
	for _, d := range doubts {
		out = append(out, d.Kind+": "+d.What)
	}
	return strings.Join(out, "\n")
}

func end(clock string) func(*Event) {
	return func(e *Event) { e.End = instant("2026-11-02T" + clock + "Z") }
}
func url(u string) func(*Event)         { return func(e *Event) { e.URL = u } }
func body(b string) func(*Event)        { return func(e *Event) { e.Body = b } }
func on(n int) func(*Event)             { return func(e *Event) { e.Line = n } }
func precise(p Precision) func(*Event)  { return func(e *Event) { e.Precision = p } }
func toldZone(name string) func(*Event) { return func(e *Event) { e.ZoneSource = "told: " + name } }
func wrote(text string) func(*Event)    { return func(e *Event) { e.TimeText = text } }
func hand(e *Event)                     { e.Source, e.Import, e.ZoneSource, e.Untouched = SourceHand, "", "typed", false }
func story(e *Event)                    { e.Role, e.Untouched = "diagnosis", false }

// pairs are lines that two sources both tell, with the second by seconds later.
func pairs(a, b, kind string, by time.Duration, n int) *timelineOf {
	tl := &timelineOf{}
	for i := range n {
		at := noonUTC.Add(time.Duration(i*i*47) * time.Second)
		title := fmt.Sprintf("request %c%c took too long in checkout", 'a'+i%26, 'a'+i/26)
		tl.line(a, kind, at.Format(time.RFC3339Nano), title)
		tl.line(b, kind, at.Add(by).Format(time.RFC3339Nano), title)
	}
	return tl
}

func TestDoubts(t *testing.T) {
	hour := incidentAt(noonUTC, noonUTC.Add(time.Hour))
	berlinLink := "see https://example.slack.com/archives/C07CHECKOUT/p1793620860000100" // 12:01:00 UTC
	for _, c := range []struct {
		name string
		r    Record
		tl   *timelineOf
		kind string // "" when nothing is to be said
		what string
		fix  string
	}{
		{"a log 37 s ahead", plainRecord(), pairs("journald", "syslog", "log", 37*time.Second, 5), DoubtClock, "syslog is 37s ahead of journald, by 5 lines", "move syslog by -37s"},
		{"a log 37 s behind", plainRecord(), pairs("journald", "syslog", "log", -37*time.Second, 5), DoubtClock, "syslog is 37s behind journald", "move syslog by +37s"},
		{"an hour is a zone", plainRecord(), pairs("journald", "syslog", "log", time.Hour+2*time.Second, 5), DoubtClock, "looks like a time zone", "move syslog by -1h"},
		{"a quarter of India", plainRecord(), pairs("journald", "syslog", "log", -(5*time.Hour + 30*time.Minute), 3), DoubtClock, "looks like a time zone", "move syslog by +5h30m"},
		{"a latency of seconds", plainRecord(), pairs("journald", "syslog", "log", 4*time.Second, 9), "", "", ""},
		{"two pairs are too few", plainRecord(), pairs("journald", "syslog", "log", time.Hour, 2), "", "", ""},
		{"alerts of two monitors half a minute apart", plainRecord(), pairs("datadog", "grafana", "alert", 40*time.Second, 6), "", "", ""},
		{"messages wait for a group of alerts", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 5 {
				at := noonUTC.Add(time.Duration(i*i) * time.Minute)
				tl.line("alertmanager", "alert", at.Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i)).
					line("slack", "comms", at.Add(90*time.Second).Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i))
			}
			return tl
		}(), "", "", ""},
		{"pages that a policy holds back for a quarter of an hour", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 5 {
				at := noonUTC.Add(time.Duration(i*i) * time.Minute)
				tl.line("datadog", "alert", at.Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i)).
					line("pagerduty", "page", at.Add(15*time.Minute).Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i))
			}
			return tl
		}(), "", "", ""},
		{"pages an hour and a little after their alerts", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 5 {
				at := noonUTC.Add(time.Duration(i*i) * time.Minute)
				tl.line("datadog", "alert", at.Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i)).
					line("pagerduty", "page", at.Add(time.Hour+40*time.Second).Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i))
			}
			return tl
		}(), DoubtClock, "pagerduty is 1h 00m ahead of datadog, by 5 lines that both tell: that looks like a time zone", "move pagerduty by -1h"},
		{"messages before their alerts", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 5 {
				at := noonUTC.Add(time.Duration(i*i) * time.Minute)
				tl.line("alertmanager", "alert", at.Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i)).
					line("slack", "comms", at.Add(-90*time.Second).Format(time.RFC3339), fmt.Sprintf("pool %c is full", 'a'+i))
			}
			return tl
		}(), DoubtClock, "slack is 1m 30s behind alertmanager", "move slack by +1m30s"},
		{"people write when they write", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 6 {
				at := noonUTC.Add(time.Duration(i) * 7 * time.Minute)
				tl.line("github", "deploy", at.Format(time.RFC3339), fmt.Sprintf("rollout %c", 'a'+i), body(fmt.Sprintf("revision a%d0ffee%d", i, i))).
					line("slack", "comms", at.Add(time.Duration(100+i*i*60)*time.Second).Format(time.RFC3339), fmt.Sprintf("a%d0ffee%d is out", i, i))
			}
			return tl
		}(), "", "", ""},
		{"revisions of deploys", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 4 {
				at := noonUTC.Add(time.Duration(i*i) * 7 * time.Minute)
				tl.line("github", "deploy", at.Format(time.RFC3339), fmt.Sprintf("rollout %c", 'a'+i), body(fmt.Sprintf("revision a%d0ffee%d", i, i))).
					line("argocd", "deploy", at.Add(-2*time.Hour).Format(time.RFC3339), "sync", body(fmt.Sprintf("a%d0ffee%d", i, i)))
			}
			return tl
		}(), DoubtClock, "looks like a time zone", "move github by -2h"},
		{"windows of hosts that log all the time", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 400 {
				at, host := noonUTC.Add(time.Duration(i)*time.Second), fmt.Sprintf("c0ffee%02d", 10+i%5)
				tl.line("journald", "log", at.Format(time.RFC3339), "tick", body(host)).line("syslog", "log", at.Add(5*time.Minute).Format(time.RFC3339), "tock", body(host))
			}
			return tl
		}(), "", "", ""},
		{"one alert that flaps in two monitors", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 4 {
				at := noonUTC.Add(time.Duration(i) * 37 * time.Minute)
				tl.line("datadog", "alert", at.Format(time.RFC3339), "disk of backup is full").line("grafana", "alert", at.Add(time.Hour).Format(time.RFC3339), "disk of backup is full")
			}
			return tl
		}(), "", "", ""},
		{"half of what two logs share lies an hour apart", plainRecord(), func() *timelineOf {
			tl := pairs("app", "worker", "log", time.Hour, 5)
			for i := range 4 {
				at := noonUTC.Add(time.Duration(i*i) * 11 * time.Minute)
				tl.line("app", "log", at.Format(time.RFC3339), fmt.Sprintf("job %c was queued late", 'a'+i)).line("worker", "log", at.Add(time.Duration(i*700)*time.Second).Format(time.RFC3339), fmt.Sprintf("job %c was queued late", 'a'+i))
			}
			return tl
		}(), "", "", ""},
		{"ids that stay for a long time", plainRecord(), func() *timelineOf {
			tl := &timelineOf{}
			for i := range 5 {
				at, host := noonUTC.Add(time.Duration(i*i)*time.Minute), fmt.Sprintf("c0ffee%02d", 10+i)
				for n := range 3 {
					tl.line("journald", "log", at.Add(time.Duration(n)*10*time.Minute).Format(time.RFC3339), "tick", body(host)).line("syslog", "log", at.Add(6*time.Minute+time.Duration(n)*10*time.Minute).Format(time.RFC3339), "tock", body(host))
				}
			}
			return tl
		}(), "", "", ""},
		{"a source in its zone is the one to move", plainRecord(), func() *timelineOf {
			tl := pairs("app", "syslog", "log", -time.Hour, 5)
			for i := range *tl {
				if (*tl)[i].Source == "app" {
					toldZone("Europe/London")(&(*tl)[i])
				}
			}
			return tl
		}(), DoubtClock, "app is 1h 00m ahead of syslog", "move app by -1h"},

		{"an acknowledgement before its page", plainRecord(), (&timelineOf{}).line("opsgenie", "ack", "12:04:00", "High latency: Acknowledged").line("pagerduty", "page", "12:07:10", "High latency"),
			DoubtOrder, "An acknowledgement comes 3m 10s before its page", "move opsgenie by +3m11s"},
		{"an acknowledgement an hour off", plainRecord(), (&timelineOf{}).line("opsgenie", "ack", "12:08:00", "High latency: Acknowledged").line("pagerduty", "page", "13:06:00", "High latency"),
			DoubtOrder, "comes 58m before", "move opsgenie by +1h"},
		{"an acknowledgement of an earlier alert", plainRecord(), (&timelineOf{}).line("pagerduty", "ack", "12:04:00", "High latency: acknowledged").line("pagerduty", "page", "12:07:00", "High latency"), "", "", ""},
		{"one page, one incident", plainRecord(), (&timelineOf{}).line("pagerduty", "ack", "12:04:00", "Acknowledged by Ada", url("https://example.com/i/P1")).line("pagerduty", "page", "12:07:00", "High latency", url("https://example.com/i/P1")),
			DoubtOrder, "3m before its page", ""},
		{"monitors share one address", plainRecord(), (&timelineOf{}).line("datadog", "status", "12:04:00", "[Recovered] Latency", url("https://example.com/m/1")).line("datadog", "alert", "12:07:00", "[Triggered] Latency", url("https://example.com/m/1")), "", "", ""},
		{"a page again after its acknowledgement", plainRecord(), (&timelineOf{}).line("pagerduty", "page", "12:01:00", "High latency").line("opsgenie", "ack", "12:04:00", "High latency: Acknowledged").line("pagerduty", "page", "12:30:00", "High latency"), "", "", ""},
		{"the first answer before anything", plainRecord(), (&timelineOf{}).line("slack", "ack", "12:04:00", "I take it").line("pagerduty", "page", "12:07:00", "High latency"), DoubtOrder, "The first acknowledgement comes 3m before the first alert", "move slack"},
		{"an end before it fired", plainRecord(), (&timelineOf{}).line("datadog", "status", "12:04:00", "[Recovered] High latency").line("grafana", "alert", "12:07:00", "High latency"), DoubtOrder, "The end of an alert comes 3m before it fired", "move"},
		{"an end of an earlier firing", plainRecord(), (&timelineOf{}).line("datadog", "status", "12:04:00", "[Recovered] High latency").line("datadog", "alert", "12:07:00", "[Triggered] High latency"), "", "", ""},

		{"the same alert twice", plainRecord(), (&timelineOf{}).line("datadog", "alert", "12:04:00", "p99 is high").line("grafana", "alert", "12:04:03", "P99 is high"), DoubtTwin, "“p99 is high” stands twice, in datadog and grafana, 3s apart", "merge one into the other"},
		{"the bot's message of an alert", plainRecord(), (&timelineOf{}).line("datadog", "alert", "12:04:00", "p99 is high").line("slack", "comms", "12:04:03", "[FIRING:1] p99 is high"), DoubtTwin, "stands twice", "merge"},
		{"an alert and its page", plainRecord(), (&timelineOf{}).line("datadog", "alert", "12:04:00", "p99 is high").line("pagerduty", "page", "12:04:03", "p99 is high"), "", "", ""},
		{"an alert and its end", plainRecord(), (&timelineOf{}).line("datadog", "alert", "12:04:00", "p99 is high").line("grafana", "alert", "12:04:03", "Resolved: p99 is high"), "", "", ""},
		{"twins that are merged", plainRecord(), (&timelineOf{}).line("datadog", "alert", "12:04:00", "p99 is high").line("grafana", "alert", "12:04:03", "p99 is high", func(e *Event) { e.MergedInto = "E-0000000000000001" }), "", "", ""},
		{"twins that both have a story", plainRecord(), (&timelineOf{}).line("datadog", "alert", "12:04:00", "p99 is high", story).line("grafana", "alert", "12:04:03", "p99 is high", story), "", "", ""},
		{"the same words half a minute later", plainRecord(), (&timelineOf{}).line("datadog", "alert", "12:04:00", "p99 is high").line("grafana", "alert", "12:04:33", "p99 is high"), "", "", ""},

		{"a detection before the start", Record{Incident: Incident{ID: "N-1", Started: noonUTC, Detected: noonUTC.Add(-3 * time.Minute)}}, &timelineOf{}, DoubtMoment, "detected 3m before the impact started", "let the impact start"},
		{"acknowledged before any page", Record{Incident: Incident{ID: "N-1", Acknowledged: noonUTC}}, (&timelineOf{}).line("pagerduty", "page", "12:07:00", "High latency").line("pagerduty", "ack", "12:09:00", "taken by Ada"),
			DoubtMoment, "“Acknowledged” lies 7m before the first page", "take the first"},
		{"acknowledged after an alert", Record{Incident: Incident{ID: "N-1", Acknowledged: noonUTC}}, (&timelineOf{}).line("datadog", "alert", "11:58:00", "p99").line("pagerduty", "page", "12:07:00", "High latency"), "", "", ""},
		{"resolved while alerts fire", hour, (&timelineOf{}).line("datadog", "alert", "12:55:00", "p99 is high").line("slack", "comms", "12:58:00", "seems well").line("datadog", "status", "13:35:00", "Resolved: p99 is high"),
			DoubtMoment, "“p99 is high” recovered 35m after", "let it be resolved"},
		{"alerts that recover a little later", hour, (&timelineOf{}).line("datadog", "alert", "12:55:00", "p99 is high").line("slack", "comms", "12:58:00", "seems well").line("datadog", "status", "13:06:00", "Resolved: p99 is high"), "", "", ""},
		{"an alert that fires again", hour, (&timelineOf{}).line("datadog", "alert", "12:55:00", "p99 is high").line("slack", "comms", "12:59:00", "seems well").line("datadog", "alert", "13:35:00", "p99 is high"), DoubtMoment, "fired again 35m after", ""},
		{"moments that contradict each other", Record{Incident: Incident{ID: "N-1", Started: noonUTC, Resolved: noonUTC.Add(-time.Hour)}}, &timelineOf{}, DoubtMoment, "“Resolved” lies 1h 00m before “Impact started”", ""},

		{"an end before its start", plainRecord(), (&timelineOf{}).line("notes", "note", "12:20:00", "the pool was full", end("12:05:00")), DoubtSpan, "ends 15m before it begins", "swap"},
		{"an end after midnight", plainRecord(), (&timelineOf{}).line("notes", "note", "23:50:00", "the pool was full", end("00:20:00")), DoubtSpan, "before it begins", "let it end on the next day"},

		{"a silence", incidentAt(noonUTC, noonUTC.Add(36*time.Minute)), (&timelineOf{}).line("slack", "comms", "12:01:00", "looking").line("slack", "comms", "12:26:00", "found it").line("slack", "comms", "12:30:00", "x").line("slack", "comms", "12:34:00", "y"), DoubtSilence, "Nothing is written for 25m", ""},
		{"a silence until the end", hour, (&timelineOf{}).line("slack", "comms", "12:30:00", "looking").line("slack", "comms", "14:30:00", "what a day"), DoubtSilence, "Nothing is written for 30m while the impact was on", ""},
		{"a silence to the last", hour, (&timelineOf{}).line("slack", "comms", "12:30:00", "looking"), DoubtSilence, "Nothing is written for 30m while the impact was on", ""},
		{"an impact that nobody has ended", Record{Incident: Incident{ID: "N-1", Started: noonUTC}}, (&timelineOf{}).line("slack", "comms", "12:30:00", "looking").line("slack", "comms", "20:30:00", "hello"), "", "", ""},
		{"a burst", hour, func() *timelineOf {
			tl := &timelineOf{}
			for i := range 300 {
				tl.line("app", "log", noonUTC.Add(time.Duration(i*i)*time.Millisecond*39).Format(time.RFC3339Nano), "tick")
			}
			return tl
		}(), "", "", ""},
		{"a silence before the impact and after it", hour, (&timelineOf{}).line("slack", "comms", "10:00:00", "morning").line("slack", "comms", "12:58:00", "well again").line("slack", "comms", "14:58:00", "good"), "", "", ""},

		{"a note before the message that it cites", plainRecord(), (&timelineOf{}).line("text", "note", "05:02:00", "asked for help "+berlinLink, toldZone("Europe/Berlin"), precise("minute")), DoubtZone, "read as Europe/Berlin; as UTC-06:00", "move text by +7h"},
		{"a note a minute after the message", plainRecord(), (&timelineOf{}).line("text", "note", "12:02:00", "asked for help "+berlinLink, toldZone("UTC")), "", "", ""},
		{"a link that was added to an older line", plainRecord(), (&timelineOf{}).line("text", "note", "10:48:00", "p99 is high "+berlinLink, toldZone("UTC")), "", "", ""},
		{"a link of a message a little later", plainRecord(), (&timelineOf{}).line("text", "note", "11:52:00", "p99 is high "+berlinLink, toldZone("UTC")), "", "", ""},
		{"a note that cites an old message", plainRecord(), (&timelineOf{}).line("text", "note", "14:02:00", "as said "+berlinLink, toldZone("UTC")), "", "", ""},
		{"notes that lie hours after what they cite", plainRecord(), (&timelineOf{}).line("text", "note", "14:02:00", "asked "+berlinLink, toldZone("UTC")).line("text", "note", "14:05:00", "told https://example.slack.com/archives/C07CHECKOUT/p1793621040000100", toldZone("UTC")),
			DoubtZone, "lie 2h 01m from the Slack messages", "move text by -2h"},

		{"a typed line before the message that it cites", plainRecord(), (&timelineOf{}).line("", "note", "11:02:00", "asked for help "+berlinLink, hand, precise("minute")), DoubtZone, "sent 59m after it", "move it by +1h"},
		{"typed lines have no clock", plainRecord(), func() *timelineOf {
			tl := pairs("app", "notes", "log", time.Hour, 6)
			for i := range *tl {
				if (*tl)[i].Source == "notes" {
					hand(&(*tl)[i])
				}
			}
			return tl
		}(), "", "", ""},
		{"a typed hour that was shown twice", plainRecord(), (&timelineOf{}).line("", "note", "2026-10-25T00:30:00Z", "the pool is full", hand), DoubtFold, "1 typed line lies in an hour", "take the other hour"},
		{"a typed alert beside the alert", plainRecord(), (&timelineOf{}).line("", "alert", "12:04:00", "p99 is high", hand).line("grafana", "alert", "12:04:03", "p99 is high"), "", "", ""},
		{"an hour that was shown twice", plainRecord(), (&timelineOf{}).line("text", "note", "2026-10-25T00:30:00Z", "the pool is full", toldZone("Europe/Berlin")), DoubtFold, "showed twice on 25 October 2026; the first is taken", "take the other hour"},
		{"an hour that was left out", plainRecord(), (&timelineOf{}).line("text", "note", "2026-03-29T01:30:00Z", "the pool is full", toldZone("Europe/Berlin"), wrote("2026-03-29 02:30")), DoubtSkipped, "02:30 is read as 03:30", "take the hour before"},
		{"the second of the two", plainRecord(), (&timelineOf{}).line("text", "note", "2026-10-25T01:30:00Z", "the pool is full", toldZone("Europe/Berlin")), DoubtFold, "the second is taken", "take the other hour"},
		{"both hours, told apart by their order", plainRecord(), (&timelineOf{}).line("text", "note", "2026-10-25T00:30:00Z", "the pool is full", toldZone("Europe/Berlin")).line("text", "note", "2026-10-25T01:20:00Z", "still", toldZone("Europe/Berlin")), "", "", ""},
		{"a zone in the data", plainRecord(), (&timelineOf{}).line("text", "note", "2026-10-25T00:30:00Z", "the pool is full"), "", "", ""},
		{"an hour later", plainRecord(), (&timelineOf{}).line("text", "note", "2026-10-25T02:30:00Z", "the pool is full", toldZone("Europe/Berlin")), "", "", ""},

		{"a mistyped year", plainRecord(), (&timelineOf{}).line("text", "note", "12:01:00", "one", on(1)).line("text", "note", "2025-11-02T12:05:00Z", "two", on(2)).line("text", "note", "12:09:00", "three", on(3)).line("text", "note", "12:11:00", "four", on(4)),
			DoubtDate, "Line 2 of text lies a year from the lines around", "move it by a year"},
		{"a mistyped day", plainRecord(), (&timelineOf{}).line("text", "note", "12:01:00", "one", on(1)).line("text", "note", "2026-11-03T12:05:00Z", "two", on(2)).line("text", "note", "12:09:00", "three", on(3)).line("text", "note", "12:11:00", "four", on(4)),
			DoubtDate, "Line 2 of text lies a day from the lines around", "move it by a day"},
		{"a file of several days", plainRecord(), (&timelineOf{}).line("text", "note", "12:01:00", "one", on(1)).line("text", "note", "2026-11-03T12:05:00Z", "two", on(2)).line("text", "note", "2026-11-04T12:09:00Z", "three", on(3)).line("text", "note", "2026-11-05T12:11:00Z", "four", on(4)), "", "", ""},
		{"newest first", plainRecord(), (&timelineOf{}).line("text", "note", "2026-11-05T12:01:00Z", "one", on(1)).line("text", "note", "2026-11-04T12:05:00Z", "two", on(2)).line("text", "note", "2026-11-03T12:09:00Z", "three", on(3)).line("text", "note", "12:11:00", "four", on(4)), "", "", ""},
		{"far outside", hour, (&timelineOf{}).line("app", "log", "12:01:00", "one", on(4)).line("app", "log", "12:05:00", "two", on(4)).line("app", "log", "12:09:00", "three", on(4)).line("app", "log", "12:11:00", "four", on(4)).line("app", "log", "2026-08-01T12:05:00Z", "old", on(4)).
			line("app", "log", "12:15:00", "a").line("app", "log", "12:19:00", "a").line("app", "log", "12:23:00", "a").line("app", "log", "12:27:00", "a").line("app", "log", "12:32:00", "a").line("app", "log", "12:36:00", "a").line("app", "log", "12:40:00", "a").line("app", "log", "12:45:00", "a").line("app", "log", "12:50:00", "a").line("app", "log", "12:55:00", "a"),
			DoubtOutside, "1 line of app lies 93d from everything else", "set it aside as noise"},
		{"what came long before", plainRecord(), (&timelineOf{}).line("text", "note", "2026-08-01T12:05:00Z", "the limit was set").line("text", "note", "12:01:00", "one").line("text", "note", "12:05:00", "two").line("text", "note", "12:09:00", "three").line("text", "note", "12:11:00", "four"), "", "", ""},
		{"a year off in files that share line numbers", plainRecord(), (&timelineOf{}).line("text", "note", "2025-11-02T12:05:00Z", "two", on(1)).line("text", "note", "12:01:00", "one", on(1)).line("text", "note", "12:05:00", "two", on(1)).line("text", "note", "12:09:00", "three", on(1)).line("text", "note", "12:11:00", "four", on(1)),
			DoubtOutside, "1 line of text lies 365d from everything else", "move it by a year"},
		{"a ticket that was opened long ago", plainRecord(), (&timelineOf{}).line("jira", "change", "2026-08-01T12:05:00Z", "opened").line("jira", "note", "12:01:00", "one").line("jira", "note", "12:05:00", "two").line("jira", "note", "12:09:00", "three").line("jira", "note", "12:11:00", "four"), "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			doubts := c.tl.ask(c.r)
			if c.kind == "" {
				if len(doubts) != 0 {
					t.Fatalf("nothing contradicts, and yet:\n%s", tells(doubts))
				}
				return
			}
			if len(doubts) != 1 || doubts[0].Kind != c.kind || !strings.Contains(doubts[0].What, c.what) || doubts[0].Question == "" {
				t.Fatalf("want one doubt of %s with %q, got:\n%s", c.kind, c.what, tells(doubts))
			}
			if len(doubts[0].Fixes) == 0 != (c.fix == "") || c.fix != "" && !strings.Contains(doubts[0].Fixes[0].Label, c.fix) {
				t.Fatalf("want the fix %q, got %+v", c.fix, doubts[0].Fixes)
			}
			for _, fix := range doubts[0].Fixes {
				if len(fix.Moves)+len(fix.Joins) == 0 && fix.Label != "set it aside as noise" {
					t.Errorf("%s shows nothing of what it does", fix.Label)
				}
				tl, r := c.tl.apply(c.r, fix.Gesture)
				if left := tl.ask(r); slices.ContainsFunc(left, func(x Doubt) bool { return x.Kind == c.kind }) {
					t.Errorf("after %q there is still:\n%s", fix.Label, tells(left))
				}
			}
			tl, r := c.tl.apply(c.r, SetAside(c.r.Incident.ID, doubts[0], "known"))
			if left := tl.ask(r); len(left) != 0 {
				t.Errorf("set aside, it comes back:\n%s", tells(left))
			}
		})
	}
}
