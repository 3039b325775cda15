package storage

import (
	"errors"
	"testing"

	"aftermath/model"
)

// A trial counts against what the incident shows, and leaves the file as it was, byte for byte.
func TestTryImportKeepsNothing(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 3))
	want, before := dump(t, s), size(t, s.path)
	for range 2 {
		report, err := s.TryImport(bg, id, "", reader(lines("app", 5)), nil)
		if err != nil || report.New != 2 || report.Known != 3 || report.Import != "" || report.Last.At.IsZero() {
			t.Fatalf("%+v %v", report, err)
		}
	}
	if got := dump(t, s); got != want || size(t, s.path) != before {
		t.Error(difference(want, got))
	}
	if report := importAll(t, s, id, lines("app", 5)); report.New != 2 || report.Known != 3 {
		t.Errorf("%+v", report)
	}
}

func TestTryImportFailsAsAnImportDoes(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	broken := errors.New("broken")
	if _, err := s.TryImport(bg, id, "", func(func(*model.Event) error) (model.Reading, error) { return model.Reading{}, broken }, nil); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := s.TryImport(bg, s.NewID(model.TypeIncident), "", reader(lines("app", 1)), nil); model.KindOf(err) != model.FaultInput {
		t.Error(err)
	}
}
