package storage

import (
	"testing"

	"aftermath/model"
)

func TestDoctorFindsAndMends(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 50))
	f := s.NewID(model.TypeFactor)
	apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "evidence/E-00000000000000ff", true))
	want := dump(t, s)
	report, err := s.Doctor(bg, false)
	must(t, err)
	if !report.OK || len(report.Findings) != 1 || report.Findings[0].Question == "" {
		t.Fatalf("%+v", report)
	}
	must(t, s.script("UPDATE incident SET title = 'not what the log says'", "DELETE FROM timeline WHERE n % 2 = 0", "UPDATE tally SET events = 7"))
	if report, err = s.Doctor(bg, false); err != nil || report.OK || len(report.Findings) < 4 {
		t.Fatalf("%+v %v", report, err)
	}
	if report, err = s.Doctor(bg, true); err != nil || !report.OK || !report.Findings[0].Mended {
		t.Fatalf("%+v %v", report, err)
	}
	if got := dump(t, s); got != want {
		t.Error(difference(want, got))
	}
	must(t, s.script("UPDATE evidence SET title = 'forged' WHERE n = 3"))
	if report, err = s.Doctor(bg, true); err != nil || report.OK {
		t.Errorf("a forged line: %+v %v", report, err)
	}
}
