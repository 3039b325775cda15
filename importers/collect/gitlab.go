package collect

import (
	"errors"
	"net/url"
	"time"
)

// GitLab gives the number of the following page in a header. The address in its Link header is used
// only where there is no number: behind a proxy it can name another host. Its limit header holds a time.
var gitlab = vendor{
	name: "gitlab", title: "GitLab", address: "https://gitlab.com/api/v4",
	tokens: []tokenPlace{{env: "GITLAB_TOKEN"}},
	sign:   inHeader("PRIVATE-TOKEN", ""),
	reset:  resetHeader{name: "RateLimit-Reset", epoch: true},
	plan: func(p *plan) ([]call, error) {
		if len(p.Projects) == 0 {
			return nil, errors.New("no projects are named, as group/name")
		}
		var calls []call
		for _, project := range p.Projects {
			of := func(part string, pairs ...string) call {
				return call{part: part, name: project + "/" + part + "-%04d.json", next: gitlabPages,
					Request: p.get("/projects/"+url.PathEscape(project)+"/"+part, append(pairs, "per_page", "100")...)}
			}
			updated := []string{"updated_after", stamp(p.From), "updated_before", stamp(after(p.To)), "order_by", "updated_at", "sort", "asc"}
			releases := of("releases")
			releases.past = func(body []byte) bool {
				list := read[[]struct {
					ReleasedAt string `json:"released_at"`
				}](body)
				return len(list) == 0 || instant(list[len(list)-1].ReleasedAt).Before(p.From)
			}
			calls = append(calls, of("deployments", updated...), of("pipelines", updated...), releases,
				// These two know days only, and leave out the days that they name.
				of("events", "after", p.From.Add(-24*time.Hour).Format(time.DateOnly), "before", p.To.Add(24*time.Hour).Format(time.DateOnly)))
		}
		return calls, nil
	},
}

func gitlabPages(a answer) (Request, error) {
	if next := a.header.Get("X-Next-Page"); next != "" {
		return a.with("page", next), nil
	}
	return linkHeader(a) // lists that are paged by a key have nothing else
}
