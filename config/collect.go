package config

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"aftermath/model"

	"github.com/BurntSushi/toml"
)

// A Collector is one [collect.NAME] table: a source whose API is asked for an incident's window of time. A
// source without a table is never asked. No token stands here, only where it is found.
type Collector struct {
	Address   string   `toml:"address"`     // of the API; empty means the vendor's own
	User      string   `toml:"user"`        // whose password the token is
	TokenEnv  string   `toml:"token_env"`   // the environment variable that holds the token
	TokenCmd  []string `toml:"token_cmd"`   // the program, with its arguments, that prints the token
	AppKeyEnv string   `toml:"app_key_env"` // the same for Datadog's second key
	AppKeyCmd []string `toml:"app_key_cmd"`
	MaxBodyMB int      `toml:"max_body_mb"` // above which an answer is refused; 0 means 32
	Skip      []string `toml:"skip"`        // parts that are not asked for

	Channels     []string      `toml:"channels"`
	Teams        []string      `toml:"teams"`
	Services     []string      `toml:"services"`
	Repositories []string      `toml:"repositories"`
	Projects     []string      `toml:"projects"`
	Organization string        `toml:"organization"`
	Jobs         []string      `toml:"jobs"`
	Applications []string      `toml:"applications"`
	Datasets     []string      `toml:"datasets"`
	Events       []string      `toml:"events"`
	Logs         []string      `toml:"logs"`
	Queries      []model.Query `toml:"queries"`
	Filters      []string      `toml:"filters"`
	Tags         []string      `toml:"tags"`
	Pages        []string      `toml:"pages"`
	Namespaces   []string      `toml:"namespaces"`
	Tenant       string        `toml:"tenant"`
	Command      []string      `toml:"command"`
}

// A collectable is what the table of one source may hold.
type collectable struct {
	keys  string
	parts string // what skip can leave out
	needs string // the keys without which there is nothing to ask
}

// ofEvery are the keys of every table whose source is asked over the network.
const ofEvery = "address token_env token_cmd max_body_mb skip"

// collectables are the sources, with what each can be asked for.
var collectables = map[string]collectable{
	"slack":        {keys: ofEvery + " channels", parts: "messages threads users", needs: "channels"},
	"pagerduty":    {keys: ofEvery + " services teams", parts: "log_entries incidents change_events"},
	"opsgenie":     {keys: ofEvery + " teams", parts: "alerts logs notes incidents timelines"},
	"github":       {keys: ofEvery + " repositories", parts: "deployments runs commits releases", needs: "repositories"},
	"gitlab":       {keys: ofEvery + " projects", parts: "deployments pipelines releases events", needs: "projects"},
	"jenkins":      {keys: ofEvery + " user jobs", parts: "builds", needs: "address user jobs"},
	"argocd":       {keys: ofEvery + " applications", parts: "applications", needs: "address applications"},
	"datadog":      {keys: ofEvery + " app_key_env app_key_cmd events logs", parts: "events logs incidents"},
	"honeycomb":    {keys: ofEvery + " datasets", parts: "markers"},
	"prometheus":   {keys: ofEvery + " user queries", parts: "alerts queries", needs: "address"},
	"alertmanager": {keys: ofEvery + " user filters", parts: "alerts", needs: "address"},
	"grafana":      {keys: ofEvery + " user tags", parts: "annotations", needs: "address"},
	"loki":         {keys: ofEvery + " user queries tenant", parts: "queries", needs: "address queries"},
	"sentry":       {keys: ofEvery + " organization projects", parts: "issues activity releases deploys", needs: "organization"},
	"statuspage":   {keys: ofEvery + " pages", parts: "incidents"},
	"kubernetes":   {keys: "max_body_mb skip command namespaces", parts: "events"},
}

// Collectables are the names of the sources that can be configured.
func Collectables() []string { return slices.Sorted(maps.Keys(collectables)) }

// SharedKeys are the keys that nearly every table may hold.
func SharedKeys() []string { return strings.Fields(ofEvery) }

// KeysOf are the keys that the table of a source may hold.
func KeysOf(source string) []string {
	return strings.Fields(collectables[source].keys)
}

// PartsOf are the words that skip may hold for a source.
func PartsOf(source string) []string { return strings.Fields(collectables[source].parts) }

// collectors checks the tables; keys are all keys that the file sets.
func (s source) collectors(c Config, keys []toml.Key) error {
	for _, k := range keys {
		if len(k) == 3 && k[0] == "collect" && collectables[k[1]].parts != "" && !slices.Contains(KeysOf(k[1]), k[2]) {
			return s.fault(k.String(), fmt.Sprintf("%s has no key %s", k[1], k[2]), suggestion(k[2], KeysOf(k[1])))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Collect)) {
		if _, known := collectables[name]; !known {
			remedy := "the sources are " + strings.Join(Collectables(), ", ")
			if near := model.Nearest(name, Collectables()); near != "" {
				remedy = "did you mean " + near + "?"
			}
			return s.fault("collect."+name, "there is no source "+name, remedy)
		}
		if err := s.collector(name, c.Collect[name], keys); err != nil {
			return err
		}
	}
	return nil
}

// collector checks one table.
func (s source) collector(name string, c Collector, keys []toml.Key) error {
	at := "collect." + name + "."
	for _, need := range strings.Fields(collectables[name].needs) {
		if !slices.ContainsFunc(keys, func(k toml.Key) bool { return k.String() == at+need }) {
			return s.fault("collect."+name, fmt.Sprintf("%s needs the key %s", name, need), "config.example.toml shows one")
		}
	}
	if c.Address != "" {
		u, err := url.Parse(c.Address)
		switch {
		case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
			return s.fault(at+"address", "the address is no web address", "write it as https://example.com")
		case u.User != nil:
			return s.fault(at+"address", "the address holds a name or a password", "take them out; token_env or token_cmd say where the token is found")
		case u.RawQuery != "" || u.Fragment != "":
			return s.fault(at+"address", "the address goes on after its path", "leave out what follows ? or #")
		}
	}
	for _, env := range []struct{ key, name string }{{"token_env", c.TokenEnv}, {"app_key_env", c.AppKeyEnv}} {
		if env.name != "" && !variable().MatchString(env.name) {
			return s.fault(at+env.key, env.key+" is not the name of an environment variable", "write a name such as "+strings.ToUpper(name)+"_TOKEN, not the token itself")
		}
	}
	if c.MaxBodyMB < 0 || c.MaxBodyMB > 1024 {
		return s.fault(at+"max_body_mb", fmt.Sprintf("max_body_mb cannot be %d", c.MaxBodyMB), "choose 1 to 1024; 32 holds without it")
	}
	for i, q := range c.Queries {
		if strings.TrimSpace(q.Query) == "" {
			return s.fault(at+"queries", fmt.Sprintf("query %d of %s is empty", i+1, name), `write it as a text, or as {query = "…", above = 0.8}`)
		}
		if slices.ContainsFunc(c.Queries[:i], func(before model.Query) bool { return before.Query == q.Query }) {
			return s.fault(at+"queries", fmt.Sprintf("query %d of %s stands there already", i+1, name), "write it once; above and below may stand side by side")
		}
	}
	for _, part := range c.Skip {
		if !slices.Contains(PartsOf(name), part) {
			return s.choice(at+"skip", part, PartsOf(name))
		}
	}
	return nil
}

var variable = model.Pattern(`^[A-Za-z_][A-Za-z0-9_]{0,63}$`)

// literal refuses a table that holds a token itself, and does not repeat it.
func (s source) literal() error {
	table := ""
	for n, line := range strings.Split(s.text, "\n") {
		if m := header().FindStringSubmatch(line); m != nil {
			table = m[1]
		}
		within := strings.HasPrefix(table, "collect") || strings.HasPrefix(strings.TrimSpace(line), "collect.")
		if !within || strings.HasPrefix(strings.TrimSpace(line), "#") || !secretKey().MatchString(line) && !secretValue().MatchString(line) && !keyOfSecret().MatchString(line) {
			continue
		}
		return &model.Fault{Kind: model.FaultInput, What: "read the configuration", File: s.path, Line: n + 1, Reason: "a token does not belong into this file",
			Remedy: "put it into an environment variable and name that in token_env, or name in token_cmd the program that prints it; have the token replaced, as files are copied"}
	}
	return nil
}

// keyOfSecret is a key, at the beginning of a line, after a dot or in an inline table, that can only hold a token.
var keyOfSecret = model.Pattern(`(?i)^\s*(?:[\w."'-]+\.)?(?:[\w."'-]+\s*=\s*\{(?:.*,)?\s*)?["']?(token|key|app_?key|api_?key|auth|authorization|bearer|password|secret)["']?\s*=`)
