package collect

import (
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Loki gives log lines oldest first, so many at most; where an answer is full, the rest is asked for from the
// last line on. Lines of that very nanosecond come twice, and the importer knows them.
var loki = vendor{
	name: "loki", title: "Loki",
	tokens: []tokenPlace{{env: "LOKI_TOKEN", optional: true}},
	sign:   bearer,
	plan: func(p *plan) ([]call, error) {
		switch {
		case p.Address == "":
			return nil, errors.New("its address is missing")
		case len(p.Queries) == 0:
			return nil, errors.New("no queries are named")
		}
		var calls []call
		for i, q := range p.Queries {
			calls = append(calls, call{part: "queries", query: q, name: fmt.Sprintf("query-%02d", i+1) + "-%04d.json", next: lokiPages,
				Request: p.get("/loki/api/v1/query_range", "query", q.Query, "direction", "forward", "limit", strconv.Itoa(lokiSize),
					"start", nanos(p.From), "end", nanos(p.To.Add(time.Nanosecond)))}) // the end is left out
		}
		return calls, nil
	},
}

const lokiSize = 1000

func nanos(t time.Time) string { return strconv.FormatInt(t.UnixNano(), 10) }

type lokiPage struct {
	Data struct {
		ResultType string
		Result     []struct {
			Values [][]any `json:"values"`
		} `json:"result"`
	} `json:"data"`
}

func lokiPages(a answer) (Request, error) {
	n, last := 0, ""
	page := read[lokiPage](a.body)
	if page.Data.ResultType == "matrix" { // numbers come whole
		return Request{}, nil
	}
	for _, stream := range page.Data.Result {
		n += len(stream.Values)
		for _, v := range stream.Values {
			// Nanoseconds in this century have the same number of digits.
			if at, ok := first(v).(string); ok && (len(at) > len(last) || len(at) == len(last) && at > last) {
				last = at
			}
		}
	}
	if n < lokiSize {
		return Request{}, nil
	}
	return a.with("start", last), nil
}

func first(list []any) any {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}
