package evidence

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"aftermath/model"
	"aftermath/ui/nav"
	"aftermath/ui/overlay"
)

// A Counter counts what the events of an incident name.
type Counter interface {
	Values(ctx context.Context, incident model.ID, fields ...string) (map[string][]model.ValueCount, error)
}

// Counted are the values that a filter can ask for, with how many events name each.
type Counted map[string][]model.ValueCount

// A CountedRead brings them to the screen that asked.
type CountedRead struct {
	Counted Counted
	Of      any
}

// manyToCount is how many events take so long to look at that it is said.
const manyToCount = 200_000

// Count asks for them in a command. It looks at every event, so that nothing but a filter asks for it.
func Count(c Counter, incident model.ID, r *model.Record, of any) tea.Cmd {
	var say tea.Cmd
	if r != nil && r.Evidence > manyToCount {
		say = nav.Cmd(nav.Say{Text: "Counting what there is to choose from."})
	}
	return tea.Batch(say, func() tea.Msg {
		ctx, cancel := context.WithTimeout(context.Background(), ReadLimit)
		defer cancel()
		values, err := c.Values(ctx, incident, "source", "kind", "actor", "service")
		if err != nil {
			return nav.Fail{Err: err}
		}
		return CountedRead{values, of}
	})
}

// A Filter is the one list to narrow events by.
type Filter struct {
	Counted  Counted
	Taxonomy model.Taxonomy
	Parts    bool     // the narrative and the inbox are told apart here, and events have roles
	Hidden   []string // what can be shown beside the rest: noise, housekeeping, merged
	Env      model.Env
	Done     func(model.EventQuery) tea.Cmd
}

// What is chosen from the list is written as a word for its sort and the value.
const (
	askTime  = "ask time"
	askWords = "ask words"
	nameless = "(none)"
)

// Open shows the list with what q asks for marked. The query that Done gets keeps all else of q.
func (f Filter) Open(q model.EventQuery) tea.Cmd {
	p := &overlay.Pick{Name: "Show only", Help: "Mark any number, type to find one. Nothing marked shows everything.", Many: true, Chosen: chosen(q)}
	offer := func(value, label, help string) {
		if !slices.ContainsFunc(p.Options, func(o overlay.Option) bool { return o.Value == value }) {
			p.Options = append(p.Options, overlay.Option{Value: value, Label: label, Help: help})
		}
	}
	for _, v := range p.Chosen { // what is marked stands first, and can be taken off though nothing has it any more
		label, help := v, f.count(v)
		switch sort, word, _ := strings.Cut(v, " "); sort {
		case "time":
			label = "time " + during(q, f.Env)
		case "words":
			label = "words “" + word + "”"
		case "part":
			label = "only the " + word
		case "also":
			label = "also show " + word
		}
		offer(v, label, help)
	}
	offer(askTime, "time from when to when", "such as 14:00-15:10")
	offer(askWords, "words in the text", "")
	for _, sort := range []string{"source", "actor", "service"} {
		for _, v := range f.Counted[sort] {
			offer(sort+" "+v.Value, sort+" "+v.Value, fmt.Sprint(v.Count))
		}
	}
	for _, w := range f.Taxonomy["event_kind"] {
		offer("kind "+w.Value, "kind "+strings.ToLower(w.Label), f.count("kind "+w.Value))
	}
	if f.Parts {
		for _, w := range f.Taxonomy["event_role"] {
			offer("role "+w.Value, "role "+strings.ToLower(w.Label), "")
		}
		offer("part narrative", "only the narrative", "what somebody wrote, kept or worked on")
		offer("part inbox", "only the inbox", "what nobody has worked on")
	}
	for _, o := range f.Hidden {
		offer("also "+o, "also show "+o, "")
	}
	p.Done = func(values []string) tea.Cmd { return f.done(narrow(q, values), values) }
	return p.Open()
}

// count is how many events name a value, where that is known.
func (f Filter) count(value string) string {
	sort, word, _ := strings.Cut(value, " ")
	for _, v := range f.Counted[sort] {
		if v.Value == word {
			return fmt.Sprint(v.Count)
		}
	}
	return ""
}

// done goes on to what has to be typed.
func (f Filter) done(q model.EventQuery, values []string) tea.Cmd {
	then := f.Done
	if slices.Contains(values, askWords) {
		then = func(q model.EventQuery) tea.Cmd {
			return words(q.Text, nil, func(text string) tea.Cmd { q.Text = text; return f.Done(q) })
		}
	}
	if slices.Contains(values, askTime) {
		return Time(q, f.Env, then)
	}
	return then(q)
}

// narrow puts what was marked in the place of what q asked for.
func narrow(q model.EventQuery, values []string) model.EventQuery {
	from := q
	q.Sources, q.Roles, q.Kinds, q.Actors, q.Services, q.Text = nil, nil, nil, nil, nil, ""
	q.From, q.To, q.Narrative, q.Untouched = time.Time{}, time.Time{}, false, false
	q.WithNoise, q.WithHousekeeping, q.WithMerged = false, false, false
	lists := map[string]*[]string{"source": &q.Sources, "role": &q.Roles, "kind": &q.Kinds, "actor": &q.Actors, "service": &q.Services}
	for _, v := range values {
		sort, word, _ := strings.Cut(v, " ")
		if list := lists[sort]; list != nil {
			if word == nameless {
				word = ""
			}
			*list = append(*list, word)
		}
		switch v {
		case "time":
			q.From, q.To = from.From, from.To
		case "part narrative":
			q.Narrative = true
		case "part inbox":
			q.Untouched = true
		case "also noise":
			q.WithNoise = true
		case "also housekeeping":
			q.WithHousekeeping = true
		case "also merged":
			q.WithMerged = true
		}
		if sort == "words" {
			q.Text = from.Text
		}
	}
	return q
}

// chosen lists what a query asks for as the list marks it.
func chosen(q model.EventQuery) (out []string) {
	if !q.From.IsZero() || !q.To.IsZero() {
		out = append(out, "time")
	}
	if q.Text != "" {
		out = append(out, "words "+q.Text)
	}
	for _, list := range []struct {
		sort   string
		values []string
	}{{"source", q.Sources}, {"kind", q.Kinds}, {"role", q.Roles}, {"actor", q.Actors}, {"service", q.Services}} {
		for _, v := range list.values {
			if v == "" {
				v = nameless
			}
			out = append(out, list.sort+" "+v)
		}
	}
	for _, flag := range []struct {
		on    bool
		value string
	}{{q.Narrative, "part narrative"}, {q.Untouched, "part inbox"}, {q.WithNoise, "also noise"}, {q.WithHousekeeping, "also housekeeping"}, {q.WithMerged, "also merged"}} {
		if flag.on {
			out = append(out, flag.value)
		}
	}
	return out
}

// Words asks for words and has set told of every letter, so that the list narrows as it is typed.
func Words(was string, set func(text string) tea.Cmd) tea.Cmd {
	return words(was, set, func(string) tea.Cmd { return nil })
}

func words(was string, live, save func(text string) tea.Cmd) tea.Cmd {
	open := &overlay.Edit{Verb: "keep the filter", Name: "Only lines with", Help: "Words in the text of an event. Enter keeps the filter, esc leaves it as it was.", Text: was}
	if live != nil {
		open.Live = func(text string) tea.Cmd { return live(strings.TrimSpace(text)) }
		open.Cancel = func() tea.Cmd { return live(was) }
	}
	open.Save = func(text string) tea.Cmd { return save(strings.TrimSpace(text)) }
	return open.Open()
}

// Time asks from when to when. An empty answer shows all of it.
func Time(q model.EventQuery, env model.Env, done func(model.EventQuery) tea.Cmd) tea.Cmd {
	was := ""
	if !q.From.IsZero() || !q.To.IsZero() {
		was = model.Stretch{From: q.From, To: q.To}.Format(env.Zone)
	}
	read := func(text string) (s model.Stretch, err error) {
		if strings.TrimSpace(text) != "" {
			s, err = model.ParseStretch(text, env)
		}
		return s, err
	}
	open := &overlay.Edit{Verb: "keep the filter", Name: "Only from when to when", Help: "14:00-15:10, or with one end open 14:00- and -15:10. Nothing shows all of it.", Text: was}
	open.Check = func(text string) (string, bool) {
		s, err := read(text)
		if err != nil {
			return err.Error(), false
		}
		return strings.Join(s.Notes, " "), true
	}
	open.Save = func(text string) tea.Cmd {
		s, _ := read(text)
		q.From, q.To = s.From, s.To
		return done(q)
	}
	return open.Open()
}
