package collect

import (
	"fmt"
	"net/url"
	"strings"
)

// Opsgenie gives the address of the following page in the body. Only its query is used: the address is ours.
var opsgenie = vendor{
	name: "opsgenie", title: "Opsgenie", address: "https://api.opsgenie.com",
	tokens: []tokenPlace{{env: "OPSGENIE_TOKEN"}},
	sign:   inHeader("Authorization", "GenieKey "),
	reset:  resetHeader{name: "X-RateLimit-Period-In-Sec"},
	plan: func(p *plan) ([]call, error) {
		search := fmt.Sprintf("createdAt > %d AND createdAt < %d", p.From.UnixMilli()-1, p.To.UnixMilli()+1)
		if len(p.Teams) > 0 {
			var teams []string
			for _, t := range p.Teams {
				teams = append(teams, fmt.Sprintf("%q", t))
			}
			search += " AND teams: (" + strings.Join(teams, " OR ") + ")"
		}
		list := []string{"query", search, "limit", "100", "sort", "createdAt", "order", "asc"}
		alerts := call{part: "alerts", name: "alerts-%04d.json", Request: p.get("/v2/alerts", list...), next: opsgenieNext}
		alerts.leads = p.opsgenieEach("/v2/alerts/", "alerts/", "logs", "notes")
		incidents := call{part: "incidents", name: "incidents-%04d.json", Request: p.get("/v1/incidents", list...), next: opsgenieNext}
		incidents.leads = p.opsgenieEach("/v2/incident-timelines/", "incidents/", "timelines")
		return []call{alerts, incidents}, nil
	},
}

type opsgeniePage struct {
	Data []struct {
		ID string `json:"id"`
	} `json:"data"`
	Paging struct {
		Next string `json:"next"`
	} `json:"paging"`
}

// opsgenieEach asks for what was done to each alert or incident of a page.
func (p *plan) opsgenieEach(path, folder string, parts ...string) func([]byte) []call {
	return func(body []byte) (calls []call) {
		for _, d := range read[opsgeniePage](body).Data {
			for _, part := range parts {
				if p.skips(part) {
					continue
				}
				of := part
				if part == "timelines" {
					of = "entries"
				}
				calls = append(calls, call{part: part, name: folder + d.ID + "/" + of + "-%04d.json", next: opsgenieNext,
					Request: p.get(path+url.PathEscape(d.ID)+"/"+of, "limit", "100", "order", "asc")})
			}
		}
		return calls
	}
}

func opsgenieNext(a answer) (Request, error) {
	page := read[opsgeniePage](a.body)
	if page.Paging.Next == "" {
		return Request{}, nil
	}
	next, err := url.Parse(page.Paging.Next)
	if err != nil {
		return Request{}, nil
	}
	own, err := url.Parse(a.URL)
	if err != nil {
		return Request{}, err
	}
	own.RawQuery = next.Query().Encode()
	return Request{Method: "GET", URL: own.String()}, nil
}
