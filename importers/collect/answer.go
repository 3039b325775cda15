package collect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// A response is what came back, whole.
type response struct {
	status int
	header http.Header
	body   []byte
}

// inspect says what is wrong with an answer that looks good by its status: nothing of such a page is kept.
func (l *line) inspect(req Request, a response) error {
	body := bytes.TrimSpace(a.body)
	switch {
	case len(body) == 0:
		return l.fault(req, "the answer is empty", "look at the address in the configuration", errBad)
	case body[0] == '<' || strings.HasPrefix(a.header.Get("Content-Type"), "text/html") && !json.Valid(body):
		return l.fault(req, "a web page came in place of data, which may be a login", "look at the address in the configuration; "+l.aboutToken(), errBad)
	case !json.Valid(body):
		return l.fault(req, "the answer is cut off or is not JSON", "the pages before are kept; collect again", errBad)
	case l.leaks(body):
		return l.fault(req, "the answer repeats the token, so it is not kept", "look at the address in the configuration", nil)
	}
	if code := hidden(body); code != "" {
		remedy, err := fmt.Sprintf("look at [collect.%s] in the configuration", l.source.Name), errRefused
		if l.vendor.explain != nil {
			r, token := l.vendor.explain(code)
			if r != "" {
				remedy = r
			}
			if token { // the other requests would meet the same
				remedy, err = strings.TrimPrefix(r+"; "+l.aboutToken(), "; "), nil
			}
		}
		return l.fault(req, fmt.Sprintf("it answers %d, but with an error: %q", a.status, short(code, 200)), remedy, err)
	}
	return nil
}

// hidden is the error that an answer with a good status holds: Slack says ok: false, Prometheus and Loki
// status: "error", and others give errors in place of data.
func hidden(body []byte) string {
	if body[0] != '{' {
		return ""
	}
	var o struct {
		OK     *bool
		Status json.RawMessage
		Errors json.RawMessage
		Data   json.RawMessage
	}
	if json.Unmarshal(body, &o) != nil {
		return ""
	}
	bad := o.OK != nil && !*o.OK || string(o.Status) == `"error"` || holds(o.Errors) && !holds(o.Data)
	if !bad {
		return ""
	}
	if m := message(body); m != "" {
		return m
	}
	return "no reason given"
}

func holds(raw json.RawMessage) bool {
	s := string(raw)
	return s != "" && s != "null" && s != "[]" && s != "{}"
}

// message is what an answer says about its error, in the members that vendors use for it.
func message(body []byte) string {
	var o map[string]json.RawMessage
	if json.Unmarshal(body, &o) != nil {
		return ""
	}
	for _, key := range []string{"message", "error", "detail", "errors", "msg"} {
		if m := words(o[key]); m != "" {
			return m
		}
	}
	return ""
}

// short is the beginning of a text.
func short(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// words is a text, the message of an object, or the first of a list.
func words(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		return words(list[0])
	}
	var o map[string]json.RawMessage
	if json.Unmarshal(raw, &o) == nil && len(o) > 0 {
		return message(raw)
	}
	return ""
}
