package collect

import "errors"

// Alertmanager knows the alerts that fire now and keeps no history: what fired before is asked of Prometheus.
var alertmanager = vendor{
	name: "alertmanager", title: "Alertmanager",
	tokens: []tokenPlace{{env: "ALERTMANAGER_TOKEN", optional: true}},
	sign:   bearer,
	plan: func(p *plan) ([]call, error) {
		if p.Address == "" {
			return nil, errors.New("its address is missing")
		}
		var filters []string
		for _, f := range p.Filters {
			filters = append(filters, "filter", f)
		}
		return []call{{part: "alerts", name: "alerts-%04d.json", Request: p.get("/api/v2/alerts", filters...)}}, nil
	},
}
