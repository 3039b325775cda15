package storage

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"aftermath/model"
)

// stream gives n events without holding them.
func stream(source string, n int) model.ReadEvidence {
	return func(emit func(*model.Event) error) (model.Reading, error) {
		base := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
		for i := range n {
			at := base.Add(time.Duration(i) * 37 * time.Millisecond)
			e := model.Event{At: at, TimeText: at.Format(time.RFC3339Nano), Precision: "ms", ZoneSource: "data", Source: source, Kind: "log",
				Actor: fmt.Sprintf("host-%d", i%40), Service: "checkout",
				Title:      fmt.Sprintf("request %d to %s took %d ms in region eu-west-%d", i, [...]string{"checkout", "cart", "search", "login"}[i%4], i*7919%5000, i%3),
				Body:       fmt.Sprintf("trace %x pool %d%% in use, retry %d of 3, certificate %s", i*2654435761, i%100, i%4, [...]string{"valid", "expired", "renewed"}[i%3]),
				ExternalID: fmt.Sprintf("%s:%08d", source, i), Line: i + 1}
			if err := emit(&e); err != nil {
				return model.Reading{}, err
			}
		}
		return model.Reading{Source: source, Name: "app.log", Digest: "d", Parser: "1", Read: n}, nil
	}
}

func filled(b testing.TB, n int) (*Store, model.ID) {
	b.Helper()
	s := open(b)
	id := newIncident(b, s, "one")
	_, err := s.Import(bg, id, stream("app", n), nil)
	must(b, err)
	return s, id
}

func BenchmarkImport100k(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		s := openAt(b, filepath.Join(dir, "a.db"), "", "maya")
		id := newIncident(b, s, "one")
		if _, err := s.Import(bg, id, stream("app", 100_000), nil); err != nil {
			b.Fatal(err)
		}
		if info, err := os.Stat(s.path); err == nil {
			b.ReportMetric(float64(info.Size())/100_000, "B/row")
		}
		must(b, s.Close())
	}
}

func BenchmarkImportAgain100k(b *testing.B) {
	s, id := filled(b, 100_000)
	for b.Loop() {
		if _, err := s.Import(bg, id, stream("app", 100_000), nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	s, id := filled(b, 100_000)
	middle, err := s.Events(bg, model.EventQuery{Incident: id, From: time.Date(2026, 11, 2, 0, 30, 0, 0, time.UTC), Limit: 1})
	must(b, err)
	for name, q := range map[string]model.EventQuery{
		"first":    {Incident: id, Limit: 50},
		"last":     {Incident: id, Limit: 50, Last: true},
		"after":    {Incident: id, Limit: 50, After: &middle.Cursors[0]},
		"at event": {Incident: id, Limit: 50, AtEvent: middle.Events[0].ID},
		"sources":  {Incident: id, Limit: 50, Sources: []string{"app"}},
		"text":     {Incident: id, Limit: 50, Text: "certificate expired"},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Events(bg, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("density", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Density(bg, model.EventQuery{Incident: id}, 100); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, rank := range []bool{false, true} {
		b.Run(fmt.Sprint("search by rank ", rank), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Search(bg, "certificate expired", "", 50, rank); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("each", func(b *testing.B) {
		for b.Loop() {
			must(b, s.EachEvent(bg, model.EventQuery{Incident: id}, func(*model.Event) error { return nil }))
		}
	})
}

func BenchmarkEdit(b *testing.B) {
	s := open(b)
	id := newIncident(b, s, "one")
	i := 0
	for b.Loop() {
		i++
		apply(b, s, model.Gesture{Label: "edit"}.Set(model.TypeIncident, id, "title", fmt.Sprint("title ", i)))
	}
}

func BenchmarkOpen(b *testing.B) {
	s, id := filled(b, 100_000)
	path, leases := s.path, s.opt.Leases
	must(b, s.Close())
	for b.Loop() {
		s := openAt(b, path, leases, "maya")
		if _, err := s.Events(bg, model.EventQuery{Incident: id, Limit: 50}); err != nil {
			b.Fatal(err)
		}
		must(b, s.Close())
	}
}

// BenchmarkDoubts100k looks through a whole timeline for times that cannot be right, as the screen does after
// each change.
func BenchmarkDoubts100k(b *testing.B) {
	s, id := filled(b, 100_000)
	r, err := s.Record(bg, id)
	must(b, err)
	b.ReportAllocs()
	for b.Loop() {
		if _, seen, _, err := model.FindDoubts(*r, func(yield func(*model.Event) error) error {
			return s.EachEvent(bg, model.EventQuery{Incident: id}, yield)
		}); err != nil || seen != 100_000 {
			b.Fatal(seen, err)
		}
	}
}
