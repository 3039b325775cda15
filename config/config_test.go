package config

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"aftermath/model"

	"github.com/google/go-cmp/cmp"
)

const example = "../config.example.toml"

func write(t *testing.T, text string) string {
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExampleIsTheDefault(t *testing.T) {
	c, _, err := Load(example)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(Default(), c); d != "" {
		t.Error("as it stands:", d)
	}
	text, _ := os.ReadFile(example)
	open := regexp.MustCompile(`(?m)^#(\S|  )`).ReplaceAllString(string(text), "$1")
	c, _, err = Load(write(t, open))
	if err != nil {
		t.Fatal(err)
	}
	// The tables of sources have no default but not to stand there.
	if d := cmp.Diff(Collectables(), slices.Sorted(maps.Keys(c.Collect))); d != "" {
		t.Error("the sources with every key uncommented:", d)
	}
	c.Collect = Default().Collect
	if d := cmp.Diff(Default(), c); d != "" {
		t.Error("with every key uncommented:", d)
	}
	// Uncommented, the file must also say every key, or it would equal the default by saying nothing.
	for _, key := range keyNames() {
		parts := strings.Split(key, ".")
		if key == "taxonomy" || key == "collect" {
			continue // their tables are looked for below and above
		}
		if len(parts) == 3 && parts[0] == "collect" && slices.Contains(SharedKeys(), parts[2]) {
			continue // stands under the first source, for all
		}
		if (source{text: open}).lineOf(key) == 0 || !strings.Contains(open, key[strings.LastIndex(key, ".")+1:]) {
			t.Errorf("%s does not occur", key)
		}
	}
	for _, list := range OpenLists() {
		if !strings.Contains(open, "[taxonomy."+list+"]") {
			t.Errorf("the list %s does not occur", list)
		}
	}
	explained := false
	for n, line := range strings.Split(string(text), "\n") {
		if regexp.MustCompile(`^#\w+ =`).MatchString(line) && !explained {
			t.Errorf("line %d is not explained: %s", n+1, line)
		}
		explained = strings.HasPrefix(line, "# ")
	}
}

func TestLoadReadsWhatIsSet(t *testing.T) {
	c, warnings, err := Load(write(t, `
author = "maya"
required = ["title", "services"]
[scale]
high = 5
[keys]
"timeline.add_event" = ["a", "insert"]
[taxonomy.area]
words = [{ value = "data", label = "Data", group = "technical" }, { value = "code", label = "Source", group = "technical" }]
[taxonomy.severity]
replace = true
words = [{ value = "p1" }]
[taxonomy.level]
words = [{ value = "high", label = "Often" }]
`))
	if err != nil || warnings != nil {
		t.Fatal(err, warnings)
	}
	if c.Author != "maya" || c.Scale.High != 5 || c.Scale.Low != 1 || len(c.Required) != 2 || c.Keys["timeline.add_event"][1] != "insert" {
		t.Errorf("%+v", c)
	}
	area := c.Taxonomy["area"]
	if c.Taxonomy.Label("area", "code") != "Source" || area[len(area)-1].Value != "data" || len(area) != 10 {
		t.Errorf("%+v", area)
	}
	if d := cmp.Diff([]model.Word{{Value: "p1", Label: "p1"}}, c.Taxonomy["severity"]); d != "" {
		t.Error(d)
	}
	if c.Taxonomy.Label("level", "high") != "Often" || len(c.Taxonomy["level"]) != 3 {
		t.Errorf("%+v", c.Taxonomy["level"])
	}
}

func TestLoadRefusesInWords(t *testing.T) {
	for text, words := range map[string]string{
		"\nauthr = \"x\"": "line 2: there is no key authr; did you mean author?",
		"[theme]\nnme = \"dark\"\n[limts]\ncut_line = 3":       "line 2: there is no key theme.nme, and more are unknown; did you mean theme.name?",
		"[theme]\nname = \"drak\"":                             `line 2: theme.name cannot be "drak"; did you mean dark?`,
		"[export]\nprofile = \"pdf\"":                          "choose one of github, gitlab, techdocs, confluence, notion, plain",
		"mouse = \"yes\"":                                      "line 1",
		"mouse = ":                                             "line 1",
		"zone = \"Mars\"":                                      `there is no time zone "Mars"`,
		"required = [\"titel\"]":                               "did you mean title?",
		"[limits]\ncut_line = 0":                               "line 2: 0 leaves no action above the line",
		"[scale]\nlow = 0":                                     "do not make a scale",
		"[scale]\nlow = nan":                                   "do not make a scale",
		"[retro]\nagenda_60 = []":                              "has no boxes",
		"[retro]\nagenda_60 = [{ name = \"x\", minutes = 0 }]": "line 2: the box \"x\" has 0 minutes",
		"[keys]\n\"a.b\" = [\"\"]":                             "a key of a.b is empty",
		"[taxonomy.sevrity]\nreplace = true":                   "line 1: there is no list sevrity; did you mean severity?",
		"[taxonomy.severity]\nreplace = true":                  "the list severity is empty",
		"[taxonomy.severity]\nwords = [{ label = \"x\" }]":     "has no value",
		"[taxonomy.area]\nwords = [{ value = \"x\" }]":         "belongs to no layer",
		"[taxonomy.level]\nwords = [{ value = \"huge\" }]":     "have a meaning to the program",
		"[taxonomy.severity]\nwords = [{ valeu = \"x\" }]":     "line 2: there is no key",
	} {
		c, _, err := Load(write(t, text))
		if model.KindOf(err) != model.FaultInput || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: got %v, want %q", text, err, words)
		}
		if err != nil && (strings.Contains(err.Error(), "\n") || !cmp.Equal(c, Default())) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, _, err := Load(filepath.Join(t.TempDir(), "none.toml")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestSecretsAreRemarkedOn(t *testing.T) {
	path := write(t, "author = \"https://maya:hunter22@example.org\"\n")
	if _, warnings, err := Load(path); err != nil || warnings != nil {
		t.Error("a private file:", warnings, err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	_, warnings, _ := Load(path)
	if len(warnings) != 1 || !strings.Contains(warnings[0], "line 1: this looks like a secret") || strings.Contains(warnings[0], "hunter22") {
		t.Error(warnings)
	}
}
