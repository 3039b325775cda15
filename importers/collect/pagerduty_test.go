package collect

import (
	"net/http"
	"strings"
	"testing"
)

func pagerdutySigned(h http.Header) bool {
	return h.Get("Authorization") == "Token token="+token && h.Get("Accept") == "application/vnd.pagerduty+json;version=2"
}

func init() {
	const window = "&since=2026-11-02T13:00:00Z"
	const until = "&until=2026-11-02T15:00:00Z"
	entry := func(id, kind, at string) string {
		return `{"id":"` + id + `","type":"` + kind + `_log_entry","summary":"` + kind + `","created_at":"` + at + `","agent":{"summary":"Ada","type":"user_reference"},
			"service":{"summary":"checkout"},"channel":{"type":"auto"}}`
	}
	visits["pagerduty"] = visit{
		source: Source{Name: "pagerduty"}, signed: pagerdutySigned,
		replies: map[string][]reply{
			"GET /log_entries?include[]=channels&is_overview=false&limit=100" + window + until: {{body: `{"log_entries":[` +
				entry("R2", "acknowledge", "2026-11-02T14:05:00Z") + `],"limit":100,"offset":0,"more":true,"total":null}`}},
			"GET /log_entries?include[]=channels&is_overview=false&limit=100&offset=100" + window + until: {{body: `{"log_entries":[` +
				entry("R1", "trigger", "2026-11-02T14:01:00Z") + `],"limit":100,"offset":100,"more":false,"total":null}`}},
			"GET /incidents?limit=100" + window + "&sort_by=created_at:desc" + until: {{body: `{"incidents":[],"limit":100,"offset":0,"more":false,"total":null}`}},
			"GET /change_events?limit=100" + window + until: {{body: `{"change_events":[{"id":"CH1","type":"change_event","summary":"deploy 14","timestamp":"2026-11-02T13:58:00Z",
				"services":[{"summary":"checkout"}]}],"limit":100,"offset":0,"more":false}`}},
		},
		pages:  []string{"log_entries-0001.json", "log_entries-0002.json", "incidents-0001.json", "change_events-0001.json"},
		events: []string{"pagerduty:R1", "pagerduty:R2", "pagerduty:change:CH1"},
	}
	visits["pagerduty of one service"] = visit{found: 1,
		source: Source{Name: "pagerduty", Settings: Settings{Services: []string{"PS1"}}}, signed: pagerdutySigned,
		replies: map[string][]reply{
			"GET /incidents?limit=100&service_ids[]=PS1" + window + "&sort_by=created_at:desc" + until: {{body: `{"incidents":[{"id":"PI1","type":"incident","incident_number":7,"title":"slow",
				"created_at":"2026-11-02T14:01:00Z","status":"resolved","html_url":"https://example.pagerduty.com/incidents/PI1","first_trigger_log_entry":{"id":"R1"}}],"limit":100,"offset":0,"more":false}`}},
			"GET /incidents/PI1/log_entries?include[]=channels&is_overview=false&limit=100" + window + until: {{body: `{"log_entries":[` +
				entry("R1", "trigger", "2026-11-02T14:01:00Z") + `],"limit":100,"offset":0,"more":false}`}},
			"GET /services/PS1/change_events?limit=100" + window + until: {{body: `{"change_events":[],"limit":100,"offset":0,"more":false}`}},
		},
		pages: []string{"incidents-0001.json", "incidents/PI1/log_entries-0001.json", "services/PS1/change_events-0001.json"},
	}
}

func TestPagerdutyGoesOnWhereOffsetsEnd(t *testing.T) {
	req := get("https://api.pagerduty.com", "/log_entries", "since", stamp(from), "until", stamp(to), "limit", "100", "offset", "9900")
	next, err := pagerdutyPages(answer{req, nil, []byte(`{"more":true,"limit":100,"log_entries":[{"created_at":"2026-11-02T14:30:00Z"},{"created_at":"2026-11-02T14:10:00Z"}]}`)})
	if err != nil || next.parameter("offset") != "" || next.parameter("until") != "2026-11-02T14:10:00Z" || !strings.Contains(next.URL, "since=") {
		t.Error(next, err)
	}
}
