package config

import (
	"errors"
	"io/fs"
	"os"
	"reflect"
	"strings"

	"aftermath/model"

	"github.com/BurntSushi/toml"
)

// Load reads and checks the file at path. Warnings are sentences that do not stop the program. An
// error is a *model.Fault that names file, line and remedy; for a file that does not exist it wraps
// fs.ErrNotExist and the configuration is Default.
func Load(path string) (Config, []string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		f := &model.Fault{Kind: model.FaultInput, What: "read the configuration", File: path, Reason: "it cannot be read", Err: err}
		if errors.Is(err, fs.ErrNotExist) {
			f.Reason, f.Remedy = "there is no such file", "start from config.example.toml"
		}
		return Default(), nil, f
	}
	c, err := parse(path, string(text))
	var warnings []string
	if info, statErr := os.Stat(path); statErr == nil && info.Mode().Perm()&0o077 != 0 {
		warnings = secretWarnings(path, string(text))
	}
	if err != nil {
		return Default(), warnings, err
	}
	return c, warnings, nil
}

// parse turns the text of a file into a checked configuration.
func parse(path, text string) (Config, error) {
	c := Default()
	f := source{path: path, text: text}
	if err := f.literal(); err != nil {
		return c, err
	}
	var file struct {
		*Config
		Lists map[string]wordList `toml:"taxonomy"`
	}
	file.Config = &c
	meta, err := toml.Decode(text, &file)
	if err != nil {
		return c, f.syntax(err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return c, f.unknown(unknown)
	}
	for name, list := range file.Lists {
		base, known := model.DefaultTaxonomy()[name]
		if !known {
			return c, f.fault("taxonomy."+name, "there is no list "+name, suggestion(name, listNames()))
		}
		c.Taxonomy[name] = list.on(base)
	}
	if err := f.collectors(c, meta.Keys()); err != nil {
		return c, err
	}
	return c, f.check(c)
}

// A source is the text of a file, for pointing at its lines.
type source struct{ path, text string }

func (s source) fault(key, reason, remedy string) error {
	return &model.Fault{Kind: model.FaultInput, What: "read the configuration", File: s.path, Line: s.lineOf(key), Reason: reason, Remedy: remedy}
}

func (s source) syntax(err error) error {
	f := &model.Fault{Kind: model.FaultInput, What: "read the configuration", File: s.path, Reason: err.Error(), Err: err,
		Remedy: "compare it with config.example.toml"}
	var p toml.ParseError
	if errors.As(err, &p) {
		f.Line, f.Reason = p.Position.Line, strings.TrimSuffix(p.Message, ".")
		if p.LastKey != "" {
			f.Reason = p.LastKey + ": " + f.Reason
		}
	}
	return f
}

// unknown reports the first unknown key, as an error is one line, and how many more there are.
func (s source) unknown(keys []toml.Key) error {
	first := keys[0]
	for _, k := range keys[1:] {
		if s.lineOf(k.String()) < s.lineOf(first.String()) {
			first = k
		}
	}
	reason := "there is no key " + first.String()
	if n := len(keys) - 1; n == 1 {
		reason += ", and 1 more is unknown"
	} else if n > 1 {
		reason += ", and more are unknown"
	}
	return s.fault(first.String(), reason, suggestion(first.String(), keyNames()))
}

// suggestion names the nearest of names, as a remedy.
func suggestion(name string, names []string) string {
	return suggestionOr(name, names, "config.example.toml lists every key")
}

func suggestionOr(name string, names []string, otherwise string) string {
	if near := model.Nearest(name, names); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

func listNames() []string {
	return append(OpenLists(), fixed...)
}

// keyNames are all keys that a file may have, with dots: "theme.name".
func keyNames() []string {
	var names []string
	var walk func(t reflect.Type, prefix string)
	walk = func(t reflect.Type, prefix string) {
		for i := range t.NumField() {
			f := t.Field(i)
			name := prefix + f.Tag.Get("toml")
			names = append(names, name)
			if f.Type.Kind() == reflect.Struct {
				walk(f.Type, name+".")
			}
			if name == "collect" {
				for _, source := range Collectables() {
					for _, key := range KeysOf(source) {
						names = append(names, "collect."+source+"."+key)
					}
				}
			}
		}
	}
	walk(reflect.TypeFor[Config](), "")
	return names
}

var (
	header     = model.Pattern(`^\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}`)
	assignment = model.Pattern(`^\s*([\w."'-]+(?:\s*\.\s*[\w"'-]+)*)\s*=`)
)

// lineOf is the line that sets key, or the nearest table or value around it; 0 when there is none.
func (s source) lineOf(key string) int {
	plain := func(k string) string { return strings.NewReplacer(`"`, "", "'", "", " ", "").Replace(k) }
	key = plain(key)
	table, line, length := "", 0, 0
	for n, text := range strings.Split(s.text, "\n") {
		name := ""
		if m := header().FindStringSubmatch(text); m != nil {
			table = plain(m[1])
			name = table
		} else if m := assignment().FindStringSubmatch(text); m != nil {
			name = strings.TrimPrefix(table+"."+plain(m[1]), ".")
		}
		if name != "" && (key == name || strings.HasPrefix(key, name+".")) && len(name) > length {
			line, length = n+1, len(name)
		}
	}
	return line
}

var (
	secretKey   = model.Pattern(`(?i)^\s*[\w."'-]*(token|password|passwd|secret|api_?key)["']?\s*=\s*["'][^"']+["']`)
	secretValue = model.Pattern(`\b(gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|glpat-[\w-]{16,})|://[^/\s:@]+:[^/\s:@]+@`)
)

// secretWarnings names the lines that hold something like a token in a file that others can read.
func secretWarnings(path, text string) []string {
	var warnings []string
	for n, line := range strings.Split(text, "\n") {
		if secretKey().MatchString(line) || secretValue().MatchString(line) {
			f := model.Fault{What: "configuration", File: path, Line: n + 1, Reason: "this looks like a secret, and other accounts can read the file",
				Remedy: "take it out of the file, or run chmod 600 on it"}
			warnings = append(warnings, f.Error())
		}
	}
	return warnings
}
