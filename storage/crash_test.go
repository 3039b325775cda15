package storage

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"aftermath/model"
)

const (
	writerEnv = "AFTERMATH_TEST_WRITER" // the file to write to
	pacedEnv  = "AFTERMATH_TEST_PACED"  // one gesture for each line of input
)

// TestMain lets the test binary also be the program that is killed, or that writes beside the test.
func TestMain(m *testing.M) {
	if path := os.Getenv(writerEnv); path != "" {
		if err := writeOn(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

var crashIncident = model.ID("N-00000000000000c1")

// writeOn makes gestures and imports, and says on stdout what is on the disk, until its input ends.
func writeOn(path string) error {
	s, err := Open(bg, path, Options{Author: "writer", Leases: filepath.Join(filepath.Dir(path), "leases")})
	if err != nil {
		return err
	}
	pace := bufio.NewScanner(os.Stdin)
	paced := os.Getenv(pacedEnv) != ""
	if !paced {
		go func() { // whoever started it is gone
			_, _ = io.Copy(io.Discard, os.Stdin)
			os.Exit(0)
		}()
	}
	for i := 0; !paced || pace.Scan(); i++ {
		g := model.Gesture{Label: "write"}.Set(model.TypeIncident, crashIncident, "title", fmt.Sprint("title ", os.Getpid(), " ", i))
		for k := range 3 {
			id := model.ID(fmt.Sprintf("F-%016x", i*3+k))
			g = g.Set(model.TypeFactor, id, "incident", string(crashIncident)).Set(model.TypeFactor, id, "statement", strings.Repeat("value ", 1+i%40)+fmt.Sprint(os.Getpid()))
		}
		if err := s.Apply(bg, g); err != nil {
			return err
		}
		if i%8 == 7 {
			if _, err := s.Import(bg, crashIncident, reader(lines(fmt.Sprint(s.own.name, i), 200)), nil); err != nil {
				return err
			}
		}
		fmt.Println(s.own.name, s.own.head.seq)
	}
	return s.Close()
}

// startWriter starts this binary as a second process that writes to path.
func startWriter(t *testing.T, path string, more ...string) (*exec.Cmd, *bufio.Scanner, io.WriteCloser) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(append(os.Environ(), writerEnv+"="+path), more...)
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	must(t, err)
	in, err := c.StdinPipe()
	must(t, err)
	must(t, c.Start())
	return c, bufio.NewScanner(out), in
}

// Killed at any moment, nothing that was acknowledged is lost, no chain is broken, and the tables are what
// the log says.
func TestKilledWhileWriting(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "k.db")
	acknowledged := map[string]int64{}
	r := rand.New(rand.NewSource(1))
	hot := 0
	for kill := range often(50) {
		c, out, in := startWriter(t, path)
		for last := 1 + r.Intn(12); last > 0 && out.Scan(); last-- {
			var site string
			var seq int64
			if _, err := fmt.Sscan(out.Text(), &site, &seq); err != nil {
				t.Fatal(out.Text(), err)
			}
			acknowledged[site] = seq
		}
		for tries := 0; kill%2 == 1 && tries < 200_000; tries++ { // every other time in the middle of a transaction
			if _, err := os.Stat(path + "-journal"); err == nil {
				break
			}
		}
		must(t, c.Process.Kill())
		for out.Scan() {
			var site string
			var seq int64
			if _, err := fmt.Sscan(out.Text(), &site, &seq); err == nil {
				acknowledged[site] = max(acknowledged[site], seq)
			}
		}
		_ = c.Wait() // it was killed
		_ = in.Close()
		if info, err := os.Stat(path + "-journal"); err == nil && info.Size() > 0 {
			hot++
		}
		s := openAt(t, path, "", "reader")
		for site, seq := range acknowledged {
			head, err := s.head(site)
			must(t, err)
			if head.seq < seq {
				t.Fatalf("kill %d: site %s ends with %d, %d was acknowledged", kill, site, head.seq, seq)
			}
		}
		must(t, s.verify(func(b breach) { t.Fatal(b) }))
		if kill%10 == 9 {
			report, err := s.Doctor(bg, false)
			must(t, err)
			if !report.OK || len(report.Findings) > 0 {
				t.Fatalf("kill %d: %+v", kill, report.Findings)
			}
		}
		must(t, s.Close())
	}
	t.Logf("%d sites, %d kills left a journal", len(acknowledged), hot)
	if kills := often(50); len(acknowledged) > 1+kills/2 { // one that hits between the commit and the lease costs a site
		t.Errorf("%d kills cost %d sites", kills, len(acknowledged))
	}
}

func TestCopyOfTheIdleFileIsWhole(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 300))
	copied := filepath.Join(t.TempDir(), "copy.db")
	out, err := exec.Command("cp", s.path, copied).CombinedOutput() // another process: nothing of ours may open a live file
	if err != nil {
		t.Fatal(string(out), err)
	}
	other := openAt(t, copied, s.opt.Leases, "maya")
	if got, want := dump(t, other), dump(t, s); got != want {
		t.Error(difference(want, got))
	}
	apply(t, s, model.Gesture{Label: "here"}.Set(model.TypeIncident, id, "title", "here"))
	apply(t, other, model.Gesture{Label: "there"}.Set(model.TypeIncident, id, "title", "there"))
	if s.own.name == other.own.name {
		t.Fatal("the copy writes as the same site")
	}
	must(t, other.Close())
	report, err := s.Merge(bg, copied)
	must(t, err)
	if len(report.Conflicts) != 1 || len(report.Conflicts[0].Values) != 2 {
		t.Errorf("%+v", report)
	}
}

func TestTwoProcessesOnOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "two.db")
	mine := openAt(t, path, filepath.Join(filepath.Dir(path), "leases"), "maya")
	id := newIncident(t, mine, "one")
	version, err := mine.DataVersion(bg)
	must(t, err)
	c, out, in := startWriter(t, path, pacedEnv+"=1")
	for i := range 10 {
		if _, err := fmt.Fprintln(in); err != nil {
			t.Fatal(err)
		}
		apply(t, mine, model.Gesture{Label: "mine"}.Set(model.TypeIncident, id, "summary", fmt.Sprint("summary ", i)))
		if !out.Scan() {
			t.Fatal("the other process stopped")
		}
	}
	if now, err := mine.DataVersion(bg); err != nil || now == version {
		t.Errorf("the other's writing went unnoticed: %d %v", now, err)
	}
	must(t, in.Close())
	for out.Scan() {
	}
	must(t, c.Wait())
	must(t, mine.verify(func(b breach) { t.Error(b) }))
	if r := record(t, mine, id); r.Incident.Summary != "summary 9" {
		t.Errorf("summary %q", r.Incident.Summary)
	}
	if r := record(t, mine, crashIncident); r.Incident.Title == "" {
		t.Error("the other's incident is not there")
	}
	if done, err := mine.Undo(bg); err != nil || done.Label != "mine" {
		t.Errorf("undo took back %+v %v", done, err)
	}
}

func TestFilesThatAreNotOurs(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "good.db"), "", "maya")
	id := newIncident(t, s, "one")
	importAll(t, s, id, lines("app", 500))
	must(t, s.Close())
	good, err := os.ReadFile(s.path)
	must(t, err)
	alter := func(at int, with ...byte) []byte {
		return append(append(bytes.Clone(good[:at]), with...), good[at+len(with):]...)
	}
	for name, c := range map[string]struct {
		data []byte
		kind model.FaultKind
		says string
	}{
		"text":                      {[]byte("hello"), model.FaultDamaged, "not a data file"},
		"long text":                 {bytes.Repeat([]byte("hello "), 100), model.FaultDamaged, "not a data file"},
		"another program's":         {alter(68, 0, 0, 0, 0), model.FaultDamaged, "another program's"},
		"cut in half at a page":     {good[:len(good)/2/4096*4096], model.FaultDamaged, "the end of the file is missing"},
		"cut in the middle":         {good[:len(good)/2+100], model.FaultDamaged, "the end of the file is missing"},
		"cut within its header":     {good[:60], model.FaultDamaged, "not a data file"},
		"its schema is overwritten": {alter(100, bytes.Repeat([]byte{0x5a}, 300)...), model.FaultDamaged, "damaged"},
	} {
		path := filepath.Join(dir, strings.ReplaceAll(name, " ", "-")+".db")
		must(t, os.WriteFile(path, c.data, 0o600))
		s, err := Open(bg, path, Options{})
		if err == nil {
			must(t, s.Close())
			t.Errorf("%s: it was opened", name)
			continue
		}
		var fault *model.Fault
		if !errors.As(err, &fault) || fault.Kind != c.kind || !strings.Contains(err.Error(), c.says) || fault.Remedy == "" {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, c.data) {
			t.Errorf("%s: the file was changed", name)
		}
	}
	if _, err := Open(bg, dir, Options{}); model.KindOf(err) != model.FaultInput {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Open(bg, filepath.Join(dir, "none.db"), Options{ReadOnly: true}); model.KindOf(err) != model.FaultInput {
		t.Errorf("reading what is not there: %v", err)
	}
	empty := filepath.Join(dir, "empty.db")
	must(t, os.WriteFile(empty, nil, 0o600))
	must(t, openAt(t, empty, "", "maya").Close())
}

func TestNewerFileIsOnlyRead(t *testing.T) {
	s := open(t)
	id := newIncident(t, s, "one")
	must(t, s.script(fmt.Sprintf("PRAGMA user_version = %d", fileVersion+1)))
	must(t, s.Close())
	before, err := os.ReadFile(s.path)
	must(t, err)
	newer := openAt(t, s.path, "", "maya")
	if !newer.ReadOnly() || !strings.Contains(newer.Sealed(), "newer") {
		t.Errorf("%v %q", newer.ReadOnly(), newer.Sealed())
	}
	if r := record(t, newer, id); r.Incident.Key != "one" {
		t.Errorf("%+v", r.Incident)
	}
	err = newer.Apply(bg, model.Gesture{Label: "rename"}.Set(model.TypeIncident, id, "title", "x"))
	if model.KindOf(err) != model.FaultSealed || !strings.Contains(err.Error(), "newer") {
		t.Errorf("apply: %v", err)
	}
	if _, err := newer.Import(bg, id, reader(lines("app", 1)), nil); model.KindOf(err) != model.FaultSealed {
		t.Errorf("import: %v", err)
	}
	must(t, newer.Close())
	if after, err := os.ReadFile(s.path); err != nil || !bytes.Equal(before, after) {
		t.Error("the file was changed")
	}
}

func TestFileIsPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	s := openAt(t, filepath.Join(dir, "a.db"), "", "maya")
	for path, want := range map[string]os.FileMode{s.path: 0o600, dir: 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
}

// Sixteen bytes overwritten anywhere are noticed: when the file opens, by SQLite's check or by the chains;
// or they hit what the log builds anew, or nothing at all.
func TestCorruptionIsNoticed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := openAt(t, filepath.Join(dir, "good.db"), "", "maya")
	id := newIncident(t, s, "one")
	for i := range 15 {
		f := s.NewID(model.TypeFactor)
		apply(t, s, model.Gesture{}.Set(model.TypeFactor, f, "incident", string(id)).Set(model.TypeFactor, f, "statement", fmt.Sprint("condition ", i)))
	}
	importAll(t, s, id, lines("app", 120))
	want := dump(t, s)
	must(t, s.Close())
	good, err := os.ReadFile(s.path)
	must(t, err)
	counts := map[string]int{}
	r := rand.New(rand.NewSource(7))
	for range often(200) {
		bad := bytes.Clone(good)
		at := 100 + r.Intn(len(bad)-116)
		r.Read(bad[at : at+16])
		path := filepath.Join(dir, "bad.db")
		must(t, os.WriteFile(path, bad, 0o600))
		counts[noticed(t, path, want)]++
		_ = os.Remove(path + "-journal")
	}
	t.Log(counts)
	if counts["unnoticed"] > 0 {
		t.Errorf("%d corruptions went unnoticed", counts["unnoticed"])
	}
}

func noticed(t *testing.T, path, want string) string {
	s, err := Open(bg, path, Options{Leases: filepath.Join(filepath.Dir(path), "none")})
	if err != nil {
		return "at open"
	}
	defer s.Close()
	if s.script("PRAGMA synchronous = OFF") != nil {
		return "at open"
	}
	report, err := s.Doctor(bg, false)
	if err != nil || len(report.Findings) > 0 {
		return "by the doctor"
	}
	if dumped := tryDump(s); dumped == want {
		return "harmless"
	}
	return "unnoticed"
}

type gaveUp struct{}

func (gaveUp) Fatal(...any) { panic(gaveUp{}) }

func tryDump(s *Store) (text string) {
	defer func() {
		if recover() != nil {
			text = ""
		}
	}()
	return dump(gaveUp{}, s)
}
