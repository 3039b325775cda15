package collect

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"aftermath/model"
)

// An Exchange is one request and its answer as a recording keeps it: a file of JSON in the folder of the source,
// numbered in the order of the exchanges. No credential is in it.
type Exchange struct {
	Request string      `json:"request"`          // "GET https://api.example.com/things?limit=100"
	Posted  string      `json:"posted,omitempty"` // the body of a POST
	Status  int         `json:"status"`           // 0 of what a program printed
	Header  http.Header `json:"header"`           // those that paging and limits need
	Body    string      `json:"body,omitempty"`
	Raw     []byte      `json:"raw,omitempty"` // the body in base64, in place of Body, when it is not UTF-8
}

// body are the bytes of the answer.
func (x Exchange) bytes() []byte {
	if x.Raw != nil {
		return x.Raw
	}
	return []byte(x.Body)
}

// A recorder writes the exchanges of one source.
type recorder struct {
	folder string
	n      int
}

func newRecorder(root, source string) (*recorder, error) {
	folder := filepath.Join(root, source)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	before, err := filepath.Glob(filepath.Join(folder, "*.json"))
	return &recorder{folder, len(before)}, err
}

// write adds an exchange, from which scrub takes the secrets.
func (r *recorder) write(req Request, a response, scrub func(string) string) error {
	x := Exchange{Request: scrub(req.Method + " " + req.URL), Posted: scrub(req.Body), Status: a.status, Header: http.Header{}}
	for name, values := range a.header {
		if matters(name) {
			for _, v := range values {
				x.Header.Add(name, scrub(v))
			}
		}
	}
	if body := scrub(string(a.body)); utf8.ValidString(body) {
		x.Body = body
	} else {
		x.Raw = []byte(body)
	}
	text, err := json.MarshalIndent(x, "", "  ")
	if err == nil {
		err = r.keep(append(text, '\n'))
	}
	if err != nil {
		return &model.Fault{Kind: model.FaultInput, What: "record the exchange", File: r.folder, Reason: "it cannot be written", Remedy: "name another folder with --record", Err: err}
	}
	return nil
}

// keep writes a file under the next free number: one that is there is never written over.
func (r *recorder) keep(text []byte) error {
	for {
		r.n++
		f, err := os.OpenFile(filepath.Join(r.folder, fmt.Sprintf("%04d.json", r.n)), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		_, err = f.Write(text)
		return errors.Join(err, f.Close())
	}
}

// matters says whether a header is needed to play an exchange again.
func matters(name string) bool {
	switch name = strings.ToLower(name); name {
	case "content-type", "date", "link", "retry-after", "location", "x-next-page":
		return true
	}
	return strings.Contains(name, "ratelimit") || strings.Contains(name, "rate-limit")
}
