package collect

import (
	"strings"
	"testing"

	"aftermath/model"
)

func TestFaultsBeforeAnythingIsAsked(t *testing.T) {
	for name, c := range map[string]struct {
		source Source
		window Window
		words  string
	}{
		"an unknown source":          {Source{Name: "pager"}, Window{from, to}, "collect from pager: there is no such source"},
		"an empty window":            {Source{Name: "honeycomb"}, Window{to, from}, "the window of time is empty"},
		"no window":                  {Source{Name: "honeycomb"}, Window{}, "the window of time is empty"},
		"no channels":                {Source{Name: "slack"}, Window{from, to}, "collect from Slack: no channels are named, by their ids; set it under [collect.slack] in the configuration"},
		"no repositories":            {Source{Name: "github"}, Window{from, to}, "no repositories are named"},
		"a repository without owner": {Source{Name: "github", Settings: Settings{Repositories: []string{"checkout"}}}, Window{from, to}, `the repository "checkout" is not written as owner/name`},
		"no address":                 {Source{Name: "prometheus"}, Window{from, to}, "its address is missing"},
		"a page without an address":  {Source{Name: "statuspage"}, Window{from, to}, "neither pages nor the address of a public page are named"},
		"an address with a password": {Source{Name: "grafana", Settings: Settings{Address: "https://ada:" + token + "@grafana.example.com"}}, Window{from, to}, "is not a web address without a name and password"},
		"another scheme":             {Source{Name: "grafana", Settings: Settings{Address: "file:///etc/passwd"}}, Window{from, to}, "is not a web address"},
	} {
		t.Run(name, func(t *testing.T) {
			x := newTrial(c.source)
			x.Window = c.window
			x.Transport = roundTrip(nil)
			out := x.run(t)
			if out.State != Failed || out.Err == nil || !strings.Contains(out.Err.Error(), c.words) || model.KindOf(out.Err) == model.FaultRemote {
				t.Errorf("got %v, want %q", out.Err, c.words)
			}
		})
	}
}

func TestSourcesGoSideBySide(t *testing.T) {
	var sources []Source
	for _, name := range []string{"slack", "pagerduty", "github"} {
		v := visits[name]
		v.source.Address = newAPI(t, v.signed, v.replies).URL + v.path
		sources = append(sources, v.source)
	}
	x := newTrial(sources...)
	out := Collect(t.Context(), x.Job)
	for i, o := range out {
		x.holds(t, o)
		if o.Source != sources[i].Name || o.Err != nil || len(o.Pages) != len(visits[o.Source].pages) {
			t.Errorf("%+v", o)
		}
	}
}

func TestPagesSayWhereTheyComeFrom(t *testing.T) {
	v := visits["datadog"]
	v.source.Address = newAPI(t, v.signed, v.replies).URL
	x := newTrial(v.source)
	x.run(t)
	kept, _ := x.keeper.Kept(t.Context(), incident, "datadog")
	for _, p := range kept {
		if p.By != "ada" || p.Status != 200 || p.Size != len(p.Body) || len(p.Digest) != 64 || p.FetchedAt.IsZero() || p.Incident != incident || !strings.Contains(p.Request, v.source.Address) {
			t.Errorf("%+v", p)
		}
	}
	if logs := kept[2]; !strings.HasPrefix(logs.Request, "POST ") || !strings.Contains(logs.Request, "\n{\"filter\":") || parseRequest(logs.Request).String() != logs.Request {
		t.Errorf("%q", logs.Request)
	}
}
