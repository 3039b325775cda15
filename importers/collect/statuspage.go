package collect

import (
	"errors"
	"net/http"
	"net/url"
	"time"
)

// Statuspage has an API with a key, by pages with numbers, and every public page its last fifty incidents under
// its own address. It refuses more than one request a second, with 420 or 429.
var statuspage = vendor{
	name: "statuspage", title: "Statuspage", address: "https://api.statuspage.io",
	tokens: []tokenPlace{{env: "STATUSPAGE_TOKEN", optional: true}},
	sign: func(h http.Header, s Settings, tokens []string) {
		if tokens[0] != "" && len(s.Pages) > 0 { // a public page has no use for it
			h.Set("Authorization", "OAuth "+tokens[0])
		}
	},
	patient: 2 * time.Second,
	plan: func(p *plan) ([]call, error) {
		if len(p.Pages) == 0 {
			if p.Address == "" || p.Address == "https://api.statuspage.io" {
				return nil, errors.New("neither pages nor the address of a public page are named")
			}
			return []call{{part: "incidents", name: "incidents-%04d.json", Request: p.get("/api/v2/incidents.json")}}, nil
		}
		var calls []call
		for _, id := range p.Pages {
			calls = append(calls, call{part: "incidents", name: id + "/incidents-%04d.json", next: pageNumbers("page", full(statuspageSize)), past: p.statuspagePast,
				Request: p.get("/v1/pages/"+url.PathEscape(id)+"/incidents", "limit", "100", "page", "1")})
		}
		return calls, nil
	},
}

const statuspageSize = 100

// statuspagePast says whether the following pages hold only incidents that ended before the window. An update can
// be dated back by weeks, which does not change when the incident was opened.
func (p *plan) statuspagePast(body []byte) bool {
	list := read[[]struct {
		CreatedAt string `json:"created_at"`
	}](body)
	if len(list) == 0 {
		return true
	}
	last := instant(list[len(list)-1].CreatedAt)
	return !last.IsZero() && last.Before(p.From.Add(-statusReach))
}

const statusReach = 60 * 24 * time.Hour // from the opening of an incident to its last update
