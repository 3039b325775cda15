package storage

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aftermath/model"
)

// Who opens a file next goes on as its site only where everything is as that site left it.
func TestLeaseFitsOneFileOnOneMachine(t *testing.T) {
	for name, c := range map[string]struct {
		change func(t *testing.T, path, lease string) string // gives the path to open
		goesOn bool
	}{
		"nothing happened": {func(t *testing.T, path, lease string) string { return path }, true},
		"the file was renamed": {func(t *testing.T, path, lease string) string {
			must(t, os.Rename(path, path+".db"))
			return path + ".db"
		}, false},
		"another copy took its place": {func(t *testing.T, path, lease string) string {
			data, err := os.ReadFile(path)
			must(t, err)
			must(t, os.WriteFile(path+".new", data, 0o600))
			must(t, os.Rename(path+".new", path))
			return path
		}, false},
		"a machine that was cloned, or started anew": {func(t *testing.T, path, lease string) string {
			text, err := os.ReadFile(lease)
			must(t, err)
			must(t, os.WriteFile(lease, []byte(strings.ReplaceAll(string(text), machine(), "0011223344556677")), 0o600))
			return path
		}, false},
		"it was written to meanwhile": {func(t *testing.T, path, lease string) string {
			text, err := os.ReadFile(lease)
			must(t, err)
			must(t, os.WriteFile(lease, []byte(strings.Replace(string(text), " 4 ", " 3 ", 1)), 0o600))
			return path
		}, false},
		"the lease is gone": {func(t *testing.T, path, lease string) string {
			must(t, os.Remove(lease))
			return path
		}, false},
	} {
		dir := t.TempDir()
		path, leases := filepath.Join(dir, "a.db"), filepath.Join(dir, "leases")
		s := openAt(t, path, leases, "maya")
		id := newIncident(t, s, "one")
		site := s.own.name
		must(t, s.Close())
		s = openAt(t, c.change(t, path, filepath.Join(leases, site)), leases, "maya")
		rename(t, s, id, "once more")
		if (s.own.name == site) != c.goesOn {
			t.Errorf("%s: goes on %v", name, s.own.name == site)
		}
		must(t, s.Close())
	}
}

// A program that is killed leaves its site to the next one: the lease is kept up to date.
func TestKilledProgramLeavesItsSite(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	site, leases := s.own.name, s.opt.Leases
	merge(t, s, copyOf(t, s, filepath.Join(t.TempDir(), "same.db"), "sam")) // also after one that writes nothing
	kill(t, s)
	s = openAt(t, s.path, leases, "maya")
	rename(t, s, id, "after it")
	if s.own.name != site {
		t.Error("a kill costs a site")
	}
	kill(t, s)
	text, err := os.ReadFile(filepath.Join(leases, site))
	must(t, err)
	if is, ok := parseLease(string(text)); !ok || is.clean || is.head.seq != s.own.head.seq {
		t.Errorf("the lease says %s", text)
	}
}

// kill has the system let go of what a process held.
func kill(t *testing.T, s *Store) {
	t.Helper()
	must(t, s.leases.held.Close())
	s.leases = nil
	must(t, s.Close())
}

// What processes left that are gone is swept once nothing can fit it.
func TestLeasesAreSwept(t *testing.T) {
	dir := t.TempDir()
	leases := filepath.Join(dir, "leases")
	var paths, sites []string
	for _, name := range []string{"gone.db", "kept.db", "running.db"} {
		s := openAt(t, filepath.Join(dir, name), leases, "maya")
		newIncident(t, s, "one")
		paths, sites = append(paths, s.path), append(sites, s.own.name)
		if name != "running.db" {
			kill(t, s)
		}
	}
	must(t, os.Remove(paths[0]))
	must(t, os.WriteFile(filepath.Join(leases, "0123456789abcdef.held"), nil, 0o600)) // of an older version
	must(t, openAt(t, filepath.Join(dir, "other.db"), leases, "maya").Close())
	left, err := os.ReadDir(leases)
	must(t, err)
	var names []string
	for _, entry := range left {
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); len(names) != 2 || !strings.Contains(got, sites[1]) || !strings.Contains(got, sites[2]) {
		t.Errorf("left %s, of %s", got, sites)
	}
}

// A home that was put back goes on as its site until it hears of what the site did after the backup; then it is a new
// one, and the site keeps what it did.
func TestSiteThatIsAlsoAnothersIsGivenUp(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	backup := copyOf(t, s, filepath.Join(t.TempDir(), "backup.db"), "maya")
	backup.own = s.own
	rename(t, s, id, "after the backup")
	must(t, s.Close())
	report, err := backup.Merge(bg, s.path)
	must(t, err)
	if report.New == 0 || report.Forks != nil || report.Refused != nil || title(t, backup, id) != "after the backup" {
		t.Errorf("%+v", report)
	}
	rename(t, backup, id, "by the backup")
	if backup.own.name == s.own.name {
		t.Error("it goes on as a site that is another's")
	}
	must(t, backup.verify(func(b breach) { t.Error(b) }))
	original := openAt(t, s.path, "", "maya")
	original.own = s.own
	apply(t, original, model.Gesture{}.Set(model.TypeIncident, id, "summary", "by the original"))
	report, err = original.Merge(bg, backup.path)
	must(t, err)
	if len(report.Forks) > 0 || len(report.Refused) > 0 || title(t, original, id) != "by the backup" {
		t.Errorf("%+v", report)
	}
}
