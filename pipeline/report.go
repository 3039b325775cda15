// Package pipeline reads what a pipeline says of its tests: JUnit XML and the JSON of go test. The readers are
// pure, hold no more than a few names at a time, and trust nothing: neither sizes nor names.
package pipeline

import (
	"fmt"
	"io"
	"strings"

	"aftermath/model"
)

// A Report is what one or more runs came to. A test that was run again counts as often as it is written.
type Report struct {
	Passed  int
	Failed  int
	Skipped int
	Names   []string // of the first that failed, safe to show
}

// namesKept is how many names of failures a report holds, and nameLength how much of each.
const (
	namesKept  = 5
	nameLength = 160
)

// fail counts a failure under a name.
func (r *Report) fail(name string) {
	r.Failed++
	if len(r.Names) < namesKept {
		r.Names = append(r.Names, clean(name))
	}
}

// Add puts another report's counts to these.
func (r *Report) Add(o Report) {
	r.Passed += o.Passed
	r.Failed += o.Failed
	r.Skipped += o.Skipped
	r.Names = append(r.Names, o.Names[:min(len(o.Names), namesKept-len(r.Names))]...)
}

// Ran tells whether any test ran: zero tests are not a pass.
func (r Report) Ran() bool { return r.Passed+r.Failed > 0 }

// Ok tells whether tests ran and none failed.
func (r Report) Ok() bool { return r.Ran() && r.Failed == 0 }

// Text names the first failures: "Failed: a, b and 3 more"; empty when none failed.
func (r Report) Text() string {
	if r.Failed == 0 {
		return ""
	}
	text := "Failed: " + strings.Join(r.Names, ", ")
	if more := r.Failed - len(r.Names); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// clean makes a name from outside one line that no terminal acts on.
func clean(name string) string {
	name = strings.Join(strings.Fields(model.CleanLine(strings.ToValidUTF8(name, "\uFFFD"))), " ")
	if runes := []rune(name); len(runes) > nameLength {
		name = string(runes[:nameLength]) + "…"
	}
	if name == "" {
		return "a test without a name"
	}
	return name
}

// A capped reader refuses what is longer than its limit, instead of cutting it off: half a report is none.
type capped struct {
	from io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		var one [1]byte
		n, err := io.ReadFull(c.from, one[:])
		if n > 0 {
			return 0, fault("it is larger than a report may be", "give the tests of one stage, or split the report")
		}
		if err == io.ErrUnexpectedEOF {
			err = io.EOF
		}
		return 0, err
	}
	n, err := c.from.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

func fault(reason, remedy string) *model.Fault {
	return &model.Fault{Kind: model.FaultInput, What: "read the report", Reason: reason, Remedy: remedy}
}
