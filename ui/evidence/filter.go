package evidence

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/cell"
	"aftermath/ui/overlay"
)

// A Filter is the list to narrow a timeline by: sources with their counts, roles, kinds, and what is hidden.
type Filter struct {
	Sources  []model.SourceCount
	Taxonomy model.Taxonomy
	Roles    bool     // events have roles here
	Hidden   []string // what can be shown beside the rest: noise, housekeeping, merged
	Done     func(model.EventQuery) tea.Cmd
}

// Open shows the list with what q asks for marked. The query that Done gets keeps all else of q.
func (f Filter) Open(q model.EventQuery) tea.Cmd {
	p := &overlay.Pick{Name: "Show only", Help: "Nothing marked shows everything.", Many: true, Chosen: Narrowed(q)}
	offer := func(what, value, label, help string) {
		p.Options = append(p.Options, overlay.Option{Value: what + " " + value, Label: label, Help: help})
	}
	for _, c := range f.Sources {
		offer("source", c.Source, "source "+c.Source, fmt.Sprint(c.Count))
	}
	if f.Roles {
		for _, w := range f.Taxonomy["event_role"] {
			offer("role", w.Value, "role "+strings.ToLower(w.Label), "")
		}
	}
	for _, w := range f.Taxonomy["event_kind"] {
		offer("kind", w.Value, "kind "+strings.ToLower(w.Label), "")
	}
	for _, o := range f.Hidden {
		offer("also", o, "also show "+o, "")
	}
	p.Done = func(values []string) tea.Cmd { return f.Done(narrow(q, values)) }
	return p.Open()
}

// narrow puts what was marked in the place of what q asked for.
func narrow(q model.EventQuery, values []string) model.EventQuery {
	q.Sources, q.Roles, q.Kinds = nil, nil, nil
	q.WithNoise, q.WithHousekeeping, q.WithMerged = false, false, false
	for _, v := range values {
		what, word, _ := strings.Cut(v, " ")
		switch what {
		case "source":
			q.Sources = append(q.Sources, word)
		case "role":
			q.Roles = append(q.Roles, word)
		case "kind":
			q.Kinds = append(q.Kinds, word)
		case "also":
			q.WithNoise = q.WithNoise || word == "noise"
			q.WithHousekeeping = q.WithHousekeeping || word == "housekeeping"
			q.WithMerged = q.WithMerged || word == "merged"
		}
	}
	return q
}

// Narrowed lists what a query asks for besides words.
func Narrowed(q model.EventQuery) []string {
	var out []string
	add := func(what string, list []string) {
		for _, v := range list {
			out = append(out, what+" "+v)
		}
	}
	add("source", q.Sources)
	add("role", q.Roles)
	add("kind", q.Kinds)
	for word, on := range map[string]bool{"noise": q.WithNoise, "housekeeping": q.WithHousekeeping, "merged": q.WithMerged} {
		if on {
			out = append(out, "also "+word)
		}
	}
	slices.Sort(out)
	return out
}

// Unfiltered says why there is nothing to show again; empty when something is filtered out.
func Unfiltered(q model.EventQuery) string {
	if len(Narrowed(q)) == 0 && q.Text == "" {
		return "nothing is filtered out"
	}
	return ""
}

// Only says in words what a query lets through.
func Only(q model.EventQuery) string {
	words := Narrowed(q)
	if q.Text != "" {
		words = append(words, "with “"+cell.Clean(q.Text)+"”")
	}
	return "only " + strings.Join(words, ", ")
}

// Words asks for words and has set told of every letter, so that the list narrows as it is typed.
func Words(was string, set func(text string) tea.Cmd) tea.Cmd {
	open := &overlay.Edit{Verb: "keep the filter", Name: "Only lines with", Help: "Words in the text of an event. Enter keeps the filter, esc leaves it as it was.", Text: was}
	open.Live = func(text string) tea.Cmd { return set(strings.TrimSpace(text)) }
	open.Save = func(string) tea.Cmd { return nil }
	open.Cancel = func() tea.Cmd { return set(was) }
	return open.Open()
}
