package model

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Range is an estimate as people give one: at the least, most likely, at the most. All three are equal
// where somebody is sure.
type Range struct {
	Low    float64 `json:"low"`
	Likely float64 `json:"likely"`
	High   float64 `json:"high"`
}

// rangeMost bounds every number of a range, so that sums and products of them stay exact enough.
const rangeMost = 1e9

// Point tells whether there is nothing between the ends.
func (r Range) Point() bool { return r.Low == r.High }

// Mean is what a range comes to on average. It is the mean of the PERT distribution, which gives the likely
// value four times the weight of an end: (low + 4 × likely + high) ÷ 6 (Malcolm, Roseboom, Clark and Fazar,
// "Application of a Technique for Research and Development Program Evaluation", 1959).
func (r Range) Mean() float64 { return (r.Low + 4*r.Likely + r.High) / 6 }

// String is the range as it stands in a cell and as it may be typed: "2–4–9", or "4" for a single number.
func (r Range) String() string {
	if r.Point() {
		return plainNumber(r.Likely)
	}
	return plainNumber(r.Low) + "–" + plainNumber(r.Likely) + "–" + plainNumber(r.High)
}

// In is the range with its unit: "2–4–9 person-days".
func (r Range) In(unit string) string {
	if unit == "%" {
		return r.String() + "%"
	}
	return strings.TrimSpace(r.String() + " " + unit)
}

// Words reads a range back to whoever typed it.
func (r Range) Words(unit string) string {
	with := func(v float64) string { return Range{v, v, v}.In(unit) }
	if r.Point() {
		return "exactly " + with(r.Likely)
	}
	return fmt.Sprintf("at least %s, most likely %s, at most %s", plainNumber(r.Low), plainNumber(r.Likely), with(r.High))
}

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

var (
	rangeParts  = Pattern(`^([\d.eE+]+)(?:(?:\s*(?:\.\.\.?|…|[-–—]|\bto\b|\s|/)\s*)([\d.eE+]+))?(?:(?:\s*(?:\.\.\.?|…|[-–—]|\bto\b|\s|/)\s*)([\d.eE+]+))?$`)
	rangeNumber = Pattern(`^(\d{1,10}(\.\d{1,6})?|\.\d{1,6})$`)
	rangeAbout  = Pattern(`(?i)^(~|about|approx\.?|approximately|around|circa|ca\.?|some|roughly)\s*`)
	rangeDots   = Pattern(`(\d)\.\.+(\.?\d)`)
)

const rangeRemedy = "write low, likely and high, such as 2 4 9, or one number such as 4 or about 4"

// ReadRange reads "2 4 9", "2-4-9", "2..9", "2 to 9", "about 4" and "4". Of two numbers the likely value is the
// middle. About means from half to twice as much: whoever says so has seldom thought of less.
func ReadRange(text string) (Range, error) {
	refused := func(reason, remedy string) (Range, error) {
		return Range{}, &Fault{Kind: FaultInput, Reason: reason, Remedy: remedy}
	}
	plain := strings.TrimSpace(text)
	about := rangeAbout().FindString(plain)
	plain = strings.TrimSpace(plain[len(about):])
	plain = rangeDots().ReplaceAllString(plain, "$1 – $2")
	switch {
	case plain == "":
		return refused(quote(text)+" holds no number", rangeRemedy)
	case strings.HasPrefix(plain, "-") || strings.HasPrefix(plain, "−"):
		return refused(quote(text)+" is below zero", "write what it costs or how often it happens, which is zero or more")
	case strings.Contains(plain, ","):
		return refused("a comma in "+quote(text)+" can be read in two ways", "write 1.5 with a point, and part the numbers with blanks: 2 4 9")
	}
	parts := rangeParts().FindStringSubmatch(plain)
	if parts == nil {
		return refused(quote(text)+" is not a range", rangeRemedy)
	}
	var v []float64
	for _, p := range parts[1:] {
		if p == "" {
			continue
		}
		if !rangeNumber().MatchString(p) {
			return refused(quote(p)+" is not a number that can be used here", "write digits only, up to a thousand million; the unit has its own place")
		}
		n, err := strconv.ParseFloat(p, 64)
		if err != nil || n > rangeMost {
			return refused(quote(p)+" is more than a thousand million", "use a larger unit")
		}
		v = append(v, n)
	}
	switch {
	case about != "" && len(v) > 1:
		return refused(quote(text)+" is about a range", "write the range without it: a range says how sure you are")
	case about != "":
		return Range{micro(v[0] / 2), v[0], v[0] * 2}.inOrder(text)
	case len(v) == 1:
		return Range{v[0], v[0], v[0]}, nil
	case len(v) == 2:
		return Range{v[0], micro((v[0] + v[1]) / 2), v[1]}.inOrder(text)
	}
	return Range{v[0], v[1], v[2]}.inOrder(text)
}

// micro rounds to the six decimals that a range may be typed with.
func micro(v float64) float64 { return math.Round(v*1e6) / 1e6 }

func (r Range) inOrder(text string) (Range, error) {
	if r.Low <= r.Likely && r.Likely <= r.High && r.High <= rangeMost {
		return r, nil
	}
	return Range{}, &Fault{Kind: FaultInput, Reason: "the numbers of " + quote(text) + " are not in order", Remedy: "write the low one first, then the likely one, then the high one"}
}

// parseRange is the cell of a range: its canonical text, within what the field allows.
func parseRange(f Field, text string) (any, error) {
	bare := text
	if f.Unit == "%" {
		bare = strings.ReplaceAll(text, "%", "")
	}
	r, err := ReadRange(bare)
	if err != nil {
		fault := *err.(*Fault)
		fault.What = f.Label
		return nil, &fault
	}
	switch {
	case f.Most > 0 && r.High > f.Most:
		return nil, refuse(f, fmt.Sprintf("%s is more than %s", quote(text), Range{f.Most, f.Most, f.Most}.In(f.Unit)), "write at most "+plainNumber(f.Most))
	case r.Low < f.Least:
		return nil, refuse(f, fmt.Sprintf("%s begins below %s", quote(text), Range{f.Least, f.Least, f.Least}.In(f.Unit)), "write at least "+plainNumber(f.Least))
	}
	return r.String(), nil
}

// RangeOf is the range that a cell of a field holds; false for an empty one, and for one that only another
// program can have written.
func RangeOf(t Type, name, cell string) (Range, bool) {
	f, ok := Named(t, name)
	if !ok || cell == "" {
		return Range{}, false
	}
	if _, err := parseRange(f, cell); err != nil {
		return Range{}, false
	}
	r, err := ReadRange(cell)
	return r, err == nil
}
