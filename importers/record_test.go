package importers

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// wantSource reads a text as auto twice: it must be taken for the source, give the events, and give them
// the same ids again.
func wantSource(t *testing.T, source, text, want string) gathered {
	t.Helper()
	files := write(t, "evidence", text)
	g := gather(t, "auto", Options{}, files...)
	wantLines(t, g, want)
	if g.reading.Source != source {
		t.Errorf("taken for %s", g.reading.Source)
	}
	ids := g.ids()
	for _, e := range g.events {
		if !strings.HasPrefix(e.ExternalID, source+":") || e.Source != source {
			t.Errorf("%q has the id %q and the source %q", e.Title, e.ExternalID, e.Source)
		}
	}
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("an id was given twice: %v", ids)
	}
	again := gather(t, source, Options{}, files...)
	if strings.Join(again.ids(), " ") != strings.Join(ids, " ") {
		t.Errorf("read again, the ids are %v after %v", again.ids(), ids)
	}
	return g
}

// wantRefused reads a text as a source and expects all of its records to be refused for the reasons.
func wantRefused(t *testing.T, source, text string, reasons ...string) {
	t.Helper()
	g := gather(t, source, Options{}, write(t, "evidence", text)...)
	if g.err != nil || len(g.events) > 0 || g.reading.Refused != len(reasons) {
		t.Fatalf("%v, %d events, %v", g.err, len(g.events), g.reading.Refusals)
	}
	for i, r := range g.reading.Refusals {
		if !strings.Contains(r.Reason, reasons[i]) {
			t.Errorf("refused because %q, want %q", r.Reason, reasons[i])
		}
	}
}

func TestCounted(t *testing.T) {
	for _, c := range []struct {
		unit    time.Duration
		written string
		want    string
	}{
		{time.Second, "1772632800", "2026-03-04T14:00:00Z"}, {time.Second, "1772632800.25", "2026-03-04T14:00:00.25Z"}, {time.Second, "1.7726328e9", "2026-03-04T14:00:00Z"},
		{time.Millisecond, "1772632800123", "2026-03-04T14:00:00.123Z"}, {time.Millisecond, "1772632800123.5", "2026-03-04T14:00:00.1235Z"}, {time.Millisecond, "1000", "1970-01-01T00:00:01Z"},
		{time.Nanosecond, "1772632800123456789", "2026-03-04T14:00:00.123456789Z"},
	} {
		if at, ok := counted(c.unit, c.written); !ok || at.Format(time.RFC3339Nano) != c.want {
			t.Errorf("%s of %s: got %s, want %s", c.written, c.unit, at.Format(time.RFC3339Nano), c.want)
		}
	}
	for _, s := range []string{"", "x", "-1", "1e99999", "1.2.3", "99999999999999999999", "2026-03-04T14:00:00Z"} {
		if at, ok := counted(time.Second, s); ok {
			t.Errorf("%q is read as %s", s, at)
		}
	}
}

func TestSnake(t *testing.T) {
	for in, want := range map[string]string{"createdAt": "created_at", "AlarmName": "alarm_name", "eventID": "event_id", "AWSAccountId": "aws_account_id", "htmlURL": "html_url", "detail-type": "detail-type", "_id": "_id", "a_B": "a_b"} {
		if got := snake(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
