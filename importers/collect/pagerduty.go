package collect

import (
	"net/url"
	"strconv"
)

// PagerDuty counts pages by offset and says more. Its limit header holds the seconds that are left.
var pagerduty = vendor{
	name: "pagerduty", title: "PagerDuty", address: "https://api.pagerduty.com",
	tokens: []tokenPlace{{env: "PAGERDUTY_TOKEN"}},
	sign:   inHeader("Authorization", "Token token="),
	header: map[string]string{"Accept": "application/vnd.pagerduty+json;version=2"},
	reset:  resetHeader{name: "ratelimit-reset"},
	plan: func(p *plan) ([]call, error) {
		incidents := call{part: "incidents", name: "incidents-%04d.json", next: pagerdutyPages,
			Request: p.pagerduty("/incidents", "sort_by", "created_at:desc")}
		if len(p.Services) == 0 {
			return []call{
				{part: "log_entries", name: "log_entries-%04d.json", next: pagerdutyPages,
					Request: p.pagerduty("/log_entries", "is_overview", "false", "include[]", "channels")},
				incidents,
				{part: "change_events", name: "change_events-%04d.json", next: pagerdutyPages, Request: p.pagerduty("/change_events")},
			}, nil
		}
		// Log entries cannot be chosen by service, so they are asked for incident by incident.
		incidents.leads = func(body []byte) (entries []call) {
			for _, i := range read[pagerdutyPage](body).Incidents {
				if !p.skips("log_entries") {
					entries = append(entries, call{part: "log_entries", name: "incidents/" + i.ID + "/log_entries-%04d.json", next: pagerdutyPages,
						Request: p.get("/incidents/"+url.PathEscape(i.ID)+"/log_entries", "is_overview", "false", "include[]", "channels", "limit", pagerdutySize,
							"since", stamp(p.From), "until", stamp(after(p.To)))})
				}
			}
			return entries
		}
		calls := []call{incidents}
		for _, s := range p.Services {
			calls = append(calls, call{part: "change_events", name: "services/" + s + "/change_events-%04d.json", next: pagerdutyPages,
				Request: p.get("/services/"+url.PathEscape(s)+"/change_events", "since", stamp(p.From), "until", stamp(after(p.To)), "limit", pagerdutySize)})
		}
		return calls, nil
	},
}

const (
	pagerdutySize = "100"
	pagerdutyLast = 10_000 // no place in a list beyond this one is given out
)

// pagerduty is a request for what lies in the window. Times are in UTC with a Z: another form is refused.
func (p *plan) pagerduty(path string, pairs ...string) Request {
	pairs = append(pairs, "since", stamp(p.From), "until", stamp(after(p.To)), "limit", pagerdutySize)
	for _, t := range p.Teams {
		pairs = append(pairs, "team_ids[]", t)
	}
	if path == "/incidents" {
		for _, s := range p.Services {
			pairs = append(pairs, "service_ids[]", s)
		}
	}
	return p.get(path, pairs...)
}

type pagerdutyRecord struct {
	ID        string `json:"id"`
	CreatedAt string `json:"created_at"`
	Timestamp string `json:"timestamp"`
}

type pagerdutyPage struct {
	More       bool              `json:"more"`
	Limit      int               `json:"limit"`
	LogEntries []pagerdutyRecord `json:"log_entries"`
	Incidents  []pagerdutyRecord `json:"incidents"`
	Changes    []pagerdutyRecord `json:"change_events"`
}

// pagerdutyPages goes on by offset. Lists come newest first, so where offsets end the rest is asked for as a
// window of its own that ends at the oldest record seen; a record that comes twice is told by its id.
func pagerdutyPages(a answer) (Request, error) {
	page := read[pagerdutyPage](a.body)
	if !page.More {
		return Request{}, nil
	}
	at, _ := strconv.Atoi(a.parameter("offset"))
	size, _ := strconv.Atoi(a.parameter("limit"))
	if page.Limit > 0 {
		size = page.Limit
	}
	if at += size; at+size <= pagerdutyLast {
		return a.with("offset", strconv.Itoa(at)), nil
	}
	oldest := after(instant(a.parameter("until")))
	for _, list := range [][]pagerdutyRecord{page.LogEntries, page.Incidents, page.Changes} {
		for _, r := range list {
			for _, text := range []string{r.CreatedAt, r.Timestamp} {
				if t := instant(text); !t.IsZero() && t.Before(oldest) {
					oldest = after(t)
				}
			}
		}
	}
	return a.with("offset", "").with("until", stamp(oldest)), nil
}
