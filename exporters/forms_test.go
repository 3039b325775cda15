package exporters

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"aftermath/model"

	"github.com/google/go-cmp/cmp"
)

// varied is a retrospective of what the sample has nothing of: no end, lines outside of what is drawn, more parts than
// lanes, ranges, ties, what is overdue, accepted and answered, evidence of several sources, and things without a name.
func varied() Retro {
	r := sample()
	i := &r.Record.Incident
	i.Resolved, i.Facilitator, i.Context, i.Environment = time.Time{}, "", "", ""
	i.Started, i.Mitigated = at("13:00:00"), at("14:38:30")
	r.Now = at("12:00:00").AddDate(0, 2, 0)
	rec := &r.Record
	levels := []string{"high", "medium", "low"}
	for n := range 15 {
		a := model.Action{ID: model.ID(fmt.Sprintf("A-1%02d", n)), Title: fmt.Sprintf("Change %d of the pool, the queue or the way in which somebody is told", n), Stage: model.StageCommitted,
			Factors: []model.ID{"F-1", "F-9"}, Frequency: levels[n%3], Impact: levels[n/3%3], Effort: levels[n/2%3], Due: fmt.Sprintf("2026-12-%02d", n+20)}
		switch n % 5 {
		case 0:
			a.Stage, a.Reason, a.Until = model.StageAccepted, "It is seldom", "2027-01-31"
		case 1:
			a.Owner, a.Criteria, a.Metric, a.Direction, a.Target, a.Unit = "Ada", "Nobody waits", "waiting calls", "falling", "1", "calls"
		case 2:
			a.Baseline, a.Target, a.Unit, a.By, a.Detail = "240", "30", "min", "2027-02-03", "One more\nof them."
		case 3:
			a.Stage, a.Target, a.Unit = model.StageImplemented, "80", "%"
		}
		rec.Actions = append(rec.Actions, a)
	}
	rec.Imports = append(rec.Imports, model.Import{Source: "slack", Name: "channel.json", Digest: "ef", Read: 9, Refused: 2, At: at("15:10:00")})
	rec.Interactions = append(rec.Interactions, model.Interaction{From: "F-3", To: "F-1", Kind: "masked"}, model.Interaction{From: "F-4", To: "F-3", Kind: "delayed"}, model.Interaction{From: "F-1", To: "F-3", Kind: "enabled"})
	rec.Results = append(rec.Results, model.Result{Action: "A-1", Environment: "production", Status: "failed", Passed: "1", Failed: "3", By: "Jonas", At: at("17:00:00"), Note: "Too slow."})
	var events []model.Event
	roles := []string{"trigger", "diagnosis", "decision", "symptom", "mitigation", "escalation", "communication", "recovery", "workaround", "", "", ""}
	kinds := []string{"deploy", "alert", "decision", "log", "action", "page", "comms", "status", "note", "change", "ack", ""}
	for n := range 36 {
		e := model.Event{ID: model.ID(fmt.Sprintf("E-%d", n+1)), At: at("11:00:00").Add(time.Duration(n*n) * 11 * time.Second), Source: []string{"datadog", "slack", "hand"}[n%3],
			Kind: kinds[n%len(kinds)], Role: roles[n%len(roles)], Title: fmt.Sprintf("line %d says that the pool was full again", n), Precision: []model.Precision{"s", "minute", "ms"}[n%3], Actor: []string{"", "maya", "ci-bot"}[n%3]}
		if n%7 == 3 {
			e.End = e.At.Add(time.Duration(n) * time.Minute)
		}
		if n%11 == 5 {
			e.Noise = true
		}
		events = append(events, e)
	}
	r.Events = each(events)
	return r
}

// ranged is varied, with an order by ranges.
func ranged() Retro {
	r := varied()
	for i := range r.Record.Actions {
		a := &r.Record.Actions[i]
		a.Occurrences, a.Loss, a.LossUnit, a.Days = fmt.Sprintf("%d–%d–%d", i, i+2, 2*i+5), "10–20–60", "EUR", fmt.Sprintf("1–2–%d", 3+i%4)
	}
	r.Record.Incident.Resolved = at("14:50:00")
	return r
}

// Every form of a record is what it was: the words, the tables and each place in the drawings.
func TestFormsOfTheDocument(t *testing.T) {
	for _, c := range []struct {
		file string
		r    Retro
		form Form
	}{
		{"sample.html", sample(), Form{Format: "html"}}, {"varied.html", varied(), Form{Format: "html"}}, {"ranged.html", ranged(), Form{Format: "html"}},
		{"crowded.html", crowded(9, 30), Form{Format: "html"}}, {"varied.xml", varied(), Form{Format: "confluence-storage"}},
		{"varied.github.md", varied(), Form{Profile: "github"}}, {"ranged.plain.md", ranged(), Form{Profile: "plain"}},
		{"varied.executive.md", varied(), Form{Profile: "github", Audience: Executive}}, {"varied.public.md", varied(), Form{Profile: "github", Audience: Public}},
	} {
		got := renderAs(t, c.r, c.form)
		path := filepath.Join("testdata", c.file)
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
			t.Errorf("%s: %s", c.file, d)
		}
	}
}
