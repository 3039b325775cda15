package collect

import (
	"errors"
	"net/url"
)

// Argo CD gives an application with the history of its last revisions, as a whole.
var argocd = vendor{
	name: "argocd", title: "Argo CD",
	tokens: []tokenPlace{{env: "ARGOCD_AUTH_TOKEN"}},
	sign:   bearer,
	plan: func(p *plan) ([]call, error) {
		switch {
		case p.Address == "":
			return nil, errors.New("its address is missing")
		case len(p.Applications) == 0:
			return nil, errors.New("no applications are named")
		}
		var calls []call
		for _, name := range p.Applications {
			calls = append(calls, call{part: "applications", name: name + "/application-%04d.json", Request: p.get("/api/v1/applications/" + url.PathEscape(name))})
		}
		return calls, nil
	},
}
