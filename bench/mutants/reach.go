package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A test is one function of a package's tests, with how long it takes and which mutants it reaches.
type test struct {
	binary, folder, name string
	flags                []string
	took                 time.Duration
	reaches              []int
}

type verdict string

const (
	caught    verdict = "killed"
	unnoticed verdict = "survived"
	unreached verdict = "unreached" // no test comes there
	unended   verdict = "unended"   // the tests that reach it take too long
)

// try finds out what becomes of each mutant.
func try(work string, all []*mutant) error {
	var tests []*test
	for _, room := range rooms {
		var inside []*mutant
		for i, m := range all {
			if m.id = i + 1; m.room == room.folder {
				inside = append(inside, m)
			}
		}
		if len(inside) == 0 {
			continue
		}
		dir := filepath.Join(work, room.folder)
		if err := os.Mkdir(dir, 0o700); err != nil {
			return err
		}
		found, err := build(dir, room.tests, inside)
		if err != nil {
			return err
		}
		tests = append(tests, found...)
	}
	each(len(tests), func(i int) { tests[i].measure(filepath.Join(work, fmt.Sprintf("reach-%d", i))) })
	each(len(all), func(i int) { all[i].verdict = ask(all[i].id, tests) })
	return nil
}

// build makes the tests of some packages, with all mutants of the room in them.
func build(dir, packages string, mutants []*mutant) (tests []*test, err error) {
	changed, err := overlay(dir, mutants)
	if err != nil {
		return nil, err
	}
	out, err := exec.Command("go", "list", "-f", "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}\t{{.Dir}}{{end}}", packages).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", packages, err)
	}
	for line := range strings.Lines(string(out)) {
		pkg, folder, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		binary := filepath.Join(dir, strings.ReplaceAll(pkg, "/", "_")+".test")
		if out, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", changed, "-o", binary, pkg).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build the tests of %s: %w\n%s", pkg, err, out)
		}
		names, err := exec.Command(binary, "-test.list", "^Test").Output()
		if err != nil {
			return nil, err
		}
		flags := drawsAlike(binary)
		for _, name := range strings.Fields(string(names)) {
			tests = append(tests, &test{binary: binary, folder: folder, name: name, flags: flags})
		}
	}
	return tests, nil
}

// drawsAlike is what makes property tests draw the same each time.
func drawsAlike(binary string) []string {
	help, _ := exec.Command(binary, "-help").CombinedOutput()
	if strings.Contains(string(help), "-rapid.seed") {
		return []string{"-rapid.seed=1", "-rapid.nofailfile"}
	}
	return nil
}

// testTime is how long one test may take. One that takes longer asks no questions here.
const testTime = 3 * time.Minute

// measure runs a test with no mutant on. One that fails asks no questions here, and is told.
func (t *test) measure(reach string) {
	defer os.Remove(reach)
	began := time.Now()
	if !t.passes(testTime, "MUTANT_REACH="+reach) {
		fmt.Printf("fails     %s of %s, alone and without a change\n", t.name, t.folder)
		return
	}
	t.took = time.Since(began)
	text, _ := os.ReadFile(reach)
	for _, id := range strings.Fields(string(text)) {
		if n, err := strconv.Atoi(id); err == nil {
			t.reaches = append(t.reaches, n)
		}
	}
}

// patience is how long the tests of one mutant may take together.
const patience = time.Minute

// ask runs the tests that reach a mutant against it until one notices.
func ask(id int, all []*test) verdict {
	var tests []*test
	for _, t := range all {
		if slices.Contains(t.reaches, id) {
			tests = append(tests, t)
		}
	}
	if len(tests) == 0 {
		return unreached
	}
	slices.SortStableFunc(tests, func(a, b *test) int { return int(a.took - b.took) })
	began := time.Now()
	for _, t := range tests {
		if time.Since(began) > patience {
			return unended
		}
		// One that takes much longer than before does not end any more.
		if !t.passes(10*time.Second+10*t.took, fmt.Sprintf("MUTANT=%d", id)) {
			return caught
		}
	}
	return unnoticed
}

// passes runs a test. A mutant that takes ever more memory fails, before the machine does.
func (t *test) passes(limit time.Duration, env ...string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	args := []string{"-c", `ulimit -v 8000000 2>/dev/null; exec "$0" "$@"`, t.binary, "-test.run", "^" + t.name + "$", "-test.short", "-test.failfast"}
	cmd := exec.CommandContext(ctx, "sh", append(args, t.flags...)...)
	cmd.Dir = t.folder
	cmd.Env = append(os.Environ(), env...)
	cmd.WaitDelay = time.Second
	return cmd.Run() == nil
}
