package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A test is one function of a package's tests, with how long it takes.
type test struct {
	pkg, folder, name string
	took              time.Duration
}

// A coverage knows which tests reach a line.
type coverage struct {
	room  string
	tests []test
	mu    sync.Mutex
	lines map[string][]int // "file:line" to indexes of tests
}

// measure runs every test of some packages alone and keeps which lines of the room it reaches.
func measure(work, room, packages string) (*coverage, error) {
	c := &coverage{room: room, lines: map[string][]int{}}
	out, err := exec.Command("go", "list", "-f", "{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}} {{.Dir}}{{end}}", packages).Output()
	if err != nil {
		return nil, fmt.Errorf("go list %s: %w", packages, err)
	}
	for line := range strings.Lines(string(out)) {
		pkg, dir, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		binary := filepath.Join(work, strings.ReplaceAll(pkg, "/", "_")+".cover")
		if out, err := exec.Command("go", "test", "-c", "-cover", "-covermode=set", "-coverpkg=./"+room+"/...", "-o", binary, pkg).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build the tests of %s: %w\n%s", pkg, err, out)
		}
		names, err := exec.Command(binary, "-test.list", "^Test").Output()
		if err != nil {
			return nil, err
		}
		for name := range strings.Lines(string(names)) {
			if name = strings.TrimSpace(name); strings.HasPrefix(name, "Test") {
				c.tests = append(c.tests, test{pkg: pkg, folder: dir, name: name})
			}
		}
		first := slices.IndexFunc(c.tests, func(t test) bool { return t.pkg == pkg })
		if first < 0 {
			continue
		}
		each(len(c.tests)-first, func(i int) { c.run(work, binary, first+i) })
	}
	return c, nil
}

// testTime is how long one test may take. One that takes longer asks no questions here.
const testTime = time.Minute

func (c *coverage) run(work, binary string, i int) {
	t := &c.tests[i]
	profile := filepath.Join(work, fmt.Sprintf("%s-%s.out", filepath.Base(binary), t.name))
	defer os.Remove(profile)
	began := time.Now()
	cmd := exec.Command(binary, "-test.run", "^"+t.name+"$", "-test.short", "-test.coverprofile", profile, "-test.timeout", testTime.String())
	cmd.Dir = t.folder
	err := cmd.Run()
	t.took = time.Since(began)
	text, readErr := os.ReadFile(profile)
	if err != nil || readErr != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for line := range bytes.Lines(text) {
		m := block.FindSubmatch(line)
		if m == nil || string(m[4]) == "0" {
			continue
		}
		from, _ := strconv.Atoi(string(m[2]))
		to, _ := strconv.Atoi(string(m[3]))
		for n := from; n <= to; n++ {
			at := string(m[1]) + ":" + strconv.Itoa(n)
			c.lines[at] = append(c.lines[at], i)
		}
	}
}

// block is one line of a profile: the file below the module, from line, to line, how often.
var block = regexp.MustCompile(`^[^/]+/(.*):(\d+)\.\d+,(\d+)\.\d+ \d+ (\d+)\s*$`)

// reaching are the tests that reach a line, the quickest first.
func (c *coverage) reaching(file string, line int) []test {
	var list []test
	for _, i := range c.lines[filepath.ToSlash(file)+":"+strconv.Itoa(line)] {
		list = append(list, c.tests[i])
	}
	slices.SortFunc(list, func(a, b test) int { return int(a.took - b.took) })
	return slices.CompactFunc(list, func(a, b test) bool { return a.pkg == b.pkg && a.name == b.name })
}

type verdict string

const (
	caught    verdict = "killed"
	unnoticed verdict = "survived"
	unreached verdict = "unreached" // no test comes there
	broken    verdict = "broken"    // it does not compile
)

// patience is how long the tests of one mutant may take together.
const patience = 40 * time.Second

// try runs the tests that reach a mutant against it until one notices.
func try(work string, m mutant, c *coverage) verdict {
	tests := c.reaching(m.file, m.line)
	if len(tests) == 0 {
		return unreached
	}
	dir, err := os.MkdirTemp(work, "mutant-")
	if err != nil {
		return broken
	}
	defer os.RemoveAll(dir)
	overlay, err := write(dir, m)
	if err != nil {
		return broken
	}
	var packages []string
	for _, t := range tests {
		if !slices.Contains(packages, t.pkg) {
			packages = append(packages, t.pkg)
		}
	}
	left := patience
	for _, pkg := range packages {
		binary := filepath.Join(dir, "tests")
		if exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, pkg).Run() != nil {
			return broken
		}
		for _, t := range tests {
			if t.pkg != pkg || left <= 0 {
				continue
			}
			began := time.Now()
			if !passes(binary, t) {
				return caught
			}
			left -= time.Since(began)
		}
	}
	return unnoticed
}

// passes runs one test. One that takes much longer than before does not end any more.
func passes(binary string, t test) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second+5*t.took)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-test.run", "^"+t.name+"$", "-test.short", "-test.failfast")
	cmd.Dir = t.folder
	return cmd.Run() == nil
}

// write makes the changed file and the overlay that puts it in the place of the other.
func write(dir string, m mutant) (overlay string, err error) {
	source, err := os.ReadFile(m.file)
	if err != nil {
		return "", err
	}
	real, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, filepath.Base(m.file))
	text := slices.Concat(source[:m.from], []byte(m.now), source[m.to:])
	if err := os.WriteFile(changed, text, 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]any{"Replace": map[string]string{real: changed}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}
