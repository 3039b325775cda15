package model

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// A ViewQuery is the filters of an EventQuery as a saved view keeps them. Its names are part of the file.
type ViewQuery struct {
	Sources      []string  `json:"sources,omitempty"`
	Kinds        []string  `json:"kinds,omitempty"`
	Roles        []string  `json:"roles,omitempty"`
	Actors       []string  `json:"actors,omitempty"`
	Services     []string  `json:"services,omitempty"`
	Words        string    `json:"words,omitempty"`
	From         time.Time `json:"from,omitzero"`
	To           time.Time `json:"to,omitzero"` // the first moment after it
	Narrative    bool      `json:"narrative,omitempty"`
	Inbox        bool      `json:"inbox,omitempty"`
	Noise        bool      `json:"noise,omitempty"`
	Housekeeping bool      `json:"housekeeping,omitempty"`
	Merged       bool      `json:"merged,omitempty"`
}

// ViewOf takes the filters out of a query.
func ViewOf(q EventQuery) ViewQuery {
	return ViewQuery{Sources: q.Sources, Kinds: q.Kinds, Roles: q.Roles, Actors: q.Actors, Services: q.Services, Words: q.Text, From: q.From, To: q.To,
		Narrative: q.Narrative, Inbox: q.Untouched, Noise: q.WithNoise, Housekeeping: q.WithHousekeeping, Merged: q.WithMerged}
}

// Query asks for what a view lets through of an incident.
func (v ViewQuery) Query(incident ID) EventQuery {
	return EventQuery{Incident: incident, Sources: v.Sources, Kinds: v.Kinds, Roles: v.Roles, Actors: v.Actors, Services: v.Services, Text: v.Words,
		From: v.From, To: v.To, Narrative: v.Narrative, Untouched: v.Inbox, WithNoise: v.Noise, WithHousekeeping: v.Housekeeping, WithMerged: v.Merged}
}

// Format writes a view as JSON, the same for the same filters in whatever order they were chosen.
func (v ViewQuery) Format() string {
	for _, list := range []*[]string{&v.Sources, &v.Kinds, &v.Roles, &v.Actors, &v.Services} {
		*list = slices.Compact(slices.Sorted(slices.Values(*list)))
	}
	v.From, v.To = v.From.UTC(), v.To.UTC()
	raw, err := json.Marshal(v)
	if err != nil { // a time of a year that RFC 3339 cannot write
		v.From, v.To = time.Time{}, time.Time{}
		raw, _ = json.Marshal(v)
	}
	return string(raw)
}

// ParseView reads what Format wrote. What a newer version wrote beside it is left out, because a filter that
// is half understood still shows more and not less; text that is no view is refused.
func ParseView(text string) (v ViewQuery, err error) {
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return ViewQuery{}, &Fault{Kind: FaultInput, What: "use a saved filter", Reason: "what is saved under this name is no filter", Remedy: "delete it and save the filter again"}
	}
	return v, nil
}

// SaveView keeps the filters of a query under a name: in the view that has the name already, else in a new one.
func SaveView(incident ID, views []View, id ID, name string, q EventQuery) Gesture {
	g, query := Gesture{Label: "save a filter"}, ViewOf(q).Format()
	if v, known := ViewNamed(views, name); known {
		return g.Set(TypeView, v.ID, "query", query)
	}
	return g.Set(TypeView, id, "incident", string(incident)).Set(TypeView, id, "name", strings.TrimSpace(name)).Set(TypeView, id, "query", query)
}

// ViewNamed finds a view by its name, in any case.
func ViewNamed(views []View, name string) (View, bool) {
	i := slices.IndexFunc(views, func(v View) bool { return strings.EqualFold(v.Name, strings.TrimSpace(name)) })
	if i < 0 {
		return View{}, false
	}
	return views[i], true
}
