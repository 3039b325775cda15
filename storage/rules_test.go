package storage

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"aftermath/model"
)

// An edit names an entity of its type, and a field unless it deletes; the members of a set are named one by one.
func TestEditsThatHaveNoShape(t *testing.T) {
	s := open(t)
	id := s.NewID(model.TypeIncident)
	other := s.NewID(model.TypeAction)
	for _, c := range []struct {
		e    model.Edit
		says string
	}{
		{model.Edit{Type: model.TypeIncident, ID: id, Field: "title"}, ""}, {model.Edit{Type: model.TypeIncident, ID: id, Field: "services/cart"}, ""}, {model.Edit{Type: model.TypeIncident, ID: id, Delete: true}, ""},
		{model.Edit{ID: id, Field: "title"}, "names no entity"}, {model.Edit{Type: model.TypeIncident, Field: "title"}, "names no entity"},
		{model.Edit{Type: model.TypeIncident, ID: other, Field: "title"}, "is not the id of a incident"}, {model.Edit{Type: model.TypeIncident, ID: "N-12", Field: "title"}, "is not the id"},
		{model.Edit{Type: "unheard_of", ID: "Q-12", Field: "title"}, ""},
		{model.Edit{Type: model.TypeIncident, ID: id}, "names no field"}, {model.Edit{Type: model.TypeIncident, ID: id, Field: deletedField}, "names no field"}, {model.Edit{Type: model.TypeIncident, ID: id, Field: "services"}, "one by one"},
		{model.Edit{Type: model.TypeIncident, ID: id, Field: "services", Delete: true}, ""},
	} {
		if got := misshapen(c.e); c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%+v: %q, want %q", c.e, got, c.says)
		}
	}
}

type numbered int

func (n numbered) size() int                   { return int(n) }
func (n numbered) value(int, int) driver.Value { return nil }

// A statement reads all rows, unless somebody waits: then it stops, but not before it has done a stretch of them.
func TestAStatementMakesRoomAfterAStretch(t *testing.T) {
	for _, c := range []struct{ rows, from, waiting, want int }{
		{10, 0, 0, 10}, {10, 0, 1, 10}, {minimumStretch * 3, 0, 0, minimumStretch * 3}, {minimumStretch * 3, 0, 1, minimumStretch}, {minimumStretch * 3, 7, 1, minimumStretch}, {minimumStretch + 7, 7, 1, minimumStretch}, {0, 0, 1, 0},
	} {
		var waiting atomic.Int32
		waiting.Store(int32(c.waiting))
		source := &rowSource{rows: numbered(c.rows), from: c.from, waiting: &waiting}
		cursor := &rowsCursor{source: source}
		must(t, cursor.Filter(0, "", nil))
		n := 0
		for ; !cursor.Eof(); n++ {
			must(t, cursor.Next())
		}
		if n != c.want || source.reached != c.from+n {
			t.Errorf("%d rows from %d, %d waiting: %d were read, and it stopped at %d; want %d", c.rows, c.from, c.waiting, n, source.reached, c.want)
		}
	}
}

// A set has its members in a table of their own, and what a file held is in the log only: neither has a column.
func TestColumnsOfTheFoldedTables(t *testing.T) {
	tables := strings.Join(foldedTables(), "\n")
	for _, typ := range types() {
		_, rest, ok := strings.Cut(tables, "CREATE TABLE "+quote(string(typ))+"(")
		if !ok {
			t.Fatalf("no table for a %s", typ)
		}
		columns, _, _ := strings.Cut(rest, "\n")
		for _, f := range model.Schema[typ] {
			want := f.Kind != model.Set && f.Kind != model.Content
			if got := strings.Contains(columns, " "+quote(f.Name)+" "); got != want {
				t.Errorf("%s.%s has a column: %v", typ, f.Name, got)
			}
		}
	}
}

// What people typed is searched, but for what is hidden and what an import says of itself beside its name.
func TestWhichFieldsAreSearched(t *testing.T) {
	for _, c := range []struct {
		t    model.Type
		f    model.Field
		want bool
	}{
		{model.TypeAction, model.Field{Kind: model.Line}, true}, {model.TypeAction, model.Field{Kind: model.Text}, true}, {model.TypeAction, model.Field{Kind: model.Set}, false},
		{model.TypeAction, model.Field{Kind: model.Line, Hidden: true}, false}, {model.TypeAction, model.Field{Kind: model.Text, Hidden: true}, false},
		{model.TypeImport, model.Field{Kind: model.Line, Name: "name"}, true}, {model.TypeImport, model.Field{Kind: model.Line, Name: "digest"}, false}, {model.TypeImport, model.Field{Kind: model.Text, Name: "answers"}, false},
		{model.TypeImport, model.Field{Kind: model.Line, Name: "name", Hidden: true}, false}, {model.TypeImport, model.Field{Kind: model.Set, Name: "name"}, false},
	} {
		if got := searched(c.t, c.f); got != c.want {
			t.Errorf("%s %+v is searched: %v", c.t, c.f, got)
		}
	}
}

// A seat stands behind another by its time, then by its order, then by its number; behind itself it does not stand.
func TestTheOrderOfSeats(t *testing.T) {
	list := []seat{beforeAll(1), {at: 1, ord: 0, n: 1}, {at: 1, ord: 0, n: 2}, {at: 1, ord: 1, n: 0}, beforeAll(2), {at: 2, ord: 0, n: 0}}
	for i, a := range list {
		for j, b := range list {
			if got := a.isAfter(b); got != (i > j) {
				t.Errorf("%+v after %+v: %v", a, b, got)
			}
		}
	}
	one := &strides{starts: list[1:4]}
	for at, want := range map[seat]int{list[0]: -1, list[1]: 0, list[2]: 1, list[3]: 2, list[4]: 2, {at: 1, ord: 0, n: 3}: 1} {
		if got := one.find(at); got != want {
			t.Errorf("%+v lies in stride %d, want %d", at, got, want)
		}
	}
}

// What people call an entity is its title, or that of the line that it was imported as; some have none.
func TestWhatAnEntityIsCalled(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 1))
	var line model.ID
	must(t, s.EachEvent(bg, model.EventQuery{Incident: id}, func(e *model.Event) error { line = e.ID; return nil }))
	event, clock := s.NewID(model.TypeEvent), s.NewID(model.TypeClock)
	apply(t, s, model.Gesture{}.Set(model.TypeEvent, event, "incident", string(id)).Set(model.TypeEvent, event, "at", "2026-11-02T14:00:00Z").Set(model.TypeEvent, line, "role", "trigger").
		Set(model.TypeClock, clock, "incident", string(id)).Set(model.TypeClock, clock, "source", "app"))
	for id, want := range map[model.ID]string{id: "Title of one", line: "request 0 took long", event: "", clock: ""} {
		var n int64
		must(t, s.row("SELECT n FROM entity WHERE id = ?", string(id)).Scan(&n))
		if got, err := s.titleOf(n, id); err != nil || got != want {
			t.Errorf("%s is called %q, %v; want %q", id, got, err, want)
		}
	}
}

// An entity of a type that only a newer program knows has no title here, and that is no fault.
func TestATypeOfANewerProgramHasNoTitle(t *testing.T) {
	if got, err := open(t).titleOf(1, "Q-0123456789abcdef"); got != "" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// An import tells how far it is at every stride and not between, and hands its lines on by number and by size.
func TestAnImportTellsHowFarItIs(t *testing.T) {
	for _, n := range []int{progressStride - 1, progressStride, progressStride + 1, 2 * progressStride} {
		s := open(t)
		must(t, s.script("PRAGMA synchronous = OFF"))
		var told []int
		_, err := s.Import(bg, newIncident(t, s, "one"), stream("app", n), func(at int) { told = append(told, at) })
		must(t, err)
		var want []int
		for at := progressStride; at <= n; at += progressStride {
			want = append(want, at)
		}
		if got := fmt.Sprint(told); !strings.HasPrefix(got+" ", strings.TrimSuffix(fmt.Sprint(want), "]")) || len(told) > len(want)+1 {
			t.Errorf("of %d lines it tells %v, want %v", n, told, want)
		}
	}
}

// What cannot be a line of a timeline is refused with its reason, on both sides of what can be kept.
func TestLinesThatCannotBeKept(t *testing.T) {
	at := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	old := time.Date(1600, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		e    model.Event
		says string
	}{
		{model.Event{At: at, Title: "x", ExternalID: "1"}, ""}, {model.Event{Title: "x", ExternalID: "1"}, "no time"}, {model.Event{At: old, Title: "x", ExternalID: "1"}, "outside the years"},
		{model.Event{At: at, End: old, Title: "x", ExternalID: "1"}, "outside the years"}, {model.Event{At: at, End: at, Title: "x", ExternalID: "1"}, ""},
	} {
		if got := unusable(&c.e); c.says == "" && got != "" || !strings.Contains(got, c.says) {
			t.Errorf("%+v: %q, want %q", c.e, got, c.says)
		}
	}
}
