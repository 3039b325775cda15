package exporters

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

// A Comparison says what was changed by hand in a document since it was written.
type Comparison struct {
	Edited bool         `json:"edited"`
	Sure   bool         `json:"sure"` // what stood there is known; else the record has changed, too
	Lines  []LineChange `json:"lines"`
}

// A LineChange is one line of a document that reads differently.
type LineChange struct {
	Line int    `json:"line"` // in the file; where a line is gone, the one after which it stood
	Was  string `json:"was,omitempty"`
	Now  string `json:"now,omitempty"`
	What string `json:"what"` // changed, added or removed
}

// Compare finds what was changed by hand in a document. The form is a guess for a document that does not
// say its own.
func Compare(document []byte, r Retro, guess Form) (Comparison, error) {
	document = ourLineEnds(document)
	m := model.SealAtEnd().FindSubmatchIndex(document)
	if m == nil {
		return Comparison{}, &model.Fault{Kind: model.FaultInput, What: "compare the document", Reason: "it carries no digest, so nobody can tell what was written",
			Remedy: "compare a file that `aftermath export` wrote, with its last line"}
	}
	if _, unedited, _ := Unedited(document); unedited {
		return Comparison{Sure: true, Lines: []LineChange{}}, nil
	}
	digest := string(document[m[4]:m[5]])
	above := document[:m[0]]
	was, sure, err := r.written(digest, guess)
	if err != nil {
		return Comparison{}, err
	}
	return Comparison{Edited: true, Sure: sure, Lines: lineChanges(was, above)}, nil
}

// Replaceable says why a file may not be replaced by a document: somebody else wrote it, or changed it by hand.
// It is nil for a document as we wrote it. The form is that of the new document.
func Replaceable(content []byte, r Retro, form Form, path string) error {
	_, unedited, found := Unedited(content)
	refuse := func(reason, remedy string) error {
		return &model.Fault{Kind: model.FaultInput, What: "write the document", File: path, Reason: reason, Remedy: remedy, Err: model.ErrKept}
	}
	isRevision := func(v model.Revision) bool { return v.Digest == hex.EncodeToString(digestOf(content)) }
	switch {
	case slices.ContainsFunc(r.Record.Revisions, isRevision):
		return nil
	case !found:
		return refuse("there is a file of that name that aftermath did not write", "choose another name, or write over it with --force")
	case unedited:
		return nil
	}
	reason := "it was changed by hand since it was written"
	if c, err := Compare(content, r, form); err == nil {
		reason = c.Reason()
	}
	return refuse(reason, fmt.Sprintf("see the changes with `aftermath export %s --compare FILE`, then choose another name or write over them with --force", r.Record.Incident.Key))
}

// written is the document with a digest, if the record still gives it in one of its forms; else what the
// record gives now.
func (r Retro) written(digest string, guess Form) (above []byte, sure bool, err error) {
	forms := []Form{guess}
	for _, a := range Audiences {
		for _, p := range Profiles {
			forms = append(forms, Form{Format: "markdown", Profile: p, Audience: a})
		}
		forms = append(forms, Form{Format: "html", Audience: a}, Form{Format: "confluence-storage", Audience: a})
	}
	for n, f := range forms {
		var b bytes.Buffer
		if err := Write(&b, r, f); err != nil {
			return nil, false, err
		}
		m := model.SealAtEnd().FindSubmatchIndex(b.Bytes())
		if m == nil {
			continue
		}
		if n == 0 {
			above = b.Bytes()[:m[0]]
		}
		if string(b.Bytes()[m[4]:m[5]]) == digest {
			return b.Bytes()[:m[0]], true, nil
		}
	}
	return above, false, nil
}

// lineChanges tells two texts apart, line by line.
func lineChanges(was, now []byte) []LineChange {
	a, b := strings.Split(strings.TrimRight(string(was), "\n"), "\n"), strings.Split(strings.TrimRight(string(now), "\n"), "\n")
	var changes []LineChange
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	common := longestCommon(a, b)
	i, j := 0, 0
	for _, c := range append(common, [2]int{len(a), len(b)}) {
		for i < c[0] || j < c[1] {
			switch {
			case i < c[0] && j < c[1]:
				changes = append(changes, LineChange{Line: head + j + 1, Was: a[i], Now: b[j], What: "changed"})
				i, j = i+1, j+1
			case j < c[1]:
				changes = append(changes, LineChange{Line: head + j + 1, Now: b[j], What: "added"})
				j++
			default:
				changes = append(changes, LineChange{Line: head + j, Was: a[i], What: "removed"})
				i++
			}
		}
		i, j = c[0]+1, c[1]+1
	}
	return changes
}

// mostCompared bounds the work on two texts that share little.
const mostCompared = 4_000_000

// longestCommon are the places of the longest common run of lines, which need not be neighbours.
func longestCommon(a, b []string) (pairs [][2]int) {
	if len(a)*len(b) > mostCompared {
		return nil
	}
	width := len(b) + 1
	length := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case length[(i+1)*width+j] >= length[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}

// Reason is the comparison as the reason of a refusal.
func (c Comparison) Reason() string {
	var numbers []int
	for _, l := range c.Lines {
		if l.Line > 0 && !slices.Contains(numbers, l.Line) {
			numbers = append(numbers, l.Line)
		}
	}
	where := "it was changed by hand since it was written"
	if len(numbers) > 0 {
		where += ", in " + plural(len(numbers), "line ", "lines ") + ranges(numbers)
	}
	if !c.Sure {
		where += " or the record changed there since"
	}
	return where
}

// ranges reads as "3, 7–9 and 12".
func ranges(numbers []int) string {
	var parts []text
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if j > i {
			parts = append(parts, words(fmt.Sprintf("%d–%d", numbers[i], numbers[j])))
		} else {
			parts = append(parts, words(fmt.Sprint(numbers[i])))
		}
		i = j + 1
	}
	if len(parts) > 12 {
		parts = append(parts[:12], words(fmt.Sprintf("%d more places", len(parts)-12)))
	}
	return listed(parts).plain()
}

// Text is the comparison in sentences, one a line.
func (c Comparison) Text() string {
	if !c.Edited {
		return "It is as it was written.\n"
	}
	var b strings.Builder
	if !c.Sure {
		b.WriteString("The record has changed since it was written, so a difference below may come from there and not from a hand.\n")
	}
	quote := func(s string) string { return "“" + model.CleanLine(s) + "”" }
	for _, l := range c.Lines {
		switch l.What {
		case "changed":
			fmt.Fprintf(&b, "Line %d was %s and is %s.\n", l.Line, quote(l.Was), quote(l.Now))
		case "added":
			fmt.Fprintf(&b, "Line %d was added: %s.\n", l.Line, quote(l.Now))
		default:
			fmt.Fprintf(&b, "After line %d a line was taken out: %s.\n", l.Line, quote(l.Was))
		}
	}
	return b.String()
}
