package pipeline

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// The limits of one stream of go test -json. A longer line is the output of a test, which says nothing here.
const (
	goTestBytes = 256 << 20
	goTestLine  = 1 << 20
	goTestTests = 1 << 18
)

// A goEvent is one line, as `go doc test2json` describes it. Go 1.24 and later also tell of builds.
type goEvent struct {
	Action      string
	Package     string
	ImportPath  string // of a build
	Test        string
	FailedBuild string
}

// A goTest is what is known of one test.
type goTest struct {
	pkg, name string
	end       string // pass, fail or skip; empty while it runs
	parent    bool   // it has tests of its own
	within    bool   // one of those failed
}

// A goPackage is what is known of one package.
type goPackage struct {
	end    string
	build  bool // its build failed
	failed bool // one of its tests failed
}

type goTests struct {
	tests    map[[2]string]*goTest
	order    []*goTest
	packages map[string]*goPackage
	names    []string // of the packages
	builds   []string // that failed
	events   int
}

// GoTest reads the output of go test -json as a stream. Only tests without tests of their own count, and a
// parent that failed by itself. A package that failed without a failed test counts as one failure: its build
// failed, it panicked, ran out of time or left early. So does one that never ended. Lines that are no JSON
// are output of the build or of programs and are passed over.
func GoTest(from io.Reader) (Report, error) {
	g := goTests{tests: map[[2]string]*goTest{}, packages: map[string]*goPackage{}}
	in := bufio.NewReaderSize(&capped{from: from, left: goTestBytes}, 1<<16)
	for {
		line, err := readLine(in)
		if len(line) > 0 {
			if err := g.take(line); err != nil {
				return Report{}, err
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return Report{}, err
		}
	}
	if g.events == 0 {
		return Report{}, fault("it is no output of go test -json", "run go test with -json and give its output")
	}
	return g.report(), nil
}

// readLine reads a line; of one that is too long nothing is left.
func readLine(in *bufio.Reader) (line []byte, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) <= goTestLine {
			line = append(line, part...)
		} else {
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = in.ReadSlice('\n')
			}
			return nil, err
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

func (g *goTests) take(line []byte) error {
	var e goEvent
	if line = bytes.TrimSpace(line); len(line) == 0 || line[0] != '{' || json.Unmarshal(line, &e) != nil {
		g.plain(string(line))
		return nil
	}
	if !slices.Contains([]string{"start", "run", "pause", "cont", "pass", "bench", "fail", "output", "skip", "attr", "artifacts", "build-output", "build-fail"}, e.Action) {
		return nil
	}
	g.events++
	if len(g.tests)+len(g.packages)+len(g.builds) > goTestTests {
		return fault("it tells of more tests than can be counted", "give the tests of one stage, or split the report")
	}
	switch {
	case e.Action == "build-fail":
		g.builds = append(g.builds, e.ImportPath)
	case e.Package == "" || e.Action == "build-output":
	case e.Test == "":
		g.ofPackage(e)
	default:
		g.ofTest(e)
	}
	return nil
}

// plain reads the one line beside the JSON that matters: how Go before 1.24 tells of a build that failed.
func (g *goTests) plain(line string) {
	rest, isFail := strings.CutPrefix(line, "FAIL\t")
	name, why, _ := strings.Cut(rest, " ")
	if isFail && (why == "[build failed]" || why == "[setup failed]") && len(g.packages) < goTestTests {
		g.events++
		p := g.pkg(name)
		p.end, p.build = "fail", true
	}
}

func (g *goTests) pkg(name string) *goPackage {
	p := g.packages[name]
	if p == nil {
		p = &goPackage{}
		g.packages[name] = p
		g.names = append(g.names, name)
	}
	return p
}

func (g *goTests) ofPackage(e goEvent) {
	p := g.pkg(e.Package)
	switch e.Action {
	case "pass", "fail", "skip":
		p.end = e.Action
		p.build = p.build || e.FailedBuild != ""
	case "start":
		p.end = "" // it is run again
	}
}

func (g *goTests) ofTest(e goEvent) {
	g.pkg(e.Package)
	key := [2]string{e.Package, e.Test}
	t := g.tests[key]
	if t == nil {
		t = &goTest{pkg: e.Package, name: e.Test}
		g.tests[key] = t
		g.order = append(g.order, t)
		if up := strings.LastIndex(e.Test, "/"); up > 0 {
			if p := g.tests[[2]string{e.Package, e.Test[:up]}]; p != nil {
				p.parent = true
			}
		}
	}
	switch e.Action {
	case "pass", "fail", "skip":
		if t.end != "fail" { // with -count a later pass does not take a failure back
			t.end = e.Action
		}
	case "bench":
		t.end = "pass"
	}
}

func (g *goTests) report() (r Report) {
	for _, t := range g.order {
		if t.end == "fail" || t.end == "" {
			for up := strings.LastIndex(t.name, "/"); up > 0; up = strings.LastIndex(t.name[:up], "/") {
				if p := g.tests[[2]string{t.pkg, t.name[:up]}]; p != nil {
					p.within = true
				}
			}
		}
	}
	for _, t := range g.order {
		switch {
		case t.end == "fail" && !t.within:
			r.fail(t.pkg + " " + t.name)
			g.packages[t.pkg].failed = true
		case t.end == "" && !t.within: // it panicked, ran out of time, or the stream ends here
			r.fail(t.pkg + " " + t.name + " did not finish")
			g.packages[t.pkg].failed = true
		case t.parent, t.within:
		case t.end == "skip":
			r.Skipped++
		default:
			r.Passed++
		}
	}
	told := false
	for _, name := range g.names {
		switch p := g.packages[name]; {
		case p.failed:
		case p.build:
			told = true
			r.fail(name + ": its build failed")
		case p.end == "fail":
			r.fail(name + ": it failed outside of any test")
		case p.end == "":
			r.fail(name + " did not finish")
		}
	}
	if !told {
		for _, b := range g.builds {
			r.fail(b + ": its build failed")
		}
	}
	return r
}
