package collect

import (
	"encoding/json"
	"errors"
	"strconv"
)

// Grafana gives annotations newest first, so many at most; where an answer is full, the rest is asked for as a
// window of its own that ends at the oldest one seen.
var grafana = vendor{
	name: "grafana", title: "Grafana",
	tokens: []tokenPlace{{env: "GRAFANA_TOKEN"}},
	sign:   bearer,
	plan: func(p *plan) ([]call, error) {
		if p.Address == "" {
			return nil, errors.New("its address is missing")
		}
		pairs := []string{"from", millis(p.From), "to", millis(p.To), "limit", strconv.Itoa(grafanaSize)}
		for _, t := range p.Tags {
			pairs = append(pairs, "tags", t)
		}
		return []call{{part: "annotations", name: "annotations-%04d.json", Request: p.get("/api/annotations", pairs...), next: grafanaPages}}, nil
	},
}

const grafanaSize = 1000

func grafanaPages(a answer) (Request, error) {
	list := read[[]struct {
		Time json.Number `json:"time"`
	}](a.body)
	if len(list) < grafanaSize {
		return Request{}, nil
	}
	return a.with("to", list[len(list)-1].Time.String()), nil
}
