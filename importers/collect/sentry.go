package collect

import (
	"errors"
	"net/url"
)

// Sentry pages by the Link header, which always names a following page and says with results="false" that it is
// empty.
var sentry = vendor{
	name: "sentry", title: "Sentry", address: "https://sentry.io",
	tokens: []tokenPlace{{env: "SENTRY_AUTH_TOKEN"}},
	sign:   bearer,
	reset:  resetHeader{name: "X-Sentry-Rate-Limit-Reset", epoch: true},
	plan: func(p *plan) ([]call, error) {
		if p.Organization == "" {
			return nil, errors.New("the organization is missing")
		}
		org := "/api/0/organizations/" + url.PathEscape(p.Organization)
		chosen := []string{}
		for _, id := range p.Projects {
			chosen = append(chosen, "project", id)
		}
		issues := call{part: "issues", name: "issues-%04d.json", next: linkHeader,
			Request: p.get(org+"/issues/", append([]string{"start", stamp(p.From), "end", stamp(after(p.To)), "query", "", "limit", "100"}, chosen...)...)}
		issues.leads = func(body []byte) (calls []call) {
			for _, i := range read[[]sentryRecord](body) {
				if !p.skips("activity") {
					calls = append(calls, call{part: "activity", name: "issues/" + i.ID + "/activities-%04d.json", next: linkHeader,
						Request: p.get(org + "/issues/" + url.PathEscape(i.ID) + "/activities/")})
				}
			}
			return calls
		}
		releases := call{part: "releases", name: "releases-%04d.json", next: linkHeader, past: p.sentryPast,
			Request: p.get(org+"/releases/", append([]string{"per_page", "100"}, chosen...)...)}
		releases.leads = func(body []byte) (calls []call) {
			for _, r := range read[[]sentryRecord](body) {
				last := instant(r.LastDeploy.DateFinished)
				if !p.skips("deploys") && !last.IsZero() && !last.Before(p.From) && !instant(r.DateCreated).After(p.To) {
					calls = append(calls, call{part: "deploys", name: "releases/" + url.PathEscape(r.Version) + "/deploys-%04d.json", next: linkHeader,
						Request: p.get(org + "/releases/" + url.PathEscape(r.Version) + "/deploys/")})
				}
			}
			return calls
		}
		return []call{issues, releases}, nil
	},
}

type sentryRecord struct {
	ID          string `json:"id"`
	Version     string `json:"version"`
	DateCreated string `json:"dateCreated"`
	LastDeploy  struct {
		DateFinished string `json:"dateFinished"`
	} `json:"lastDeploy"`
}

// sentryPast says whether the releases of the following pages are so old that none is deployed in the window.
func (p *plan) sentryPast(body []byte) bool {
	list := read[[]sentryRecord](body)
	if len(list) == 0 {
		return true
	}
	last := instant(list[len(list)-1].DateCreated)
	return !last.IsZero() && last.Before(p.From.Add(-releaseReach))
}
