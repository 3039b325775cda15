package storage

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"aftermath/model"
)

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

// A world is some sites, and what an onlooker who sees everything knows about each change, by its hash, since a change
// can lie under another name on another copy: what its author really held when making it. From that alone follows what
// must be shown.
type world struct {
	t      *rapid.T
	dir    string
	sites  []*Store
	forked bool // somebody went on as a site that is another's too
	made   map[string]*witness
	stats  map[string]int
	nonce  int
	cells  map[model.ID][]string // what the people of this history write to
	ids    []model.ID
	clock  func(skew time.Duration) func() time.Time
}

// A witness is what was seen when a change was made.
type witness struct {
	*change
	held   map[string]bool // what its author had
	own    map[string]bool // the changes of its site, itself included
	first  string          // of its gesture
	target string          // the gesture that this one undoes or redoes, of its mark
}

var worldIncident = model.ID("N-0000000000000001")

// worldIDs are entries of every type that there is, two of those that meet most, and one of a type that nobody knows.
var worldIDs = func() []model.ID {
	list := []model.ID{worldIncident, "F-00000000000000f2", "X-00000000000000b1"}
	for i, t := range types() {
		if t != model.TypeIncident {
			list = append(list, model.IDFrom(t, [8]byte{7: byte(0xa0 + i)}))
		}
	}
	slices.Sort(list)
	return list
}()

func typeOf(id model.ID) model.Type {
	if id[0] == 'X' {
		return "widget"
	}
	return id.Type()
}

// choose draws which few cells a history is about, so that its people get into each other's way.
func (w *world) choose() {
	w.cells = map[model.ID][]string{worldIncident: {"title"}}
	for range rapid.IntRange(1, 4).Draw(w.t, "entries") {
		id := rapid.SampledFrom(worldIDs).Draw(w.t, "entry")
		fields := []string{"shape", "size"}
		if known := model.Schema[typeOf(id)]; known != nil {
			fields = fields[:0]
			for range 2 {
				f := rapid.SampledFrom(known).Draw(w.t, "of its fields")
				name := f.Name
				if f.Kind == model.Set {
					name = model.Member(name, "a")
				}
				fields = append(fields, name)
			}
			if _, of := model.Named(typeOf(id), "incident"); of {
				fields = append(fields, "incident")
			}
		}
		w.cells[id] = append(w.cells[id], fields...)
	}
	w.ids = slices.Sorted(maps.Keys(w.cells))
}

func (w *world) value(t model.Type, field string) any {
	w.nonce++
	name, _, member := model.CutMember(field)
	f, _ := model.Named(t, name)
	switch {
	case rapid.IntRange(0, 5).Draw(w.t, "clear") == 0:
		return nil
	case member || f.Kind == model.Flag:
		return true
	case field == "incident":
		return string(worldIncident)
	case field == "source":
		return "slack"
	case field == "shape":
		return "said #"
	case f.Kind == model.Offset:
		return rapid.SampledFrom([]string{"+1m30s", "-2m"}).Draw(w.t, "offset")
	case f.Kind == model.Number:
		return json.Number(fmt.Sprint(rapid.IntRange(1, 3).Draw(w.t, "number")))
	case f.Kind == model.Time:
		return time.Date(2026, 11, 2, 14, rapid.IntRange(0, 3).Draw(w.t, "minute"), 0, 0, time.UTC).Format(time.RFC3339)
	case f.Kind == model.Ref:
		return string(rapid.SampledFrom(worldIDs).Draw(w.t, "reference"))
	case field == "stage":
		return rapid.SampledFrom([]string{"idea", "committed"}).Draw(w.t, "stage")
	}
	return fmt.Sprint("value ", w.nonce)
}

func (w *world) line(k int) model.Event {
	w.nonce++
	return model.Event{At: time.Date(2026, 11, 2, 14, k, 30, 0, time.UTC), Source: "slack", Kind: "comms", Title: fmt.Sprint("said ", w.nonce),
		Body: fmt.Sprint("body ", w.nonce), ExternalID: fmt.Sprint("m", k), Housekeeping: k == 0,
		Updated: rapid.SampledFrom([]time.Time{{}, time.Unix(100, 0), time.Unix(200, 0)}).Draw(w.t, "updated")}
}

func lineID(k int) model.ID {
	r := newEvidence(worldIncident, &model.Event{At: time.Unix(0, 0), Source: "slack", ExternalID: fmt.Sprint("m", k)})
	return eventID(r.id)
}

const worldLines = 6

var worldSteps = []string{"set", "set", "set", "gesture", "correct", "delete", "delete", "delete", "undo", "undo", "redo",
	"settle", "import", "import", "exchange", "exchange", "exchange", "exchange", "clone"}

// play opens some copies of an empty file in dir, and has their people do this and that.
func play(t *rapid.T, empty, dir string, stats map[string]int) *world {
	clock := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	w := &world{t: t, dir: dir, made: map[string]*witness{}, stats: stats}
	w.clock = func(skew time.Duration) func() time.Time {
		return func() time.Time {
			clock = clock.Add(time.Millisecond)
			return clock.Add(skew)
		}
	}
	t.Cleanup(w.end)
	w.choose()
	n := rapid.SampledFrom([]int{2, 2, 3, 3, 4}).Draw(t, "sites")
	for range n {
		w.join(empty)
	}
	if err := w.sites[0].Apply(bg, model.Gesture{}.Set(model.TypeIncident, worldIncident, "title", "the beginning")); err != nil {
		t.Fatal(err)
	}
	w.note(0)
	for _, s := range w.sites[1:] {
		deliver(t, s, parcels(t, w.sites[0], vector{}))
	}
	for range rapid.IntRange(5, 32).Draw(t, "steps") {
		i := rapid.IntRange(0, len(w.sites)-1).Draw(t, "site")
		switch op := rapid.SampledFrom(worldSteps).Draw(t, "op"); op {
		case "exchange":
			w.exchange(i, rapid.IntRange(0, len(w.sites)-1).Draw(t, "to"))
		case "clone":
			if len(w.sites) < n+2 && rapid.Bool().Draw(t, "clone") {
				w.clone(i)
			}
		default:
			w.step(i, op)
			w.note(i)
		}
	}
	return w
}

// join adds a copy of a file.
func (w *world) join(from string) *Store {
	i := len(w.sites)
	skew := time.Duration(rapid.Int64Range(-86400, 86400).Draw(w.t, "skew")) * time.Second
	s := quick(w.t, from, filepath.Join(w.dir, fmt.Sprint(i, ".db")),
		Options{Author: fmt.Sprint("author ", i), Random: &seeded{uint64(i + 1)}, Now: w.clock(skew)})
	w.sites = append(w.sites, s)
	return s
}

// clone has somebody go on as a site that another one goes on as, too.
func (w *world) clone(i int) {
	w.join(w.sites[i].path).own = w.sites[i].own
	w.forked = w.forked || w.sites[i].own.name != ""
	w.stats["clone"]++
}

// end closes and removes the copies.
func (w *world) end() {
	for _, s := range w.sites {
		_ = s.Close()
		_ = os.Remove(s.path)
	}
}

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
			id := rapid.SampledFrom(w.ids).Draw(t, "entity")
			field := rapid.SampledFrom(w.cells[id]).Draw(t, "field")
			g = g.Set(typeOf(id), id, field, w.value(typeOf(id), field))
		}
		check(s.Apply(bg, g))
	case "correct":
		field := rapid.SampledFrom([]string{"at", "title", "noise", "merged_into"}).Draw(t, "field")
		check(s.Apply(bg, model.Gesture{}.Set(model.TypeEvent, lineID(rapid.IntRange(0, worldLines).Draw(t, "line")), field, w.value(model.TypeEvent, field))))
	case "delete":
		id := rapid.SampledFrom(append(w.ids[:len(w.ids):len(w.ids)], lineID(1))).Draw(t, "entity")
		check(s.Apply(bg, model.Gesture{Edits: []model.Edit{{Type: typeOf(id), ID: id, Delete: true}}}))
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

// note records what the site's new changes could know.
func (w *world) note(i int) {
	s := w.sites[i]
	list, err := s.changes("1 ORDER BY c.site, c.seq")
	if err != nil {
		w.t.Fatal(err)
	}
	held, own, hashes := map[string]bool{}, map[string]bool{}, map[ref]string{}
	var fresh []*change
	for _, c := range list {
		hashes[c.ref()] = string(c.hash)
		if w.made[string(c.hash)] == nil {
			fresh = append(fresh, c)
			continue
		}
		held[string(c.hash)] = true
		own[string(c.hash)] = c.site == s.own.name
	}
	for _, c := range fresh {
		seen := &witness{change: c, held: maps.Clone(held), first: hashes[ref{c.site, c.gesture}]}
		if of, ok := c.marks(); ok {
			seen.target = hashes[of]
		}
		held[string(c.hash)], own[string(c.hash)] = true, true
		seen.own = maps.Clone(own)
		w.made[string(c.hash)] = seen
	}
}
