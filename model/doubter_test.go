package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A source that is moved by anything, among sources that agree, is found by that much.
func TestAMovedClockIsFoundByItsOffset(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		by := time.Duration(rapid.IntRange(6, 3*3600).Draw(t, "seconds")) * time.Second
		if rapid.Bool().Draw(t, "behind") {
			by = -by
		}
		sources := []string{"app", "journald", "syslog"}[:rapid.IntRange(2, 3).Draw(t, "sources")]
		wrong := rapid.SampledFrom(sources).Draw(t, "wrong")
		before := time.Duration(rapid.IntRange(-90, 90).Draw(t, "moved before")) * time.Second
		tl, at := &timelineOf{}, noonUTC
		for i := range rapid.IntRange(3, 30).Draw(t, "pairs") {
			at = at.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "gap")) * time.Second)
			for _, s := range sources {
				when := at.Add(time.Duration(rapid.IntRange(0, 900).Draw(t, "latency")) * time.Millisecond)
				if s == wrong {
					when = when.Add(by - before)
				}
				tl.line(s, "log", when.Format(time.RFC3339Nano), fmt.Sprintf("job number %c%c is done", 'a'+i%26, 'a'+i/26))
			}
			tl.line(rapid.SampledFrom(sources).Draw(t, "other"), "log", at.Format(time.RFC3339Nano), fmt.Sprintf("only here %d", i))
		}
		r := plainRecord()
		if before != 0 {
			r.Clocks = []Clock{{ID: ClockID("N-1", wrong), Source: wrong, Offset: FormatOffset(before)}}
		}
		doubts := tl.ask(r)
		if len(doubts) != 1 || doubts[0].Kind != DoubtClock {
			t.Fatalf("%s moved by %s: %s", wrong, by, tells(doubts))
		}
		want, named := before-by, false
		for _, fix := range doubts[0].Fixes {
			moved, after := tl.apply(r, fix.Gesture)
			if left := moved.ask(after); len(left) != 0 {
				t.Fatalf("after %q: %s", fix.Label, tells(left))
			}
			for _, e := range fix.Gesture.Edits {
				if e.ID != ClockID("N-1", wrong) || e.Field != "offset" && !e.Delete {
					continue
				}
				got := time.Duration(0) // a clock that is right again has no statement
				if !e.Delete {
					got, _ = ParseOffset(e.Value.(string))
				}
				named = true
				if zone := by.Round(quarter); (got-want).Abs() > time.Second && ((by-zone).Abs() > 6*time.Second || got != before-zone) {
					t.Fatalf("%s moved by %s: the fix sets %s, want %s", wrong, by, got, want)
				}
			}
		}
		if !named {
			t.Fatalf("no fix moves %s: %+v", wrong, doubts[0].Fixes)
		}
	})
}

// What is held stays bounded, and few shared alerts are not lost among many lines of their own.
func TestDoubterHoldsABoundedPart(t *testing.T) {
	d := NewDoubter(plainRecord())
	const shared = 40
	for i := range 200_000 {
		at := noonUTC.Add(time.Duration(i) * 10 * time.Millisecond)
		e := Event{ID: ID(fmt.Sprintf("E-%016x", i)), At: at, Source: "app", Kind: "log", Import: "M-1", Line: i + 1, ZoneSource: "data", Title: fmt.Sprintf("request %d took long", i), Body: fmt.Sprintf("trace %032x", i*2654435761)}
		if i%5000 == 0 {
			for n, s := range []string{"datadog", "grafana"} {
				d.Add(&Event{ID: ID(fmt.Sprintf("E-%08x%08x", n+1, i)), At: at.Add(time.Duration(n) * 2 * time.Minute), Source: s, Kind: "alert", ZoneSource: "data", Title: fmt.Sprintf("alert %c of checkout", 'a'+i/5000)})
			}
		}
		d.Add(&e)
	}
	if n := len(d.sources["app"].plain.keys); n > sampleSize || n < sampleSize/4 {
		t.Errorf("the sample holds %d keys", n)
	}
	doubts := d.Doubts(plainRecord())
	if len(doubts) != 1 || !strings.Contains(doubts[0].What, fmt.Sprintf("2m %s datadog, by %d lines", "ahead of", shared)) {
		t.Errorf("%s", tells(doubts))
	}
	if m := d.imports["M-1"]; m.lines != nil || !m.long {
		t.Error("the order of a long file is held")
	}
}

// Two logs that share a part of what they tell are compared by the same part, whatever their size.
func TestSamplesHoldTheSamePart(t *testing.T) {
	d := NewDoubter(plainRecord())
	for i := range 50_000 {
		at := noonUTC.Add(time.Duration(i) * 40 * time.Millisecond)
		for n, s := range []string{"app", "proxy"} {
			d.Add(&Event{ID: ID(fmt.Sprintf("E-%08x%08x", n, i)), At: at.Add(time.Duration(n) * 37 * time.Second), Source: s, Kind: "log", ZoneSource: "data", Title: s, Body: fmt.Sprintf("trace %032x", uint64(i)*0x9e3779b97f4a7c15)})
		}
	}
	if doubts := d.Doubts(plainRecord()); len(doubts) != 1 || !strings.Contains(doubts[0].What, "proxy is 37s ahead of app") {
		t.Errorf("%s", tells(doubts))
	}
}

func BenchmarkDoubter(b *testing.B) {
	events := make([]Event, 100_000)
	for i := range events {
		events[i] = Event{ID: ID(fmt.Sprintf("E-%016x", i)), At: noonUTC.Add(time.Duration(i) * 36 * time.Millisecond), Source: []string{"app", "syslog", "datadog"}[i%3], Kind: []string{"log", "log", "alert"}[i%3],
			Import: "M-1", Line: i + 1, ZoneSource: "data", Title: fmt.Sprintf("request %d took %d ms in checkout", i, i%977), Body: fmt.Sprintf("trace_id=%032x host=web-%d", i*2654435761, i%12)}
	}
	r := incidentAt(noonUTC, noonUTC.Add(time.Hour))
	b.ReportAllocs()
	for b.Loop() {
		d := NewDoubter(r)
		for i := range events {
			d.Add(&events[i])
		}
		d.Doubts(r)
	}
}

// Whatever a file holds, looking for doubts ends well, and what it proposes names lines that are there.
func TestDoubtsOfWildTimelines(t *testing.T) {
	titles := []string{"", "x", "p99 is high", "[Recovered] p99 is high", "Resolved: p99 is high", ":", "[", "[]", "a: b: c", "\xff\xfe", strings.Repeat("界", 400),
		"trace 4bf92f3577b34da6a3ce929d0e0e4736", "https://example.slack.com/archives/C0/p1793620860000100", "/archives//p", "/archives/p1/p99999999999999999"}
	rapid.Check(t, func(t *rapid.T) {
		tl, ids := timelineOf{}, map[ID]bool{}
		for i := range rapid.IntRange(0, 60).Draw(t, "events") {
			at := noonUTC.Add(time.Duration(rapid.Int64Range(-4000, 4000).Draw(t, "minutes")) * time.Minute)
			switch rapid.IntRange(0, 12).Draw(t, "far") {
			case 0:
				at = time.Time{}
			case 1:
				at = at.AddDate(rapid.IntRange(-1900, 200).Draw(t, "years"), 0, 0)
			}
			e := Event{ID: ID(fmt.Sprintf("E-%016x", i)), At: at, Source: rapid.SampledFrom([]string{"", "app", "syslog", "slack", SourceHand}).Draw(t, "source"),
				Kind: rapid.SampledFrom([]string{"", "log", "alert", "page", "ack", "status", "comms", "deploy"}).Draw(t, "kind"), Title: rapid.SampledFrom(titles).Draw(t, "title"),
				Body: rapid.SampledFrom(titles).Draw(t, "body"), URL: rapid.SampledFrom(titles).Draw(t, "url"), Line: rapid.IntRange(-1, 40).Draw(t, "line"),
				ZoneSource: rapid.SampledFrom([]string{"", "data", "typed", "told: Europe/Berlin", "told: Nowhere", "told: "}).Draw(t, "zone"),
				Precision:  rapid.SampledFrom([]Precision{"", "s", "minute", "day", "about", "odd"}).Draw(t, "precision")}
			if rapid.Bool().Draw(t, "imported") {
				e.Import = rapid.SampledFrom([]ID{"M-1", "M-2"}).Draw(t, "import")
			}
			if rapid.IntRange(0, 5).Draw(t, "ends") == 0 {
				e.End = at.Add(time.Duration(rapid.Int64Range(-3000, 3000).Draw(t, "end")) * time.Minute)
			}
			ids[e.ID] = true
			tl = append(tl, e)
		}
		r := plainRecord()
		if rapid.Bool().Draw(t, "known") {
			r = incidentAt(noonUTC, noonUTC.Add(time.Duration(rapid.IntRange(-60, 600).Draw(t, "length"))*time.Minute))
		}
		for _, d := range tl.ask(r) {
			if d.What == "" || d.Question == "" || d.About == "" || !slices.Contains(doubtOrder, d.Kind) {
				t.Fatalf("it says too little: %+v", d)
			}
			for _, id := range d.Where {
				if !ids[id] {
					t.Fatalf("%s is about %q, which is not there", d.What, id)
				}
			}
			for _, f := range d.Fixes {
				if len(f.Gesture.Edits) == 0 || f.Label == "" || len(f.Moves) > mostShown || len(f.Joins) > mostShown {
					t.Fatalf("the fix of %q: %+v", d.What, f)
				}
			}
		}
	})
}
