package storage

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"aftermath/model"
)

var histories = flag.Int("histories", 300, "random histories that the convergence test plays")

// blank is an empty data file to copy: making one anew for every site would take most of the time.
func blank(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "blank.db")
	must(t, openAt(t, path, "", "nobody").Close())
	return path
}

// quick opens a copy of a blank file that does not wait for the disk.
func quick(t interface{ Fatal(...any) }, from, path string, opt Options) *Store {
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(path, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(bg, path, opt)
	if err == nil {
		err = s.script("PRAGMA synchronous = OFF", "PRAGMA journal_mode = MEMORY")
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// dump is all that people can see and the whole log, without the numbers that only this file gave.
func dump(t interface{ Fatal(...any) }, s *Store) string {
	var b strings.Builder
	show := func(query string) {
		if err := dumpRows(s, query, &b); err != nil {
			t.Fatal(query, err)
		}
	}
	for _, table := range types() {
		var columns []string
		for _, f := range model.Schema[table] {
			if f.Kind != model.Set {
				columns = append(columns, "t."+quote(f.Name))
			}
		}
		show("SELECT e.id, " + strings.Join(columns, ",") + " FROM " + quote(string(table)) + " t JOIN entity e ON e.n = t.n ORDER BY 1")
	}
	for _, query := range []string{
		"SELECT e.id, coalesce(i.id, ''), e.holds, e.gone, e.shown FROM entity e LEFT JOIN entity i ON i.n = e.incident WHERE EXISTS(SELECT 1 FROM change WHERE entity = e.n) ORDER BY 1",
		"SELECT e.id, w.text, c.holds, c.clash FROM cell c JOIN entity e ON e.n = c.entity JOIN word w ON w.n = c.field ORDER BY 1, 2",
		"SELECT e.id, m.field, m.value FROM member m JOIN entity e ON e.n = m.entity ORDER BY 1, 2, 3",
		`SELECT i.id, coalesce(e.id, ''), v.id, t.at, t.level, s.text, k.text, v.title, v.body, hex(v.salt) FROM timeline t JOIN entity i ON i.n = t.incident LEFT JOIN entity e ON e.n = t.entity
			LEFT JOIN evidence v ON v.n = t.n JOIN word s ON s.n = t.source JOIN word k ON k.n = t.kind ORDER BY 1, 2, 3, 4`,
		"SELECT i.id, t.started, t.events, t.factors, t.actions, t.open FROM tally t JOIN entity i ON i.n = t.incident ORDER BY 1",
		"SELECT i.id, t.level, sum(t.count) FROM stride t JOIN entity i ON i.n = t.incident GROUP BY 1, 2 HAVING sum(t.count) > 0 ORDER BY 1, 2",
		"SELECT e.id, w.text, t.text FROM typed_words t JOIN entity e ON e.n = t.rowid >> 32 JOIN word w ON w.n = t.rowid & 0xffffffff ORDER BY 1, 2",
		"SELECT s.id, b.seq, b.count, e.id, i.id, b.shown FROM batch b JOIN site s ON s.n = b.site JOIN entity e ON e.n = b.entity JOIN entity i ON i.n = b.incident ORDER BY 1, 2",
		"SELECT s.id, c.seq, c.clock, c.wall, c.value, hex(c.commitment), hex(c.hash) FROM change c JOIN site s ON s.n = c.site ORDER BY 1, 2",
	} {
		show(query)
	}
	return b.String()
}

func dumpRows(s *Store, query string, to io.Writer) error {
	rows, err := s.conn.QueryContext(bg, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		fmt.Fprintf(to, "%v\n", values)
	}
	return rows.Err()
}

func difference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out strings.Builder
	for _, l := range x {
		if !slices.Contains(y, l) {
			fmt.Fprintln(&out, "-", l)
		}
	}
	for _, l := range y {
		if !slices.Contains(x, l) {
			fmt.Fprintln(&out, "+", l)
		}
	}
	return out.String()
}

// A parcel is a change on its way, with the rows that it brought.
type parcel struct {
	change *change
	rows   []evidenceRow
}

type vector map[string]int64

func (v vector) has(r ref) bool { return v[r.site] >= r.seq }

func vectorOf(t *rapid.T, s *Store) vector {
	v := vector{}
	list, err := s.siteList()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.head.seq > 0 {
			v[r.name] = r.head.seq
		}
	}
	return v
}

// parcels packs everything after a vector.
func parcels(t *rapid.T, s *Store, after vector) (list []parcel) {
	changes, err := s.changes("1 ORDER BY c.site, c.seq")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		if after.has(c.ref()) {
			continue
		}
		p := parcel{change: c}
		if c.kind == kindImport {
			if err := s.rowsOf(c)(func(r *evidenceRow) error { p.rows = append(p.rows, *r); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, p)
	}
	return list
}

func deliver(t *rapid.T, s *Store, list []parcel) {
	if err := s.makeIncoming(); err != nil {
		t.Fatal(err)
	}
	err := s.update(bg, "deliver", func() error {
		in := s.newIntake()
		for _, p := range list {
			if err := in.take(p.change, func(yield func(*evidenceRow) error) error {
				for i := range p.rows {
					if err := yield(&p.rows[i]); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				return err
			}
		}
		return in.conclude()
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A world is some sites, and what an onlooker who sees everything knows about each change: what its author
// really held when making it. From that alone follows what must be shown.
type world struct {
	t     *rapid.T
	sites []*Store
	held  map[ref]vector
	made  map[ref]*change
	stats map[string]int
	nonce int
}

var (
	worldIncident = model.ID("N-0000000000000001")
	worldTypes    = map[model.ID]model.Type{
		worldIncident: model.TypeIncident, "F-00000000000000f1": model.TypeFactor, "F-00000000000000f2": model.TypeFactor,
		"A-00000000000000a1": model.TypeAction, "E-00000000000000e1": model.TypeEvent, "W-00000000000000b1": "widget",
	}
	worldIDs = slices.Sorted(maps.Keys(worldTypes))
)

func worldFields(id model.ID) []string {
	switch worldTypes[id] {
	case model.TypeIncident:
		return []string{"title", "services/a", "services/b"}
	case model.TypeFactor:
		return []string{"incident", "statement", "evidence/E-00000000000000e1"}
	case model.TypeAction:
		return []string{"incident", "title", "stage", "colour"}
	case model.TypeEvent:
		return []string{"incident", "at", "title", "noise"}
	}
	return []string{"shape", "size"}
}

func (w *world) value(field string) any {
	w.nonce++
	switch {
	case rapid.IntRange(0, 5).Draw(w.t, "clear") == 0:
		return nil
	case strings.Contains(field, "/") || field == "noise":
		return true
	case field == "incident":
		return string(worldIncident)
	case field == "at":
		return time.Date(2026, 11, 2, 14, rapid.IntRange(0, 3).Draw(w.t, "minute"), 0, 0, time.UTC).Format(time.RFC3339)
	case field == "stage":
		return rapid.SampledFrom([]string{"idea", "committed"}).Draw(w.t, "stage")
	}
	return fmt.Sprint("value ", w.nonce)
}

func (w *world) line(k int) model.Event {
	w.nonce++
	return model.Event{At: time.Date(2026, 11, 2, 14, k, 30, 0, time.UTC), Source: "slack", Kind: "comms", Title: fmt.Sprint("said ", w.nonce),
		Body: fmt.Sprint("body ", w.nonce), ExternalID: fmt.Sprint("m", k), Housekeeping: k == 0}
}

func lineID(k int) model.ID {
	r := newEvidence(worldIncident, &model.Event{At: time.Unix(0, 0), Source: "slack", ExternalID: fmt.Sprint("m", k)})
	return eventID(r.id)
}

const worldLines = 6

// step lets one site do one thing.
func (w *world) step(i int, op string) {
	s, t := w.sites[i], w.t
	check := func(err error) {
		if err != nil {
			t.Fatal(op, err)
		}
	}
	switch op {
	case "set", "gesture":
		var g model.Gesture
		for range map[string]int{"set": 1, "gesture": 3}[op] {
			id := rapid.SampledFrom(worldIDs).Draw(t, "entity")
			field := rapid.SampledFrom(worldFields(id)).Draw(t, "field")
			g = g.Set(worldTypes[id], id, field, w.value(field))
		}
		check(s.Apply(bg, g))
	case "correct":
		field := rapid.SampledFrom([]string{"at", "title", "noise", "merged_into"}).Draw(t, "field")
		check(s.Apply(bg, model.Gesture{}.Set(model.TypeEvent, lineID(rapid.IntRange(0, worldLines).Draw(t, "line")), field, w.value(field))))
	case "delete":
		id := rapid.SampledFrom(append(worldIDs[:len(worldIDs):len(worldIDs)], lineID(1), lineID(2))).Draw(t, "entity")
		check(s.Apply(bg, model.Gesture{Edits: []model.Edit{{Type: cmp.Or(worldTypes[id], model.TypeEvent), ID: id, Delete: true}}}))
	case "undo":
		_, err := s.Undo(bg)
		check(err)
	case "redo":
		_, err := s.Redo(bg)
		check(err)
	case "settle":
		list, err := s.Conflicts(bg, "")
		check(err)
		if len(list) > 0 {
			c := rapid.SampledFrom(list).Draw(t, "conflict")
			check(s.Settle(bg, c, rapid.IntRange(0, len(c.Values)-1).Draw(t, "choice")))
		}
	case "import":
		if _, err := s.Record(bg, worldIncident); err != nil {
			return
		}
		var events []model.Event
		for range rapid.IntRange(1, 4).Draw(t, "lines") {
			events = append(events, w.line(rapid.IntRange(0, worldLines).Draw(t, "line")))
		}
		_, err := s.Import(bg, worldIncident, reader(events), nil)
		check(err)
	}
	w.stats[op]++
}

// exchange brings something from one site to another: any part of it, doubled, shuffled, cut off, damaged.
func (w *world) exchange(from, to int) {
	after := vectorOf(w.t, w.sites[to])
	for _, site := range slices.Sorted(maps.Keys(after)) {
		after[site] = rapid.Int64Range(0, after[site]).Draw(w.t, "from")
	}
	list := parcels(w.t, w.sites[from], after)
	if len(list) == 0 {
		return
	}
	r := rand.New(rand.NewSource(rapid.Int64().Draw(w.t, "seed")))
	if r.Intn(2) == 0 {
		list = append(list, list[:r.Intn(len(list))]...)
	}
	r.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
	if r.Intn(2) == 0 {
		list = list[:1+r.Intn(len(list))]
	}
	if r.Intn(3) > 0 {
		slices.SortStableFunc(list, func(a, b parcel) int {
			return cmp.Or(cmp.Compare(a.change.site, b.change.site), cmp.Compare(a.change.seq, b.change.seq))
		})
	}
	for i := range list {
		if r.Intn(15) == 0 || len(list[i].rows) > 0 && r.Intn(4) == 0 {
			w.damage(&list[i], r)
		}
	}
	deliver(w.t, w.sites[to], list)
	w.stats["exchange"]++
}

func (w *world) damage(p *parcel, r *rand.Rand) {
	c := *p.change
	if len(p.rows) > 0 && r.Intn(2) == 0 {
		p.rows = slices.Clone(p.rows)
		p.rows[r.Intn(len(p.rows))].title += "!"
	} else if len(c.value) > 2 {
		c.value = bytes.Clone(c.value)
		c.value[1] ^= 1
	} else {
		c.author += "x"
	}
	p.change = &c
	w.stats["damaged"]++
}

// note records what the site's new changes could know.
func (w *world) note(i int, before siteHead) {
	s := w.sites[i]
	list, err := s.changes("c.site = (SELECT n FROM site WHERE id = ?) AND c.seq > ? ORDER BY c.seq", s.own.name, before.seq)
	if err != nil {
		w.t.Fatal(err)
	}
	known := vectorOf(w.t, s)
	for _, c := range list {
		v := maps.Clone(known)
		v[c.site] = c.seq - 1
		w.held[c.ref()], w.made[c.ref()] = v, c
	}
}

// heads are, of some changes, those that no author of another one held, the shown one first.
func (w *world) heads(changes []*change) (heads []*change) {
	for _, c := range changes {
		if !slices.ContainsFunc(changes, func(o *change) bool { return w.held[o.ref()].has(c.ref()) }) {
			heads = append(heads, c)
		}
	}
	slices.SortFunc(heads, func(a, b *change) int {
		return cmp.Or(cmp.Compare(b.clock, a.clock), cmp.Compare(b.site, a.site))
	})
	return heads
}

// oracle compares what a site shows with what follows from full knowledge.
func (w *world) oracle(s *Store) {
	t := w.t
	byCell := map[string][]*change{}
	byEntity := map[model.ID]map[string][]*change{}
	var imports []*change
	for _, c := range w.made {
		switch c.kind {
		case kindImport:
			imports = append(imports, c)
		case kindSet, kindDelete:
			byCell[string(c.entity)+" "+c.field] = append(byCell[string(c.entity)+" "+c.field], c)
			if byEntity[c.entity] == nil {
				byEntity[c.entity] = map[string][]*change{}
			}
			byEntity[c.entity][c.field] = append(byEntity[c.entity][c.field], c)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(byCell)) {
		changes := byCell[key]
		id, field, _ := strings.Cut(key, " ")
		entity, _, err := s.knownEntity(model.ID(id))
		if err != nil {
			t.Fatal(err)
		}
		word, _, err := s.knownWord(field)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.cellOf(entity, word)
		if err != nil {
			t.Fatal(err)
		}
		want := w.heads(changes)
		if !slices.Equal(got.heads, refsOf(want)) {
			t.Fatalf("%s: heads %v, want %v", key, got.heads, refsOf(want))
		}
		if len(want) > 1 {
			w.stats["conflicts"]++
		}
	}
	shown, gone := map[model.ID]bool{}, map[model.ID]bool{}
	for _, id := range slices.Sorted(maps.Keys(byEntity)) {
		fields := byEntity[id]
		gone[id] = w.isGone(fields)
		holds := false
		for field, changes := range fields {
			holds = holds || field != deletedField && !w.heads(changes)[0].isNull()
		}
		shown[id] = holds && !gone[id]
		var got bool
		if err := s.row("SELECT shown FROM entity WHERE id = ?", string(id)).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != shown[id] {
			t.Fatalf("%s: shown %v, want %v", id, got, shown[id])
		}
		if gone[id] {
			w.stats["gone"]++
		}
	}
	w.oracleLines(s, imports, shown, gone)
}

func (w *world) isGone(fields map[string][]*change) bool {
	covered := false
	for _, d := range w.heads(fields[deletedField]) {
		sight := w.sightOf(d)
		if sight.keeps != d.isNull() {
			w.t.Fatalf("%s %s: says %s, keeps %v", d.ref(), d.entity, d.value, sight.keeps)
		}
		if sight.keeps {
			return false
		}
		all := true
		for field, changes := range fields {
			for _, c := range changes {
				all = all && (field == deletedField || sight.has(c))
			}
		}
		covered = covered || all
	}
	return covered
}

// A sight is which edits a delete had seen. Deletes that an undo or a redo gives back have seen what they had
// seen the first time; where the entity was gone then, also what undoing and redoing wrote since.
type sight struct {
	keeps bool // the entity, by taking deletes back
	of    []vector
}

func (s sight) has(c *change) bool {
	return slices.ContainsFunc(s.of, func(v vector) bool { return v.has(c.ref()) })
}

func (w *world) sightOf(d *change) sight {
	target, turned := w.made[ref{d.site, d.gesture}].marks()
	if !turned {
		return sight{d.isNull(), []vector{w.held[d.ref()]}}
	}
	var cell, edits []*change
	var c *change
	for _, o := range w.made {
		switch {
		case o.entity == d.entity && o.kind == kindSet:
			edits = append(edits, o)
		case o.entity == d.entity && o.kind == kindDelete:
			cell = append(cell, o)
			if (ref{o.site, o.gesture}) == target {
				c = o
			}
		}
	}
	given := []*change{c}
	known := w.held[c.ref()]
	if w.made[ref{d.site, d.gesture}].kind == kindUndo {
		given = w.heads(slices.DeleteFunc(cell, func(o *change) bool { return !known.has(o.ref()) }))
	}
	w.stats["given back"]++
	return w.givenBack(d, given, slices.DeleteFunc(edits, func(o *change) bool { return !known.has(o.ref()) }))
}

// givenBack is the sight of d, which gives the deletes back that an author had who knew these edits.
func (w *world) givenBack(d *change, given, known []*change) sight {
	if len(given) == 0 || slices.ContainsFunc(given, func(g *change) bool { return g.isNull() }) {
		return sight{keeps: true}
	}
	sights := make([]sight, len(given))
	for i, g := range given {
		sights[i] = w.sightOf(g)
	}
	for _, one := range sights {
		if !slices.ContainsFunc(known, func(o *change) bool { return !one.has(o) }) && w.seesAll(one, sights, d.entity) {
			return sight{of: append(slices.Clone(one.of), vector{d.site: d.seq})}
		}
	}
	return sights[0]
}

func (w *world) seesAll(one sight, sights []sight, entity model.ID) bool {
	for _, c := range w.made {
		if c.entity == entity && c.kind == kindSet && !one.has(c) && slices.ContainsFunc(sights, func(s sight) bool { return s.has(c) }) {
			return false
		}
	}
	return true
}

// oracleLines checks that the timeline has every line of the imports that show once, as the oldest tells it.
func (w *world) oracleLines(s *Store, imports []*change, shown, gone map[model.ID]bool) {
	slices.SortFunc(imports, func(a, b *change) int { return cmp.Or(cmp.Compare(a.clock, b.clock), cmp.Compare(a.site, b.site)) })
	want := map[int64]string{}
	for _, c := range imports {
		if !shown[c.entity] {
			continue
		}
		if err := s.rowsOf(c)(func(r *evidenceRow) error {
			if _, older := want[r.id]; !older && !gone[eventID(r.id)] {
				want[r.id] = r.body
			}
			return nil
		}); err != nil {
			w.t.Fatal(err)
		}
	}
	got := map[int64]string{}
	if err := s.each("SELECT v.id, v.body FROM timeline t JOIN evidence v ON v.n = t.n", nil, func(row scanner) error {
		var id int64
		var body string
		err := row.Scan(&id, &body)
		if _, twice := got[id]; twice {
			w.t.Fatalf("%s stands twice", eventID(id))
		}
		got[id] = body
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		w.t.Fatalf("lines %v, want %v", got, want)
	}
	w.stats["lines"] += len(got)
}

func TestCopiesConverge(t *testing.T) {
	t.Parallel()
	if err := flag.Set("rapid.checks", strconv.Itoa(often(*histories))); err != nil {
		t.Fatal(err)
	}
	empty := blank(t)
	dir := t.TempDir()
	stats := map[string]int{}
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		w := &world{t: t, held: map[ref]vector{}, made: map[ref]*change{}, stats: stats}
		n := rapid.SampledFrom([]int{2, 2, 3, 3, 4}).Draw(t, "sites")
		clock := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
		file := func(i int) string { return filepath.Join(dir, fmt.Sprintf("%d-%d.db", run, i)) }
		for i := range n {
			skew := time.Duration(rapid.Int64Range(-86400, 86400).Draw(t, "skew")) * time.Second
			s := quick(t, empty, file(i), Options{Author: fmt.Sprint("author ", i), Random: &seeded{uint64(i + 1)}, Now: func() time.Time {
				clock = clock.Add(time.Millisecond)
				return clock.Add(skew)
			}})
			defer os.Remove(file(i))
			defer s.Close()
			w.sites = append(w.sites, s)
		}
		before := w.sites[0].own.head
		if err := w.sites[0].Apply(bg, model.Gesture{}.Set(model.TypeIncident, worldIncident, "title", "the beginning")); err != nil {
			t.Fatal(err)
		}
		w.note(0, before)
		for _, s := range w.sites[1:] {
			deliver(t, s, parcels(t, w.sites[0], vector{}))
		}
		ops := []string{"set", "set", "set", "gesture", "correct", "delete", "delete", "undo", "undo", "redo", "settle", "import", "import", "exchange", "exchange", "exchange"}
		for range rapid.IntRange(5, 32).Draw(t, "steps") {
			i := rapid.IntRange(0, n-1).Draw(t, "site")
			op := rapid.SampledFrom(ops).Draw(t, "op")
			if op == "exchange" {
				w.exchange(i, rapid.IntRange(0, n-1).Draw(t, "to"))
				continue
			}
			before := w.sites[i].own.head
			w.step(i, op)
			w.note(i, before)
		}
		w.meetAll()
		w.compare(empty, filepath.Join(dir, fmt.Sprintf("%d-fresh.db", run)))
	})
	t.Log(run, "histories:", stats)
}

// meetAll is a last full exchange, between files or by parcels: one site hears from all others, and then
// tells them.
func (w *world) meetAll() {
	byFile := rapid.Bool().Draw(w.t, "by file")
	order := rapid.Permutation(w.sites).Draw(w.t, "order")
	bring := func(from, to *Store) {
		if !byFile {
			deliver(w.t, to, parcels(w.t, from, vector{}))
		} else if report, err := to.Merge(bg, from.path); err != nil || len(report.Refused) > 0 {
			w.t.Fatal(report.Refused, err)
		}
	}
	for _, s := range order[1:] {
		bring(s, order[0])
	}
	for _, s := range order[1:] {
		bring(order[0], s)
	}
}

// compare holds all sites against each other, against a fresh one, against the log folded anew, and
// against the oracle.
func (w *world) compare(empty, path string) {
	t := w.t
	want := dump(t, w.sites[0])
	for _, s := range w.sites[1:] {
		if got := dump(t, s); got != want {
			t.Fatalf("diverged:\n%s", difference(want, got))
		}
	}
	for _, s := range w.sites {
		if err := s.verify(func(b breach) { t.Fatal(b) }); err != nil {
			t.Fatal(err)
		}
	}
	w.oracle(w.sites[0])
	count := 0
	if err := w.sites[0].row("SELECT count(*) FROM change").Scan(&count); err != nil || count != len(w.made) {
		t.Fatal(count, "changes in the log,", len(w.made), "made", err)
	}
	if rapid.IntRange(0, 2).Draw(t, "anew") > 0 {
		return
	}
	fresh := quick(t, empty, path, Options{Random: &seeded{99}})
	defer os.Remove(path)
	defer fresh.Close()
	if _, err := fresh.Merge(bg, w.sites[0].path); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, fresh); got != want {
		t.Fatalf("a fresh copy differs:\n%s", difference(want, got))
	}
	if err := w.sites[0].transact(func() error { return w.sites[0].refold(true) }); err != nil {
		t.Fatal(err)
	}
	if got := dump(t, w.sites[0]); got != want {
		t.Fatalf("folded anew it differs:\n%s", difference(want, got))
	}
}
