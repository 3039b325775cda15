package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aftermath/config"
	"aftermath/importers/collect"
)

const collectToken = "tok-3c07a1e29b44d0f1"

// configure writes the configuration of a desk.
func (d *desk) configure(text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, "config.toml"), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

// changeEvents is PagerDuty's API with one change event, and notes the windows that it is asked for.
func changeEvents(t *testing.T, windows *[]string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Token token="+collectToken {
			http.Error(w, `{"message":"bad token"}`, http.StatusUnauthorized)
			return
		}
		*windows = append(*windows, r.URL.Query().Get("since")+" "+r.URL.Query().Get("until"))
		fmt.Fprint(w, `{"change_events":[{"id":"CH1","type":"change_event","summary":"deploy 14","timestamp":"2026-11-02T09:00:00Z"}],"limit":100,"offset":0,"more":false}`)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func pagerdutyTable(address string) string {
	return "[collect.pagerduty]\naddress = \"" + address + "\"\nskip = [\"log_entries\", \"incidents\"]\n"
}

func TestCollect(t *testing.T) {
	var windows []string
	t.Setenv("PAGERDUTY_TOKEN", collectToken)
	d := newDesk(t)
	d.does("new", "--title", "Checkout is slow", "--started", "2026-11-02T09:10:00Z", "--resolved", "2026-11-02T10:00:00Z")
	d.configure(pagerdutyTable(changeEvents(t, &windows)))
	key := strings.Fields(d.does("list"))[0]

	code, out, errs := d.run("collect", key, "--dry-run", "--json", "--record", filepath.Join(d.dir, "recorded"))
	if code != 0 || !strings.Contains(errs, "collecting 2026-11-02 08:10 to 2026-11-02 11:00 UTC: from an hour before it started to an hour after it was resolved") {
		t.Fatal(code, errs)
	}
	if !slices.Equal(windows, []string{"2026-11-02T08:10:00Z 2026-11-02T11:00:00Z"}) {
		t.Errorf("asked for %q", windows)
	}
	var reports []any
	dec := json.NewDecoder(strings.NewReader(out))
	dec.UseNumber()
	if err := dec.Decode(&reports); err != nil || len(reports) != 1 {
		t.Fatal(err, out)
	}
	report := d.holds("collect", reports[0], shape{"source": "text", "read": "number", "new": "number", "known": "number", "refused": "number",
		"refusals": "list", "warnings": "list", "first": "object", "last": "object", "state": "text", "pages": "number", "known_pages": "number"})
	if report["source"] != "pagerduty" || report["new"] != json.Number("1") || report["state"] != "done" {
		t.Errorf("%v", report)
	}
	if plain := d.does("collect", key, "--dry-run"); !strings.Contains(plain, "pagerduty: 1 read, 1 would be new, 0 known, 0 refused") || !strings.Contains(plain, "pages  1, 0 of them known") {
		t.Errorf("%q", plain)
	}
	if events := d.does("events", key, "--json"); events != "" {
		t.Errorf("a dry run kept %q", events)
	}

	// The recording answers in place of the network and of the token.
	t.Setenv("PAGERDUTY_TOKEN", "")
	asked := len(windows)
	if plain := d.does("collect", key, "--dry-run", "--replay", filepath.Join(d.dir, "recorded")); !strings.Contains(plain, "1 would be new") || len(windows) != asked {
		t.Errorf("%q", plain)
	}
}

func TestCollectKeeps(t *testing.T) {
	var windows []string
	t.Setenv("PAGERDUTY_TOKEN", collectToken)
	d := newDesk(t)
	d.does("new", "--title", "Checkout is slow", "--started", "2026-11-02T09:10:00Z")
	d.configure(pagerdutyTable(changeEvents(t, &windows)))
	key := strings.Fields(d.does("list"))[0]
	if plain := d.does("collect", key, "--to", "2026-11-02T11:00:00Z"); !strings.Contains(plain, "1 read, 1 new") {
		t.Errorf("%q", plain)
	}
	if plain := d.does("collect", key, "--to", "2026-11-02T11:00:00Z"); !strings.Contains(plain, "1 read, 0 new, 1 known") || !strings.Contains(plain, "pages  1, 1 of them known") || len(windows) != 2 {
		t.Errorf("again: %q", plain)
	}
	if events := d.does("events", key, "--json"); strings.Count(events, "\n") != 1 || !strings.Contains(events, "deploy 14") {
		t.Errorf("%q", events)
	}
}

func TestCollectRefusesInWords(t *testing.T) {
	var windows []string
	d := newDesk(t)
	d.does("new", "--title", "Checkout is slow", "--started", "2026-11-02T09:10:00Z")
	d.does("new", "--title", "Search is slow")
	key, unstarted := "2026-11-02-checkout", "2026-11-02-search"
	says := func(want int, words string, args ...string) {
		t.Helper()
		code, out, errs := d.run(append([]string{"collect"}, args...)...)
		if code != want || !strings.Contains(errs, words) || strings.Contains(out+errs, collectToken) {
			t.Errorf("%q: exit status %d instead of %d: %q, want %q", args, code, want, errs, words)
		}
	}
	says(2, "collect takes the key of an incident")
	says(3, "no source is configured; add a table such as [collect.pagerduty] to config.toml", key)
	d.configure(pagerdutyTable(changeEvents(t, &windows)))
	says(2, `the source "pagerdty" is not configured; did you mean pagerduty?`, key, "--source", "pagerdty")
	says(2, "add the table [collect.slack] to config.toml; configured are pagerduty", key, "--source", "slack")
	says(2, "nobody has said when the incident started; give --from and --to", unstarted)
	says(2, "the window of time ends before it begins", key, "--from", "2026-11-02T10:00:00Z", "--to", "2026-11-02T09:00:00Z")
	says(3, "it holds no recording", key, "--replay", d.dir+"/none")
	t.Setenv("PAGERDUTY_TOKEN", "")
	says(3, "the environment variable PAGERDUTY_TOKEN gives no token", key, "--dry-run")
	t.Setenv("PAGERDUTY_TOKEN", collectToken+"x")
	says(4, "it answers 401 Unauthorized", key, "--dry-run")
	d.configure(pagerdutyTable("https://pagerduty.example.com") + "[collect.slack]\nchannels = [\"C1\"]\ntoken_env = \"NO_SUCH_VARIABLE_HERE\"\n")
	t.Setenv("PAGERDUTY_TOKEN", "")
	says(3, "2 of 2 sources did not come to an end", key, "--dry-run")
	if len(windows) > 0 {
		t.Errorf("asked for %q", windows)
	}
}

func TestCollectListsTheSources(t *testing.T) {
	d := newDesk(t)
	d.configure("[collect.honeycomb]\n")
	out := d.does("collect", "--list")
	if strings.Count(out, "\n") != len(collect.Vendors()) || !strings.Contains(out, "honeycomb     Honeycomb     configured      https://api.honeycomb.io") {
		t.Error(out)
	}
}

// TestSourcesAreTheSameEverywhere holds the configuration to what can be collected.
func TestSourcesAreTheSameEverywhere(t *testing.T) {
	var names []string
	text, err := os.ReadFile("../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range collect.Vendors() {
		names = append(names, v.Name)
		_, table, _ := strings.Cut(string(text), "#[collect."+v.Name+"]")
		table, _, _ = strings.Cut(table, "#[")
		for _, env := range v.Tokens {
			if !strings.Contains(table, env) {
				t.Errorf("config.example.toml does not say that %s is looked at for %s", env, v.Name)
			}
		}
	}
	slices.Sort(names)
	if d := cmp.Diff(config.Collectables(), names); d != "" {
		t.Error(d)
	}
}
