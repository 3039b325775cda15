package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// A time without a day lies at most six hours before the start of the incident and eighteen after it.
func TestATimeWithoutADayLiesNearTheStart(t *testing.T) {
	for _, c := range []struct{ from, clock, want string }{
		{"2026-11-02T23:00:00Z", "23:30", "2026-11-02 23:30"}, {"2026-11-02T23:00:00Z", "17:00", "2026-11-02 17:00"}, {"2026-11-02T23:00:00Z", "16:59", "2026-11-03 16:59"}, {"2026-11-02T23:00:00Z", "00:10", "2026-11-03 00:10"},
		{"2026-11-02T01:00:00Z", "19:00", "2026-11-02 19:00"}, {"2026-11-02T01:00:00Z", "19:01", "2026-11-01 19:01"}, {"2026-11-02T01:00:00Z", "23:50", "2026-11-01 23:50"}, {"2026-11-02T12:00:00Z", "00:00", "2026-11-03 00:00"},
	} {
		env := testEnv()
		env.Zone, env.From, env.Day = time.UTC, instant(c.from), time.Time{}
		m, _, err := readMoment(c.clock, env, false)
		if got := m.at.Format("2006-01-02 15:04"); err != nil || got != c.want || (m.note != "") != (c.want[:10] != c.from[:10]) {
			t.Errorf("%s after %s is %s (%s), %v; want %s", c.clock, c.from, got, m.note, err, c.want)
		}
	}
}

// An answer before what it answers is told from two seconds on, a first one from a minute on, and neither beyond a day.
func TestHowFarAnAnswerLiesBeforeItsQuestion(t *testing.T) {
	for _, c := range []struct {
		before time.Duration
		title  string
		doubt  bool
		fix    string
	}{
		{time.Second, "High latency: Acknowledged", false, ""}, {2 * time.Second, "High latency: Acknowledged", true, "+3s"}, {10*time.Minute - time.Second, "High latency: Acknowledged", true, "+10m"},
		{10 * time.Minute, "High latency: Acknowledged", true, "+30m"}, {30 * time.Minute, "High latency: Acknowledged", true, "+30m"}, {30*time.Minute + time.Second, "High latency: Acknowledged", true, "+1h"},
		{farthest, "High latency: Acknowledged", true, "+26h"}, {farthest + time.Second, "High latency: Acknowledged", false, ""},
		{59 * time.Second, "I take it", false, ""}, {time.Minute, "I take it", true, "+1m1s"}, {farthest, "I take it", true, "+26h"}, {farthest + time.Second, "I take it", false, ""},
	} {
		tl := (&timelineOf{}).line("opsgenie", "ack", noonUTC.Add(-c.before).Format(time.RFC3339), c.title).line("pagerduty", "page", noonUTC.Format(time.RFC3339), "High latency")
		var fix string
		found := false
		for _, d := range tl.ask(plainRecord()) {
			if d.Kind == DoubtOrder {
				found, fix = true, d.Fixes[0].Label
			}
		}
		if found != c.doubt || !strings.HasSuffix(fix, c.fix) {
			t.Errorf("%s %v before: %v, %q, want %v, %q", c.title, c.before, found, fix, c.doubt, c.fix)
		}
	}
}

// The stretch that took most of an incident is a fact, from just over its share on, where its ends are known.
func TestWhichStretchWasLong(t *testing.T) {
	at := func(m int) time.Time {
		if m < 0 {
			return time.Time{}
		}
		return noonUTC.Add(time.Duration(m) * time.Minute)
	}
	for _, c := range []struct {
		started, detected, mitigated, resolved int
		want                                   string
	}{
		{0, 20, 30, 60, ""}, {0, 21, 30, 60, "slow to detect"}, {0, 10, 40, 60, ""}, {0, 10, 41, 60, "slow to mitigate"}, {0, 10, 30, 60, ""}, {0, 10, 29, 60, "slow to recover"},
		{0, -1, 41, 60, ""}, {0, -1, 20, 60, "slow to recover"}, {0, 30, -1, 60, "slow to detect"}, {-1, 21, 30, 60, ""}, {0, 21, 30, -1, ""}, {60, 21, 30, 60, ""}, {60, 21, 30, 0, ""},
	} {
		f := map[string]bool{}
		factTimes(f, Incident{Started: at(c.started), Detected: at(c.detected), Mitigated: at(c.mitigated), Resolved: at(c.resolved)})
		var got []string
		for name, is := range f {
			if is && strings.HasPrefix(name, "slow") {
				got = append(got, name)
			}
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%+v: %q", c, s)
		}
	}
	for _, c := range []struct {
		a            Action
		actions, bad bool
	}{{Action{Stage: StageProposed}, true, false}, {Action{Stage: StageProposed, Strength: "weak"}, true, true}, {Action{Stage: StageIdea, Strength: "weak"}, false, false}} {
		f := map[string]bool{}
		factActions(f, &Record{Actions: []Action{c.a}})
		if f["actions"] != c.actions || f["weak action"] != c.bad {
			t.Errorf("%+v: %v", c.a, f)
		}
		factActions(f, &Record{Actions: []Action{c.a, {Stage: StageIdea}}})
		if f["actions"] != c.actions || f["weak action"] != c.bad {
			t.Errorf("%+v and an idea: %v", c.a, f)
		}
	}
}

// What says something in a statement are words of four letters and more, without their endings, each once.
func TestWordsThatTell(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "the pool was": "pool", "Pools, POOLING; pooled": "pool", "used uses using": "used uses using", "ab1c z9z0 a/b": "ab1c z9z0", "züge ñandú": "züge ñandú", "with that then": "", "gas gases": "gase", "queues": "queu",
	} {
		if got := strings.Join(tellingWords(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for n, want := range map[int][2]float64{0: {0, 2.303}, 1: {0.11, 3.89}, 5: {2.43, 9.27}} {
		low, high := PoissonInterval(n)
		if got := fmt.Sprintf("%.2f %.2f", low, high); got != fmt.Sprintf("%.2f %.2f", want[0], want[1]) {
			t.Errorf("%d: %s", n, got)
		}
	}
}

// A plan can be kept when it has a step or one of its signals, and a name.
func TestWhichPlansAreKept(t *testing.T) {
	for _, c := range []struct {
		name string
		a    Action
		step string
		ok   bool
	}{{"a page", Action{ID: "A-1"}, "", false}, {"a page", Action{ID: "A-1"}, "Fill it", true}, {"a page", Action{ID: "A-1", Rollback: "x"}, "", true}, {"", Action{ID: "A-1", Rollback: "x"}, "Fill it", false}, {" \n", Action{ID: "A-1", Rollback: "x"}, "", false}} {
		r := Record{}
		if c.step != "" {
			r.Steps = []Step{{Action: "A-1", Do: c.step}}
		}
		if _, err := SaveTemplate(r, c.a, "T-1", c.name); (err == nil) != c.ok {
			t.Errorf("%q %+v %q: %v", c.name, c.a, c.step, err)
		}
	}
	for _, c := range []struct {
		a    Action
		want int
	}{{Action{}, 0}, {Action{Occurrences: "2"}, 2}, {Action{Occurrences: "2", Loss: "3"}, 1}, {Action{Occurrences: "2", Loss: "3", Days: "4"}, 0}, {Action{Days: "soon"}, 0}} {
		if got := RangesLack(c.a); len(got) != c.want {
			t.Errorf("%+v lacks %v", c.a, got)
		}
	}
	for reason, want := range map[string]int{"": 3, "a name": 4} {
		if got := Redact("N-1", " db-1 ", " a host ", reason); len(got.Edits) != want || got.Edits[1].Value != "db-1" || got.Edits[2].Value != "a host" {
			t.Errorf("%q: %+v", reason, got.Edits)
		}
	}
}

// Texts are cut and begun for sentences, at the edges of what that needs.
func TestTextsInSentences(t *testing.T) {
	whole := strings.Repeat("ä", 120)
	for s, want := range map[string]string{whole: whole, whole + "x": whole + "…", strings.Repeat("a", 118) + ", bc": strings.Repeat("a", 118) + "…", "": ""} {
		if got := shorten(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
	for s, want := range map[string]string{"": "", "A": "A", "Ab": "ab", "Zz": "zz", "Az": "az", "AB": "AB", "A b": "A b", "ab": "ab", "[a": "[a", "@a": "@a", "P99": "P99", "A{": "A{", "A`": "A`"} {
		if got := lowerFirst(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	if Formula(act("x", "hh "), DefaultScale()) != "" || Formula(act("x", "hhl"), Scale{High: 3, Medium: 2}) != "" {
		t.Error("there is a formula without an estimate, or for a level that counts nothing")
	}
	for word, want := range map[string]int{"ja": 0, "jan": 1, "January": 1, "janu": 1, "sept": 9, "december": 12, "decembre": 12, "x": 0, strings.Repeat("a", 25): 0, "": 0} {
		if got := monthOf(word); got != want {
			t.Errorf("%q is month %d, want %d", word, got, want)
		}
	}
}

// What was promised is held to what a promise needs, and to the order of its days.
func TestWhatIsSaidOfAPromise(t *testing.T) {
	for _, c := range []struct {
		change func(*Action)
		says   string
	}{
		{func(*Action) {}, ""}, {func(a *Action) { a.By = "2026-11-30" }, "is to reach its target before it is due"}, {func(a *Action) { a.By = a.Due }, ""}, {func(a *Action) { a.Due = "" }, "has no due day"},
		{func(a *Action) { a.By = "" }, "has no measurable target"}, {func(a *Action) { a.Owner = "" }, "has no owner"}, {func(a *Action) { a.Criteria = "" }, "has no success criteria"},
		{func(a *Action) { a.Stage, a.Reason, a.Until = StageAccepted, "", "2027-01-01" }, "is set aside without a reason"}, {func(a *Action) { a.Stage, a.Reason = StageWontDo, "" }, "is set aside without a reason"},
		{func(a *Action) { a.Stage, a.Reason, a.Until = StageAccepted, "seldom", "" }, "is accepted for ever"}, {func(a *Action) { a.Stage, a.Reason, a.Until = StageWontDo, "seldom", "" }, ""},
		{func(a *Action) { a.Factors = nil }, "answers no condition"}, {func(a *Action) { a.Factors = append(slices.Clone(a.Factors), "F-9") }, "is not there: F-9"}, {func(a *Action) { a.Stage, a.Factors = StageIdea, nil }, ""},
	} {
		r := finished()
		c.change(&r.Actions[0])
		var about []string
		for _, f := range Check(r, nil, DefaultTaxonomy(), DefaultRequired()) {
			if strings.HasPrefix(f.Where, string(r.Actions[0].ID)) {
				about = append(about, f.What)
			}
		}
		if got := strings.Join(about, "\n"); (got == "") != (c.says == "") || !strings.Contains(got, c.says) {
			t.Errorf("%q, want %q", got, c.says)
		}
	}
	for stage, want := range map[string]bool{StageIdea: true, StageProposed: true, StageCommitted: true, StageImplemented: false, StageVerified: false, StageEffective: false} {
		a := Action{ID: "A-1", Stage: stage}
		if g, ok := a.Commit(); ok != want && stage != StageIdea {
			t.Errorf("%s: %+v, %v", stage, g, ok)
		}
	}
	g, _ := Action{ID: "A-1", Stage: StageCommitted}.Commit()
	if g.Edits[0].Value != StageProposed {
		t.Errorf("%+v", g)
	}
	if g, _ = (Action{ID: "A-1", Stage: StageProposed}).Commit(); g.Edits[0].Value != StageCommitted {
		t.Errorf("%+v", g)
	}
	for due, want := range map[string]bool{"2026-11-01": true, "2026-11-02": false, "2026-11-03": false, "": false} {
		for stage, open := range map[string]bool{StageCommitted: true, StageImplemented: true, StageProposed: false, StageEffective: false} {
			if got := (Action{Stage: stage, Due: due}).Overdue(noonUTC); got != (want && open) {
				t.Errorf("%s due %q is overdue: %v", stage, due, got)
			}
		}
		if (Action{Stage: StageCommitted, Due: due}).Overdue(time.Time{}) {
			t.Error("overdue without a day")
		}
	}
}
