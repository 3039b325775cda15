package storage

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"aftermath/model"
)

// A damaged name of a column is found, though SQLite takes it for another name, and is mended by the log.
func TestMalformedTableIsMended(t *testing.T) {
	t.Parallel()
	s := open(t)
	newIncident(t, s, "one")
	want := dump(t, s)
	must(t, s.Close())
	file, err := os.ReadFile(s.path)
	must(t, err)
	must(t, os.WriteFile(s.path, bytes.Replace(file, []byte(`"sample" TEXT`), []byte(`"sa?ple" TEXT`), 1), 0o600))
	s = openAt(t, s.path, "", "maya")
	report, err := s.Doctor(bg, false)
	must(t, err)
	if report.OK || len(report.Findings) == 0 || report.Findings[0].Where != "table sweep" {
		t.Fatalf("%+v", report)
	}
	report, err = s.Doctor(bg, true)
	must(t, err)
	if !report.OK || !report.Findings[0].Mended {
		t.Fatalf("mended: %+v", report)
	}
	if report, err = s.Doctor(bg, false); err != nil || !report.OK || len(report.Findings) != 0 {
		t.Fatalf("after it: %+v %v", report, err)
	}
	if got := dump(t, s); got != want {
		t.Error("the record is another one")
	}
}

// A file whose tables were made before the schema got another field is folded anew when it opens, and nothing is lost.
func TestTablesFollowTheSchema(t *testing.T) {
	t.Parallel()
	s := open(t)
	newIncident(t, s, "one")
	importAll(t, s, newIncident(t, s, "two"), lines("app", 20))
	want := dump(t, s)
	must(t, s.script("DROP TABLE reply", "DROP TABLE factor", "UPDATE meta SET value = 'former' WHERE name = 'schema'"))
	must(t, s.Close())
	s = openAt(t, s.path, "", "maya")
	if got := dump(t, s); got != want {
		t.Errorf("the record is another one:\n%s\nwant\n%s", got, want)
	}
	sound(t, s)
}

// Where such a file may only be read, it says so, and what to do.
func TestOldTablesThatMayOnlyBeRead(t *testing.T) {
	t.Parallel()
	s := open(t)
	must(t, s.script("DROP TABLE reply", "UPDATE meta SET value = 'former' WHERE name = 'schema'"))
	must(t, s.Close())
	_, err := Open(bg, s.path, Options{ReadOnly: true})
	if model.KindOf(err) != model.FaultSealed || !strings.Contains(err.Error(), "an older version") || !strings.Contains(err.Error(), "open a copy") {
		t.Errorf("%v", err)
	}
}

func TestNamesOfDefinitions(t *testing.T) {
	for definition, want := range map[string]string{
		`CREATE TABLE meta(name TEXT)`: "meta", "CREATE TABLE \"sweep\"(n INTEGER)": "sweep", `CREATE INDEX cell_clash ON cell(entity)`: "cell_clash",
		`CREATE VIRTUAL TABLE typed_words USING fts5(text)`: "typed_words",
	} {
		if got := nameOf(definition); got != want {
			t.Errorf("%s: %s", definition, got)
		}
	}
	if strings.Contains(spaced("a,\n\t\tb"), "\n") {
		t.Error("a line break is left")
	}
}
