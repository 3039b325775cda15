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

// OpenReplay reads the recording of one source, a folder that --record has written.
func OpenReplay(folder string) (*Replay, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err == nil && len(files) == 0 {
		err = os.ErrNotExist
	}
	if err != nil {
		return nil, &model.Fault{Kind: model.FaultInput, What: "replay", File: folder, Reason: "it holds no recording", Remedy: "name the folder of one source inside a folder that --record has written", Err: err}
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
		method, address, _ := strings.Cut(x.Request, " ")
		u, err := url.Parse(address)
		if err != nil {
			continue
		}
		key := asked(method, u, x.Posted)
		r.answers[key] = append(r.answers[key], x)
		if host := u.Scheme + "://" + u.Host; !slices.Contains(r.hosts, host) {
			r.hosts = append(r.hosts, host)
		}
	}
	return r
}

// asked is what tells requests apart: the order of parameters does not.
func asked(method string, u *url.URL, body string) string {
	return method + " " + u.EscapedPath() + "?" + u.Query().Encode() + "\n" + body
}

// answer takes the next answer to a request.
func (r *Replay) answer(req *http.Request) Exchange {
	var body []byte
	if req.Body != nil {
		body, _ = io.ReadAll(req.Body)
		req.Body.Close()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	key := asked(req.Method, req.URL, string(body))
	list := r.answers[key]
	if len(list) == 0 {
		return Exchange{Status: http.StatusNotFound, Header: http.Header{"Content-Type": {"application/json"}},
			Body: fmt.Sprintf(`{"message":"%s %s is not in the recording"}`, req.Method, req.URL.EscapedPath())}
	}
	if len(list) > 1 {
		r.answers[key] = list[1:]
	}
	return list[0]
}

// ServeHTTP answers over a socket. Links to the recorded host lead to this server, so that they can be followed.
func (r *Replay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	x := r.answer(req)
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
	x := r.answer(req)
	body := x.bytes()
	return &http.Response{StatusCode: x.Status, Status: fmt.Sprintf("%d %s", x.Status, http.StatusText(x.Status)), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: x.Header.Clone(), Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req}, nil
}
