package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// An edit puts a text in the place of some bytes. Of those at one place the lower order comes first.
type edit struct {
	span
	text  string
	order int
}

// edits make an expression that is the other one while the mutant is on. Each operand stands in it once, so that it
// is worked out as often as before. What opens before a part and closes after it lies around what belongs to the part.
func (m *mutant) edits() []edit {
	on := fmt.Sprintf("mutantOn(%d)", m.id)
	call := func(name string) (string, string, string) { return fmt.Sprintf("%s(%d, ", name, m.id), ",", ")" }
	open, sign, shut := "", m.was, ""
	switch m.how {
	case never:
		open, sign, shut = "!"+on+" && (", "", ")"
	case negated:
		open, shut = "((", ") != "+on+")"
	case joined: // a || b is what !(!a && !b) says
		open, sign, shut = "(((", ") != "+on+" "+m.was+" (", ") != "+on+") != "+on+")"
	case edge:
		open, sign, shut = call(map[string]string{"<": "mutantLess", "<=": "mutantAtMost", ">": "mutantMore", ">=": "mutantAtLeast"}[m.was])
	case signed:
		open, sign, shut = call(map[string]string{"+": "mutantSum", "-": "mutantDifference"}[m.was])
	}
	list := []edit{{span{m.whole.from, m.whole.from}, open, m.nth + 1}, {span{m.whole.to, m.whole.to}, shut, -m.nth - 1}}
	if m.how != never && m.how != negated {
		list = append(list, edit{m.sign, sign, 0})
	}
	return list
}

// weave gives a source with all these mutants of it, none of which is on.
func weave(source []byte, mutants []*mutant) []byte {
	var edits []edit
	for _, m := range mutants {
		edits = append(edits, m.edits()...)
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.order, b.order)) })
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		out.Write(source[at:e.from])
		out.WriteString(e.text)
		at = e.to
	}
	out.Write(source[at:])
	return out.Bytes()
}

// switches is what every package with mutants has beside its own files. The first time that a mutant is reached, its
// number is written where the environment says.
const switches = `package %s

import (
	"cmp"
	"os"
	"strconv"
	"sync/atomic"
)

type mutantNumber interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr | ~float32 | ~float64
}

var (
	mutantChosen, _ = strconv.Atoi(os.Getenv("MUTANT"))
	mutantReach     = os.Getenv("MUTANT_REACH")
	mutantReached   [%d]atomic.Bool
)

func mutantOn(id int) bool {
	if mutantReach != "" && !mutantReached[id].Swap(true) {
		if f, err := os.OpenFile(mutantReach, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			f.WriteString(strconv.Itoa(id) + "\n")
			f.Close()
		}
	}
	return id == mutantChosen
}

func mutantLess[T cmp.Ordered](id int, a, b T) bool    { return a < b || a == b && mutantOn(id) }
func mutantAtMost[T cmp.Ordered](id int, a, b T) bool  { return a < b || a == b && !mutantOn(id) }
func mutantMore[T cmp.Ordered](id int, a, b T) bool    { return a > b || a == b && mutantOn(id) }
func mutantAtLeast[T cmp.Ordered](id int, a, b T) bool { return a > b || a == b && !mutantOn(id) }

func mutantSum[T mutantNumber](id int, a, b T) T {
	if mutantOn(id) {
		return a - b
	}
	return a + b
}

func mutantDifference[T mutantNumber](id int, a, b T) T {
	if mutantOn(id) {
		return a + b
	}
	return a - b
}
`

// overlay writes the sources of a room with all its mutants, and the list that the compiler is given.
func overlay(work string, mutants []*mutant) (path string, err error) {
	replace := map[string]string{}
	put := func(name string, text []byte) error {
		real, err := filepath.Abs(name)
		if err != nil {
			return err
		}
		if replace[real] == "" {
			replace[real] = filepath.Join(work, strconv.Itoa(len(replace))+".go")
		}
		return os.WriteFile(replace[real], text, 0o600)
	}
	files := map[string][]*mutant{}
	most := 0
	for _, m := range mutants {
		files[m.file] = append(files[m.file], m)
		most = max(most, m.id)
	}
	for file, inside := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		if err := put(file, weave(source, inside)); err != nil {
			return "", err
		}
		// The folder's name is the package's.
		folder := filepath.Dir(file)
		if err := put(filepath.Join(folder, "mutants_woven.go"), fmt.Appendf(nil, switches, filepath.Base(folder), most+1)); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path = filepath.Join(work, "overlay.json")
	return path, os.WriteFile(path, text, 0o600)
}
