package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"aftermath/model"
)

func size(t testing.TB, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	return info.Size()
}

func TestImportTwiceAddsNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	id := newIncident(t, s, "one")
	const n = 40_000 // more than wait for their place in the table of ids
	report, err := s.Import(bg, id, stream("app", n), nil)
	must(t, err)
	if report.New != n || report.Read != n || !report.First.At.Before(report.Last.At) || report.Import == "" {
		t.Fatalf("%+v", report)
	}
	before, grown := s.own.head, size(t, s.path)
	again, err := s.Import(bg, id, stream("app", n), nil)
	must(t, err)
	if again.New != 0 || again.Known != n || again.Read != n || again.Import != "" {
		t.Errorf("%+v", again)
	}
	if s.own.head.seq != before.seq || size(t, s.path) != grown {
		t.Errorf("an import without news wrote: %d changes, %d bytes", s.own.head.seq-before.seq, size(t, s.path)-grown)
	}
	page, err := s.Events(bg, model.EventQuery{Incident: id, Limit: 50, Last: true})
	must(t, err)
	if page.Total != n || page.Offset != n-50 || len(page.Events) != 50 {
		t.Errorf("total %d, offset %d, %d events", page.Total, page.Offset, len(page.Events))
	}
}

// The file is compared with one that has the same rows, their order and their words, but no log.
func TestGrowthOfTheFile(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.script("PRAGMA synchronous = OFF"))
	_, err := s.Import(bg, newIncident(t, s, "one"), stream("app", 20_000), nil)
	must(t, err)
	plain := filepath.Join(t.TempDir(), "plain.db")
	must(t, s.script("ATTACH '"+plain+"' AS plain",
		`CREATE TABLE plain.event(n INTEGER PRIMARY KEY, id INTEGER, incident INTEGER, at INTEGER, source INTEGER, kind INTEGER, precision INTEGER, zone_source INTEGER,
			actor TEXT, service TEXT, title TEXT, body TEXT, external_id TEXT, line INTEGER)`,
		"INSERT INTO plain.event SELECT n, id, 1, at, source, kind, precision, zone_source, actor, service, title, body, external_id, line FROM evidence ORDER BY n",
		"CREATE UNIQUE INDEX plain.event_id ON event(id)", "CREATE INDEX plain.event_at ON event(incident, at)",
		"CREATE VIRTUAL TABLE plain.words USING fts5(title, body, content='event', content_rowid='n')",
		"INSERT INTO plain.words(words) VALUES('rebuild')", "DETACH plain"))
	ratio := float64(size(t, s.path)) / float64(size(t, plain))
	t.Logf("%d bytes, plain %d: %.3f", size(t, s.path), size(t, plain), ratio)
	if ratio > 1.10 {
		t.Errorf("the file is %.3f times as large as the same rows plain", ratio)
	}
}

func TestImportKeepsWhatTheSourceSaid(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	at := time.Date(2026, 11, 2, 14, 7, 3, 123456789, time.UTC)
	want := model.Event{At: at, End: at.Add(time.Minute), Precision: "ns", ZoneSource: "told: Europe/London", Source: "slack", Kind: "comms", Actor: "maya", Service: "checkout",
		Title: "tab\tquote\" \x00 nul \x1b[31m ünïcode", Body: strings.Repeat("long ", 2000) + string([]byte{0xff, 0xfe}), URL: "https://example.org/1",
		ExternalID: "1", TimeText: "2.11.2026 14:07:03", Line: 7, Housekeeping: true}
	report := importAll(t, s, id, []model.Event{want})
	page, err := s.Events(bg, model.EventQuery{Incident: id, WithHousekeeping: true})
	must(t, err)
	got := page.Events[0]
	want.ID, want.Import, want.Incident, want.Untouched = got.ID, report.Import, id, true
	if got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if page, err := s.Events(bg, model.EventQuery{Incident: id}); err != nil || page.Total != 0 {
		t.Errorf("housekeeping shows: %d %v", page.Total, err)
	}
}

func TestImportRefusesTimesThatCannotBe(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	events := lines("app", 3)
	events[0].At = time.Time{}
	events[2].At = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	report := importAll(t, s, id, events)
	if report.New != 1 || report.Refused != 2 || report.Read != 3 || len(report.Refusals) != 2 || report.Refusals[1].Line != 3 {
		t.Errorf("%+v", report)
	}
	if r := record(t, s, id); r.Imports[0].Refused != 2 || !strings.Contains(r.Imports[0].Refusals, "no time") {
		t.Errorf("%+v", r.Imports)
	}
}

func TestImportThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := newIncident(t, s, "one")
	want := dump(t, s)
	broken := errors.New("the archive ends here")
	ctx, cancel := context.WithCancel(bg)
	for name, c := range map[string]struct {
		ctx  context.Context
		read model.ReadEvidence
		want error
	}{
		"a reader that fails": {bg, func(emit func(*model.Event) error) (model.Reading, error) {
			_, _ = stream("app", 40_000)(emit)
			return model.Reading{}, broken
		}, broken},
		"a cancelled one": {ctx, func(emit func(*model.Event) error) (model.Reading, error) {
			r, err := stream("app", 20_000)(emit)
			cancel()
			if err == nil {
				_, err = stream("more", 40_000)(emit)
			}
			return r, err
		}, context.Canceled},
	} {
		if _, err := s.Import(c.ctx, id, c.read, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if got := dump(t, s); got != want {
			t.Errorf("%s:\n%s", name, difference(want, got))
		}
	}
	if _, err := s.Import(bg, s.NewID(model.TypeIncident), reader(lines("app", 1)), nil); model.KindOf(err) != model.FaultInput {
		t.Errorf("an incident that is not there: %v", err)
	}
	importAll(t, s, id, lines("app", 10)) // and the file can be written again
}

func TestReadsGoOnDuringAnImport(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 300))
	asked, answered := make(chan bool), make(chan error)
	go func() {
		for range asked {
			page, err := s.Events(bg, model.EventQuery{Incident: id, Limit: 500})
			if err == nil && (page.Total != 300 || len(page.Events) != 300) {
				err = fmt.Errorf("total %d, %d events", page.Total, len(page.Events))
			}
			answered <- err
		}
	}()
	reads := 0
	report, err := s.Import(bg, id, func(emit func(*model.Event) error) (model.Reading, error) {
		return stream("new", 60_000)(func(e *model.Event) error {
			if e.Line%10_000 == 0 {
				asked <- true
				if err := <-answered; err != nil {
					return err
				}
				reads++
			}
			return emit(e)
		})
	}, nil)
	close(asked)
	must(t, err)
	if report.New != 60_000 || reads != 6 {
		t.Errorf("%d new, %d reads", report.New, reads)
	}
	if r := record(t, s, id); r.Events != 60_300 {
		t.Errorf("%d events", r.Events)
	}
}

func TestImportSaysHowFarItIs(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	last := 0
	_, err := s.Import(bg, id, reader(lines("app", 3500)), func(read int) {
		if read < last {
			t.Errorf("%d after %d", read, last)
		}
		last = read
	})
	must(t, err)
	if last != 3500 {
		t.Errorf("ended with %d", last)
	}
}

func TestBackupIsWholeAndOverwritesNothing(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 100))
	path := filepath.Join(t.TempDir(), "copy.db")
	must(t, s.Backup(bg, path))
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	before, err := os.ReadFile(path)
	must(t, err)
	if err := s.Backup(bg, path); model.KindOf(err) != model.FaultInput {
		t.Errorf("over another file: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Error("the file was overwritten")
	}
	if got, want := dump(t, openAt(t, path, "", "maya")), dump(t, s); got != want {
		t.Error(difference(want, got))
	}
}

// The report names the first of the first lines and the last of the last ones, as they stand in the file.
func TestReportNamesTheEdgesOfTheFile(t *testing.T) {
	s := open(t)
	events := append(lines("app", 3), lines("app", 3)...)
	for i := range events {
		events[i].ExternalID, events[i].Title = fmt.Sprint(i), fmt.Sprint("line ", i)
	}
	report := importAll(t, s, newIncident(t, s, "one"), events)
	if report.First.Title != "line 0" || report.Last.Title != "line 5" {
		t.Errorf("%+v %+v", report.First, report.Last)
	}
}
