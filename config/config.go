// Package config reads config.toml: everything works without it, and what it says is checked in words.
package config

import (
	"maps"
	"slices"

	"aftermath/model"
)

// A Config is what a team or a person sets once. Default gives the values that hold without a file.
type Config struct {
	Author    string   `toml:"author"`     // whose name stands on changes; empty means the account's
	Zone      string   `toml:"zone"`       // in which times are typed and shown where an incident names none; empty means the machine's
	FirstStep string   `toml:"first_step"` // the step that an incident opens on
	Editor    string   `toml:"editor"`     // for long text; empty means $VISUAL, then $EDITOR
	Mouse     bool     `toml:"mouse"`
	Required  []string `toml:"required"` // fields of the incident

	Theme    Theme                `toml:"theme"`
	Scale    Scale                `toml:"scale"`
	Limits   Limits               `toml:"limits"`
	Retro    Retro                `toml:"retro"`
	Export   Export               `toml:"export"`
	Keys     map[string][]string  `toml:"keys"`     // action → the keys that do it
	Collect  map[string]Collector `toml:"collect"`  // source → what it is asked for
	Prompts  Prompts              `toml:"prompts"`  // of the guided analysis
	Taxonomy model.Taxonomy       `toml:"taxonomy"` // the lists as they hold: the file's on top of the defaults
}

// A Theme is how the screen looks.
type Theme struct {
	Name   string `toml:"name"`   // auto, dark, light, contrast, colourblind, mono
	Glyphs string `toml:"glyphs"` // auto, unicode, ascii
}

// A Scale is what the three levels count in the impact math.
type Scale struct {
	High   float64 `toml:"high"`
	Medium float64 `toml:"medium"`
	Low    float64 `toml:"low"`
}

// Model is the scale as the rules take it.
func (s Scale) Model() model.Scale { return model.Scale(s) }

// Limits are numbers that a team may see differently.
type Limits struct {
	CutLine int `toml:"cut_line"` // how many actions stand above the line
}

// A Retro holds the agendas of the meeting.
type Retro struct {
	Agenda60 []Box `toml:"agenda_60"`
	Agenda90 []Box `toml:"agenda_90"`
}

// A Box is one stretch of the agenda.
type Box struct {
	Name    string `toml:"name"`
	Minutes int    `toml:"minutes"`
}

// Export is how documents are written unless a command says otherwise.
type Export struct {
	Profile string `toml:"profile"` // github or plain
}

// The words that the choices in the file may take.
var (
	Themes   = []string{"auto", "dark", "light", "contrast", "colourblind", "mono"}
	Glyphs   = []string{"auto", "unicode", "ascii"}
	Profiles = []string{"github", "gitlab", "techdocs", "confluence", "notion", "plain"}
)

// Default is the configuration without a file.
func Default() Config {
	return Config{
		FirstStep: "frame",
		Mouse:     true,
		Required:  model.DefaultRequired(),
		Theme:     Theme{Name: "auto", Glyphs: "auto"},
		Scale:     Scale(model.DefaultScale()),
		Limits:    Limits{CutLine: model.DefaultCutLine},
		Retro: Retro{
			Agenda60: []Box{{"Opening", 5}, {"Past actions", 5}, {"Timeline", 35}, {"Conditions", 8}, {"Close", 7}},
			Agenda90: []Box{{"Opening", 5}, {"Past actions", 8}, {"Timeline", 50}, {"Conditions", 15}, {"Close", 12}},
		},
		Export:   Export{Profile: "github"},
		Keys:     map[string][]string{},
		Collect:  map[string]Collector{},
		Prompts:  Prompts{Off: []string{}, Ask: []Prompt{}},
		Taxonomy: model.DefaultTaxonomy(),
	}
}

// A wordList is how the file writes a list of the taxonomy.
type wordList struct {
	Replace bool   `toml:"replace"`
	Words   []word `toml:"words"`
}

type word struct {
	Value string `toml:"value"`
	Label string `toml:"label"`
	Help  string `toml:"help"`
	Group string `toml:"group"`
}

// fixed are the lists whose values the program itself acts on. Their words may be named otherwise,
// but none can be added or taken away.
var fixed = []string{"incident_stage", "moment", "precision", "layer", "without", "strength", "action_stage", "level", "direction", "result_status", "verdict", "outcome"}

// OpenLists are the lists that a team may extend or replace.
func OpenLists() []string {
	var open []string
	for _, name := range slices.Sorted(maps.Keys(model.DefaultTaxonomy())) {
		if !slices.Contains(fixed, name) {
			open = append(open, name)
		}
	}
	return open
}

// on puts the words of the file on top of the default list: in place of it, or a word in place of the
// one with its value and the others after it.
func (l wordList) on(base []model.Word) []model.Word {
	list := slices.Clone(base)
	if l.Replace {
		list = nil
	}
	for _, w := range l.Words {
		entry := model.Word(w)
		if entry.Label == "" {
			entry.Label = entry.Value
		}
		if i := slices.IndexFunc(list, func(x model.Word) bool { return x.Value == entry.Value }); i >= 0 {
			list[i] = entry
		} else {
			list = append(list, entry)
		}
	}
	return list
}
