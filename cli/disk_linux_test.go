package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// disk is a small file system of its own. Only somebody who may mount can have one.
func disk(t *testing.T, size string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small disk needs the right to mount one: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFullDiskLosesNothing(t *testing.T) {
	d := newDesk(t)
	dir := disk(t, "640k")
	d.file = filepath.Join(dir, "retros.db")
	d.does("new", "--title", "Slow", "--started", "2026-11-02T10:00Z")
	d.does("set", slow, "severity", "sev2")
	before := d.does("show", slow, "--json")
	if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 1<<20), 0o600); err == nil {
		t.Fatal("the disk is not full")
	}
	line := d.refuses(5, "set", slow, "summary", strings.Repeat("much to say ", 10_000))
	d.says(line, "disk is full", "retros.db")
	d.refuses(3, "export", slow, "-o", filepath.Join(dir, "retro.md"))
	d.refuses(5, "backup", filepath.Join(dir, "copy.db"))
	if after := d.does("show", slow, "--json"); after != before {
		t.Errorf("the record changed:\n%s", after)
	}
	if err := os.Remove(filepath.Join(dir, "filler")); err != nil {
		t.Fatal(err)
	}
	d.does("set", slow, "severity", "sev1")
	d.says(d.does("doctor"), "sound")
}

// Want of room is no damage: the doctor says what it could not look at.
func TestTheDoctorNeedsRoom(t *testing.T) {
	d := newDesk(t)
	d.does("demo", "--write", d.file)
	d.leases = filepath.Join(disk(t, "256k"), "sites")
	line := d.refuses(5, "doctor")
	d.says(line, "not compared", "no room", "XDG_STATE_HOME")
	d.leases = ""
	d.says(d.does("doctor"), "sound")
}

func TestADiskThatIsReadOnlyIsRead(t *testing.T) {
	d := newDesk(t)
	dir := disk(t, "4m")
	d.file = filepath.Join(dir, "retros.db")
	d.does("new", "--title", "Slow", "--started", "2026-11-02T10:00Z")
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	d.says(d.does("list"), "Slow")
	d.says(d.does("export", slow), "# Slow")
	d.says(d.refuses(5, "set", slow, "severity", "sev1"), "may only be read", "retros.db")
	d.says(d.refuses(5, "new", "--title", "x"), "retros.db")
	d.says(d.refuses(5, "--file", filepath.Join(dir, "new.db"), "new", "--title", "x"), "new.db", "cannot be made")
	d.says(d.refuses(3, "export", slow, "-o", filepath.Join(dir, "retro.md")), "retro.md: read-only file system")
}

func TestAnAnswerThatCannotBeWrittenIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	d := retro(t)
	d.out = full
	for _, args := range [][]string{{"list"}, {"show", slow}, {"show", slow, "--json"}, {"export", slow}, {"log"}, {"check", slow}, {"man"}, {"version"}, {"--help"}} {
		code, _, stderr := d.run(args...)
		if code != 3 || !strings.Contains(stderr, "no space left") {
			t.Errorf("%v: exit status %d, %q", args, code, stderr)
		}
	}
}
