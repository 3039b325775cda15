package collect

import "net/url"

// Honeycomb is asked for markers, which are deploys and what people marked. What its queries count is left to
// links: it is no list of events.
var honeycomb = vendor{
	name: "honeycomb", title: "Honeycomb", address: "https://api.honeycomb.io",
	tokens: []tokenPlace{{env: "HONEYCOMB_API_KEY"}},
	sign:   inHeader("X-Honeycomb-Team", ""),
	plan: func(p *plan) ([]call, error) {
		datasets := p.Datasets
		if len(datasets) == 0 {
			datasets = []string{"__all__"}
		}
		var calls []call
		for _, d := range datasets {
			calls = append(calls, call{part: "markers", name: d + "/markers-%04d.json", Request: p.get("/1/markers/" + url.PathEscape(d))})
		}
		return calls, nil
	},
}
