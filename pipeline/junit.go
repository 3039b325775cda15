package pipeline

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"aftermath/model"
)

// The limits of one file of JUnit XML.
const (
	junitBytes = 64 << 20
	junitDepth = 64
)

// JUnit reads one file of JUnit XML as a stream. There is no standard, only dialects: testsuites around
// testsuite or testsuite alone, suites within suites, failures and errors as elements, Surefire's flaky and
// rerun elements, and counts in attributes that may say more than the elements do. A document type is refused,
// and with it everything that entities can do.
func JUnit(from io.Reader) (Report, error) {
	in := &capped{from: from, left: junitBytes}
	d := xml.NewDecoder(in)
	d.CharsetReader = latin
	j := junit{}
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Report{}, j.broken(err, d)
		}
		if err := j.take(t); err != nil {
			err.Line, _ = d.InputPos()
			return Report{}, err
		}
	}
	if j.root == "" || len(j.open) > 0 {
		return Report{}, j.broken(io.ErrUnexpectedEOF, d)
	}
	return j.Report, nil
}

func (j *junit) broken(err error, d *xml.Decoder) error {
	var f *model.Fault
	switch {
	case errors.As(err, &f):
		return f
	case j.root == "" && (errors.Is(err, io.ErrUnexpectedEOF) || isSyntax(err)):
		return fault("it is no JUnit XML", "give the XML report that the test runner writes")
	case errors.Is(err, io.ErrUnexpectedEOF) || isSyntax(err):
		f = fault("the XML is broken or cut off", "look whether the run was stopped while it wrote the report")
		f.Line, _ = d.InputPos()
		return f
	}
	return &model.Fault{Kind: model.FaultInput, What: "read the report", Err: err}
}

func isSyntax(err error) bool {
	var s *xml.SyntaxError
	return errors.As(err, &s)
}

// latin reads the one old encoding that runners still declare; UTF-8 needs no help.
func latin(charset string, from io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "utf8", "us-ascii", "ascii":
		return from, nil
	case "iso-8859-1", "latin1", "windows-1252":
		return &latinReader{from: from}, nil
	}
	return nil, fault("its encoding "+clean(charset)+" is not read", "have the report written in UTF-8")
}

type latinReader struct {
	from io.Reader
	rest []byte
}

func (l *latinReader) Read(p []byte) (int, error) {
	if len(l.rest) == 0 {
		raw := make([]byte, 4096)
		n, err := l.from.Read(raw)
		for _, c := range raw[:n] {
			l.rest = append(l.rest, string(rune(c))...)
		}
		if n == 0 {
			return 0, err
		}
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// A junit is the state of reading: the open elements and the test case that is being read.
type junit struct {
	Report
	root string
	open []element
	test *testCase
}

type element struct {
	name     string // of the element
	title    string // of a suite
	declared int    // failures and errors that its attributes count; -1 when they do not
	before   int    // failures counted when it began
}

type testCase struct {
	name            string
	failed, skipped bool
}

func (j *junit) take(t xml.Token) *model.Fault {
	switch t := t.(type) {
	case xml.Directive:
		return fault("it has a document type, which may do harm", "have the report written without a DOCTYPE")
	case xml.StartElement:
		return j.begin(t)
	case xml.EndElement:
		return j.end(t.Name.Local)
	}
	return nil
}

func (j *junit) begin(t xml.StartElement) *model.Fault {
	e := element{name: t.Name.Local, title: attribute(t, "name"), declared: -1, before: j.Failed}
	switch {
	case len(j.open) >= junitDepth:
		return fault("its elements lie too deep in each other", "give the XML report that the test runner writes")
	case len(j.open) == 0 && j.root != "":
		return fault("there is more than one document in it", "give each report as a file of its own")
	case len(j.open) == 0:
		if e.name != "testsuites" && e.name != "testsuite" {
			return fault("it is no JUnit XML: its outermost element is "+clean(e.name), "give the XML report that the test runner writes")
		}
		j.root = e.name
	}
	switch e.name {
	case "testsuites", "testsuite":
		e.declared = count(attribute(t, "failures"), attribute(t, "errors"))
	case "testcase":
		if j.test != nil {
			return fault("a test case lies in another one", "give the XML report that the test runner writes")
		}
		j.test = &testCase{name: nameOf(t, j.suite()), skipped: notRun(t)}
	default:
		j.mark(e.name, len(j.open))
	}
	j.open = append(j.open, e)
	return nil
}

// mark takes what stands directly in a test case. A failure that passed when it was run again is Surefire's
// flakyFailure, which is no failure; its rerunFailure stands beside a failure.
func (j *junit) mark(name string, depth int) {
	if j.test == nil || j.open[depth-1].name != "testcase" {
		return
	}
	switch name {
	case "failure", "error":
		j.test.failed = true
	case "skipped", "disabled":
		j.test.skipped = true
	}
}

func (j *junit) suite() string {
	for i := len(j.open) - 1; i >= 0; i-- {
		if j.open[i].title != "" {
			return j.open[i].title
		}
	}
	return ""
}

func (j *junit) end(name string) *model.Fault {
	n := len(j.open) - 1
	if n < 0 || j.open[n].name != name {
		return fault("an element is closed that was not open: "+clean(name), "look whether the report is whole")
	}
	e := j.open[n]
	j.open = j.open[:n]
	switch {
	case name == "testcase":
		switch {
		case j.test.failed:
			j.fail(j.test.name)
		case j.test.skipped:
			j.Skipped++
		default:
			j.Passed++
		}
		j.test = nil
	case e.declared > j.Failed-e.before:
		// A suite that could not begin counts an error and has no test case to show for it.
		j.fail(cmp.Or(e.title, "a suite without a name"))
		j.Failed = e.before + e.declared
	}
	return nil
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// count adds up the numbers of attributes; -1 when none of them is one.
func count(texts ...string) int {
	sum, any := 0, false
	for _, text := range texts {
		if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 {
			sum, any = sum+min(n, 1<<20), true
		}
	}
	if !any {
		return -1
	}
	return sum
}

// nameOf is a test case's name with its class, or else its suite, before it.
func nameOf(t xml.StartElement, suite string) string {
	name, class := attribute(t, "name"), cmp.Or(attribute(t, "classname"), suite)
	if class == "" || strings.HasPrefix(name, class) {
		return name
	}
	return fmt.Sprintf("%s %s", class, name)
}

// notRun tells GoogleTest's way of saying that a test was left out.
func notRun(t xml.StartElement) bool {
	return attribute(t, "status") == "notrun" || attribute(t, "result") == "suppressed" || attribute(t, "result") == "skipped"
}
