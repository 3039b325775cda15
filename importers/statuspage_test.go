package importers

import (
	"slices"
	"strings"
	"testing"
)

const statuspageIncident = `{"id":"i1","name":"Slow checkout","status":"resolved","impact":"major","shortlink":"https://stat.example.com/i1","created_at":"2026-03-05T09:00:00.000Z","incident_updates":[
 {"id":"u2","status":"resolved","body":"All is well.","created_at":"2026-03-05T09:00:02Z","display_at":"2026-03-04T07:10:00.000-08:00","updated_at":"2026-03-05T09:00:02Z","affected_components":[{"code":"c","name":"API","old_status":"partial_outage","new_status":"operational"}]},
 {"id":"u1","status":"investigating","body":"We look.","display_at":"2026-03-04T06:00:00.000-08:00","affected_components":null},
 {"id":"u0","status":"update","body":"When?"}]}`

func TestStatuspage(t *testing.T) {
	maintenance := `{"id":"m1","name":"New disks","status":"scheduled","scheduled_for":"2026-03-09T01:00:00Z","scheduled_until":"2026-03-09T02:00:00Z","created_at":"2026-03-04T15:00:00Z","incident_updates":[]}`
	for _, c := range []struct {
		name, text, want string
		refused          int
	}{
		{"the page API", "[" + statuspageIncident + "]",
			"2026-03-04T15:10:00Z status||API|Slow checkout: resolved\n2026-03-04T14:00:00Z status|||Slow checkout: investigating\n", 1},
		{"a summary", `{"page":{"id":"p","name":"Example","time_zone":"UTC"},"components":[{"id":"c"}],"incidents":[` + statuspageIncident + `],"scheduled_maintenances":[` + maintenance + `]}`,
			"2026-03-04T15:10:00Z status||API|Slow checkout: resolved\n2026-03-04T14:00:00Z status||Example|Slow checkout: investigating\n2026-03-04T15:00:00Z status||Example|New disks: scheduled\n", 1},
		{"a webhook of an incident", `{"meta":{},"page":{"id":"p","status_indicator":"none"},"incident":` + statuspageIncident + `}`,
			"2026-03-04T15:10:00Z status||API|Slow checkout: resolved\n2026-03-04T14:00:00Z status|||Slow checkout: investigating\n", 1},
		{"a webhook of a component", `{"page":{"id":"p"},"component":{"id":"c","name":"API","description":"for all"},"component_update":{"id":"x","old_status":"operational","new_status":"major_outage","created_at":"2026-03-04T14:00:00Z"}}`,
			"2026-03-04T14:00:00Z status||API|API: operational → major outage\n", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := gather(t, "auto", Options{}, write(t, "s.json", c.text)...)
			wantLines(t, g, c.want)
			if g.reading.Source != "statuspage" || g.reading.Refused != c.refused {
				t.Errorf("%s: %+v", g.reading.Source, g.reading.Refusals)
			}
		})
	}
	g := gather(t, "statuspage", Options{}, write(t, "a.json", "["+statuspageIncident+"]", "b.json", `{"page":{},"incident":`+statuspageIncident+`}`)...)
	if want := []string{"statuspage:update:u1", "statuspage:update:u2"}; !slices.Equal(g.ids(), want) || g.reading.Repeats != 2 {
		t.Errorf("got %v and %d repeats", g.ids(), g.reading.Repeats)
	}
	if body := g.events[0].Body; body != "All is well.\nAPI: partial outage → operational\nimpact: major" || g.events[0].URL != "https://stat.example.com/i1" {
		t.Errorf("got %q", body)
	}
}

const (
	statuspageHTML = `<p><strong>THIS IS A SCHEDULED EVENT</strong></p> <p><small>Jan <var data-var='date'> 1</var>, <var data-var='time'>00:05</var> UTC</small><br><strong>Resolved</strong> - Done &amp; dusted.<br /><br />Thanks.</p>` +
		`<p><small>Dec <var data-var='date'>31</var>, <var data-var='time'>15:50</var> PST</small><br><strong>Update</strong> - Second.</p><p><small>Dec 31, 15:50 PST</small><br><strong>Update</strong> - First.</p><p><small>some day</small><br><strong>Update</strong> - When?</p>`
	statuspageFeedWant = "2025-12-31T23:50:00Z status||Example|Slow checkout: Update\n2025-12-31T23:50:00Z status||Example|Slow checkout: Update\n2026-01-01T00:05:00Z status||Example|Slow checkout: Resolved\n"
)

func TestStatuspageFeeds(t *testing.T) {
	escaped := strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;").Replace(statuspageHTML)
	atom := `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example Status - Incident History</title><entry><id>tag:x,2005:Incident/7</id><published>2026-01-01T00:05:20Z</published><updated>2026-01-01T00:05:20Z</updated>` +
		`<link rel="alternate" href="https://stat.example.com/7"/><title>Slow checkout</title><content type="html">` + escaped + `</content></entry></feed>`
	rss := `<rss version="2.0"><channel><title>Example Status - Incident History</title><item><title>Slow checkout</title><description><![CDATA[` + statuspageHTML + `]]></description><pubDate>Thu, 01 Jan 2026 00:05:20 +0000</pubDate><link>https://stat.example.com/7</link><guid>https://stat.example.com/7</guid></item></channel></rss>`
	for name, text := range map[string]string{"history.atom": atom, "history.rss": rss} {
		g := gather(t, "auto", Options{}, write(t, name, text)...)
		wantLines(t, g, statuspageFeedWant)
		if g.reading.Source != "statuspage" || g.reading.Refused != 1 {
			t.Errorf("%s: %s, %+v", name, g.reading.Source, g.reading.Refusals)
		}
		if e := g.events; e[0].Body != "First." || e[1].Body != "Second." || e[2].Body != "Done & dusted.\nThanks." || e[0].Precision != "minute" || e[0].TimeText != "Dec 31, 15:50 PST" || e[0].URL == "" {
			t.Errorf("%s: got %+v", name, e)
		}
	}
	plain := `<rss version="2.0"><channel><item><title>Service is operating normally</title><description>All &lt;b&gt;good&lt;/b&gt;</description><pubDate>Wed, 04 Mar 2026 06:00:00 PST</pubDate><guid>x#1</guid></item><item><title>When</title></item></channel>`
	g := gather(t, "auto", Options{}, write(t, "feed", plain)...)
	wantLines(t, g, "2026-03-04T14:00:00Z status|||Service is operating normally\n")
	if g.events[0].Body != "All good" || g.reading.Refused != 2 { // one has no time, and the end is missing
		t.Errorf("got %+v", g.reading.Refusals)
	}
}

func FuzzStatuspage(f *testing.F) {
	fuzzSource(f, "statuspage", "x", "["+statuspageIncident+"]", `{"page":{},"component":{},"component_update":{"id":"x","created_at":"2026-03-04T14:00:00Z"}}`,
		"<feed xmlns='Atom'><entry><id>1</id><published>2026-01-01T00:05:20Z</published><content>&lt;small&gt;Dec 31, 15:50 - 16:00 UTC&lt;/small&gt; x</content></entry>", "<rss><channel><item><pubDate>x")
}
