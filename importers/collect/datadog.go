package collect

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// Datadog pages by a cursor in the body. A page that is not full can have one that follows, so the pages end
// with one that is empty. Its limit header holds the seconds that are left, under a name that others use for a time.
var datadog = vendor{
	name: "datadog", title: "Datadog", address: "https://api.datadoghq.com",
	tokens: []tokenPlace{{env: "DD_API_KEY"}, {env: "DD_APP_KEY"}},
	sign: func(h http.Header, _ Settings, tokens []string) {
		h.Set("DD-API-KEY", tokens[0])
		h.Set("DD-APPLICATION-KEY", tokens[1])
	},
	reset: resetHeader{name: "X-RateLimit-Reset"},
	plan: func(p *plan) ([]call, error) {
		searches := p.Events
		if len(searches) == 0 {
			searches = []string{""}
		}
		var calls []call
		for i, search := range searches {
			events := p.get("/api/v2/events", "filter[from]", stamp(p.From), "filter[to]", stamp(after(p.To)), "sort", "timestamp", "page[limit]", "1000")
			calls = append(calls, call{part: "events", name: fmt.Sprintf("events-%02d", i+1) + "-%04d.json", next: cursor("page[cursor]", datadogCursor),
				Request: events.with("filter[query]", search)})
		}
		for i, search := range p.Logs {
			calls = append(calls, call{part: "logs", name: fmt.Sprintf("logs-%02d", i+1) + "-%04d.json", next: datadogLogs, Request: p.datadogLogs(search)})
		}
		return append(calls, call{part: "incidents", name: "incidents-%04d.json", next: datadogIncidents, Request: p.get("/api/v2/incidents", "page[size]", "100")}), nil
	},
}

type datadogPage struct {
	Data []json.RawMessage `json:"data"`
	Meta struct {
		Page struct {
			After string `json:"after"`
		} `json:"page"`
		Pagination struct {
			Offset int `json:"offset"`
			Next   int `json:"next_offset"`
		} `json:"pagination"`
	} `json:"meta"`
}

func datadogCursor(body []byte) string {
	page := read[datadogPage](body)
	if len(page.Data) == 0 {
		return ""
	}
	return page.Meta.Page.After
}

// A datadogSearch is the body of a search among logs.
type datadogSearch struct {
	Filter struct {
		From  string `json:"from"`
		To    string `json:"to"`
		Query string `json:"query"`
	} `json:"filter"`
	Page struct {
		Cursor string `json:"cursor,omitempty"`
		Limit  int    `json:"limit"`
	} `json:"page"`
	Sort string `json:"sort"`
}

func (p *plan) datadogLogs(search string) Request {
	s := datadogSearch{Sort: "timestamp"}
	s.Filter.From, s.Filter.To, s.Filter.Query, s.Page.Limit = stamp(p.From), stamp(after(p.To)), search, 1000
	r := p.get("/api/v2/logs/events/search")
	r.Method, r.Body = http.MethodPost, compact(s)
	return r
}

func datadogLogs(a answer) (Request, error) {
	c := datadogCursor(a.body)
	if c == "" {
		return Request{}, nil
	}
	s := read[datadogSearch]([]byte(a.Body))
	s.Page.Cursor = c
	r := a.Request
	r.Body = compact(s)
	return r, nil
}

// compact is JSON on one line.
func compact(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

func datadogIncidents(a answer) (Request, error) {
	page := read[datadogPage](a.body)
	if len(page.Data) == 0 || page.Meta.Pagination.Next <= page.Meta.Pagination.Offset {
		return Request{}, nil
	}
	return a.with("page[offset]", strconv.Itoa(page.Meta.Pagination.Next)), nil
}
