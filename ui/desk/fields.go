package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// Values are an entity's fields as a person would type them, and the members of its sets.
type Values struct {
	Text map[string]string
	Set  map[string][]string
}

// ValuesOf takes an entity's struct apart by its JSON names, which are the schema's. Times are written in
// zone, to the second, or to the minute when they are exact minutes.
func ValuesOf(entity any, t model.Type, zone *time.Location) Values {
	v := Values{Text: map[string]string{}, Set: map[string][]string{}}
	raw, err := json.Marshal(entity)
	if err != nil {
		return v
	}
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return v
	}
	for _, f := range model.Schema[t] {
		switch x := fields[f.Name].(type) {
		case nil:
		case []any:
			for _, m := range x {
				v.Set[f.Name] = append(v.Set[f.Name], fmt.Sprint(m))
			}
			slices.Sort(v.Set[f.Name])
		case string:
			v.Text[f.Name] = x
			if at, err := time.Parse(time.RFC3339Nano, x); err == nil && f.Kind == model.Time {
				v.Text[f.Name] = Stamp(at, zone)
			}
		default:
			v.Text[f.Name] = fmt.Sprint(x)
		}
	}
	return v
}

// Stamp writes a time as it would be typed, in zone.
func Stamp(at time.Time, zone *time.Location) string {
	layout := "2006-01-02 15:04:05"
	switch at = at.In(zone); {
	case at.Nanosecond() != 0:
		layout = "2006-01-02 15:04:05.999999999"
	case at.Second() == 0:
		layout = "2006-01-02 15:04"
	}
	return at.Format(layout)
}

// Plain writes a cell's value for people.
func Plain(v any) string {
	switch v := v.(type) {
	case nil:
		return "(empty)"
	case string:
		return v
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, fmt.Sprint(x))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}
