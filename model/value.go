package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Env is what typed text is read against. The zero value reads times in UTC and needs full dates.
type Env struct {
	Zone     *time.Location // of typed times without an offset; nil means UTC
	Day      time.Time      // the day of a time typed without one
	From     time.Time      // when the incident started, to choose the day across midnight
	Taxonomy Taxonomy
}

func (e Env) zone() *time.Location {
	if e.Zone == nil {
		return time.UTC
	}
	return e.Zone
}

// ParseValue turns typed text into the value of a cell of type t's field f: nil for empty text, which
// clears it; text for lines, words, ids, days ("2026-12-01") and times (RFC 3339 in UTC); a
// json.Number; true; or the members of a set as []string. What cannot be read is a *Fault whose words
// fit under the field.
func ParseValue(f Field, t Type, text string, env Env) (any, error) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	if text == "" {
		return nil, nil
	}
	switch f.Kind {
	case Text:
		return strings.ReplaceAll(text, "\r\n", "\n"), nil
	case Time:
		if t == TypeIncident && f.Name == "started" {
			env.From = time.Time{} // the start itself is not measured against the start
		}
		return parseTimeValue(f, text, env)
	case Date:
		return parseDate(f, text)
	case Choice:
		return parseChoice(f, text, env.Taxonomy)
	case Number:
		return parseNumber(f, text)
	case Flag:
		return parseFlag(f, text)
	case Ref:
		return parseRef(f, text)
	case Set:
		return parseSet(f, text)
	case Offset:
		return parseOffset(f, text)
	case Ranged:
		return parseRange(f, text)
	}
	if t == TypeIncident && f.Name == "zone" {
		return parseZone(f, text)
	}
	return oneLine(text), nil
}

// oneLine joins lines with a space and leaves every other character as the person typed it.
func oneLine(text string) string {
	return strings.TrimSpace(strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(text))
}

func refuse(f Field, reason, remedy string) error {
	return &Fault{Kind: FaultInput, What: f.Label, Reason: reason, Remedy: remedy}
}

func parseTimeValue(f Field, text string, env Env) (any, error) {
	m, rest, err := readMoment(text, env, false)
	if err == nil && strings.TrimSpace(rest) != "" {
		err = unreadable(text)
	}
	if err == nil && m.fold != "" {
		err = &Fault{Reason: m.fold, Remedy: "write the offset after it, such as " + m.at.Format("15:04 -07:00")}
	}
	if err != nil {
		fault := *err.(*Fault)
		fault.Kind, fault.What = FaultInput, f.Label
		return nil, &fault
	}
	return FormatTime(m.at), nil
}

func parseDate(f Field, text string) (any, error) {
	day, rest, ok, err := readDate(PlainTime(text))
	switch {
	case err != nil:
		return nil, refuse(f, err.(*Fault).Reason, err.(*Fault).Remedy)
	case !ok || strings.TrimSpace(rest) != "":
		return nil, refuse(f, quote(text)+" is not a day", "write it as 2026-12-01 or 1 Dec 2026")
	}
	return fmt.Sprintf("%04d-%02d-%02d", day.year, day.month, day.day), nil
}

func parseChoice(f Field, text string, tax Taxonomy) (any, error) {
	if w, ok := tax.Find(f.List, text); ok {
		return w.Value, nil
	}
	var begins, names []string
	for _, w := range tax[f.List] {
		names = append(names, w.Label)
		if hasPrefixFold(w.Label, text) || hasPrefixFold(w.Value, text) {
			begins = append(begins, w.Value)
		}
	}
	if len(begins) == 1 {
		return begins[0], nil
	}
	remedy := "choose " + either(names)
	if len(begins) > 1 {
		for i, v := range begins {
			begins[i] = tax.Label(f.List, v)
		}
		return nil, refuse(f, quote(text)+" could be "+either(begins), "write one letter more")
	}
	if near := Nearest(text, names); near != "" {
		remedy = "did you mean " + near + "? " + strings.ToUpper(remedy[:1]) + remedy[1:]
	}
	return nil, refuse(f, quote(text)+" is not in the list", remedy)
}

var jsonNumber = Pattern(`^-?(0|[1-9]\d{0,17})(\.\d{1,12})?([eE][+-]?\d{1,2})?$`)

func parseNumber(f Field, text string) (any, error) {
	plain := strings.TrimPrefix(text, "+")
	plain = strings.Replace(plain, "\u2212", "-", 1)
	if strings.HasPrefix(plain, ".") {
		plain = "0" + plain
	}
	if jsonNumber().MatchString(plain) {
		return json.Number(plain), nil
	}
	if strings.Contains(text, ",") {
		return nil, refuse(f, "a comma in "+quote(text)+" can be read in two ways", "write 1.5 with a point, and 1000 without a separator")
	}
	return nil, refuse(f, quote(text)+" is not a number", "write digits only, such as 500 or 0.5; the unit has its own field")
}

func parseFlag(f Field, text string) (any, error) {
	switch strings.ToLower(text) {
	case "true", "yes", "y", "on", "1":
		return true, nil
	case "false", "no", "n", "off", "0":
		return nil, nil
	}
	return nil, refuse(f, quote(text)+" is neither yes nor no", "write yes or no")
}

func parseRef(f Field, text string) (any, error) {
	if f.To != "" && ID(text).Type() != f.To {
		return nil, refuse(f, quote(text)+" does not name "+article(string(f.To)),
			"write its id, which begins with "+letters[f.To]+"-")
	}
	return text, nil
}

// parseSet reads members between commas or line ends, each once.
func parseSet(f Field, text string) (any, error) {
	var members []string
	for m := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		m = strings.TrimSpace(m)
		if m == "" || slices.Contains(members, m) {
			continue
		}
		if f.To != "" {
			if _, err := parseRef(f, m); err != nil {
				return nil, err
			}
		}
		members = append(members, m)
	}
	if len(members) == 0 {
		return nil, nil
	}
	return members, nil
}

// parseZone takes names of the time zone database only: "Local" means another zone on every machine.
func parseZone(f Field, text string) (any, error) {
	z, err := time.LoadLocation(text)
	if err != nil || z == time.Local {
		return nil, refuse(f, quote(text)+" is not a time zone", "write a name such as Europe/London, or UTC")
	}
	return z.String(), nil
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func quote(s string) string { return "“" + s + "”" }

func article(noun string) string {
	if strings.ContainsAny(noun[:1], "aeiou") {
		return "an " + noun
	}
	return "a " + noun
}

// either reads as "a, b or c".
func either(names []string) string { return join(names, " or ") }

// Both reads as "a, b and c".
func Both(names []string) string { return both(names) }

func both(names []string) string { return join(names, " and ") }

func join(names []string, last string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	n := len(names) - 1
	return strings.Join(names[:n], ", ") + last + names[n]
}

// Counted reads as "1 action", "3 actions".
func Counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Named finds a field by its name, a set by the name of the set.
func Named(t Type, name string) (Field, bool) {
	i := slices.IndexFunc(Schema[t], func(f Field) bool { return f.Name == name })
	if i < 0 {
		return Field{}, false
	}
	return Schema[t][i], true
}

// FormatTime writes an instant as it stands in a cell: RFC 3339 in UTC, to the nanosecond where needed.
func FormatTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// ParseTime reads what FormatTime wrote; anything else is the zero time.
func ParseTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
