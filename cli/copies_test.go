package cli_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"aftermath/exporters"
	"aftermath/model"
	"aftermath/storage"
)

// told are the commands whose answers follow from the log alone.
func told(key string) [][]string {
	list := [][]string{{"show", key}, {"diff", key}, {"diff", key + "@start..now"}, {"search", "value", "--json"},
		{"alike", "value of the statement", "--json"}}
	for _, name := range []string{"list", "log", "conflicts", "templates", "doctor"} {
		list = append(list, []string{name, "--json"})
	}
	for _, name := range []string{"show", "log", "events", "inbox", "check", "score", "doubts", "guide"} {
		list = append(list, []string{name, key, "--json"})
	}
	for _, format := range exporters.Formats {
		list = append(list, []string{"export", key, "--format", format})
	}
	for _, profile := range exporters.Profiles {
		list = append(list, []string{"export", key, "--profile", profile})
	}
	for _, audience := range exporters.Audiences {
		list = append(list, []string{"export", key, "--audience", audience, "--allow-leaks", "a test"})
	}
	return list
}

// A copyist writes at random what the schema has fields for, so that a type that is added to it is written too.
type copyist struct {
	*rand.Rand
	t        *testing.T
	types    []model.Type
	incident model.ID
	now      time.Time
	nonce    int
}

func (c *copyist) id(t model.Type) model.ID {
	if t == model.TypeIncident {
		return c.incident
	}
	return model.IDFrom(t, [8]byte{byte(c.Intn(3)), 7: byte(c.Intn(2))})
}

func (c *copyist) value(f model.Field) any {
	c.nonce++
	one := func(of ...string) any { return of[c.Intn(len(of))] }
	switch f.Kind {
	case model.Number:
		return json.Number(fmt.Sprint(1 + c.Intn(3)))
	case model.Flag:
		return true
	case model.Time:
		return c.now.Add(time.Duration(c.Intn(3)) * time.Minute).Format(time.RFC3339)
	case model.Date:
		return one("2026-11-02", "2026-12-01")
	case model.Offset:
		return one("+1m30s", "-2m")
	case model.Ranged:
		return one("1–2–4", "2–4–9")
	case model.Ref:
		return string(c.id(f.To))
	case model.Choice:
		if words := model.DefaultTaxonomy()[f.List]; len(words) > 0 {
			return words[c.Intn(len(words))].Value
		}
	}
	return one(fmt.Sprint("value ", c.nonce), "value of the "+f.Name)
}

// entry is one gesture that says much of one entry.
func (c *copyist) entry() model.Gesture {
	t := c.types[c.Intn(len(c.types))]
	switch c.Intn(6) { // where people meet most
	case 0:
		t = model.TypeIncident
	case 1:
		t = model.TypeEvent
	}
	id := c.id(t)
	g := model.Gesture{Label: "write", Source: "test"}
	if _, of := model.Named(t, "incident"); of {
		g = g.Set(t, id, "incident", string(c.incident))
	}
	for _, f := range model.Schema[t] {
		switch {
		case f.Name == "incident" || f.Name == "key" || c.Intn(3) == 0:
		case f.Kind == model.Set && f.To != "":
			g = g.Set(t, id, model.Member(f.Name, string(c.id(f.To))), true)
		case f.Kind == model.Set:
			g = g.Set(t, id, model.Member(f.Name, fmt.Sprint("word", c.Intn(3))), true)
		default:
			g = g.Set(t, id, f.Name, c.value(f))
		}
	}
	return g
}

// work has somebody do this and that on a copy.
func (c *copyist) work(d *desk, author string) {
	skew := []time.Duration{0, 0, 0, -time.Hour, time.Hour}[c.Intn(5)]
	now := func() time.Time { return c.now.Add(skew) } // much is done in one moment
	s, err := storage.Open(d.t.Context(), d.file, storage.Options{Author: author, Leases: filepath.Join(d.dir, "sites"), Now: now})
	var list []model.Gesture
	for range 6 + c.Intn(10) {
		list = append(list, c.entry())
	}
	for _, g := range list {
		err = cmp.Or(err, s.Apply(d.t.Context(), g))
		switch c.Intn(8) {
		case 0:
			_, undone := s.Undo(d.t.Context())
			err = cmp.Or(err, undone)
		case 1:
			id := c.id(g.Edits[0].Type)
			if id != c.incident {
				remove := model.Edit{Type: id.Type(), ID: id, Delete: true}
				err = cmp.Or(err, s.Apply(d.t.Context(), model.Gesture{Label: "remove", Edits: []model.Edit{remove}}))
			}
		}
	}
	err = cmp.Or(err, s.Apply(d.t.Context(), c.beginning())) // which may be undone by now
	if err := cmp.Or(err, s.Close()); err != nil {
		c.t.Fatal(err)
	}
	d.now = c.now.Add(skew)
	if c.Intn(2) == 0 {
		d.does("redact", string(c.incident), fmt.Sprint("text ", c.nonce), "one")
	}
	if c.Intn(2) == 0 {
		log := filepath.Join(d.dir, "app.jsonl")
		var lines []byte
		for range 4 {
			lines = fmt.Appendf(lines, `{"time":"2026-11-02T14:00:00Z","level":"error","msg":"value %d of the pool"}`+"\n", c.Intn(6))
		}
		if err := os.WriteFile(log, lines, 0o600); err != nil {
			c.t.Fatal(err)
		}
		d.run("import", string(c.incident), "auto", log) // what it holds may be known already
	}
	if c.Intn(2) == 0 {
		d.does("seal", string(c.incident), "--reason", "by "+author)
		d.does("approve", string(c.incident))
	}
}

func (c *copyist) beginning() model.Gesture {
	return model.Gesture{Label: "new"}.Set(model.TypeIncident, c.incident, "key", "2026-11-02-one").
		Set(model.TypeIncident, c.incident, "started", "2026-11-02T14:00:00Z")
}

// Copies that hold the same log say the same, byte for byte, whatever each of them heard first, and also where two of
// them went on as one site.
func TestCopiesSayTheSame(t *testing.T) {
	t.Parallel()
	for seed := range int64(often(4)) {
		c := &copyist{Rand: rand.New(rand.NewSource(seed)), t: t, types: slices.Sorted(maps.Keys(model.Schema)),
			incident: "N-0000000000000001", now: time.Date(2026, 11, 2, 14, 0, 0, 0, time.UTC)}
		ada := newDesk(t)
		s, err := storage.Open(t.Context(), ada.file, storage.Options{Author: "ada", Leases: filepath.Join(ada.dir, "sites")})
		if err == nil {
			err = cmp.Or(s.Apply(t.Context(), c.beginning()), s.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		c.work(ada, "ada")
		backup := snapshot(t, ada)
		bob := copyDesk(t, ada)
		c.work(bob, "bob")
		c.work(ada, "ada")
		carl := copyDesk(t, ada)
		if seed%2 == 0 { // ada's home is put back to where it was: it forks
			backup()
			c.work(ada, "ada")
		}
		c.work(carl, "carl")
		desks := []*desk{ada, bob, carl}
		for range 2 {
			for _, i := range c.Perm(3) {
				for _, j := range c.Perm(3) {
					if i != j {
						desks[i].does("merge", desks[j].file)
					}
				}
			}
			c.Shuffle(3, func(i, j int) { desks[i], desks[j] = desks[j], desks[i] })
		}
		for _, d := range desks {
			d.now = c.now
		}
		for _, command := range told(string(c.incident)) {
			code, want, said := desks[0].run(command...)
			if code > 1 {
				t.Fatalf("%v: %s", command, said)
			}
			for _, d := range desks[1:] {
				if again, got, _ := d.run(command...); got != want || again != code {
					t.Errorf("seed %d, %v:\n%s", seed, command, firstDifference(want, got))
				}
			}
		}
	}
}

func firstDifference(a, b string) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	cut := func(text string) string { return text[max(0, at-200):min(len(text), at+200)] }
	return fmt.Sprintf("%q\n%q", cut(a), cut(b))
}

func copyDesk(t *testing.T, from *desk) *desk {
	t.Helper()
	d := newDesk(t)
	data, err := os.ReadFile(from.file)
	if err == nil {
		err = os.WriteFile(d.file, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.now = from.now
	return d
}

// snapshot gives a function that puts a desk's file and leases back in place, as some backups do.
func snapshot(t *testing.T, d *desk) (restore func()) {
	t.Helper()
	files := map[string][]byte{}
	leases, err := os.ReadDir(filepath.Join(d.dir, "sites"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append([]string{d.file}, names(filepath.Join(d.dir, "sites"), leases)...) {
		if files[path], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		for path, data := range files {
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func names(dir string, list []os.DirEntry) (paths []string) {
	for _, entry := range list {
		paths = append(paths, filepath.Join(dir, entry.Name()))
	}
	return paths
}

// often is how many times a long test repeats: a tenth under -short.
func often(n int) int {
	if testing.Short() {
		return max(1, n/10)
	}
	return n
}
