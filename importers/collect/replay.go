package collect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"aftermath/model"
)

// A Replay answers requests with what a recording holds, as the vendor did. It serves over a socket, and as a
// transport it answers without one. A request that came several times gets its answers in their order, and the
// last one from then on; one that is not in the recording gets 404.
type Replay struct {
	mu      sync.Mutex
	answers map[string][]Exchange // by what is asked, whatever the host
	hosts   []string              // that were recorded
}

// OpenReplay reads a folder that --record has written, or the folder of one source in it.
func OpenReplay(folder string) (*Replay, error) {
	var files []string
	for _, where := range []string{"*.json", filepath.Join("*", "*.json")} {
		found, _ := filepath.Glob(filepath.Join(folder, where)) // the only error is one of the pattern
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, &model.Fault{Kind: model.FaultInput, What: "replay", File: folder, Reason: "it holds no recording", Remedy: "name a folder that --record has written"}
	}
	var all []Exchange
	for _, f := range files {
		text, err := os.ReadFile(f)
		var x Exchange
		if err == nil {
			err = json.Unmarshal(text, &x)
		}
		if err != nil {
			return nil, &model.Fault{Kind: model.FaultInput, What: "replay", File: f, Reason: "it is no recorded exchange", Remedy: "record again", Err: err}
		}
		all = append(all, x)
	}
	return NewReplay(all...), nil
}

// NewReplay plays the given exchanges.
func NewReplay(all ...Exchange) *Replay {
	r := &Replay{answers: map[string][]Exchange{}}
	for _, x := range all {
		req := parseRequest(x.Request)
		req.Body = x.Posted
		key := asked(req)
		r.answers[key] = append(r.answers[key], x)
		if u, err := url.Parse(req.URL); err == nil && u.Host != "" && !slices.Contains(r.hosts, u.Scheme+"://"+u.Host) {
			r.hosts = append(r.hosts, u.Scheme+"://"+u.Host)
		}
	}
	return r
}

// asked is what tells requests apart: the host and the order of parameters do not.
func asked(req Request) string {
	if u, err := url.Parse(req.URL); err == nil && req.Method != methodRun {
		req.URL = u.EscapedPath() + "?" + u.Query().Encode()
	}
	return req.String()
}

// answer takes the next answer to a request.
func (r *Replay) answer(req Request) Exchange {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := asked(req)
	list := r.answers[key]
	if len(list) == 0 {
		return Exchange{Status: http.StatusNotFound, Header: http.Header{"Content-Type": {"application/json"}},
			Body: `{"message":"the recording does not hold this request; collect the same window from the same sources"}`}
	}
	if len(list) > 1 {
		r.answers[key] = list[1:]
	}
	return list[0]
}

// requestOf is a request that came over HTTP.
func requestOf(r *http.Request) Request {
	req := Request{Method: r.Method, URL: r.URL.String()}
	if r.Body != nil {
		body, _ := io.ReadAll(r.Body)
		r.Body.Close()
		req.Body = string(body)
	}
	return req
}

// ServeHTTP answers over a socket. Links to the recorded host lead to this server, so that they can be followed.
func (r *Replay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	x := r.answer(requestOf(req))
	for name, values := range x.Header {
		for _, v := range values {
			if name == "Link" || name == "Location" {
				for _, host := range r.hosts {
					v = strings.ReplaceAll(v, host+"/", "http://"+req.Host+"/")
				}
			}
			w.Header().Add(name, v)
		}
	}
	w.WriteHeader(x.Status)
	w.Write(x.bytes())
}

// RoundTrip answers without a socket, so that a recording can be collected under its own addresses.
func (r *Replay) RoundTrip(req *http.Request) (*http.Response, error) {
	x := r.answer(requestOf(req))
	body := x.bytes()
	return &http.Response{StatusCode: x.Status, Status: fmt.Sprintf("%d %s", x.Status, http.StatusText(x.Status)), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: x.Header.Clone(), Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req}, nil
}
