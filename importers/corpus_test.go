package importers

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

// corpus is the folder of recorded payloads that lies beside the project on some machines. Its files
// may not be kept in the project itself.
const corpus = "../../shared/corpus"

func corpusFolder(t *testing.T) string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(corpus, "expected.json")); err != nil {
		t.Skipf("the recorded payloads are not there: %s", corpus)
	}
	return corpus
}

// told are the answers that the files of the corpus need, as its index gives them.
var told = map[string]Options{
	"text/server_admin_log_2015.md":     {Zone: time.UTC},
	"text/moj_2026-03-30_table.md":      {Zone: zone("Europe/London")},
	"text/moj_2021-07-12_key_events.md": {Zone: zone("Europe/London")},
	"syslog/linux_2k.log":               {Zone: time.UTC, Year: 2005},
	"syslog/multiline_continuation.log": {Zone: time.UTC, Year: 2011},
	"logs/zookeeper_2k.log":             {Zone: time.UTC},
	"logs/apache_error_2k.log":          {Zone: time.UTC},
}

func zone(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return l
}

// gathered is everything that one reading gave.
type gathered struct {
	events  []model.Event
	reading model.Reading
	err     error
}

func gather(t *testing.T, source string, opt Options, paths ...string) gathered {
	t.Helper()
	in, err := Open(paths, nil)
	if err != nil {
		return gathered{err: err}
	}
	defer in.Close()
	src, ok := Lookup(source)
	if source == "auto" {
		if src, _, err = Detect(in); err != nil {
			return gathered{err: err}
		}
	} else if !ok {
		t.Fatalf("no source %q", source)
	}
	var g gathered
	g.reading, g.err = Read(src, in, opt)(func(e *model.Event) error {
		g.events = append(g.events, *e)
		return nil
	})
	if g.err == nil && g.reading.Read != len(g.events)+g.reading.Repeats+g.reading.Refused {
		t.Errorf("%v: read %d, but %d events, %d repeats and %d refused", paths, g.reading.Read, len(g.events), g.reading.Repeats, g.reading.Refused)
	}
	return g
}

// edges are the first and last event by time, the first in the file where times are equal.
func (g gathered) edges() (first, last model.Event) {
	for i, e := range g.events {
		if i == 0 || e.At.Before(first.At) {
			first = e
		}
		if i == 0 || !e.At.Before(last.At) {
			last = e
		}
	}
	return first, last
}

// sourcesOf names the importer for each folder of the corpus.
var sourcesOf = map[string]string{
	"slack": "slack", "pagerduty": "pagerduty", "github": "github", "otlp": "otlp", "journald": "journald", "syslog": "syslog", "logs": "syslog",
	"csv": "csv", "jsonl": "jsonl", "text": "text",
	"datadog": "datadog", "opsgenie": "opsgenie", "aws": "aws", "gitlab": "gitlab", "jenkins": "jenkins", "argocd": "argocd", "honeycomb": "honeycomb",
	"statuspage": "statuspage", "kubernetes": "kubernetes", "alertmanager": "alertmanager", "grafana": "grafana", "jira": "jira", "linear": "linear", "incidentio": "incidentio", "victorops": "victorops",
}

func TestCorpus(t *testing.T) {
	dir := corpusFolder(t)
	raw, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want []struct {
		File        string
		Events      *int
		First, Last []string
		Rejected    int
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	for _, w := range want {
		folder, _, _ := strings.Cut(w.File, "/")
		source := sourcesOf[folder]
		if source == "" || w.Events == nil {
			continue
		}
		for _, named := range []string{source, "auto"} {
			t.Run(w.File+" as "+named, func(t *testing.T) {
				if _, ok := Lookup(source); !ok {
					t.Skipf("no source %s yet", source)
				}
				var paths []string
				for _, f := range pages(w.File) {
					paths = append(paths, filepath.Join(dir, f))
				}
				g := gather(t, named, told[w.File], paths...)
				if g.err != nil {
					t.Fatal(g.err)
				}
				if g.reading.Source != source {
					t.Fatalf("taken for %s", g.reading.Source)
				}
				if len(g.events) != *w.Events || g.reading.Refused != w.Rejected {
					t.Errorf("%d events and %d refused, want %d and %d; %v", len(g.events), g.reading.Refused, *w.Events, w.Rejected, g.reading.Refusals)
				}
				first, last := g.edges()
				edge(t, "first", first, w.First)
				if len(w.Last) > 1 && w.Last[1] == "same" {
					w.Last[1] = w.First[1]
				}
				edge(t, "last", last, w.Last)
			})
		}
	}
}

// pages are the files that "x_page1.json … page3.json" or "x_page1.json, page2.json" stands for.
func pages(name string) []string {
	first, last, several := strings.Cut(strings.Replace(name, ", page", " … page", 1), "1.json … page")
	if !several {
		return []string{name}
	}
	var files []string
	for n := '1'; n <= rune(last[0]); n++ {
		files = append(files, first+string(n)+".json")
	}
	return files
}

// edge compares an event with the time and the words that are expected of it.
func edge(t *testing.T, which string, e model.Event, want []string) {
	t.Helper()
	if len(want) < 2 {
		return
	}
	if at, err := time.Parse(time.RFC3339Nano, want[0]); err == nil && !at.Equal(e.At) {
		t.Errorf("%s at %s, want %s", which, e.At.Format(time.RFC3339Nano), want[0])
	}
	words, _, _ := strings.Cut(recognisable(want[1]), "(")
	words, _, _ = strings.Cut(words, "…")
	if words = strings.TrimSpace(words); !strings.Contains(e.Title, words) {
		t.Errorf("%s is called %q, want %q", which, e.Title, want[1])
	}
}

// languageAnswers are what can be known only from outside the lines of the published timelines.
var languageAnswers = map[string]Options{
	"03": {Year: 2021}, "07": {Date: day("2025-07-23"), Zone: time.UTC}, "09": {Zone: time.UTC}, "15": {Date: day("2019-03-26")}, "16": {Date: day("2019-05-30")}, "21": {Date: day("2023-10-13")},
}

// asWritten are lines whose date is a slip of its author: it is kept and warned of, not corrected.
var asWritten = map[string]map[int]bool{"09": {3: true}, "15": {6: true, 7: true}}

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestPublishedTimelines(t *testing.T) {
	dir := filepath.Join(corpusFolder(t), "language", "timelines")
	raw, err := os.ReadFile(filepath.Join(dir, "EXPECTED.json"))
	if err != nil {
		t.Skipf("the published timelines are not there: %s", dir)
	}
	var want map[string]struct {
		EventsUTC []*string `json:"events_utc"`
	}
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	for name, w := range want {
		t.Run(name, func(t *testing.T) {
			g := gather(t, "text", languageAnswers[name[:2]], filepath.Join(dir, name))
			if g.err != nil {
				t.Fatal(g.err)
			}
			var expected []time.Time
			for _, s := range w.EventsUTC {
				if s != nil {
					at, err := time.Parse(time.RFC3339, *s)
					if err != nil {
						t.Fatal(err)
					}
					expected = append(expected, at)
				}
			}
			if len(g.events) != len(expected) {
				t.Errorf("%d events, want %d; %v %v", len(g.events), len(expected), g.reading.Refusals, g.reading.Warnings)
			}
			for i, e := range g.events {
				if i < len(expected) && !e.At.Equal(expected[i]) && !asWritten[name[:2]][e.Line] {
					t.Errorf("line %d: %s %q, want %s", e.Line, e.At.Format(time.RFC3339), e.Title, expected[i].Format(time.RFC3339))
				}
			}
		})
	}
}
