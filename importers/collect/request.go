package collect

import (
	"net/url"
	"slices"
	"strings"
)

// A Request is what is asked of a source: an address, or a program that is run here. It never holds a
// credential, so it can be kept and shown.
type Request struct {
	Method string // GET or POST; RUN for a program
	URL    string // the whole address, or the program and its arguments
	Body   string // of a POST
}

// methodRun marks a request that is answered by a program.
const methodRun = "RUN"

// String is the form in which a request is kept: the method, the address, and the body on the lines below.
func (r Request) String() string {
	s := r.Method + " " + r.URL
	if r.Body != "" {
		s += "\n" + r.Body
	}
	return s
}

// parseRequest reads what String wrote.
func parseRequest(s string) Request {
	line, body, _ := strings.Cut(s, "\n")
	method, address, _ := strings.Cut(line, " ")
	return Request{Method: method, URL: address, Body: body}
}

// shown is the request for a sentence: without the query, which can be very long.
func (r Request) shown() string {
	address, _, _ := strings.Cut(r.URL, "?")
	return r.Method + " " + address
}

// with is the request with one parameter of its query set; an empty value takes it away.
func (r Request) with(key, value string) Request {
	u, err := url.Parse(r.URL)
	if err != nil {
		return r
	}
	q := u.Query()
	q.Del(key)
	if value != "" {
		q.Set(key, value)
	}
	u.RawQuery = q.Encode()
	r.URL = u.String()
	return r
}

// parameter is the value of a parameter of the query.
func (r Request) parameter(key string) string {
	u, err := url.Parse(r.URL)
	if err != nil {
		return ""
	}
	return u.Query().Get(key)
}

// get is a request below an address. The pairs are the names and values of the query; a name may come again.
func get(address, path string, pairs ...string) Request {
	q := url.Values{}
	for pair := range slices.Chunk(pairs, 2) {
		q.Add(pair[0], pair[1])
	}
	r := Request{Method: "GET", URL: strings.TrimRight(address, "/") + path}
	if len(q) > 0 {
		r.URL += "?" + q.Encode()
	}
	return r
}
