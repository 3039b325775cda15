package collect

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// GitHub pages by the Link header, whose addresses change their path but never their host. Besides the limit of
// an hour it has limits that it tells with 403 or 429, sometimes in nothing but the text.
var github = vendor{
	name: "github", title: "GitHub", address: "https://api.github.com",
	tokens:  []tokenPlace{{env: "GITHUB_TOKEN", optional: true}},
	sign:    bearer,
	header:  map[string]string{"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
	reset:   resetHeader{name: "X-RateLimit-Reset", epoch: true},
	patient: time.Minute,
	strict: func(a response) bool {
		return (a.status == http.StatusForbidden || a.status == http.StatusTooManyRequests) &&
			(spent(a) || says(a, "secondary rate limit", "abuse detection", "api rate limit exceeded"))
	},
	plan: func(p *plan) ([]call, error) {
		if len(p.Repositories) == 0 {
			return nil, errors.New("no repositories are named, as owner/name")
		}
		var calls []call
		for _, repo := range p.Repositories {
			owner, name, ok := strings.Cut(repo, "/")
			if !ok || owner == "" || name == "" || strings.Contains(name, "/") {
				return nil, fmt.Errorf("the repository %q is not written as owner/name", repo)
			}
			calls = append(calls, p.github(repo)...)
		}
		return calls, nil
	},
}

// What began before the window can reach into it. Lists that cannot be cut by time are followed back so far.
const (
	runReach     = 6 * time.Hour        // how long a run may take
	deployReach  = 24 * time.Hour       // from a deployment to its last status
	releaseReach = 180 * 24 * time.Hour // from the draft of a release to its publication
)

func (p *plan) github(repo string) []call {
	of := func(part, path string, pairs ...string) call {
		return call{part: part, name: repo + "/" + strings.ReplaceAll(path, "/", ".") + "-%04d.json", next: linkHeader,
			Request: p.get("/repos/"+repo+"/"+path, append(pairs, "per_page", "100")...)}
	}
	runs := of("runs", "actions/runs", "created", stamp(p.From.Add(-runReach))+".."+stamp(after(p.To)))
	runs.next = githubRuns
	deployments := of("deployments", "deployments")
	deployments.past = func(body []byte) bool { return p.olderThan(body, deployReach) }
	deployments.leads = func(body []byte) (statuses []call) {
		for _, d := range read[[]githubRecord](body) {
			began, last := instant(d.CreatedAt), instant(d.UpdatedAt)
			if !began.After(p.To) && !last.Before(p.From) {
				statuses = append(statuses, of("deployments", "deployments/"+d.ID.String()+"/statuses"))
			}
		}
		return statuses
	}
	releases := of("releases", "releases")
	releases.past = func(body []byte) bool { return p.olderThan(body, releaseReach) }
	commits := of("commits", "commits", "since", stamp(p.From), "until", stamp(after(p.To)))
	return []call{deployments, runs, commits, releases}
}

type githubRecord struct {
	ID        json.Number `json:"id"`
	CreatedAt string      `json:"created_at"`
	UpdatedAt string      `json:"updated_at"`
}

// olderThan says whether the last record of a list, newest first, lies so far before the window that none of
// those that follow can reach into it.
func (p *plan) olderThan(body []byte, reach time.Duration) bool {
	list := read[[]githubRecord](body)
	if len(list) == 0 {
		return true
	}
	last := instant(list[len(list)-1].CreatedAt)
	return !last.IsZero() && last.Before(p.From.Add(-reach))
}

type githubRunPage struct {
	Total int            `json:"total_count"`
	Runs  []githubRecord `json:"workflow_runs"`
}

// githubRuns follows the links. A search gives out its first thousand runs and no more: where it ends early the
// rest is asked for as a search of its own that ends at the oldest run seen.
func githubRuns(a answer) (Request, error) {
	next, err := linkHeader(a)
	page := read[githubRunPage](a.body)
	const most = 1000
	if err != nil || next.Method != "" || page.Total <= most || len(page.Runs) == 0 {
		return next, err
	}
	from, _, ok := strings.Cut(a.parameter("created"), "..")
	oldest := instant(page.Runs[len(page.Runs)-1].CreatedAt)
	if !ok || oldest.IsZero() {
		return Request{}, nil
	}
	return a.with("page", "").with("created", from+".."+stamp(oldest)), nil
}
