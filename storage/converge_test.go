package storage

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

var histories = flag.Int("histories", 200, "random histories that the convergence test plays")

func TestCopiesConverge(t *testing.T) {
	t.Parallel()
	if err := flag.Set("rapid.checks", strconv.Itoa(often(*histories))); err != nil {
		t.Fatal(err)
	}
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" { // the same verdict for the same code; -rapid.seed explores
		if err := flag.Set("rapid.seed", "20261122"); err != nil {
			t.Fatal(err)
		}
	}
	empty := blank(t)
	dir := t.TempDir()
	stats := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := play(t, empty, dir, stats)
		w.meetAll()
		w.compare(empty, filepath.Join(dir, "fresh.db"))
	})
	t.Log("histories:", stats)
}

// meetAll is a last full exchange, between files or by parcels: one site hears from all others, and then
// tells them.
func (w *world) meetAll() {
	byFile := rapid.Bool().Draw(w.t, "by file") || w.forked
	order := rapid.Permutation(w.sites).Draw(w.t, "order")
	bring := func(from, to *Store) {
		if byFile {
			w.merge(from, to)
		} else {
			deliver(w.t, to, parcels(w.t, from, vector{}))
		}
	}
	for _, s := range order[1:] {
		bring(s, order[0])
	}
	for _, s := range order[1:] {
		bring(order[0], s)
	}
}

func (w *world) merge(from, to *Store) {
	if from == to {
		return
	}
	report, err := to.Merge(bg, from.path)
	if err != nil || len(report.Refused) > 0 {
		w.t.Fatal(report.Refused, err)
	}
	w.stats["forks"] += len(report.Forks)
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
