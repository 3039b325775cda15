package exporters

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

func composed(t *testing.T, r Retro) *document {
	t.Helper()
	d, err := compose(r, Engineering)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A change without a time has none in the table, and one with a time has that.
func TestTheHistoryTellsTimesThatThereAre(t *testing.T) {
	var b strings.Builder
	if err := writeHistory(&b, []model.Change{{Author: "Ada", At: at("13:00:00")}, {Author: "Grace"}}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil || len(rows) != 3 || rows[1][0] != model.FormatTime(at("13:00:00")) || rows[2][0] != "" {
		t.Errorf("%q, %v", rows, err)
	}
}

// The work on two texts that share little is bounded: below it the common lines are found, above it none.
func TestHowMuchIsCompared(t *testing.T) {
	lines := func(n int, name string) (all []string) {
		for i := range n {
			all = append(all, fmt.Sprint(name, i))
		}
		all[n/2] = "the same"
		return all
	}
	for n, want := range map[int]int{2000: 1, 2001: 0} {
		if got := longestCommon(lines(2000, "a"), lines(n, "b")); len(got) != want {
			t.Errorf("2000 and %d lines: %d in common", n, len(got))
		}
	}
}

// Lines are told apart where they differ: what comes first, last and between, and what stands at both ends stays.
func TestLineChangesAtEveryPlace(t *testing.T) {
	for _, c := range []struct{ was, now, want string }{
		{"a b c", "a b c", ""}, {"a b c", "x a b c", "1+x"}, {"a b c", "a b c x", "4+x"}, {"a b c", "b c", "0-a"}, {"a b c", "a b", "2-c"}, {"a b c", "a c", "1-b"},
		{"a b c", "a x c", "2:b>x"}, {"a a", "a", "1-a"}, {"a", "a a", "2+a"}, {"a b", "b a", "0-a 2+a"}, {"a b c d e", "a x c y e", "2:b>x 4:d>y"}, {"a b c", "x y z", "1:a>x 2:b>y 3:c>z"},
		{"a b", "x", "1:a>x 1-b"},
	} {
		text := func(s string) []byte { return []byte(strings.ReplaceAll(s, " ", "\n") + "\n") }
		var got []string
		for _, l := range lineChanges(text(c.was), text(c.now)) {
			got = append(got, map[string]string{"changed": fmt.Sprintf("%d:%s>%s", l.Line, l.Was, l.Now), "added": fmt.Sprintf("%d+%s", l.Line, l.Now), "removed": fmt.Sprintf("%d-%s", l.Line, l.Was)}[l.What])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s, then %s: %q, want %q", c.was, c.now, s, c.want)
		}
	}
}

// evenly is a page whose columns are as wide as their words.
func evenly(page string) string { return strings.Join(strings.Fields(page), " ") }

// A part of the document stands where there is anything to say in it, whichever part of that it is.
func TestPartsStandWhereThereIsSomethingToSay(t *testing.T) {
	empty := func() Retro { return Retro{Record: model.Record{Incident: model.Incident{ID: "N-1", Title: "x"}}} }
	line := func(e model.Event) func(*Retro) { return func(r *Retro) { r.Events = each([]model.Event{e}) } }
	for _, c := range []struct {
		say   func(*Retro)
		part  string
		words string
	}{
		{func(r *Retro) { r.Record.Incident.Facilitator = "Ada" }, "Who took part", "Ada led the retrospective"},
		{func(r *Retro) { r.Record.Incident.TimelineOwner = "Ada" }, "Who took part", "Ada rebuilt the timeline"},
		{func(r *Retro) { r.Record.Participants = []model.Participant{{Name: "Ada"}} }, "Who took part", "Ada"},
		{func(r *Retro) { r.Record.Imports = []model.Import{{Source: "slack", Read: 3}} }, "Evidence and provenance", "3 read"},
		{line(model.Event{At: at("13:00:00"), Source: "slack", Title: "a"}), "Evidence and provenance", "| 1 | 0 |"},
		{line(model.Event{At: at("13:00:00"), Source: "slack", Title: "a", Noise: true}), "Evidence and provenance", "| 0 | 1 |"},
		{line(model.Event{At: at("13:00:00"), Source: "slack", Title: "a", Housekeeping: true}), "Evidence and provenance", "| 0 | 1 |"},
		{line(model.Event{At: at("13:00:00"), Source: "slack", Title: "a", MergedInto: "E-1"}), "Evidence and provenance", "| 0 | 1 |"},
		{func(r *Retro) { r.Record.Incident.Impact = "slow" }, "Impact", "slow"},
		{func(r *Retro) { r.Record.Incident.Regulatory = "told" }, "Impact", "told"},
		{func(r *Retro) {
			r.Record.Actions = []model.Action{{ID: "A-1", Title: "a pool", Stage: model.StageCommitted}}
		}, "Actions", "a pool"},
	} {
		r := empty()
		page := render(t, r, "plain")
		if strings.Contains(page, "## "+c.part+"\n") {
			t.Errorf("%s stands in an empty document", c.part)
		}
		c.say(&r)
		page = render(t, r, "plain")
		if !strings.Contains(page, "## "+c.part+"\n") || !strings.Contains(evenly(page), c.words) {
			t.Errorf("%s does not say %q:\n%s", c.part, c.words, page)
		}
	}
	bare := empty()
	bare.Record.Actions = []model.Action{{ID: "A-1", Title: "a pool", Stage: model.StageCommitted}}
	if page := render(t, bare, "plain"); strings.Contains(page, "No conditions yet") {
		t.Errorf("actions are held to conditions that nobody named:\n%s", page)
	}
	both := empty()
	both.Events = each([]model.Event{{At: at("13:00:00"), Source: "slack", Title: "a"}, {At: at("13:00:00"), Source: "slack", Title: "b", Noise: true}})
	if page := render(t, both, "plain"); strings.Count(evenly(page), "| 1 | 1 |") != 1 {
		t.Errorf("a source is not counted once:\n%s", page)
	}
}

// Signs that only some readers act on are escaped for those, where they act.
func TestSignsThatActInPlaces(t *testing.T) {
	j := string(joiner)
	for _, c := range []struct{ text, github, techdocs string }{
		{"^a", "^a", `\^a`}, {"a=b", "a=b", "a=b"}, {"a==b", "a==b", `a\=\=b`}, {"==", "==", `\=\=`},
		{"a * b", "a * b", "a * b"}, {"a* b", `a\* b`, `a\* b`}, {"a *b", `a \*b`, `a \*b`}, {"a_b", "a_b", "a_b"}, {"a_ b", `a\_ b`, `a\_ b`}, {"_b", `\_b`, `\_b`},
		{"&a", `\&a`, "&amp;a"}, {"&#1", `\&#` + j + "1", "&amp;#" + j + "1"}, {"& a", "& a", "& a"}, {"&1", "&1", "&1"},
		{"xwww.a", `xwww\.a`, `xwww\.a`}, {"www.a", `www\.a`, `www\.a`}, {"ww.a", "ww.a", "ww.a"}, {"WWW.a", `WWW\.a`, `WWW\.a`},
		{"@a", "@" + j + "a", "@" + j + "a"}, {"@ a", "@ a", "@ a"}, {"#1", "#" + j + "1", "#" + j + "1"}, {"#a", "#a", "#a"},
		{"a:/b", "a:/b", "a:/b"}, {"a://b", `a\://b`, "a:" + j + "//b"},
	} {
		if got := styles["github"].escape(c.text, "|"); got != c.github {
			t.Errorf("github %q: %q, want %q", c.text, got, c.github)
		}
		if got := styles["techdocs"].escape(c.text, "|"); got != c.techdocs {
			t.Errorf("techdocs %q: %q, want %q", c.text, got, c.techdocs)
		}
	}
}

// A page without a title says so, and a table says whether it is short, and which cells are heads.
func TestHeadsOfAPage(t *testing.T) {
	r := sample()
	if page := renderAs(t, r, Form{Format: "html"}); strings.Contains(page, "Untitled") || !strings.Contains(page, "<title>"+xmlText(r.Record.Incident.Title)) {
		t.Error("a title is not the page's")
	}
	r.Record.Incident.Title = ""
	if page := renderAs(t, r, Form{Format: "html"}); !strings.Contains(page, "<title>Untitled incident") {
		t.Error("a page without a title has none")
	}
	for n, short := range map[int]bool{1: true, 8: true, 9: false} {
		d := composed(t, sample())
		d.blocks = nil
		var rows [][]text
		for i := range n {
			rows = append(rows, row(fmt.Sprint("head ", i), fmt.Sprint("cell ", i)))
		}
		d.table([]string{"A", "B"}, rows, 1)
		var b bytes.Buffer
		(&htmlPage{b: &b}).table(&d.blocks[0])
		got := b.String()
		if strings.Contains(got, `"wide short"`) != short || strings.Count(got, `<th scope="row">head`) != n || strings.Count(got, "<td>cell") != n {
			t.Errorf("%d rows:\n%s", n, got)
		}
	}
}

// A name of one letter, a bot, a number, a service and words that make up a role are nobody.
func TestWhoIsSomebody(t *testing.T) {
	r := Retro{Record: model.Record{Incident: model.Incident{Services: []string{"Checkout"}, Teams: []string{"payments"}}}}
	for name, machine := range map[string]bool{"A": true, "é": true, "Bo": false, "李四": false, "李": true, "ci-bot": true, "Abbott": true, "42": true, "4 you": false,
		"checkout": true, "Payments": true, "Ada": false, "on-call": true, "the monitor": true, "Monitora": false, "Ada (support)": true} {
		if got := r.machine(name); got != machine {
			t.Errorf("%q is a machine: %v", name, got)
		}
	}
	r.Record.Participants = []model.Participant{{Name: ""}, {Name: "Ada"}}
	for role, want := range map[string]bool{"Ada's deputy": true, "deputy of ADA": true, "the deputy": false} {
		if got := r.namesSomeone(role); got != want {
			t.Errorf("%q names someone: %v", role, got)
		}
	}
}

// What one pass keeps is bounded, and the last that it keeps is the last that is told.
func TestWhatOnePassKeeps(t *testing.T) {
	read := func(n int, of func(int) model.Event) timeline {
		events := make([]model.Event, n)
		for i := range events {
			events[i] = of(i)
			events[i].At = at("13:00:00").Add(time.Duration(i) * time.Second)
		}
		r := Retro{Events: each(events)}.settle()
		got, err := r.readTimeline()
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for n, want := range map[int]int{mostActors - 1: mostActors - 1, mostActors: mostActors, mostActors + 1: mostActors} {
		got := read(n, func(i int) model.Event {
			return model.Event{Kind: "comms", Actor: fmt.Sprint("somebody ", i), Service: fmt.Sprint("service ", i)}
		})
		if len(got.actors) != want || len(got.services) != want {
			t.Errorf("%d lines: %d actors, %d services", n, len(got.actors), len(got.services))
		}
	}
	for _, c := range []struct{ n, body, listed, rest int }{
		{mostUnmarked, mostUnmarked, 0, 0}, {mostUnmarked + 1, 0, mostUnmarked + 1, 0}, {mostListed, 0, mostListed, 0}, {mostListed + 1, 0, 0, mostListed + 1},
	} {
		got := read(c.n, func(int) model.Event { return model.Event{Kind: "log", Source: "app", Title: "x"} })
		if len(got.body()) != c.body || len(got.listed()) != c.listed || got.rest != c.rest {
			t.Errorf("%d lines: %d told, %d listed, %d in neither", c.n, len(got.body()), len(got.listed()), got.rest)
		}
	}
	for service, want := range map[string]int{"api": 0, "pool": 1} {
		if got := read(1, func(int) model.Event { return model.Event{Service: service} }); len(got.services) != want {
			t.Errorf("%q is looked for: %v", service, got.services)
		}
	}
	for _, c := range []struct {
		e    model.Event
		want bool
	}{
		{model.Event{}, false}, {model.Event{Source: model.SourceHand}, true}, {model.Event{Role: "trigger"}, true}, {model.Event{Moment: "detected"}, true}, {model.Event{Merged: 1}, true},
		{model.Event{Signals: "x"}, true}, {model.Event{Belief: "x"}, true}, {model.Event{Decision: "x"}, true}, {model.Event{Why: "x"}, true},
	} {
		if isMarked(&c.e) != c.want {
			t.Errorf("%+v is marked: %v", c.e, !c.want)
		}
	}
	for _, c := range []struct {
		e    model.Event
		want bool
	}{{model.Event{Actor: "Ada"}, false}, {model.Event{Actor: "Ada", Kind: "log"}, false}, {model.Event{Actor: "Ada", Kind: "ack"}, true}, {model.Event{Kind: "ack"}, false}, {model.Event{Actor: "Ada", Source: model.SourceHand}, true}} {
		if isPerson(&c.e) != c.want {
			t.Errorf("%+v is a person's: %v", c.e, !c.want)
		}
	}
}

// Signs have their widths, from the first of a script to the last; a text is cut to what there is room for.
func TestWidthsOfTexts(t *testing.T) {
	for text, want := range map[string]int{"": 0, "A": 9, "Z": 9, "@": 7, "[": 4, "m": 9, "w": 9, "%": 9, "a": 7, "i": 4, "\u10ff": 7, "\u1100": 13, "\u115f": 13, "\u1160": 7, "\u2e7f": 7, "\u2e80": 13, "日本": 25} {
		if got := wide(text); got != want {
			t.Errorf("%q (%x) is %d wide, want %d", text, text, got, want)
		}
		if text != "" && len([]rune(text)) == 1 {
			if got, want := cells(text), 1+want/13; got != want {
				t.Errorf("%q (%x) takes %d cells, want %d", text, text, got, want)
			}
		}
	}
	whole := "aaaaaaaa" // 55
	for room, want := range map[int]string{55: whole, 56: whole, 54: "aaaaaa…", 48: "aaaaaa…", 47: "aaaaa…", 35: "aaaa…", 34: "", 0: ""} {
		if got := fitted(whole, room); got != want {
			t.Errorf("room of %d: %q, want %q", room, got, want)
		}
	}
	if got := fitted("aaaa bb cccc", wide("aaaa …")); got != "aaaa…" {
		t.Errorf("%q", got)
	}
}

// What is drawn begins with the impact and ends with it, and with lines where its ends are not known. Lines outside get
// some room and no more.
func TestTheWindowOfTheDrawing(t *testing.T) {
	minute := func(m int) time.Time { return at("13:00:00").Add(time.Duration(m) * time.Minute) }
	for _, c := range []struct {
		name                         string
		started, mitigated, resolved int // 0: not known
		lines                        []int
		from, to                     int
	}{
		{"no lines", 10, 0, 60, nil, 10, 60}, {"mitigated only", 10, 50, 0, nil, 10, 50}, {"the later of both", 10, 50, 60, nil, 10, 60},
		{"lines within", 10, 0, 60, []int{20, 50}, 10, 60}, {"a line a little before", 10, 0, 60, []int{1, 50}, 1, 60}, {"a line long before", 10, 0, 60, []int{-500, 50}, -10, 60},
		{"a line a little after", 10, 0, 60, []int{20, 70}, 10, 70}, {"a line long after", 10, 0, 60, []int{20, 900}, 10, 80},
		{"unresolved", 10, 0, 0, []int{15, 95}, 15, 95}, {"unresolved but mitigated", 10, 60, 0, []int{15, 70}, 10, 70}, {"no start", 0, 0, 60, []int{15, 95}, 15, 95},
	} {
		d := &document{}
		i := &d.Record.Incident
		for _, m := range []struct {
			to *time.Time
			at int
		}{{&i.Started, c.started}, {&i.Mitigated, c.mitigated}, {&i.Resolved, c.resolved}} {
			if m.at != 0 {
				*m.to = minute(m.at)
			}
		}
		for _, l := range c.lines {
			d.body = append(d.body, model.Event{At: minute(l)})
		}
		from, to := (&picture{d}).window()
		if !from.Equal(minute(c.from)) || !to.Equal(minute(c.to)) {
			t.Errorf("%s: from %v to %v, want %v to %v", c.name, from, to, minute(c.from), minute(c.to))
		}
	}
}

// Clock times stand at steps that people count in, at most eleven of them.
func TestTicks(t *testing.T) {
	for span, first := range map[time.Duration]string{10 * time.Second: "13:00:00", 11 * time.Second: "13:00:00", 51 * time.Second: "13:00:00", 10 * time.Minute: "13:00", 11 * time.Minute: "13:00",
		10 * time.Hour: "13:00", 11 * time.Hour: "14:00", 10 * 24 * time.Hour: "3 Nov", 11 * 24 * time.Hour: "3 Nov", 100 * 24 * time.Hour: "3 Nov"} {
		var s sketch
		from := at("13:00:00")
		ticks(&s, func(time.Time) int { return 0 }, from, from.Add(span), 0, clock{zone: time.UTC})
		var told []string
		for _, l := range strings.Split(s.b.String(), "\n") {
			if _, rest, ok := strings.Cut(l, `text-anchor="middle">`); ok {
				told = append(told, strings.TrimSuffix(rest, "</text>"))
			}
		}
		if len(told) < 2 || len(told) > 11 || !slices.Contains(told, first) && !strings.HasPrefix(told[0], "13:0") && first != "3 Nov" {
			t.Errorf("%v: %q", span, told)
		}
	}
}

// Words stand centred over a cell where they touch no others.
func TestWordsApart(t *testing.T) {
	row := make([]model.MapCell, 20)
	for i := range row {
		row[i].Part = model.PartBlank
	}
	row[10].Part, row[15].Part = model.PartLabel, model.PartLabel
	for _, c := range []struct {
		at, length int
		want       bool
	}{{10, 0, false}, {10, 1, true}, {10, 6, true}, {10, 7, true}, {10, 8, false}, {15, 7, true}, {15, 8, false}, {15, 40, false}, {2, 13, true}, {2, 14, false}, {19, 7, false}, {19, 5, true}} {
		if got := apart(row, c.at, c.length); got != c.want {
			t.Errorf("%d long at %d: %v", c.length, c.at, got)
		}
	}
}

// A target says what is known of it, in the order in which people say it.
func TestTargets(t *testing.T) {
	for _, c := range []struct {
		a    model.Action
		want string
	}{
		{model.Action{}, ""}, {model.Action{By: "2026-12-01"}, ""}, {model.Action{Metric: "p99"}, "p99"}, {model.Action{Metric: "p99", By: "2026-12-01"}, "p99 by 1 December 2026"},
		{model.Action{Target: "1", Unit: "s"}, "the value: to 1 s"}, {model.Action{Metric: "p99", Target: "1", Direction: "falling"}, "p99: falling to 1"},
		{model.Action{Metric: "p99", Target: "1", Baseline: "4", Direction: "falling"}, "p99: from 4 to 1"}, {model.Action{Metric: "p99", Target: "30", Baseline: "180", Unit: "min"}, "p99: from 3h 00m to 30m"},
		{model.Action{Metric: "p99", Target: "30", Baseline: "179", Unit: "min"}, "p99: from 179 to 30 min"}, {model.Action{Metric: "p99", Target: "-1", Baseline: "180", Unit: "min"}, "p99: from 180 to -1 min"},
	} {
		if got := (&document{}).target(c.a).text; got != c.want {
			t.Errorf("%+v: %q, want %q", c.a, got, c.want)
		}
	}
	for _, c := range [][3]string{{"", "s", ""}, {"1", "", "1"}, {"80", "%", "80%"}, {"1", "minutes", "1 minute"}, {"2", "minutes", "2 minutes"}, {"1", "ms", "1 ms"}, {"1", "yrs", "1 yrs"}, {"1", "dogs", "1 dog"}} {
		if got := amount(c[0], c[1]); got != c[2] {
			t.Errorf("%q %q: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// A line that begins with a link stays text.
func TestALineThatBeginsWithALink(t *testing.T) {
	r := sample()
	r.Record.Incident.Impact = "[the page](https://evil.example/x) says so\n\n[a]: https://evil.example/y\n\n<https://evil.example/z>"
	for _, profile := range Profiles {
		for _, l := range shapeOf(render(t, r, profile)).foreign {
			if strings.Contains(l, "evil") {
				t.Errorf("%s: %s acts", profile, l)
			}
		}
	}
}
