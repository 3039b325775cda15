package storage

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

func TestPagesCoverTheTimelineOnce(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	events := lines("app", 3000)
	for i := range events {
		events[i].At = events[i/7*7].At // many at the same moment
		events[i].Housekeeping = i%10 == 9
	}
	importAll(t, s, id, events)
	own := s.NewID(model.TypeEvent)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, own, "incident", string(id)).Set(model.TypeEvent, own, "at", events[0].At.Add(-time.Hour)).Set(model.TypeEvent, own, "title", "typed"))
	for name, q := range map[string]model.EventQuery{
		"plain": {Incident: id}, "all": {Incident: id, WithHousekeeping: true}, "text": {Incident: id, Text: "took lon"},
		"span": {Incident: id, From: events[500].At, To: events[900].At}, "actor": {Incident: id, Actor: "MAYA"}, "source": {Incident: id, Sources: []string{"app", "other"}},
	} {
		var want []model.ID
		must(t, s.EachEvent(bg, q, func(e *model.Event) error { want = append(want, e.ID); return nil }))
		if len(want) < 100 {
			t.Fatalf("%s: %d events", name, len(want))
		}
		q.Limit = 97
		var forwards, backwards []model.ID
		for at := (*model.Cursor)(nil); ; {
			q.After = at
			page, err := s.Events(bg, q)
			must(t, err)
			if page.Total != len(want) || page.Offset != len(forwards) {
				t.Fatalf("%s: total %d of %d, offset %d of %d", name, page.Total, len(want), page.Offset, len(forwards))
			}
			if len(page.Events) == 0 {
				break
			}
			for i := range page.Events {
				forwards = append(forwards, page.Events[i].ID)
			}
			at = &page.Cursors[len(page.Cursors)-1]
		}
		q.After, q.Last = nil, true
		for {
			page, err := s.Events(bg, q)
			must(t, err)
			if len(page.Events) == 0 {
				break
			}
			if page.Offset != len(want)-len(backwards)-len(page.Events) {
				t.Fatalf("%s: offset %d backwards", name, page.Offset)
			}
			var ids []model.ID
			for i := range page.Events {
				ids = append(ids, page.Events[i].ID)
			}
			backwards = append(ids, backwards...)
			q.Last, q.Before = false, &page.Cursors[0]
		}
		if !slices.Equal(forwards, want) || !slices.Equal(backwards, want) {
			t.Errorf("%s: pages differ from the whole", name)
		}
		q.Before, q.AtEvent = nil, want[len(want)/2]
		page, err := s.Events(bg, q)
		must(t, err)
		if i := slices.IndexFunc(page.Events, func(e model.Event) bool { return e.ID == q.AtEvent }); i < 40 || i > 55 || page.Offset+i != len(want)/2 {
			t.Errorf("%s: the event stands at %d of its page, offset %d", name, i, page.Offset)
		}
		density, err := s.Density(bg, model.EventQuery{Incident: id, Text: q.Text, From: q.From, To: q.To, Actor: q.Actor, Sources: q.Sources, WithHousekeeping: q.WithHousekeeping}, 40)
		must(t, err)
		sum := 0
		for _, n := range density.Counts {
			sum += n
		}
		if sum != len(want) {
			t.Errorf("%s: the strip counts %d of %d", name, sum, len(want))
		}
	}
	sources, err := s.Sources(bg, id)
	must(t, err)
	if len(sources) != 2 || sources[0] != (model.SourceCount{Source: "app", Count: 3000}) {
		t.Errorf("sources %+v", sources)
	}
}

// The counts stay right while single events come, go and move, also when strides are split.
func TestStridesKeepCounting(t *testing.T) {
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	id := newIncident(t, s, "one")
	base := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	var g model.Gesture
	var ids []model.ID
	for i := range 2500 {
		e := s.NewID(model.TypeEvent)
		ids = append(ids, e)
		g = g.Set(model.TypeEvent, e, "incident", string(id)).Set(model.TypeEvent, e, "at", base.Add(time.Duration(i*7919%2500)*time.Second))
	}
	apply(t, s, g)
	g = model.Gesture{}
	for i, e := range ids {
		switch i % 5 {
		case 0:
			g = g.Set(model.TypeEvent, e, "noise", true)
		case 1:
			g = g.Set(model.TypeEvent, e, "at", base.Add(-time.Duration(i)*time.Second))
		case 2:
			g.Edits = append(g.Edits, model.Edit{Type: model.TypeEvent, ID: e, Delete: true})
		}
	}
	apply(t, s, g)
	for _, noise := range []bool{false, true} {
		q := model.EventQuery{Incident: id, WithNoise: noise, Limit: 100}
		n := 0
		must(t, s.EachEvent(bg, q, func(*model.Event) error { n++; return nil }))
		if want := map[bool]int{false: 1500, true: 2000}[noise]; n != want {
			t.Fatalf("%d events, want %d", n, want)
		}
		for q.Last = true; ; q.Last = false {
			page, err := s.Events(bg, q)
			must(t, err)
			if len(page.Events) == 0 {
				break
			}
			if n -= len(page.Events); page.Offset != n {
				t.Fatalf("offset %d, want %d", page.Offset, n)
			}
			q.Before = &page.Cursors[0]
		}
	}
	var most int
	must(t, s.row("SELECT max(count) FROM stride").Scan(&most))
	if most > 2*strideLength {
		t.Errorf("a stride counts %d", most)
	}
}

func TestFind(t *testing.T) {
	s := open(t)
	one, two := newIncident(t, s, "2026-11-02-checkout"), newIncident(t, s, "2026-11-03-search")
	f1, f2 := model.ID("F-3c07a1e29b44d0f1"), model.ID("F-3c07b1e29b44d0f1")
	for _, f := range []model.ID{f1, f2} {
		apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(one)).Set(model.TypeFactor, f, "statement", "x"))
	}
	importAll(t, s, one, lines("app", 50))
	page, err := s.Events(bg, model.EventQuery{Incident: one, Limit: 1})
	must(t, err)
	e := page.Events[0].ID
	for text, want := range map[string]model.ID{
		"2026-11-02-checkout": one, "2026-11-03": two, string(f1): f1, "f-3c07a": f1, "3C07B": f2, string(e): e, strings.ToUpper(string(e)): e, string(e)[2:]: e,
	} {
		if got, err := s.Find(bg, text); err != nil || got != want {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "nothing", "F-ffff", "2027", "Q-12", "%", "F-3c07a1e29b44d0f10"} {
		if _, err := s.Find(bg, text); model.KindOf(err) != model.FaultInput {
			t.Errorf("%q: %v", text, err)
		}
	}
	var fault *model.Fault
	if _, err := s.Find(bg, "F-3c07"); !errors.As(err, &fault) || fault.Kind != model.FaultUsage || !strings.Contains(err.Error(), string(f1)) || !strings.Contains(err.Error(), string(f2)) {
		t.Errorf("ambiguous: %v", err)
	}
	if _, err := s.Find(bg, "2026"); err == nil || !strings.Contains(err.Error(), "2026-11-03-search") {
		t.Errorf("ambiguous key: %v", err)
	}
	if short, err := s.Short(bg, f1); err != nil || short != "F-3c07a" {
		t.Errorf("%q %v", short, err)
	}
	if short, err := s.Short(bg, e); err != nil || len(short) != 8 {
		t.Errorf("%q %v", short, err)
	}
}

func TestHistoryTellsWhatWasBefore(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	rename(t, s, id, "second")
	rename(t, s, id, "second")
	importAll(t, s, id, lines("app", 20))
	if _, err := s.Undo(bg); err != nil {
		t.Fatal(err)
	}
	var list []model.Change
	must(t, s.History(bg, model.HistoryQuery{Entity: id, Field: "title"}, func(c model.Change) error { list = append(list, c); return nil }))
	if len(list) != 2 || list[0].New != "second" || list[0].Old != "Title of one" || list[0].Label != "rename to second" || list[1].Old != nil || list[1].Incident != id {
		t.Errorf("%+v", list)
	}
	imports, kinds := 0, map[string]int{}
	var before time.Time
	must(t, s.History(bg, model.HistoryQuery{Incident: id}, func(c model.Change) error {
		kinds[c.Kind]++
		if c.Kind == "import" {
			imports++
		}
		if !before.IsZero() && c.At.After(before) {
			t.Errorf("%v after %v", c.At, before)
		}
		before = c.At
		return nil
	}))
	if imports != 1 || len(kinds) != 2 {
		t.Errorf("%v", kinds)
	}
	count := 0
	must(t, s.History(bg, model.HistoryQuery{Limit: 3}, func(model.Change) error { count++; return nil }))
	if count != 3 {
		t.Errorf("%d entries", count)
	}
}

func TestConflictIsSettled(t *testing.T) {
	dir := t.TempDir()
	a := openAt(t, filepath.Join(dir, "a.db"), "", "maya")
	id := newIncident(t, a, "one")
	f := a.NewID(model.TypeFactor)
	apply(t, a, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "statement", "before"))
	must(t, a.Backup(bg, filepath.Join(dir, "b.db")))
	b := openAt(t, filepath.Join(dir, "b.db"), "", "sam")
	rename(t, a, id, "by maya")
	rename(t, b, id, "by sam")
	apply(t, a, model.Gesture{}.Set(model.TypeFactor, f, "statement", "edited"))
	apply(t, b, model.Gesture{Edits: []model.Edit{{Type: model.TypeFactor, ID: f, Delete: true}}})
	must(t, b.Close())
	report, err := a.Merge(bg, b.path)
	must(t, err)
	if report.New != 2 || len(report.Conflicts) != 2 {
		t.Fatalf("%+v", report)
	}
	if r := record(t, a, id); r.Conflicts != 2 || len(r.Factors) != 1 || r.Factors[0].Statement != "edited" {
		t.Errorf("%+v", r)
	}
	if again, err := a.Merge(bg, b.path); err != nil || again.New != 0 || again.Known == 0 {
		t.Errorf("again: %+v %v", again, err)
	}
	for _, c := range report.Conflicts {
		if len(c.Values) != 2 || c.What == "" || c.Incident != id {
			t.Fatalf("%+v", c)
		}
		choice := 1
		if c.Field != deletedField {
			choice = slices.IndexFunc(c.Values, func(v model.ConflictChoice) bool { return v.Author == "sam" })
		}
		must(t, a.Settle(bg, c, choice))
	}
	r := record(t, a, id)
	if r.Conflicts != 0 || len(r.Factors) != 0 || r.Incident.Title != "by sam" {
		t.Errorf("%+v", r)
	}
	if err := a.Settle(bg, report.Conflicts[0], 7); model.KindOf(err) != model.FaultUsage {
		t.Errorf("a choice that is not there: %v", err)
	}
}

func TestMergeRefuses(t *testing.T) {
	dir := t.TempDir()
	a, b := openAt(t, filepath.Join(dir, "a.db"), "", "maya"), openAt(t, filepath.Join(dir, "b.db"), "", "sam")
	newIncident(t, a, "one")
	newIncident(t, b, "two")
	want := dump(t, a)
	must(t, b.script(`UPDATE change SET value = '"forged"' WHERE seq = 2`))
	must(t, b.Close())
	text := filepath.Join(dir, "text.db")
	must(t, os.WriteFile(text, bytes.Repeat([]byte("text "), 100), 0o600))
	for path, says := range map[string]string{b.path: "change 2 of site", text: "not a data file", a.path: "open file itself", filepath.Join(dir, "none.db"): "no such file"} {
		if _, err := a.Merge(bg, path); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if got := dump(t, a); got != want {
		t.Error(difference(want, got))
	}
}

func TestDoctorFindsAndMends(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 50))
	f := s.NewID(model.TypeFactor)
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "evidence/E-00000000000000ff", true))
	want := dump(t, s)
	report, err := s.Doctor(bg, false)
	must(t, err)
	if !report.OK || len(report.Findings) != 1 || report.Findings[0].Question == "" {
		t.Fatalf("%+v", report)
	}
	must(t, s.script("UPDATE incident SET title = 'not what the log says'", "DELETE FROM timeline WHERE n % 2 = 0", "UPDATE tally SET events = 7"))
	if report, err = s.Doctor(bg, false); err != nil || report.OK || len(report.Findings) < 4 {
		t.Fatalf("%+v %v", report, err)
	}
	if report, err = s.Doctor(bg, true); err != nil || !report.OK || !report.Findings[0].Mended {
		t.Fatalf("%+v %v", report, err)
	}
	if got := dump(t, s); got != want {
		t.Error(difference(want, got))
	}
	must(t, s.script("UPDATE evidence SET title = 'forged' WHERE n = 3"))
	if report, err = s.Doctor(bg, true); err != nil || report.OK {
		t.Errorf("a forged line: %+v %v", report, err)
	}
}

func TestSearch(t *testing.T) {
	s := open(t)
	one, two := newIncident(t, s, "one"), newIncident(t, s, "two")
	importAll(t, s, one, lines("app", 200))
	importAll(t, s, two, lines("app", 50))
	a := s.NewID(model.TypeAction)
	apply(t, s, model.Gesture{}.Set(model.TypeAction, a, "incident", string(one)).Set(model.TypeAction, a, "title", "Alert when pool use is high").
		Set(model.TypeAction, a, "owner", "maya"))
	hits, err := s.Search(bg, "request 17", one, 0, false)
	must(t, err)
	if len(hits) != 12 || hits[0].Title != "request 179 took long" || hits[0].Field != "title" || !strings.Contains(hits[0].Snippet, "«request» «179»") {
		t.Errorf("%d hits, first %+v", len(hits), hits[0])
	}
	for words, want := range map[string]int{
		"alert HIGH": 1, "aler": 1, "pool in use 42": 2, `"pool`: 50, "pool AND": 0, "NEAR(pool": 0, "title:pool OR *": 0, "-pool^2": 22, "^alert*": 1, "": 0, "'; DROP TABLE change; --": 0,
		"alert\x00high": 1, "…": 0, "request nothing": 0,
	} {
		if hits, err := s.Search(bg, words, one, 50, false); err != nil || len(hits) != want {
			t.Errorf("%q: %d hits, want %d, %v", words, len(hits), want, err)
		}
	}
	for _, rank := range []bool{false, true} {
		if hits, err := s.Search(bg, "alert", "", 10, rank); err != nil || len(hits) != 1 || hits[0].ID != a || hits[0].Key != "one" || hits[0].Field != "title" || hits[0].Type != model.TypeAction {
			t.Errorf("%+v %v", hits, err)
		}
	}
	if hits, err := s.Search(bg, "checkout", "", 0, false); err != nil || len(hits) != 2 {
		t.Errorf("members: %+v %v", hits, err)
	}
	apply(t, s, model.Gesture{Edits: []model.Edit{{Type: model.TypeAction, ID: a, Delete: true}}})
	if hits, err := s.Search(bg, "alert", "", 10, false); err != nil || len(hits) != 0 {
		t.Errorf("what was deleted is found: %+v %v", hits, err)
	}
	apply(t, s, model.Gesture{Edits: []model.Edit{{Type: model.TypeIncident, ID: two, Delete: true}}})
	if hits, err := s.Search(bg, "request 7", two, 0, false); model.KindOf(err) != model.FaultInput {
		t.Errorf("in a deleted incident: %+v %v", hits, err)
	}
}

func TestIncidentsInOrder(t *testing.T) {
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	var g model.Gesture
	for i := range 300 {
		id := s.NewID(model.TypeIncident)
		g = g.Set(model.TypeIncident, id, "key", fmt.Sprintf("k%03d", i))
		if i != 7 {
			g = g.Set(model.TypeIncident, id, "started", time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC))
		}
		for k, stage := range []string{"idea", "committed", "implemented", "verified"} {
			a := s.NewID(model.TypeAction)
			g = g.Set(model.TypeAction, a, "incident", string(id)).Set(model.TypeAction, a, "stage", stage).Set(model.TypeAction, a, "due", fmt.Sprintf("2026-11-0%d", k))
		}
	}
	apply(t, s, g)
	all, total, err := s.Incidents(bg, 0, 0)
	must(t, err)
	if total != 300 || len(all) != 300 || all[0].Key != "k007" || all[1].Key != "k299" || all[299].Key != "k000" {
		t.Fatalf("%d of %d, %s, %s", len(all), total, all[0].Key, all[1].Key)
	}
	if l := all[5]; l.Actions != 3 || l.Open != 2 || l.Overdue != 1 {
		t.Errorf("%+v", l)
	}
	page, _, err := s.Incidents(bg, 100, 7)
	must(t, err)
	if len(page) != 7 || page[0].ID != all[100].ID {
		t.Errorf("%+v", page)
	}
}

func TestDraftsArePrivateAndSurvive(t *testing.T) {
	s := open(t)
	must(t, s.SaveDraft("N-1/summary", "half a sent"))
	must(t, s.SaveDraft("N-1/summary", "half a sentence"))
	if text, ok := s.Draft("N-1/summary"); !ok || text != "half a sentence" {
		t.Errorf("%q %v", text, ok)
	}
	files, err := filepath.Glob(filepath.Join(filepath.Dir(s.opt.Leases), "drafts", "*", "*"))
	must(t, err)
	if len(files) != 1 {
		t.Fatal(files)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	must(t, s.Close())
	again := openAt(t, s.path, s.opt.Leases, "maya")
	if text, ok := again.Draft("N-1/summary"); !ok || text != "half a sentence" {
		t.Errorf("after a restart: %q %v", text, ok)
	}
	must(t, again.DropDraft("N-1/summary"))
	must(t, again.DropDraft("N-1/summary"))
	if _, ok := again.Draft("N-1/summary"); ok {
		t.Error("a dropped draft is there")
	}
}

func TestBetween(t *testing.T) {
	r := &seeded{3}
	for name, next := range map[string]func(a, b, new string) (string, string){
		"at the end": func(_, _, new string) (string, string) { return new, "" }, "at the front": func(_, _, new string) (string, string) { return "", new },
		"in one spot": func(a, _, new string) (string, string) { return cmpOr(a, new), new },
	} {
		a, b, longest := "", "", 0
		for range 1000 {
			p := Between(r, a, b)
			if p <= a || b != "" && p >= b {
				t.Fatalf("%s: %q is not between %q and %q", name, p, a, b)
			}
			longest = max(longest, len(p))
			if a, b = next(a, b, p); a == b {
				b = ""
			}
		}
		if longest > 250 {
			t.Errorf("%s: %d characters", name, longest)
		}
	}
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
