package config

import (
	"fmt"
	"slices"
	"strings"

	"aftermath/model"
)

// Prompts are the questions of the guided analysis that a team adds, words otherwise, or leaves out.
type Prompts struct {
	Off []string `toml:"off"` // prompts or whole packs
	Ask []Prompt `toml:"ask"`
}

// A Prompt is one question as the file writes it.
type Prompt struct {
	ID    string   `toml:"id"`
	Pack  string   `toml:"pack"`
	Ask   string   `toml:"ask"`
	Check bool     `toml:"check"`
	When  []string `toml:"when"`
	After string   `toml:"after"`
	Each  string   `toml:"each"`
	Leads string   `toml:"leads"`
	Layer string   `toml:"layer"`
	Area  string   `toml:"area"`
}

// On puts them on top of a list: one with a known id in its place, the others after the last of their pack.
func (p Prompts) On(base []model.Prompt) []model.Prompt {
	list := slices.Clone(base)
	for _, x := range p.Ask {
		next := model.Prompt{ID: x.ID, Pack: x.Pack, Ask: x.Ask, Check: x.Check, When: x.When, After: x.After, Each: x.Each, Leads: x.Leads, Layer: x.Layer, Area: x.Area}
		at := slices.IndexFunc(list, func(y model.Prompt) bool { return y.ID == x.ID })
		if at >= 0 {
			next.Field = list[at].Field
			list[at] = next
			continue
		}
		at = len(list)
		for i, y := range list {
			if y.Pack == x.Pack {
				at = i + 1
			}
		}
		list = slices.Insert(list, at, next)
	}
	return slices.DeleteFunc(list, func(x model.Prompt) bool {
		return slices.ContainsFunc(p.Off, func(off string) bool { return off == x.ID || strings.EqualFold(off, x.Pack) })
	})
}

// prompts checks what the file says of them.
func (s source) prompts(c Config) error {
	list := c.Prompts.On(model.DefaultPrompts())
	var names []string
	for _, x := range slices.Concat(model.DefaultPrompts(), list) {
		names = append(names, x.ID, x.Pack)
	}
	for _, off := range c.Prompts.Off {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, off) }) {
			return s.fault("prompts.off", fmt.Sprintf("there is no prompt or pack %q", off), suggestion(off, names))
		}
	}
	for _, p := range c.Prompts.Ask {
		if err := s.prompt(c, p, names); err != nil {
			return err
		}
	}
	return nil
}

func (s source) prompt(c Config, p Prompt, names []string) error {
	fault := func(reason, remedy string) error { return s.fault("prompts.ask", reason, remedy) }
	switch {
	case strings.TrimSpace(p.ID) == "" || strings.ContainsAny(p.ID, " :"):
		return fault(fmt.Sprintf("the prompt %q has no usable id", p.Ask), `write id = "short-name", without blanks and colons`)
	case strings.TrimSpace(p.Pack) == "" || strings.TrimSpace(p.Ask) == "":
		return fault("the prompt "+p.ID+" has no pack or no question", "give it pack and ask")
	case p.After != "" && !slices.Contains(names, p.After):
		return fault(fmt.Sprintf("%s comes after %q, which is no prompt", p.ID, p.After), suggestion(p.After, names))
	case p.Leads != "" && p.Leads != string(model.TypeFactor) && p.Leads != string(model.TypeAction):
		return fault(fmt.Sprintf("%s cannot lead to %q", p.ID, p.Leads), `write leads = "factor" or "action"`)
	case p.Layer != "" && !isLayer(c, p.Layer):
		return fault(fmt.Sprintf("%s names the layer %q", p.ID, p.Layer), "the layers are technical, human and process")
	}
	if _, ok := c.Taxonomy.Find("area", p.Area); p.Area != "" && !ok {
		return fault(fmt.Sprintf("%s names the area %q", p.ID, p.Area), "name one of the list taxonomy.area")
	}
	_, isRole := c.Taxonomy.Find("event_role", p.Each)
	_, isKind := c.Taxonomy.Find("event_kind", p.Each)
	if p.Each != "" && p.Each != "condition" && !isRole && !isKind {
		return fault(fmt.Sprintf("%s is asked of each %q", p.ID, p.Each), "write condition, or a role or kind of event")
	}
	for _, w := range p.When {
		if !model.KnownFact(w) {
			alone, begin := model.FactNames()
			return fault(fmt.Sprintf("%s waits for %q, which is no fact", p.ID, w), suggestionOr(strings.TrimPrefix(w, "not "), slices.Concat(alone, begin), "docs/prompts.md lists them"))
		}
	}
	return nil
}
