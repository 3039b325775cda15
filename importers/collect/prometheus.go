package collect

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Prometheus draws what fired, and what is asked for, over the window. One answer holds all of it.
var prometheus = vendor{
	name: "prometheus", title: "Prometheus",
	tokens: []tokenPlace{{env: "PROMETHEUS_TOKEN", optional: true}},
	sign:   bearer,
	plan: func(p *plan) ([]call, error) {
		if p.Address == "" {
			return nil, errors.New("its address is missing")
		}
		calls := []call{{part: "alerts", name: "alerts-%04d.json", Request: p.prometheus("ALERTS")}}
		for i, q := range p.Queries {
			calls = append(calls, call{part: "queries", query: q, name: fmt.Sprintf("query-%02d", i+1) + "-%04d.json", Request: p.prometheus(q.Query)})
		}
		return calls, nil
	},
}

// prometheus draws a query over the window. The samples lie on whole steps, wherever the window begins, so that
// another window finds an alert at the same time.
func (p *plan) prometheus(query string) Request {
	step := step(p.To.Sub(p.From))
	return p.get("/api/v1/query_range", "query", query, "start", stamp(p.From.Truncate(step)), "end", stamp(after(p.To)),
		"step", strconv.Itoa(int(step/time.Second)))
}

// step is the distance of samples: a quarter of a minute, or wider where there would be more of them than
// Prometheus gives, which is 11,000.
func step(window time.Duration) time.Duration {
	const most = 10_000
	return max(15*time.Second, (window/most + time.Second).Truncate(time.Second))
}
