package storage

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
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
		"A-00000000000000a1": model.TypeAction, "E-00000000000000e1": model.TypeEvent, "X-00000000000000b1": "widget",
		"C-00000000000000c1": model.TypeClock, "W-00000000000000d1": model.TypeSweep, "T-00000000000000e9": model.TypeTemplate,
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
	case model.TypeClock:
		return []string{"incident", "source", "offset"}
	case model.TypeSweep:
		return []string{"incident", "source", "shape"}
	case model.TypeTemplate: // it belongs to the file
		return []string{"name", "steps"}
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
	case field == "source":
		return "slack"
	case field == "offset":
		return rapid.SampledFrom([]string{"+1m30s", "-2m"}).Draw(w.t, "offset")
	case field == "shape":
		return "said #"
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
		Body: fmt.Sprint("body ", w.nonce), ExternalID: fmt.Sprint("m", k), Housekeeping: k == 0,
		Updated: rapid.SampledFrom([]time.Time{{}, time.Unix(100, 0), time.Unix(200, 0)}).Draw(w.t, "updated")}
}

func lineID(k int) model.ID {
	r := newEvidence(worldIncident, &model.Event{At: time.Unix(0, 0), Source: "slack", ExternalID: fmt.Sprint("m", k)})
	return eventID(r.id)
}

const worldLines = 6

var worldSteps = []string{"set", "set", "set", "gesture", "correct", "delete", "delete", "undo", "undo", "redo", "settle", "import", "import", "exchange", "exchange", "exchange"}

// play opens some copies of an empty file in dir, and has their people do this and that.
func play(t *rapid.T, empty, dir string, stats map[string]int) *world {
	w := &world{t: t, held: map[ref]vector{}, made: map[ref]*change{}, stats: stats}
	t.Cleanup(w.end)
	n := rapid.SampledFrom([]int{2, 2, 3, 3, 4}).Draw(t, "sites")
	clock := time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)
	for i := range n {
		skew := time.Duration(rapid.Int64Range(-86400, 86400).Draw(t, "skew")) * time.Second
		w.sites = append(w.sites, quick(t, empty, filepath.Join(dir, fmt.Sprint(i, ".db")), Options{Author: fmt.Sprint("author ", i), Random: &seeded{uint64(i + 1)}, Now: func() time.Time {
			clock = clock.Add(time.Millisecond)
			return clock.Add(skew)
		}}))
	}
	before := w.sites[0].own.head
	if err := w.sites[0].Apply(bg, model.Gesture{}.Set(model.TypeIncident, worldIncident, "title", "the beginning")); err != nil {
		t.Fatal(err)
	}
	w.note(0, before)
	for _, s := range w.sites[1:] {
		deliver(t, s, parcels(t, w.sites[0], vector{}))
	}
	for range rapid.IntRange(5, 32).Draw(t, "steps") {
		i := rapid.IntRange(0, n-1).Draw(t, "site")
		op := rapid.SampledFrom(worldSteps).Draw(t, "op")
		if op == "exchange" {
			w.exchange(i, rapid.IntRange(0, n-1).Draw(t, "to"))
			continue
		}
		before := w.sites[i].own.head
		w.step(i, op)
		w.note(i, before)
	}
	return w
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
