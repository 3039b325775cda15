package storage

import (
	"bytes"
	"os"
	"path/filepath"
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

// The doctor looks at a copy: it needs no lock that a writer has, and it writes nothing.
func TestDoctorLocksNobodyOut(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 50))
	other, err := Open(bg, s.path, Options{Author: "b"})
	must(t, err)
	defer other.Close()
	must(t, other.script("BEGIN IMMEDIATE")) // somebody is in the middle of writing
	before, err := os.ReadFile(s.path)
	must(t, err)
	killed := filepath.Join(filepath.Dir(s.opt.Leases), "doctor-1") // what a doctor that was killed left
	must(t, os.Mkdir(killed, 0o700))
	must(t, os.WriteFile(filepath.Join(killed, "held"), nil, 0o600))
	s.writing.Lock() // and so is this program
	report, err := s.Doctor(bg, false)
	s.writing.Unlock()
	must(t, err)
	if !report.OK {
		t.Errorf("%+v", report)
	}
	must(t, other.script("ROLLBACK"))
	if after, err := os.ReadFile(s.path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the doctor wrote into the file, %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(s.opt.Leases), "doctor-*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// Whatever is found, something can be done about it or is asked.
func TestDoctorSaysWhatToDo(t *testing.T) {
	for _, harm := range [][]string{
		{"UPDATE incident SET title = 'not what the log says'"},
		{"UPDATE evidence SET title = 'forged' WHERE n = 3"},
		{"UPDATE change SET author = 1 + author WHERE seq = 2"},
		{"DELETE FROM change WHERE seq = 2"},
		{"DROP INDEX tally_started"},
	} {
		s := open(t)
		importAll(t, s, newIncident(t, s, "one"), lines("app", 50))
		must(t, s.script(harm...))
		report, err := s.Doctor(bg, false)
		must(t, err)
		if report.OK || len(report.Findings) == 0 {
			t.Errorf("%q: nothing was found", harm)
		}
		for _, f := range report.Findings {
			if f.Remedy == "" && f.Question == "" {
				t.Errorf("%q: %+v says nothing to do", harm, f)
			}
		}
	}
}
