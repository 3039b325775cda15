package config

import (
	"slices"
	"strings"
	"testing"

	"aftermath/model"
)

func TestCollectorsAreRead(t *testing.T) {
	c, _, err := Load(write(t, `
[collect.slack]
channels = ["C1", "C2"]
token_cmd = ["pass", "show", "slack"]
[collect.kubernetes]
[collect.prometheus]
address = "http://localhost:9090/prometheus"
skip = ["alerts"]
max_body_mb = 64
`))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Collect) != 3 || len(c.Collect["slack"].Channels) != 2 || c.Collect["slack"].TokenCmd[2] != "slack" || c.Collect["prometheus"].MaxBodyMB != 64 {
		t.Errorf("%+v", c.Collect)
	}
}

const prometheusTable = "[collect.prometheus]\naddress = \"http://localhost:9090\"\n"

func TestQueriesAreRead(t *testing.T) {
	for name, text := range map[string]string{
		"lines":  "queries = [\"up\",\n  {query = \"rate(x)\", above = 0.8, title = \"Errors\"},\n  {query = \"load\", above = 1_000_000, below = -1},\n]",
		"tables": "[[collect.prometheus.queries]]\nquery = \"up\"\n[[collect.prometheus.queries]]\nquery = \"rate(x)\"\nabove = 0.8\ntitle = \"Errors\"\n[[collect.prometheus.queries]]\nquery = \"load\"\nabove = 1e6\nbelow = -1",
	} {
		c, _, err := Load(write(t, prometheusTable+text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := []model.Query{{Query: "up"}, {Query: "rate(x)", Above: "0.8", Title: "Errors"}, {Query: "load", Above: "1000000", Below: "-1"}}
		if got := c.Collect["prometheus"].Queries; !slices.Equal(got, want) {
			t.Errorf("%s: got %+v, want %+v", name, got, want)
		}
	}
}

func TestCollectorsAreRefusedInWords(t *testing.T) {
	for text, words := range map[string]string{
		"[collect.slak]\nchannels = [\"C1\"]":                                   "line 1: there is no source slak; did you mean slack?",
		"[collect.zzzzzzz]":                                                     "the sources are alertmanager, argocd,",
		"[collect.slack]\nchanels = [\"C1\"]":                                   "line 2: there is no key collect.slack.chanels; did you mean collect.slack.channels?",
		"[collect.slack]\nchannels = [\"C1\"]\nteams = [\"x\"]":                 "line 3: slack has no key teams",
		"[collect.kubernetes]\naddress = \"https://k8s.example.com\"":           "line 2: kubernetes has no key address",
		"[collect.slack]":                                                       "line 1: slack needs the key channels",
		"[collect.jenkins]\naddress = \"https://ci.example.com\"":               "jenkins needs the key user",
		"[collect.pagerduty]\nskip = [\"incident\"]":                            `line 2: collect.pagerduty.skip cannot be "incident"; did you mean incidents?`,
		"[collect.loki]\naddress = \"loki.example.com\"\nqueries = [\"{}\"]":    "line 2: the address is no web address",
		"[collect.loki]\naddress = \"ftp://example.com\"\nqueries = []":         "the address is no web address",
		"[collect.grafana]\naddress = \"https://ada:pw@grafana.example.com\"":   "line 2: a token does not belong into this file",
		"[collect.grafana]\naddress = \"https://ada@grafana.example.com\"":      "line 2: the address holds a name",
		"[collect.grafana]\naddress = \"https://grafana.example.com/?orgId=1\"": "goes on after its path",
		prometheusTable + "queries = [\"up\", {query = \"rate(x)\", over = 1}]": "line 3: collect.prometheus.queries: a query has no key over; its keys are query, title, above and below",
		prometheusTable + "queries = [{query = \"up\", above = \"high\"}]":      "above of a query is not a number such as 0.8",
		prometheusTable + "queries = [{query = \"up\", below = nan}]":           "below of a query is not a number",
		prometheusTable + "queries = [{query = [\"up\"]}]":                      "query of a query is no text",
		prometheusTable + "queries = [7]":                                       "a query is a text, or a table such as",
		prometheusTable + "queries = [{above = 1}]":                             "line 3: query 1 of prometheus is empty",
		prometheusTable + "queries = [\"up\", {query = \"up\", below = 1}]":     "query 2 of prometheus stands there already; write it once",
		"[collect.honeycomb]\nmax_body_mb = -1":                                 "max_body_mb cannot be -1",
		"[collect.honeycomb]\ntoken_env = \"hcaik 0123\"":                       "is not the name of an environment variable",
		"[collect.honeycomb]\ntoken_cmd = \"pass show x\"":                      "line 2",
	} {
		_, _, err := Load(write(t, text))
		if model.KindOf(err) != model.FaultInput || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: got %v, want %q", text, err, words)
		}
	}
}

func TestLiteralTokensAreRefused(t *testing.T) {
	const token = "xoxb-0123456789-abcdef"
	for _, text := range []string{
		"[collect.slack]\nchannels = [\"C1\"]\ntoken = \"" + token + "\"",
		"[collect.slack]\nchannels = [\"C1\"]\napi_key = \"" + token + "\"",
		"[collect.slack]\nchannels = [\"C1\"]\ntoken_env = \"" + token + "\"",
		"[collect.slack]\nchannels = [\"C1\"]\ntoken_cmd = [\"echo\", \"" + token + "\"]",
		"[collect]\nslack.channels = [\"C1\"]\nslack.token = \"" + token + "\"",
		"collect.slack.channels = [\"C1\"]\ncollect.slack.token = \"" + token + "\"",
		"[collect.slack]\nchannels = [\"C1\"]\n\"token\" = '" + token + "'",
		"[collect]\nslack = { channels = [\"C1\"], token = \"" + token + "\" }",
	} {
		_, warnings, err := Load(write(t, text))
		if err == nil || !strings.Contains(err.Error(), "a token does not belong into this file") || !strings.Contains(err.Error(), "token_env") {
			t.Errorf("%q: %v", text, err)
		}
		if strings.Contains(strings.Join(warnings, " ")+err.Error(), token) {
			t.Errorf("%q: the token is repeated: %v", text, err)
		}
	}
	if _, _, err := Load(write(t, "[collect.slack]\nchannels = [\"C1\"]\n# token = \"xoxb-0123456789-abcdef\"\ntoken_env = \"OTHER_TOKEN\"\n"+
		"[collect.loki]\naddress = \"http://localhost:3100\"\nqueries = ['{token=\"reset\", key=\"a\"}']")); err != nil {
		t.Error("a comment, the name of a variable and a label of that name:", err)
	}
}
