package model

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCaptureEvent(t *testing.T) {
	for line, want := range map[string]map[string]any{
		"14:07 @maya p99 at 4 s, believed it was the CDN": {
			"at": "2026-11-02T13:07:00Z", "precision": "minute", "actor": "maya", "title": "p99 at 4 s, believed it was the CDN"},
		"14:07:30 deploy: api v212 to production": {
			"at": "2026-11-02T13:07:30Z", "precision": "s", "kind": "deploy", "title": "api v212 to production"},
		"~14:07 - pool exhausted": {
			"at": "2026-11-02T13:07:00Z", "precision": "about", "title": "pool exhausted"},
		"14:07-14:20 errors on one in three payments": {
			"at": "2026-11-02T13:07:00Z", "end": "2026-11-02T13:20:00Z", "precision": "minute", "title": "errors on one in three payments"},
		"14:07–14:20 UTC x": {
			"at": "2026-11-02T14:07:00Z", "end": "2026-11-02T14:20:00Z", "precision": "minute", "title": "x"},
		"23:50-00:10 x": {
			"at": "2026-11-02T22:50:00Z", "end": "2026-11-02T23:10:00Z", "precision": "minute", "title": "x"},
		"14:07 #search !mitigated index rebuilt": {
			"at": "2026-11-02T13:07:00Z", "precision": "minute", "service": "search", "moment": "mitigated", "title": "index rebuilt"},
		"14:07 +01:00 x":          {"at": "2026-11-02T13:07:00Z", "precision": "minute", "title": "x"},
		"14:07Z x":                {"at": "2026-11-02T14:07:00Z", "precision": "minute", "title": "x"},
		"2026-11-03 14:07 CET: x": {"at": "2026-11-03T13:07:00Z", "precision": "minute", "title": "x"},
		"14:03 alert: p99 above 4 s #checkout !det": {
			"at": "2026-11-02T13:03:00Z", "precision": "minute", "kind": "alert", "service": "checkout", "moment": "detected",
			"title": "p99 above 4 s"},
		"14:03 @dana: asked @maya in #inc-42": {
			"at": "2026-11-02T13:03:00Z", "precision": "minute", "actor": "dana", "title": "asked @maya in #inc-42"},
		"14:03 p99: 4 s | pool 100% #12": {
			"at": "2026-11-02T13:03:00Z", "precision": "minute", "title": "p99: 4 s | pool 100% #12"},
		"9:07 am Server brennt ein Licht": {"at": "2026-11-02T08:07:00Z", "precision": "minute", "title": "am Server brennt ein Licht"},
		"2:07pm z is low":                 {"at": "2026-11-02T13:07:00Z", "precision": "minute", "title": "z is low"},
		"00:20 x":                         {"at": "2026-11-02T23:20:00Z", "precision": "minute", "title": "x"},
		"13:10 x":                         {"at": "2026-11-02T12:10:00Z", "precision": "minute", "title": "x"},
	} {
		c, err := CaptureEvent(line, testEnv())
		if err != nil {
			t.Errorf("%q: %v", line, err)
			continue
		}
		got := map[string]any{}
		for _, cell := range c.Cells {
			got[cell.Field] = cell.Value
		}
		want["source"] = SourceHand
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: %s", line, d)
		}
	}
}

func TestCaptureEventTellsWhatItAssumed(t *testing.T) {
	c, err := CaptureEvent("00:20 x", testEnv())
	if err != nil || len(c.Notes) != 1 || c.Notes[0] != "00:20 was read as 3 November 2026, the nearest to the start of the incident." {
		t.Errorf("%v %v", c.Notes, err)
	}
	for line, words := range map[string]string{
		"p99 at 4 s":       "does not begin with a time; write 14:07 and then what happened",
		"14:07":            "says when but not what",
		"14:07 !detcted x": "did you mean Detected",
		"25:07 x":          "there is no hour 25",
		"14:07-14:75 x":    "there is no minute 75",
	} {
		if _, err := CaptureEvent(line, testEnv()); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: got %v, want %q", line, err, words)
		}
	}
}

func TestCaptureReadsTimesOfOtherLanguages(t *testing.T) {
	for line, want := range map[string]string{
		"14:24〜14:30 枯渇":          "2026-11-02T14:24:00Z 2026-11-02T14:30:00Z  枯渇",
		"14:22 Uhr ausgefallen":   "2026-11-02T14:22:00Z <nil>  ausgefallen",
		"14:12　＠山田 枯渇":            "2026-11-02T14:12:00Z <nil> 山田 枯渇",
		"14:30 @山田：ロールバック":        "2026-11-02T14:30:00Z <nil> 山田 ロールバック",
		"14時13分 枯渇":               "2026-11-02T14:13:00Z <nil>  枯渇",
		"2026/01/06 14:11 枯渇":     "2026-01-06T14:11:00Z <nil>  枯渇",
		"6. März 2026 14:02 leer": "2026-03-06T14:02:00Z <nil>  leer",
		"14:07 to 14:20 db down":  "2026-11-02T14:07:00Z 2026-11-02T14:20:00Z  db down",
	} {
		env := testEnv()
		env.Zone, env.Day, env.From = time.UTC, time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), time.Time{}
		c, err := CaptureEvent(line, env)
		actor, _ := c.Get("actor").(string)
		if got := fmt.Sprintf("%v %v %s %v", c.Get("at"), c.Get("end"), actor, c.Get("title")); err != nil || got != want {
			t.Errorf("%q: got %q, want %q; %v", line, got, want, err)
		}
	}
	if c, err := CaptureAction("呼び出す @山田　due:2026-03-01", testEnv()); err != nil || c.Get("owner") != "山田" || c.Get("due") != "2026-03-01" {
		t.Errorf("got %v %v", c.Cells, err)
	}
}

func TestCaptureMomentSetsTheIncident(t *testing.T) {
	c, _ := CaptureEvent("14:07 !mitigated rolled back", testEnv())
	g := c.Gesture("N-1", "E-1")
	last := g.Edits[len(g.Edits)-1]
	if last.Type != TypeIncident || last.ID != "N-1" || last.Field != "mitigated" || last.Value != "2026-11-02T13:07:00Z" {
		t.Errorf("%+v", last)
	}
	for _, e := range g.Edits {
		if _, ok := Named(e.Type, e.Field); !ok {
			t.Errorf("the schema has no %s %s", e.Type, e.Field)
		}
	}
}

func TestCaptureFactorAndAction(t *testing.T) {
	for line, want := range map[string][]Cell{
		"process: rollback takes 20 min":           {{"layer", "process"}, {"statement", "rollback takes 20 min"}},
		"Process/Incident response: x @maya":       {{"layer", "process"}, {"area", "response"}, {"by", "maya"}, {"statement", "x"}},
		"response/delayed recovery: x":             {{"layer", "process"}, {"area", "response"}, {"role", "delayed_recovery"}, {"statement", "x"}},
		"Redis: eviction policy was off":           {{"statement", "Redis: eviction policy was off"}},
		"pool limit was shared with the batch job": {{"statement", "pool limit was shared with the batch job"}},
	} {
		c, err := CaptureFactor(line, testEnv())
		if err != nil || !cmp.Equal(c.Cells, want, cmp.AllowUnexported()) {
			t.Errorf("%q: %v %v", line, c.Cells, err)
		}
	}
	if c, _ := CaptureFactor("proces: x", testEnv()); len(c.Notes) != 1 || !strings.Contains(c.Notes[0], "meant as process") {
		t.Errorf("no note: %v", c.Notes)
	}
	for line, want := range map[string][]Cell{
		"Alert when pool use > 80% @dana due:2026-12-01": {{"title", "Alert when pool use > 80%"}, {"owner", "dana"}, {"due", "2026-12-01"}, {"stage", "proposed"}},
		"@dana: Alert when pool use > 80%":               {{"title", "Alert when pool use > 80%"}, {"owner", "dana"}, {"stage", "proposed"}},
		"Mail a summary to @dana":                        {{"title", "Mail a summary to @dana"}, {"stage", "proposed"}},
	} {
		c, err := CaptureAction(line, testEnv())
		if err != nil || !cmp.Equal(c.Cells, want) {
			t.Errorf("%q: %v %v", line, c.Cells, err)
		}
	}
	for _, line := range []string{"", "@dana", "x due:2026-02-30", "x due:soon"} {
		if _, err := CaptureAction(line, testEnv()); KindOf(err) != FaultInput {
			t.Errorf("%q: %v", line, err)
		}
	}
}

func TestCaptureKeepsTheWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringMatching(`[a-z(“4][a-zA-Z0-9 ,.;@#%<>|]{0,60}[a-z).]`).Draw(t, "title")
		if strings.ContainsAny(title[:1], "aphtub") {
			title = "x" + title // "2:07 pm", "14:07 h", "14:07 Uhr" and "14:07 to 14:20" are times
		}
		clock := rapid.StringMatching(`(0\d|1\d|2[0-3]):[0-5]\d(:[0-5]\d)?`).Draw(t, "clock")
		c, err := CaptureEvent(clock+" "+title, testEnv())
		if err != nil {
			t.Fatal(err)
		}
		want := strings.TrimSpace(title)
		if service, ok := c.Get("service").(string); ok {
			want = strings.TrimSpace(strings.TrimSuffix(want, "#"+service))
		}
		if c.Get("title") != want {
			t.Fatalf("%q became %q", title, c.Get("title"))
		}
		at := instant(c.Get("at").(string)).In(berlin).Format("15:04:05")
		if !strings.HasPrefix(at, clock) {
			t.Fatalf("%s became %s", clock, at)
		}
		if since := instant(c.Get("at").(string)).Sub(testEnv().From); since < -6*time.Hour || since > 18*time.Hour {
			t.Fatalf("%s lies %s from the start", at, since)
		}
	})
}
