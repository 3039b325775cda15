package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"aftermath/model"
)

// check is the first thing in c that cannot hold, as a sentence that names its line.
func (s source) check(c Config) error {
	for _, choice := range []struct {
		key, value string
		allowed    []string
	}{
		{"theme.name", c.Theme.Name, Themes},
		{"theme.glyphs", c.Theme.Glyphs, Glyphs},
		{"export.profile", c.Export.Profile, Profiles},
		{"first_step", c.FirstStep, model.StepNames},
	} {
		if !slices.Contains(choice.allowed, choice.value) {
			return s.choice(choice.key, choice.value, choice.allowed)
		}
	}
	if _, err := time.LoadLocation(c.Zone); err != nil || c.Zone == "Local" {
		return s.fault("zone", fmt.Sprintf("there is no time zone %q", c.Zone), "write a name such as Europe/London, or UTC")
	}
	for _, name := range c.Required {
		if _, ok := model.Named(model.TypeIncident, name); !ok {
			return s.fault("required", fmt.Sprintf("an incident has no field %q", name), suggestion(name, incidentFields()))
		}
	}
	if c.Limits.CutLine < 1 {
		return s.fault("limits.cut_line", fmt.Sprintf("%d leaves no action above the line", c.Limits.CutLine), "write 1 or more; 5 is usual")
	}
	for _, check := range []func(Config) error{s.scale, s.agendas, s.keys, s.taxonomy, s.prompts} {
		if err := check(c); err != nil {
			return err
		}
	}
	return nil
}

func (s source) choice(key, value string, allowed []string) error {
	allowed = slices.DeleteFunc(slices.Clone(allowed), func(a string) bool { return a == "" })
	remedy := "choose one of " + strings.Join(allowed, ", ")
	if near := model.Nearest(value, allowed); near != "" {
		remedy = "did you mean " + near + "?"
	}
	return s.fault(key, fmt.Sprintf("%s cannot be %q", key, value), remedy)
}

func (s source) scale(c Config) error {
	// Written so that a NaN fails it too.
	if !(c.Scale.Low > 0 && c.Scale.Medium >= c.Scale.Low && c.Scale.High >= c.Scale.Medium && c.Scale.High <= 1e6) {
		return s.fault("scale", fmt.Sprintf("high %v, medium %v, low %v do not make a scale", c.Scale.High, c.Scale.Medium, c.Scale.Low),
			"low must be above 0, and medium and high must not be below what comes before")
	}
	return nil
}

func (s source) agendas(c Config) error {
	for key, agenda := range map[string][]Box{"retro.agenda_60": c.Retro.Agenda60, "retro.agenda_90": c.Retro.Agenda90} {
		if len(agenda) == 0 {
			return s.fault(key, key+" has no boxes", "give each a name and minutes, or leave the key out")
		}
		for _, b := range agenda {
			if strings.TrimSpace(b.Name) == "" || b.Minutes < 1 {
				return s.fault(key, fmt.Sprintf("the box %q has %d minutes", b.Name, b.Minutes), "give each box a name and at least 1 minute")
			}
		}
	}
	return nil
}

func (s source) keys(c Config) error {
	for action, keys := range c.Keys {
		for _, k := range keys {
			if strings.TrimSpace(k) == "" {
				return s.fault("keys."+action, "a key of "+action+" is empty", `write it as on the screen, such as "a", "ctrl+e" or "space"`)
			}
		}
	}
	return nil
}

func (s source) taxonomy(c Config) error {
	for name, list := range c.Taxonomy {
		key := "taxonomy." + name
		if len(list) == 0 {
			return s.fault(key, "the list "+name+" is empty", "give it words, or leave out replace")
		}
		for _, w := range list {
			switch {
			case strings.TrimSpace(w.Value) == "":
				return s.fault(key, "a word of "+name+" has no value", `write value = "short_name"`)
			case name == "area" && !isLayer(c, w.Group):
				return s.fault(key, fmt.Sprintf("the area %q belongs to no layer", w.Value), `write group = "technical", "human" or "process"`)
			}
		}
		if slices.Contains(fixed, name) && !sameValues(list, model.DefaultTaxonomy()[name]) {
			return s.fault(key, "the words of "+name+" have a meaning to the program", "change their labels, but neither add nor remove one")
		}
	}
	return nil
}

func isLayer(c Config, group string) bool {
	return slices.ContainsFunc(c.Taxonomy["layer"], func(w model.Word) bool { return w.Value == group })
}

func sameValues(a, b []model.Word) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(w model.Word) bool {
		return !slices.ContainsFunc(b, func(x model.Word) bool { return x.Value == w.Value })
	})
}

func incidentFields() []string {
	var names []string
	for _, f := range model.Schema[model.TypeIncident] {
		names = append(names, f.Name)
	}
	return names
}
