package exporters

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aftermath/model"
)

func asked(r Retro) Retro {
	r.Record.Questions = []model.Question{
		{ID: "U-1", About: "E-3", Asks: "why", To: "Maya", Text: "What made that the sensible thing to do then?"},
		{ID: "U-2", About: "E-3", Asks: "signals", To: "Maya", Text: "Which signals were in view, and what did each of them say?"},
		{ID: "U-3", About: "E-1", Asks: "decision", To: "Delivery", Text: "What was decided, and what else was on the table?"},
		{ID: "U-4", About: "E-3", Asks: "belief", To: "Maya", Text: "What did people believe?", Answer: "the CDN"},
		{ID: "U-5", About: "E-9", Asks: "belief", To: "Nobody", Text: "Of a line that is gone"},
	}
	return r
}

func calibrated(t *testing.T, r Retro) string {
	t.Helper()
	var b bytes.Buffer
	if err := Calibration(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCalibration(t *testing.T) {
	got := calibrated(t, asked(sample()))
	path := filepath.Join("testdata", "calibration.md")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("it changed (-want +got):\n%s", d)
	}
	if again := calibrated(t, asked(sample())); again != got {
		t.Error("the same record gives other bytes")
	}
}

// What came after a moment, and what others answered, stays out of the sheet.
func TestCalibrationHidesTheFuture(t *testing.T) {
	got := calibrated(t, asked(sample()))
	for _, hidden := range []string{"pool at 100%", "the CDN was degraded", "rollback takes twenty", "joined", "Of a line that is gone"} {
		if strings.Contains(got, hidden) {
			t.Errorf("it tells %q", hidden)
		}
	}
	if none := calibrated(t, sample()); !strings.Contains(none, "No question is open.") {
		t.Errorf("without questions it says:\n%s", none)
	}
}

func TestCalibrationCountsWhatItLeavesOut(t *testing.T) {
	r := many(2000)
	r.Record.Questions = []model.Question{{ID: "U-1", About: "E-00000000000005dc", Asks: "why", To: "Maya", Text: "What made sense?"}} // the line 1500
	if got := calibrated(t, r); !strings.Contains(got, "the last 8 of 900 lines") || !strings.Contains(got, "request 1499") || strings.Contains(got, "request 1501") {
		t.Errorf("it shows:\n%s", got)
	}
}

func TestCalibrationLooksBackForAQuarterOfAnHour(t *testing.T) {
	r := asked(sample())
	inner := r.Events
	r.Events = func(yield func(*model.Event) error) error {
		return inner(func(e *model.Event) error {
			if e.ID == "E-1" {
				e.At = at("12:50:00")
			}
			return yield(e)
		})
	}
	if got := calibrated(t, r); !strings.Contains(got, "p99 latency") || strings.Count(got, "v212 deployed") != 1 {
		t.Errorf("the deploy of 22 minutes before is in view:\n%s", got)
	}
}

func TestCalibrationTakesHostileTextAsText(t *testing.T) {
	evil := "# x\n\n<script>alert(1)</script> [a](javascript:b) @everyone | `c` \x1b[2J \u202E"
	r := asked(sample())
	r.Record.Incident.Title = evil
	for i := range r.Record.Questions {
		r.Record.Questions[i].To, r.Record.Questions[i].Text = evil, evil
	}
	inner := r.Events
	r.Events = func(yield func(*model.Event) error) error {
		return inner(func(e *model.Event) error { e.Title, e.Actor, e.Source = evil, evil, evil; return yield(e) })
	}
	got := calibrated(t, r)
	for _, bad := range []string{"<script", " [a](", "\x1b", "\u202e", "@everyone"} {
		if strings.Contains(got, bad) {
			t.Errorf("it lets %q through:\n%s", bad, got)
		}
	}
	for _, line := range strings.Split(got, "\n") {
		if strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "# Before we meet: ") {
			t.Errorf("a heading that nobody wrote: %q", line)
		}
	}
}
