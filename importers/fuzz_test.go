package importers

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"aftermath/model"
)

// inputOf is an input of one file in memory.
func inputOf(name string, data []byte) *Input {
	f := &File{Name: name, Size: int64(len(data)), open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
	return &Input{Name: name, Files: []*File{f}}
}

// fuzzSource feeds any bytes to a source. Whatever they are, nothing panics, every record is an event, a
// repeat or a refusal, what is given is safe and lies in time, and a second reading gives the same.
func fuzzSource(f *testing.F, source, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	src, ok := Lookup(source)
	if !ok {
		f.Fatalf("no source %s", source)
	}
	opt := Options{Zone: zone("Europe/London"), Date: time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC)}
	f.Fuzz(func(t *testing.T, data []byte) {
		Detect(inputOf(name, data))
		var first []string
		for pass := range 2 {
			var ids []string
			reading, err := Read(src, inputOf(name, data), opt)(func(e *model.Event) error {
				checkSafe(t, *e)
				if e.ExternalID == "" || e.At.Location() != time.UTC || e.At.Year() < firstYear || e.At.Year() >= lastYear {
					t.Errorf("got %+v", e)
				}
				ids = append(ids, e.ExternalID)
				return nil
			})
			var fault *model.Fault
			if err != nil && !errors.As(err, &fault) {
				t.Errorf("%v is no fault", err)
			}
			if reading.Read != len(ids)+reading.Repeats+reading.Refused && err == nil {
				t.Errorf("read %d, but %d events, %d repeats and %d refused", reading.Read, len(ids), reading.Repeats, reading.Refused)
			}
			if reading.Read > len(data)+1 || len(reading.Refusals) > refusalLimit || len(reading.Warnings) > warningLimit {
				t.Errorf("%d bytes gave %d records and %d warnings", len(data), reading.Read, len(reading.Warnings))
			}
			if pass == 0 {
				first = ids
			} else if len(first) != len(ids) {
				t.Errorf("a second reading gave %d events after %d", len(ids), len(first))
			}
			seen := map[string]bool{}
			for _, id := range ids {
				if seen[id] {
					t.Errorf("%s was given twice", id)
				}
				seen[id] = true
			}
		}
	})
}

func FuzzText(f *testing.F) {
	fuzzSource(f, "text", "n.md", "All times in CET\n\n## Mar 4 2026\n- 14:03 ada: up\n| 23:50 | x |\n* 00:10-00:20 y\n", "2X:XX\n~2 pm - a\n1403hrs: b 1405hrs: c\n", "```\n14:03\n")
}

func FuzzCSV(f *testing.F) {
	fuzzSource(f, "csv", "x.csv", "time,text\n2026-03-04T14:00:00Z,\"a\nb\"\n", "date;time;who\n4/3/26;2:05 PM;x\n13/3/26;\"", "\xef\xbb\xbfsep=|\nts|msg\n1772632800123|x\n")
}

func FuzzJSONL(f *testing.F) {
	fuzzSource(f, "jsonl", "x.jsonl", `{"ts":1772632800,"msg":"a\u001b[0m"}`+"\n{\"time\":", `[{"time":"2026-03-04T14:00:00Z","x":{"y":[1]}},3,"a",null]`, "{\n \"time\": 1e9\n}")
}

func FuzzSlack(f *testing.F) {
	fuzzSource(f, "slack", "2026-03-04.json", slackDayOne, `{"ok":true,"messages":[{"ts":"1.5","text":"<@U1|x> <!here> <http://x|y>"}]}`)
}

func FuzzPagerDuty(f *testing.F) {
	fuzzSource(f, "pagerduty", "x.json", `{"log_entries":[{"id":"R1","type":"trigger_log_entry","created_at":"2026-03-04T14:00:00Z","agent":{}}],"more":true}`,
		`{"event":{"event_type":"incident.triggered","occurred_at":"2026-03-04T14:00:00Z","data":{"title":"x"}}}`, `{"incidents":[{"id":"1","type":"incident","created_at":"2026-03-04T14:00:00Z","resolved_at":"2026-03-04T14:00:00Z"}]}`)
}

func FuzzGitHub(f *testing.F) {
	fuzzSource(f, "github", "x.json", `{"ref":"refs/tags/v1","before":"0","after":"1","deleted":true,"repository":{"full_name":"o/r","pushed_at":1772632800},"sender":{},"action":""}`,
		`[{"databaseId":7,"headSha":"abc","createdAt":"2026-03-04T14:00:00Z"}][{"sha":"a","commit":{"committer":{"date":"2026-03-04T14:00:00Z"}}}]`, "0123abcd\t2026-03-04T15:00:00+01:00\tAda\tfix\n", "commit 0123456789012345678901234567890123456789\nAuthor: a\nDate:   Wed Mar 4 15:00:00 2026 +0100\n\n    m\n")
}

func FuzzOTLP(f *testing.F) {
	fuzzSource(f, "otlp", "x.json", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1772632800000000000","body":{"arrayValue":{"values":[{"intValue":"1"}]}}}]}]}]}`,
		`{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"a","spanId":"b","startTimeUnixNano":1772632800000000000,"events":[{"name":"exception"}]}]}]}]}`)
}

func FuzzJournald(f *testing.F) {
	fuzzSource(f, "journald", "x", `{"__REALTIME_TIMESTAMP":"1772632800000001","MESSAGE":[1,2]}`, "__REALTIME_TIMESTAMP=1772632800000001\nMESSAGE\n\x03\x00\x00\x00\x00\x00\x00\x00abc\n\n__CURSOR=x\n")
}

func FuzzSyslog(f *testing.F) {
	fuzzSource(f, "syslog", "x.log", "<34>1 2026-03-04T14:00:00Z a b - - [x y=\"]\"] m\nMar  4 14:00:00 a b[1]: c\n\td\n", "[Wed Mar 04 14:00:00 2026] [error] x\nI0304 14:00:00.1 1 a.go:1] m\n")
}

func FuzzStamp(f *testing.F) {
	for _, s := range []string{"2026-03-04T14:00:00.123456789+01:00", "1772632800.5", "4/3/26 2:05 PM", "Wed, 04 Mar 2026 14:00:00 GMT", "1e18"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if st, ok := wholeStamp(s); ok && st.timed && st.month > 0 && st.year > 0 && st.check() == nil {
			if st.zone == nil {
				st.zone = time.UTC
			}
			want := time.Date(st.year, time.Month(st.month), st.day, st.hour, st.min, st.sec, st.nsec, time.UTC)
			if got := unixUTC(&st); !got.Equal(want) {
				t.Errorf("%q: got %s, want %s", s, got, want)
			}
		}
		leadOf(s)
		statedZone(s)
	})
}
