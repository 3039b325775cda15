package model

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"aftermath/safetext"
)

var berlin = mustZone("Europe/Berlin")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return z
}

func instant(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func testEnv() Env {
	return Env{Zone: berlin, Day: instant("2026-11-02T00:00:00Z"), From: instant("2026-11-02T13:00:00Z"), Taxonomy: DefaultTaxonomy()}
}

func TestParseValue(t *testing.T) {
	for _, c := range []struct {
		typ   Type
		field string
		text  string
		want  any
	}{
		{TypeIncident, "title", "  a\nb ", "a b"},
		{TypeIncident, "title", " ", nil},
		{TypeIncident, "impact", "a\r\nb", "a\nb"},
		{TypeIncident, "severity", "SEV2", "sev2"},
		{TypeIncident, "type", "data loss", "data_loss"},
		{TypeIncident, "type", "lat", "latency"},
		{TypeIncident, "severity", "", nil},
		{TypeIncident, "zone", "Europe/London", "Europe/London"},
		{TypeIncident, "started", "14:02", "2026-11-02T13:02:00Z"},
		{TypeIncident, "started", "2:02 pm", "2026-11-02T13:02:00Z"},
		{TypeIncident, "started", "2026-11-02 14:02:05", "2026-11-02T13:02:05Z"},
		{TypeIncident, "started", "2026-11-02T14:02:05.250Z", "2026-11-02T14:02:05.25Z"},
		{TypeIncident, "started", "2026-11-02T14:02:05+05:30", "2026-11-02T08:32:05Z"},
		{TypeIncident, "started", "2 Nov 2026 14:02", "2026-11-02T13:02:00Z"},
		{TypeIncident, "started", "November 2, 2026 14:02 UTC", "2026-11-02T14:02:00Z"},
		{TypeIncident, "started", "2026-07-02 14:02 CEST", "2026-07-02T12:02:00Z"},
		{TypeIncident, "resolved", "01:10", "2026-11-03T00:10:00Z"},
		{TypeIncident, "started", "2026-10-25 02:30 +01:00", "2026-10-25T01:30:00Z"},
		{TypeAction, "due", "1 Dec 2026", "2026-12-01"},
		{TypeAction, "target", "5.0", json.Number("5.0")},
		{TypeAction, "target", ".5", json.Number("0.5")},
		{TypeEvent, "noise", "yes", true},
		{TypeEvent, "noise", "no", nil},
		{TypeIncident, "services", "checkout, api; checkout", []string{"checkout", "api"}},
		{TypeFactor, "evidence", "E-3c07", []string{"E-3c07"}},
		{TypeInteraction, "from", "F-3c07", "F-3c07"},
	} {
		f, _ := Named(c.typ, c.field)
		got, err := ParseValue(f, c.typ, c.text, testEnv())
		if err != nil || !cmp.Equal(got, c.want) {
			t.Errorf("%s %q: got %v, %v; want %v", c.field, c.text, got, err, c.want)
		}
	}
}

func TestParseValueRefuses(t *testing.T) {
	for _, c := range []struct {
		typ   Type
		field string
		text  string
		words string
	}{
		{TypeIncident, "severity", "sev9", "did you mean SEV"},
		{TypeIncident, "severity", "s", "could be SEV1, SEV2, SEV3 or SEV4"},
		{TypeIncident, "type", "weather", "choose Availability, Latency"},
		{TypeIncident, "started", "30 February 2026 14:00", "February 2026 has 28 days, not 30"},
		{TypeIncident, "started", "25:00", "there is no hour 25"},
		{TypeIncident, "started", "24:00", "00:00 of the next day"},
		{TypeIncident, "started", "2026-03-29 02:30", "never showed 02:30 on 29 March 2026"},
		{TypeIncident, "started", "2026-10-25 02:30", "twice, at +02:00 and at +01:00"},
		{TypeIncident, "started", "1926-11-02 14:02", "outside 1970 to 2200"},
		{TypeIncident, "started", "2026-11-02", "the time of day is missing"},
		{TypeIncident, "started", "2026-13-02 10:00", "there is no month 13"},
		{TypeIncident, "started", "soon", "is not a time"},
		{TypeIncident, "started", "14:02 IST", "more than one time zone"},
		{TypeIncident, "started", "14:02 or so", "is not a time"},
		{TypeIncident, "zone", "Local", "is not a time zone"},
		{TypeIncident, "zone", "Mars/Olympus", "is not a time zone"},
		{TypeAction, "due", "tomorrow", "is not a day"},
		{TypeAction, "target", "1,5", "two ways"},
		{TypeAction, "target", "80%", "the unit has its own field"},
		{TypeEvent, "noise", "maybe", "neither yes nor no"},
		{TypeInteraction, "from", "E-3c07", "does not name a factor"},
		{TypeFactor, "evidence", "F-3c07", "does not name an event"},
	} {
		f, _ := Named(c.typ, c.field)
		got, err := ParseValue(f, c.typ, c.text, testEnv())
		var fault *Fault
		if !errors.As(err, &fault) || !strings.Contains(fault.Error(), c.words) || fault.Kind != FaultInput {
			t.Errorf("%s %q: got %v, %v; want a refusal with %q", c.field, c.text, got, err, c.words)
		}
	}
}

func TestTimesReadBack(t *testing.T) {
	f, _ := Named(TypeEvent, "at")
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 7_258_118_400).Draw(t, "at"), 0).In(berlin)
		for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -07:00", "2 Jan 2006 15:04:05 -0700"} {
			got, err := ParseValue(f, TypeEvent, at.Format(layout), Env{Zone: berlin})
			if err != nil || got != at.UTC().Format(time.RFC3339Nano) {
				t.Fatalf("%s: got %v, %v", at.Format(layout), got, err)
			}
		}
	})
}

func TestParseNeverPanics(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for typ, fields := range Schema {
			for _, f := range fields {
				v, err := ParseValue(f, typ, text, testEnv())
				if err != nil && KindOf(err) != FaultInput {
					t.Fatalf("%s: %v", f.Name, err)
				}
				if _, err := json.Marshal(v); err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
			}
		}
		_, _ = CaptureEvent("14:07 "+text, testEnv())
		_, _ = CaptureFactor(text, testEnv())
		_, _ = CaptureAction(text, testEnv())
	})
}

func TestDurations(t *testing.T) {
	i := Incident{Started: instant("2026-11-02T14:00:00Z"), Detected: instant("2026-11-02T14:06:30Z"),
		Paged: instant("2026-11-02T14:07:00Z"), Acknowledged: instant("2026-11-02T14:09:00Z"), Resolved: instant("2026-11-02T14:47:00Z")}
	var got []string
	for _, d := range i.Durations() {
		got = append(got, d.Short+" "+FormatDuration(d.Value)+" "+d.Definition+" "+d.Doubt)
	}
	want := []string{"TTD 6m 30s detected − impact started ", "TTA 2m acknowledged − first page ",
		"TTM 0s mitigated − impact started “Mitigated” is not known yet.", "TTR 47m resolved − impact started "}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	i.Paged = time.Time{}
	if d := i.Durations()[1]; d.Definition != "acknowledged − detected" || !strings.Contains(d.Doubt, "counts from detection") {
		t.Errorf("without a page: %+v", d)
	}
	i.Resolved = instant("2026-11-02T13:00:00Z")
	if d := i.Durations()[3]; d.Known || d.Doubt != "“Resolved” lies 1h 00m before “Impact started”." {
		t.Errorf("contradiction: %+v", d)
	}
	if f := i.MomentDoubts(); len(f) == 0 || f[0].Where != "resolved" {
		t.Errorf("doubts: %+v", f)
	}
}

func TestFormatDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 45 * time.Second: "45s", 59600 * time.Millisecond: "1m", 90 * time.Second: "1m 30s", 10 * time.Minute: "10m",
		47*time.Minute + 20*time.Second: "47m", 59*time.Minute + 40*time.Second: "1h 00m", 65 * time.Minute: "1h 05m",
		51 * time.Hour: "2d 3h", 48 * time.Hour: "2d", -5 * time.Minute: "−5m",
	} {
		if got := FormatDuration(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestKey(t *testing.T) {
	day := instant("2026-11-02T23:30:00Z")
	for title, want := range map[string]string{
		"Checkout latency":        "2026-11-02-checkout-latency",
		"  Größe & Café's Zażółć": "2026-11-02-groesse-cafes-zazolc",
		"支払い":                     "2026-11-02-incident",
		"":                        "2026-11-02-incident",
		"Checkout unavailable after the connection pool change": "2026-11-02-checkout-unavailable-after-the",
		strings.Repeat("x", 80):                                 "2026-11-02-" + strings.Repeat("x", 39),
	} {
		if got := Key(day, title); got != want {
			t.Errorf("%q: got %q, want %q", title, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		key := Key(day, rapid.String().Draw(t, "title"))
		if len(key) > 50 || strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.HasSuffix(key, "-") {
			t.Fatalf("%q", key)
		}
	})
}

func TestCleanText(t *testing.T) {
	for text, want := range map[string]string{
		"plain ä 支\nline":                        "plain ä 支\nline",
		"a\x1b[31mred\x1b[0m b":                  "ared b",
		"\x1b]8;;http://x\x07link\x1b]8;;\x1b\\": "link",
		"\u009b31mred":                           "red",
		"a\u202eb\u2066c\u200fd":                 "abcd",
		"a\tb\r\nc\x00":                          "a b\nc",
		"\x1b]0;title without an end":            "0;title without an end",
		"\xff":                                   "\uFFFD",
	} {
		if got := CleanText(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := CleanText(string(rapid.SliceOf(rapid.SampledFrom([]byte("a\x1b[]P;m\x07\xc2\x9b\x9c\n\t\xe2\x80\xae\xff"))).Draw(t, "text")))
		if strings.ContainsFunc(got, safetext.Unshown) {
			t.Fatalf("%q", got)
		}
		if CleanText(got) != got {
			t.Fatalf("not settled: %q", got)
		}
	})
}

func TestNearest(t *testing.T) {
	for text, want := range map[string]string{"proces": "process", "humna": "human", "xyzzy": "", "": ""} {
		if got := Nearest(text, []string{"technical", "human", "process"}); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
