package collect

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"aftermath/model"
)

// The ways in which vendors say how to go on. Each gives the request for the following page, or none.

// linkHeader follows rel="next" of the Link header; results="false" in it means that there is nothing more.
func linkHeader(a answer) (Request, error) {
	for _, link := range linkParts().FindAllStringSubmatch(strings.Join(a.header.Values("Link"), ", "), -1) {
		address, about := link[1], link[2]
		if !relNext().MatchString(about) || strings.Contains(about, `results="false"`) {
			continue
		}
		base, err := url.Parse(a.URL)
		if err != nil {
			return Request{}, err
		}
		to, err := base.Parse(address)
		if err != nil {
			return Request{}, errors.New("it is no address")
		}
		return Request{Method: "GET", URL: to.String()}, nil
	}
	return Request{}, nil
}

var (
	linkParts = model.Pattern(`<([^>]*)>([^<]*)`)
	relNext   = model.Pattern(`;\s*rel="?next"?\s*(?:[;,]|$)`)
)

// cursor follows a cursor that stands in the body, by setting a parameter of the query to it.
func cursor(parameter string, in func(body []byte) string) func(answer) (Request, error) {
	return func(a answer) (Request, error) {
		if c := in(a.body); c != "" {
			return a.with(parameter, c), nil
		}
		return Request{}, nil
	}
}

// pageNumbers asks for the next number for as long as pages come full.
func pageNumbers(parameter string, full func(body []byte) bool) func(answer) (Request, error) {
	return func(a answer) (Request, error) {
		if !full(a.body) {
			return Request{}, nil
		}
		at, _ := strconv.Atoi(a.parameter(parameter))
		return a.with(parameter, strconv.Itoa(max(at, 1)+1)), nil
	}
}

// read decodes a body into the part of it that is needed. The body is JSON already; members of another kind
// than expected stay empty.
func read[T any](body []byte) T {
	var v T
	_ = json.Unmarshal(body, &v)
	return v
}

// full says whether a list has come to its limit.
func full(size int) func([]byte) bool {
	return func(body []byte) bool { return len(read[[]json.RawMessage](body)) >= size }
}

// stamp is a time as most APIs take it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// after is the end of a window for APIs that know whole seconds only: nothing of the last second is lost.
func after(t time.Time) time.Time {
	if whole := t.Truncate(time.Second); !whole.Equal(t) {
		return whole.Add(time.Second)
	}
	return t
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

// instant reads a time of an answer; the zero time when it cannot be read.
func instant(s string) time.Time {
	t, _ := time.Parse(time.RFC3339Nano, s)
	return t
}
