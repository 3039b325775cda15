package demo

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/exporters"
	"aftermath/model"
	"aftermath/storage"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden anew")

// written is a file that holds the sample, and its incidents, newest first.
func written(t *testing.T) (*storage.Store, []model.IncidentLine) {
	t.Helper()
	now := time.Date(2026, 9, 2, 9, 0, 0, 0, time.UTC)
	ctx := context.Background()
	s, err := storage.Open(ctx, filepath.Join(t.TempDir(), "demo.db"), storage.Options{Author: "demo", Random: rand.NewChaCha8([32]byte{1}),
		Now: func() time.Time { now = now.Add(time.Second); return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := Write(ctx, s); err != nil {
		t.Fatal(err)
	}
	lines, _, err := s.Incidents(ctx, model.IncidentQuery{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) == 2 && lines[0].Started.Before(lines[1].Started) {
		lines[0], lines[1] = lines[1], lines[0]
	}
	return s, lines
}

func retroOf(t *testing.T, s *storage.Store, id model.ID) exporters.Retro {
	t.Helper()
	rec, err := s.Record(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return exporters.Retro{Record: *rec, ShortID: func(id model.ID) string { return string(id)[:6] },
		Events: func(yield func(*model.Event) error) error {
			return s.EachEvent(context.Background(), model.EventQuery{Incident: id, WithNoise: true, WithHousekeeping: true, WithMerged: true}, yield)
		}}
}

func TestTheSampleIsComplete(t *testing.T) {
	s, lines := written(t)
	if len(lines) != 2 {
		t.Fatalf("%d incidents", len(lines))
	}
	r := retroOf(t, s, lines[0].ID)
	sources, noted, merged, noise := map[string]int{}, 0, 0, 0
	summary := model.NewEventSummary(r.Record)
	_ = r.Events(func(e *model.Event) error {
		sources[e.Source]++
		if e.Belief != "" || e.Why != "" {
			noted++
		}
		if e.MergedInto != "" {
			merged++
		}
		if e.Noise {
			noise++
		}
		summary.Add(e)
		return nil
	})
	if len(sources) != 6 || noted < 5 || merged < 3 || noise < 2 {
		t.Errorf("sources %v, %d lines with notes, %d merged, %d noise", sources, noted, merged, noise)
	}
	if total := r.Record.Evidence; total < 60 || total > 90 {
		t.Errorf("%d lines of evidence", total)
	}
	if len(r.Record.Factors) != 8 || len(r.Record.Interactions) != 9 || len(r.Record.Actions) != 7 || len(r.Record.Participants) != 6 {
		t.Errorf("%d factors, %d interactions, %d actions, %d participants", len(r.Record.Factors), len(r.Record.Interactions), len(r.Record.Actions), len(r.Record.Participants))
	}
	var d []string
	for _, x := range r.Record.Incident.Durations() {
		d = append(d, x.Short+" "+model.FormatDuration(x.Value))
	}
	if want := "TTD 6m, TTA 1m 35s, TTM 38m, TTR 45m"; strings.Join(d, ", ") != want {
		t.Errorf("%v, want %s", d, want)
	}
	// What the checks still ask must be what the story leaves open on purpose.
	for _, f := range model.Check(r.Record, summary, model.DefaultTaxonomy(), model.DefaultRequired()) {
		t.Errorf("%s: %s %s", f.Where, f.What, f.Question)
	}
	for _, p := range model.Completeness(r.Record, model.DefaultRequired(), model.DefaultScale()) {
		if !p.Complete() && p.Step != "publish" {
			t.Errorf("%s lacks %v", p.Step, p.Missing)
		}
	}
}

func TestTheSampleRanks(t *testing.T) {
	s, lines := written(t)
	r := model.Rank(retroOf(t, s, lines[0].ID).Record.Actions, model.DefaultScale(), model.DefaultCutLine)
	var got []string
	for _, x := range r.Ranked {
		got = append(got, x.Rank+" "+x.Formula)
	}
	want := []string{"1 3 × 3 ÷ 1 = 9", "2 2 × 3 ÷ 1 = 6", "3 3 × 3 ÷ 2 = 4.5", "4= 3 × 2 ÷ 2 = 3", "4= 2 × 3 ÷ 2 = 3", "6 1 × 3 ÷ 3 = 1"}
	if d := cmp.Diff(want, got); d != "" || len(r.Ideas) != 1 || r.Cut != 5 {
		t.Error(d, r.Cut)
	}
}

func TestTheSampleAsADocument(t *testing.T) {
	s, lines := written(t)
	for _, profile := range []string{"github", "plain"} {
		var b bytes.Buffer
		if err := exporters.Markdown(&b, retroOf(t, s, lines[0].ID), profile); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", "outage."+profile+".md")
		if *update {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), b.String()); d != "" {
			t.Error(d)
		}
	}
}

// refusing is a writer that fails at its nth gesture.
type refusing struct{ left int }

var errFull = errors.New("full")

func (r *refusing) NewID(t model.Type) model.ID { return model.NewID(t, zeros{}) }

func (r *refusing) Apply(context.Context, model.Gesture) error {
	if r.left--; r.left < 0 {
		return errFull
	}
	return nil
}

func (r *refusing) Import(context.Context, model.ID, model.ReadEvidence, func(int)) (model.ImportReport, error) {
	return model.ImportReport{}, nil
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

var _ io.Reader = zeros{}

func TestWriteTellsWhatFailed(t *testing.T) {
	for _, n := range []int{0, 3, 20} {
		if err := Write(context.Background(), &refusing{left: n}); !errors.Is(err, errFull) {
			t.Errorf("after %d gestures: %v", n, err)
		}
	}
}
